"""Cuts by deletion: what is left is a subsequence of the source and loses no negation, hedge or number."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import compression

BODY = "the decoder writes item codes one by one and never skips a shelf of the shop."


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(c in rest for c in short)


@pytest.mark.parametrize(
    "opener",
    ["However, ", "To this end, ", "In this paper, ", "To address this issue, ", "More precisely, ", "(2) ", "Second, ", "Firstly, ",
     "However, in this work, ".replace("in", "In"), "Experimental results show that ", "To bridge this gap, ",
     "As such, ", "Instead, ", "On this background, ", "Building on these ideas, ", "To address the second issue, "],
)  # fmt: skip
def test_what_joins_a_sentence_to_the_one_before_is_cut(opener: str) -> None:
    assert compression.front(opener + BODY) == len(opener)


def test_without_a_comma_the_subject_says_that_an_opener_ends() -> None:
    assert compression.front("Thus we propose a decoder that writes codes for every item of the shop.") == len("Thus ")
    assert compression.front("In this paper we propose a decoder that writes codes for the shop.") == len(
        "In this paper "
    )


@pytest.mark.parametrize(
    "text",
    ["However long it takes, the decoder ends in a live item of the shop.", "Thus far the shop has had no decoder that ends in a live item.",
     "First-stage retrieval reads every code of the shop before anything is ranked.", "In addition to speed the decoder brings shorter codes to the shop.",
     "Besides accuracy we measure how long the decoder takes for one shelf of the shop.", "Here is what the decoder writes for one shelf of the shop.",
     "Based on these 3 models, the shop writes one code for each of its shelves.", "To solve this without labels, the shop writes one code for each shelf."],
)  # fmt: skip
def test_what_only_looks_like_an_opener_or_says_something_stays(text: str) -> None:
    assert compression.front(text) == 0


@pytest.mark.parametrize("opener", ["然而，", "为此，", "在本文中，", "具体来说，"])
def test_chinese_openers_are_cut(opener: str) -> None:
    assert compression.front(f"{opener}我们提出一种逐级生成商品编码的解码器。") == len(opener)


@pytest.mark.parametrize(
    ("aside", "text"),
    [(" (Orrelund et al., 2031)".replace("2031", "2019"), "The decoder{} writes codes that the shop can read in one pass."),
     (" (Varnholm, 2018; Kest and Relo, 2020b)", "Codes of items{} are short and each of them names one shelf."),
     (" [12, 14-16]", "Earlier decoders{} write codes that nobody can read in the shop."),
     (" (e.g., shelves, aisles)", "Places in the shop{} are named by the codes that the decoder writes.")],
)  # fmt: skip
def test_citations_and_glosses_are_cut_from_the_middle(aside: str, text: str) -> None:
    assert compression.compressed(text.format(aside)) == text.format("")


@pytest.mark.parametrize(
    "text",
    ["The decoder (i.e., not the encoder) writes every code that the shop can read.", "Recall rises by a third (1.24% in the shop) over all the shelves.",
     "The decoder (which may fail) writes codes for each shelf of the shop.", "The year (2019) was when the shop first wrote codes for its shelves."],
)  # fmt: skip
def test_a_bracket_that_says_something_stays(text: str) -> None:
    assert compression.compressed(text) == text


PIECE = st.sampled_from(
    ["However, ", "In this paper, ", "To address this ", "not ", "we ", "may ", "12 ", "(e.g., ", "(i.e. no ", ") ", "[3] ", "(Kest et al., 2019)",
     " (Relo, 2020; ", "Based on these ", "1.5% ", "(1) ", "shop, ", "an item code ", "，", "然而，", "本文中，", "the "]
)  # fmt: skip


@given(st.lists(PIECE, max_size=14).map("".join))
def test_what_is_left_is_a_subsequence_with_all_negations_hedges_and_numbers(text: str) -> None:
    left = compression.compressed(text)
    assert is_subsequence(left, text)
    assert len(left) >= len(text) / 2
    assert text.endswith(text[compression.front(text) :])
    for word in ("not", "no", "may", "12", "1.5%"):
        assert len(re.findall(rf"(?<![\w.]){re.escape(word)}(?!\w)", left)) == len(
            re.findall(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)
        ), word


@given(st.text(max_size=80))
def test_cuts_are_in_order_and_do_not_overlap(text: str) -> None:
    spans = compression.cuts(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
