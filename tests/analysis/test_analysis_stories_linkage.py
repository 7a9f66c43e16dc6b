"""Linkage and candidates beside the same by the plainest way: every pair looked at, after every join anew."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest

from digester.analysis.stories._linkage import DOUBLINGS, average_link, candidates

Pair = tuple[int, int]


def nearest_first(
    groups: Sequence[Sequence[int]], likeness: Mapping[Pair, float], least: float, blank: float, firmer: float
) -> set[frozenset[int]]:
    left = {g: list(of) for g, of in enumerate(groups)}

    def nearness(a: int, b: int) -> float:
        total = math.fsum(likeness.get((min(i, j), max(i, j)), 0.0) for i in left[a] for j in left[b])
        n, m = len(left[a]), len(left[b])
        return total / ((n * m + blank) * (least + firmer * min(math.log2(min(n, m)), DOUBLINGS)))

    while len(left) > 1:
        near, a, b = max((round(nearness(a, b), 9), -a, -b) for a, b in combinations(sorted(left), 2))
        if near < 1.0:
            break
        left[-a] += left.pop(-b)
    return {frozenset(of) for of in left.values()}


@pytest.mark.parametrize("seed", range(60))
def test_the_nearest_groups_join_first_and_equally_near_ones_by_number(seed: int) -> None:
    rng = random.Random(seed)
    size, density = rng.randint(2, 14), rng.choice([0.2, 0.6, 1.0])
    steps = [0.125, 0.5, 0.75, 1.0]  # few values, so that many are equally near, and sums that are exact
    likeness = {p: rng.choice(steps) for p in combinations(range(size), 2) if rng.random() < density}
    groups = [[0, 1], *([n] for n in range(2, size))] if seed % 2 else [[n] for n in range(size)]
    for least, blank, firmer in ((0.5, 0.0, 0.0), (0.5, 0.5, 0.125), (0.25, 0.0, 0.25)):
        found = average_link(groups, likeness, least, blank, firmer)
        assert {frozenset(of) for of in found} == nearest_first(groups, likeness, least, blank, firmer)


@pytest.mark.parametrize("seed", range(30))
def test_candidates_are_the_pairs_whose_cosine_reaches_the_floor(seed: int) -> None:
    rng = random.Random(seed)
    raw = [{f"t{rng.randint(0, 20)}": rng.uniform(0.1, 1.0) for _ in range(rng.randint(0, 7))} for _ in range(20)]
    vectors = [{t: v / math.hypot(*of.values()) for t, v in of.items()} for of in raw]
    held = {t: sum(t in of for of in vectors) for of in vectors for t in of}
    floor, common = rng.choice([0.08, 0.3, 0.7]), rng.choice([4, 20])
    expected = {
        (i, j): c
        for i, j in combinations(range(20), 2)
        if (c := sum(v * vectors[j].get(t, 0.0) for t, v in vectors[i].items() if held[t] <= common)) >= floor
    }
    assert candidates(vectors, floor, common) == pytest.approx(expected)
