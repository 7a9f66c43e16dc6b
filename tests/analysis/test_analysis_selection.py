"""What is published, what is left out, and why."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.selection import Candidate, choose


def candidate(
    id_: str, rating: int = 4, rank: float = 1.0, source: str = "s", told: str = "", new: str = "", traits: str = ""
) -> Candidate:
    return Candidate(id_, rating, rank, source, told, new, tuple(traits.split()))


def test_t14_the_best_come_first_then_rank_then_id() -> None:
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


def test_a_loud_source_never_bars_a_five() -> None:
    found = choose(
        [candidate(f"c{i}", 5) for i in range(3)] + [candidate("d"), candidate("e", 3, source="t")],
        minimum_rating=3, most=9, per_source=2,
    )  # fmt: skip
    assert found.kept == ("c0", "c1", "c2", "e")
    assert dict(found.left_out) == {"d": "enough from this source"}


def test_what_was_told_comes_back_only_with_something_new() -> None:
    found = choose(
        [candidate("a", told="x/1"), candidate("b", told="x/1", new="new figures")], minimum_rating=3, most=9
    )
    assert found.kept == ("b",)
    assert dict(found.left_out) == {"a": "told in x/1"}


def test_among_equals_the_next_is_one_unlike_those_before() -> None:
    found = choose(
        [candidate("a", rank=3.0, traits="org:Kestrelo on:ads"), candidate("b", rank=2.9, traits="org:Kestrelo on:ads"),
         candidate("c", rank=2.5, traits="org:Velmarque on:search"), candidate("d", rank=0.0, traits="org:Ondaryl on:music")],
        minimum_rating=3, most=3,
    )  # fmt: skip
    assert found.kept == ("a", "c", "b")  # the last has variety alone, which is not enough


def test_what_was_kept_of_a_better_rating_counts_for_variety() -> None:
    found = choose(
        [candidate("five", 5, traits="org:Kestrelo"), candidate("a", rank=1.1, traits="org:Kestrelo"),
         candidate("b", rank=1.0, traits="org:Velmarque"), candidate("c", rank=0.0, traits="org:Ondaryl")],
        minimum_rating=3, most=2,
    )  # fmt: skip
    assert found.kept == ("five", "b")


ROW = st.tuples(
    st.integers(1, 5), st.integers(0, 3), st.sampled_from("st"), st.sampled_from(["", "x/1"]), st.sampled_from(["", "new"]),
    st.sampled_from(["", "o:a", "o:b t:c", "o:a t:c"]),
)  # fmt: skip


@given(st.lists(ROW, max_size=20), st.integers(0, 6), st.sampled_from([None, 1, 3]), st.randoms())
def test_the_promises_of_selection(
    rows: list[tuple[int, int, str, str, str, str]], most: int, cap: int | None, shuffler: random.Random
) -> None:
    candidates = [candidate(f"c{i:02}", r, float(k), s, t, n, f) for i, (r, k, s, t, n, f) in enumerate(rows)]
    found = choose(candidates, minimum_rating=3, most=most, per_source=cap)
    # nothing disappears, each with its reason
    assert sorted([*found.kept, *(i for i, _ in found.left_out)]) == sorted(c.id for c in candidates)
    assert all(reason for _, reason in found.left_out)
    # the order of the input does not matter
    mixed = list(candidates)
    shuffler.shuffle(mixed)
    assert sorted(choose(mixed, minimum_rating=3, most=most, per_source=cap).left_out) == sorted(found.left_out)
    assert choose(mixed, minimum_rating=3, most=most, per_source=cap).kept == found.kept
    # caps hold, of a source for all that is no 5
    by_id = {c.id: c for c in candidates}
    kept = [by_id[i] for i in found.kept]
    assert len(kept) <= most
    for source in "st":
        own = [c for c in kept if c.source == source]
        assert cap is None or len([c for c in own if c.rating < 5]) <= cap
    # ratings decide: better first, and nobody gives a place to one rated lower
    assert [c.rating for c in kept] == sorted((c.rating for c in kept), reverse=True)
    lowest = min((c.rating for c in kept), default=6)
    for c in [by_id[i] for i, reason in found.left_out if reason.startswith("beyond")]:
        assert len(kept) == most and c.rating <= lowest
    for c in [by_id[i] for i, reason in found.left_out if reason.startswith("enough")]:
        assert cap is not None and c.rating < 5
        assert sum(k.source == c.source and k.rating >= c.rating for k in kept) >= cap
    # what was told is there only with something new
    assert all(c.new or not c.told for c in kept)
