"""Searching texts for words, at less cost and with the same results.

`any_of` tries what begins at the edge of a word only there, `has` tells at once of most texts that a pattern is not in
them, and `remembered` does once what several judges ask of one sentence. None changes what is found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, wraps
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")
LONGEST = 1200  # characters: what is longer is a table or no text, and is not kept
_LETTER = re.compile(r"[A-Za-z](?![?*+{])")
_PLACES = (r"\b", "^")
_ALIKE = {0x17F: "s", 0x131: "i", 0x307: None}  # what `re` takes for s and i, and what `lower` makes of a Turkish I
# an escape, a class, a bracket or anything else: enough to see which bars stand outside of brackets
_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


def any_of(*parts: str) -> re.Pattern[str]:
    """The pattern of all alternatives in their order, in any case. Those in a row that begin with an edge of a word, or
    with the beginning of the text, are tried only there, which most places of a text are not."""
    runs = groupby(alternatives("|".join(parts)), key=lambda a: next((p for p in _PLACES if a.startswith(p)), ""))
    return re.compile("|".join(_only_at(place, list(run)) for place, run in runs), re.IGNORECASE)


def _only_at(place: str, run: list[str]) -> str:
    return f"{place}(?:{'|'.join(_by_letter([a.removeprefix(place) for a in run]))})" if place else "|".join(run)


def _by_letter(run: Sequence[str]) -> Iterator[str]:
    """Those that begin with the same letter as one: of different letters no two match at one place, so that their order
    tells nothing."""
    for plain, part in groupby(run, key=lambda a: bool(_LETTER.match(a))):
        letters: dict[str, list[str]] = {}
        for a in part if plain else ():
            letters.setdefault(a[0].lower(), []).append(a[1:])
        yield from (f"{letter}(?:{'|'.join(rest)})" for letter, rest in letters.items()) if plain else part


def alternatives(pattern: str) -> Iterator[str]:
    """The parts of a pattern between the bars that stand in no bracket."""
    depth, start = 0, 0
    for m in _PART.finditer(pattern):
        depth += (m[0] == "(") - (m[0] == ")")
        if m[0] == "|" and not depth:
            yield pattern[start : m.start()]
            start = m.end()
    yield pattern[start:]


def has(text: str, words: Iterable[str]) -> bool:
    """True when one of the words, in lower case, stands in the text as a pattern in any case sees it."""
    low = text.lower()
    if not low.isascii():
        low = low.translate(_ALIKE)
    return any(w in low for w in words)


def remembered(find: Callable[[str], T]) -> Callable[[str], T]:
    """`find`, a pure function, asked once about texts that are asked about again soon."""
    kept = lru_cache(maxsize=2048)(find)

    @wraps(find)
    def found(text: str) -> T:
        return kept(text) if len(text) <= LONGEST else find(text)

    return found
