"""Themes are remembered: has a theme of this issue been one before, how often, and without a break?

Two themes are the same when they have one name, when the words of their names overlap strongly, or when works of this
one refer to several works of the other (follow-ups). Two subjects of the field with different names are two themes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digester.analysis.phrases import SUBJECTS, fold

WORDS = 0.6  # Jaccard of the folded words of two names from which they name one theme
FOLLOW_UPS = 2  # references to works of the earlier theme that make one its successor
_SUBJECTS = frozenset(fold(name) for name, _ in SUBJECTS)


@dataclass(frozen=True)
class EarlierTheme:
    """A theme of an earlier issue. `ago` counts periods: 1 is the issue just before; `refs` are its works."""

    id: str
    name: str
    period: str
    ago: int
    refs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Continuity:
    """`previous_id`: the latest issue's same theme, "" for a new one. `weeks`: issues in a row that have it, this one
    counted; `since`: the period of the first of them, "" when the row is this issue alone. `before`: how many of the
    earlier issues had it, in a row or not."""

    previous_id: str = ""
    weeks: int = 1
    since: str = ""
    before: int = 0


def continued(name: str, members_refs: Collection[str], earlier: Sequence[EarlierTheme]) -> Continuity:
    """What came before a theme of this name, whose works refer to `members_refs`."""
    latest = {e.ago: e for e in sorted(earlier, key=lambda e: e.id, reverse=True) if _same(name, members_refs, e)}
    exact = {e.ago: e for e in sorted(earlier, key=lambda e: e.id, reverse=True) if fold(e.name) == fold(name)}
    found = latest | exact  # of several in one issue the one of the same name
    if not found:
        return Continuity()
    weeks = 1
    while weeks in found:
        weeks += 1
    since = found[weeks - 1].period if weeks > 1 else ""
    return Continuity(found[min(found)].id, weeks, since, len(found))


def _same(name: str, refs: Collection[str], e: EarlierTheme) -> bool:
    mine, theirs = fold(name), fold(e.name)
    if mine == theirs:
        return True
    if not {mine, theirs} <= _SUBJECTS:
        a, b = set(mine.split()), set(theirs.split())
        if len(a & b) >= WORDS * len(a | b):
            return True
    return len(e.refs & frozenset(refs)) >= FOLLOW_UPS
