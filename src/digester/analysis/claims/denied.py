"""Figures that their sentence takes back: what did not happen, and a change that itself became smaller.

`without hurting GMV by more than 0.1%`, `fails to raise CTR by 1%` and `neither a drop nor 1% of latency` report no change
of that size; `the drop in CTR shrinks by 40%` is 40% of a drop and no figure of CTR.
"""

from __future__ import annotations

import re

from digester.analysis.claims.reading import Reading
from digester.analysis.claims.rules import Bound

_REACH = 160  # characters in front of a figure
_ON = r"(?:(?!\b(?:and|but|while|yet|whereas)\b)[^,;:()])"
_NOT_SO = re.compile(
    rf"\b(?:without (?:\w{{2,15}}ly )?\w{{2,15}}ing|never|neither|nor|fail(?:s|ed|ing)? to|"
    rf"(?:do|does|did|has|have|could|can|would)(?: not|n't)(?! only))\b{_ON}{{0,80}}\Z",
    re.IGNORECASE,
)
_SMALLER = re.compile(
    rf"\b(?:drop|decline|decrease|loss|reduction|fall|dip|degradation)s? (?:in|of) {_ON}{{1,50}}\b"
    r"(?:slow|shr[aiu]nk|narrow|halv|reced|moderat|lessen|weaken|soften|(?:is|are|was|were) (?:reduced|cut|mitigated|lowered))\w{0,5}\b[^,;:()]{0,20}\Z",
    re.IGNORECASE,
)


def is_denied(r: Reading, b: Bound) -> bool:
    """True for a figure of a change that the words in front of it deny; one with a sign of its own is told all the same."""
    before = r.text[max(0, b.quantity.start - _REACH) : b.quantity.start]
    return not b.quantity.sign and bool(_NOT_SO.search(before) or _SMALLER.search(before))
