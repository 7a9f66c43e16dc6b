"""Where a statement's sentence rests in the source: its words' places there, and the sentences that hold most of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest

from digester.analysis.figures import Figure
from digester.analysis.wording.closed import FRAME, FUNCTION
from digester.analysis.wording.lexicon import ALTERNATIVE, GROUPS, OPPOSITE, opposite_forms
from digester.analysis.wording.source import Prepared
from digester.analysis.wording.words import Word

CONTEXT = 4  # source sentences that a sentence of a summary usually draws on
REACH = 3  # words within which one word qualifies another


@dataclass(frozen=True)
class Aligned:
    """A sentence of `text`, beside its source. `places[i]`: where that has word i's root; empty for words without content."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    places: tuple[Sequence[int], ...]
    said: frozenset[str]  # forms and stems of the source sentences it rests on
    groups: frozenset[int]  # synonym groups of these
    source: Prepared

    @classmethod
    def of(cls, text: str, sentence: Sequence[Word], figures: Sequence[Figure], source: Prepared) -> Aligned:
        places = _places(sentence, source)
        score: dict[int, float] = defaultdict(float)
        for word, found in zip(sentence, places, strict=True):
            weight = source.weight(word.root)
            for number in {source.sentence[i] for i in found}:
                score[number] += weight
        context = frozenset(nlargest(CONTEXT, score, key=lambda n: score[n]))
        held = [w for n in context for w in source.words[slice(*source.spans[n])]]
        groups = frozenset(g for w in held if w.low not in FUNCTION for g in GROUPS.get(w.root, ()))
        return cls(
            text,
            tuple(sentence),
            tuple(figures),
            places,
            frozenset(form for w in held for form in (w.low, w.stem)),
            groups,
            source,
        )

    @property
    def titled(self) -> bool:
        """Most content words begin with a capital, as in a headline."""
        long = [w for w in self.words if w.low not in FUNCTION and len(w.text) > 3]
        return len(long) > 2 and sum(w.text[0].isupper() for w in long) > 0.7 * len(long)

    def content(self, i: int) -> bool:
        return self.words[i].low not in FUNCTION

    @cached_property
    def contents(self) -> tuple[int, ...]:
        return tuple(i for i in range(len(self.words)) if self.content(i))

    @cached_property
    def novel(self) -> tuple[int, ...]:
        """Content words whose root the source has nowhere."""
        return tuple(i for i in self.contents if not self.places[i])

    @cached_property
    def new(self) -> tuple[int, ...]:
        """Of these, the ones for which the source has no other word either."""
        return tuple(i for i in self.novel if self.words[i].low not in FRAME and not self.synonym(i))

    def stands(self, i: int) -> bool:
        """The sentences it rests on have word i or one that may stand for it."""
        word = self.words[i]
        return word.stem in self.said or bool(GROUPS.get(word.root, frozenset()) & self.groups)

    def meanings(self, i: int) -> list[int]:
        """Places of word i and of the words that may stand for it."""
        groups = GROUPS.get(self.words[i].root, ())
        return [*self.places[i], *(p for g in groups for p in self.source.by_group.get(g, ()))]

    def synonym(self, i: int) -> bool:
        """The source has a word that may stand for word i."""
        return any(g in self.source.by_group for g in GROUPS.get(self.words[i].root, ()))

    def heads(self, i: int) -> list[int]:
        """Content words around word i that the source has too."""
        around = range(max(0, i - REACH), min(len(self.words), i + REACH + 1))
        return [j for j in around if j != i and self.places[j]]

    def instead(self, i: int) -> Iterator[Word]:
        """Words that the source has where the statement has word i: next to the content word before or behind it."""
        at = self.contents.index(i)
        for j in self.contents[max(0, at - 1) : at + 2]:
            for place in self.places[j] if j != i else ():
                yield from self.source.beside(place, 1 if i > j else -1)

    def beside(self, i: int) -> Iterator[Word]:
        """Words of the source near what word i stands near in the statement."""
        for j in self.heads(i):
            for place in self.places[j]:
                yield from self.source.near(place, REACH)


def _places(sentence: Sequence[Word], source: Prepared) -> tuple[Sequence[int], ...]:
    """Places by root; words in a row whose initials the source has as an abbreviation stand where that stands."""
    places = [() if w.low in FUNCTION else source.by_root.get(w.root, ()) for w in sentence]
    for i in range(len(sentence)):
        for n in (4, 3, 2):
            letters = "".join(w.low[0] for w in sentence[i : i + n])
            found = [p for p in source.by_form.get(letters, ()) if source.words[p].text.isupper()]
            if found and len(letters) == n:
                places[i : i + n] = [p or found for p in places[i : i + n]]
                break
    return tuple(places)


def opposites(word: Word) -> frozenset[str]:
    """Stems and lower-case forms that say the contrary of `word`."""
    none: frozenset[str] = frozenset()
    return OPPOSITE.get(word.stem, none) | ALTERNATIVE.get(word.low, none) | frozenset(opposite_forms(word.low))
