"""When a source is asked again and what its silence means: decisions over values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digester.domain.sources import FetchState
from digester.pipeline import health

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://s.example/feed"


def every(step: timedelta, count: int, last: datetime = NOW) -> list[datetime]:
    return [last - n * step for n in range(count)]


def test_a_source_that_failed_twice_is_asked_as_ever_and_then_ever_more_seldom() -> None:
    state, waits = FetchState("s"), []
    for _ in range(12):
        state = health.failed(state, "503", "", NOW)
        waits.append((state.next_check_at or NOW) - NOW)
    assert waits[:2] == [timedelta(), timedelta()]
    for n, wait in enumerate(waits[2:7]):
        assert timedelta(minutes=30) * 2**n <= wait < timedelta(minutes=37.5) * 2**n
    assert waits[-1] == DAY
    assert health.waiting(state, URL, NOW + DAY) == ""
    assert "failed 12 times" in health.waiting(state, URL, NOW + DAY - HOUR)


def test_F15_sources_that_fail_together_are_due_one_after_the_other_and_the_same_in_every_run() -> None:
    waits = [health.backoff(f"source{n}", 3) for n in range(200)]
    assert len(set(waits)) == 200 and waits == [health.backoff(f"source{n}", 3) for n in range(200)]
    assert {health.backoff(f"source{n}", 2) for n in range(200)} == {timedelta()}  # a slip costs no issue its news


@pytest.mark.parametrize(
    ("fresh", "skip", "hours"),
    [(0, (), 0), (3600, (), 1), (10 * 86_400, (), 1), (-5, (), 0), (0, (7, 8), 2), (0, tuple(range(24)), 24)],
)
def test_an_answer_that_keeps_and_hours_to_skip_are_respected_within_bounds(
    fresh: float, skip: tuple[int, ...], hours: int
) -> None:
    assert health.next_check(NOW, timedelta(seconds=fresh), skip) == NOW + hours * HOUR


def test_a_move_is_proposed_after_three_days_and_forgotten_when_it_ends() -> None:
    state = health.moved(FetchState("s"), "https://new.example/", NOW)
    assert health.proposal(state, NOW + 2 * DAY) == ""
    state = health.moved(state, "https://new.example/", NOW + 3 * DAY)
    assert "https://new.example/ (since 2026-06-20)" in health.proposal(state, NOW + 3 * DAY)
    assert health.proposal(health.moved(state, "https://third.example/", NOW + 3 * DAY), NOW + 4 * DAY) == ""
    assert health.proposal(health.moved(state, None, NOW), NOW + 9 * DAY) == ""


@pytest.mark.parametrize(
    ("moments", "ago", "silent"),
    [
        ([], DAY, True),
        (every(DAY, 10), 4 * DAY, False),  # a long weekend
        (every(DAY, 10), 4 * DAY + HOUR, True),
        (every(7 * DAY, 10), 20 * DAY, False),
        (every(7 * DAY, 10), 22 * DAY, True),
        (every(timedelta(minutes=5), 30), 4 * DAY, False),
        (every(DAY, 2), 13 * DAY, False),  # too few to know its interval
        (every(DAY, 2), 15 * DAY, True),
    ],
)
def test_silence_is_three_times_the_usual_interval(moments: list[datetime], ago: timedelta, silent: bool) -> None:
    assert health.silent(moments, NOW + ago) is silent


def test_one_long_holiday_does_not_change_the_usual_interval() -> None:
    assert health.usual_interval([*every(DAY, 10), *every(DAY, 5, NOW - 60 * DAY)]) == DAY


@pytest.mark.parametrize(
    ("state", "moments", "found"),
    [
        (None, [], "not asked yet"),
        (FetchState("s"), [], "not asked yet"),
        (FetchState("s", checked_at=NOW, failures=1, last_error="x"), [], "failed"),
        (FetchState("s", checked_at=NOW, failures=1, last_error="x", gone=URL), [], "gone"),
        (FetchState("s", checked_at=NOW, last_error="not configured: x"), [], "not configured"),
        (FetchState("s", checked_at=NOW, succeeded_at=NOW, entries=0), every(DAY, 9), "empty"),
        (FetchState("s", checked_at=NOW, succeeded_at=NOW, entries=9), every(DAY, 9), "ok"),
        (FetchState("s", checked_at=NOW, succeeded_at=NOW, entries=9), every(DAY, 9, NOW - 9 * DAY), "silent"),
    ],
)
def test_health(state: FetchState | None, moments: list[datetime], found: str) -> None:
    assert health.health(state, moments, NOW) == found
