"""Ratings 1 to 5 that can be explained: stated features, each with points and the words that gave them.

RecSys papers are judged by evidence, not by promise: what was tested online or deployed, at whom, with
which signed figure. The size of an offline lift and promotional words change nothing. AI news is judged
by what engineers can do with it. `judge_*` are pure; the same words always give the same rating.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from digester.analysis import claims as claim_rules
from digester.analysis import evidence
from digester.analysis.scope import scope_of
from digester.analysis.tokens import sentences
from digester.domain.model import Claim, Organisation, Passage, Support

RECSYS = "recsys-1"
AI = "ai-1"

_SCALE = re.compile(
    r"(?:(?P<n>\d+(?:\.\d+)?)\s?(?P<u>million|billion|M|B|亿)|hundreds of millions|tens of millions|billions?)(?: of)? (?:[a-z-]+ ){0,3}(?:users|members|customers|people|viewers|listeners|DAU)|亿用户",
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
    r"\bcodes? (?:is|are|will be|and data|and models?)\b|\bopen-?sourced?\b|\bpublicly (?:available|released|accessible)\b|github\.com|this https URL|\breleased under\b|\bcode is included\b|\bopen library\b",
    re.IGNORECASE,
)
_EXPERIMENTS = re.compile(
    r"\b(?:extensive |comprehensive |thorough )?experiments?\b|\boutperform\w*\b|\bevaluat\w+\b|\bablation\b|\bbaselines? (?:for|reveal|show|on)\b|\bbenchmark (?:with|on|of)\b",
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
_COMPARISON = re.compile(r"\bopen library\b|\breproduc\w+\b|\bbenchmark\w*\b", re.IGNORECASE)


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
        business = [c for c, f in pairs if c in live and f == "business"]
        self.figure: Claim | None = next(iter([*business, *live]), None)
        self.business = bool(business)
        self.org = next((o for o in organisations if o.kind == "industry"), None)
        self.online = self._first("online_test", 2.0, evidence.mentions_online)
        self.deployed = self._first("deployed", 2.0, evidence.mentions_deployment)
        self.scale = self._note("scale", 0.5, _SCALE)
        self.dataset = self._note("data_set", 1.0, _DATASET) and bool(_BIG_DATA.search(text))
        self.industrial = self._note("industrial_data", 0.5, _INDUSTRIAL_DATA)
        self.line = self._note("live_line", 0.5, _LIVE_LINE)
        self.strong_line = bool(_STRONG_LINE.search(text))
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
        org = self.org.name if self.org else ""
        if self.figure and self.business and org and self.deployed:
            return 5, f"in production at {org} with a signed figure ({figure_text(self.figure)})"
        if self.figure:
            missing = (
                "; no organisation is named"
                if not org
                else ""
                if self.deployed
                else f" at {org}; a test, deployment is not stated"
            )
            return 4, f"online figure ({figure_text(self.figure)}){missing}"
        if self.online and self.deployed:
            return 4, f"tested online and deployed{' at ' + org if org else ''}; no figure given"
        if self.deployed or self.online:
            return (
                4,
                f"{'deployed' if self.deployed else 'tested online'}{' at ' + org if org else ''}; no figure given",
            )
        if self.dataset:
            return 4, "a data set of industrial size that benchmarks can use"
        if self.industrial and self.cost and self.tested and (org or self.scale):
            return 4, "industrial work at scale, offline, with its serving cost"
        if self.simulated:
            return 2, "evidence from simulation only"
        if self.strong_line and self.tested:
            return 3, "a live line of work with experiments" + (" and code" if self.code else "")
        if self.industrial and self.tested:
            return 3, "industrial data, offline evidence"
        if self.code and self.tested and (self.line or self.comparison):
            return 3, "broad offline evidence with code"
        if self.promotion and not self.tested:
            return 1, "promotion without evidence"
        return 2, "offline evidence on public data" if self.tested else "no evidence beyond the proposal"

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


def figure_text(claim: Claim) -> str:
    """`CTR +3.49%`, `up to` and `not significant` kept: a figure never travels without its hedge."""
    unit = claim.unit if claim.unit in ("%", "x") else f" {claim.unit}"
    hedge = "" if claim.hedge in (None, "not significant") else f"{claim.hedge} "
    tail = " (not significant)" if claim.hedge == "not significant" else ""
    return f"{claim.metric} {hedge}{claim.sign}{claim.value}{unit}{tail}"


# ---------------------------------------------------------------- AI news
_RELEASE = re.compile(
    r"\b(?:releas\w+|launch\w*|ships?|shipped|open[- ]?sourc\w+|open[- ]weights?|publish\w+|introduc\w+|unveil\w*|announc\w+|now available|available (?:today|now)|general(?:ly)? availab\w+|\bGA\b|rolls? out)\b|发布|开源|上线|推出",
    re.IGNORECASE,
)
_USABLE = re.compile(
    r"\b(?:open[- ]weights?|weights|Apache[- ]2\.0|MIT[- ]licen[cs]e\w*|licen[cs]ed?|per million tokens|price[ds]?|pricing|\$\d|US dollars|general(?:ly)? availab\w+|in force|takes effect|into force|available (?:today|now)|download\w*)\b|许可|价格|每百万|开源权重|正式可用|生效",
    re.IGNORECASE,
)
_OPEN_TO_ALL = re.compile(
    r"\bopen[- ]weights?\b|\bweights (?:are|can be|is)\b|\bweights, the\b|\bgeneral(?:ly)? availab\w+|\bper million (?:input |output )?tokens\b|\bavailable to (?:all|everyone)\b|开源权重|开放权重|正式可用|每百万",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:rule|law|act|regulat\w+|directive|ban|order|export)\b[^.]{0,60}\b(?:in force|takes effect|took effect|applies|binding|adopted|signed)\b|生效",
    re.IGNORECASE,
)
_SPECIFIC = re.compile(
    r"(?<![\w.])\$?\d[\d.,]*\d|(?<![\w.])\d(?= ?(?:%|x|×|B|M|K|GB|TB|ms|亿|万|倍))|(?<![\w.])\$\d", re.IGNORECASE
)
_TECHNIQUE = re.compile(
    r"\b(?:latency|throughput|benchmark\w*|accuracy|speed\w*|energy|memory|cache|quanti[sz]\w+|A/B|online test|architecture|train\w+|infer\w+|rank\w+|retriev\w+|recommend\w+|evaluat\w+|embedding\w*|fine-?tun\w+|multi-vector|routing|watermark\w*|cluster|vulnerab\w+|exploit\w*|incident|breach|hijack\w*|attack\w*)\b|推理|训练|延迟|吞吐|评测|漏洞",
    re.IGNORECASE,
)
_RUMOUR = re.compile(
    r"\b(?:reportedly|rumou?r\w*|sources (?:say|said|familiar)|people familiar|is said to|in (?:advanced |early |exclusive )?talks|people with knowledge|close to (?:buying|acquiring|a deal)|may acquire|could acquire)\b|据报道|传闻|知情人士",
    re.IGNORECASE,
)
_LISTICLE = re.compile(
    r"^(?:the )?(?:top |best )?\d+ (?:best|top|ways|tips|tools|things|reasons|prompts|books|must|ai tools|hacks|lessons)\b|\b(?:you need to know|you should (?:know|try)|ultimate guide|cheat ?sheet)\b|必看|盘点",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:webinar|register (?:now|today|here|early)|early[- ]bird|tickets?|join us|save your seat|call for (?:papers|speakers)|conference pass|sponsored|discount code|sign up (?:now|today))\b|报名|限时优惠|早鸟",
    re.IGNORECASE,
)
_FUNDING = re.compile(
    r"\b(?:raises?|raised|series [a-e]\b|funding round|seed round|valuation|valued at)\b|融资|估值", re.IGNORECASE
)
_MOVE = re.compile(
    r"\b(?:invest(?:s|ing|ed)|acquir\w+|buys|bought|merg\w+|shuts? down|shutting down|joins?|partners?|sues?|sued|bans?|blocks?|allows?|will (?:now )?(?:allow|let)|lets|adds?|"
    r"cuts?|raises prices|surges?|doubles?|switch\w+ off|retir\w+|delays?|opens|closes|hires?|leaves|settles)\b|收购|入股|裁员|关停|涨价|降价",
    re.IGNORECASE,
)
_VERSION = re.compile(r"^(?:[\w./-]+ )?v?\d+\.\d+(?:\.\d+)?(?:[-.]?(?:rc|beta|alpha)\d*)?$|\b(?:version|release) \d+\.\d+", re.IGNORECASE)
_SPECULATION = re.compile(r"\?$|\b(?:[Mm]ight|may|[Cc]ould|[Ww]ould|[Mm]aybe|[Pp]erhaps)\b")
_COMMENTARY = re.compile(
    r"\b(?:opinion|essay|my take|thoughts on|why (?:i|we|the)|i think|should we|the case for|the case against|in defen[cs]e of|musings|reflections?|what .{3,40} means)\b|观点|随想|我认为",
    re.IGNORECASE,
)


def judge_news(title: str, passage: Passage, *, primary: bool, weight: float = 1.0) -> Judgement:
    """The AI news rubric over headline and text; `primary` when the source tells of itself."""
    text = passage.text
    lead = text[:1500]
    points: dict[str, float] = {}
    supports: list[Support] = []

    def note(name: str, rx: re.Pattern[str], where: str = lead) -> bool:
        if m := rx.search(where):
            points[name] = 1.0
            supports.append(Support(passage.id, m.start(), m.end(), f"feature:{name}"))
        return name in points

    law = note("law", _LAW, f"{title}. {text[:600]}")
    adverts = len({m[0].lower() for m in _EVENT.finditer(lead)})
    if not law and (
        note("listicle", _LISTICLE, title) or (note("event", _EVENT, title) or (adverts > 1 and note("event", _EVENT)))
    ):
        return Judgement(1, "promotion or list, nothing to act on", True, points, tuple(supports))
    specifics = len(
        {
            m[0].rstrip(".,")
            for m in _SPECIFIC.finditer(text[:900])
            if not re.fullmatch(r"(?:19|20)\d\d", m[0].rstrip(".,"))
        }
    )
    points["specifics"] = float(min(specifics, 6))
    for name, rx in _NEWS_FEATURES.items():
        note(name, rx)
    note("commentary", _COMMENTARY, f"{title}. {text[:300]}")
    for name, rx in (("move", _MOVE), ("version", _VERSION), ("speculation", _SPECULATION)):
        note(name, rx, title)
    if primary:
        points["primary"] = 1.0
    rating, why = _news_verdict(points)
    return Judgement(rating, why, True, points, tuple(supports))


_NEWS_FEATURES = {
    "release": _RELEASE,
    "usable": _USABLE,
    "open_to_all": _OPEN_TO_ALL,
    "technique": _TECHNIQUE,
    "reported": _RUMOUR,
    "funding": _FUNDING,
}


def _news_verdict(points: Mapping[str, float]) -> tuple[int, str]:
    """The rubric for AI news over the features found, read from the top."""
    has, specifics = points.__contains__, points["specifics"]
    if has("reported"):
        return (3, "a move reported by a named outlet") if specifics else (2, "reported without specifics")
    if has("law") and specifics:
        return 5, "a rule in force, with dates or amounts"
    if has("release") and has("open_to_all") and has("primary") and specifics >= 3 and not has("funding"):
        return 5, "a release from its maker with weights, price or general availability to check"
    if has("funding") and not has("usable"):
        return 2, "funding without a product"
    if has("commentary") and specifics < 3:
        return 2, "commentary without new facts"
    if has("technique") and has("primary") and specifics >= 3:
        return 4, "a technique or measurement with figures, from its makers"
    if has("release") and has("usable") and specifics:
        return 4, "a release with specifics"
    if (has("release") or has("technique")) and specifics:
        return 3, "useful: one thing to use, with a figure"
    if has("speculation"):
        return 2, "a question or a guess, not news"
    if has("release") or has("usable") or has("version"):
        return 3, "a release to know of"
    if has("move"):
        return 3, "a move told by a named outlet"
    if has("primary") and has("technique"):
        return 3, "a write-up from its makers"
    return 2, "no new facts"
