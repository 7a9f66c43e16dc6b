"""`eval/rating.py` on orders whose figures can be told by hand, and on its data where that is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from eval import _ranks as ranks
from eval import rating as measure

ORDER = [9.0, 7.0, 7.0, 5.0, 1.0]
DATA = Path(os.environ.get("EVAL_DATA", ""))


def tally(values: list[float], truth: list[bool]) -> ranks.Tally:
    return next(ranks.tallies(values, truth))


def test_equal_scores_share_their_ranks() -> None:
    assert ranks.auc(tally(ORDER, [True, False, False, False, False])) == 1.0
    assert ranks.auc(tally(ORDER, [False, True, False, False, False])) == (2 + 0.5) / 4
    assert ranks.auc(tally([3.0] * 5, [True, False, True, False, False])) == 0.5
    assert ranks.auc(tally(ORDER, [False] * 5)) is None


def test_average_precision_does_not_depend_on_the_order_of_equals() -> None:
    first = ranks.precision(tally(ORDER, [False, True, False, False, True]))
    second = ranks.precision(tally(ORDER, [False, False, True, False, True]))
    assert first == second == pytest.approx((1 / 3 + 2 / 5) / 2)


def test_recall_takes_the_best_of_each_month_and_half_of_equals() -> None:
    months = ["1", "1", "2", "2"]
    assert ranks.recall([4.0, 3.0, 2.0, 1.0], [True, False, True, False], months, 0.5) == 1.0
    assert ranks.recall([4.0, 4.0, 1.0, 2.0], [True, False, True, False], months, 0.5) == 0.25


def test_a_week_is_scored_by_its_best() -> None:
    weeks = ["2026-W05"] * 3 + ["2026-W06"] * 2
    assert ranks.weekly(ORDER, [True, False, False, False, True], weeks, 1) == 0.5
    assert ranks.weekly(ORDER, [True, False, False, False, True], weeks) == 0.4


def test_each_month_is_scored_by_what_the_others_taught() -> None:
    months = ["a", "b", "a", "c"]
    found = measure.by_month(months, lambda of: lambda at: [float(sum(of) * 10 + i) for i in at])
    assert found == [40.0, 51.0, 42.0, 33.0]


def test_without_data_it_says_so(tmp_path: Path) -> None:
    assert measure.measure(tmp_path) == {"rating": "not measurable here"}


@pytest.mark.recorded
@pytest.mark.skipif(not (DATA / measure.PAPERS).is_file(), reason="EVAL_DATA names no folder with papers of cs.IR")
def test_what_practitioners_list_stands_above_the_rest() -> None:
    found = measure.measure(DATA, rounds=20)
    assert json.loads(json.dumps(found)) == found
    assert found["ab"]["ours"]["auc"] > max(0.95, found["ab"]["topical"]["auc"])
    assert found["ab"]["ours"]["recall"]["20%"] >= 0.97
    assert found["calibration"]["monotone"] and not found["calibration"]["odd"]
    assert found["points_with_words"]["share"] == found["unmoved_by_promotion"]["share"] == 1.0
