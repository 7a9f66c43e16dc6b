"""Sentences by role: slices of their passage, without their openers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import roles
from digester.analysis.tokens import sentences
from digester.domain.ids import passage_id
from digester.domain.model import Passage

PROBLEM = "However, existing two-tower retrieval suffers from a single inner product, which limits how items interact."
MECHANISM = (
    "To this end, we propose SIDLoom, a decoder that generates residual item codes under a constrained beam search."
)
RESULT = "In an online A/B test, SIDLoom improves CTR by 1.24% and reduces latency by 3 ms on 10% of the traffic."
TEXT = f"Marketplaces hold millions of clips that change every day. {PROBLEM} {MECHANISM} {RESULT} Code will follow in time."


def passage(text: str) -> Passage:
    return Passage(passage_id(text), "arxiv:2606.90011", "abstract", text)


@pytest.mark.parametrize(
    ("role", "start"),
    [("problem", "existing two-tower"), ("mechanism", "we propose SIDLoom"), ("result", "In an online A/B test")],
)
def test_each_role_finds_its_sentence_without_its_opener(role: roles.Role, start: str) -> None:
    found = roles.pick(role, [passage(TEXT)])
    assert found is not None
    assert found.text.startswith(start)
    assert found.role == role


@pytest.mark.parametrize("role", ["problem", "mechanism", "result", "lead"])
def test_a_quotation_is_a_slice_of_its_passage(role: roles.Role) -> None:
    p = passage(TEXT)
    found = roles.pick(role, [p], floor=-9.0)
    assert found is not None
    assert p.text[found.support.start : found.support.end] == found.text
    assert found.support.passage_id == p.id


@pytest.mark.parametrize(
    "opener",
    ["However, ", "Moreover, ", "To this end, ", "In this paper, ", "To address this issue, ", "Specifically, ", "Finally, ", "However, in this paper, ".replace("in", "In"),
     "Extensive experiments show that "],
)  # fmt: skip
def test_openers_are_cut_from_the_front_only(opener: str) -> None:
    body = "the decoder writes item codes one by one, and however long it takes, each ends in a live item."
    p = passage(opener + body)
    (span,) = sentences(p.text)
    assert roles.quotation("mechanism", p, *span).text == body


def test_an_opener_that_is_most_of_the_sentence_stays() -> None:
    p = passage("In this paper, it is done.")
    assert (
        roles.quotation("result", p, 0, len(p.text)).text == p.text
        or len(roles.quotation("result", p, 0, len(p.text)).text) > len(p.text) // 2
    )


@given(
    st.text(alphabet="However, we propose A/B. 12% x", max_size=200),
    st.sampled_from(["problem", "mechanism", "result", "lead"]),
)
def test_whatever_is_picked_stands_in_its_passage(text: str, role: roles.Role) -> None:
    p = passage(text)
    found = roles.pick(role, [p])
    assert found is None or p.text[found.support.start : found.support.end] == found.text


def test_nothing_is_picked_where_no_sentence_plays_the_role() -> None:
    assert roles.pick("problem", [passage("The clips are short and the goods are cheap in this town.")]) is None
    assert roles.pick("result", []) is None


def test_skipped_sentences_are_not_taken() -> None:
    p = passage(TEXT)
    first = roles.pick("result", [p])
    assert first is not None
    again = roles.pick("result", [p], frozenset(s for s in sentences(TEXT) if s[1] == first.support.end))
    assert again is None or again.text != first.text


def test_very_long_sentences_are_no_quotations() -> None:
    long = "We propose a decoder " + "that reads codes and " * 30 + "stops."
    assert roles.pick("mechanism", [passage(long)]) is None


def test_headers_of_tables_are_no_quotations() -> None:
    assert (
        roles.pick("result", [passage("Table 3 shows that the online A/B test improves CTR by 1.24% at Kestrelo.")])
        is None
    )


def test_advertising_of_a_newsletter_is_no_lead() -> None:
    text = "Subscribe today to our newsletter and read more about models. Orrelune released Ostrelith 3 with 212B parameters."
    found = roles.pick("lead", [passage(text)])
    assert found is not None
    assert found.text.startswith("Orrelune")


def test_a_printed_quotation_begins_with_a_capital_and_keeps_its_words() -> None:
    assert roles.printed("we propose SIDLoom.") == "We propose SIDLoom."
    assert roles.printed("") == ""


def test_the_sentence_of_most_worth_is_told_whatever_role_it_plays() -> None:
    said = "We show that codes of shelves are read in one pass."
    p = passage(f"Shops have shelves of many kinds. {said} {MECHANISM}")
    worth = {s: float(p.text[slice(*s)] == said) for s in sentences(p.text)}
    found = roles.telling(p, worth)
    assert found is not None and found.text == said
    assert p.text[found.support.start : found.support.end] == said


@pytest.mark.parametrize(
    "first",
    [PROBLEM, "These codes are read in one pass by every shop.", "Moreover, it reads every code of a shop in one pass.",
     "Table 2 lists the codes of each shelf that we propose.", "Codes."],
)  # fmt: skip
def test_what_cannot_stand_alone_is_not_told(first: str) -> None:
    p = passage(f"{first} {MECHANISM}")
    worth = {s: -float(i) for i, s in enumerate(sentences(p.text))}
    found = roles.telling(p, worth)
    assert found is not None and found.text.startswith("we propose SIDLoom")
    assert roles.telling(p, {}) is None


def first_of_most_worth(text: str, system: str = "SIDLoom") -> str | None:
    """What is told where `salience` would take the first sentence."""
    p = passage(text)
    found = roles.telling(p, {s: -float(i) for i, s in enumerate(sentences(p.text))}, system)
    return found.text if found else None


@pytest.mark.parametrize(
    "first",
    ["In recent years, codes of shelves have gained attention in every kind of shop that sells goods.",
     "Dense codes have become the way in which large shops name what stands on their shelves.",
     "Our previous work read every code of a shop in one pass and named the shelf that it stood on.",
     "We present SIDLoom with four key innovations.", "We propose a novel way of naming shelves.",
     "Extensive experiments demonstrate the effectiveness of SIDLoom on all shelves of the shop.",
     "To raise their weight, we introduce a second code for every shelf of the shop.",
     "Shelves that change are hard to name, and to explain this behavior, we present a law of shelves.",
     "We propose two ways: One is naming the shelves by the goods that stand on them.",
     "We propose \\name, a framework that names every shelf of the shop by the goods that stand on it.",
     "We propose SIDLoom for the shelves of this http URL improves how they are named in every shop.",
     "We further introduce a second decoder that reads the codes of shelves that nobody has named."],
)  # fmt: skip
def test_what_says_nothing_of_the_work_itself_is_told_only_where_nothing_else_is(first: str) -> None:
    found = first_of_most_worth(f"{first} {MECHANISM}")
    assert found is not None and found.startswith("we propose SIDLoom, a decoder")


def test_this_paper_is_no_word_that_points_back() -> None:
    said = "This paper presents SIDLoom, a decoder that writes the codes of all shelves in one pass."
    assert first_of_most_worth(f"Shops have shelves of many kinds. {said}") == said


def test_a_longer_sentence_is_told_where_it_proposes_the_work() -> None:
    said = (
        "We propose SIDLoom, a decoder "
        + "that reads the codes of a shelf and of those beside it " * 6
        + "in one pass."
    )
    assert roles.LONGEST < len(said) <= roles.LONGEST_PROPOSAL
    assert first_of_most_worth(f"Shops have shelves of many kinds. {said}") == said


@pytest.mark.parametrize(
    "said",
    ["Existing decoders name each item of a shop by a code and each shelf by another code.",
     "However, this direction is hard, as existing codes fail in shops that change every day.",
     "Yet existing decoders leave two limits: (1) the codes fail for items that are new to a shop.",
     "However, existing two-tower retrieval of the shop suffers and has several design limitations."],
)  # fmt: skip
def test_a_problem_names_its_fault_and_stands_alone(said: str) -> None:
    p = passage(f"{said} {MECHANISM}")
    assert roles.problem_of(p, 300) is None and roles.pick("problem", [p]) is None


def test_a_second_mechanism_and_a_result_are_of_the_work_too() -> None:
    others = "A popular solution is one network that holds the codes of all shelves of a shop at once."
    p = passage(f"{others} {MECHANISM} Experiments on five shops demonstrate the effectiveness of SIDLoom.")
    used = frozenset(s for s in sentences(p.text) if p.text[slice(*s)] == MECHANISM)
    assert roles.pick("mechanism", [p], used, system="SIDLoom") is None
    assert roles.pick("result", [p], system="SIDLoom") is None
