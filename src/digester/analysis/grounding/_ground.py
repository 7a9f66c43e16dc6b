"""What a statement is held against: passages read once, with every figure at its place.

A place knows what makes its figure that figure: unit and sign, the measure that grammar gives it, the words
around it. Binding compares places, so a number that stands elsewhere in the source supports nothing.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from digester.analysis import claims, figures, houses, metrics
from digester.analysis.claims import LONGEST, binding, rows, values
from digester.analysis.claims.reading import read
from digester.analysis.figures import Figure, Sign
from digester.analysis.tokens import STOP, sentences, stem, words
from digester.analysis.wording import Prepared
from digester.domain.model import Claim, Passage
from digester.domain.text import fold, language_of

REACH = 12  # words on each side that say what a figure is of
_DIGIT = re.compile(r"\d")
_HAN = r"\u3400-\u9fff"  # Chinese needs no space beside a Latin name: `LongWeir和GRAB` holds two
TOKEN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:(?:[-&.@/'\u2019]|\+(?!\d))[^\W_{_HAN}]+){{0,8}}\+{{0,2}}")
_JOINTS = re.compile(r"[-+&./'\u2019]")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_RANGE = re.compile(r"\bfrom (?:about |over )?[\d.]++\s?%? to ?$|(?<![\d.])[\d.]++\s?%?\s?(?:-|\u2013|to|and) ?$")
_WHERE = re.compile(r" (?:(?:in|on|for|at|across|among|within) |\()[^\d,;.()]{1,60}")
_ASIDE = re.compile(r"（[^（）]{0,60}）")  # where a figure of a Chinese line holds
_OWN = re.compile(r",? ?(?:and|,) ?")  # `NDCG and 1.4%`: the measure in front has a figure of its own
_PART = re.compile(r"[,;:.]|\b(?:and|while|whereas|but|with)\b|\d")
# measures in a wider sense than those of the claims table: enough to tell that a figure is of another one
_GENERAL = re.compile(
    r"\b(?:diversity|coverage|novelty|fairness|serendipity|calibration|costs?|speed|quality|accuracy|memory|throughput|coherence|faithfulness|"
    r"relevance|precision|recall|F1[- ]scores?|(?:inference|training|serving|processing) time|consistency|robustness|efficiency|utility|users|parameters|tokens|layers|datasets?|languages|tasks|pages|queries|"
    r"documents|items|hours|employees|customers|valuation|funding|profit|income|losses|shares?|price)\b",
    re.IGNORECASE,
)
Spot = tuple[Passage, int, int]


@dataclass(frozen=True)
class Place:
    """A figure in a text: `sentence` and the figure's span are code points of that text."""

    figure: Figure
    text: str
    sentence: tuple[int, int]

    @cached_property
    def around(self) -> Mapping[str, float]:
        """Stemmed words of its sentence near the figure, the nearer the heavier (1, 1/2, 1/3 ...)."""
        found: dict[str, float] = {}
        for word, distance in near(self.text, self.sentence, (self.figure.start, self.figure.end)):
            found[word] = max(found.get(word, 0.0), 1 / distance)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the words of its sentence that are written as names only: `Save, Skip and Share`, but not a sentence's
        first word in front of one in small letters."""
        sentence = self.text[slice(*self.sentence)]
        found = [sentence[start:end] for _, start, end in words(sentence)]
        if len(found) > 1 and found[1].islower():
            found[0] = found[0].lower()
        return frozenset(stem(w.lower()) for w in found if w[0].isupper()) - {stem(w) for w in found if w[0].islower()}

    @cached_property
    def behind(self) -> str:
        """The two words behind the figure in its sentence: `of users`."""
        text = self.text[self.figure.end : min(self.sentence[1], self.figure.end + 40)]
        return " ".join([w for w, _, _ in words(text)][:2])

    @cached_property
    def where(self) -> frozenset[str]:
        """Stems of what a preposition or a bracket behind the figure begins, up to the next figure: `in the main app`."""
        text = self.text[self.figure.end : min(self.sentence[1], self.figure.end + 60)]
        m = _WHERE.match(text)
        return frozenset(stem(w) for w, _, _ in words(m[0]) if w not in STOP) if m else frozenset()

    @cached_property
    def measured(self) -> tuple[str, Sign]:
        """The key of the measure that the sentence's grammar gives the figure ("" when none), and its sign."""
        start, end = self.sentence
        own = range(self.figure.start - start, self.figure.end - start)
        for a, b, key, sign in _bound(self.text[start:end]):
            if a < own.stop and own.start < b:
                return key, sign
        return "", ""

    @property
    def metric(self) -> str:
        return self.measured[0]

    @cached_property
    def beside(self) -> frozenset[str]:
        """Keys of the measures named last before the figure, with no other figure between (the low end of its
        range is none), and first behind it, in the same part of the sentence."""
        start, end = self.sentence
        sentence, a, b = self.text[start:end], self.figure.start - start, self.figure.end - start
        before = [m for m in _metrics(sentence) if m[1] <= a][-1:]
        behind = [m for m in _metrics(sentence) if m[0] >= b][:1]
        near = [
            m[2]
            for m in before
            if not _OWN.fullmatch(sentence, m[1], a) and not _DIGIT.search(_RANGE.sub("", sentence[m[1] : a]))
        ]
        return frozenset((*near, *(m[2] for m in behind if not _PART.search(sentence[b : m[0]]))))

    @cached_property
    def turn(self) -> Sign:
        """The direction that the words of its sentence give the figure, whatever sign is printed with it."""
        start, end = self.sentence
        bare = replace(self.figure, sign="", start=self.figure.start - start, end=self.figure.end - start)
        return figures.direction(self.text[start:end], bare)

    @property
    def sign(self) -> Sign:
        return self.figure.sign or self.measured[1] or self.turn

    @property
    def words(self) -> str:
        return self.text[self.figure.start : self.figure.end]


