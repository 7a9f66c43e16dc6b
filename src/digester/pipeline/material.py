"""From stored rows to what an editor may know: passages, input hashes, and which items an issue draws on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digester.analysis import names, scope_ai
from digester.domain.dates import window
from digester.domain.entries import read_as, subject_of
from digester.domain.ids import digest, issue_id, passage_id
from digester.domain.issue import Issue, IssueKind, Window
from digester.domain.model import FullText, Item, Passage, Rating, Reading
from digester.domain.sources import Source
from digester.pipeline.asked import is_by
from digester.ports import Editor, Evidence, Store

LATE = timedelta(days=7)
LAG = timedelta(hours=12)  # a run later than this looks back and takes what was seen in time
INSTANT = timedelta(microseconds=1)
JUDGED: Mapping[bool, frozenset[str]] = {True: frozenset({"paper"}), False: frozenset({"article", "post"})}


def evidence(
    item: Item, full_text: FullText | None, source: Source | None, kind: IssueKind, editor: Editor
) -> Evidence:  # fmt: skip
    """The item's passages (title and abstract first, then full text), and the hash of all that was read."""
    found = full_text if full_text and full_text.outcome == "ok" else None
    item = titled(item, found)
    block = names.author_block_text(found.author_block) if found and found.author_block else ""
    hashed = digest(item.content_hash, found.input_hash if found else "", kind.rubric, editor.name, editor.version)
    tags = source.tags if source else ()
    return Evidence(
        item, passages_of(item, found), _passage(subject_of(item), block, "full_text") if block else None,
        found, hashed, primary="labs" in tags or "engineering" in tags or scope_ai.of_maker(item.entry.url),
        newsletter="newsletter" in tags, general=bool({"general", "community"}.intersection(tags)), weight=source.weight if source else 1.0,
        topics=kind.topics,
    )  # fmt: skip


def titled(item: Item, full_text: FullText | None) -> Item:
    """The item as it is judged and printed: an address without a title of its own gets that of its page."""
    return read_as(item, full_text.title, full_text.text) if full_text and full_text.outcome == "ok" else item


def passages_of(item: Item, full_text: FullText | None) -> tuple[Passage, ...]:
    item = titled(item, full_text)
    entry, subject = item.entry, subject_of(item)
    if entry.kind == "post":
        return (_passage(subject, entry.text or entry.title, "post"),)
    first = _passage(subject, f"{entry.title}. {entry.text}" if entry.text else entry.title, "abstract")
    if full_text is None:
        return (first,)
    level = "transcript" if entry.kind == "episode" else "full_text"
    own = first.text.casefold()
    named = entry.kind == "paper"  # a paper's heading says what its figures are of; a transcript's is a time
    texts = [
        f"{s.heading}. {s.text}" if named and s.heading else s.text
        for s in full_text.sections if s.text and s.text[:200].casefold() not in own
    ] or [full_text.text]  # fmt: skip
    return (first, *(_passage(subject, t, level) for t in texts))


def _passage(work: str, text: str, level: str) -> Passage:
    return Passage(passage_id(text), work, level, text)  # type: ignore[arg-type]


def all_passages(subjects: Iterable[Evidence]) -> list[Passage]:
    """Everything that ratings and readings point into: the texts, the author block, a paper's comment."""
    return [p for e in subjects for p in (*e.texts, *comment_of(e.item))]


def comment_of(item: Item) -> tuple[Passage, ...]:
    """What the authors note beside a paper, such as where it was accepted or that it is withdrawn."""
    comment = item.entry.comment
    return (_passage(subject_of(item), comment, "record"),) if comment else ()


def span_of(store: Store, kind: IssueKind, period: str) -> Window:
    """The window of a period as it is used: it begins where the last issue's ended when a change of the schedule (zone,
    hour, weekday) has left a gap between the two, or lets them overlap, so that no moment is lost or told twice."""
    planned = window(kind, period)
    length = planned.end - planned.start
    mine = issue_id(kind.slug, period)
    ends = [i.window.end for i in store.frozen_since(kind.slug, planned.start - length) if i.id != mine]
    start = max((end for end in ends if end < planned.end), default=planned.start)
    return replace(planned, start=start) if abs(start - planned.start) < length else planned


