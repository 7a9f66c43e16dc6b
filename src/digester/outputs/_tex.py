"""Text that holds TeX, taken apart: prose to be escaped, formulas to be kept.

Formulas stand between dollars (`$x_i$`, `$$...$$`) or TeX's own brackets; texts of papers have lost theirs, so a run of
words with commands or scripts (`h_t = \\sigma(W x_t)`) is one too. What could be more than a formula (an address, a
command that loads or defines, a bracket without its partner) stays prose. A price is no formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digester.outputs._mathml import mathml

if TYPE_CHECKING:
    from markupsafe import Markup

LONGEST = 40  # words of a formula without dollars
_DELIMITED = re.compile(
    r"\$\$(?P<a>[^$]{1,2000})\$\$|\\\[(?P<b>[^$\[\]]{1,300})\\\]|\\\((?P<c>[^$)]{1,300})\\\)|"
    r"\$(?=\S)(?P<d>[^$]{1,500})(?<=\S)\$(?!\d)"
)
_PRICE = re.compile(r"\d{1,15}(?:[.,]\d{1,15})?[BMKk]?\s")
_SAFE = re.compile(r"[\w\s\\{}^+\-=*/().,:;|!'<>\[\]&~%×÷±≤≥≠≈→←∈∑∏√∞·…]+")
_ACTIVE = re.compile(
    r"\\(?:href|url|html|include|input|def|let|new|renew|write|class|style|cssId|require|unicode|catcode|csname|loop|"
    r"special|script|data|import|read|open)|//|www\.|(?<!\\)%",
    re.IGNORECASE,
)
_TEX = re.compile(r"\\[A-Za-z]{2,20}|[_^]\{|(?<![A-Za-z0-9])[A-Za-z0-9][_^][A-Za-z0-9]+(?![\w.])")
_OPERATOR = re.compile(r"[=+\-<>≤≥≠≈×·/|∈→]{1,3}")
_SHORT = re.compile(r"[A-Za-z]|\d{1,7}(?:\.\d{1,7})?")
_PAIRS = {")": "(", "}": "{", "]": "["}


@dataclass(frozen=True)
class Piece:
    """Prose, or the TeX of a formula without its delimiters; `source` is what stood in the text."""

    kind: Literal["text", "inline", "display"]
    text: str
    source: str


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in order; the sources joined are the text, white space aside."""
    found: list[Piece] = []
    at = 0
    for m in _DELIMITED.finditer(text):
        body = next(g for g in m.groups() if g is not None)
        if is_formula(body) and not (m["d"] and _PRICE.match(body)):
            found += _bare(text[at : m.start()])
            found.append(Piece("display" if m["a"] or m["b"] else "inline", " ".join(body.split()), m[0]))
            at = m.end()
    return (*found, *_bare(text[at:]))


def is_formula(tex: str) -> bool:
    """Whether it is TeX that shows something and does nothing else, with every bracket in its pair."""
    return bool(tex.strip() and _SAFE.fullmatch(tex)) and not _ACTIVE.search(tex) and _open(tex, "{}") == 0


def formula(tex: str) -> Markup:
    """The formula on an HTML page: MathML, else its TeX, escaped."""
    from markupsafe import Markup

    return Markup(mathml(tex))  # noqa: S704 -- written anew from a list of elements


def in_markdown(tex: str, cell: bool = False) -> str:
    """TeX between dollars that is inert for a reader of Markdown without formulas, too: no HTML, no link, and in a cell
    of a table no bar."""
    tex = tex.replace("<", r" \lt ").replace(">", r" \gt ").replace("](", "] (").replace("~~", "~ ~")
    tex = " ".join(tex.split())
    return tex.replace("|", r"\|") if cell else tex


def _open(text: str, pairs: str = "(){}[]") -> int:
    """How many brackets wait for their partner; -1 when one closes what is not open."""
    stack: list[str] = []
    for sign in re.sub(r"\\[{}\[\]()]", "", text):
        if sign not in pairs:
            continue
        if sign not in _PAIRS:
            stack.append(sign)
        elif not stack or stack.pop() != _PAIRS[sign]:
            return -1
    return len(stack)


# ------------------------------------------------------------ without dollars
def _bare(text: str) -> Iterator[Piece]:
    """Prose, and the formulas in it that have no delimiters."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    at = after = 0
    for i in range(len(words)):
        if i < after or not _TEX.search(text[slice(*words[i])]):
            continue
        span = _run(text, words, i, after)
        if span is None:
            continue
        start, end, after = span
        yield from _prose(text[at:start])
        yield Piece("inline", text[start:end], text[start:end])
        at = end
    yield from _prose(text[at:])


def _prose(text: str) -> Iterator[Piece]:
    if text:
        yield Piece("text", text, text)


def _run(text: str, words: list[tuple[int, int]], i: int, least: int) -> tuple[int, int, int] | None:
    """(start, end, next word) of the formula around word i, none of its words before `least`; None for none."""
    first, last = _left(text, words, i, least), i
    while last + 1 < len(words) and last - first < LONGEST and _goes_on(text, words, first, last):
        last += 1
    start, end = words[first][0], words[last][1]
    while text[end - 1] in ".,;:" or (text[end - 1] in ")]}" and _open(text[start:end]) < 0):
        end -= 1
    while text[start] in "([{" and _open(text[start:end]) > 0:
        start += 1
    body = text[start:end]
    good = _TEX.search(body) and is_formula(body) and _open(body) == 0 and ":\\" not in body
    return (start, end, last + 1) if good else None


def _left(text: str, words: list[tuple[int, int]], i: int, least: int) -> int:
    """The first word: `R` of `R \\in`, `y =` of `y = \\sigma`; articles and `I` are words."""
    first = i
    while first > least:
        word, nearer = text[slice(*words[first - 1])], text[slice(*words[first])]
        before = text[slice(*words[first - 2])] if first - 2 >= least else ""
        joined = _OPERATOR.fullmatch(nearer) or _OPERATOR.fullmatch(before) or (nearer[0] == "\\" and word not in "aAI")
        if not (joined if _SHORT.fullmatch(word) else _OPERATOR.fullmatch(word) and _SHORT.fullmatch(before)):
            return first
        first -= 1
    return first


def _goes_on(text: str, words: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether the next word belongs to it: a bracket is open, it is TeX or an operator with something behind it, or
    what an operator waits for."""
    here, word = text[slice(*words[last])], text[slice(*words[last + 1])]
    if _open(text[words[first][0] : words[last][1]]) > 0:
        return True
    if here[-1] in ".,;:":
        return False
    bare = word.rstrip(".,;:")
    if _OPERATOR.fullmatch(here) or re.fullmatch(r"\\[A-Za-z]{1,20}", here):
        return bool(_TEX.search(word) or _SHORT.fullmatch(bare))
    if _OPERATOR.fullmatch(word):
        return last + 2 < len(words) and bool(
            _TEX.search(text[slice(*words[last + 2])]) or _SHORT.fullmatch(text[slice(*words[last + 2])].rstrip(".,;:"))
        )
    return bool(_TEX.search(word))
