"""Grounding: a statement is printed only when the passages it cites hold it.

Binding, not only presence: a number stands with its unit, sign, hedge and measure at one place of a passage,
and no other number of that text fits the statement's words better. Names, quotations, addresses and the level
of evidence are looked up too. The answer is a Verdict: supports (passage, start, end, rule) or refusals with
their reasons. Pure and deterministic; no model is asked. `docs/grounding.md` tells it to editors.
"""

from __future__ import annotations

from digester.analysis import wording
from digester.analysis.grounding import _evidence, _figures, _names, _quoted
from digester.analysis.grounding._ground import Ground
from digester.analysis.grounding._quoted import verbatim
from digester.analysis.grounding._verdict import Refusal, Verdict
from digester.domain.model import Claim
from digester.domain.text import untex

__all__ = [
    "Ground",
    "Refusal",
    "Verdict",
    "evidence",
    "figures",
    "names",
    "quotations",
    "supported",
    "verbatim",
    "worded",
]


def supported(statement: str, ground: Ground) -> Verdict:
    """Figures, names, quotations, addresses and evidence of a statement about what `ground` tells."""
    statement = untex(statement)
    if (whole := _whole(statement, ground)).holds:
        return whole
    verdict = _figures.check(statement, ground) + _names.check(statement, ground)
    return verdict + quotations(statement, ground) + _evidence.check(statement, ground)


def worded(statement: str, ground: Ground) -> Verdict:
    """The wording of a statement in free prose: what it denies, turns round, exchanges or adds. What a figure or a name
    is refused for is left to their own checks."""
    prose = _quoted.without_links(untex(statement))
    found = [f for f in wording.findings(prose, ground.prepared) if f.kind not in ("name", "number", "binding")]
    if wording.weight(found) < wording.LIMIT:
        return Verdict()
    return Verdict(
        refusals=tuple(Refusal("wording", f.text, f.reason) for f in found if wording.WEIGHTS[f.kind] >= 0.5)
    )


def figures(statement: str, ground: Ground) -> Verdict:
    return _figures.check(untex(statement), ground)


def names(statement: str, ground: Ground) -> Verdict:
    return _names.check(statement, ground)


def evidence(claim: Claim, ground: Ground) -> Verdict:
    """The evidence level of a figure: no more than the passages give."""
    return _evidence.of_claim(claim, ground)


def quotations(statement: str, ground: Ground) -> Verdict:
    """Quotations and addresses."""
    return _quoted.check(statement, ground) + _quoted.links(statement, ground)


def _whole(statement: str, ground: Ground) -> Verdict:
    """A statement that stands in a passage as it is, needs no reading."""
    return _quoted.verbatim(statement, ground, cut=False)
