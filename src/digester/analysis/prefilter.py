"""Which works are worth a question, learnt from a rater's own earlier ratings: ridge regression on their words.

The words are those of title and abstract, as TF-IDF vectors. How many works must be kept is learnt with them, for a
fixed share holds only where high works are rare. eval/prefilter.py, recorded papers of October 2025 to February 2026,
recall of the 350 high ones in the 25 days after those learnt from:

    of 3,791 papers (9 % high), 7 / 50 days learnt    best 40 %: 0.98 / 0.98     share learnt 0.47 / 0.40: 0.99 / 0.98
    of the 1,851 that a title makes likely (19 %)     best 40 %: 0.85 / 0.89     share learnt 0.76 / 0.57: 0.97 / 0.95

Learning on from nothing but what it let pass, high works are a larger part of what it knows, and it keeps more: 0.55 of
the papers with recall 0.996 over 68 days, 0.73 of the likely ones with 0.993. The labels are one language model's scores
of papers, not truth; of news nothing is measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul

from digester.analysis import vectors
from digester.analysis.tokens import terms
from digester.domain.ids import digest

HIGH = 4  # ratings 1 to 5 from which a work is one that must not be lost
LEAST, LEAST_HIGH = 300, 20  # rated works, and high ones, below which nothing is learnt: three days of papers
MOST = 4_000  # works to learn from
HOLD = 0.97  # the share of the high works that is to be kept
KEEP, AUDIT = 0.4, 0.05  # the least share of works kept; the share of the rejected that is rated all the same
_RIDGE, _ROUNDS = 3.0, 5  # chosen on the first 50 days; 1 to 10, and 3 to 10 rounds, differ by less than the noise
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Prefilter:
    """`rarity` is the inverse document frequency by term, `weights` the rating points that a unit of a term adds to
    `mean`, `keep` the share of works to keep."""

    rarity: Mapping[str, float]
    weights: Mapping[str, float]
    mean: float
    keep: float

    def score(self, text: str) -> float:
        """The expected rating of a text, about 1 to 5; unknown words draw it to the mean."""
        return self.mean + _told(self.weights, vectors.vector(terms(text), self.rarity))


def learn(texts: Sequence[str], ratings: Sequence[int]) -> Prefilter | None:
    """The prefilter of rated texts, whatever their order; None below LEAST of them, LEAST_HIGH of which are HIGH.

    Less than a second for 1,000 works, about four for MOST.
    """
    rated = sorted(zip(texts, ratings, strict=True))
    if len(rated) < LEAST or sum(r >= HIGH for _, r in rated) < LEAST_HIGH:
        return None
    documents = [terms(text) for text, _ in rated]
    rarity = vectors.idf(documents)
    known = [vectors.vector(d, rarity) for d in documents]
    mean = math.fsum(ratings) / len(rated)
    goals = [r - mean for _, r in rated]
    half = [int(digest("half", text)[-1], 16) % 2 for text, _ in rated]
    unseen = _unseen(known, goals, half)
    return Prefilter(rarity, _ridge(known, goals), mean, _needed(unseen, [r >= HIGH for _, r in rated]))


def _told(weights: Mapping[str, float], x: Mapping[str, float]) -> float:
    return math.fsum(weights.get(t, 0.0) * v for t, v in x.items())


def _ridge(known: Sequence[Mapping[str, float]], goals: Sequence[float]) -> Mapping[str, float]:
    """Weights w by term that minimise sum((x w - y)^2) + _RIDGE |w|^2, x of length one: dual coordinate ascent, for each
    text in turn the step that solves its own equation."""
    column: dict[str, int] = {}
    rows = [([column.setdefault(t, len(column)) for t in x], list(x.values())) for x in known]
    weights, duals = [0.0] * len(column), [0.0] * len(rows)
    for _ in range(_ROUNDS):
        for i, (at, values) in enumerate(rows):
            told = math.fsum(map(mul, map(weights.__getitem__, at), values))
            step = (goals[i] - told - _RIDGE * duals[i]) / (_RIDGE + 1.0)
            duals[i] += step
            for j, v in zip(at, values, strict=True):
                weights[j] += step * v
    return dict(zip(column, weights, strict=True))


def _unseen(known: Sequence[Mapping[str, float]], goals: Sequence[float], half: Sequence[int]) -> list[float]:
    """The scores of each half of the texts by what the other half teaches."""
    taught = {}
    for h in (0, 1):
        at = [i for i, own in enumerate(half) if own != h]
        taught[h] = _ridge([known[i] for i in at], [goals[i] for i in at])
    return [_told(taught[h], x) for h, x in zip(half, known, strict=True)]


def _needed(scores: Sequence[float], high: Sequence[bool]) -> float:
    """The share of works, best first, that holds HOLD of the high ones; KEEP at least. Equals count as worse."""
    ranked = sorted(zip(scores, high, strict=True), key=lambda w: (-w[0], w[1]))
    places = [n for n, (_, is_high) in enumerate(ranked, 1) if is_high]
    return max(KEEP, places[_share(HOLD, len(places)) - 1] / len(ranked))


@dataclass(frozen=True)
class Split:
    """Ids by what becomes of them. The audited are rejected ones that are rated all the same."""

    kept: frozenset[str]
    audited: frozenset[str]
    left: frozenset[str]


def split(scores: Mapping[str, float], keep: float = KEEP, audit: float = AUDIT) -> Split:
    """The best `keep` of all and, by the hash of their ids, `audit` of the rest; both shares are rounded up."""
    ranked = sorted(scores, key=lambda i: (-scores[i], i))
    n = _share(keep, len(ranked))
    rest = sorted(ranked[n:], key=lambda i: digest("audit", i))
    m = _share(audit, len(rest))
    return Split(frozenset(ranked[:n]), frozenset(rest[:m]), frozenset(rest[m:]))


def _share(share: float, of: int) -> int:
    return min(of, math.ceil(share * of - _ROUNDING))
