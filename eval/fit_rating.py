"""Learns the weights of `prompts/weights/rating.json` from papers that practitioners listed (development only).

A logistic model over the stated features of papers in scope, each of which may only count in the direction that the
rubric gives it: a feature that comes out against its direction is set to nothing and the rest is learnt again. Points
are log2 odds, rounded to a tenth, so that a person can read and change them. Needs scikit-learn (training only).

    EVAL_DATA=FOLDER python -m eval.fit_rating [--write]
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eval import rating as measure
from eval._report import data_folder

from digester.analysis.rating_features import NAMES
from digester.analysis.rating_weights import Weights

PRIOR = 0.03  # inverse strength of the ridge; small, for there are few listed papers
AB_COUNTS = 10.0  # a paper listed for its online figure counts as ten that are listed for their topic
AGAINST = frozenset({"survey", "people_study", "other_field", "simulation"})
BY_HAND = {"venue": 0.2, "code": 0.4}  # no comments in the data; code the rubric names, and lists do not ask for it


def learn(
    found: Sequence[Mapping[str, float]], truth: Sequence[bool], ab: Sequence[bool]
) -> tuple[float, dict[str, float]]:
    """(base, points by feature) in log2 odds."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]

    kept = [c for c in NAMES if c not in BY_HAND]
    weight = [AB_COUNTS if a else 1.0 for a in ab]
    while True:
        model = LogisticRegression(C=PRIOR, max_iter=2_000).fit(
            [[row.get(n, 0.0) for n in kept] for row in found], list(truth), sample_weight=weight
        )
        points = dict(zip(kept, (float(c) / math.log(2) for c in model.coef_[0]), strict=True))
        wrong = {n for n, p in points.items() if (p > 0) == (n in AGAINST)}
        if not wrong:
            kept_points = {**{n: round(points.get(n, 0.0), 1) + 0.0 for n in NAMES}, **BY_HAND}
            return base_of(found, sum(truth), kept_points), kept_points
        kept = [c for c in kept if c not in wrong]


def base_of(found: Sequence[Mapping[str, float]], listed: int, points: Mapping[str, float]) -> float:
    """The base by which the papers' probabilities add up to the number listed, by bisection."""
    sums = [sum(points.get(n, 0.0) * s for n, s in row.items()) for row in found]
    low, high = -20.0, 20.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(1 / (1 + 2.0 ** -(middle + s)) for s in sums) < listed else (low, middle)
    return round(low, 1)


def fitted(weights: Weights, rows: measure.Rows, of: Sequence[int]) -> Weights:
    """Weights learnt on the papers numbered `of`, those in scope alone."""
    inside = [i for i in of if rows.found[i].in_scope and not rows.found[i].refused]
    base, points = learn(
        [rows.found[i].strength for i in inside], [rows.union[i] for i in inside], [rows.ab[i] for i in inside]
    )
    return replace(weights, base=base, points=points)


def main() -> int:
    rows = measure.rows(data_folder())
    weights = fitted(measure.shipped(), rows, range(len(rows.papers)))
    value: dict[str, Any] = json.loads(measure.FILE.read_text(encoding="utf-8"))
    value |= {"base": weights.base, "features": dict(sorted(weights.points.items(), key=lambda np: (-np[1], np[0])))}
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    if "--write" in sys.argv[1:]:
        measure.FILE.write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
