"""The tables as look-ups: what a word may stand for, what it is the opposite of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from digester.analysis.wording.antonyms import ALTERNATIVES, OPPOSITES
from digester.analysis.wording.closed import FUNCTION
from digester.analysis.wording.synonyms import ADJECTIVES, ADVERBS, NOUNS, VERBS
from digester.analysis.wording.things import THINGS
from digester.analysis.wording.words import root, stem

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis", "anti", "de")
_PREFIX_PAIRS = (
    ("pre", "post"), ("over", "under"), ("up", "down"), ("multi", "single"), ("multi", "uni"), ("intra", "inter"), ("macro", "micro"),
    ("hyper", "hypo"), ("sub", "super"), ("semi", "un"), ("in", "ex"), ("homo", "hetero"), ("en", "de"), ("out", "under"), ("pro", "anti"),
)  # fmt: skip


def _groups() -> tuple[Mapping[str, frozenset[int]], Mapping[str, str]]:
    groups: dict[str, set[int]] = {}
    classes: dict[str, str] = {}
    number = 0
    for name, table in (
        ("verb", VERBS),
        ("adjective", ADJECTIVES),
        ("noun", NOUNS),
        ("adverb", ADVERBS),
        ("thing", THINGS),
    ):
        for group in table.replace("\n", ";").split(";"):
            number += 1
            for word in group.split():
                if word not in FUNCTION:
                    groups.setdefault(root(word), set()).add(number)
                    classes.setdefault(root(word), name)
    return {word: frozenset(of) for word, of in groups.items()}, classes


def _opposites() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in filter(str.strip, OPPOSITES.replace("\n", ";").split(";")):
        left, right = (side.split() for side in pair.split("|"))
        for a in left:
            for b in right:
                for x, y in zip(_degrees(a), _degrees(b), strict=True):
                    found.setdefault(x, set()).add(y)
                    found.setdefault(y, set()).add(x)
    return {word: frozenset(of) for word, of in found.items()}


def _degrees(word: str) -> tuple[str, str, str]:
    """Stems of a word and of what would be its comparative and superlative."""
    base = word[:-1] + "i" if word.endswith("y") else word.removesuffix("e")
    return stem(word), stem(base + "er"), stem(base + "est")


def _alternatives() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in filter(str.strip, ALTERNATIVES.replace("\n", ";").split(";")):
        for word in group.split():
            others = frozenset(f for w in group.split() if w != word for f in (w, w + "s"))
            found.update((form, found.get(form, frozenset()) | others) for form in (word, word + "s"))
    return found


# Synonym groups and class ("verb", "adjective", "noun", "adverb") by root; opposites by stem, as stems; alternatives by form, as forms.
GROUPS, CLASSES = _groups()
OPPOSITE = _opposites()
ALTERNATIVE = _alternatives()


def general(word: str) -> bool:
    """True for a word of general English, in lower case and any inflection, as far as the tables go."""
    return root(word) in CLASSES


def opposite_forms(word: str) -> Iterator[str]:
    """What `word`, in lower case, becomes when a prefix or suffix turns it round: happy -> unhappy and back."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            yield word[len(prefix) :]
        if len(word) >= 4:
            yield prefix + word
    for one, other in _PREFIX_PAIRS:
        for a, b in ((one, other), (other, one)):
            if word.startswith(a) and len(word) - len(a) >= 3:
                yield b + word[len(a) :]
    for a, b in (("less", "ful"), ("ful", "less")):
        if a in word[3:]:
            yield word.replace(a, b)
