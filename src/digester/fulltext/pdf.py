"""PDFs, read as papers are printed: sections by their headings, the author block above the abstract.

A line is a heading when it says so plainly: a number that follows the last one, in another font than the
running text; a Roman number in capitals; or one of the few names that every paper uses. A document without
such lines is one section. Lines that stand at the same place of several pages, page numbers and the list of
references are left out; an appendix behind it is kept. Words cut at line ends are joined; whether the
hyphen was the word's own is decided by the words of the document itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from digester.domain.model import Extracted, TextSection
from digester.domain.sources import Document
from digester.domain.text import plain
from digester.fulltext import _first_page, _pages
from digester.fulltext._pages import Line, Style
from digester.fulltext._raised import CLOSE, OPEN

SHORT = 300
_ENDS = ".?!:。？！"
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+([^\W\d_].{2,90})")
_LETTERED = re.compile(r"([A-Z](?:\.\d{1,2}){0,2})\.?\s+([^\W\d_].{2,90})")
_ROMAN = re.compile(r"([IVX]{1,5})\.\s+([^\W\d_a-z][^a-z]{2,80})")
_ABSTRACT = re.compile(r"(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|摘\s?要)\s*(?:$|[—–:：.-]+\s*)", re.IGNORECASE)
_REFERENCES = frozenset(("references", "bibliography", "literature", "参考文献"))
_NAMED = _REFERENCES | {
    "introduction", "relatedwork", "conclusion", "conclusions", "discussion", "limitations", "acknowledgments",
    "acknowledgements", "acknowledgment", "acknowledgement", "appendix", "appendices", "supplementarymaterial",
    "ethicsstatement", "reproducibilitystatement", "引言", "结论",
}  # fmt: skip
_BOLD = re.compile(r"bold|medi|cmbx|sfbx|black|heavy|TB$", re.IGNORECASE)
_MARKS = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")  # never one inside another
_NOTED = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?”\"%])$")
_LEADERS = re.compile(r"(?:\.\s?){4}")  # of a table of contents
_CUT = re.compile(r"(\w{1,60})[-\u2010\u00ad]\n(\w{1,60})")


def extract(document: Document) -> Extracted:
    """Sections, author block and whole text of a PDF of at most 80 pages and a million characters (what is
    beyond is not read); `unsupported` for one that is encrypted or holds pictures of text. Raises ParseError for
    bytes that are no PDF."""
    pages = _pages.read(document.body)
    if pages is None:
        return Extracted("unsupported")
    lines = _without_furniture(pages)
    printed = "".join(line.text for line in lines)
    if not re.search(r"\w{2}", printed) or printed.count("\ufffd") * 20 > len(printed):
        return Extracted("unsupported")
    front, rest = _parted(lines, len(pages[0]))
    body = _body_style(rest)
    sections = tuple(_sections(rest, body))
    text = plain(" ".join(s.text for s in sections))
    short = len(text) < SHORT or all(s.heading == "Abstract" for s in sections)
    people = _first_page.author_block(front, _first_page.footnotes(pages[0][len(front) :], body) if front else [])
    return Extracted("too_short" if short else "ok", text, sections, people)


def _without_furniture(pages: list[list[Line]]) -> list[Line]:
    """All lines but page numbers and those that several pages begin or end with."""
    edges = Counter(key for page in pages for key in {_shape(x) for x in page[:2] + page[-2:]})
    often = 2 if len(pages) < 6 else 3
    kept: list[Line] = []
    for page in pages:
        for place, line in enumerate(page):
            edge, key = place < 2 or place >= len(page) - 2, _shape(line)
            if not (edge and (key == "#" or (len(pages) > 2 and edges[key] >= often and re.search(r"[^\W_]{3}", key)))):
                kept.append(line)
    return kept


def _shape(line: Line) -> str:
    """The line without a number that it begins or ends with."""
    return re.sub(r"^\W*\d+\b|\b\d+\W*$", "#", line.text.strip())


def _parted(lines: list[Line], first: int) -> tuple[list[Line], list[Line]]:
    """The lines above the abstract, if there is one among the `first` lines, and all others."""
    for number, line in enumerate(lines[: first + 20]):
        if _ABSTRACT.match(line.text.strip()):
            return lines[:number], lines[number:]
    return [], lines


def _body_style(lines: Iterable[Line]) -> Style:
    styles: Counter[Style] = Counter()
    for line in lines:
        styles.update(line.styles)
    return styles.most_common(1)[0][0] if styles else ("", 0.0)


# ---------------------------------------------------------------- sections
def _sections(lines: list[Line], body: Style) -> Iterator[TextSection]:
    words, headings = _words(lines), _Headings(body)
    heading, parts = "", list[str]()
    for line in lines:
        if (found := headings.find(line)) is not None:
            yield from _section(heading, parts, words)
            heading, parts = found[0], [found[1]] if found[1] else []
        elif not parts and headings.goes_on(line):
            heading = f"{heading} {plain(line.text)}"
        else:
            parts.append(_readable(line.text))
    yield from _section(heading, parts, words)


def _section(heading: str, parts: list[str], words: Counter[str]) -> Iterator[TextSection]:
    text = "" if _squashed(heading) in _REFERENCES else plain(_joined(parts, words))
    if text:
        yield TextSection(heading, text if text[-1] in _ENDS else f"{text}.")


def _words(lines: list[Line]) -> Counter[str]:
    """How often the document has each word that no line end cuts, with and without hyphens."""
    text = _CUT.sub(" ", "\n".join(_readable(line.text).strip() for line in lines)).casefold()
    return Counter(re.findall(r"\w+(?:-\w+)*", text))


def _readable(text: str) -> str:
    """Raised text as an exponent, or nothing where it is a note's mark behind a word."""
    return _MARKS.sub(lambda m: "" if _NOTED.search(text[max(0, m.start() - 3) : m.start()]) else f"^{m[1]}", text)


