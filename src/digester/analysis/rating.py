"""Ratings 1 to 5 that can be explained: stated features, each with points and the words that gave them.

RecSys papers are judged by evidence, not by promise: what was tested online or deployed, at whom, with
which signed figure. The size of an offline lift and promotional words change nothing. AI news is judged
by what engineers can do with it. `judge_*` are pure; the same words always give the same rating.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digester.analysis import claims as claim_rules
from digester.analysis import evidence, metrics
from digester.analysis.scope import scope_of
from digester.analysis.tokens import sentences
from digester.domain.model import Claim, Organisation, Passage, Support

RECSYS = "recsys-1"
AI = "ai-1"

_SCALE = re.compile(
    r"(?:(?<!\d)(?P<n>\d++(?:\.\d++)?)\s?(?P<u>million|billion|M|B|亿)|hundreds of millions|tens of millions|billions?)(?: of)? (?:[a-z-]+ ){0,3}(?:users|members|customers|people|viewers|listeners|DAU)|亿用户",
    re.IGNORECASE,
)
_INDUSTRIAL_DATA = re.compile(
    r"\b(?:industrial|production|proprietary|commercial|billion-scale|real-world industrial|large-scale industrial) (?:[a-z-]+ ){0,3}(?:data|data ?sets?|logs|traffic|system|platform|environment|scale)\b",
    re.IGNORECASE,
)
_DATASET = re.compile(
    r"\b(?:we|to bridge this gap,? we) (?:introduce|release|present|publish|open-?source)\w* [^.]{0,80}\bdata ?set\b|\blargest (?:publicly available|public|open)\b|\b(?:open|first public) (?:data ?)?set\b|\bwe release [A-Z][\w-]+, \d|\bA Large-Scale [^.:]{0,60}Dataset\b",
    re.IGNORECASE,
)
_BIG_DATA = re.compile(
    r"\b\d+(?:\.\d+)?\s?(?:million|billion) (?:[a-z-]+ ){0,2}(?:interactions|users|items|records|events|impressions|sessions|videos|products|queries|listings)",
    re.IGNORECASE,
)
_LIVE_LINE = re.compile(
    r"\bgenerative (?:recommend\w*|retrieval|ranking|model)|\bsemantic (?:IDs?|tokens?|tokeni[sz]\w+)|\b(?:SIDs?|tokeni[sz]er)\b|\blong(?:-| )(?:term )?(?:user |behaviou?r(?:al)? )*sequences?|\blifelong\b|\bscaling laws?\b|\bscal(?:e|ing) up\b|"
    r"\bLLM-based recommend\w*|\bmulti-task\b|\bmulti-objective\b|\bunified (?:transformer|ranking|model|framework)|\breinforcement learning\b|\bpreference optimi[sz]ation\b|\bretrieval-augmented\b|\bcross-domain\b|\bcold-start\b|\bauto-?bidding\b",
    re.IGNORECASE,
)
_STRONG_LINE = re.compile(
    r"\bgenerative (?:recommend\w*|retrieval|ranking)|\bsemantic IDs?\b|\blong(?:-| )(?:term )?(?:user |behaviou?r(?:al)? )*(?:sequences?|modell?ing)|\bscaling laws?\b|\blifelong\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\bcodes?\b[^.]{0,60}\b(?:available|released|public|open|included|at)\b|\b(?:implementation|library|toolkit|data and code)\b[^.]{0,40}\b(?:available|open-?sourced|released|included)|"
    r"\bopen-?source (?:our|the|all) (?:code|implementation|model)|github\.com|this https URL|\bopen library\b|\breleased under\b",
    re.IGNORECASE,
)
_EXPERIMENTS = re.compile(
    r"\b(?:extensive |comprehensive |thorough )?experiments?\b|\boutperform\w*\b|\bevaluat\w+\b|\bablation\b|\b(?:empirical|experimental) results\b|\bimproves? [\w@ -]{2,30} (?:by|from) \d|\bacross (?:\w+ ){0,3}data ?sets\b|\bbaselines? (?:for|reveal|show|on)\b|\bbenchmark (?:with|on|of)\b",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\blatency\b|\bthroughput\b|\bQPS\b|\bGPU\b|\bserving cost|\binference cost|\bstorage\b", re.IGNORECASE
)
_WITHDRAWN = re.compile(
    r"\b(?:this )?(?:paper|article|submission|manuscript) (?:has been|is|was) withdrawn\b|^withdrawn\b", re.IGNORECASE
)
_PROMOTION = re.compile(
    r"\b(?:revolutionary|next-generation|seamless\w*|cutting-edge|world-class|game-chang\w+|unprecedented|redefine\w*|free trial|contact us|success stories|delight\w*|unparalleled)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"\bopen library\b|\breproduc\w+\b|\b(?:introduce|present|release|provide|propose)\w* (?:\w+ ){0,4}benchmark\b|^[^.]{0,120}\bbenchmark",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Judgement:
    """A rating with its reason in words; `features` are points by name, `supports` the words that gave them."""

    rating: int
    reason: str
    in_scope: bool = True
    features: dict[str, float] = field(default_factory=dict)
    supports: tuple[Support, ...] = ()


def judge_paper(
    title: str, passages: Sequence[Passage], organisations: Sequence[Organisation], comment: str | None
) -> Judgement:
    """The RecSys rubric over title and passages (abstract first). See EDITORIAL, Ratings."""
    abstract = passages[0]
    body = abstract.text[len(title) + 2 :] if abstract.text.startswith(title) else abstract.text
    if _WITHDRAWN.search(comment or "") or _WITHDRAWN.search(body):
        return Judgement(1, "withdrawn by its authors", True, {"withdrawn": -4.0})
    scope = scope_of(title, body)
    if not scope.inside:
        return Judgement(1, scope.reason, False, {"out_of_scope": -1.0})
    found = _Findings(title, passages, organisations)
    rating, why = found.verdict()
    return Judgement(rating, why, True, found.points, tuple(found.supports))


class _Findings:
    """The features of one paper, gathered once; `verdict` reads the rubric from the top."""

    def __init__(self, title: str, passages: Sequence[Passage], organisations: Sequence[Organisation]) -> None:
        self.points: dict[str, float] = {}
        self.supports: list[Support] = []
        self._passages = passages
        text = " ".join(p.text for p in passages)
        pairs = list(claim_rules.claims_of(passages))
        live = [c for c, family in pairs if c.evidence in ("online_ab", "deployed") and c.sign and c.hedge != "not significant"
                and family in ("business", "system")]  # fmt: skip
        business = metrics.published(c for c, f in pairs if c in live and f == "business")
        self.figure: Claim | None = next(iter([*business, *live]), None)
        self.business = bool(business)
        self.org = next((o for o in organisations if o.kind == "industry"), None)
        none_run = any(evidence.none_run(p.text[a:b]) for p in passages for a, b in sentences(p.text))
        tested = any(c.evidence == "online_ab" for c, _ in pairs)
        self.online = (tested or not none_run) and self._first("online_test", 2.0, evidence.mentions_online)
        self.deployed = self._first("deployed", 2.0, evidence.mentions_deployment)
        self.scale = self._note("scale", 0.5, _SCALE)
        self.dataset = self._note("data_set", 1.0, _DATASET) and bool(_BIG_DATA.search(text))
        self.industrial = self._note("industrial_data", 0.5, _INDUSTRIAL_DATA)
        self.line = self._note("live_line", 0.5, _LIVE_LINE)
        self.strong_line = _STRONG_LINE.search(text)
        self.code = self._note("code", 0.5, _CODE)
        self.cost = self._note("cost", 0.3, _COST)
        self.tested = bool(_EXPERIMENTS.search(text))
        self.simulated = any(evidence.mentions_simulation(p.text) for p in passages[:1])
        self.promotion = len({m[0].lower() for m in _PROMOTION.finditer(passages[0].text)}) >= 3
        self.comparison = bool(_COMPARISON.search(text))
        self.many_datasets = bool(
            re.search(r"\b(?:four|five|six|seven|eight|nine|ten|\d{1,2}) (?:[a-z-]+ ){0,3}data ?sets\b", text)
        )
        if self.figure:
            self.points["online_figure"] = 1.0
            self.supports += self.figure.supports
        if self.org:
            self.points["organisation"] = 0.5
            self.supports.append(self.org.support)

    def verdict(self) -> tuple[int, str]:
        org = f" at {self.org.name}" if self.org else ""
        if self.figure and self.business and org and self.deployed:
            return 5, f"in production{org} with a signed figure ({figure_text(self.figure)})"
        if self.figure:
            missing = "; no organisation is named" if not org else "" if self.deployed else "; deployment is not stated"
            return 4, f"online figure{org} ({figure_text(self.figure)}){missing}"
        if self.deployed or self.online:
            words = ["tested online"] * self.online + ["deployed"] * self.deployed
            return (
                4,
                f"{' and '.join(words)}{org}; {'its figures are bound to no measure here' if self.unbound() else 'no figure given'}",
            )
        if self.dataset:
            return 4, "a data set of industrial size that benchmarks can use"
        if self.industrial and self.cost and self.tested and (org or self.scale):
            return 4, f"industrial work at scale{org}, offline, with its serving cost"
        return self._offline_verdict()

    def _offline_verdict(self) -> tuple[int, str]:
        code = " and code" if self.code else ""
        if self.simulated:
            return 2, "evidence from simulation only"
        if self.strong_line and self.tested:
            return 3, f"{self.strong_line[0].lower()}, with experiments{code}"
        if self.industrial and self.tested:
            return 3, "industrial data, offline evidence"
        if self.code and self.tested and (self.line or self.comparison):
            return 3, "broad offline evidence with code"
        if self.promotion and not self.tested:
            return 1, "promotion without evidence"
        return 2, "offline evidence on public data" if self.tested else "no evidence beyond the proposal"

    def unbound(self) -> bool:
        """True when a sentence with live evidence holds a percentage that no claim took."""
        return unbound_figures(self._passages)

    def _note(self, name: str, points: float, rx: re.Pattern[str]) -> bool:
        for passage in self._passages:
            if m := rx.search(passage.text):
                self.points[name] = points
                self.supports.append(Support(passage.id, m.start(), m.end(), f"feature:{name}"))
                return True
        return False

    def _first(self, name: str, points: float, find: object) -> bool:
        for passage in self._passages:
            for start, end in sentences(passage.text):
                if find(passage.text[start:end]):  # type: ignore[operator]
                    self.points[name] = points
                    self.supports.append(Support(passage.id, start, end, f"feature:{name}"))
                    return True
        return False


def unbound_figures(passages: Sequence[Passage]) -> bool:
    """True when a sentence that reports a test on users or a deployment holds a percentage."""
    return any(
        "%" in p.text[a:b] and evidence.level_of(p.text[a:b]) in metrics.LIVE
        for p in passages
        for a, b in sentences(p.text)
    )


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
