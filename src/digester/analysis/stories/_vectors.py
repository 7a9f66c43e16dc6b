"""Pairs in doubt by the directions of their texts, as embeddings give them.

What a cosine means differs from model to model: unlike texts have .1 by one and .7 by another. So nothing is compared
with a number of ours, only with cosines of the same model on the same day: of pairs that are surely one story, and of
pairs that nobody takes for one. Between the two nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import mul

Pair = tuple[str, str]  # ids
Vector = Sequence[float]

SURE, OTHERS = 5, 50  # pairs of each sort that are enough to know what a cosine means
LOW_OF_SURE, HIGH_OF_OTHERS = 0.25, 0.99  # quantiles


@dataclass(frozen=True)
class Doubt:
    """Pairs of ids of articles whose likelihood lies about the threshold, the nearest to it first; and some of those that
    are surely one story and no copies, the least sure first, by which a judge may know what it sees."""

    pairs: tuple[Pair, ...] = ()
    sure: tuple[Pair, ...] = ()

    @property
    def ids(self) -> list[str]:
        return sorted({i for pair in (*self.pairs, *self.sure) for i in pair})


def by_vectors(doubt: Doubt, vectors: Mapping[str, Vector]) -> dict[frozenset[str], bool]:
    """What vectors (of one model and length, by id) say of pairs in doubt: as near as most sure pairs are, one story; no nearer
    than unlike ones, two. Pairs between, and all where too little is known or the two sorts overlap, are left out."""
    known = {i: v for i in doubt.ids if (v := _direction(vectors.get(i)))}
    told = {frozenset(p) for p in (*doubt.pairs, *doubt.sure)}
    sure = sorted(_cosine(known[a], known[b]) for a, b in doubt.sure if a in known and b in known)
    others = sorted(_cosine(known[a], known[b]) for a, b in combinations(known, 2) if frozenset((a, b)) not in told)
    if len(sure) < SURE or len(others) < OTHERS:
        return {}
    near, far = sure[int(LOW_OF_SURE * len(sure))], others[int(HIGH_OF_OTHERS * len(others))]
    if near <= far:
        return {}
    seen = {frozenset(p): _cosine(known[p[0]], known[p[1]]) for p in doubt.pairs if p[0] in known and p[1] in known}
    return {pair: cosine >= near for pair, cosine in seen.items() if cosine >= near or cosine <= far}


def _direction(vector: Vector | None) -> list[float]:
    """The vector at length 1; empty for what has no direction."""
    length = math.hypot(*vector) if vector else 0.0
    return [v / length for v in vector] if vector and 0 < length < math.inf else []


def _cosine(a: Vector, b: Vector) -> float:
    return math.fsum(map(mul, a, b))
