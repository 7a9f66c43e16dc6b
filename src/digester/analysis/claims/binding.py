"""Which measure a figure is a figure of, and its direction: rules over the kinds of a sentence.

In this order, for a figure F and noun phrases NP:

    list     two or more figures in one enumeration take as many NPs, behind or before it, in order, or share one
    behind   F rise in NP | F NP rise | F more NP | F in NP | F NP
    before   rise in NP of F | raises NP by F | NP rises by F | NP rise of F | NP (F) | NP F
    again    `a further F gain`: the measure of the figure before

A figure that no rule places is no claim.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digester.analysis import metrics
from digester.analysis.claims import lists, singles
from digester.analysis.claims.reading import Reading
from digester.analysis.claims.rules import Bound, is_cause
from digester.analysis.metrics import Metric

_LISTED_PLACE = re.compile(r"\),? (?:and )?(?:the )?[\w'/-]{2,30}(?: [\w'/-]{2,30}){0,2} \(")
_JOINED = re.compile(r"C{1,2}[DA]{0,3}")


def bound(reading: Reading, earlier: Metric | None) -> list[Bound]:
    """The figures of a sentence that have a measure; `earlier` is the last one of the sentence before."""
    found: list[Bound] = []
    for run in lists.runs(reading):
        if len(run) > 1:
            found += lists.of(reading, run)
        elif two := lists.both(reading, run[0]):
            found += two
        elif (b := singles.of(reading, run[0], found[-1] if found else None, earlier)) is not None:
            found.append(b)
    fitting = [b for b in _one_noun_for_all(reading, found) if _fits(b) and not is_cause(reading, b)]
    return _without_places(reading, fitting)


def _without_places(r: Reading, found: list[Bound]) -> list[Bound]:
    """`in Japan (+2.1%), Korea (+1.4%)`: where the first of such a list is of no measure, the others are none either."""
    bound_to = {b.quantity.start: b for b in found}
    dropped, before = set(), None
    for q in sorted(r.quantities.values(), key=lambda q: q.start):
        b = bound_to.get(q.start)
        if before and b and b.metric.family == "other" and _LISTED_PLACE.fullmatch(r.text, before.end, q.start):
            loose = before.start not in bound_to or before.start in dropped
            dropped |= {q.start} if loose else set()
        before = q
    return [b for b in found if b.quantity.start not in dropped]


def _one_noun_for_all(r: Reading, found: list[Bound]) -> list[Bound]:
    """`3.1% CTR and 4.2% GMV gains`: the noun of direction at the end is that of both."""
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        token = next(n for n, q in r.quantities.items() if q is following.quantity)
        joined = this.behind and following.behind and _JOINED.fullmatch(r.kinds[this.last : token])
        if joined and not this.sign and not following.quantity.sign and r.kinds[following.last - 1] == "N":
            lower = metrics.LOWER_IS_BETTER.search(this.metric.name)
            found[i] = replace(this, sign="" if lower else following.sign)
    return found


def _fits(b: Bound) -> bool:
    """Milliseconds measure latency and nothing else; what no table knows is measured in percent."""
    if b.metric.family == "other" and b.quantity.unit not in ("%", "pp"):
        return False
    return b.quantity.unit != "ms" or bool(re.search(r"latency|time", b.metric.name, re.IGNORECASE))
