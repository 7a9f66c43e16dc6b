"""When a source is asked again, and how it is: decisions over values, which collect stores and status prints.

A server that says how long its answer keeps is believed, within bounds: an issue must not lack the morning's
news because a feed says "one day". A source that failed twice is asked as ever; one that goes on failing is
asked ever more seldom. 410 means gone for good: nothing is asked until the address changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from digester.domain.jitter import stretch
from digester.domain.runs import Run
from digester.domain.sources import FetchState

PATIENT = 2  # failures in a row that change nothing
RETRY = timedelta(minutes=30)
LONGEST_BACKOFF = timedelta(days=1)
LONGEST_FRESH = timedelta(hours=1)  # what max-age or ttl may ask for: an issue made at seven needs what came at six
MOVE_HOLDS = timedelta(days=3)  # a redirect younger than this may be a mistake
QUIET = timedelta(days=14)  # of a source whose interval is not known
LEAST_QUIET = timedelta(days=4)  # a long weekend: nobody is silent before
INTERVALS = 3
LOOKED_BACK = 50  # runs from which a record over time is made
KNOWN = 3  # dates from which an interval follows

Health = Literal["ok", "failed", "silent", "empty", "gone", "not configured", "not asked yet"]


def waiting(state: FetchState, url: str, now: datetime) -> str:
    """Why this source is not asked now; empty when it is."""
    if state.gone and state.gone == url:
        return "gone for good (410); give it a new address or remove it"
    if state.next_check_at is None or state.next_check_at <= now:
        return ""
    why = f"failed {state.failures} times" if state.failures else "its server says that nothing is new before"
    return f"not asked before {state.next_check_at:%Y-%m-%d %H:%M} UTC: {why}"


def failed(state: FetchState, error: str, gone: str, now: datetime) -> FetchState:
    """After a failure. From the third in a row on the wait doubles, up to a day; sources that failed together come
    again one after the other."""
    failures = state.failures + 1
    wait = backoff(state.source_id, failures)
    return replace(
        state, checked_at=now, failures=failures, last_error=error[:500], gone=gone, next_check_at=now + wait
    )


def backoff(source_id: str, failures: int) -> timedelta:
    if failures <= PATIENT:
        return timedelta()
    doubled = RETRY * (1 << min(failures - PATIENT - 1, 10))
    return min(doubled * stretch(source_id, failures), LONGEST_BACKOFF)


def next_check(now: datetime, fresh: timedelta, skip_hours: Sequence[int]) -> datetime:
    """Not before the answer is stale (RFC 9111 4.2 max-age; RSS 2.0 ttl), nor in an hour that the feed wants to
    be left alone in (RSS 2.0 skipHours, GMT)."""
    at = now + min(max(fresh, timedelta()), LONGEST_FRESH)
    for _ in range(24):
        if at.hour not in skip_hours:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at  # a feed that skips every hour skips none


def moved(state: FetchState, target: str | None, now: datetime) -> FetchState:
    """With the permanent redirect of this visit, and since when it leads there."""
    if target == state.moved_to:
        return state
    return replace(state, moved_to=target, moved_at=now if target else None)


def proposal(state: FetchState, now: datetime) -> str:
    """What to change in sources.yaml, once a move has held."""
    if not state.moved_to or state.moved_at is None or now - state.moved_at < MOVE_HOLDS:
        return ""
    return f"moved permanently to {state.moved_to} (since {state.moved_at:%Y-%m-%d}); change its address"


def usual_interval(moments: Sequence[datetime]) -> timedelta | None:
    """The median gap between its last twenty dates; None with too few to know."""
    last = sorted(moments)[-20:]
    return timedelta(seconds=median((b - a).total_seconds() for a, b in pairwise(last))) if len(last) >= KNOWN else None


def silent(moments: Sequence[datetime], now: datetime) -> bool:
    """Nothing for three times its usual interval and four days, or for two weeks where the interval is not known: the
    one rule for what is stored, what a check finds and what an issue says of its sources."""
    interval = usual_interval(moments)
    return not moments or now - max(moments) > (QUIET if interval is None else max(INTERVALS * interval, LEAST_QUIET))


def health(state: FetchState | None, moments: Sequence[datetime], now: datetime) -> Health:
    if state is None or state.checked_at is None:
        return "not asked yet"
    if state.gone:
        return "gone"
    if state.failures:
        return "failed"
    if state.last_error:
        return "not configured"
    if state.entries == 0:
        return "empty"
    return "silent" if moments and silent(moments, now) else "ok"


@dataclass(frozen=True)
class Past:
    """In how many of the last collections each source failed; where it was left alone counts for neither."""

    collections: int
    failed: Counter[str]

    def of(self, source_id: str) -> str:
        if not self.collections:
            return "no collection is recorded"
        return f"in {self.failed[source_id]} of the last {self.collections} collections"


def record(runs: Sequence[Run]) -> Past:
    """The health of sources over time, from the reports of runs."""
    collections = [s for r in runs for s in r.steps if s.step == "collect"]
    return Past(len(collections), Counter(f.subject for s in collections for f in s.failures))
