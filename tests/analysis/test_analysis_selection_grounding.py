"""What is published and why not, and the gate: nothing is printed that its source does not hold."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.grounding import refusals
from digester.analysis.selection import Candidate, choose
from digester.domain.ids import passage_id
from digester.domain.issue import Sentence
from digester.domain.model import Passage, Support


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


# --------------------------------------------------------------------- gate
SOURCE = "SIDLoom improves CTR by 1.24% on 1,240 shops. \u201cIt holds,\u201d its authors write."
PASSAGE = Passage(passage_id(SOURCE), "w", "abstract", SOURCE)


def gate(
    kind: str, text: str, *, cites: tuple[str, ...] = ("a", "b"), rule: str = "", span: tuple[int, int] = (0, 45)
) -> list[str]:
    s = Sentence("id", kind, {"en": text}, cites, (Support(PASSAGE.id, *span, "quote"),), rule)  # type: ignore[arg-type]
    return refusals(s, {PASSAGE.id: PASSAGE}, [SOURCE])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("report", "SIDLoom: CTR +1.24%."),
        ("report", "CTR +1.240% on 1240 shops."),
        ("report", "Its authors say \u201cit holds\u201d."),
        ("quote", SOURCE[:45]),
        ("synthesis", "Read together, both hold."),
        ("report", "No number at all."),
    ],
)
def test_what_stands_in_the_source_passes(kind: str, text: str) -> None:
    assert gate(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        ("report", "CTR +1.25%.", "numbers without a source: 1.25"),
        ("report", "CTR +12.4%.", "numbers without a source"),
        ("report", "Its authors say \u201cit never fails\u201d.", "quotation without a source"),
        ("report", "作者说「从不失败」。", "quotation without a source"),
        ("quote", "SIDLoom improves GMV by 1.24% on 1,240 shops.", "not verbatim"),
        ("quote", "SIDLoom improves CTR", "not verbatim"),
        ("synthesis", "Both gain 7%.", "numbers without a source: 7"),
    ],
)
def test_what_does_not_stand_there_is_refused_in_words(kind: str, text: str, why: str) -> None:
    assert any(why in r for r in gate(kind, text)), gate(kind, text)


def test_a_quotation_that_points_elsewhere_is_refused() -> None:
    assert gate("quote", SOURCE[:45], span=(3, 20))
    s = Sentence("id", "quote", {"en": SOURCE[:45]}, ("a",), (Support("unknown", 0, 45, "quote"),))
    assert refusals(s, {PASSAGE.id: PASSAGE}, [SOURCE])


def test_a_conclusion_needs_two_cited_picks() -> None:
    assert gate("synthesis", "It holds.", cites=("a",)) == ["en: a conclusion over fewer than two picks"]


def test_a_derived_sentence_needs_its_rule() -> None:
    assert gate("derived", "Some papers.", rule="computed:census") == []
    assert gate("derived", "Some papers.") == ["a derived sentence without its rule"]


def test_a_derived_sentence_prints_only_numbers_it_was_computed_from() -> None:
    counted = Sentence(
        "id", "derived", {"en": "99 of 100 papers."}, ("a",), (), "computed:census", {"n": "99", "total": "100"}
    )
    assert refusals(counted, {}, []) == []
    assert refusals(replace(counted, inputs={"n": "99"}), {}, []) == ["en: numbers without a source: 100"]
    quoting = replace(counted, text={"en": "It begins with “Words nobody wrote”."}, inputs={})
    assert refusals(quoting, {}, [SOURCE]) == ["en: quotation without a source: Words nobody wrote"]


def test_without_sources_no_number_passes() -> None:
    s = Sentence("id", "report", {"en": "CTR +1%."}, ("a",))
    assert refusals(s, {}, []) == ["en: numbers without a source: 1"]


def test_both_languages_are_checked() -> None:
    s = Sentence("id", "report", {"en": "CTR +1.24%.", "zh": "CTR +9%。"}, ("a",))
    assert [r.split(":")[0] for r in refusals(s, {}, [SOURCE])] == ["zh"]
