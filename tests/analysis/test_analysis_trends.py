"""Counts and shares by week, and a change that can be computed again from what stands beside it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.trends import Week, trends


def test_the_change_is_the_last_share_less_the_mean_of_the_weeks_before() -> None:
    weeks = [Week("W1", 10, {"Cold Start": 1}), Week("W2", 20, {"Cold Start": 6}), Week("W3", 50, {"Cold Start": 20})]
    (found,) = trends(weeks)
    assert (found.counts, found.shares) == ((1, 6, 20), (10.0, 30.0, 40.0))
    assert (found.mean_before, found.change) == (20.0, 20.0)


def test_a_week_without_works_is_unknown_and_no_zero() -> None:
    weeks = [Week("W1", 10, {"Cold Start": 2}), Week("W2", 0, {}), Week("W3", 10, {"Cold Start": 1})]
    (found,) = trends(weeks)
    assert found.shares == (20.0, None, 10.0) and found.mean_before == 20.0 and found.change == -10.0
    assert trends(weeks[1:])[0].change is None and trends(weeks[:2])[0].change is None


def test_what_rose_most_stands_first_and_what_cannot_be_compared_last() -> None:
    weeks = [Week("W1", 10, {"a": 5, "b": 1, "c": 1}), Week("W2", 10, {"a": 4, "b": 2, "c": 2, "d": 1})]
    assert [t.name for t in trends(weeks)] == ["b", "c", "d", "a"]
    assert [t.name for t in trends(weeks[1:])] == ["a", "b", "c", "d"]


def test_published_weeks_are_named_even_of_a_theme_that_nobody_counted() -> None:
    weeks = [
        Week("W1", 4, {}, frozenset({"Beam Search"})),
        Week("W2", 4, {"Beam Search": 1}, frozenset({"Beam Search"})),
    ]
    (found,) = trends(weeks)
    assert found.published == ("W1", "W2") and found.counts == (0, 1)
    assert trends([]) == []


ROWS = st.lists(st.tuples(st.integers(0, 30), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 30))), max_size=6)


@given(ROWS)
def test_every_trend_can_be_computed_again_from_its_own_inputs(rows: list[tuple[int, dict[str, int]]]) -> None:
    weeks = [Week(f"W{i}", n, {k: min(v, n) for k, v in c.items()}) for i, (n, c) in enumerate(rows)]
    for t in trends(weeks):
        assert len(t.counts) == len(t.shares) == len(weeks) and any(t.counts)
        known = [s for s in t.shares[:-1] if s is not None]
        assert (t.mean_before is None) == (not known)
        if t.change is not None and t.mean_before is not None and t.shares[-1] is not None:
            assert t.mean_before == pytest.approx(math.fsum(known) / len(known))
            assert t.change == pytest.approx(t.shares[-1] - t.mean_before)
            assert -100 <= t.change <= 100
