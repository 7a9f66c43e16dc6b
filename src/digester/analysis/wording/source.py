"""A source, indexed once, so that each statement about it costs its own length and not the source's.

Every word is kept with its sentence; look-ups are by form, stem, root and synonym group. A look-up hands out at
most `MOST` places, the first ones, so that a source of one word repeated costs no more than another.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from digester.analysis.figures import Figure, read
from digester.analysis.tokens import sentences
from digester.analysis.wording.closed import FUNCTION
from digester.analysis.wording.lexicon import GROUPS
from digester.analysis.wording.words import Word, words
from digester.domain.text import fold

MOST = 60
BOUND = 6  # words before and behind a figure that say what it counts
NUMERAL = re.compile(r"\d{1,40}")
_K = TypeVar("_K", str, int)
_Index = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Prepared:
    """Words of a source in order, the number of the sentence of each, and places by what one looks up."""

    text: str
    words: tuple[Word, ...]
    sentence: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]  # sentence -> [first word, behind the last word)
    whole: frozenset[str]  # its sentences, folded
    figures: tuple[Figure, ...]
    around: tuple[frozenset[str], ...]  # what stands around each figure
    numerals: frozenset[str]
    by_form: _Index
    by_stem: _Index
    by_root: _Index
    by_group: Mapping[int, Sequence[int]]
    characters: str
    initials: tuple[str, str]  # of all words, and of those with content

    @classmethod
    def of(cls, text: str) -> Prepared:
        listed: list[Word] = []
        numbers: list[int] = []
        spans: list[tuple[int, int]] = []
        cut = sentences(text)
        for a, b in cut:
            start = len(listed)
            listed += words(text, a, b)
            numbers += [len(spans)] * (len(listed) - start)
            spans.append((start, len(listed)))
        starts = tuple(w.start for w in listed)
        figures = read(text)
        groups = ((g, i) for i, w in enumerate(listed) if w.low not in FUNCTION for g in GROUPS.get(w.root, ()))
        return cls(
            text=text,
            words=tuple(listed),
            sentence=tuple(numbers),
            spans=tuple(spans),
            whole=frozenset(fold(text[a:b]) for a, b in cut),
            figures=figures,
            around=tuple(_around(listed, bisect_left(starts, f.start), numbers, spans) for f in figures),
            numerals=frozenset(n.lstrip("0") for n in NUMERAL.findall(text)),
            by_form=_index((w.low, i) for i, w in enumerate(listed)),
            by_stem=_index((w.stem, i) for i, w in enumerate(listed)),
            by_root=_index((w.root, i) for i, w in enumerate(listed)),
            by_group=_index(groups),
            characters="".join(c for c in text.lower() if c.isalnum()),
            initials=("".join(w.low[0] for w in listed), "".join(w.low[0] for w in listed if w.low not in FUNCTION)),
        )

    def abbreviates(self, word: Word) -> bool:
        """`word` is capitals (with a plural s) that begin words of the source in a row: GANs."""
        letters = word.text.removesuffix("s")
        return len(letters) > 1 and letters.isupper() and any(letters.lower() in row for row in self.initials)

    def weight(self, root: str) -> float:
        """How much a word tells about where it stands: rare words more, never nothing."""
        places = {self.sentence[i] for i in self.by_root.get(root, ())}
        return max(0.3, math.log((len(self.spans) + 1) / (len(places) + 0.5)))

    def near(self, place: int, reach: int) -> Iterator[Word]:
        """The words at most `reach` before and behind `place` in its sentence, without it."""
        a, b = self.spans[self.sentence[place]]
        for i in range(max(a, place - reach), min(b, place + reach + 1)):
            if i != place:
                yield self.words[i]

    def beside(self, place: int, step: int) -> Iterator[Word]:
        """The next content word before (step -1) or behind (1) `place` in its sentence, and what stands between."""
        start, end = self.spans[self.sentence[place]]
        while start <= (place := place + step) < end:
            yield self.words[place]
            if self.words[place].low not in FUNCTION:
                return

    def span(self, place: int, reach: int) -> Sequence[Word]:
        """At most `reach` words behind `place` in its sentence, before it when negative."""
        start, end = self.spans[self.sentence[place]]
        return (
            self.words[place + 1 : min(end, place + 1 + reach)]
            if reach > 0
            else self.words[max(start, place + reach) : place]
        )

    def before(self, place: int, reach: int) -> Sequence[Word]:
        """At most `reach` words before `place` in its sentence."""
        return self.words[max(self.spans[self.sentence[place]][0], place - reach) : place]

    def at(self, place: int) -> Word | None:
        return self.words[place] if 0 <= place < len(self.words) else None


def around(near: Iterable[Word]) -> frozenset[str]:
    """What says which thing a figure counts: the roots of the content words near it."""
    return frozenset(w.root for w in near if w.low not in FUNCTION and not w.numeric)


def _around(
    listed: Sequence[Word], place: int, numbers: Sequence[int], spans: Sequence[tuple[int, int]]
) -> frozenset[str]:
    start, end = spans[numbers[place]] if place < len(listed) else (len(listed), len(listed))
    return around(listed[max(start, place - BOUND) : min(end, place + BOUND + 1)])


def _index(pairs: Iterable[tuple[_K, int]]) -> Mapping[_K, Sequence[int]]:
    found: dict[_K, list[int]] = {}
    for name, place in pairs:
        places = found.setdefault(name, [])
        if len(places) < MOST:
            places.append(place)
    return found
