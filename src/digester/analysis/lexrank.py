"""LexRank (Erkan and Radev 2004): a sentence matters when it is like many others. Breaks ties only."""

from __future__ import annotations

from collections.abc import Sequence

from digester.analysis.tokens import terms
from digester.analysis.vectors import cosine, idf, vector


def scores(sentences: Sequence[str], damping: float = 0.85, rounds: int = 30) -> list[float]:
    """Centrality of each sentence; sums to 1. At most 60 sentences are compared, the rest score 0."""
    head = sentences[:60]
    if not head:
        return []
    bags = [terms(s) for s in head]
    weights = idf(bags)
    vectors = [vector(bag, weights) for bag in bags]
    n = len(head)
    links = [[cosine(a, b) if i != j else 0.0 for j, b in enumerate(vectors)] for i, a in enumerate(vectors)]
    totals = [sum(row) or 1.0 for row in links]
    rank = [1.0 / n] * n
    for _ in range(rounds):
        rank = [
            (1 - damping) / n + damping * sum(rank[j] * links[j][i] / totals[j] for j in range(n)) for i in range(n)
        ]
    whole = sum(rank) or 1.0
    return [r / whole for r in rank] + [0.0] * (len(sentences) - n)
