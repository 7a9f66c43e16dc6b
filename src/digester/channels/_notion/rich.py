"""Text as Notion's rich text: pieces of text, links and formulas within the limits of a request.

Limits are those of developers.notion.com, Request limits: 2,000 characters in a text and in an address, 1,000 in an
equation, 100 pieces in an array. Characters are counted as UTF-16 does, the larger of the two counts that a service in
JavaScript may mean. Text is never markup in Notion: nothing in it can become a link or a heading, so it needs no escapes,
only one line without what hides or turns text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from digester.domain.cut import cut, line
from digester.domain.urls import http_url

TEXT = 2_000
ADDRESS = 2_000
EQUATION = 1_000
PIECES = 100
FORMULAS = 40  # in one text; what follows them stays as it was written
LONG = 4_000  # code points of a sentence; what is longer is no sentence
_HOST_AND_REST = re.compile(r"(?is)(https?://[^/?#]*)(.*)")
_NOT_IN_ADDRESS = re.compile(r"""[^!-~]|["<>\\^`{|}]""")
_FORMULA = re.compile(
    r"\$\$(?P<block>[^$]{1,1000})\$\$|\\\[(?P<square>.{1,1000}?)\\\]|\\\((?P<round>.{1,1000}?)\\\)"
    r"|(?<![\\$])\$(?![\s$])(?P<line>[^$]{1,1000})(?<![\s\\])\$(?![\d$])"
)
_TEX = re.compile(r"[\\_^{]")  # without one of these `$5 to $10` is money


@dataclass(frozen=True)
class Piece:
    """A run of text in one style, or a formula: in the line, or a block of its own where there is room for one."""

    content: str
    url: str = ""
    bold: bool = False
    italic: bool = False
    formula: Literal["", "line", "block"] = ""

    def json(self) -> dict[str, Any]:
        if self.formula:
            return {"type": "equation", "equation": {"expression": self.content}}
        text: dict[str, Any] = {"content": self.content}
        if self.url:
            text["link"] = {"url": self.url}
        marks = {"bold": self.bold, "italic": self.italic}
        on = {name: True for name, there in marks.items() if there}
        return {"type": "text", "text": text} | ({"annotations": on} if on else {})


def rich(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    return [piece.json() for piece in fitted(pieces)]


def told(content: str, url: str = "", limit: int = LONG, *, bold: bool = False, italic: bool = False) -> list[Piece]:
    """A value of the record: one clean line, cut at a boundary, its formulas as equations; a link where `url` is one."""
    clean, to = cut(line(_bounded(content, limit)), limit), address(url) if url else ""
    made: list[Piece] = []
    place = 0
    for found in islice(_FORMULA.finditer(clean), FORMULAS):
        name = found.lastgroup or "line"
        if (formula := _formula(name, found[name].strip())) is not None:
            made += plain(clean[place : found.start()], to, bold=bold, italic=italic)
            made.append(formula)
            place = found.end()
    return [*made, *plain(clean[place:], to, bold=bold, italic=italic)]


def plain(content: str, url: str = "", *, bold: bool = False, italic: bool = False) -> list[Piece]:
    """Text as it stands, in pieces that are short enough."""
    return [Piece(part, url, bold, italic) for part in _parts(content)]


def address(url: str) -> str:
    """The address if Notion takes it as a link: http(s), in ASCII behind the host, short enough; else nothing."""
    found = _HOST_AND_REST.fullmatch(http_url(url) or "")
    if not found:
        return ""
    clean = found[1] + _NOT_IN_ADDRESS.sub(_percent, found[2])
    return clean if units(clean) <= ADDRESS else ""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def short(text: str, limit: int) -> str:
    """A value as one line of at most `limit` characters of Notion's, cut at the end of a sentence or a word."""
    clean = line(_bounded(text, limit))
    made = cut(clean, limit)
    while units(made) > limit:
        made = cut(clean, max(len(made) - (units(made) - limit), 1))
    return made


def fitted(pieces: Sequence[Piece]) -> list[Piece]:
    """At most as many pieces as an array holds; where there are more, their styles and links go before their words."""
    there = [piece for piece in pieces if piece.content]
    if len(there) <= PIECES:
        return there
    return plain("".join(f"${p.content}$" if p.formula else p.content for p in there))[:PIECES]


def groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces in arrays that Notion takes."""
    there = [piece for piece in pieces if piece.content]
    for start in range(0, len(there), PIECES):
        yield there[start : start + PIECES]


def _bounded(text: str, limit: int) -> str:
    """A text of any length, as much of it as can matter: a megabyte is not cleaned to be thrown away."""
    return text if len(text) <= 4 * limit else f"{text[: 4 * limit]}…"


def _formula(name: str, tex: str) -> Piece | None:
    if not tex or units(tex) > EQUATION or (name == "line" and not _TEX.search(tex)):
        return None
    return Piece(tex, formula="block" if name in ("block", "square") else "line")


def _parts(text: str) -> Iterator[str]:
    """The text in parts of at most 2,000 characters, parted behind a space where there is one."""
    while units(text) > TEXT:
        head = text[:TEXT]
        while units(head) > TEXT:
            head = head[: len(head) - max((units(head) - TEXT) // 2, 1)]
        space = head.rfind(" ") + 1
        place = space if space > len(head) // 2 else len(head)
        yield text[:place]
        text = text[place:]
    if text:
        yield text


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in found[0].encode("utf-8", "replace"))


Cell = Sequence[Piece]
