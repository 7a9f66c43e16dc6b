"""TeX in titles and sentences as Unicode, for mail and plain text (pages have MathML, _mathml.py).

`unicode` converts `$...$`, `$$...$$`, `\\(...\\)` and `\\[...\\]` that hold a backslash, a script or a brace, so that
"$5 to $10" stays money; and the TeX that abstracts keep without dollars: `\\mathbb{R}^{2k}`, `O(n^2)`. pylatexenc knows
the signs. What it does not know, and whatever would only be guessed, stays as it was written: a formula is a figure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_LONGEST = 400  # of a span, in code points; longer ones are no formula for a line of text
_DEEPEST = 12
_PASSES = 12

_ARG = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,80}\}){0,80}\}){0,80}\}"
_DELIMITED = re.compile(
    rf"\$\$(?P<block>[^$]{{1,{_LONGEST}}})\$\$"
    rf"|(?<![\\$])\$(?![\s$])(?P<line>[^$\n]{{1,{_LONGEST}}})(?<![\s\\])\$(?![\d$])"
    rf"|\\\((?P<round>[^\n]{{1,{_LONGEST}}}?)\\\)|\\\[(?P<square>[^\n]{{1,{_LONGEST}}}?)\\\]"
)
_BARE = re.compile(
    rf"(?<![\w\\:/.])(?:\{{\\[A-Za-z]{{1,20}}\}}|\\[A-Za-z]{{1,20}}(?:{_ARG}){{0,3}})"
    rf"(?:[_^](?:{_ARG}|\\[A-Za-z]{{1,20}}|[A-Za-z0-9*+])){{0,2}}"
    rf"|(?<=[\w)\]])(?:[_^]{_ARG}){{1,2}}|(?<=[A-Za-z)\]])\^\d{{1,3}}(?![\w.])"
)
_SPECIAL = re.compile(r"[\\_^{]")
_NAME = re.compile(r"([A-Za-z]?)\\([A-Za-z]+)")
_PUNCTUATION = re.compile(r"\\([^A-Za-z])")
_SHOWN = re.compile(
    r"\\(?:text|textrm|textsf|textbf|textit|texttt|emph|mathrm|mathbf|mathsf|mathit|boldsymbol|bm|operatorname\*?)(\{[^{}]*\})"
)
_SIZE = re.compile(r"\\(?:left|right|bigl?|bigr|Bigl?|Bigr|displaystyle|limits|nolimits)(?![A-Za-z])\.?")
_WIDE = re.compile(r"\\wide(?=(?:hat|tilde)(?![A-Za-z]))")
_FRAC = re.compile(r"\\[dt]?frac\s*\{([^{}\\]*)\}\s*\{([^{}\\]*)\}")
_ONE = re.compile(r"\\([A-Za-z]+)\{([^{}\\]*)\}")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}\\]*)\}|([^\s\\{}]))")
_KEPT = "\ue000\ue001\ue002\ue003"  # what stands for a sign that is done with until all of the formula is
_FINAL = str.maketrans(_KEPT, "_^{}")
_SIGNS = {
    "!": "",
    **dict.fromkeys(",;: ", " "),
    **{c: c for c in "%&#$"},
    "|": "‖",
    "_": _KEPT[0],
    "{": _KEPT[2],
    "}": _KEPT[3],
}
_ACCENTS = frozenset(("hat", "tilde", "bar", "dot", "ddot", "vec", "acute", "grave", "check", "breve"))
_ALPHABETS = frozenset(("mathbb", "mathcal", "mathfrak", "mathscr"))
_ABOVE = str.maketrans("0123456789+-−=()abcdefghijklmnoprstuvwxyzT′*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ′*")
_BELOW = str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")


def unicode(text: str) -> str:
    """The text with its formulas as Unicode: `$\\alpha_i$` -> `αᵢ`, `O(n^2)` -> `O(n²)`. Never raises."""
    if not _SPECIAL.search(text):
        return text
    return _BARE.sub(_bare, _DELIMITED.sub(_delimited, text))


def _delimited(found: re.Match[str]) -> str:
    tex = found[found.lastgroup or 0]
    if not _SPECIAL.search(tex) and found["line"]:
        return found[0]
    return _converted(tex) or found[0]


def _bare(found: re.Match[str]) -> str:
    return _converted(found[0]) or found[0]


def _converted(tex: str) -> str:
    """The formula as text, "" when some of it is not known."""
    if set(tex) & {"\x00", *_KEPT}:
        return ""
    tex = _PUNCTUATION.sub(_punctuation, _SHOWN.sub(r"\1", _SIZE.sub("", _WIDE.sub(r"\\", tex))))
    for _ in range(_PASSES if _balanced(tex) else 0):
        before = tex
        tex = _ONE.sub(_one, _FRAC.sub(_fraction, _NAME.sub(_sign, tex)))
        tex = _SCRIPT.sub(_script, tex)
        if tex == before:
            return "" if "\\" in tex else " ".join(re.sub("[{}]", "", tex).translate(_FINAL).split())
    return ""


def _balanced(tex: str) -> bool:
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if not 0 <= depth <= _DEEPEST:
            return False
    return depth == 0


def _punctuation(found: re.Match[str]) -> str:
    return _SIGNS.get(found[1], found[0])


@lru_cache(maxsize=1)
def _reader() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text", strict_latex_spaces="based-on-source")


def _sign(found: re.Match[str]) -> str:
    """A sign or the name of a function; not what names files, links, notes or counters."""
    spec = _reader().latex_context.get_macro_spec(found[2])
    shown = spec.simplify_repl if spec else None
    if not isinstance(shown, str) or not shown or re.search(r"[%<\[\n\\]", shown):
        return found[0]
    return f"{found[1]} {shown}" if found[1] and shown.isascii() and shown.isalpha() else found[1] + shown


def _one(found: re.Match[str]) -> str:
    """An accent over, another alphabet of, or the root of what has become plain."""
    if found[1] not in _ACCENTS | _ALPHABETS | {"sqrt"} or (_SCRIPT.search(found[2]) and found[1] != "sqrt"):
        return found[0]
    return str(_reader().latex_to_text(found[0]))


def _fraction(found: re.Match[str]) -> str:
    return "/".join(part if re.fullmatch(r"\w+", part) else f"({part})" for part in (found[1], found[2]))


def _script(found: re.Match[str]) -> str:
    """Signs that exist raised or lowered; others stay behind their mark, in brackets when there are several."""
    inner = (found[2] if found[2] is not None else found[3]).strip()
    moved = inner.translate(_ABOVE if found[1] == "^" else _BELOW)
    if inner and all(a != b or a in "′*⋆" for a, b in zip(inner, moved, strict=True)):
        return moved
    mark = _KEPT["_^".index(found[1])]
    return mark + (inner if len(inner) == 1 or inner.isalnum() else f"({inner})")
