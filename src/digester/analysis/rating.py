"""Ratings 1 to 5 that can be explained: stated features, each with points and the words that gave them.

RecSys papers are judged by evidence, not by promise: what was tested online or deployed, at whom, with which signed
figure. The rubric (EDITORIAL, Ratings) are gates: what must hold for a 5, a 4, a 2, a 1. Inside them the score, a sum
of points learnt from what practitioners keep, orders papers and decides where the rubric leaves it open. The size of
an offline lift and words of promotion change nothing. `judge_*` are pure; the same words always give the same rating.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from digester.analysis import promotion
from digester.analysis.rating_features import BIG_DATA, SMALL_SETS, Findings
from digester.analysis.rating_weights import Weights
from digester.analysis.scope import about, scope_of
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Organisation, Passage, Support

RECSYS = "recsys-1"
AI = "ai-1"
RUBRICS = {"papers": RECSYS, "news": AI}  # a kind with topics of its own adds their mark behind a colon
LAST = -20.0  # the score of what is not weighed at all

_WITHDRAWN = re.compile(
    r"\b(?:this )?(?:paper|article|submission|manuscript) (?:has been|is|was) withdrawn\b|^withdrawn\b", re.IGNORECASE
)
_PROPOSES = re.compile(  # a paper says what it does; what only praises a product does not
    r"\b(?:we|authors)(?: \w{1,12}ly| first| then| also| further)? (?:propos|present|introduc|develop|design|stud[yi]|analy[sz]|show|deriv|learn|train|"
    r"measur|compar|buil[dt]|formulat|investigat|examin|describ|report|prov[ei]|test|find|found|model|apply|appli|use|argu|explor|demonstrat|identif|conduct|"
    r"review|survey|releas|collect|creat|construct|extend|address|defin|establish|implement|discuss|provid|offer|suggest|observ|discover|adopt|employ|leverag|evaluat)\w{0,4}\b|"
    r"\b(?:is|are|was|were) (?:proposed|presented|introduced|studied|compared|analy[sz]ed|developed|described|examined|investigated|designed|evaluated|used)\b|"
    r"\bthis (?:\w{1,20} )?(?:paper|work|study|article|thesis|survey|report|tutorial|workshop|dissertation|research|chapter|demo) \w+(?:s|ed)\b|本文|我们",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Judgement:
    """A rating with its reason in words; `features` are points by name, `supports` the words that gave them; `score`
    is what the points add up to, log2 of the odds that practitioners keep the paper."""

    rating: int
    reason: str
    in_scope: bool = True
    features: Mapping[str, float] = field(default_factory=dict)
    supports: tuple[Support, ...] = ()
    score: float = 0.0


@dataclass(frozen=True)
class Gate:
    """What the rubric allows: from `lowest` to `highest`, the reason for each."""

    lowest: int
    highest: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """What was found in a paper before anything is weighed: strength of features, their places, the rubric's gate.
    Refused is what is not weighed at all: its strengths are its points."""

    gate: Gate
    strength: Mapping[str, float]
    supports: tuple[Support, ...]
    in_scope: bool = True
    refused: bool = False


def judge_paper(
    title: str,
    passages: Sequence[Passage],
    organisations: Sequence[Organisation],
    comment: str | None,
    weights: Weights,
    topics: Sequence[str] = (),
) -> Judgement:
    """The RecSys rubric over title and passages (abstract first). See EDITORIAL, Ratings. With `topics` these say what
    is in scope, and are lines of work."""
    return weigh(examine(title, passages, organisations, comment, topics), weights)


def examine(
    title: str,
    passages: Sequence[Passage],
    organisations: Sequence[Organisation],
    comment: str | None,
    topics: Sequence[str] = (),
) -> Examined:
    """Features and gate of a paper, of its text without promotion."""
    read = promotion.readable(title, passages)
    start = len(title) + 2 if read[0].text.startswith(title) else 0
    if support := _withdrawn(comment or "", read[0], start):
        return Examined(Gate(1, 1, ("withdrawn by its authors",)), {"withdrawn": -4.0}, (support,), refused=True)
    body = read[0].text[start:]
    scope = about(topics, title, body) if topics else scope_of(title, body)
    if not scope.inside:
        whole = Support(read[0].id, 0, min(len(title), len(read[0].text)), "computed:out_of_scope")
        return Examined(Gate(1, 1, (scope.reason,)), {"out_of_scope": -1.0}, (whole,), False, refused=True)
    found = Findings(read, organisations, comment or "", topics, title)
    return Examined(_rubric(found, body), found.strength, tuple(found.supports))


def weigh(paper: Examined, weights: Weights) -> Judgement:
    """The rating inside the paper's gate; the score orders papers of one rating."""
    points = dict(paper.strength) if paper.refused else weights.points_of(paper.strength)
    score = LAST if paper.refused else weights.score(points)
    gate = paper.gate
    rating = min(max(weights.level(score), gate.lowest), gate.highest)
    return Judgement(rating, gate.reasons[rating - gate.lowest], paper.in_scope, points, paper.supports, score)


