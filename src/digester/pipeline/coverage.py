"""What was seen of what was announced, and which sources failed or had nothing to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from digester.domain.dates import ARXIV_HOLIDAYS
from digester.domain.ids import item_id
from digester.domain.issue import BatchCoverage, Coverage, IssueKind, Pick, SourceYield, Window
from digester.domain.model import Batch, Item, Story
from digester.domain.sources import FetchState, Source
from digester.pipeline import health
from digester.pipeline.material import sightings_of, wanted
from digester.ports import Store

REMEMBERED = timedelta(days=120)


def of(
    store: Store, kind: IssueKind, window: Window, sources: Sequence[Source], items: Sequence[Item],
    paper_kinds: Collection[str], now: datetime,
) -> Coverage:  # fmt: skip
    """Coverage over the sources that this issue draws on: those of papers, or all the others."""
    states = store.fetch_states()
    ours = [s for s in sources if s.enabled and (s.kind in paper_kinds) == kind.papers]
    absent = [s for s in ours if s.id in states and states[s.id].last_error and not states[s.id].failures]
    mine = [s for s in ours if s not in absent]
    failed = {s.id: _reason(states.get(s.id)) for s in mine if _reason(states.get(s.id))}
    moments, spoke = store.moments(window.end - REMEMBERED, window.end), _spoke(store, window, now)
    silent = [s.name for s in mine if s.id not in failed and _silent(s.id, moments, spoke, window)]
    total = sum(s.weight for s in mine) or 1.0
    answered = [s for s in mine if s.id not in failed]
    return Coverage(
        len(mine), len(answered), round(sum(s.weight for s in answered) / total, 4),
        tuple((s.name, failed[s.id]) for s in mine if s.id in failed), tuple(silent),
        _batches(store, kind, window, mine, items) if kind.papers else (), tuple(s.name for s in absent),
    )  # fmt: skip


def yields(
    items: Sequence[Item], sources: Mapping[str, Source], stories: Sequence[Story], picks: Sequence[Pick]
) -> tuple[SourceYield, ...]:
    """What each source gave: an item counts as printed when its story is, or when it is itself a pick's."""
    told = {p.story_id for p in picks}
    printed = {p.lead_item_id for p in picks} | {i for s in stories if s.id in told for i in s.item_ids}
    seen = Counter(i.source_id for i in items)
    used = Counter(i.source_id for i in items if i.id in printed)
    made = (SourceYield(sources[s].name if s in sources else s, n, used[s]) for s, n in seen.items())
    return tuple(sorted(made, key=lambda y: (-y.printed, -y.seen, y.source)))


def _reason(state: FetchState | None) -> str:
    if state is None or state.checked_at is None:
        return "not asked yet"
    return (state.last_error or "failed") if state.failures else ""


def _silent(source_id: str, moments: Mapping[str, Sequence[datetime]], spoke: Collection[str], window: Window) -> bool:
    """Against its own interval; where no interval is known, nothing dated or seen in two weeks."""
    own = moments.get(source_id, ())
    known = health.usual_interval(own) is not None
    return health.silent(own, window.end) if known else source_id not in spoke


def _spoke(store: Store, window: Window, now: datetime) -> set[str]:
    """Sources with anything dated or seen in the two weeks up to the window's end."""
    recent = Window(window.end - health.QUIET, window.end, window.listing_days)
    return {i.source_id for i in store.items_in(recent)} | {
        s.source_id for s in store.sightings_in(sightings_of(recent, now))
    }


def _batches(
    store: Store, kind: IssueKind, window: Window, sources: Sequence[Source], items: Sequence[Item]
) -> tuple[BatchCoverage, ...]:
    """One line a category and listing day; a day without any listing reads announced: unknown."""
    found = {(b.category, b.day, b.route): b for b in store.batches_on(window.listing_days)}
    lists = [b for b in found.values() if b.route == "listing"]
    known = _stored(store, window, sources, {i for b in found.values() for i in b.announced_ids})
    listed = {c: {i for b in lists if b.category == c for i in b.announced_ids} for c in {b.category for b in lists}}
    asked = sorted({c for s in sources for c in getattr(s.params, "categories", ())} | {c for c, _, _ in found})
    lines = []
    for category in (c for c in asked if wanted(kind, c)):
        for day in window.listing_days:
            routes = {r: b for r in ("listing", "calendar", "api") if (b := found.get((category, day, r)))}
            line = _line(category, day, routes, known)
            lines.append(
                _compared(line, routes["api"], listed[category]) if {"listing", "api"} <= set(routes) else line
            )
    return tuple(lines)


def _line(category: str, day: date, routes: Mapping[str, Batch], known: Mapping[str, date | None]) -> BatchCoverage:
    """The list if it was read; else what the calendar gave, which does not say what was announced."""
    if batch := routes.get("listing"):
        missing = tuple(i for i in batch.announced_ids if i not in known)
        route = "listing" if batch.announced_ids else "listing, empty"
        return BatchCoverage(category, day, len(batch.announced_ids), len(batch.announced_ids) - len(missing), route, missing)  # fmt: skip
    if batch := routes.get("calendar"):
        return BatchCoverage(category, day, None, sum(known.get(i) == day for i in batch.announced_ids), "calendar")
    closed = day in ARXIV_HOLIDAYS  # no list was to be expected
    return BatchCoverage(category, day, 0 if closed else None, 0, "holiday" if closed else "none")


def _compared(line: BatchCoverage, api: Batch, listed: Collection[str]) -> BatchCoverage:
    """With what the API has for the same submissions. An id of another day's list is only announced later."""
    extra = tuple(i for i in api.announced_ids if i not in listed)
    return replace(line, compared=len(api.announced_ids), api_only=extra)


def _stored(store: Store, window: Window, sources: Sequence[Source], announced: set[str]) -> Mapping[str, date | None]:
    """Announced ids that are stored, with their day: what is listed again belongs to its earliest."""
    named = store.items({item_id(s.id, i) for s in sources for i in announced})
    return {i.entry.external_id: i.entry.announced_at for i in (*store.items_in(window), *named.values())}
