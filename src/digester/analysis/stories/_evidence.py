"""How likely two long texts tell one story, and what makes announcements of their own of two headlines.

Words, names, amounts and days in common are weighed by a logistic model. Another version or quarter or day, or a turn
("cancels") that the other text does not tell, speaks against it, however alike the words are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from digester.analysis.stories._settings import Settings
from digester.analysis.stories._telling import Telling


def likelihood(a: Telling, b: Telling, settings: Settings) -> float:
    """0..1 that both tell one story; 0 below `settings.slight`."""
    odds = settings.long["bias"] + sum(settings.long[name] * value for name, value in of_texts(a, b).items())
    chance = 1.0 / (1.0 + math.exp(-max(min(odds, 50.0), -50.0)))
    return chance if chance >= settings.slight else 0.0


def of_texts(a: Telling, b: Telling) -> dict[str, float]:
    """Evidence of long texts, by the names of the weights; cosines, shares and yes or no as 1 or 0."""
    words, names = dot(a.words, b.words), dot(a.names, b.names)
    if not a.cased and not b.cased:  # no names to be seen: the words hold them
        names = max(names, words)
    gaps = _lacking(a.main, b), _lacking(b.main, a)
    same = bool(a.days & b.days)
    return {
        "words": words,
        "names": names,
        "amounts": dot(a.amounts, b.amounts),
        "covered": min(_covered(a, b), _covered(b, a)),
        "same_main": float(a.main[:1] == b.main[:1] != ()),
        "other_main": min(gaps),
        "more_main": max(gaps),
        "same_days": float(same),
        "other_days": float(bool(a.days) and bool(b.days) and not same),
    }


def against(a: Telling, b: Telling) -> Iterator[tuple[str, float]]:
    """What makes two announcements of two headlines, 0..1 each."""
    yield "turn", float(_lacks(b, a.head_turns) or _lacks(a, b.head_turns))
    yield "edition", float(_differs(a, b) or _differs(b, a))
    yield "day", float(_other_dates(a.head_days, b.days) or _other_dates(b.head_days, a.days))
    gap = min(_unknown(a, b), _unknown(b, a))
    yield "names", gap
    yield "strangers", float(gap > 0.99 and not a.head_names.keys() & b.head_names.keys())


def _lacking(main: tuple[str, ...], other: Telling) -> float:
    """Share of the main names of a text that the other lacks."""
    return len([n for n in main if not _has(other, n)]) / (len(main) or 1)


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[t] for t, v in a.items() if t in b)


def _covered(a: Telling, b: Telling) -> float:
    """Share of the headline of `a` that `b` tells."""
    words = b.words
    return sum([v for t, v in a.head.items() if t in words]) / a.head_sum


def _has(other: Telling, name: str) -> bool:
    """Also in another form: Aldovian for Aldovia."""
    return name in other.names or name in other.words or (len(name) >= 5 and name[:5] in other.stems)


def _unknown(a: Telling, b: Telling) -> float:
    """The share, by rarity, of the names in the headline of `a` that `b` does not tell in any form."""
    lacking = sum(v for name, v in a.head_names.items() if not _has(b, name))
    return lacking / (sum(a.head_names.values()) or 1.0)


def _lacks(text: Telling, turns: frozenset[str]) -> bool:
    return bool(turns) and not turns <= text.turns


def _differs(a: Telling, b: Telling) -> bool:
    """The headline of `a` names one of a series of which `b` names others and not this one."""
    for what, which in a.head_editions:
        theirs = {v for w, v in b.editions if w == what or (what == "version" and w not in ("quarter", "#"))}
        theirs |= {v for w, v in b.head_editions if w == "version"}
        if theirs and which not in theirs:
            return True
    return False


def _other_dates(head: frozenset[str], other: frozenset[str]) -> bool:
    """The headline names a year or a day, and the other text names others and not this one."""
    if not head or not other:
        return False
    for day in (False, True):
        mine, theirs = {d for d in head if ("-" in d) == day}, {d for d in other if ("-" in d) == day}
        if mine and theirs and not mine & theirs:
            return True
    return False
