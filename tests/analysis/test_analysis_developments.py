"""A story that was told comes back only with a source or a figure that the earlier issue did not have."""

from __future__ import annotations

import pytest

from digester.analysis.developments import FIGURES, SOURCE, Told, development

BEFORE = Told(
    frozenset({"url:news.example/a", "story"}),
    ("Kestrelo opens Lantern 2", "Lantern 2 has 12 layers and costs $0.60 per million tokens, 18% less than before."),
)


@pytest.mark.parametrize(
    "text",
    [
        "Lantern 2 costs $0.60 per million tokens.",
        "Kestrelo cut the price of Lantern 2 by 18 percent.",
        "Three teams praise Lantern 2 for its 12 layers.",
        "On 14 June 2026 Kestrelo opened Lantern 2.",
        "",
    ],
)
def test_told_again_in_other_words_is_no_development(text: str) -> None:
    assert development([], [text], BEFORE) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Lantern 2 now costs $0.45 per million tokens.",
        "Kestrelo releases Lantern v2.1.",
        "Lantern 2 was downloaded 61,000 times.",
    ],
)
def test_a_figure_or_a_version_that_was_not_known_is_one(text: str) -> None:
    assert development([], ["Lantern 2 again.", text], BEFORE) == FIGURES


def test_a_primary_source_that_was_not_there_is_one_and_weighs_more_than_figures() -> None:
    assert development(["url:kestrelo.example/lantern"], ["It costs $0.45."], BEFORE) == SOURCE
    assert development(["url:news.example/a"], ["The same page."], BEFORE) == ""


def test_of_nothing_known_any_figure_is_new() -> None:
    assert development([], ["It grew by 3%."], Told(frozenset(), ())) == FIGURES
    assert development([], ["It grew."], Told(frozenset(), ())) == ""
