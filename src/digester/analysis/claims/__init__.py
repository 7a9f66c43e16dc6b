"""Claims: a figure bound to its metric, sign, hedge, scope and evidence level, with the place it stands.

A sentence is read in four steps, one module each: `values` (which quantities may be figures; hedge and scope),
`reading` (the sentence as a string of kinds of `words`), `binding` (rules that give each figure its measure and
direction), and here the evidence: that of the figure's clause, of its sentence, or of the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digester.analysis import evidence, metrics
from digester.analysis.claims import binding, rows, values
from digester.analysis.claims.reading import Reading, read
from digester.analysis.claims.rules import Bound
from digester.analysis.metrics import Metric
from digester.analysis.tokens import sentences
from digester.domain.model import SCOPE_JOINT, Claim, EvidenceLevel, Passage, Support

REACH = 3  # sentences for which a text goes on about the test it named
RULE = "claim:sentence"
LONGEST_HEADING = 80  # characters
LONGEST = 1200  # characters of a sentence that are read: what is longer is a table or no text
_OF_DESIGN = re.compile(  # known before any test: what the model is made of and what it took to train
    r"parameters?|FLOPs|tokens?|storage|memory|embedding|dimension|training|model size|index size|footprint|annotation|label(?:l?ing)?",
    re.IGNORECASE,
)


def claims_of(passages: Iterable[Passage]) -> Iterator[tuple[Claim, str]]:
    """(claim, family of its metric), in reading order, each once: told twice, it counts where its evidence is
    named (an abstract states what the section on the test reports)."""
    read = list(passages)
    tabled = [r for passage in read for r in _rows(passage)]
    taken = frozenset(s for claim, _ in tabled for s in claim.supports)
    told = [c for passage in read for c in _passage_claims(passage, taken)]
    found: dict[tuple[str, str, str], tuple[Claim, str]] = {}
    for claim, family in rows.corrected(told, tabled):
        key = (metrics.key(claim.metric), claim.value, claim.unit)
        if key not in found or _stronger(claim, found[key][0]):
            found[key] = (claim, family)
    yield from found.values()


def _stronger(new: Claim, old: Claim) -> bool:
    order = rows.STRENGTH.index
    return order(new.evidence) < order(old.evidence) and bool(new.sign or not old.sign)


def _rows(passage: Passage) -> Iterator[tuple[Claim, str]]:
    """The rows of tables with results from users: by their caption, else by the heading of their section."""
    if passage.level != "full_text":
        return
    spans = sentences(passage.text)
    heading = passage.text[slice(*spans[0])] if spans else ""
    caption, extent, level = "", "", evidence.level_of(heading) if len(heading) <= LONGEST_HEADING else None
    for start, end in spans:
        sentence = passage.text[start:end]
        if (row := rows.of(sentence.rstrip("."))) is None:
            caption, extent = sentence, values.of_test(extent, values.extent_of(sentence))
            continue
        name, place, q = row
        own = _offline_or(evidence.level_of(caption), caption) or level
        if own not in metrics.LIVE:
            continue
        scope = (
            SCOPE_JOINT.join(filter(None, (place, values.of_test(extent, values.extent_of_caption(caption))))) or None
        )
        support = Support(passage.id, start, end, RULE)
        yield (
            Claim(name, q.value, q.unit, q.sign, own, (support,), hedge=values.hedge(sentence, q), scope=scope),
            rows.family(name),
        )


def _offline_or(level: EvidenceLevel | None, caption: str) -> EvidenceLevel | None:
    return "offline" if evidence.mentions_offline(caption) else level


def _passage_claims(passage: Passage, taken: frozenset[Support]) -> Iterator[tuple[Claim, str]]:
    spans = sentences(passage.text)
    deployed = any(evidence.mentions_deployment(passage.text[a:b]) for a, b in spans)
    context: EvidenceLevel | None = None
    earlier: Metric | None = None
    since, extent = 0, ""
    for n, (start, end) in enumerate(spans):
        sentence = passage.text[start : min(end, start + LONGEST)]
        if Support(passage.id, start, end, RULE) in taken:  # a row, read by itself
            continue
        own = evidence.level_of(sentence)
        context = context if n - since <= REACH else None
        quantities = values.of(sentence)  # most sentences have none and need no reading
        reading = read(sentence, quantities) if quantities else Reading(sentence, (), {}, {})
        found = binding.bound(reading, earlier if own in (None, "online_ab") else None)
        scopes = _scopes(reading, found, extent if context == "online_ab" or own == "online_ab" else "")
        for b, scope in zip(found, scopes, strict=True):
            level = _level(_of_clause(reading, b, own), context, b.metric, deployed)
            if b.metric.family != "other" or b.sign or level in metrics.LIVE:
                yield (
                    _claim(reading, b, level, scope, Support(passage.id, start, end, RULE)),
                    b.metric.family,
                )
        earlier = found[-1].metric if found else None
        extent = values.of_test(extent if own in (None, "online_ab") else "", values.extent_of(sentence))
        if own is not None:
            context, since = (own if own in ("online_ab", "simulated", "offline") else None), n


def _claim(reading: Reading, b: Bound, level: EvidenceLevel, scope: str | None, support: Support) -> Claim:
    q, hedge = b.quantity, values.hedge(reading.text, b.quantity)
    return Claim(rows.lowered(b.metric.name), q.value, q.unit, b.sign, level, (support,), hedge=hedge, scope=scope)


def _scopes(reading: Reading, found: list[Bound], extent: str) -> list[str | None]:
    """Where each figure holds. A place at the end of a list holds for the whole list: `A by 2% and B by 1% in Japan`."""
    scopes = [values.scope(reading.text, b.metric, b.quantity, reading.tokens[b.last - 1].end, extent) for b in found]
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
