"""Text from outside becomes plain text here, once: one choke point for control characters, TeX, space.

`plain` is what is stored and quoted: all positions of Supports are code points into its result.
"""

from __future__ import annotations

import re
import unicodedata
from string import ascii_letters, digits

# Controls, bidi embeddings and isolates, zero-width marks, BOM, lone surrogates, non-characters: they
# reorder or hide text (tag characters spell whole prompts), break JSON, mail headers and databases.
# ZWJ/ZWNJ stay inside scripts that use them.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
BREAK = "\u00b6"  # in stored text: a paragraph that ends like no sentence ends here (a heading, a label of a button, a list entry)
_LAYERS = 12  # passes over nested TeX
_SPACE = re.compile(r"\s+")
_ALIKE = {ord(sign): plain for signs, plain in (
    ("\u2018\u2019\u201b`\u00b4", "'"), ("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
) for sign in signs}  # fmt: skip
_TEX_GROUP = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|superscript)?|emph|math(?:rm|bf|cal|sf|it)|underline|uline|boldsymbol|bm|mbox)\{([^{}]*)\}"
    r"|\{\\(?:bf|it|em|sc|tt|rm|sf|itshape|bfseries) ([^{}]*)\}"
)
_TEX_LINK = re.compile(r"\\(?:href|textcolor|color|colorbox)\{[^{}]*\}\{([^{}]*)\}")
_TEX_NOTE = re.compile(r"\s?\\footnote\{([^{}]*)\}")
_TEX_CITED = re.compile(r"[\s~]?\\cite[a-z]{0,8}\{[^{}]*\}")
_TEX_SIGN = re.compile(r"\\unicode\{x([0-9a-fA-F]{4})\}")
_TEX_ACCENT = re.compile(r"\\(?:'(?=\{?[aeiouyncz])|[`^\"])(?:\{[A-Za-z]\}|[A-Za-z])", re.IGNORECASE)  # but not `it\'s`
_TEX_DEGREE = re.compile(r"\^\\circ(?![a-zA-Z])|\^\{\\circ\}|\{\\deg\}|\\deg(?![a-zA-Z])")
_TEX_RAISED = re.compile(r"(?<=[A-Za-z])\$\^\{?([0-9])\}?\$")  # a name; behind a digit it is a power, which is a figure
_TEX_TIE = re.compile(  # a space that does not break; `z~N(0,1)`, `2~3`, ` ~10%` and `/~name` are none
    r"(?:(?<=[A-Za-z.,])~(?=[(\[])|(?<=[.)])~(?=[A-Za-z`])|(?<=[A-Za-z]{3})~(?=\d)|(?<=[a-z]\.)~(?=\d)|(?<=[a-z]{2})~(?=[a-z]{2}))"
)
_TEX_QUOTED = re.compile(r"``([^`']{1,200})''")
_COMBINING = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TEX_SYMBOL = {
    r"\%": "%",
    r"\&": "&",
    r"\$": "$",
    r"\_": "_",
    r"\#": "#",
    r"\{": "{",
    r"\}": "}",
    r"\,": " ",
    r"\;": " ",
    r"\ ": " ",
    r"\!": "",
    r"\times": "×",
    r"\cdot": "·",
    r"\sim": "~",
    r"\approx": "≈",
    r"\le": "≤",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\geq": "≥",
    r"\neq": "≠",
    r"\pm": "±",
    r"\infty": "∞",
    r"\ell": "ℓ",
    r"\rightarrow": "→",
    r"\Rightarrow": "⇒",
    r"\to": "→",
    r"\uparrow": "↑",
    r"\downarrow": "↓",
    r"\ldots": "…",
    r"\eg": "e.g.",
    r"\ie": "i.e.",
} | {rf"\{name}": sign for name, sign in zip(
    ["alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "theta", "kappa", "lambda", "mu", "pi", "rho", "sigma", "tau", "phi", "omega", "Delta", "Sigma", "Omega"],
    "αβγδεεθκλμπρστφωΔΣΩ", strict=True,
)}  # fmt: skip
_TEX_TOKEN = re.compile(r"\\(?:[%&$_#{},;! ]|[a-zA-Z]{2,10})")
_DOLLAR = re.compile(r"\$([^$\n]{1,120})\$")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD_CHAR = re.compile(r"[A-Za-z0-9]")
_WORD = ascii_letters + digits
_OWN_CASE = re.compile(r"[a-z]{1,12}[A-Z]")
_LETTER = re.compile(r"[A-Za-z]+")


def untex(text: str) -> str:
    """TeX of abstracts as Unicode: `1.2\\%` -> `1.2%`, `\\textbf{S}` -> `S`, `$K$` -> `K`, `\\href{u}{page}` -> `page`.

    What is not understood stays as it is: nothing is deleted from a source but markup.
    """
    if not any(mark in text for mark in ("\\", "$", "``", "~")):
        return text
    for _ in range(3):  # nesting in abstracts is never deeper
        text = _TEX_LINK.sub(r"\1", _TEX_GROUP.sub(lambda m: m[1] or m[2] or "", text))
    text = _TEX_CITED.sub("", _TEX_NOTE.sub(r" (\1)", text))
    text = _TEX_SIGN.sub(lambda m: chr(int(m[1], 16)), _TEX_ACCENT.sub(_accented, _TEX_DEGREE.sub("°", text)))
    text = _TEX_TIE.sub(" ", text)
    text = _TEX_RAISED.sub(lambda m: m[1].translate(_RAISED), text)
    text = _TEX_TOKEN.sub(lambda m: _TEX_SYMBOL.get(m[0], m[0]), text)
    return _TEX_QUOTED.sub("\u201c\\1\u201d", _DOLLAR.sub(lambda m: m[1] if _is_math(m[1]) else m[0], text))


def _accented(m: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", m[0].strip("\\{}'`^\"") + _COMBINING[m[0][1]])


def _is_math(body: str) -> bool:
    """True for `$K$`, `$\\alpha$`; false for the span between two prices: `$5 to $10`."""
    return not body[0].isspace() and not body[-1].isspace() and not re.match(r"\d{1,15}(\.\d{1,15})?[BMKk]?\s", body)


def opened(text: str) -> str:
    """With a capital in front, as a sentence begins; a name that its makers begin small (xAI, orLoom) keeps its case."""
    return text if _OWN_CASE.match(text) else text[:1].upper() + text[1:]


def printable(text: str) -> str:
    """Without controls, bidi marks, hidden signs and non-characters; line ends and tabs stay."""
    return _CONTROL.sub("", text)


def plain(text: str) -> str:
    """NFC, no control characters, white space folded, TeX markup gone. Idempotent."""
    text = _clean(text)
    for _ in range(_LAYERS):
        if (inner := _clean(untex(text))) == text:
            return text
        text = inner
    return _clean(text.replace("\\", "").replace("$", ""))  # markup made of markup: no abstract, an attack


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\x85", "\n")))
    return _SPACE.sub(" ", text).strip()


def one_line(text: str, limit: int) -> str:
    """`plain`, cut at a word or sentence end to at most `limit` code points, never mid-word."""
    text = plain(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    end = max(head.rfind(mark) for mark in (". ", "。", "! ", "? ", "！", "？"))
    if end >= limit // 2:
        return head[: end + 1].rstrip()
    cut = head.rfind(" ")
    if cut < limit // 2 and (cut <= 0 or _HAN.search(head)):  # between any two Han characters, or one giant word
        cut = len(head.rstrip(_WORD)) if _WORD_CHAR.match(text[len(head)]) else len(head)
        cut = cut or len(head)
    return head[:cut].rstrip(" ,;:，；：") + "…"


def language_of(text: str) -> str:
    """`zh` when Han characters carry the text, else `en`: a script ratio, because trained detectors
    misjudge headlines that mix both."""
    han = len(_HAN.findall(text))
    return "zh" if han >= 4 and han >= len(_LETTER.findall(text)) * 0.5 else "en"


def word_count(text: str) -> int:
    """English words plus Han characters: the measure of EDITORIAL's lengths in both languages."""
    return len(_LETTER.findall(text)) + len(_HAN.findall(text))


def fold(text: str) -> str:
    """For comparison only: NFKC, case folded, quotes, dashes and space made alike."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(text.translate(_ALIKE).split())
