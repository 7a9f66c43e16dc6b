"""Is there anything new in a story that was told before?

A development is a primary source that the earlier issue did not have, or a figure that stands in what would be told
now and in nothing of what was told or read then. Figures are quantities with a unit, counts from ten on, and versions
(analysis.figures): a new price, a new size, a new release. Dates are none: a retelling always has another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digester.analysis import figures

SOURCE, FIGURES = "new primary source", "new figures"
SMALL = 10  # a bare count below it ("three models") says nothing


@dataclass(frozen=True)
class Told:
    """What an earlier issue had of the story: references of its items, texts that were printed or read."""

    refs: frozenset[str]
    texts: tuple[str, ...]


def development(primary: Iterable[str], texts: Iterable[str], before: Told) -> str:
    """What is new, in words for the reader; "" when nothing. `primary` are the references of the story's primary
    sources as they are now, `texts` what would be told."""
    if set(primary) - before.refs:
        return SOURCE
    known = frozenset().union(*(_figures(t) for t in before.texts))
    return FIGURES if any(_figures(t) - known for t in texts) else ""


def _figures(text: str) -> frozenset[str]:
    found = set()
    for f in figures.read(text):
        if f.kind == "version":
            found.add(text[f.start : f.end].casefold())
        elif f.kind == "quantity" and (f.unit or f.value >= SMALL):
            found.add(f"{f.value.normalize():f} {f.unit}")
    return frozenset(found)
