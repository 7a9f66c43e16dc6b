"""Average link over sparse likenesses: two groups join while the mean likeness of all their pairs is high enough.

Never single link, which snowballs: one bridge between two stories is not enough, for pairs that are not alike count
as zero. The groups that are nearest for their size join first; ties go to the lower numbers, so that the result is one
for one numbering of the texts. The heap holds for each group the one nearest to it when it was looked at; an offer
that no longer holds is made anew when it comes to the top, before anything less near can join.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

DOUBLINGS = 7  # of a group, beyond which its size asks for no more


def candidates(vectors: Sequence[Mapping[str, float]], floor: float, common: int) -> dict[tuple[int, int], float]:
    """Cosines of pairs (i < j) of unit vectors, over terms held by 2 to `common` of them, that reach `floor`."""
    counts = Counter(term for vector in vectors for term in vector)
    most: dict[str, float] = {}
    for vector in vectors:
        most.update((term, value) for term, value in vector.items() if value > most.get(term, 0.0))
    holders: dict[str, dict[int, float]] = {t: {} for t, count in counts.items() if 1 < count <= common}
    found: dict[tuple[int, int], float] = {}
    for j, vector in enumerate(vectors):
        shared = [(value, most[term], holders[term]) for term, value in vector.items() if term in holders]
        seen: set[int] = set()
        near: set[int] = set()  # most pairs share a single term, which seldom reaches the floor alone
        for value, top, held in shared:
            near.update(held if value * top >= floor else seen.intersection(held))
            seen.update(held)
        sums = dict.fromkeys(near, 0.0)
        for value, _, held in shared:
            for i in near.intersection(held):
                sums[i] += value * held[i]
            held[j] = value
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
    for pair in sorted(likeness):
        a, b = of[pair[0]], of[pair[1]]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + likeness[pair]

    enough = [least + firmer * min(math.log2(n), DOUBLINGS) for n in range(1, len(of) // 2 + 1)]

    def nearness(total: float, n: int, m: int) -> float:
        """The mean over the pairs of two groups of `n` and `m` texts as a share of what is enough."""
        return total / ((n * m + blank) * enough[min(n, m) - 1])

    size = {g: len(numbers) for g, numbers in members.items()}
    heap: list[tuple[float, int, int, int]] = []

    def offer(a: int) -> None:
        """The group that is nearest to `a` onto the heap, if it is near enough."""
        n = size[a]
        near, b = max([(nearness(s, n, size[b]), -b) for b, s in sums[a].items()], default=(0.0, 0))
        if near >= 1.0:
            heappush(heap, (-near, min(a, -b), max(a, -b), a))

    for g in members:
        offer(g)
    while heap:
        near, a, b, by = heappop(heap)
        if b in sums.get(a, ()) and -near == nearness(sums[a][b], size[a], size[b]):
            _join(a, b, members, sums)
            size[a] += size[b]
            offer(a)
        elif by in members:
            offer(by)
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