def _joined(parts: list[str], words: Counter[str]) -> str:
    """One text of lines; a cut word without its hyphen, unless the document has it with one or has both halves
    as words and not the whole."""

    def whole(cut: re.Match[str]) -> str:
        left, right = cut[1].casefold(), cut[2].casefold()
        own = words[f"{left}-{right}"] or (words[left] and words[right] and not words[left + right])
        keeps = own or not cut[2][0].islower() or not left[-1].isalpha() or cut.string[cut.start() - 1 :][:1] == "-"
        return f"{cut[1]}-{cut[2]}" if keeps else cut[1] + cut[2]

    return _CUT.sub(whole, "\n".join(part.strip() for part in parts))


def _squashed(text: str) -> str:
    return re.sub(r"[\s.:]", "", text).casefold()


# ---------------------------------------------------------------- headings
class _Headings:
    """Tells headings from other lines; the last number is remembered, because the next one must follow it."""

    def __init__(self, body: Style) -> None:
        self._body, self._last = body, body
        self._number: tuple[int, ...] = (0,)
        self._roman = 0
        self._cited = False  # behind the references only an appendix begins

    def find(self, line: Line) -> tuple[str, str] | None:
        """(heading without its number, text behind it on the same line), or None for a line of text."""
        text = plain(_MARKS.sub("", line.text))
        begun = None if self._cited or self._number != (0,) else _ABSTRACT.match(text)
        title = "Abstract" if begun else self._title(text, line.style)
        if title is None:
            return None
        self._last, self._cited = line.style, _squashed(title) in _REFERENCES
        return title, text[begun.end() :] if begun else ""

    def goes_on(self, line: Line) -> bool:
        """True for a line in the font of the heading before it, where that is not the body's."""
        return line.style == self._last != self._body

    def _title(self, text: str, style: Style) -> str | None:
        if self._cited:
            return self._appendix(text, style)
        return (
            text.strip(" .:") if _squashed(text) in _NAMED else self._numbered(text, style) or self._in_capitals(text)
        )

    def _appendix(self, text: str, style: Style) -> str | None:
        found = _LETTERED.fullmatch(text) if _BOLD.search(style[0]) else None
        self._number = (0,) if found else self._number
        named = len(text) < 80 and re.match(r"(?:appendi|supplementa)", text, re.IGNORECASE)
        return found[2] if found else text.strip(" .:") if named else None

    def _numbered(self, text: str, style: Style) -> str | None:
        found = _NUMBERED.fullmatch(text)
        if found is None or style == self._body or text[-1] in ".,;" or _LEADERS.search(text):
            return None
        number = tuple(int(n) for n in found[1].split("."))
        if not _follows(self._number, number):
            return None
        self._number = number
        return found[2] if found[2].strip() and not found[2][0].islower() else None

    def _in_capitals(self, text: str) -> str | None:
        found = _ROMAN.fullmatch(text)
        if found is None or _roman(found[1]) != self._roman + 1:
            return None
        self._roman += 1
        return found[2].strip()


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """2 follows 1, 1.4 and 1.4.2; 1.1 follows 1; 1.2 follows 1.1."""
    return number == (*last, 1) or any(number == (*last[:k], last[k] + 1) for k in range(len(last)))


def _roman(number: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in number]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
