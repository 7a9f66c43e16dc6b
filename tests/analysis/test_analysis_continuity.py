"""Themes are remembered: the same one, weeks in a row, weeks in all."""

from __future__ import annotations

import random

import pytest

from digester.analysis.continuity import Continuity, EarlierTheme, continued

NAME = "Semantic IDs"


def earlier(ago: int, name: str = NAME, *refs: str) -> EarlierTheme:
    return EarlierTheme(f"t{ago}-{name}", name, f"2026-W{20 - ago:02}", ago, frozenset(refs))


def test_a_theme_without_a_past_is_new() -> None:
    assert continued(NAME, (), []) == Continuity()
    assert continued(NAME, (), [earlier(1, "Cold Start")]) == Continuity()


def test_weeks_in_a_row_end_at_the_first_gap() -> None:
    assert continued(NAME, (), [earlier(1), earlier(2), earlier(4)]) == Continuity(f"t1-{NAME}", 3, "2026-W18", 3)


def test_a_theme_that_comes_back_is_no_row() -> None:
    assert continued(NAME, (), [earlier(3), earlier(5)]) == Continuity(f"t3-{NAME}", 1, "", 2)


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Codebook Collapse", "codebook collapses", True),
        ("Residual Item Tokens", "Residual Item Token Trees", True),
        ("Delayed Feedback", "Delayed Conversion", False),
        ("Beam Search", "Codebook Collapse", False),
        # two subjects of the field are two, however alike their names
        ("Generative Recommendation", "LLM-Based Recommendation", False),
        ("LLM-Based Recommendation", "Cross-Domain Recommendation", False),
    ],
)
def test_names_with_nearly_the_same_words_are_one_theme(name: str, other: str, same: bool) -> None:
    assert bool(continued(name, (), [earlier(1, other)]).previous_id) is same
    assert bool(continued(other, (), [earlier(1, name)]).previous_id) is same


def test_works_that_refer_to_two_works_of_an_earlier_theme_continue_it() -> None:
    before = [earlier(1, "Item Decoders", "arxiv:2601.00001", "github:kestrelo/weir", "arxiv:2601.00003")]
    assert continued(NAME, {"arxiv:2601.00001"}, before) == Continuity()
    found = continued(NAME, {"arxiv:2601.00001", "github:kestrelo/weir", "arxiv:2602.1"}, before)
    assert (found.previous_id, found.weeks) == ("t1-Item Decoders", 2)


def test_of_two_in_one_issue_the_one_of_the_same_name_is_continued() -> None:
    pair = [earlier(1, "Residual Item Tokens"), earlier(1, "Residual Item Token Trees")]
    assert continued("Residual Item Tokens", (), pair).previous_id == "t1-Residual Item Tokens"
    assert continued("Residual Item Token Trees", (), pair).previous_id == "t1-Residual Item Token Trees"


def test_the_order_of_the_past_does_not_matter() -> None:
    past = [earlier(a, n) for a in (1, 2, 3, 5) for n in (NAME, "Cold Start", "semantic ID")]
    first = continued(NAME, (), past)
    for seed in range(9):
        random.Random(seed).shuffle(past)
        assert continued(NAME, (), past) == first
    assert (first.weeks, first.before) == (4, 4)
