"""Whether the wording of a statement is supported by its source, decided without a model.

Each sentence of the statement is laid beside the source sentences that hold its words; what it says beyond them is
a list of findings with reasons. Paraphrase is free: words may be exchanged for others of their group, left out and
moved. What a statement may not do is bring names and numbers, deny, turn round, narrow or set against what the
source does not, put another thing into the place of one, or tell three new things in a row.

`WEIGHTS` says what a finding counts; a statement is supported below `LIMIT`. The weights are stated, not fitted:
a finding decides, or two uncertain ones do, or ten new words. A sentence that stands in the source whole has no findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from digester.analysis.figures import Figure, read
from digester.analysis.tokens import sentences
from digester.analysis.wording import contradictions, novelties
from digester.analysis.wording.align import Aligned
from digester.analysis.wording.finding import Finding, Kind
from digester.analysis.wording.numbers import numbers
from digester.analysis.wording.source import Prepared
from digester.analysis.wording.words import words
from digester.domain.text import fold

__all__ = ["LIMIT", "WEIGHTS", "Finding", "Kind", "Prepared", "findings", "supported", "weight"]

LIMIT = 1.0
WEIGHTS: Mapping[Kind, float] = {
    "name": 1.0,
    "number": 1.0,
    "binding": 1.0,
    "negation": 1.0,
    "antonym": 1.0,
    "role": 1.0,
    "person": 1.0,
    "comparison": 1.0,
    "contrast": 1.0,
    "substitution": 1.0,
    "insertion": 1.0,
    "opposite": 0.5,
    "detail": 0.5,
    "word": 0.1,
}
_CHECKS: tuple[Callable[[Aligned], Iterator[Finding]], ...] = (
    novelties.names,
    numbers,
    contradictions.negation,
    contradictions.denials,
    contradictions.antonyms,
    contradictions.roles,
    contradictions.persons,
    contradictions.comparisons,
    contradictions.contrasts,
    novelties.substitutions,
    novelties.insertions,
    novelties.new_words,
)


def findings(statement: str, source: str | Prepared) -> tuple[Finding, ...]:
    """What `statement` says that `source` does not, in reading order. Linear in the source; prepare it once for many."""
    prepared = source if isinstance(source, Prepared) else Prepared.of(source)
    figures = read(statement)
    found: set[Finding] = set()
    for start, end in sentences(statement):
        sentence = [w for w in words(statement, start, end) if w.numeric or not _in_figure(w.start, figures)]
        if fold(statement[start:end]) in prepared.whole:
            continue
        own = [f for f in figures if start <= f.start < end]
        aligned = Aligned.of(statement, sentence, own, prepared)
        found.update(finding for check in _CHECKS for finding in check(aligned))
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.kind)))


def _in_figure(at: int, figures: Iterable[Figure]) -> bool:
    """True for the words of a number: how `2.5-fold` is spelt is no wording."""
    return any(f.start <= at < f.end and f.kind == "quantity" and not f.words for f in figures)


def weight(found: Iterable[Finding]) -> float:
    return sum(WEIGHTS[f.kind] for f in found)


def supported(statement: str, source: str | Prepared) -> bool:
    """True when the findings weigh less than LIMIT."""
    return weight(findings(statement, source)) < LIMIT
