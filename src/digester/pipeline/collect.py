"""collect: sources | first | GET | parse (sandbox) | merge | save, one transaction a source.

Only retrieval is parallel; parsing results are merged and stored by the calling thread. A source's
validators, cursor and items are saved together and only when its whole chain of requests ended, so a
fetch that broke half-way is asked again and nothing is skipped. Items that did arrive are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from digester.domain.entries import to_item
from digester.domain.ids import item_id
from digester.domain.model import Batch, Entry, Sighting
from digester.domain.runs import Failure, StepReport
from digester.domain.sources import FetchState, Parsed, Request, Source, Validator
from digester.pipeline import health
from digester.ports import (
    Fetched,
    FetchError,
    Gathering,
    Http,
    NotModified,
    Reply,
    Sandbox,
    SandboxFailure,
    SourceKind,
    Store,
    Tell,
)


@dataclass
class Visit:
    """What one source has yielded so far in this run."""

    source: Source
    state: FetchState
    known: Mapping[str, Validator]
    open: int = 0
    entries: list[Entry] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    validators: list[Validator] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    tried: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    seen_again: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    offline: bool = True
    documents: int = 0
    parses: int = 0
    changes: bool = False
    given: bool = False
    gone: str = ""
    fetched: bool = False
    moved_to: str | None = None
    fresh: list[float] = field(default_factory=list)
    skip_hours: tuple[int, ...] = ()
    cursor: Mapping[str, Any] | None = None


def todo(sources: Sequence[Source]) -> list[Source]:
    """The enabled sources."""
    return [s for s in sources if s.enabled]


def forecast(
    sources: Sequence[Source], kinds: Mapping[str, SourceKind], store: Store, now: datetime
) -> list[tuple[str, str]]:
    """The first requests of every source, for --dry-run: (source id, url)."""
    states = store.fetch_states()
    return [
        (s.id, r.url) for s in sources for r in kinds[s.kind].first(s, states.get(s.id, FetchState(s.id)), now)
    ]  # fmt: skip


def run(
    sources: Sequence[Source],
    kinds: Mapping[str, SourceKind],
    http: Http,
    sandbox: Sandbox,
    store: Store,
    now: datetime,
    tell: Tell,
    every: bool = False,
) -> StepReport:
    """Visits the sources that are due, or with `every` all; one failed source costs the others nothing."""
    states = {s.id: FetchState(s.id) for s in sources} | dict(store.fetch_states())
    first = {s.id: tuple(kinds[s.kind].first(s, states[s.id], now)) for s in sources}
    later = {} if every else _later(first, states, now)
    visits = {s.id: Visit(s, states[s.id], store.validators(s.id)) for s in sources if s.id not in later}
    fetches = http.fetches()
    for visit in visits.values():
        _begin(visit, kinds[visit.source.kind], first[visit.source.id], fetches)
    totals: dict[str, int] = dict.fromkeys(("new", "revised", "known", "documents", "parses", "not_modified"), 0)
    failures: list[Failure] = []
    notes = [f"{name}: {why}" for name, why in later.items()]
    for visit in visits.values():
        if visit.open == 0:  # its kind had nothing to ask
            _finish(visit, store, now, totals, failures, tell)
    for (source_id, request), reply in fetches:
        visit = visits[source_id]
        visit.open -= 1
        _take(visit, request, reply, kinds[visit.source.kind], sandbox, fetches)
        if visit.open == 0:
            _finish(visit, store, now, totals, failures, tell)
            notes += [f"{source_id}: {note}" for note in dict.fromkeys(visit.notes)]
    offline = bool(visits) and all(v.offline for v in visits.values()) and bool(failures)
    done = len(visits) - len({f.subject for f in failures})
    return StepReport(
        "collect",
        len(sources),
        done,
        len(later),
        tuple(failures),
        {**totals, "offline": int(offline)},
        details=tuple(notes),
    )


def _later(first: Mapping[str, Sequence[Request]], states: Mapping[str, FetchState], now: datetime) -> dict[str, str]:
    """Sources that are not asked now, and why."""
    urls = {name: requests[0].url if requests else "" for name, requests in first.items()}
    return {name: why for name, url in urls.items() if (why := health.waiting(states[name], url, now))}


def _begin(visit: Visit, kind: SourceKind, first: Sequence[Request], fetches: Any) -> None:
    visit.changes = kind.dates_are_changes
    visit.entries += kind.given(visit.source)
    visit.given = bool(visit.entries)
    visit.offline = not visit.given
    _ask(visit, first, fetches)


def _ask(visit: Visit, requests: Sequence[Request], fetches: Any) -> None:
    for request in requests:
        visit.open += 1
        visit.asked.append(request.url)
        fetches.add((visit.source.id, request), request, visit.known.get(request.url))


def _take(visit: Visit, request: Request, reply: Reply, kind: SourceKind, sandbox: Sandbox, fetches: Any) -> None:
    """One reply into the visit: an error, nothing new, or a document to parse."""
    if isinstance(reply, FetchError):
        visit.gone = request.url if reply.status == 410 and not visit.documents else ""
        visit.offline &= reply.fault in ("dns", "connect", "timeout", "not_configured")
        _fail(visit, request, reply.message, fetches, absent=reply.fault == "not_configured")
        return
    visit.offline = False
    visit.documents += 1
    if isinstance(reply, Fetched):
        visit.fetched = True
        visit.moved_to = reply.moved_to or visit.moved_to
        visit.fresh += [reply.fresh_for] if reply.fresh_for is not None else []
    known = visit.known.get(request.url)
    if isinstance(reply, NotModified):
        visit.seen_again += known.sighted if known else ()
        return
    fingerprint = kind.fingerprint(reply.document)
    sighted = known.sighted if known else ()
    if known is None or known.fingerprint != fingerprint:
        parsed = sandbox.run(kind.parse, visit.source, reply.document)
        visit.parses += 1
        if isinstance(parsed, SandboxFailure):
            _fail(visit, request, parsed.message, fetches)
            return
        _absorb(visit, parsed, fetches)
        sighted = tuple(item_id(visit.source.id, e.external_id) for e in parsed.entries if e.signals)
    else:
        visit.seen_again += sighted
    visit.validators.append(Validator(request.url, reply.etag, reply.last_modified, fingerprint, sighted))


def _fail(visit: Visit, request: Request, message: str, fetches: Any, absent: bool = False) -> None:
    """The next route if there is one. At the end of a chain what failed on the way is the error; a chain of which
    nothing is configured is no failure."""
    tried = visit.tried.setdefault((request, *request.otherwise)[-1].url, [])  # a chain is known by its last address
    (visit.missing if absent else tried).append(message)
    if request.otherwise:
        first, *rest = request.otherwise
        if not absent:
            visit.notes.append(f"{message}; {first.route} asked instead")
        _ask(visit, (replace(first, otherwise=tuple(rest)),), fetches)
    else:
        visit.errors += tried


def _absorb(visit: Visit, parsed: Parsed, fetches: Any) -> None:
    visit.entries += parsed.entries
    visit.batches += parsed.batches
    visit.notes += parsed.notes
    if parsed.cursor is not None:  # documents of one visit each say their part
        visit.cursor = {**(visit.cursor if visit.cursor is not None else visit.state.cursor), **parsed.cursor}
    visit.fresh += [parsed.ttl] if parsed.ttl is not None else []
    visit.skip_hours = parsed.skip_hours or visit.skip_hours
    _ask(visit, parsed.next_requests, fetches)


def _finish(
    visit: Visit, store: Store, now: datetime, totals: dict[str, int], failures: list[Failure], tell: Tell
) -> None:
    gathering = gather(visit, store, now)
    saved = store.save_gathering(gathering, now)
    for name, value in (
        ("new", saved.new), ("revised", saved.revised), ("known", saved.known), ("documents", visit.documents),
        ("parses", visit.parses), ("not_modified", visit.documents - visit.parses),
    ):  # fmt: skip
        totals[name] += value
    if proposal := health.proposal(gathering.state, now):
        visit.notes.append(proposal)
    error = "; ".join(dict.fromkeys(visit.errors))
    absent = "; ".join(dict.fromkeys(visit.missing)) if _unconfigured(visit) else ""
    if absent:
        visit.notes.append(absent)
    if error:
        failures.append(Failure(visit.source.id, error))
    tell({"event": "collect", "source": visit.source.id, "status": "failed" if error else "not configured" if absent else "ok", "new": saved.new,
          "revised": saved.revised, "documents": visit.documents, "parses": visit.parses, "error": error or None})  # fmt: skip


def gather(visit: Visit, store: Store, now: datetime) -> Gathering:
    """The visit as one thing to save. Validators of a broken chain are left out: it is asked again."""
    source = visit.source
    known = store.items({item_id(source.id, e.external_id) for e in visit.entries})
    first_visit = visit.state.succeeded_at is None and not visit.given  # what was given by hand is no backlog
    items: dict[str, Any] = {}
    for entry in visit.entries:
        key = item_id(source.id, entry.external_id)
        items[key] = to_item(source.id, entry, items.get(key) or known.get(key), now, first_visit, visit.changes)
    sightings = [
        Sighting(source.id, item_id(source.id, e.external_id), now, e.position, e.signals)
        for e in visit.entries
        if e.signals
    ]
    sightings += [replace(s, seen_at=now) for s in store.last_sightings(set(visit.seen_again) - set(items))]
    state = next_state(visit, now)
    validators = () if visit.errors else tuple(visit.validators)
    asked = () if visit.errors else tuple(visit.asked)
    return Gathering(state, tuple(items.values()), tuple(sightings), _joined(visit.batches), validators, asked)


def _unconfigured(visit: Visit) -> bool:
    return bool(visit.missing) and not visit.errors and not visit.documents


def next_state(visit: Visit, now: datetime) -> FetchState:
    """What is remembered: an error and a time for the next try, or success. What is not configured has an error
    and no failures."""
    if _unconfigured(visit):
        return replace(
            visit.state, checked_at=now, failures=0, last_error="; ".join(dict.fromkeys(visit.missing))[:500]
        )
    if visit.errors:
        return health.failed(visit.state, visit.errors[0], visit.gone, now)
    state = health.moved(visit.state, visit.moved_to, now) if visit.fetched else visit.state
    fresh = timedelta(seconds=min(max(visit.fresh, default=0.0), 1e6))
    return replace(
        state, checked_at=now, succeeded_at=now, failures=0, last_error=None, gone="",
        next_check_at=health.next_check(now, fresh, visit.skip_hours),
        entries=len(visit.entries) if visit.parses else state.entries,
        cursor=visit.cursor if visit.cursor is not None else state.cursor,
    )  # fmt: skip


def _joined(batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """One batch a (category, day, route), with the ids of all documents that named it."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for b in batches:
        found.setdefault((b.category, b.day, b.route), []).extend(b.announced_ids)
    return tuple(Batch(c, d, r, tuple(dict.fromkeys(ids))) for (c, d, r), ids in found.items())
