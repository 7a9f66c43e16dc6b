"""Sparse TF-IDF vectors and their cosine, in plain dictionaries: thousands of short texts need no more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

Vector = Mapping[str, float]


def idf(documents: Sequence[Sequence[str]]) -> dict[str, float]:
    """Smoothed inverse document frequency over lists of terms."""
    counts = Counter(term for document in documents for term in set(document))
    n = len(documents)
    return {term: math.log((1 + n) / (1 + count)) + 1.0 for term, count in counts.items()}


def vector(terms: Sequence[str], weights: Mapping[str, float]) -> dict[str, float]:
    """Unit-length vector with sublinear term frequency; unknown terms weigh as the rarest known one."""
    rarest = max(weights.values(), default=1.0)
    raw = {t: (1.0 + math.log(c)) * weights.get(t, rarest) for t, c in sorted(Counter(terms).items())}
    norm = math.sqrt(math.fsum(v * v for v in raw.values()))
    return {t: v / norm for t, v in raw.items()} if norm else {}


def cosine(a: Vector, b: Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return math.fsum(v * b[t] for t, v in a.items() if t in b)
