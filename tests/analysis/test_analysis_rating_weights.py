"""Weights come from a file as plain values: all that is wrong in it is told at once, and other weights are other ratings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digester.analysis.rating_features import NAMES
from digester.analysis.rating_weights import Weights, weights_of
from digester.domain.errors import ConfigError

FILE = Path(__file__).parents[2] / "prompts" / "weights" / "rating.json"
VALUE: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
SMALL = Weights(1, -2.0, -1.0, 1.0, {"code": 0.5, "online_test": 1.5})


def test_the_shipped_file_weighs_every_feature_once_and_no_other() -> None:
    assert sorted(VALUE["features"]) == sorted(NAMES)
    assert weights_of(VALUE, FILE.name).points == {n: float(p) for n, p in VALUE["features"].items()}


def test_evidence_counts_for_a_paper_and_what_speaks_against_it_against() -> None:
    points = weights_of(VALUE, FILE.name).points
    assert min(points[n] for n in ("online_test", "online_figure", "deployed", "organisation", "scale", "cost")) > 0
    assert max(points[n] for n in ("simulation", "survey", "people_study", "other_field")) < 0


def test_a_score_is_the_base_and_the_points() -> None:
    points = SMALL.points_of({"online_test": 1.0, "code": 1.0, "platform": 1.0})
    assert points == {"code": 0.5, "online_test": 1.5, "platform": 0.0}
    assert SMALL.score(points) == 0.0
    assert [SMALL.level(s) for s in (-1.01, -1.0, 0.99, 1.0)] == [2, 3, 3, 4]


def test_the_mark_changes_with_every_value_and_with_nothing_else() -> None:
    others = [replace(SMALL, base=0.0), replace(SMALL, three=0.0), replace(SMALL, four=2.0), replace(SMALL, version=2),
              replace(SMALL, points={"code": 0.6, "online_test": 1.5})]  # fmt: skip
    assert len({w.mark for w in (SMALL, *others)}) == 6
    assert replace(SMALL, points={"online_test": 1.5, "code": 0.5}).mark == SMALL.mark


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"features": {"glamour": 1.0}}, "features.glamour: unknown feature"),
        ({"features": {"code": "much"}}, "features.code: is a number"),
        ({"features": {"code": True}}, "features.code: is a number"),
        ({"features": {"code": 1e9}}, "features.code: is a number"),
        ({"features": []}, "features: is a table"),
        ({"levels": {"3": 0.0}}, "levels.4: is missing"),
        ({"levels": {"3": 0.0, "4": 1.0, "5": 2.0}}, "levels.5: unknown"),
        ({"base": None}, "base: is a number"),
        ({"base": float("nan")}, "base: is a number"),
        ({"version": "one"}, "version: is a whole number"),
        ({"bias": 1}, "bias: unknown key"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError) as told:
        weights_of({**VALUE, **change}, "rating.json")
    assert said in " ".join(str(p) for p in told.value.problems)


@pytest.mark.parametrize("value", [None, [], "text", 7])
def test_a_file_that_is_no_table_is_named(value: object) -> None:
    with pytest.raises(ConfigError):
        weights_of(value, "rating.json")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as told:
        weights_of({"version": None, "base": "x", "levels": 3, "features": {"a": 1, "b": 2}}, "rating.json")
    assert len(told.value.problems) == 5