@dataclass(frozen=True)
class Ground:
    """The passages a statement may draw on, and the addresses it may name."""

    passages: tuple[Passage, ...]
    links: frozenset[str] = frozenset()
    parts: tuple[Ground, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(cls, parts: Iterable[Ground], own: Iterable[Passage] = ()) -> Ground:
        """Several grounds and some passages as one; what was read of a part is not read again."""
        parts = (*parts, Ground(tuple(own)))
        passages = tuple(dict.fromkeys(p for g in parts for p in g.passages))
        return cls(passages, frozenset().union(*(g.links for g in parts)), parts)

    @cached_property
    def places(self) -> tuple[tuple[Passage, Place], ...]:
        if self.parts:
            return tuple(place for g in self.parts for place in g.places)
        return tuple((p, place) for p in self.passages for place in places(p.text))

    @cached_property
    def folded(self) -> tuple[tuple[Passage, str], ...]:
        if self.parts:
            return tuple(text for g in self.parts for text in g.folded)
        return tuple((p, fold(p.text)) for p in self.passages)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(c for c, _ in claims.claims_of(self.passages))

    @cached_property
    def spots(self) -> MutableMapping[str, Spot]:
        """Normal form of every word, part of a compound and pair of words -> where it stands first."""
        if self.parts:
            return ChainMap(*(g.spots for g in self.parts))
        found: dict[str, Spot] = {}
        for passage in self.passages:
            last: tuple[str, int, int] | None = None
            for m in TOKEN.finditer(passage.text):
                word = normal(m[0])
                for form in (word, *(normal(part) for part in _JOINTS.split(m[0]))):
                    found.setdefault(form, (passage, m.start(), m.end()))
                if last and m.start() - last[2] <= 1:
                    found.setdefault(last[0] + word, (passage, last[1], m.end()))
                last = (word, m.start(), m.end())
        return found

    @cached_property
    def houses(self) -> Mapping[str, Spot]:
        """The printed name of every company and lab of the table that the passages name, in any of its languages."""
        if self.parts:
            return {name: spot for g in reversed(self.parts) for name, spot in g.houses.items()}
        return {m.name: (p, m.start, m.end) for p in reversed(self.passages) for m in houses.find(p.text, lenient=True)}

    def prepare(self) -> None:
        """Reads the passages now, while there is time, as checks of statements would later."""
        _ = (self.folded, self.places, self.spots, self.houses, self.prepared, self.languages)

    @cached_property
    def prepared(self) -> Prepared:
        return Prepared.of(" ".join(p.text for p in self.passages))

    @cached_property
    def languages(self) -> frozenset[str]:
        return frozenset(language_of(p.text) for p in self.passages)


def normal(token: str) -> str:
    """A word without case, hyphens, dots and possessive: `OneRec-V2's` -> `onerecv2`."""
    text = re.sub(r"[^a-z0-9]", "", unpossessive(token).casefold())
    return text or token.casefold()


def unpossessive(token: str) -> str:
    return _POSSESSIVE.sub("", token)


def places(text: str) -> list[Place]:
    """Every figure of a text that says how much or when, in order."""
    found, spans, i = [], sentences(text), 0
    for figure in figures.read(text):
        while i < len(spans) - 1 and spans[i][1] <= figure.start:
            i += 1
        found.append(Place(figure, text, spans[i] if spans else (0, len(text))))
    return found


def near(text: str, sentence: tuple[int, int], own: tuple[int, int]) -> Iterable[tuple[str, int]]:
    """(stem, distance in words from 1) of the words beside a span of a sentence, without stop words and digits."""
    start, end = sentence
    before = list(words(text[max(start, own[0] - REACH * 14) : own[0]]))[-REACH:]
    behind = list(words(text[own[1] : min(end, own[1] + REACH * 14)]))[:REACH]
    for side in (reversed(before), behind):
        for distance, (word, _, _) in enumerate(side, start=1):
            if word not in STOP and not _DIGIT.match(word):
                yield stem(word), distance


def likeness(a: Place, b: Place, without: str = "") -> float:
    """How much of what stands around `a` stands around `b`, 0 to 1, and 0.5 more for the same two words behind it.
    `without`: the key of a measure whose words do not count."""
    around = {word: w for word, w in a.around.items() if word not in without}
    whole = sum(around.values())
    shared = sum(min(w, b.around.get(word, 0.0)) for word, w in around.items()) / whole if whole else 0.0
    return shared + (0.5 if a.behind and a.behind == b.behind else 0.0)


@lru_cache(maxsize=8192)
def _metrics(sentence: str) -> tuple[tuple[int, int, str], ...]:
    found = [(m.start, m.end, metrics.key(m.name)) for m in metrics.find(sentence)]
    general = [(m.start(), m.end(), metrics.key(m[0])) for m in _GENERAL.finditer(sentence)]
    return tuple(sorted(found + [g for g in general if not any(a < g[1] and g[0] < b for a, b, _ in found)]))


@lru_cache(maxsize=8192)
def _bound(sentence: str) -> tuple[tuple[int, int, str, Sign], ...]:
    if row := rows.of(sentence.rstrip(".")):
        name, _, q = row
        return ((q.start, q.end, metrics.key(name), q.sign),)
    found = binding.bound(read(sentence[:LONGEST], values.of(sentence[:LONGEST])), None)
    return tuple((b.quantity.start, b.quantity.end, metrics.key(_ASIDE.sub("", b.metric.name)), b.sign) for b in found)
