"""Names of organisations, models, products and people: each must stand in a passage.

What counts as a name is decided by its form (capitals inside, letters with digits, a capital in mid-sentence)
and by the table of houses; how it is written may differ in case, hyphens and a possessive. An acronym is also
supported by the words whose initials it is, and a house by any of its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digester.analysis import figures, houses
from digester.analysis.grounding._ground import TOKEN, Ground, Spot, normal, unpossessive
from digester.analysis.grounding._ordinary import FIELD, ordinary
from digester.analysis.grounding._verdict import Refusal, Verdict
from digester.analysis.tokens import STOP
from digester.analysis.wording.lexicon import general
from digester.analysis.wording.words import stem as word_stem
from digester.domain.model import Support

_HAN = re.compile(r"[\u3400-\u9fff]")
_OPENS = re.compile(r"(?:^|[.!?:;(\"\u201c\u201d\u300c\u2014\u2013|/]|\W-)\s*$")  # where a capital is no sign of a name


@dataclass(frozen=True)
class Word:
    """A token of a statement: `opens` when it begins a sentence or a part of one."""

    text: str
    start: int
    opens: bool

    @property
    def special(self) -> bool:
        """Written as only names and abbreviations are: `OneRec`, `GPT-4`, `CTR`, `p2p` is none."""
        letters = re.sub(r"[^A-Za-z]", "", self.text)
        return bool(re.search(r"[A-Z]", letters[1:])) or (letters[:1].isupper() and any(c.isdigit() for c in self.text))

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def check(statement: str, ground: Ground) -> Verdict:
    """Every name of the statement against the ground."""
    known = [m for m in houses.find(statement) if not m.word]
    verdicts = [
        _held(words, ground.houses.get(m.name) or _found(words, ground.spots))
        for m in known
        for words in [statement[m.start : m.end]]
    ]
    for word in _outside(named(statement), [(m.start, m.end) for m in known]):
        spot = _found(word.text, ground.spots) or _expanded(word, ground)
        if spot or not (_parts_known(word, ground.spots) or (word.opens and _inflected(word, ground.spots))):
            verdicts.append(_held(word.text, spot))
    return Verdict.of(verdicts)


def _held(name: str, spot: Spot | None) -> Verdict:
    if spot is None:
        return Verdict(refusals=(Refusal("name", name, "no passage names it"),))
    return Verdict((Support(spot[0].id, spot[1], spot[2], "name"),))


def named(statement: str) -> Iterator[Word]:
    """The words of a statement that must stand in its sources, without figures, dates and the field's own words."""
    taken = [(f.start, f.end) for f in figures.read(statement) if f.kind in ("quantity", "date")]
    found = list(_outside(_tokens(statement), taken))
    if _titled(found):
        found = [replace(w, opens=True) for w in found]
    for i, word in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if _is_name(word, after, statement):
            yield word


def _titled(words: Sequence[Word]) -> bool:
    """A heading in Title Case, where a capital says nothing: each word is read like the first of a sentence."""
    long = [w for w in words if len(w.text) > 3 and w.text.isalpha()]
    return len(long) >= 3 and sum(w.capital for w in long) >= 0.75 * len(long)


def _outside(words: Iterable[Word], spans: Sequence[tuple[int, int]]) -> Iterator[Word]:
    """The words that begin in none of the spans; both in reading order."""
    n = 0
    for word in words:
        while n < len(spans) and spans[n][1] <= word.start:
            n += 1
        if n == len(spans) or word.start < spans[n][0]:
            yield word


def _tokens(statement: str) -> Iterator[Word]:
    for m in TOKEN.finditer(statement):
        if not _HAN.search(m[0]):
            yield Word(unpossessive(m[0]), m.start(), bool(_OPENS.search(statement[max(0, m.start() - 4) : m.start()])))


def _is_name(word: Word, after: Word | None, statement: str) -> bool:
    bare = word.text.rstrip("+")
    if bare.upper().rstrip("S") in FIELD or bare.casefold() in STOP:
        return False
    if word.special:
        return True
    if not word.capital or len(bare) < 2:
        return False
    if not word.opens:
        return not ordinary(bare) or houses.is_name(bare)
    end = word.start + len(word.text)
    owns = statement[end : end + 2] in ("'s", "\u2019s")
    doubled = after is not None and after.capital and not after.opens and statement[end : after.start] == " "
    if doubled and after and ordinary(bare) and _is_name(after, None, statement):
        doubled = False  # `Compare OneRec`: the name is the second word, and is looked up by itself
    common = ordinary(bare) or general(bare.lower())
    return houses.is_name(bare) or owns or ((doubled or not common) and bare.casefold() not in STOP)


# ----------------------------------------------------------------- lookup
def _found(word: str, known: Mapping[str, Spot]) -> Spot | None:
    own = normal(word)
    forms = (own, own.removesuffix("s"), f"{own}s")
    return next((known[f] for f in forms if len(f) > 1 and f in known), None)


def _inflected(word: Word, known: Mapping[str, Spot]) -> bool:
    """True for the first word of a sentence whose other forms the passages use: `Improve` for "improves"."""
    if word.special:
        return False
    base = word_stem(word.text.lower())
    return any(base + ending in known for ending in ("", "e", "s", "es", "d", "ed", "ing", "ion", "or", "er"))


def _parts_known(word: Word, known: Mapping[str, Spot]) -> bool:
    """`LLM-based`, `Kuaishou/Meituan`: every part of a compound without digits stands by itself."""
    parts = re.split(r"[-/&+]", word.text)
    return len(parts) > 1 and all(
        p.isalpha() and (p.islower() or p.upper() in FIELD or _found(p, known) is not None) for p in parts
    )


def _expanded(word: Word, ground: Ground) -> Spot | None:
    """The words that an acronym stands for: `CTR` and `click-through rate`, `GMV` and `gross merchandise volume`."""
    letters = word.text.removesuffix("s")
    if not (2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()):
        return None
    rx = re.compile(r"[\s-]".join(rf"\b{c}[a-z]{{1,24}}" for c in letters.lower()))
    for passage, text in ground.folded:
        if m := rx.search(text):
            return passage, m.start(), min(m.end(), len(passage.text))
    return None