def drawn(store: Store, kind: IssueKind, period: str, window: Window) -> tuple[list[Item], frozenset[str]]:
    """Items of the window and late ones of the days before it, with the ids of the late.

    Late: the issue of an item's own window was already frozen when the item was first seen.
    """
    inside = [i for i in store.items_in(window) if _belongs(i, kind, window)]
    start = window.start - LATE
    days = tuple(
        sorted({d - timedelta(days=n) for d in window.listing_days for n in range(1, 8)} - set(window.listing_days))
    )
    before = (
        store.items_in(Window(start, window.start, days))
        if kind.papers
        else store.items_in(Window(start, window.start))
    )
    frozen, known = _frozen(store, kind, issue_id(kind.slug, period), start), {i.id for i in inside}
    late = [i for i in before if i.id not in known and _is_late(i, kind, frozen)]
    return [*inside, *late], frozenset(i.id for i in late)


def _frozen(store: Store, kind: IssueKind, mine: str, since: datetime) -> list[Issue]:
    """The other frozen issues of the kind, as they were when `mine` was frozen, or as they are now."""
    found = {i.id: i for i in store.frozen_since(kind.slug, since)}
    own = found.pop(mine, None)
    return [i for i in found.values() if own is None or i.frozen_at <= own.frozen_at]


def _is_late(item: Item, kind: IssueKind, frozen: Sequence[Issue]) -> bool:
    """First seen after its own window's issue was frozen, and no issue since could have drawn it: only the next
    one does. What the freezing run itself collected has the time of the freezing and is not late."""
    own = [f for f in frozen if _belongs(item, kind, f.window)]
    if not own or any(item.first_seen_at <= f.frozen_at for f in own):
        return False
    later = (f for f in frozen if f.window.start >= own[0].window.end)
    return all(item.first_seen_at > f.frozen_at for f in later)


def sightings_of(window: Window, now: datetime) -> Window:
    """The window in which a trending page counts for an issue: an issue is made minutes after its window ends,
    by a run that looks at the page only then. What it saw has its own time, `now`, which counts too."""
    end = max(window.end, now + INSTANT) if now - window.end <= LAG else window.end
    return Window(window.start, end, window.listing_days)


def _belongs(item: Item, kind: IssueKind, window: Window) -> bool:
    """Papers by listing day (replacements are no news), everything else by its moment."""
    if kind.papers:
        return (
            item.entry.kind == "paper"
            and wanted(kind, *item.entry.categories)
            and item.entry.announced_at in window.listing_days
            and item.entry.announcement != "replace"
        )
    return item.entry.kind != "paper" and item.moment is not None and window.holds(item.moment)


def wanted(kind: IssueKind, *categories: str) -> bool:
    """Whether a kind looks at papers of one of these categories."""
    return not kind.listings or not set(categories).isdisjoint(kind.listings)


def current(ratings: Sequence[Rating], hashed: str, editor: Editor) -> Rating | None:
    """The rating of exactly this evidence, the editor's own before one in its place; else the newest one."""
    found = sorted((r for r in ratings if r.input_hash == hashed), key=lambda r: not is_by(r.editor, editor))
    return found[0] if found else ratings[-1] if ratings else None


def exact(readings: Sequence[Reading], hashed: str, editor: Editor) -> Reading | None:
    """The reading of exactly this evidence: one of an earlier text would quote what is no longer there."""
    found = sorted((r for r in readings if r.input_hash == hashed), key=lambda r: not is_by(r.editor, editor))
    return found[0] if found else None


def done(rows: Sequence[Rating] | Sequence[Reading], e: Evidence, editor: Editor) -> bool:
    """Whether this editor has judged exactly this evidence; what another did in its place is still to do."""
    return any(r.input_hash == e.input_hash and is_by(r.editor, editor) for r in rows)


def by_subject(items: Iterable[Item]) -> dict[str, Item]:
    """One item a subject; of several the earliest seen, so that two sources of one paper are judged once."""
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda i: (i.first_seen_at, i.id)):
        found.setdefault(subject_of(item), item)
    return found
