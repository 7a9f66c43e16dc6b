"""The problem that papers start from: the sentence of one paper, or a phrase that two of them say of what there is.

A theme's name is no problem: papers on advertising share advertising, not what is wrong with it. So a problem is told
in words that stand in the papers, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from digester.analysis import roles, threads
from digester.domain.model import Quotation
from digester.ports import Brief

SHORT_QUOTE = 190  # characters: a longer problem is told in its paper's paragraph


def stated(b: Brief) -> Quotation | None:
    """The problem in the paper's own words: the sentence of its reading, else one of its abstract."""
    read = next((q for q in b.reading.quotations if q.role == "problem" and len(q.text) <= SHORT_QUOTE), None)
    return read or roles.problem_of(b.evidence.passages[0], SHORT_QUOTE, len(b.item.entry.title))


def first(briefs: Sequence[Brief], told: Collection[str] = ()) -> tuple[Brief, Quotation] | None:
    """The first paper that states its problem, and the sentence; `told` are items whose problem is told already."""
    return next(((b, q) for b in briefs if b.item.id not in told and (q := stated(b))), None)


def shared(briefs: Sequence[Brief], theme: str) -> tuple[str, tuple[Brief, ...]]:
    """The phrase that at least two of these papers say of what there is today, and those that say it."""
    said = {b.item.id: roles.of_the_existing(b.evidence.passages[0]) for b in briefs}
    phrase, holders = threads.common(said, theme)
    return phrase, tuple(b for b in briefs if b.item.id in holders)
