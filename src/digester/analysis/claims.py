"""Claims: a figure bound to its metric, sign, hedge, scope and evidence level, with the place it stands.

Binding, first version: within one sentence a figure takes the metric that its grammar gives it -
behind it ("a 3.05% increase in revenue", "+13.01% GMV"), before it ("improves CTR by 1.24%"), or by
position in a list ("CTR and CVR by 1.1% and 2.3%, respectively"). A figure without a metric is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digester.analysis import evidence, figures, metrics
from digester.analysis.figures import Quantity, Sign
from digester.analysis.metrics import Metric
from digester.analysis.tokens import sentences
from digester.domain.model import Claim, EvidenceLevel, Passage, Support

REACH = 3  # sentences for which a text goes on about the test it named
_UP = re.compile(
    r"\b(?:increas\w*|improv\w*|gains?|gained|lift\w*|uplift\w*|ris(?:e|es|ing)|rose|boost\w*|grow\w*|grew|rais\w*|higher|up by|up|more|enhanc\w*|outperform\w*)\b|提升|增长|提高|上升",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:reduc\w*|decreas\w*|drop\w*|cut\w*|lower\w*|declin\w*|sav(?:e|es|ed|ing|ings)|fewer|less|fall\w*|fell|down by|down|shrink\w*|shrank|short(?:en|er)\w*)\b|降低|减少|下降",
    re.IGNORECASE,
)
_DIRECTIONS: tuple[tuple[re.Pattern[str], Sign], ...] = ((_UP, "+"), (_DOWN, "-"))
_CLAUSE = re.compile(r"[,;:]|\bwhile\b|\bwhereas\b|\band\b")
_BEHIND = re.compile(
    r"^\s?(?:,?\s?(?:relative|absolute|average|overall|additional|statistically significant|significant|\([^)]{1,30}\))\s){0,2}"
    r"(?P<word>increas\w+|improv\w+|gains?|lifts?|uplifts?|rise|boost|growth|reductions?|decreas\w+|drops?|cuts?|declines?|savings?|higher|lower|more|fewer|less|shorter)?"
    r"\s?(?:in|of|on|for|to)?\s?(?:the |total |overall |average |user |users' |its |online |core |our |daily |per-user |key |additional |extra |added |more |less ){0,3}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\s?(?:(?:relative|absolute|average|overall|significant) )?(?:increas\w+|improv\w+|gains?|lifts?|uplifts?|rise|boost|growth|reductions?|decreas\w+|drops?|cuts?|declines?)?"
    r" ?in (?:the |our |total |overall |average |user )?(?P<name>[a-z][\w/-]*(?: [a-z][\w/-]*){0,2}?)"
    r"(?=[,.;:)(]| and | while | with | on | over | at | for | compared | across | by | within | relative |$)"
)
_NO_MEASURE = re.compile(
    r"^(?:which|that|this|these|total|general|particular|addition|all|\w+ing|\w+ (?:users|traffic|days|weeks|experiments|settings|tests?|categories|cities|markets))$|\b(?:users|traffic|days?|weeks?|months?|years?|quarters?|hours?|periods?|experiments?|settings?|scenarios?|tests?|cities|categories|markets|data ?sets?|production)\b"
)
_SCOPE = re.compile(
    r"^\s?(?:in|on|for|across|among) (?P<scope>(?:the )?[\w'/-]+(?: [\w'/-]+){0,3})(?=[,.;:)]| and | while |$)"
)
_TRAFFIC = re.compile(
    r"(?:\d+(?:\.\d+)?%|half|full|all) of (?:the |our |all |its )?(?:[a-z]+ ){0,2}(?:traffic|users)(?: (?:for|over) (?:\w+|\d+)[ -](?:days?|weeks?|months?))?",
    re.IGNORECASE,
)
_LEVELS = re.compile(
    r"\bfrom (?:about |over )?\d[\d.]*\s?%? to (?:about |over )?\d[\d.]*\s?%", re.IGNORECASE
)  # two levels, no lift
_PLACE = re.compile(
    r"^(?:In|On|For|At|Among|Within) (?P<scope>(?!an? |the (?:online|A/B|test)|addition|contrast|total|particular|production|our|this|these|practice)[^,%]{3,50}),"
)
_DAYS = re.compile(r"(?:for|over|during|ran|in) (?:an? )?(?:\w+|\d+)[ -](?:days?|weeks?|months?)\b", re.IGNORECASE)


def claims_of(passages: Iterable[Passage]) -> Iterator[tuple[Claim, str]]:
    """(claim, family of its metric), in reading order, each once: told twice, it counts where its evidence is
    named (an abstract states what the section on the test reports)."""
    found: dict[tuple[str, str, str], tuple[Claim, str]] = {}
    for passage in passages:
        for claim, family in _passage_claims(passage):
            key = (metrics.key(claim.metric), claim.value, claim.unit)
            if key not in found or _stronger(claim, found[key][0]):
                found[key] = (claim, family)
    yield from found.values()


def _stronger(new: Claim, old: Claim) -> bool:
    order = ("online_ab", "deployed", "simulated", "offline", "stated")
    return order.index(new.evidence) < order.index(old.evidence) and bool(new.sign or not old.sign)


def _passage_claims(passage: Passage) -> Iterator[tuple[Claim, str]]:
    text = passage.text
    context: EvidenceLevel | None = None
    deployed = any(evidence.mentions_deployment(text[a:b]) for a, b in sentences(text))
    since = 0
    for n, (start, end) in enumerate(sentences(text)):
        sentence = text[start:end]
        own = evidence.level_of(sentence)
        context = context if n - since <= REACH else None
        for quantity, metric, sign in bound(sentence):
            level = _level(own, context, metric, deployed)
            support = Support(passage.id, start, end, "claim:sentence")
            yield Claim(
                metric.name, quantity.value, quantity.unit, sign, level, (support,),
                hedge=_hedge(sentence, quantity), scope=_scope(sentence, metric, quantity),
            ), metric.family  # fmt: skip
        if own is not None:
            context, since = (own if own in ("online_ab", "simulated", "offline") else None), n


def _level(own: EvidenceLevel | None, context: EvidenceLevel | None, metric: Metric, deployed: bool) -> EvidenceLevel:
    """The evidence level of a figure: its sentence's, else the running context's, never a raised one.

    A business figure in a text that reports deployment but no test is `deployed`; an offline metric is
    never more than offline unless it is itself called online ("online CTR AUC").
    """
    if metric.family == "offline":
        if own == "online_ab" and "online" in metric.name.lower():
            return "online_ab"
        return "simulated" if own == "simulated" else "offline"
    if own in ("online_ab", "simulated", "deployed"):
        return own
    if own == "offline":
        return "offline"
    if context in ("online_ab", "simulated"):
        return context
    return "deployed" if deployed and metric.family == "business" else "stated"


def bound(sentence: str) -> list[tuple[Quantity, Metric, Sign]]:
    """Figures of a sentence with the metric that grammar gives each; figures without one are left out."""
    other = [m.span() for rx in (_TRAFFIC, _LEVELS) for m in rx.finditer(sentence)]
    values = [q for q in figures.quantities(sentence) if not any(a <= q.start < b for a, b in other)]
    named = metrics.find(sentence)
    if not values or not named:
        return []
    run, paired = _listed(sentence, values, named)
    alone = [(q, m) for i, q in enumerate(values) if q not in run and (m := _metric_for(sentence, values, i, named))]
    bound = sorted([*paired, *alone], key=lambda pair: pair[0].start)
    return [(q, m, _sign(sentence, q, m)) for q, m in bound if _fits(q, m)]


def _fits(q: Quantity, m: Metric) -> bool:
    """Milliseconds measure latency and nothing else; latency in ms is a level, not a lift."""
    timed = bool(re.search(r"latency|time", m.name, re.IGNORECASE))
    return timed if q.unit == "ms" else True


def _listed(
    sentence: str, values: list[Quantity], named: list[Metric]
) -> tuple[list[Quantity], list[tuple[Quantity, Metric]]]:
    """Values told as a list - `A and B by 1% and 2%, respectively`, `+1%/-2% in A and B` - and each with the
    metric of its place. Lists of unequal length give no pairs: a figure that cannot be placed is not guessed."""
    end = sentence.lower().find("respectively")
    run = (
        _last_run(sentence, [q for q in values if q.start < end] or values) if end >= 0 else _slashed(sentence, values)
    )
    if len(run) < 2:
        return (run if end >= 0 else []), []
    stop = end + 12 if end >= 0 else len(sentence)
    before = [m for m in named if m.end <= run[0].start][-len(run) :]
    after = [m for m in named if run[-1].end <= m.start < stop][: len(run)]
    near = after and not re.search(r"[,;]", sentence[run[-1].end : after[0].start])
    chosen = after if near or len(before) < len(run) else before
    return run, list(zip(run, chosen, strict=True)) if len(chosen) == len(run) else []


def _slashed(sentence: str, values: list[Quantity]) -> list[Quantity]:
    """The first values joined by slashes: `+1.05%/-1.10%`."""
    for i, q in enumerate(values[:-1]):
        run = [q]
        for nxt in values[i + 1 :]:
            if sentence[run[-1].end : nxt.start].strip() != "/":
                break
            run.append(nxt)
        if len(run) > 1:
            return run
    return []


def _last_run(sentence: str, values: list[Quantity]) -> list[Quantity]:
    """The last values that stand in one enumeration (`1%, 2% and 3%`)."""
    run = values[-1:]
    for q in reversed(values[:-1]):
        between = sentence[q.end : run[0].start]
        if len(between) > 12 or not re.fullmatch(r"[\s,;]*(?:and|或|和|、)?\s*(?:by |an? )?", between):
            break
        run.insert(0, q)
    return run


def _metric_for(sentence: str, values: list[Quantity], i: int, named: list[Metric]) -> Metric | None:
    q = values[i]
    limit = values[i + 1].start if i + 1 < len(values) else len(sentence)
    behind = next((m for m in named if m.start >= q.end), None)
    if behind and behind.start < limit and _BEHIND.match(sentence[q.end : behind.start]):
        return behind
    if (written := _OTHER.match(sentence, q.end)) and (other := _other_metric(written)):
        return other
    floor = values[i - 1].end if i else 0
    before = [m for m in named if floor <= m.start and m.end <= q.start]
    if before and not re.search(r"[;.]|\bwhile\b|\bwhereas\b", sentence[before[-1].end : q.start]):
        return before[-1]
    return None


def _other_metric(m: re.Match[str]) -> Metric | None:
    """What a figure measures in words that no table has: "a 1.86% improvement in brand relevance". It is
    printed as written, and never taken for the measure that stands before the figure."""
    name = m["name"]
    return None if _NO_MEASURE.search(name) else Metric(name, "other", m.start("name"), m.end("name"))


def _sign(sentence: str, q: Quantity, metric: Metric) -> Sign:
    """An explicit sign, else the nearest direction word between metric and figure or just around them."""
    if q.sign:
        return q.sign
    if q.unit == "x":
        return ""
    low, high = min(q.start, metric.start), max(q.end, metric.end)
    before = _CLAUSE.split(sentence[max(0, low - 45) : low])[-1]
    after = _CLAUSE.split(sentence[high : high + 25])[0]
    for part, last in ((sentence[low:high], False), (before, True), (after, False)):
        found = sorted((m.start(), sign, m[0].lower()) for rx, sign in _DIRECTIONS for m in rx.finditer(part))
        if found:
            _, sign, word = found[-1 if last else 0]
            unclear = word.startswith(("improv", "gain", "enhanc")) and metrics.LOWER_IS_BETTER.search(metric.name)
            return "" if unclear else sign
    return _governing(sentence[max(0, low - 90) : low])


def _governing(before: str) -> Sign:
    """The verb of a list, `improves CTR by 1% and GMV by ...`: it stands in front of the list's first figure."""
    clause = re.split(r"[;:]|\bwhile\b|\bwhereas\b", before)[-1]
    found = sorted((m.start(), sign) for rx, sign in _DIRECTIONS for m in rx.finditer(clause))
    return found[-1][1] if found and re.search(r"\d", clause[found[-1][0] :]) else ""


