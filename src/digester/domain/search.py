"""Finding words in what issues printed: how texts and words are made alike, what a find is, and a snippet of it.

Texts and words are folded sign by sign, so that every place in a folded text is one in the text as printed. A word is
found anywhere, also inside another one: Chinese has no spaces to tell words apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

LONGEST = 240
_NEVER = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
_ALIKE = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | dict.fromkeys("\u2018\u2019", "'")
                       | dict.fromkeys("\u201c\u201d", '"'))  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A place of a frozen issue that holds all words: a pick by its number on the page, or 0 for the issue's own texts.

    `lines` are its sentences in `language`, then title and organisations; `ended` is when the issue's window ended.
    """

    issue: str
    place: int
    kind: str
    language: str
    ended: datetime
    headline: str
    url: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Snippet:
    """A piece of a text; `marks` are the [start, end) of the words found, in code points of it."""

    text: str
    marks: tuple[tuple[int, int], ...]


def cleaned(text: str) -> str:
    """The text as one line without signs that no database takes."""
    return " ".join(_NEVER.sub("", text).split())


def folded(text: str) -> str:
    """For comparison: compatibility forms, case, quotes and dashes made alike, white space folded."""
    if text.isascii():  # the same, sooner
        return " ".join(text.casefold().split())
    return _folded(text)[0]


def words_of(given: Iterable[str]) -> tuple[str, ...]:
    """The folded words to look for, each once; one with a space in it is a phrase."""
    return tuple(dict.fromkeys(word for g in given if (word := folded(cleaned(g)))))


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs the place it came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        made = " " if sign.isspace() else unicodedata.normalize("NFKC", sign).casefold().translate(_ALIKE)
        for one in made:
            if one != " " or (signs and signs[-1] != " "):
                signs.append(one)
                places.append(place)
    found = "".join(signs)
    return found.rstrip(" "), places


def snippet(lines: Sequence[str], words: Sequence[str]) -> Snippet:
    """The line that holds most of the words, the first of such, cut around the first of them when it is long."""
    if not lines:
        return Snippet("", ())
    best = max(lines, key=lambda line: sum(w in folded(line) for w in words))
    marks = _marks(best, words)
    start, end = _window(best, marks[0][0] if marks else 0)
    head, tail = "…" * (start > 0), "…" * (end < len(best))
    inside = tuple(
        (max(a, start) - start + len(head), min(b, end) - start + len(head)) for a, b in marks if a < end and b > start
    )
    return Snippet(f"{head}{best[start:end]}{tail}", inside)


def _marks(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, what overlaps joined."""
    whole, places = _folded(text)
    found: list[tuple[int, int]] = []
    for word in words:
        found += [(places[m.start()], places[m.end() - 1] + 1) for m in re.finditer(re.escape(word), whole)]
    joined: list[tuple[int, int]] = []
    for a, b in sorted(found):
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined


def _window(text: str, at: int) -> tuple[int, int]:
    """At most LONGEST code points around a place, from one word's beginning to another's end where there are."""
    if len(text) <= LONGEST:
        return 0, len(text)
    start = max(0, min(at - LONGEST // 3, len(text) - LONGEST))
    end = start + LONGEST
    if start and (space := text.find(" ", start, at)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", at + 1, end)) > at + LONGEST // 3:
        end = space
    return _between(text, start), _between(text, end)


def _between(text: str, at: int) -> int:
    """The next place that is not inside a sign: marks and joiners stay with what they stand on."""
    while 0 < at < len(text) and (unicodedata.category(text[at])[0] == "M" or "\u200d" in text[at - 1 : at + 1]):
        at += 1
    return at
