"""How alike two texts are, and how alike is enough in a batch: for texts with headlines and for short ones.

Cosine of the words, raised by rare names and amounts that both have, but only when the headline of each names something
that the other tells: a list of benchmarks that names a model is not its release. Lowered by what makes announcements of
their own: another turn ("cancels"), another edition, another day.

How alike is enough follows from how crowded the batch is. Where most texts have a close neighbour, texts are about few
events, and a weak likeness says that two tell the same; in a day's feeds most texts stand alone and it says nothing. The
measure is the mean cosine of each text with its nearest, drawn towards that of feeds in small batches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from digester.analysis.stories._evidence import against, dot
from digester.analysis.stories._settings import Settings
from digester.analysis.stories._telling import Telling

NAME, NAMES, AMOUNT, AMOUNTS = 0.04, 3, 0.05, 4  # what each adds, and how many count
EVERYBODY = 8  # names in more texts than this, and in more than a third, are no evidence
AGAINST = {"turn": 1.0, "edition": 1.0, "day": 0.5, "names": 0.3, "strangers": 0.4}
FEEDS, WEIGHT = 0.2, 20  # mean cosine with the nearest in a day's feeds, and the texts that it weighs as much as


def rare(told: Sequence[Telling]) -> frozenset[str]:
    """Names that so few of the texts hold that they tell stories apart."""
    counts = Counter(n for t in told for n in t.names)
    most = max(EVERYBODY, len(told) // 3)
    return frozenset(n for n, count in counts.items() if count <= most)


def likeness(a: Telling, b: Telling, telling: frozenset[str]) -> float:
    """The cosine with what speaks for and against; `telling` are the names of `rare`."""
    found = dot(a.words, b.words)
    if _mutual(a, b, telling):
        names = len(a.names.keys() & b.names.keys() & telling)
        found += NAME * min(names, NAMES) + AMOUNT * min(len(a.amounts.keys() & b.amounts.keys()), AMOUNTS)
    if a.titled and b.titled:
        found -= sum(AGAINST[name] * value for name, value in against(a, b))
    return found


def _mutual(a: Telling, b: Telling, telling: frozenset[str]) -> bool:
    def tells(head: Telling, other: Telling) -> bool:
        return any(n in other.names and n in telling for n in head.head_names) or any(
            x in other.amounts for x in head.head_amounts
        )

    return tells(a, b) and tells(b, a)


def crowded(told: Sequence[Telling], pairs: Iterable[tuple[int, int]]) -> float:
    """Mean cosine of each text with its nearest among the pairs, 0..1."""
    nearest = [0.0] * len(told)
    for i, j in pairs:
        near = dot(told[i].words, told[j].words)
        nearest[i], nearest[j] = max(nearest[i], near), max(nearest[j], near)
    return (sum(nearest) + WEIGHT * FEEDS) / (len(told) + WEIGHT)


def enough(crowd: float, settings: Settings) -> float:
    """The likeness from which on two texts tell one story in a batch so crowded."""
    return max(settings.least_alike, settings.alike - settings.slope * max(0.0, crowd - FEEDS))
