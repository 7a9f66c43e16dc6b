"""How a source is judged by what it answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digester.domain.sources import Source
from digester.pipeline import health
from digester.pipeline.check import judge

NOW = datetime(2026, 6, 20, 6, tzinfo=UTC)
SOURCE = Source("a", "rss", "A", None)


def every(days: float, last: float, count: int = 6) -> list[datetime | None]:
    """`count` entries `days` apart, the newest `last` days ago."""
    return [NOW - timedelta(days=last + days * i) for i in range(count)]


@pytest.mark.parametrize(
    ("days", "last", "verdict"),
    [(1, 3.9, "ok"), (1, 4.1, "silent"), (7, 20.9, "ok"), (7, 21.1, "silent"), (30, 89, "ok"), (30, 91, "silent"), (0, 3, "ok"), (0, 5, "silent")],
)  # fmt: skip
def test_silent_is_older_than_three_intervals_and_a_long_weekend(days: float, last: float, verdict: str) -> None:
    found = judge(SOURCE, every(days, last), NOW)
    assert (found.verdict, found.entries) == (verdict, 6)
    assert found.newest == NOW - timedelta(days=last)
    assert (verdict == "silent") is health.silent([m for m in every(days, last) if m], NOW)  # one rule, also for status


def test_without_an_interval_two_weeks_count_and_without_a_date_nothing() -> None:
    assert [judge(SOURCE, every(1, last, 1), NOW).verdict for last in (13.9, 14.1)] == ["ok", "silent"]
    assert judge(SOURCE, every(1, 900, 1), NOW).reason == "nothing for 900 days"
    assert judge(SOURCE, [None, None], NOW).verdict == "ok"
    assert judge(SOURCE, [None, *every(1, 900, 1)], NOW).newest == NOW - timedelta(days=900)


def test_a_list_made_by_hand_is_never_silent() -> None:
    assert judge(SOURCE, every(1, 900), NOW, timely=False).verdict == "ok"


def test_what_is_worse_is_said_first() -> None:
    moved = ("https://a.example/old", "https://a.example/new")
    assert judge(SOURCE, [], NOW).verdict == "empty"
    assert judge(SOURCE, [], NOW, moved=moved).verdict == "moved"
    assert judge(SOURCE, every(1, 900), NOW, moved=moved).verdict == "moved"
    broken = judge(SOURCE, [], NOW, error="a.example answers 410", moved=moved)
    assert (broken.verdict, broken.reason) == ("failed", "a.example answers 410")
    absent = judge(SOURCE, [], NOW, absent="not configured: X is not set")
    assert (absent.verdict, absent.reason) == ("not configured", "not configured: X is not set")
