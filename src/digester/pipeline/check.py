"""check: every source asked once, as `collect` would, with nothing stored and nothing assumed to be known.

It is `collect` itself that asks, against a store that keeps what it is given for us to judge, so chains of routes,
follow-ups and what is not configured mean the same here as there. What differs: no validators, because an unchanged
feed would answer without entries.

Whether a source is silent is judged by the dates of its entries and the one rule for that (`health.silent`); of a
source without a dated entry nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from digester.domain.model import Entry
from digester.domain.sources import FetchState, Request, Source, Validator
from digester.pipeline import collect, health
from digester.ports import Fetched, Fetches, Gathering, Http, Reply, Sandbox, Saved, SourceKind

Verdict = Literal["ok", "failed", "moved", "empty", "silent", "not configured"]


@dataclass(frozen=True)
class Health:
    """How one source answered. `moved` are (address asked, permanent target); `newest` is UTC."""

    source: Source
    verdict: Verdict
    reason: str = ""
    entries: int = 0
    newest: datetime | None = None
    moved: tuple[str, str] | None = None


def judge(
    source: Source,
    moments: Sequence[datetime | None],
    now: datetime,
    error: str = "",
    absent: str = "",
    moved: tuple[str, str] | None = None,
    timely: bool = True,
) -> Health:
    """The verdict on one answer: `moments` are its entries' dates, None for those without; `error` and `absent` say
    why there is none; with `timely` false its dates say nothing (a list made by hand)."""
    dates = sorted(m for m in moments if m is not None)
    newest = dates[-1] if dates else None
    verdict: Verdict = "ok"
    reason = ""
    if error or absent:
        verdict, reason = ("failed", error) if error else ("not configured", absent)
    elif moved:
        verdict, reason = "moved", f"moved permanently to {moved[1]}"
    elif not moments:
        verdict, reason = "empty", "answers, but without an entry"
    elif timely and newest and health.silent(dates, now):
        verdict, reason = "silent", f"nothing for {(now - newest).days} days{_usually(dates)}"
    return Health(source, verdict, reason, len(moments), newest, moved)


def _usually(dates: Sequence[datetime]) -> str:
    interval = health.usual_interval(dates)
    return f", usually {interval.total_seconds() / 86_400:.1f} between entries" if interval is not None else ""


def run(
    sources: Sequence[Source],
    kinds: Mapping[str, SourceKind],
    http: Http,
    sandbox: Sandbox,
    states: Mapping[str, FetchState],
    now: datetime,
) -> list[Health]:
    """Asks all `sources` at once, in parallel by host; the answers in their order."""
    kept, seen = Kept(states), Seen(http)
    collect.run(sources, kinds, seen, sandbox, kept, now, lambda _: None, every=True)  # type: ignore[arg-type]
    return [_health(s, kept.gatherings[s.id], seen, now) for s in sources]


def _health(source: Source, gathering: Gathering, seen: Seen, now: datetime) -> Health:
    state, moments = gathering.state, [_moment(i.entry) for i in gathering.items]
    error = state.last_error or ""
    return judge(
        source, moments, now, error if state.failures else "", "" if state.failures else error,
        seen.moved.get(source.id), source.id in seen.asked,
    )  # fmt: skip


def _moment(entry: Entry) -> datetime | None:
    day = entry.announced_at
    return entry.published_at or (datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None)


# --------------------------------------------------------- what collect sees
@dataclass
class Kept:
    """The part of a Store that `collect` uses, in memory: it knows the states and nothing of what came before."""

    states: Mapping[str, FetchState]
    gatherings: dict[str, Gathering] = field(default_factory=dict)

    def fetch_states(self) -> Mapping[str, FetchState]:
        return self.states

    def validators(self, source_id: str) -> Mapping[str, Validator]:
        return {}

    def items(self, ids: Iterable[str]) -> Mapping[str, Any]:
        return {}

    def last_sightings(self, item_ids: Iterable[str]) -> tuple[()]:
        return ()

    def save_gathering(self, gathering: Gathering, now: datetime) -> Saved:
        self.gatherings[gathering.state.source_id] = gathering
        return Saved()


@dataclass
class Seen:
    """The door, with a note of who was asked and which address moved for good."""

    http: Http
    asked: set[str] = field(default_factory=set)
    moved: dict[str, tuple[str, str]] = field(default_factory=dict)

    def fetches(self) -> Fetches[Any]:
        return _Watched(self.http.fetches(), self)


@dataclass
class _Watched:
    inner: Fetches[Any]
    seen: Seen

    def add(self, tag: Any, request: Request, validator: Validator | None = None) -> None:
        self.seen.asked.add(tag[0])
        self.inner.add(tag, request, validator)

    def __iter__(self) -> Iterator[tuple[Any, Reply]]:
        for tag, reply in self.inner:
            if isinstance(reply, Fetched) and reply.moved_to:
                self.seen.moved.setdefault(tag[0], (tag[1].url, reply.moved_to))
            yield tag, reply
