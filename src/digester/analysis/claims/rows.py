"""Rows of a paper's results: `Saved searches: +2.6%.`, as the extractor tells a table of two columns.

A row says the measure in full and the direction as a sign, where prose says `searches` and `saved`. So it is read by
itself, and where the same work tells the same figure in prose, the row names it (`corrected`). A label may say where
the figure holds: `GMV per query, long queries`, `p99 latency (cache)`, `Conversions at equal spend`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digester.analysis import figures, metrics
from digester.analysis.claims import values
from digester.analysis.tokens import STOP, stem
from digester.domain.model import SCOPE_JOINT, Claim

LONGEST = 160  # characters of a row
_ROW = re.compile(r"(?P<label>[^\W_][^:;]{1,80}): (?:(?:up to|about|over|at least|at most) )?[+\u2212-]\d[^:;]{0,60}\Z")
_WHERE = re.compile(
    r"(?P<name>[^,(]{2,60}?)(?:, (?P<after>[^,()]{2,40})| \((?P<inside>[^()]{2,60})\)| (?P<equal>at (?:the same|equal) [\w -]{2,30}))\Z"
)
_WRITTEN = re.compile(r"[A-Z][a-z]+(?=[\s,]|\Z)")  # a word that only begins with a capital

Told = tuple[Claim, str]  # with the family of its measure
Row = tuple[str, str | None, figures.Quantity]  # measure, where it holds, quantity with its sign
STRENGTH = ("online_ab", "deployed", "simulated", "offline", "stated")


def of(sentence: str) -> Row | None:
    """What a row says; None for a sentence that is none."""
    if len(sentence) > LONGEST or not (m := _ROW.match(sentence)):
        return None
    found = values.of(sentence)
    if len(found) != 1 or not found[0].sign:
        return None
    where = _WHERE.match(m["label"].strip())
    name = where["name"] if where else m["label"].strip()
    place = (where["after"] or where["inside"] or where["equal"]) if where else None
    return lowered(name), place, found[0]


def family(name: str) -> str:
    found = metrics.find(name)
    return found[-1].family if found else "other"


def lowered(name: str) -> str:
    """A measure as it is called inside a sentence: `Saved searches` is no name, CTR and SIDLoom are."""
    m = _WRITTEN.match(name) if name[1:] == name[1:].lower() else None
    return name[0].lower() + name[1:] if m and len(m[0]) > 1 else name


def corrected(prose: Sequence[Told], rows: Sequence[Told]) -> list[Told]:
    """The claims of prose, each under the name and with the hedge of the row that tells its figure, and the rows that no
    prose tells. A figure is a row's when a word of its measure is, or, where its own is in no table of ours, when only
    that row has its number. Where prose and row disagree on the direction, the row stands alone."""
    found, left = [], list(rows)
    told = Counter((c.metric, c.supports) for c, _ in prose)
    for claim, kind in prose:
        alike = [r for r in rows if (r[0].value, r[0].unit) == (claim.value, claim.unit)]
        shared = [r for r in alike if _words(r[0].metric) & _words(claim.metric)]
        fit = shared or (alike if kind == "other" and len(alike) == 1 else [])
        row = next((r for r in fit if claim.sign in ("", r[0].sign)), None)
        if row is None:
            found += [] if fit else [(claim, kind)]
            continue
        if row in left:
            left.remove(row)
        found.append((_merged(claim, row[0], told[claim.metric, claim.supports] > 1), row[1]))
    return found + left


def _merged(claim: Claim, row: Claim, twice: bool) -> Claim:
    """`Answered applications per candidate` says more than its row, unless the sentence has two figures of that name. A
    sentence that calls the measure by no word of the row's is no support for it."""
    alike = bool(_words(row.metric) & _words(claim.metric))
    extent = claim.extent if values.says_both(claim.extent) or not row.extent else row.extent
    scope = SCOPE_JOINT.join(filter(None, (row.place or claim.place, extent)))
    named = claim.metric if _words(row.metric) <= _words(claim.metric) and not twice else row.metric
    return replace(
        claim, metric=named, sign=row.sign, hedge=row.hedge or claim.hedge, scope=scope or None,
        evidence=min(claim.evidence, row.evidence, key=STRENGTH.index), supports=(*(claim.supports if alike else ()), *row.supports),
    )  # fmt: skip


def _words(name: str) -> set[str]:
    return {stem(w) for w in re.findall(r"[^\W\d_]+", name.lower())} - STOP
