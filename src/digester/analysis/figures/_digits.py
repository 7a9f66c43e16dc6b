"""Numbers printed in digits: separators, decimals, powers of ten, fractions.

Separators group three digits (commas, underscores, TeX's `{,}`, spaces), or two and three as India does. A
comma before one or two digits is a decimal comma, unless it stands in a list (`22,24,26`) or in brackets
(`[1,3]`). Digits that break the grouping are numbers of their own (`1, 234`, `423 0000`).
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext

from digester.analysis.figures._model import Numeral

_NUMERAL = re.compile(
    r"(?P<grouped>\d{1,3}+(?:(?P<by>,|_|\{,\}|\\,)\d{3}(?:(?P=by)\d{3}){0,10}+|(?:,\d\d){1,6},\d{3})(?!\d|,\d)(?:\.\d++(?!\.\d))?)"
    r"|(?P<spaced>(?<!\d )\d{1,3}(?: \d{3}){1,6}+(?! ?\d)(?:\.\d++)?(?![./,]?\d))"
    r"|(?P<european>\d{1,3}(?:\.\d{3}){1,6},\d{1,2}(?!\d|,\d))"
    r"|(?P<comma>(?<![\[({,])\d{1,9}+,\d{1,2}(?![\d%\])},]|\.\d|-?[A-Za-z]))"
    r"|(?P<plain>\d++(?:\.\d++)?|\.\d++)"
)
_POWER = re.compile(
    r" ?\$?(?:[x×*·]|\\times|\\cdot) ?10(?: ?\^ ?\{?(?P<sign>[-+\u2212\u2013]?)(?P<power>\d{1,3})(?!\d)\}?|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?P<flat>[-+\u2212\u2013]\d{1,2})(?!\d))"
)
_OF_BASE = re.compile(
    r"\^\{?(?P<sign>[-+\u2212\u2013]{0,2})(?P<power>\d{1,3})(?![\d.])\}?|(?P<raised>(?<=10)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
)
_E_NOTATION = re.compile(r"[eE](?P<sign>[-+\u2212\u2013]?)(?P<power>\d{1,3})(?!\w|\.\d)")
_FRACTION = re.compile(r"(?:/| / )(?P<below>\d{1,9})(?![\d/]|[.,-]\d)")
_MIXED = re.compile(r" {1,2}(?P<above>\d{1,4})/(?P<below>\d{1,4})(?![\d/]|[.,]\d)")
_LONGEST = 27  # digits; what is longer is no number that a text speaks of
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻\u2212\u2013", "0123456789+---")
SIGNS = {  # signs that are a whole fraction
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6),
    "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip


def plain(text: str, pos: int) -> Numeral | None:
    """The digits at `pos` with their separators and decimals, nothing behind them."""
    m = _NUMERAL.match(text, pos)
    bare = _bare(m) if m else ""
    if m is None or len(bare) > _LONGEST:
        return None
    places = len(bare.partition(".")[2])
    return Numeral(Decimal(bare), Decimal(1).scaleb(-places), pos, m.end())


def _bare(m: re.Match[str]) -> str:
    """The digits with a point for the decimals, no separators."""
    if m.lastgroup == "european":
        return m[0].replace(".", "").replace(",", ".")
    if m.lastgroup == "comma":
        return m[0].replace(",", ".")
    return re.sub(r"[^\d.]", "", m[0])


def read(text: str, pos: int) -> Numeral | None:
    """The number at `pos` with the power or the fraction it is part of."""
    if text[pos] in SIGNS:
        return _ratio(*SIGNS[text[pos]], pos, pos + 1)
    number = plain(text, pos)
    if number is None:
        return None
    return _scientific(text, number) or _power(text, number) or _fraction(text, number) or number


def _scientific(text: str, number: Numeral) -> Numeral | None:
    m = _E_NOTATION.match(text, number.end) or _POWER.match(text, number.end)
    if m is None:
        return None
    power = int(_exponent(m))
    return Numeral(number.value.scaleb(power), number.step.scaleb(power), number.start, m.end())


def _exponent(m: re.Match[str]) -> str:
    parts = m.groupdict()
    digits = parts.get("raised") or parts.get("flat") or f"{parts['sign']}{parts['power']}"
    return digits.translate(_SUPERSCRIPT).replace("--", "").replace("+-", "-").replace("-+", "-")


def _power(text: str, number: Numeral) -> Numeral | None:
    """`10^6`, `2^-1`: the value; its step is the power itself where the base is ten, else 1 or the value."""
    m = _OF_BASE.match(text, number.end)
    if m is None:
        return None
    try:
        with localcontext() as context:
            context.prec = 30
            value = number.value ** int(_exponent(m))
    except (InvalidOperation, ArithmeticError):
        return None
    return Numeral(value, min(value, Decimal(1)) if number.value != 10 else value, number.start, m.end())


def _fraction(text: str, number: Numeral) -> Numeral | None:
    if number.step != 1:
        return None
    if mixed := _MIXED.match(text, number.end):
        part = _ratio(int(mixed["above"]), int(mixed["below"]), number.start, mixed.end())
        return part and Numeral(number.value + part.value, part.step, number.start, part.end)
    if text[number.end : number.end + 1] in SIGNS and number.end < len(text):
        part = _ratio(*SIGNS[text[number.end]], number.start, number.end + 1)
        return part and Numeral(number.value + part.value, part.step, number.start, part.end)
    if (m := _FRACTION.match(text, number.end)) and text[number.start - 1 : number.start] != "/":
        return _ratio(int(number.value), int(m["below"]), number.start, m.end())
    return None


def _ratio(above: int, below: int, start: int, end: int) -> Numeral | None:
    return Numeral(Decimal(above) / below, Decimal(1) / below, start, end) if below else None
