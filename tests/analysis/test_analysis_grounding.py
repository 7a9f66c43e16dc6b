"""Grounding: what a passage holds is supported with its place, what it does not hold is refused with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import grounding
from digester.analysis.grounding import Ground
from digester.domain.ids import passage_id
from digester.domain.model import Passage
from digester.domain.text import plain

SOURCE = (
    "SIDLoom: Generative Retrieval at Kestrelo. SIDLoom writes Semantic IDs under a constrained beam and was tested offline first, "
    "where NDCG@10 rises by 4.1%. In an online A/B test on 5% of users over 14 days it raises click-through rate (CTR) by 1.24% and "
    "GMV by 0.87%. Serving latency falls by up to 18 ms. The index holds 1.2 million items, 40,000 of them new, and the model "
    "Umbra-7B 2.1 was released in June 2026. \u201cIt holds in every market,\u201d says Ines Halvorsen."
)
PASSAGE = Passage(passage_id(SOURCE), "arxiv:2606.90001", "abstract", SOURCE)
GROUND = Ground((PASSAGE,), frozenset({"https://kestrelo.example/sidloom"}))


def rules(statement: str, ground: Ground = GROUND) -> list[str]:
    return [r.rule for r in grounding.supported(statement, ground).refusals]


@pytest.mark.parametrize(
    "statement",
    [
        "SIDLoom raises CTR by 1.24 percent and GMV by 0.87 per cent.",
        "Kestrelo: SIDLoom; online A/B: CTR +1.24% and GMV +0.87% (5% of users over 14 days).",
        "GMV rises 0.87% and CTR 1.24% with SIDLoom.",
        "Latency falls by up to 18 milliseconds.",
        "The index holds 1,200,000 items, 40 thousand of them new.",
        "The index holds 120 万 items.",
        "Umbra-7B 2.1 came out in 2026.",
        "NDCG@10 rises by about 4%.",
        "Ines Halvorsen says \u201cit holds in every market\u201d.",
        "SIDLoom's page is https://kestrelo.example/sidloom.",
        "The click-through rate gains 1.24%.",
        "SIDLoom writes Semantic IDs under a constrained beam.",
    ],
)
def test_what_a_passage_holds_is_supported_in_any_spelling(statement: str) -> None:
    assert rules(statement) == []


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("SIDLoom raises CTR by 1.25%.", "number"),
        ("SIDLoom raises CTR by 12.4%.", "number"),
        ("SIDLoom came out in June 2025.", "number"),
        ("Umbra-7B 2.2 was released.", "number"),
        ("The index holds 1.2 billion items.", "number"),
        ("Kestrelo paid 3 million dollars.", "number"),
        ("SIDLoom raises CTR by 1.24 pp.", "unit"),
        ("SIDLoom raises CTR 1.24x.", "unit"),
        ("Latency falls by up to 18 s.", "number"),
        ("SIDLoom cuts CTR by 1.24%.", "sign"),
        ("CTR -1.24% with SIDLoom.", "sign"),
        ("Latency falls by 18 ms.", "hedge"),
        ("SIDLoom raises CTR by 0.87%.", "metric"),
        ("SIDLoom raises GMV by 1.24%.", "metric"),
        ("The index holds 40,000 items.", "binding"),
        ("CTR rises by 1.24% on 1.24% of users.", "binding"),
        ("In an online A/B test NDCG@10 rises by 4.1%.", "evidence"),
        ("Meituan tests SIDLoom.", "name"),
        ("SIDLoom, by Ana Halvorsen.", "name"),
        ("SIDLoom-2 writes Semantic IDs.", "name"),
        ("SIDLoom \u201cnever fails in any market\u201d.", "quotation"),
        ("Read it at https://kestrelo.example/sidloom).", ""),
        ("Read it at https://kestrel0.example/sidloom.", "link"),
        ("Read it at https://kestrelo.example/sidloom-2.", "link"),
    ],
)
def test_what_no_passage_holds_is_refused_by_the_rule_that_it_breaks(statement: str, rule: str) -> None:
    assert (rule in rules(statement)) if rule else rules(statement) == []


def test_a_support_points_at_the_number_in_its_passage() -> None:
    verdict = grounding.supported("GMV rises by 0.87 percent.", GROUND)
    number = next(s for s in verdict.supports if s.rule == "number")
    assert SOURCE[number.start : number.end] == "0.87%"
    assert number.passage_id == PASSAGE.id


def test_without_passages_no_figure_and_no_name_is_supported() -> None:
    assert set(rules("Kestrelo raises CTR by 1%.", Ground(()))) == {"number", "name"}


def test_an_acronym_stands_for_the_words_whose_initials_it_is() -> None:
    text = "We study retrieval augmented pretraining for sequential recommendation."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("RAP helps sequential recommendation.", ground) == []
    assert rules("RXP helps sequential recommendation.", ground) == ["name"]


def test_a_refusal_says_what_happened_for_people() -> None:
    (refusal,) = grounding.supported("SIDLoom raises CTR by 1.24 pp.", GROUND).refusals
    assert str(refusal) == "unit: the passages have it as %: 1.24 pp"


def test_a_deployment_is_not_printed_where_the_text_only_hopes_for_one() -> None:
    text = "We propose Tidewell. Its ranking must be validated through A/B testing and could be deployed later. Recall rises by 3%."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("Tidewell was deployed in production.", ground) == ["evidence"]
    assert rules("An online A/B test of Tidewell was run.", ground) == ["evidence"]


def test_the_gain_that_became_a_loss_is_refused_although_its_number_stands() -> None:
    text = "LongWeir yields a 2.1% gain in watch time."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("LongWeir yields a 2.1% gain in watch time.", ground) == []
    assert rules("LongWeir yields a 2.1% loss in watch time.", ground) == ["sign"]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("Improve ranking with Tidewell.", ""),  # the text says "improves"
        ("Builds on Tidewell.", ""),  # general English
        ("One trick of Tidewell improves ranking.", ""),  # says how it is told, not how many
        ("Two rankers outperform eight others.", ""),  # counts have no direction
        ("Gorvane improves ranking.", "name"),
        ("Gorvane's Tidewell improves ranking.", "name"),
        ("Meta improves ranking.", "name"),
        ("Kuaishou improves ranking.", "name"),
        ("Three rankers outperform eight others.", "number"),
    ],
)
def test_the_first_word_of_a_sentence_is_a_name_unless_english_or_the_text_knows_it(statement: str, rule: str) -> None:
    text = "Tidewell improves ranking. Two rankers of ours were compared with eight others."
    assert rules(statement, Ground((Passage("p", "w", "abstract", text),))) == ([rule] if rule else [])


def test_in_title_case_a_capital_makes_no_name_and_an_unknown_word_still_does() -> None:
    text = "Tidewell improves ranking for long sessions and is tested on a marketplace."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("Tidewell Improves Ranking Across Long Sessions", ground) == []
    assert rules("Gorvane Improves Ranking Across Long Sessions", ground) == ["name"]
    assert rules("Tidewell Improves Gorvane Across Long Sessions", ground) == ["name"]


def test_a_number_without_its_unit_is_not_the_number_of_the_source() -> None:
    assert rules("SIDLoom raises CTR by 1.24.") == ["unit"]
    assert (
        rules("The model has 284B.", Ground((Passage("p", "w", "abstract", "The model has 284B parameters."),))) == []
    )


def test_the_unit_of_another_result_with_the_same_value_supports_nothing() -> None:
    text = "CSRv2 delivers a 7x speedup over its baseline. On retrieval it yields a 7% higher recall."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("CSRv2 delivers a 7-fold speedup over its baseline.", ground) == []
    assert rules("CSRv2 delivers a 7% speedup over its baseline.", ground) == ["unit"]


def test_losses_where_the_source_has_gains_are_refused_beside_other_words_of_direction() -> None:
    text = "For inverted indexes we see smaller but consistent gains, for example +11% on recall."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("For inverted indexes there are smaller but consistent gains (+11% on recall).", ground) == []
    assert rules("For inverted indexes there are smaller but consistent losses (+11% on recall).", ground) == ["sign"]


def test_words_of_a_title_are_no_direction_of_the_figure_beside_it() -> None:
    text = "Kestrelo: Drop, Keep, Raise. The ranker brought a clear lift of 0.2% in active users without further cost."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("Kestrelo's Drop, Keep, Raise: active users +0.2%.", ground) == []
    assert rules("Kestrelo's Drop, Keep, Raise: active users -0.2%.", ground) == ["sign"]


def test_the_second_figure_of_a_measure_is_told_from_the_first_by_its_place() -> None:
    text = "A/B tests confirm gains, with total app time increasing by 0.21% in the main app and 0.24% in the light version."
    ground = Ground((Passage("p", "w", "abstract", text),))
    assert rules("Total app time +0.24%", ground) == []
    assert rules("Total app time +0.24% in the light version", ground) == []
    assert rules("Total app time increased by 0.24% in the main app", ground) == ["binding"]


@pytest.mark.parametrize("unit", ["a", "1 ", "9,", "% ", "A-", "“", "https://", "A1.", "万", "\u2028", "at 3% "])
def test_long_hostile_strings_are_checked_and_nothing_is_raised(unit: str) -> None:
    grounding.supported((unit * 4000)[:4000], GROUND)


@given(st.text(st.sampled_from("abcXYZ 0123456789.,%$-+×:/()'\"提升万亿倍个百分点约"), max_size=120))
def test_any_text_can_be_checked_and_supports_itself_in_numbers(text: str) -> None:
    text = plain(text)
    ground = Ground((Passage("p", "w", "abstract", text),))
    verdict = grounding.supported(text, ground)
    assert [r for r in verdict.refusals if r.rule in ("number", "unit")] == []
    assert all(0 <= s.start <= s.end <= len(text) for s in verdict.supports)
