r"""TeX formulas as MathML Core, or as their source: nothing active ever comes out, and nothing is left out silently.

latex2mathml knows the commands, but neither escapes its text nor refuses what it does not understand, and passes on
attributes (`\href`, `\style`). So its tree is taken apart here and written anew: elements and attributes on a list, text
escaped. What it does not know, unbalanced braces, definitions and anything too long or too deep give the source in
<code class="tex">. MathML Core: w3.org/TR/mathml-core.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from digester.domain.text import printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LONGEST, _DEEPEST = 4_000, 40  # characters; nested braces and elements
_ELEMENTS = frozenset([
    "math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom",
    "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd",
])  # fmt: skip
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_ATTRIBUTES = frozenset([
    "accent", "accentunder", "columnalign", "columnspacing", "depth", "display", "displaystyle", "fence", "form", "height",
    "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspacing", "rspace",
    "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
])  # fmt: skip
_BOLD = {"bold": (0x1D400, 0x1D41A, 0x1D7CE), "bold-italic": (0x1D468, 0x1D482, 0x1D7CE)}  # where A, a and 0 stand
_VALUE = re.compile(r"[A-Za-z0-9+.% -]{1,60}")
_ENTITY = re.compile(r"&#x([0-9A-Fa-f]{2,6});")
_COMMAND = re.compile(r"\\[A-Za-z]")
_SPLIT = re.compile(r"\\(begin|end)\{(?:aligned|gather\*?|gathered)\}")  # environments known by another name
_BEGINS = re.compile(r"\\begin\s*\{([^{}]*)\}")
_ENVIRONMENTS = frozenset([
    "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "matrix*", "pmatrix*", "bmatrix*", "Bmatrix*", "vmatrix*",
    "Vmatrix*", "smallmatrix", "array", "cases", "substack", "split", "align", "align*", "equation", "equation*",
])  # fmt: skip
_DEFINES = re.compile(
    r"\\(?:def|edef|gdef|xdef|let|newcommand|renewcommand|providecommand|newenvironment|require)(?![A-Za-z])"
)


def mathml(tex: str, block: bool = False) -> str:
    """`<math>` for a formula that is understood, else its source as code. Safe to stand in HTML as it is."""
    tex = printable(tex).replace("\r", " ")
    known = _SPLIT.sub(r"\\\1{split}", tex)
    tree = _tree(known, block) if _sound(known) else None
    written = _written(tree, 0) if tree is not None and _understood(tree) else ""
    return written or f'<code class="tex">{html.escape(tex.strip())}</code>'


def _sound(tex: str) -> bool:
    """Whether it may be parsed at all: short, known environments, no definitions, braces in pairs."""
    if len(tex) > _LONGEST or _DEFINES.search(tex) or not _ENVIRONMENTS.issuperset(_BEGINS.findall(tex)):
        return False
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", tex):
        depth += 1 if brace == "{" else -1
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


def _tree(tex: str, block: bool) -> Element | None:
    from latex2mathml.converter import Converter

    try:
        return Converter(display="block" if block else "inline").convert_to_element(tex)
    except Exception:  # noqa: BLE001 -- its own errors, StopIteration, KeyError and others: all say "not understood"
        return None


def _understood(tree: Element) -> bool:
    """There is something to see, and no command, column or line end of an environment that is not known."""
    texts = [element.text or "" for element in tree.iter()]
    broken = any(e.get("linebreak") or (e.tag == "mi" and e.text == "&") for e in tree.iter())
    return not broken and any(text.strip() for text in texts) and not any(_COMMAND.search(text) for text in texts)


def _written(element: Element, depth: int) -> str:
    """The element as HTML, "" for one that is too deep, lacks a part, or that no browser knows (then the source is shown)."""
    if depth > 3 * _DEEPEST or element.tag not in _ELEMENTS or len(element) != _PARTS.get(element.tag, len(element)):
        return ""
    inside = _text(element)
    for child in element:
        if not (made := _written(child, depth + 1)):
            return ""
        inside += made
    kept = "".join(f' {name}="{value}"' for name, value in sorted(element.attrib.items()) if _kept(name, value))
    return f"<{element.tag}{kept}>{inside}</{element.tag}>"


def _kept(name: str, value: str) -> bool:
    core = name in _ATTRIBUTES and (name != "mathvariant" or value == "normal")
    return core and _VALUE.fullmatch(value) is not None


def _text(element: Element) -> str:
    """Its text, with the library's entities as characters, escaped."""
    text = _ENTITY.sub(lambda m: chr(int(m[1], 16)) if int(m[1], 16) < 0x110000 else "", element.text or "")
    text = _bold(printable(text).replace("\r", " "), element.get("mathvariant", ""))
    return html.escape(text, quote=False)


def _bold(text: str, variant: str) -> str:
    """Bold letters as characters of their own: Core has no attribute for them (Mathematical Alphanumeric Symbols)."""
    starts = _BOLD.get(variant)
    if starts is None:
        return text
    ranges = zip(("A", "a", "0"), (26, 26, 10), starts, strict=True)
    moved = {ord(first) + n: chr(start + n) for first, count, start in ranges for n in range(count)}
    return text.translate(moved)
