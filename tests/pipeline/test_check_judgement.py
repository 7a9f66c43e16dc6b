"""How a source is judged by what it answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digester.domain.model import Source
from digester.pipeline.check import judge

NOW = datetime(2026, 6, 20, 6, tzinfo=UTC)
SOURCE = Source("a", "rss", "A", None)


def every(days: float, last: float, count: int = 6) -> list[datetime | None]:
    """`count` entries `days` apart, the newest `last` days ago."""
    return [NOW - timedelta(days=last + days * i) for i in range(count)]


@pytest.mark.parametrize(
    ("days", "last", "verdict"),
    [(1, 13.9, "ok"), (1, 14.1, "stale"), (7, 20.9, "ok"), (7, 21.1, "stale"), (30, 89, "ok"), (30, 91, "stale"), (0, 13, "ok"), (0, 15, "stale")],
)  # fmt: skip
def test_stale_is_older_than_three_intervals_and_two_weeks(days: float, last: float, verdict: str) -> None:
    found = judge(SOURCE, every(days, last), NOW)
    assert (found.verdict, found.entries) == (verdict, 6)
    assert found.newest == NOW - timedelta(days=last)


def test_one_dated_entry_or_none_is_never_stale() -> None:
    assert judge(SOURCE, every(1, 900, 1), NOW).verdict == "ok"
    assert judge(SOURCE, [None, None], NOW).verdict == "ok"
    assert judge(SOURCE, [None, *every(1, 900, 1)], NOW).newest == NOW - timedelta(days=900)


def test_a_list_made_by_hand_is_never_stale() -> None:
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
