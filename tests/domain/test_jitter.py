"""The factor of a wait: bounded, the same every time, and spread over those that wait."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digester.domain.jitter import MOST, stretch


@given(st.text(), st.integers())
def test_F15_a_wait_is_never_shorter_and_a_quarter_longer_at_most(name: str, attempt: int) -> None:
    assert 1 <= stretch(name, attempt) < 1 + MOST
    assert stretch(name, attempt) == stretch(name, attempt)


def test_F15_those_that_fail_together_come_again_spread_over_the_whole_quarter() -> None:
    found = [stretch(f"host{n}.example", 1) for n in range(1000)]
    tenths = [sum(int((f - 1) / MOST * 10) == k for f in found) for k in range(10)]
    assert min(tenths) > 50 and len(set(found)) == 1000


def test_F15_the_order_of_two_hosts_changes_from_failure_to_failure() -> None:
    assert len({stretch("a.example", n) < stretch("b.example", n) for n in range(20)}) == 2