def _withdrawn(comment: str, abstract: Passage, start: int) -> Support | None:
    """The words by which authors take a paper back, in its comment or in the abstract behind the title."""
    if m := _WITHDRAWN.search(comment):
        return Support(passage_id(comment), m.start(), m.end(), "feature:withdrawn")
    m = _WITHDRAWN.search(abstract.text[start:])
    return Support(abstract.id, start + m.start(), start + m.end(), "feature:withdrawn") if m else None


def _rubric(f: Findings, body: str) -> Gate:
    """The gates, read from the top."""
    org = f" at {f.org.name}" if f.org else ""
    if f.figure:
        return _with_figure(f, f.figure, org)
    if f.has("deployed") or f.has("online_test"):
        said = ["tested online"] * f.has("online_test") + ["deployed"] * f.has("deployed")
        missing = "its figures stand in the paper" if f.has("unbound_figure") else "no online figure given"
        return Gate(4, 4, (f"{' and '.join(said)}{org}; {missing}",))
    if f.has("data_set") and f.holds(BIG_DATA):
        return Gate(4, 4, ("a data set of industrial size that benchmarks can use",))
    if f.has("simulation"):
        return Gate(2, 2, ("evidence from simulation only",))
    if not f.has("experiments"):
        if not _PROPOSES.search(body):
            return Gate(1, 1, ("neither a proposal nor evidence",))
        return Gate(2, 2, ("no evidence beyond the proposal",))
    return _offline(f, org)


def _with_figure(f: Findings, figure: Claim, org: str) -> Gate:
    """A 5 runs in production somewhere named and has a signed business figure from live traffic. An abstract that
    says all this is not capped; one that does not is a 4 at most, whoever wrote it and however much it scores."""
    if f.business and org and f.has("deployed"):
        return Gate(5, 5, (f"in production{org} with a signed figure ({figure_text(figure)})",))
    missing = "; no organisation is named" if not org else "" if f.has("deployed") else "; deployment is not stated"
    return Gate(4, 4, (f"online figure{org} ({figure_text(figure)}){missing}",))


def _offline(f: Findings, org: str) -> Gate:
    """Offline evidence: the rubric leaves open whether there is something to act on; the score decides. Industrial work
    that tells of online results without a test or a deployment is more than that and no 4."""
    code = " with code" if f.has("code") else ""
    three = (
        f"{_lower(f.line)}, with experiments{' and code' if code else ''}" if f.line
        else "industrial data, offline evidence" if f.has("industrial_data")
        else f"offline evidence on a live line{code}" if f.has("live_line") else f"offline evidence{code}"
    )  # fmt: skip
    two = "offline evidence on public data"
    if f.told_online and (org or f.has("industrial_setting")):
        return Gate(3, 3, ("online results, no test or deployment described",))
    if f.has("industrial_data", "cost") and (org or f.has("scale")):
        return Gate(3, 4, (three, f"industrial work at scale{org}, offline, with its serving cost"))
    if f.holds(SMALL_SETS) and not f.has("industrial_data"):
        return Gate(2, 2, ("offline evidence on small sets",))
    return Gate(2, 3, (two, three))


def _lower(words: str) -> str:
    """A name in a sentence: `semantic IDs`, `KV cache`; what has a second capital is an abbreviation and keeps it."""
    return _WORD.sub(lambda m: m[0].lower() if m[0][1:].islower() else m[0], words)


def most_fives(published: int) -> int:
    """How many of so many published papers print as 5: a quarter, and two in a small issue (EDITORIAL, Ratings)."""
    return max(2, published // 4)


def distribution(ratings: Iterable[int]) -> list[str]:
    """What is odd about the ratings of an issue's published papers; empty when nothing is."""
    count = Counter(ratings)
    total, found = sum(count.values()), []
    if count[5] > most_fives(total):
        found.append(f"{count[5]} of {total} are rated 5: more than a quarter")
    if total > 3 and len(count) == 1:
        found.append(f"all {total} have the same rating, {next(iter(count))}")
    elif total > 3 and not count[3]:
        found.append(f"none of {total} is rated 3")
    return found


def _in_a_sentence(metric: str) -> str:
    """`Revenue` -> `revenue` where a sentence or a table began with it; `CTR`, `Quality Watch` stay."""
    first, _, rest = metric.partition(" ")
    return metric[:1].lower() + metric[1:] if first[1:].islower() and not any(c.isupper() for c in rest) else metric


def figure_text(claim: Claim) -> str:
    """`CTR +3.49%`, `up to` and `not significant` kept: a figure never travels without its hedge."""
    unit = claim.unit if claim.unit in ("%", "x") else f" {claim.unit}"
    hedge = "" if claim.hedge in (None, "not significant") else f"{claim.hedge} "
    tail = " (not significant)" if claim.hedge == "not significant" else ""
    return f"{_in_a_sentence(claim.metric)} {hedge}{claim.sign}{claim.value}{unit}{tail}"
