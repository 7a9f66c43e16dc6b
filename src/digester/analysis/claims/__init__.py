"""Claims: a figure bound to its metric, sign, hedge, scope and evidence level, with the place it stands.

A sentence is read in four steps, one module each: `values` (which quantities may be figures; hedge and scope),
`reading` (the sentence as a string of kinds of `words`), `binding` (rules that give each figure its measure and
direction), and here the evidence: that of the figure's clause, of its sentence, or of the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digester.analysis import evidence, metrics
from digester.analysis.claims import binding, denied, owner, rows, singles, tables, values
from digester.analysis.claims.reading import Reading, read
from digester.analysis.claims.rules import Bound
from digester.analysis.metrics import Metric
from digester.analysis.tokens import sentences
from digester.domain.model import Claim, EvidenceLevel, Passage, Support

REACH = 3  # sentences for which a text goes on about the test it named
RULE = "claim:sentence"
LONGEST = 1200  # characters of a sentence that are read: what is longer is a table or no text
_OF_DESIGN = re.compile(  # known before any test: what the model is made of and what it took to train
    r"parameters?|FLOPs|tokens?|storage|memory|embedding|dimension|training|model size|index size|footprint|annotation|label(?:l?ing)?",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?P<name>[A-Z0-9][\w$^+-]{1,30}(?: [\w$^+-]{1,30})?): ")
_PROPOSED = re.compile(
    r"\b(?:propose|present|introduce|describe|develop|named|called|dubbed)\s(?:the |an? )?(?P<name>[A-Z][\w$^+-]{0,30}[A-Z0-9][\w$^+-]{0,30})(?=[\s,.(])"
)


def claims_of(passages: Iterable[Passage]) -> Iterator[tuple[Claim, str]]:
    """(claim, family of its metric), in reading order, each once: told twice, it counts where its evidence is
    named (an abstract states what the section on the test reports)."""
    read = list(passages)
    own = _system(read[0].text) if read and read[0].level == "abstract" else ""
    tabled = [tables.read(passage, own, RULE) for passage in read]
    told = [c for p, t in zip(read, tabled, strict=True) for c in _passage_claims(p, t.taken)]
    found: dict[tuple[str, str, str], tuple[Claim, str]] = {}
    for claim, family in rows.corrected(told, [c for t in tabled for c in t.claims]):
        key = (metrics.key(claim.metric), claim.value, claim.unit)
        if key not in found or _stronger(claim, found[key][0]):
            found[key] = (claim, family)
    yield from found.values()


def _stronger(new: Claim, old: Claim) -> bool:
    order = rows.STRENGTH.index
    return order(new.evidence) < order(old.evidence) and bool(new.sign or not old.sign)


def _system(abstract: str) -> str:
    """The name that a paper gives its system: the title's head before a colon, else the first name it proposes."""
    m = _TITLED.match(abstract) or _PROPOSED.search(abstract)
    return m["name"] if m else ""


def _passage_claims(passage: Passage, taken: frozenset[tuple[int, int]]) -> Iterator[tuple[Claim, str]]:
    spans = sentences(passage.text)
    deployed = any(evidence.mentions_deployment(passage.text[a:b]) for a, b in spans)
    context: EvidenceLevel | None = None
    earlier: Metric | None = None
    since, extent = 0, ""
    most: set[str] = set()  # measures with a figure `up to`
    for n, (start, end) in enumerate(spans):
        sentence = passage.text[start : min(end, start + LONGEST)]
        if (start, end) in taken:  # a row of a table, read by itself or by nobody
            continue
        own = evidence.level_of(sentence)
        context = context if n - since <= REACH else None
        quantities = values.of(sentence)  # most sentences have none and need no reading
        reading = read(sentence, quantities) if quantities else Reading(sentence, (), {}, {})
        found = binding.bound(reading, earlier if own in (None, "online_ab") else None)
        scopes = _scopes(reading, found, extent if context == "online_ab" or own == "online_ab" else "")
        hedges = _hedges(reading, found)
        for b, scope, hedge in zip(found, scopes, hedges, strict=True):
            if owner.is_another(reading, b) or denied.is_denied(reading, b):
                continue
            if hedge is None and _adds_to(reading, b, most):
                hedge = metrics.FURTHER
            elif hedge == "up to":
                most.add(metrics.plain_name(b.metric.name))
            level = _level(_of_clause(reading, b, own), context, b.metric, deployed)
            if b.metric.family != "other" or b.sign or level in metrics.LIVE:
                yield (
                    _claim(b, level, hedge, scope, Support(passage.id, start, end, RULE)),
                    b.metric.family,
                )
        earlier = found[-1].metric if found else None
        extent = values.of_test(extent if own in (None, "online_ab") else "", values.extent_of(sentence))
        if own is not None:
            context, since = (own if own in ("online_ab", "simulated", "offline") else None), n


