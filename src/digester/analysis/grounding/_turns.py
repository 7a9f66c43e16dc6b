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

    The source must have no word of that direction at all, and one more of the other than the statement: then
    the statement did not add a second development, it turned the only one around."""
    own, other = set(statement), set(source)
    return _turned(own, other, _UP, _DOWN) or _turned(own, other, _DOWN, _UP)


def _turned(own: set[str], other: set[str], this: re.Pattern[str], that: re.Pattern[str]) -> bool:
    mine, theirs = _of(own, this), _of(other, that)
    return bool(mine) and not _of(other, this) and bool(theirs - own) and len(_of(own, that)) < len(theirs)


def _of(words: set[str], direction: re.Pattern[str]) -> set[str]:
    return {w for w in words if direction.match(w)}
