"""Figures in text: quantities with unit, sign and hedge at exact positions, and the numbers a text holds.

`quantities` finds what can become a claim (percent, percentage points, multiples, durations);
`numbers` the normalised set by which the gate asks whether a printed number stands in a source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digester.analysis.figures._model import Sign

_DASH = "\\-\u2010\u2011\u2012\u2013\u2212"
_QUANTITY = re.compile(
    rf"(?<![A-Za-z\d_.,])(?P<sign>[+{_DASH}±])?\s?(?P<value>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<unit>%|％|percentage points?|percent\b|per cent\b|pp\b|个百分点|×|x\b|X\b|times\b|-fold\b|fold\b|倍|ms\b|milliseconds?\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HEDGE_BEFORE = re.compile(
    r"(?<![A-Za-z])(up to|as much as|at most|no more than|not more than|over|more than|above|at least|no less than|not less than|less than|fewer than|under|below|within|nearly|almost|about|around|approximately|roughly|"
    r"an average of|on average|averaging|最高|至多|不超过|超过|不到|低于|约|近|平均|至少)\s*(?:an?\s|the\s)?$",
    re.IGNORECASE,
)
_NOT_SIGNIFICANT = re.compile(
    r"not (?:statistically )?significant|non-?significant|insignificant|no significant|(?:did|does|do) not (?:significantly )?(?:change|differ)(?! (?:the|our|its)\b)|statistically neutral|不显著",
    re.IGNORECASE,
)
_UNITS = {
    "％": "%",
    "percent": "%",
    "per cent": "%",
    "pp": "pp",
    "个百分点": "pp",
    "×": "x",
    "times": "x",
    "-fold": "x",
    "fold": "x",
    "倍": "x",
}


@dataclass(frozen=True)
class Quantity:
    """`value` as printed (digits, separators); unit in %, pp, x, ms; [start, end) in the text."""

    value: str
    unit: str
    sign: Sign
    hedge: str | None
    start: int
    end: int

    @property
    def number(self) -> float:
        return float(self.value.replace(",", ""))


def quantities(text: str) -> list[Quantity]:
    """All quantities with a unit that claims are made of, in order."""
    found: list[Quantity] = []
    if not _DIGIT.search(text):
        return found
    for m in _QUANTITY.finditer(text):
        unit = m["unit"].lower()
        unit = "pp" if unit.startswith("percentage") else "ms" if unit.startswith("milli") else _UNITS.get(unit, unit)
        hedge = _HEDGE_BEFORE.search(text, max(0, m.start() - 24), m.start())
        sign: Sign = {"+": "+", "±": ""}.get(m["sign"] or "±", "-")  # type: ignore[assignment]
        if sign == "-" and _is_pause(text, m):
            sign = ""
        found.append(Quantity(m["value"], unit, sign, hedge[1].lower() if hedge else None, m.start(), m.end()))
    return found


def _is_pause(text: str, m: re.Match[str]) -> bool:
    """True for the dash of a range (`53-398x`, `3%-5%`, `2 - 3%`) or of an aside: a minus stands before its digit."""
    before = text[m.start() - 1 : m.start()]
    return (
        before.isdigit() or before in {"%", "％", "x", "×"} or (m["sign"] != "\u2212" and text[m.start() + 1].isspace())
    )


def not_significant(clause: str) -> bool:
    return bool(_NOT_SIGNIFICANT.search(clause))


def numbers(text: str) -> frozenset[str]:
    """Normalised numerals of a text: `1,240` and `1240` are one, `3.50` and `3.5` are one."""
    return frozenset(_normal(m) for m in _NUMBER.findall(text))


def _normal(numeral: str) -> str:
    bare = numeral.replace(",", "")
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    return bare.lstrip("0") or "0"
