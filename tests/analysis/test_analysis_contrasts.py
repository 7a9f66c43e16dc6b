"""What one sentence sets against each other: slices of it, or nothing."""

from __future__ import annotations

import pytest

from digester.analysis import contrasts
from digester.analysis.contrasts import Span


def halves(sentence: str, found: tuple[Span, Span] | None) -> tuple[str, str] | None:
    return (sentence[slice(*found[0])], sentence[slice(*found[1])]) if found else None


@pytest.mark.parametrize(
    ("sentence", "before", "paper"),
    [
        ("Unlike two-pass planners, the routes are scored together with the stops, and they are kept for a day.",
         "two-pass planners", "the routes are scored together with the stops"),
        ("In contrast to hand-made schedules, our planner learns from tours that were walked, stopped, and ended early.",
         "hand-made schedules", "our planner learns from tours that were walked, stopped, and ended early"),
        ("TourNet moves from one tower per town to a shared transformer without a break.", "one tower per town", "a shared transformer"),
        ("We replace the nightly index by a stream of small updates that lasts all day.", "the nightly index", "a stream of small updates"),
        ("It has a planner in which the first token is a walking time instead of a grid cell, and towns share the rest.",
         "a grid cell", "the first token is a walking time"),
        ("We present TourNet, a model in which the unit is the day rather than the stop.", "the stop", "the unit is the day"),
        ("TourNet treats weather as tokens rather than auxiliary inputs or gates.", "auxiliary inputs or gates", "TourNet treats weather as tokens"),
    ],
)  # fmt: skip
def test_both_halves_are_slices_of_the_sentence(sentence: str, before: str, paper: str) -> None:
    assert halves(sentence, contrasts.of(sentence)) == (before, paper)


@pytest.mark.parametrize(
    "sentence",
    [
        "Unlike legacy planners, it needs no configuration and adapts within minutes.",  # who?
        "Unlike trains, buses shift the demand from the centre to the coast in summer.",  # not the work
        "Walking time moved from 52 ms to 55 ms at the 99th percentile.",  # levels
        "This replaces separate towers with 61% of their parameters.",
        "We replace it by a stream of small updates.",
        "We find that collapse is decided by the norm rather than the learning rate.",  # a finding
        "Using two levels instead of four costs 0.8 points.",
        "Existing planners often use hand-made rules rather than learned scores.",  # of others
        "The weight moves gradually from early exploration to late exploitation.",  # a schedule
        "In contrast to prior work, the planner is small.",  # says nothing
        "The trade-off moves with the hour rather than with a weekly configuration.",
        "We walk from the harbour to the market.",
    ],
)
def test_what_sets_no_two_ways_against_each_other_is_none(sentence: str) -> None:
    assert contrasts.of(sentence) is None


def test_a_title_tells_it_where_both_are_ways_of_one_thing() -> None:
    title = "TourNet: From Table Lookup Planning to Generative Planning with Maps in City Tours"
    assert halves(title, contrasts.of_title(title)) == ("Table Lookup Planning", "Generative Planning with Maps")
    for other in (
        "From Clicks to Meaning: A Survey",
        "From Poor Maps to Good Tours",
        "Letters from the North to a Friend",
    ):
        assert contrasts.of_title(other) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a separate loss for each town", "training"), ("scores are cached between requests", "serving"),
        ("one tower per town", "architecture"), ("an inverted index", "retrieval"), ("the last 50 events", "input"), ("a map", "approach"),
    ],
)  # fmt: skip
def test_what_differs_is_named_by_the_words_that_tell_it(text: str, name: str) -> None:
    assert contrasts.dimension(text) == name
