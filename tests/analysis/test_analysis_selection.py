"""What is published, what is left out, and why."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.selection import Candidate, choose


def candidate(id_: str, rating: int = 4, rank: float = 1.0, source: str = "s", told: str = "") -> Candidate:
    return Candidate(id_, rating, rank, source, told)


def test_the_best_come_first_then_rank_then_id() -> None:
    given_ = [candidate("b"), candidate("a"), candidate("c", rank=2.0), candidate("d", rating=5, rank=0.0)]
    assert choose(given_, minimum_rating=3, most=9).kept == ("d", "c", "a", "b")


def test_everything_left_out_has_its_reason() -> None:
    found = choose(
        [candidate("low", 2), candidate("old", 5, told="ai-daily/2026-06-19"), candidate("a", 5), candidate("b", 5), candidate("c", 4, source="t")],
        minimum_rating=3, most=1,
    )  # fmt: skip
    assert found.kept == ("a",)
    assert dict(found.left_out) == {
        "low": "rated 2", "old": "told in ai-daily/2026-06-19", "b": "beyond the 1 that fit", "c": "beyond the 1 that fit",
    }  # fmt: skip


def test_one_source_does_not_fill_the_issue() -> None:
    found = choose(
        [candidate("a"), candidate("b"), candidate("c", 3, source="t")], minimum_rating=3, most=9, per_source=1
    )
    assert found.kept == ("a", "c")
    assert dict(found.left_out) == {"b": "enough from this source"}


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(0, 3), st.sampled_from("st"), st.sampled_from(["", "x/1"])),
        max_size=20,
    ),
    st.integers(0, 6),
    st.randoms(),
)
def test_nothing_disappears_and_the_order_of_the_input_does_not_matter(
    rows: list[tuple[int, int, str, str]], most: int, shuffler: random.Random
) -> None:
    candidates = [candidate(f"c{i:02}", r, float(k), s, t) for i, (r, k, s, t) in enumerate(rows)]
    found = choose(candidates, minimum_rating=3, most=most, per_source=3)
    assert len(found.kept) <= most
    assert sorted([*found.kept, *(i for i, _ in found.left_out)]) == sorted(c.id for c in candidates)
    assert all(reason for _, reason in found.left_out)
    mixed = list(candidates)
    shuffler.shuffle(mixed)
    assert choose(mixed, minimum_rating=3, most=most, per_source=3) == found
