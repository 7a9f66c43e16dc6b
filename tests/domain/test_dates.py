"""Windows tile the time line whatever the zone does; weeks, labels and arXiv's calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digester.domain.dates import (
    is_listing_day,
    listing_day,
    listing_in_force,
    parse_day,
    parse_now,
    period_of,
    submission_window,
    week_days,
    week_label,
    window,
)
from digester.domain.errors import UsageError
from digester.domain.issue import IssueKind
from digester.issues import KINDS

DAILY = IssueKind("d", {"en": "D"}, {"en": "d"}, "daily", "r", {}, {}, papers=True)
WEEKLY = replace(DAILY, slug="w", cadence="weekly")
zones = st.sampled_from(sorted(z for z in available_timezones() if "/" in z or z == "UTC"))
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
moments = st.integers(631_152_000, 4_102_444_800).map(lambda s: datetime.fromtimestamp(s, UTC))  # 1990 to 2100


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# --------------------------------------------------------------------- windows
@given(days, zones, st.integers(0, 23))
@example(date(2026, 3, 29), "Europe/Berlin", 2)
@example(date(2026, 10, 25), "Europe/Berlin", 2)
@example(date(2011, 12, 30), "Pacific/Apia", 7)
@example(date(2026, 11, 1), "America/New_York", 1)
@example(date(2026, 10, 4), "Australia/Lord_Howe", 2)
def test_daily_windows_tile_the_time_line_in_every_zone(day: date, zone: str, hour: int) -> None:
    kind = replace(DAILY, timezone=zone, turn=timedelta(hours=hour))
    today, tomorrow = window(kind, day.isoformat()), window(kind, (day + timedelta(days=1)).isoformat())
    assert today.end == tomorrow.start
    assert today.start <= today.end
    assert today.end.tzinfo is UTC
    assert not today.holds(today.end)
    assert today.start == today.end or today.holds(today.start)


@given(days, zones)
def test_weekly_windows_tile_the_time_line_in_every_zone(day: date, zone: str) -> None:
    kind = replace(WEEKLY, timezone=zone)
    this, following = window(kind, week_label(day)), window(kind, week_label(day + timedelta(days=7)))
    assert this.end == following.start
    assert timedelta(days=5, hours=20) < this.end - this.start < timedelta(days=8, hours=4)


@given(moments, zones)
def test_every_moment_is_in_exactly_one_daily_window(moment: datetime, zone: str) -> None:
    kind = replace(DAILY, timezone=zone)
    near = [window(kind, (moment.date() + timedelta(days=n)).isoformat()) for n in range(-2, 4)]
    assert sum(w.holds(moment) for w in near) == 1


def test_a_day_with_a_clock_change_is_23_or_25_hours_long() -> None:
    kind = replace(DAILY, timezone="Europe/Berlin")
    lengths = [window(kind, d).end - window(kind, d).start for d in ("2026-03-29", "2026-10-25", "2026-06-20")]
    assert [x.total_seconds() / 3600 for x in lengths] == [23, 25, 24]


def test_the_shipped_windows() -> None:
    daily, weekly = window(DAILY, "2026-06-20"), window(WEEKLY, "2026-W25")
    assert (daily.start, daily.end) == (at("2026-06-19T07:00"), at("2026-06-20T07:00"))
    assert daily.listing_days == (date(2026, 6, 20),)
    assert (weekly.start, weekly.end) == (at("2026-06-13T07:00"), at("2026-06-20T07:00"))
    assert weekly.listing_days == tuple(date(2026, 6, d) for d in range(15, 20))
    assert window(replace(WEEKLY, papers=False), "2026-W25").listing_days == ()
    assert window(replace(DAILY, papers=False), "2026-06-20").listing_days == ()


@given(days)
def test_a_week_is_labelled_by_the_wednesday_of_its_window(day: date) -> None:
    label = week_label(day)
    found = window(WEEKLY, label)
    wednesday = (found.start + timedelta(days=4)).date()
    assert wednesday.weekday() == 2
    assert week_label(wednesday) == label


# ----------------------------------------------------------------------- weeks
@pytest.mark.parametrize(
    ("day", "label"),
    [("2026-01-01", "2026-W01"), ("2025-12-29", "2026-W01"), ("2025-12-28", "2025-W52"), ("2026-12-28", "2026-W53"), ("2026-12-31", "2026-W53"),
     ("2027-01-01", "2026-W53"), ("2027-01-03", "2026-W53"), ("2027-01-04", "2027-W01"), ("2021-01-01", "2020-W53")],
)  # fmt: skip
def test_week_labels_at_the_edges_of_years(day: str, label: str) -> None:
    assert week_label(date.fromisoformat(day)) == label


def test_2026_has_a_week_53() -> None:
    assert week_days("2026-W53") == (*(date(2026, 12, d) for d in (28, 29, 30, 31)), date(2027, 1, 1))


@pytest.mark.parametrize("label", ["2025-W53", "2026-W00", "2026-W54", "2026-W1", "2026W25", "2026-w25", "", "x", "2026-W25 ", "2026-W25\n",
                                   "２０２６-W25", "0000-W01", "0001-W01", "9999-W52", "2026-06-20"])  # fmt: skip
def test_a_week_that_does_not_exist_is_a_usage_error(label: str) -> None:
    with pytest.raises(UsageError) as caught:
        week_days(label)
    assert caught.value.exit_code == 2
    assert "2026-W25" in caught.value.hint


@pytest.mark.parametrize("text", ["2026-02-29", "2026-13-01", "20260620", "2026-6-2", "2026-06-20T07:00", "", "2026-W25", "２０２６-06-20", "0001-01-01",
                                  "9999-12-31", "2026-06-20\n"])  # fmt: skip
def test_a_day_that_does_not_exist_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        parse_day(text)


@given(st.text(max_size=12), zones, moments)
def test_any_date_argument_means_a_period_or_is_a_usage_error(text: str, zone: str, now: datetime) -> None:
    for kind in (replace(DAILY, timezone=zone), replace(WEEKLY, timezone=zone)):
        try:
            window(kind, period_of(kind, text, now))
        except UsageError:
            continue


# --------------------------------------------------------------------- periods
NOW = at("2026-06-20T07:30")  # a Saturday, half an hour after the windows turned


@pytest.mark.parametrize(
    ("kind", "when", "period"),
    [
        (DAILY, None, "2026-06-19"), (replace(DAILY, papers=False), None, "2026-06-20"), (DAILY, "today", "2026-06-20"), (DAILY, "yesterday", "2026-06-19"), (DAILY, "2026-02-28", "2026-02-28"),
        (WEEKLY, None, "2026-W25"), (WEEKLY, "2026-W01", "2026-W01"), (WEEKLY, "2026-06-19", "2026-W25"), (WEEKLY, "2026-06-20", "2026-W26"),
        (WEEKLY, "2026-06-13", "2026-W25"), (WEEKLY, "2026-06-12", "2026-W24"), (WEEKLY, "today", "2026-W26"), (WEEKLY, "yesterday", "2026-W25"),
        (WEEKLY, "2027-01-01", "2026-W53"), (WEEKLY, "2027-01-02", "2027-W01"),
    ],
)  # fmt: skip
def test_the_period_that_a_date_means(kind: IssueKind, when: str | None, period: str) -> None:
    assert period_of(kind, when, NOW) == period


@pytest.mark.parametrize("when", ["2026-W25", "tomorrow", "2025-W53", "", "2026"])
def test_a_daily_issue_has_no_weeks(when: str) -> None:
    with pytest.raises(UsageError):
        period_of(DAILY, when, NOW)


def test_just_before_the_turn_the_latest_period_is_the_one_before() -> None:
    before = at("2026-06-20T06:59:59")
    assert (period_of(DAILY, None, before), period_of(WEEKLY, None, before)) == ("2026-06-19", "2026-W24")


@given(moments, zones)
def test_yesterday_is_the_date_of_yesterday(now: datetime, zone: str) -> None:
    from zoneinfo import ZoneInfo

    local = now.astimezone(ZoneInfo(zone)).date()
    for kind in (replace(DAILY, timezone=zone), replace(WEEKLY, timezone=zone)):
        assert period_of(kind, "today", now) == period_of(kind, local.isoformat(), now)
        assert period_of(kind, "yesterday", now) == period_of(kind, (local - timedelta(days=1)).isoformat(), now)


@given(days, zones)
def test_a_day_means_the_week_whose_window_holds_its_noon(day: date, zone: str) -> None:
    from zoneinfo import ZoneInfo

    kind = replace(WEEKLY, timezone=zone)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    assert window(kind, period_of(kind, day.isoformat(), at("2026-06-20T07:30"))).holds(noon)


@given(moments, zones)
def test_the_latest_period_has_ended_and_the_next_has_not(now: datetime, zone: str) -> None:
    for kind, step in ((replace(DAILY, papers=False, timezone=zone), 1), (replace(WEEKLY, timezone=zone), 7)):
        found = window(kind, period_of(kind, None, now))
        assert found.end <= now < found.end + timedelta(days=step + 1, hours=4)


@given(moments, zones)
def test_the_latest_daily_of_papers_is_of_a_day_that_can_have_a_list(now: datetime, zone: str) -> None:
    period = period_of(replace(DAILY, timezone=zone), None, now)
    assert date.fromisoformat(period).weekday() < 5
    assert window(replace(DAILY, timezone=zone), period).end <= now


# ------------------------------------------------------------------------- now
@pytest.mark.parametrize(
    ("text", "moment"),
    [("2026-06-20T07:05Z", "2026-06-20T07:05"), ("2026-06-20T07:05", "2026-06-20T07:05"), ("2026-06-20T09:05+02:00", "2026-06-20T07:05"),
     ("2026-06-20", "2026-06-20T00:00")],
)  # fmt: skip
def test_now_is_read_in_utc(text: str, moment: str) -> None:
    assert parse_now(text) == at(moment)


@pytest.mark.parametrize(
    "text", ["", "now", "2026-06-31T00:00Z", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "2026-06-20T25:00"]
)
def test_now_that_is_no_time_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        parse_now(text)


# -------------------------------------------------------------- arXiv calendar
@pytest.mark.parametrize(
    ("submitted", "listed"),
    [  # June: 14:00 in New York is 18:00 UTC
        ("2026-06-15T17:59:59", "2026-06-16"),  # Monday before the cut-off: Tuesday
        ("2026-06-15T18:00", "2026-06-17"),  # Monday after it: Wednesday
        ("2026-06-17T18:00", "2026-06-22"),  # Wednesday after it: not Friday the 19th, a holiday
        ("2026-06-11T17:59", "2026-06-12"),  # Thursday before it: Friday
        ("2026-06-11T18:00", "2026-06-15"),  # Thursday after it: Monday
        ("2026-06-12T17:59", "2026-06-15"),  # Friday before it: Monday
        ("2026-06-12T18:00", "2026-06-16"),  # Friday after it and the weekend: Tuesday
        ("2026-06-13T10:00", "2026-06-16"), ("2026-06-13T20:00", "2026-06-16"), ("2026-06-14T10:00", "2026-06-16"),
        ("2026-06-14T20:00", "2026-06-16"),
        ("2026-01-22T18:59", "2026-01-23"), ("2026-01-22T19:00", "2026-01-26"),  # winter: 19:00 UTC
        ("2026-12-23T18:00", "2027-01-04"),
    ],
)  # fmt: skip
def test_the_listing_day_follows_the_cut_off(submitted: str, listed: str) -> None:
    assert listing_day(at(submitted)) == date.fromisoformat(listed)


@given(moments, moments)
def test_who_submits_later_is_never_listed_earlier(one: datetime, two: datetime) -> None:
    first, second = sorted((one, two))
    assert listing_day(first) <= listing_day(second)
    assert listing_day(first).weekday() < 5
    assert listing_day(first) > first.date() - timedelta(days=1)


# ---------------------------------------------------------------- arXiv's calendar
@given(st.integers(0, 340 * 86_400).map(lambda s: datetime(2026, 1, 12, tzinfo=UTC) + timedelta(seconds=s)))
def test_a_submission_is_in_the_window_of_its_listing_day_and_of_no_other(moment: datetime) -> None:
    day = listing_day(moment)
    start, end = submission_window(day)
    assert start <= moment < end
    other = next(d for n in range(1, 9) if is_listing_day(d := day + timedelta(days=n)))
    assert submission_window(other)[0] == end


def test_the_window_of_a_tuesday_is_the_weekend() -> None:
    start, end = submission_window(date(2026, 2, 3))
    assert (start.isoformat(), end.isoformat()) == ("2026-01-30T19:00:00+00:00", "2026-02-02T19:00:00+00:00")


def test_a_day_without_a_list_has_no_window() -> None:
    for day in (date(2026, 2, 7), date(2026, 6, 19)):
        with pytest.raises(ValueError, match="no arXiv list"):
            submission_window(day)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-02-04T04:59", "2026-02-03"),
        ("2026-02-04T05:00", "2026-02-04"),
        ("2026-02-07T12:00", "2026-02-06"),
        ("2026-06-19T12:00", "2026-06-18"),
    ],
)
def test_the_list_in_force_turns_at_midnight_in_new_york(now: str, day: str) -> None:
    assert listing_in_force(datetime.fromisoformat(now + "+00:00")).isoformat() == day


# ------------------------------------------------------------ windows of one's own
turns = st.builds(
    lambda weekday, hour, zone: replace(WEEKLY, weekday=weekday, turn=timedelta(hours=hour), timezone=zone),
    st.integers(0, 6), st.integers(0, 23), zones,
)  # fmt: skip


@given(turns, days)
def test_a_weekly_window_of_any_turn_holds_its_weeks_wednesday_and_tiles(kind: IssueKind, day: date) -> None:
    label = week_label(day)
    span, following = window(kind, label), window(kind, week_label(day + timedelta(days=7)))
    assert span.end == following.start
    wednesday = week_days(label)[2]
    noon = datetime.combine(wednesday, datetime.min.time(), UTC) + timedelta(hours=12)
    assert span.start - timedelta(days=1) <= noon <= span.end + timedelta(days=1)
    assert timedelta(days=6, hours=20) <= span.end - span.start <= timedelta(days=7, hours=4)


@given(turns, days)
def test_with_any_turn_a_day_means_the_week_whose_window_holds_its_noon(kind: IssueKind, day: date) -> None:
    span = window(kind, period_of(kind, day.isoformat(), at("2026-01-01")))
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(kind.timezone))
    assert span.start <= noon < span.end or noon == span.end or abs(noon - span.start) < timedelta(hours=4)


def test_the_ai_weekly_turns_on_saturday_evening_and_saturday_belongs_to_the_week_that_ends() -> None:
    kind = KINDS["ai-weekly"]
    assert window(kind, "2026-W25").end == at("2026-06-20T22:00")
    assert period_of(kind, "2026-06-20", at("2026-01-01")) == "2026-W25"
    assert period_of(kind, "2026-06-21", at("2026-01-01")) == "2026-W26"
    assert period_of(kind, None, at("2026-06-20T21:59")) == "2026-W24"
    assert period_of(kind, None, at("2026-06-20T22:00")) == "2026-W25"
