"""The evidence a statement speaks of is no more than its sources give: offline results are not printed as online."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from digester.analysis import claims, evidence
from digester.analysis.grounding._ground import Ground, Place, places
from digester.analysis.grounding._verdict import Refusal, Verdict
from digester.analysis.tokens import sentences
from digester.domain.model import Claim, EvidenceLevel, Passage

_ENOUGH: dict[EvidenceLevel, tuple[EvidenceLevel, ...]] = {
    "online_ab": ("online_ab",),
    "deployed": ("deployed", "online_ab"),
}
_LIFTS = ("%", "pp", "x")
_SAID = {"online_ab": "a test on users", "deployed": "a deployment"}


def check(statement: str, ground: Ground) -> Verdict:
    level = evidence.level_of(statement)
    if level not in _ENOUGH:
        return Verdict()
    said = [c for c, _ in claims.claims_of([Passage("", "", "record", statement)])]
    raised = [r for c in said if c.evidence in _ENOUGH for r in _raised(c, ground)]
    raised += [r for place in places(statement) if place.figure.unit in _LIFTS for r in _offline(place, level, ground)]
    if not raised and not _mentioned(level, ground):
        raised = [Refusal("evidence", statement[:60], f"no passage reports {_SAID[level]}")]
    return Verdict(refusals=tuple(raised))


def of_claim(claim: Claim, ground: Ground) -> Verdict:
    """A figure of a record whose evidence is called live."""
    level = claim.evidence
    if level not in _ENOUGH:
        return Verdict()
    raised = _raised(claim, ground)
    if not raised and not _mentioned(level, ground):
        raised = [Refusal("evidence", claim.metric, f"no passage reports {_SAID[level]}")]
    return Verdict(refusals=tuple(raised))


def _raised(claim: Claim, ground: Ground) -> list[Refusal]:
    """The refusal of a figure that its sources know, but only from weaker evidence."""
    same = [c for c in ground.claims if _number(c) == _number(claim) and c.unit == claim.unit]
    if not same or any(c.evidence in _ENOUGH[claim.evidence] for c in same):
        return []
    words = f"{claim.metric} {claim.value}{claim.unit}"
    return [Refusal("evidence", words, f"the passages give it as {same[0].evidence}, not as {_SAID[claim.evidence]}")]


def _offline(place: Place, level: EvidenceLevel, ground: Ground) -> list[Refusal]:
    """The refusal of a lift that every sentence which has it tells of an offline or simulated experiment."""
    same = [g for _, g in ground.places if g.figure.value == place.figure.value and g.figure.unit == place.figure.unit]
    levels = {evidence.level_of(g.text[g.sentence[0] : g.sentence[1]]) for g in same}
    if not levels or not levels <= {"offline", "simulated"}:
        return []
    return [
        Refusal(
            "evidence",
            place.words,
            f"the passages report it {' and '.join(sorted(map(str, levels)))}, not from {_SAID[level]}",
        )
    ]


def _number(claim: Claim) -> Decimal | None:
    try:
        return Decimal(claim.value.replace(",", ""))
    except InvalidOperation:
        return None


def _mentioned(level: EvidenceLevel, ground: Ground) -> bool:
    for passage in ground.passages:
        for start, end in sentences(passage.text):
            text = passage.text[start:end]
            if evidence.mentions_online(text) or (level == "deployed" and evidence.mentions_deployment(text)):
                return True
    return False
