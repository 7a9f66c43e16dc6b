"""Ranges: two neighbouring figures that a dash, "to" or 至 joins are the low and the high end of one.

The low end takes unit and scale of the high one where it prints none itself (`$8-10B`, `3 至 5 万`), the high end
the currency of the low one. The ends are marked where the low one is the lower; `from 3% to 5%` tells two levels
and is no range, "ranging from" is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from digester.analysis.figures._model import ONE, Figure

_JOINT = re.compile(r"\$? ?(?:[-\u2013\u2212~∼]|--|- to|to|through|到|至|\\sim|\$\\sim\$) ?\$?", re.IGNORECASE)
_AND = re.compile(r" ?(?:and|和|与) ?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|介于|在) ?\Z", re.IGNORECASE)
_FROM = re.compile(
    r"(?<!ranging )(?<!ranges )(?<!range )(?<!ranged )(?<!varying )(?<![A-Za-z])from \Z|从 ?\Z", re.IGNORECASE
)


def joined(text: str, found: Sequence[tuple[Figure, Decimal]]) -> tuple[Figure, ...]:
    """The figures with the ends of ranges marked; each comes with the scale that its text prints."""
    figures = [figure for figure, _ in found]
    for i in range(len(found) - 1):
        low, high = figures[i], figures[i + 1]
        if low.kind == high.kind == "quantity" and _is_joined(text, low, high):
            figures[i], figures[i + 1] = _ends(text, low, high, found[i][1], found[i + 1][1])
    return tuple(figures)


def _is_joined(text: str, low: Figure, high: Figure) -> bool:
    if high.start - low.end > 9 or high.sign == "+" or low.end_of_range:
        return False
    between = text[low.end : high.start]
    if _JOINT.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between) and _BETWEEN.search(text, max(0, low.start - 8), low.start))


def _ends(text: str, low: Figure, high: Figure, low_scale: Decimal, high_scale: Decimal) -> tuple[Figure, Figure]:
    if low.unit and high.unit and low.unit != high.unit:
        return low, high
    if low_scale == ONE and high_scale > ONE and low.value < high.value / high_scale:
        low = replace(low, value=low.value * high_scale, step=low.step * high_scale)
    unit = low.unit or high.unit
    if not high.unit and low.unit and not _is_currency(low.unit):
        return low, high
    low, high = replace(low, unit=unit), replace(high, unit=unit, hedge=high.hedge or low.hedge)
    if low.value >= high.value or _FROM.search(text, max(0, low.start - 14), low.start):
        return low, high
    return replace(low, end_of_range="low"), replace(high, end_of_range="high")


def _is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()