def _claim(b: Bound, level: EvidenceLevel, hedge: str | None, scope: str | None, support: Support) -> Claim:
    q = b.quantity
    return Claim(rows.lowered(b.metric.name), q.value, q.unit, b.sign, level, (support,), hedge=hedge, scope=scope)


def _adds_to(reading: Reading, b: Bound, most: set[str]) -> bool:
    """Whether a figure comes on top of one `up to`: by itself it would be printed as the plain result."""
    return metrics.plain_name(b.metric.name) in most and singles.is_further(reading.text, b.quantity.start)


def _hedges(reading: Reading, found: list[Bound]) -> list[str | None]:
    """The hedge of each figure. One in front of a list holds for the whole list: `up to 2% and 1%`."""
    hedges = [values.hedge(reading.text, b.quantity, b.metric.name) for b in found]
    for i in range(1, len(found)):
        q, before = found[i].quantity, found[i - 1].quantity
        between = reading.kinds_between(before.end, q.start)
        one_noun = found[i].behind and found[i - 1].behind and values.NAMED_BETWEEN.fullmatch(between)
        goes_on = values.LIST_JOINT.fullmatch(between) or (one_noun and _has_noun(reading, found[i]))
        goes_on = goes_on or (hedges[i - 1] == "average" and found[i].metric is found[i - 1].metric)
        if (
            hedges[i] is None
            and goes_on
            and not q.sign
            and q.unit == before.unit
            and values.holds_for_list(reading.text, before)
        ):
            hedges[i] = hedges[i - 1]
    return hedges


def _has_noun(reading: Reading, b: Bound) -> bool:
    return reading.kinds[b.last - 1] == "N"


def _scopes(reading: Reading, found: list[Bound], extent: str) -> list[str | None]:
    """Where each figure holds. A place at the end of a list holds for the whole list: `A by 2% and B by 1% in Japan`."""
    scopes = [
        values.scope(reading.text, b.metric, b.quantity, reading.tokens[b.last - 1].end, extent, b.place) for b in found
    ]
    for i in range(len(found) - 2, -1, -1):
        between = reading.kinds_between(found[i].quantity.end, found[i + 1].quantity.start)
        if scopes[i] is None and not set("B:") & set(between):
            scopes[i] = scopes[i + 1]
    return scopes


def _of_clause(reading: Reading, b: Bound, own: EvidenceLevel | None) -> EvidenceLevel | None:
    """The evidence of the sentence, unless the figure's own clause names a weaker one or both are named and the
    figure is none of users: the weaker reading wins a doubt."""
    clause = reading.clause(b.quantity.start)
    if clause != reading.text:
        level = evidence.level_of(clause)
        if level in ("offline", "simulated") and (level == "simulated" or evidence.mentions_offline(clause)):
            return level
    if own == "online_ab" and b.metric.family != "business":
        if _OF_DESIGN.search(b.metric.name):
            return None
        if (
            evidence.mentions_offline(clause if evidence.mentions_online(clause) else reading.text)
            and b.metric.family == "system"
        ):
            return "offline"
    return own


def _level(own: EvidenceLevel | None, context: EvidenceLevel | None, metric: Metric, deployed: bool) -> EvidenceLevel:
    """The evidence level of a figure: its sentence's, else the running context's, never a raised one.

    A business figure in a text that reports deployment but no test is `deployed`; an offline metric is
    never more than offline unless it is itself called online ("online CTR AUC").
    """
    if metric.family == "offline":
        if own == "online_ab" and "online" in metric.name.lower():
            return "online_ab"
        return "simulated" if own == "simulated" else "offline"
    if own in ("online_ab", "simulated", "deployed", "offline"):
        return own
    if context == "simulated" or (context == "online_ab" and not _OF_DESIGN.search(metric.name)):
        return context
    return "deployed" if deployed and metric.family == "business" else "stated"
