"""Which issues are due: from the store and the time alone."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from digester.domain.dates import period_before, period_of, window
from digester.domain.errors import NothingToPublish, Offline, Refused
from digester.domain.issue import IssueKind
from digester.domain.runs import Attempt
from digester.issues import KINDS
from digester.pipeline import due

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
DAILY, WEEKLY = KINDS["ai-daily"], KINDS["rec-weekly"]
MONDAYS = replace(KINDS["ai-weekly"], slug="mondays", weekday=0, turn=timedelta(hours=2, minutes=30))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def simulate(
    kind: IssueKind, start: datetime, days: int, seed: int, longest_sleep: timedelta
) -> list[tuple[str, datetime]]:
    """Looks at random moments over a span, with sleeps and clock steps; every issue that is due is made. (period, when)."""
    chance = random.Random(seed)
    newest: str | None = period_of(kind, None, start)
    made: list[tuple[str, datetime]] = []
    now, end = start, start + timedelta(days=days)
    while now < end:
        asleep = chance.random() < 0.02
        step = chance.uniform(60, longest_sleep.total_seconds()) if asleep else chance.uniform(60, 6 * 3600)
        now += timedelta(seconds=step)
        shown = now + timedelta(days=chance.choice((0, 0, 0, 0, 0, -1, -30)))  # a clock that is set back, for one look
        for one in due.plan({kind.slug: kind}, {kind.slug: newest} if newest else {}, {}, shown).now:
            made.append((one.period, shown))
            newest = one.period
    return made


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("kind", [DAILY, WEEKLY, MONDAYS], ids=lambda k: k.slug)
def test_C01_C02_C05_C06_two_years_with_sleeps_and_clock_steps_make_every_period_once(
    kind: IssueKind, zone: str
) -> None:
    placed = replace(kind, timezone=zone)
    limit = timedelta(days=due.CATCH_UP[kind.cadence] * (1 if kind.cadence == "daily" else 7) - 1)
    start = datetime(2026, 1, 15, 12, tzinfo=UTC)
    made = simulate(placed, start, 730, seed=ZONES.index(zone), longest_sleep=limit)
    periods = [p for p, _ in made]
    assert len(set(periods)) == len(periods) > 90
    for before, after in pairwise(periods):
        assert period_before(placed, after) == before
        assert window(placed, after).start == window(placed, before).end
    for period, moment in made:
        assert window(placed, period).end <= moment


def test_C01_windows_tile_over_each_change_of_the_clock() -> None:
    for zone in ZONES:
        kind = replace(DAILY, timezone=zone, turn=timedelta(hours=2, minutes=30))
        spans = [window(kind, f"2026-{m:02d}-{d:02d}") for m in range(1, 13) for d in range(1, 29)]
        whole = {(w.end - w.start).total_seconds() / 3600 for w in spans}
        assert whole <= {23, 23.5, 24, 24.5, 25}
        day = "2026-01-02"
        while day < "2027-01-02":
            following = (datetime.fromisoformat(day) + timedelta(days=1)).date().isoformat()
            assert window(kind, day).end == window(kind, following).start
            day = following


def test_C03_weeks_around_new_year_are_each_made_once_and_sort() -> None:
    newest, made = "2026-W51", []
    for day in range(36):
        now = at("2026-12-19T08:00") + timedelta(days=day)
        for one in due.plan({"rec-weekly": WEEKLY}, {"rec-weekly": newest}, {}, now).now:
            made.append(one.period)
            newest = one.period
    assert made == ["2026-W52", "2026-W53", "2027-W01", "2027-W02", "2027-W03"]


def test_C04_the_last_days_of_february_are_days() -> None:
    plan = due.plan({"ai-daily": DAILY}, {"ai-daily": "2028-02-27"}, {}, at("2028-03-01T12:00"))
    assert [d.period for d in plan.now] == ["2028-02-28", "2028-02-29", "2028-03-01"]


def test_nobody_starts_with_the_past() -> None:
    plan = due.plan(KINDS, {}, {}, at("2026-06-24T12:00"))
    assert sorted(d.id for d in plan.now) == ["ai-daily/2026-06-24", "ai-weekly/2026-W25", "rec-daily/2026-06-24", "rec-weekly/2026-W25"]  # fmt: skip


def test_C05_after_three_weeks_asleep_the_newest_are_made_up_for_oldest_first_and_the_rest_is_named() -> None:
    plan = due.plan({"ai-daily": DAILY}, {"ai-daily": "2026-06-01"}, {}, at("2026-06-22T12:00"))
    assert [d.period for d in plan.now] == [f"2026-06-{n}" for n in range(16, 23)]
    assert {d.period for d in plan.skipped} == {f"2026-06-{n:02d}" for n in range(2, 16)}
    one = due.plan({"ai-daily": replace(DAILY, catch_up=1)}, {"ai-daily": "2026-06-01"}, {}, at("2026-06-22T12:00"))
    assert [d.period for d in one.now] == ["2026-06-22"]


def test_C06_an_impossible_clock_is_refused() -> None:
    for wrong in ("1970-01-01T00:00", "2038-01-19T04:00"):
        if wrong.startswith("1970"):
            with pytest.raises(Refused, match="clock"):
                due.check_clock(at(wrong))
        else:
            due.check_clock(at(wrong))
    with pytest.raises(Refused):
        due.check_clock(datetime(2199, 1, 1, tzinfo=UTC))


def test_C06_a_clock_set_back_makes_nothing_twice() -> None:
    for back in (timedelta(days=1), timedelta(days=400)):
        assert not due.plan({"ai-daily": DAILY}, {"ai-daily": "2026-06-22"}, {}, at("2026-06-22T12:00") - back).now


def test_C10_an_issue_is_due_at_the_very_end_of_its_window_and_not_before() -> None:
    end = window(DAILY, "2026-06-22").end
    frozen = {"ai-daily": "2026-06-21"}
    assert [d.period for d in due.plan({"ai-daily": DAILY}, frozen, {}, end).now] == ["2026-06-22"]
    assert not due.plan({"ai-daily": DAILY}, frozen, {}, end - timedelta(microseconds=1)).now
    later = replace(DAILY, publish_after=timedelta(minutes=30))
    assert not due.plan({"ai-daily": later}, frozen, {}, end + timedelta(minutes=29)).now
    assert due.plan({"ai-daily": later}, frozen, {}, end + timedelta(minutes=30)).now


def test_C14_the_zone_of_the_issue_counts_not_that_of_the_machine() -> None:
    tokyo = replace(DAILY, timezone="Asia/Tokyo")
    moment = datetime(2026, 6, 22, 7, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert [d.period for d in due.plan({"ai-daily": tokyo}, {"ai-daily": "2026-06-21"}, {}, moment).now] == [
        "2026-06-22"
    ]


def test_a_daily_of_papers_is_not_due_on_a_weekend() -> None:
    plan = due.plan({"rec-daily": KINDS["rec-daily"]}, {"rec-daily": "2026-06-18"}, {}, at("2026-06-22T12:00"))
    assert [d.period for d in plan.now] == ["2026-06-19", "2026-06-22"]


def test_an_issue_that_is_switched_off_is_never_due() -> None:
    assert due.plan({"ai-daily": replace(DAILY, enabled=False)}, {}, {}, at("2026-06-22T12:00")) == due.Plan()


def test_C08_what_fails_is_tried_less_and_less_often_and_in_the_end_given_up() -> None:
    now, attempt, waits = at("2026-06-22T07:00"), None, []
    one = due.Due("ai-daily", "2026-06-22", now)
    for _ in range(due.TRIES):
        attempt = due.failed(one, attempt, Offline("no network"), now)
        assert attempt.next_at is not None
        waits.append(attempt.next_at - now)
        plan = due.plan({"ai-daily": DAILY}, {"ai-daily": "2026-06-21"}, {one.id: attempt}, now)
        assert one not in plan.now
        now = attempt.next_at
    assert waits == sorted(waits)
    assert waits[0] == due.FIRST_WAIT and waits[-1] == due.LONGEST_WAIT
    assert attempt is not None and attempt.dead
    assert plan.dead == (one,)


def test_C12_a_quiet_day_is_looked_at_three_times() -> None:
    attempt: Attempt | None = None
    one = due.Due("ai-daily", "2026-06-22", at("2026-06-22T07:00"))
    for n in range(due.QUIET_TRIES):
        attempt = due.failed(one, attempt, NothingToPublish("nothing"), at("2026-06-22T08:00"))
        assert attempt.dead == (n == due.QUIET_TRIES - 1)
    assert attempt is not None
    plan = due.plan({"ai-daily": DAILY}, {"ai-daily": "2026-06-21"}, {one.id: attempt}, at("2026-06-22T20:00"))
    assert plan.quiet == (one,)
    assert not due.overdue(plan, at("2026-06-22T20:00"))


def test_a_failed_issue_is_tried_again_although_a_later_one_was_made() -> None:
    attempt = Attempt(due.STEP, "ai-daily/2026-06-20", "", 1, "no network", at("2026-06-20T09:00"))
    plan = due.plan({"ai-daily": DAILY}, {"ai-daily": "2026-06-22"}, {attempt.subject: attempt}, at("2026-06-22T12:00"))
    assert [d.id for d in plan.now] == ["ai-daily/2026-06-20"]


def test_what_should_have_been_made_two_hours_ago_is_overdue() -> None:
    plan = due.plan({"ai-daily": DAILY}, {"ai-daily": "2026-06-21"}, {}, at("2026-06-22T08:00"))
    assert not due.overdue(plan, at("2026-06-22T08:00"))
    assert [d.period for d in due.overdue(plan, at("2026-06-22T09:01"))] == ["2026-06-22"]


def test_the_next_issue_is_told_with_its_moment() -> None:
    assert due.next_due({"ai-daily": DAILY}, at("2026-06-22T08:00")) == ("ai-daily", at("2026-06-23T07:00"))
    assert due.next_due({"rec-daily": KINDS["rec-daily"]}, at("2026-06-19T08:00")) == (
        "rec-daily",
        at("2026-06-22T07:00"),
    )
    assert due.next_due({}, at("2026-06-22T08:00")) is None
