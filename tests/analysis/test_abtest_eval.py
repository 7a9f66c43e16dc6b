"""The scoring of `eval/abtest.py`, on figures made for it; the labelled data only by its result, where it is at hand."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from eval import abtest
from eval.abtest import Found, Labelled


def labelled(value: str, sign: str = "+", metric: str = "CTR", high: str | None = None) -> Labelled:
    return Labelled(Decimal(value), Decimal(high) if high else None, sign, metric)


def found(value: str, sign: str = "+", metric: str = "CTR") -> Found:
    return Found(Decimal(value), sign, metric)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("CTR", "click-through rate", True),
        ("Click-Through Rate (CTR)", "CTR", True),
        ("Gross Merchandise Volume", "GMV", True),
        ("user watch time", "watch time", True),
        ("watch time", "revenue", False),
        ("click rate", "refund rate", False),
        ("orders", "CTR", False),
    ],
)
def test_measures_match_by_alias_or_by_most_of_their_words(a: str, b: str, same: bool) -> None:
    assert abtest.same_measure(a, b) is same


@pytest.mark.parametrize(
    ("gold", "seen", "counts"),
    [
        ([labelled("1.2")], [found("1.20")], (1, 1, 1)),
        ([labelled("1.2")], [found("1.2", "-")], (0, 1, 1)),
        ([labelled("1.2", "~")], [found("1.2", "-")], (1, 1, 1)),
        ([labelled("1.2")], [found("1.2", metric="revenue")], (0, 1, 1)),
        ([labelled("1.2")], [found("1.2"), found("1.2")], (1, 2, 1)),
        ([labelled("1.2"), labelled("1.2")], [found("1.2")], (1, 1, 2)),
        ([labelled("1", high="3")], [found("1"), found("3")], (1, 1, 1)),
        ([labelled("1", high="3")], [found("3")], (1, 1, 1)),
        ([], [found("3")], (0, 1, 0)),
        ([labelled("3")], [], (0, 0, 1)),
    ],
)
def test_each_label_is_matched_once(gold: list[Labelled], seen: list[Found], counts: tuple[int, int, int]) -> None:
    assert abtest.matched(gold, seen, Labelled.is_whole)[2] == counts


def test_scores_are_of_all_papers_together() -> None:
    assert abtest.scores([(1, 1, 2), (1, 3, 2)]) == {"p": 0.5, "r": 0.5, "f1": 0.5}


def test_the_interval_holds_the_score_and_comes_out_the_same_again() -> None:
    counts = [(1, 1, 1)] * 8 + [(0, 1, 1)] * 4
    low, high = abtest.interval(counts, "f1")
    assert low < 8 / 12 < high
    assert (low, high) == abtest.interval(counts, "f1")


def test_without_data_it_is_not_measurable_here(tmp_path: Path) -> None:
    assert abtest.measure(tmp_path) == {"abtest": "not measurable here"}


@pytest.mark.recorded
@pytest.mark.skipif("EVAL_DATA" not in os.environ, reason="EVAL_DATA names the folder of the evaluation data")
def test_figures_of_labelled_abstracts_are_found_with_sign_and_measure() -> None:
    result = abtest.measure(Path(os.environ["EVAL_DATA"]))
    ours, naive = result["ours"], result["naive"]
    assert ours["value"]["f1"] >= 0.97
    assert ours["tuple"]["f1"] >= 0.93
    assert ours["published"]["p"] >= 0.98
    assert all(ours[name]["f1"] > naive[name]["f1"] for name in naive)
