"""Figures of a statement in the source: there with value and unit, and there about the same thing.

A figure is bound by the words around it. When another figure of its kind stands in the source among more of these
words than the figure itself does anywhere, the statement gives one thing the number of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digester.analysis.figures import Figure
from digester.analysis.wording.align import Aligned
from digester.analysis.wording.finding import Finding
from digester.analysis.wording.source import BOUND, NUMERAL, Prepared, around

LEAST = 2  # of these must stand around the other figure
FEW = 12  # up to here a number word may count what the source lists
_MORE, _LESS = frozenset({"over", "at least"}), frozenset({"under", "up to"})
_RATIOS = frozenset({"%", "pp", "x"})  # a number without them is another number
_DOLLARS = frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"})  # "$" alone does not say whose


def numbers(of: Aligned) -> Iterator[Finding]:
    """Figures that the source lacks (number) or has of something else (binding)."""
    for figure in of.figures:
        text = of.text[figure.start : figure.end]
        if figure.kind != "quantity":
            if not _printed(text, figure, of.source):
                yield Finding("number", figure.start, figure.end, text, f"the source has no {text}")
        elif same := [i for i, f in enumerate(of.source.figures) if equal(figure, f)]:
            if other := _rival(of, figure, same):
                yield Finding("binding", figure.start, figure.end, text, f"the source says {other} of this, not {text}")
            elif all(_contrary(figure, of.source.figures[i]) for i in same):
                hedge = of.source.figures[same[0]].hedge
                yield Finding("comparison", figure.start, figure.end, text, f"the source says {hedge} {text}")
        elif not (figure.words and not figure.unit and figure.value <= FEW):
            yield Finding("number", figure.start, figure.end, text, f"the source has no {text}")
        elif other := _counted(of, figure):
            yield Finding("number", figure.start, figure.end, text, f"the source says {other} where this says {text}")


def _contrary(a: Figure, b: Figure) -> bool:
    """`over 60` and `under 60`"""
    return (a.hedge in _MORE and b.hedge in _LESS) or (a.hedge in _LESS and b.hedge in _MORE)


def equal(a: Figure, b: Figure) -> bool:
    """One value and one unit; a figure with a hedge ("about 30") may be rounded."""
    units = a.unit == b.unit or (not a.unit and b.unit not in _RATIOS) or {a.unit, b.unit} <= _DOLLARS
    return b.kind == "quantity" and units and abs(a.value - b.value) <= (a.step if a.hedge else 0)


def _printed(text: str, figure: Figure, source: Prepared) -> bool:
    """True when the source has each numeral of a date or ordinal, and the letters of a version; words are others' affair."""
    if figure.kind == "version":
        return "".join(c for c in text.lower() if c.isalnum()) in source.characters
    return all(n.lstrip("0") in source.numerals for n in NUMERAL.findall(text))


def _rival(of: Aligned, figure: Figure, same: Sequence[int]) -> str:
    """The printed form of a figure that stands among more of the statement's words; empty when none does."""
    place = next((i for i, w in enumerate(of.words) if w.start >= figure.start), len(of.words))
    about = around(of.words[max(0, place - BOUND) : place + BOUND + 1])
    own = max((about & of.source.around[i] for i in same), key=len)
    said = {f.value for f in of.figures}
    for other, near in zip(of.source.figures, of.source.around, strict=True):
        alike = (other.unit, other.kind) == (figure.unit, figure.kind) and other.value not in said
        if alike and len(about & near) >= LEAST and about & near > own:
            return of.source.text[other.start : other.end]
    return ""


def _counted(of: Aligned, figure: Figure) -> str:
    """Another number that the source has before the word this one counts: `three models` for `four models`."""
    counted = next((i for i, w in enumerate(of.words) if w.start >= figure.end and of.content(i)), None)
    for place in of.places[counted] if counted is not None else ():
        before = {w.start for w in of.source.before(place, 3)}
        for f in of.source.figures:
            if f.start in before and f.unit == figure.unit:
                return of.source.text[f.start : f.end]
    return ""