def _hedge(sentence: str, q: Quantity) -> str | None:
    """`not significant` where the words up to the next figure say so, or those of its clause in front of it."""
    behind = sentence[q.end : q.end + 60].split(";")[0]
    following = next((f.start for f in figures.quantities(behind)), len(behind))
    alike = re.search(r"\b(?:both|all|were|are)\b", behind) is not None and len(figures.quantities(behind)) == 1
    behind = behind if alike else behind[:following].partition(" and ")[0]
    clause = re.split(r"[;,]|\band\b|\bbut\b", sentence[max(0, q.start - 60) : q.start])[-1]
    none_at_all = re.match(r"No (?:statistically )?significant", sentence)
    if none_at_all or figures.not_significant(behind) or figures.not_significant(clause):
        return "not significant"
    return q.hedge


def _scope(sentence: str, metric: Metric, q: Quantity) -> str | None:
    """Where the figure holds: the traffic share and days of its sentence, or the surface behind the metric."""
    traffic = _TRAFFIC.search(sentence)
    if traffic:
        return traffic[0]
    place = _PLACE.match(sentence)
    if place and not evidence.mentions_online(place[0]):
        return place["scope"]
    m = _SCOPE.match(sentence[max(metric.end, q.end) :])
    if m and not metrics.find(m["scope"]):
        return m["scope"]
    days = _DAYS.search(sentence)
    return days[0] if days else None
