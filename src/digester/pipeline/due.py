"""Which issues are due: decided from what the store holds and from the time, never from when a process woke up.

So a laptop that slept, a clock that was set, two schedulers or a cron line that fires twice all come to the same: a period
is due once its window is over and nothing is frozen for it. What was missed is made up for oldest first, so that what one
issue told is known to the next, and only the newest so many periods: nobody wants the dailies of a month at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from digester.domain.dates import period_before, period_of, window
from digester.domain.errors import NothingToPublish, Refused
from digester.domain.ids import issue_id
from digester.domain.issue import IssueKind
from digester.domain.runs import Attempt

STEP = "issue"  # of attempts
QUIET = "quiet"  # the input of an attempt that found nothing to publish
CATCH_UP = {"daily": 7, "weekly": 4}  # missed periods that are made up for
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=6)
TRIES = 12  # of an issue that fails: some two days
QUIET_TRIES = 3  # of one for which there is nothing
GRACE = timedelta(hours=2)  # after that an issue that is due is overdue
FRIDAY = 4
YEARS = range(2020, 2100)  # a clock that shows another one is wrong


@dataclass(frozen=True)
class Due:
    """An issue to make, and since when it is due."""

    kind: str
    period: str
    since: datetime

    @property
    def id(self) -> str:
        return issue_id(self.kind, self.period)


@dataclass(frozen=True)
class Plan:
    """`now` what is due and may be tried, oldest first; `waiting` what failed and is tried later; `skipped` what is too long
    ago, `dead` what was tried often enough, `quiet` windows with nothing in them."""

    now: tuple[Due, ...] = ()
    waiting: tuple[Due, ...] = ()
    dead: tuple[Due, ...] = ()
    skipped: tuple[Due, ...] = ()
    quiet: tuple[Due, ...] = ()


def check_clock(now: datetime) -> None:
    """Raises Refused for a time that no clock should show: issues would be made of it for good."""
    if now.year not in YEARS:
        raise Refused(f"the clock shows {now:%Y-%m-%d}", subject="clock", hint="set it, then run again")


def plan(
    kinds: Mapping[str, IssueKind], frozen: Mapping[str, str], attempts: Mapping[str, Attempt], now: datetime
) -> Plan:
    """`frozen` is the newest frozen period of each kind that has one, `attempts` those of issues by issue id."""
    found: dict[str, list[Due]] = {"now": [], "waiting": [], "dead": [], "skipped": [], "quiet": []}
    for slug, kind in sorted(kinds.items()):
        if not kind.enabled:
            continue
        limit = CATCH_UP[kind.cadence] if kind.catch_up is None else max(kind.catch_up, 1)
        missing = [Due(slug, p, due_at(kind, p)) for p in _missing(kind, frozen.get(slug), now)]
        found["skipped"] += missing[limit:]
        known = {d.id for d in missing}
        failed = [
            _again(kind, a) for a in attempts.values() if a.subject.startswith(f"{slug}/") and a.subject not in known
        ]
        for due in sorted([*missing[:limit], *failed], key=lambda d: d.since):
            found[_standing(attempts.get(due.id), now)].append(due)
    order = sorted(found["now"], key=lambda d: (d.since, kinds[d.kind].cadence, d.kind))
    return Plan(tuple(order), *(tuple(found[name]) for name in ("waiting", "dead", "skipped", "quiet")))


def due_at(kind: IssueKind, period: str) -> datetime:
    return window(kind, period).end + kind.publish_after


def _missing(kind: IssueKind, newest: str | None, now: datetime) -> Iterator[str]:
    """Periods that are over and have no issue, newest first: those after the newest frozen one; the latest when there is
    none, since nobody starts with the past."""
    period = period_of(kind, None, now - kind.publish_after)
    while newest is None or window(kind, period).end > window(kind, newest).end:
        if has_issue(kind, period):
            yield period
            if newest is None:
                return
        period = period_before(kind, period)


def latest(kind: IssueKind, now: datetime) -> str:
    """The newest period that is over and can have an issue."""
    period = period_of(kind, None, now)
    while not has_issue(kind, period):
        period = period_before(kind, period)
    return period


def has_issue(kind: IssueKind, period: str) -> bool:
    """Whether there can be anything to say: a daily of papers has no list on a weekend (info.arxiv.org, availability);
    holidays are known for a few years only, and are quiet days."""
    return not (kind.papers and kind.cadence == "daily" and date.fromisoformat(period).weekday() > FRIDAY)


def _again(kind: IssueKind, attempt: Attempt) -> Due:
    period = attempt.subject.partition("/")[2]
    return Due(kind.slug, period, due_at(kind, period))


def _standing(attempt: Attempt | None, now: datetime) -> str:
    if attempt is None:
        return "now"
    if attempt.dead or (attempt.next_at and attempt.next_at > now):
        return QUIET if attempt.input_hash == QUIET else "dead" if attempt.dead else "waiting"
    return "now"


def failed(due: Due, before: Attempt | None, error: Exception, now: datetime) -> Attempt:
    """The attempt to keep after an issue could not be made."""
    tries = (before.tries if before else 0) + 1
    wait = min(FIRST_WAIT * (1 << min(tries - 1, 10)), LONGEST_WAIT)
    quiet = isinstance(error, NothingToPublish)
    most = QUIET_TRIES if quiet else TRIES
    return Attempt(STEP, due.id, QUIET if quiet else "", tries, str(error)[:500], now + wait, tries >= most)


def overdue(plan: Plan, now: datetime) -> list[Due]:
    """What should have been made by now, or never will be by itself."""
    late = [d for d in (*plan.now, *plan.waiting) if now - d.since > GRACE]
    return [*late, *plan.dead, *plan.skipped]


def next_due(kinds: Mapping[str, IssueKind], now: datetime) -> tuple[str, datetime] | None:
    """The kind whose next window ends first, and when it is due."""
    moments = [(due_at(k, _after(k, now)), slug) for slug, k in kinds.items() if k.enabled]
    return (min(moments)[1], min(moments)[0].astimezone(UTC)) if moments else None


def _after(kind: IssueKind, now: datetime) -> str:
    """The next period that will be due."""
    for days in range(1, 10):
        period = period_of(kind, None, now - kind.publish_after + timedelta(days=days))
        if has_issue(kind, period) and due_at(kind, period) > now:
            return period
    raise AssertionError("some day of nine ends a window")
