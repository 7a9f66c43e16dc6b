"""Words of rise and fall around a figure: a summary that turns one into the other keeps the number and lies."""

from __future__ import annotations

import re
from collections.abc import Iterable

_UP = re.compile(
    r"(?:increas|improv|gain|lift|uplift|rais|rise|rising|rose|boost|grow|grew|higher|highest|more\b|faster|better|best\b|larger|greater|outperform|enhanc|surpass|exceed|strong)"
)
_DOWN = re.compile(
    r"(?:decreas|reduc|loss|lose|losing|lost|drop|cut|lower|declin|wors|fewer|less\b|slower|smaller|shrink|fall|fell|degrad|deteriorat|underperform|weak|sav(?:e|es|ed|ing)\b)"
)


def opposite(statement: Iterable[str], source: Iterable[str]) -> bool:
    """True when a word of one direction stands in the statement alone, where the source has one of the other.

    Nothing else may have changed: no further word of either direction that only one of them has. Then the statement
    did not say it in other words or add a second development, it turned the only one around."""
    own, other = set(statement), set(source)
    return _turned(own, other, _UP, _DOWN) or _turned(own, other, _DOWN, _UP)


def _turned(own: set[str], other: set[str], this: re.Pattern[str], that: re.Pattern[str]) -> bool:
    added, lost = own - other, other - own
    return bool(_of(added, this) and _of(lost, that)) and not _of(added, that) and not _of(lost, this)


def _of(words: set[str], direction: re.Pattern[str]) -> set[str]:
    return {w for w in words if direction.match(w)}
