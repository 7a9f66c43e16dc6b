"""What a batch says of itself: how alike the words of two groups must be on average to tell one story.

Where many outlets tell each story, short texts of one story often share few words, and yet more than chance: the mean
over all pairs of two groups is sure where one pair is not. Where nearly each text is news of its own, the same mean is
an accident of the trade's words. Three counts of pairs tell which of both a batch is: how many are alike for each text,
how far that exceeds those that are slightly alike (chance makes many slight likenesses and few strong ones), and how
many of them contradict each other (a batch of versions, steps and rival announcements says: words are no evidence).
No source; the form was found by comparing the best threshold of samples of ECB+ dev and of own gold news.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import median

from digester.analysis.stories._evidence import contradict, differ
from digester.analysis.stories._settings import Settings
from digester.analysis.stories._telling import Telling

FEW = 5  # pairs
FEW_WORDS = 3  # in common
Pair = tuple[int, int]


def speaks(told: Sequence[Telling], settings: Settings) -> bool:
    """Whether words alone count: among headlines and short texts. What is long says enough by its names."""
    return bool(told) and (2 * sum(t.titled for t in told) > len(told) or _length(told) <= settings.short)


def wordings(
    told: Sequence[Telling], alike: Mapping[Pair, float], least: float, settings: Settings
) -> dict[Pair, float]:
    """Likeness of words of each pair on the scale of `Settings.fold`: a mean of `fold` is enough to be one story.

    `alike` are cosines of words, `least` what is `enough` of them. Pairs of which the headlines contradict each other have
    less; the fewer texts a story has in this batch, the less, down to none. Two words in common are an accident of short
    headlines ("A Kitchen as a Map", "maps for kitchens"), however rare both are, and count for less than three."""
    doubted = max(0.0, 1.0 - least / settings.doubt)

    def weight(i: int, j: int, c: float) -> float:
        few = len(told[i].words.keys() & told[j].words.keys()) < FEW_WORDS
        against = c >= settings.floor and contradict(told[i], told[j])
        return (settings.few if few else 1.0) * (doubted if against else 1.0)

    return {(i, j): settings.fold * c / least * weight(i, j, c) for (i, j), c in alike.items()}


def enough(told: Sequence[Telling], alike: Mapping[Pair, float], settings: Settings) -> float:
    """Mean cosine from which on words make one story of two groups; 1 where words say nothing."""
    strong = [pair for pair, c in alike.items() if c >= settings.strong]
    if not strong:
        return 1.0
    slight = sum(c >= settings.floor for c in alike.values())
    apart = sum(differ(told[i], told[j]) for i, j in strong) / len(strong)
    agreeing = min(1.0, max(0.0, (settings.series - apart) / 0.15))
    # A small batch is taken for a sparse one: 50 texts without a neighbour are added, and a few pairs say nothing.
    near = 2 * max(0, len(strong) - FEW) / (len(told) + 50)
    density = agreeing * near * len(strong) / slight
    if not density:
        return 1.0
    chance = settings.chance * math.pow(_length(told), 1 / 3)  # cosines of what has nothing in common, by length
    return min(1.0, max(chance, settings.dense / math.sqrt(density)))


def blank(told: Sequence[Telling], least: float, settings: Settings) -> float:
    """Pairs without likeness that every mean is given: of few words, one pair says little, and many are as sure as
    ever. None where words say nothing, for there each pair was weighed by its evidence."""
    return (1.0 - least) * min(0.5, settings.blank / _length(told)) if told else 0.0


def _length(told: Sequence[Telling]) -> float:
    """Different terms of the middle text."""
    return max(1.0, median(len(t.words) for t in told))
