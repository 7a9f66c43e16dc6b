"""How rare a term is, from what was read before: not from the batch, in which the story of the day is everywhere.

`rarity` is -ln of a smoothed share of texts: (count + PRIOR * p) / (total + PRIOR). The prior share `p` is that of
an ordinary word of English for words of the house's own tables, and that of a name for all others, so that a term
which nobody has seen is rare, and a small archive says little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from digester.analysis import _places
from digester.analysis.tokens import terms
from digester.analysis.wording import synonyms

PRIOR = 1_000  # texts that the prior share weighs as much as
ORDINARY, RARE = 0.01, 0.0005  # share of texts that hold an ordinary word; a name or a number
_ENDING = re.compile(r"[a-z]{3,30}(?:ing|tion|sion|ment|ness|ance|ence|ity|ism|ly|able|ible|ful|less|ous|ive|ical)$")
SHORT, MIDDLE = 0.05, 0.005  # a number of one digit; of two, or a year


@dataclass(frozen=True)
class Background:
    """Document frequencies of the archive: of `total` texts, `counts[term]` hold the term."""

    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    _known: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)  # asked before

    def rarity(self, term: str) -> float:
        found = self._known.get(term)
        if found is None:
            share = (self.counts.get(term, 0) + PRIOR * _expected(term)) / (self.total + PRIOR)
            found = self._known[term] = -math.log(share)
        return found

    def plus(self, texts: Sequence[Iterable[str]]) -> Background:
        """With the terms of a batch: they weigh little beside an archive, and stand for it where there is none."""
        counts = Counter(self.counts)
        for found in texts:
            counts.update(set(found))
        return Background(self.total + len(texts), counts)


def background(texts: Iterable[Iterable[str]]) -> Background:
    """Over the `words_of` texts."""
    return Background().plus(list(texts))


@cache
def ordinary() -> frozenset[str]:
    """Words of general English, by stem: of the tables of synonyms."""
    tables = (synonyms.VERBS, synonyms.NOUNS, synonyms.ADJECTIVES, synonyms.ADVERBS)
    return frozenset(t for table in tables for t in terms(table))


@cache
def _places_of() -> frozenset[str]:
    return frozenset(t for name in _places.NAMES for t in terms(name))


@lru_cache(100_000)
def is_ordinary(term: str) -> bool:
    """A word of general English, by table or by its ending."""
    return term in ordinary() or bool(_ENDING.match(term))


@lru_cache(100_000)
def _expected(term: str) -> float:
    if term[0].isdigit():
        year = len(term) == 4 and term[:2] in ("19", "20")
        return SHORT if len(term) == 1 else MIDDLE if len(term) == 2 or year else RARE
    if term in ordinary():
        return ORDINARY
    return MIDDLE if term in _places_of() or _ENDING.match(term) else RARE
