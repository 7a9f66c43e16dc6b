"""Average link over sparse likenesses: two groups join while the mean likeness of all their pairs is high enough.

Never single link, which snowballs: one bridge between two stories is not enough, for pairs that are not alike count
as zero. The groups that are nearest for their size join first, taken from a heap with lazy deletion; ties go to the
lower numbers, so that the result is one for one numbering of the texts. O(p log p) for p pairs that are alike at all.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

DOUBLINGS = 7  # of a group, beyond which its size asks for no more


def candidates(vectors: Sequence[Mapping[str, float]], floor: float, common: int) -> dict[tuple[int, int], float]:
    """Cosines of pairs (i < j) of unit vectors, over terms held by 2 to `common` of them, that reach `floor`."""
    counts = Counter(term for vector in vectors for term in vector)
    holders: dict[str, list[tuple[int, float]]] = {t: [] for t, count in counts.items() if 1 < count <= common}
    found: dict[tuple[int, int], float] = {}
    for j, vector in enumerate(vectors):
        sums: dict[int, float] = defaultdict(float)
        for term, value in vector.items():
            held = holders.get(term)
            if held is not None:
                for i, other in held:
                    sums[i] += value * other
                held.append((j, value))
        found.update(((i, j), s) for i, s in sums.items() if s >= floor)
    return found


def average_link(
    groups: Sequence[Sequence[int]],
    likeness: Mapping[tuple[int, int], float],
    least: float,
    blank: float = 0.0,
    firmer: float = 0.0,
) -> list[list[int]]:
    """Groups of numbers, joined while the mean likeness between two of them is enough: at least `least`, and `firmer`
    more for each doubling of the smaller group. The mean of many pairs is no accident: two large groups that are not
    surely alike are twins, where a lone text as near to a group belongs to it. What `groups` holds together stays so;
    pairs that `likeness` does not name have none, nor have `blank` pairs that every mean is given."""
    members = {g: list(of) for g, of in enumerate(groups)}
    of = {n: g for g, numbers in members.items() for n in numbers}
    sums: dict[int, dict[int, float]] = {g: {} for g in members}
    for (i, j), value in sorted(likeness.items()):
        a, b = of[i], of[j]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + value

    enough = [least + firmer * min(math.log2(n), DOUBLINGS) for n in range(1, len(of) // 2 + 1)]

    def nearness(a: int, b: int) -> float:
        """The mean as a share of what is enough."""
        n, m = len(members[a]), len(members[b])
        return sums[a][b] / ((n * m + blank) * enough[min(n, m) - 1])

    heap = [(-n, a, b) for a, near in sums.items() for b in near if a < b and (n := nearness(a, b)) >= 1.0]
    heapify(heap)
    while heap:
        near, a, b = heappop(heap)
        if a in members and b in members and near == -nearness(a, b):
            _join(a, b, members, sums)
            for other in sums[a]:
                if (now := nearness(a, other)) >= 1.0:
                    heappush(heap, (-now, min(a, other), max(a, other)))
    return list(members.values())


def _join(a: int, b: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    """b into a, which keeps its number."""
    members[a] += members.pop(b)
    near = sums[a]
    del near[b]
    for other, value in sums.pop(b).items():
        if other != a:
            del sums[other][b]
            near[other] = sums[other][a] = near.get(other, 0.0) + value
