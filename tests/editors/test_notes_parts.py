"""Under which part of a note a sentence stands: steps are what the work does, results what came of it, background the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from digester.analysis import rating, roles
from digester.domain.model import FullText, TextSection
from digester.domain.notes import Sections
from digester.editors.extractive import ExtractiveEditor
from digester.editors.notes import _sorts
from digester.issues import rec_weekly
from digester.pipeline import material
from digester.ports import Brief

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
TITLE = "TourNet: Ranking of Guided Tours"
ABSTRACT = (
    "Existing tour rankers keep one tower per town, and the towers of small towns receive little signal. "
    "We propose TourNet, a transformer that reads the walks of all towns as one sequence of tokens. "
    "In an online A/B test on 10% of travellers for 14 days, TourNet improves bookings by 1.2%."
)
METHOD = "The encoder maps the walks of a traveller to one state with grouped attention over stops."


@pytest.fixture(scope="module")
def embedded(voices: Any, weights: Any) -> ExtractiveEditor:
    return ExtractiveEditor(voices, weights)


@pytest.fixture(scope="module")
def told(make: Callable[..., Brief], embedded: ExtractiveEditor) -> Callable[..., Sections]:
    def one(text: str = ABSTRACT, **sections: str) -> Sections:
        bare = make("a", TITLE, text=text)
        whole = tuple(TextSection(k.replace("_", " "), v) for k, v in sections.items())
        full = FullText(bare.item.work, "h", "ok", " ".join(s.text for s in whole), whole) if whole else None
        evidence = material.evidence(bare.item, full, None, rec_weekly.KIND, embedded)
        rated = next(iter(embedded.rate(rating.RECSYS, [evidence], NOW)))
        read = next(iter(embedded.read([(evidence, rated.rating)], NOW)))
        note = embedded.write_note(replace(bare, evidence=evidence, rating=rated, reading=read), "en")
        assert note is not None
        return note.sections

    return one


def words(part: Sequence[Any]) -> list[str]:
    return [s.text["en"] for s in part]


@pytest.mark.parametrize(
    "sentence",
    [
        "We describe conflicts between guides and hosts, the booking desk and the cost of 9% more machines.",
        "We evaluate on two years of walks and in an online experiment, and we study how long a tour lasts in 30 towns.",
        "Memory falls by up to 27%, at noon; averaged over the day, it is 19% of the fleet.",
        "The share of stops that are never seen had fallen from 28% to 14% of the steps.",
        "41,000 travellers have moved a slider of the planner since the spring of that year.",
        "A traveller has 34 tours in the median and 400 at most in the logs of the season.",
        "TourNet runs in the search engine of Lanternfell, a seller of tours with many towns.",
        "Serving efficiency in the table already includes the smaller format of the weights.",
    ],
)
def test_what_looks_like_a_step_and_is_none_stands_under_no_method(sentence: str, told: Any) -> None:
    assert _sorts.is_no_step(sentence, "TourNet")
    assert sentence not in words(told(Method=f"{METHOD} {sentence}").method)


@pytest.mark.parametrize(
    "sentence",
    [
        "All stops are tokenised by district, each aim is a learnable query, and a mask lets late aims read early ones.",
        "Each walk holds a code from a shared codebook of 65,536 entries, a price and the weather of the day.",
        "TourNet moves from one tower per town to a transformer in which all towns are read jointly.",
        "Twelve layers with grouped networks process the tokens; aims are appended in the last four layers.",
        "We describe TourNet, a planner with 48 tokens for each town and a mask for the weather.",
    ],
)
def test_how_parts_are_made_and_what_they_do_are_steps(sentence: str, told: Any) -> None:
    assert not _sorts.is_no_step(sentence, "TourNet")
    assert sentence in words(told(Method=f"{METHOD} {sentence}").method)


def test_an_outline_is_no_result_and_the_set_up_of_a_test_is_told(told: Any) -> None:
    outline = "We study in an online experiment how long a tour lasts in 40 towns, from four hours to seven days."
    ran = "We ran an A/B test on 10% of travellers for 21 days in May, with 2.6 million people in treatment."
    results = words(told(Method=METHOD, Online_experiment=f"{outline} {ran}").results)
    assert ran in results and outline not in results


def test_what_the_service_had_before_is_background(told: Any) -> None:
    former = "Our ranker used the latest 50 walks of a traveller, and nobody could say why."
    assert former in words(told(Introduction=f"Lantern sells tours. {former}", Method=METHOD).background)


def test_a_sentence_that_points_back_stands_behind_what_it_points_to(told: Any) -> None:
    scene = "A traveller who opens the map sends a request every minute, and each time the planner reads the same walks anew."
    points = "Existing planners accept this or limit themselves to short walks, which remains a bottleneck."
    found = words(told(f"{scene} {points} {ABSTRACT.partition('signal. ')[2]}").background)
    assert found[:2] == [scene, points]


def test_without_a_problem_the_opening_of_the_abstract_is_background(told: Any) -> None:
    scene = "Guided tours are booked a day ahead in most towns of the coast."
    assert words(told(f"{scene} {ABSTRACT.partition('signal. ')[2]}").background) == [scene]


def test_a_step_whose_subject_stands_in_the_sentence_before_is_not_told_alone(told: Any) -> None:
    hangs = "In training, this is the value that the tour achieved until midnight, over 22 features."
    assert _sorts.hangs(hangs) and not _sorts.hangs("In training, the loss weighs each stop by its depth.")
    assert hangs not in words(told(Method=f"{METHOD} {hangs}").method)


@pytest.mark.parametrize("row", ["CTR: +1.2%.", "TourNet, Bookings: +1.2%; Tours: +0.4%.", "Towers, Bookings: 0%."])
def test_a_row_of_a_table_is_no_sentence_of_any_part(row: str) -> None:
    assert {roles.score(role, row, 0) for role in ("mechanism", "result", "problem")} == {-9.0}
