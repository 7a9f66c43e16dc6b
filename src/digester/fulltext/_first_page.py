"""The author block of a printed paper: what stands above its abstract.

Where marks tie names to organisations the block is read as LaTeXML's are (`_authors`), from the first line
that has one: above it is the title. Elsewhere print tells a name from an organisation by its place only,
so what is taken is a line that names an organisation by a word for one, or as the mail address below it
does; the author of such a row is left empty, because a guess would be a false statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from digester.domain.model import Affiliation
from digester.domain.text import plain
from digester.fulltext import _authors
from digester.fulltext._pages import Line
from digester.fulltext._raised import OPEN

MAX_LINES = 120
_WORD_FOR_ONE = re.compile(
    r"universit|institut|college|\bschool\b|academy|laborator|\blabs?\b|\bresearch\b|polytechn|hochschule|école|"
    r"\b(?:inc|corp|ltd|llc|gmbh|co\.|technologies|department|group)\b|大学|学院|研究|公司|集团",
    re.IGNORECASE,
)
_HOST = re.compile(r"@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})")


def author_block(lines: list[Line]) -> tuple[Affiliation, ...]:
    """One row an author and organisation, or an organisation; empty where the page names none."""
    lines = lines[:MAX_LINES]
    first = next((n for n, line in enumerate(lines) if re.search(rf"[^\W\d_]\W?{OPEN}", line.text)), None)
    marked = () if first is None else _authors.of_lines([line.text for line in lines[first:]])
    return marked or tuple(dict.fromkeys(_organisations(_below_title(lines))))


def _below_title(lines: list[Line]) -> list[str]:
    """The lines that are not in the largest letters."""
    largest = max((line.style[1] for line in lines), default=0.0)
    return [plain(line.text) for line in lines if line.style[1] < largest]


def _organisations(texts: list[str]) -> Iterator[Affiliation]:
    for text, below in pairwise([*texts, ""]):
        if "@" not in text and len(text) < 200 and (_WORD_FOR_ONE.search(text) or _in_address(text, below)):
            yield Affiliation("", text)


def _in_address(text: str, below: str) -> bool:
    """True when a mail address of the next line is at a host that carries a word of the text."""
    words = re.findall(r"[a-z]{4,}", text.casefold())
    return any(word in host.casefold() for host in _HOST.findall(below) for word in words)
