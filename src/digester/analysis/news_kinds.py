"""What a news item is by the form of its headline: a list of stories, a customer's praise, who is at a conference, a question,
a model by its name and number.

The rubric (rating_news) asks what a text tells; this says what its headline already gives away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PARTS = re.compile(r", (?:and )?| (?:&|and) (?=[A-Z])|; |、|；")
PARTS = 3  # stories that make a list of them
_WORDS = re.compile(r"\w+")
_MAKER = r"(?:OpenAI|Anthropic|Google|DeepMind|Microsoft|Meta|Amazon|AWS|Apple|Nvidia|NVIDIA|Mistral|xAI|Cohere|Cursor|We|Our)\b"
_PRODUCT = (
    r"(?:ChatGPT|Codex|GPT-?[\d.]+|Claude|Gemini|Vertex AI|Copilot|Bedrock|SageMaker|Cursor|Grok|Mistral|Le Chat|Cohere|Command|Perplexity|Sonar|"
    r"Llama|Groq|Together AI|OpenAI|Anthropic|DeepMind)(?: [A-Z\d][\w.-]*){0,3}"
)
_USES = (
    r"(?:us(?:es?|ed|ing)|buil[dt]s?|cuts?|cutting|sav(?:es?|ed)|scal(?:es?|ed)|automat(?:es?|ed)|transform(?:s|ed)?|reduc(?:es?|ed)|boost(?:s|ed)?|improv(?:es?|ed)|accelerat(?:es?|ed)|"
    r"expands?|doubles?|halv(?:es|ed)|grows?|grew|ships?|shipped|speeds? up|sped up|streamlin(?:es?|ed)|unlocks?|reimagin(?:es?|ed)|powers?|brings?|turns?|moderni[sz](?:es?|ed)|delivers?)"
)
_CUSTOMER = re.compile(
    rf"^How (?!we\b|our\b|to\b|I\b|you\b).{{2,80}}? {_USES}\b.{{0,120}}\b(?:with|using|on|through|into?) {_PRODUCT}$|"
    rf"^(?!{_MAKER})[A-Z][\w.&'\u2019-]*(?: [A-Z][\w.&'\u2019-]*){{0,3}} {_USES} .{{0,120}}\b(?:with|using|powered by|through) {_PRODUCT}$"
)
_ATTENDS = re.compile(
    r"\bat (?:the )?(?:ICLR|NeurIPS|ICML|CVPR|ICCV|ECCV|KDD|SIGIR|RecSys|ACL|EMNLP|NAACL|AAAI|IJCAI|WWW|WSDM|CIKM|Interspeech|ICASSP|SIGGRAPH)(?: ?'?\d{2,4})?$"
)
_RESULTS = re.compile(
    r"\b(?:profits?|earnings|shares|stocks?|quarterly (?:sales|results|revenue))\b.{0,40}\b(?:slumps?|falls?|fell|drops?|ris(?:e|es|ing)|rose|jumps?|surges?|soars?|beats?|miss(?:es)?|plunges?|tumbles?|climbs?)\b|"
    r"净利润|营收(?:增长|下降|同比)|股价(?:上涨|下跌|大涨|大跌|暴跌)",
    re.IGNORECASE,
)
_INITIATIVE = re.compile(
    r"\b(?:training|education(?:al)?|learning|literacy|fellowship|grants?|accelerator|ambassador|start-?up|futures|outreach) (?:initiatives?|program(?:me)?s?|pilots?)\b|\b(?:research|teaching|student|community|seed) (?:and \w+ )?grants?\b|\binitiative (?:to|for|with)\b|\bsigns? .{0,40}\bpledge\b|"
    r"\b(?:fellowships?|scholarships?)\b|\ban? new (?:\w+ ){0,2}(?:blog|newsletter|podcast|video series)\b",
    re.IGNORECASE,
)
_APPOINTS = re.compile(
    r"\bappoints?\b|\b(?:joins?|to join)\b.{0,60}\bas\b|\bnames?\b.{0,60}\b(?:head|chief|president|director|officer|CEO|CTO|CFO)\b|\bopens?\b.{0,40}\boffices?\b|\bhiring plans\b|\b(?:new|first) (?:office|headquarters) in\b|\bambassador\b|\bsponsors?\b|任命|出任|新设办公室",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(r"^(?:Why|How|What) (?!.*[?\uff1f])", re.IGNORECASE)
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|the (?:week|month|year|quarter)|20\d\d)"
_RECAP = re.compile(
    rf"\b(?:latest|all the|biggest|top) (?:\w+ ){{0,3}}(?:news|updates|announcements)\b.{{0,30}}\b(?:in|from|of) {_MONTHS}\b|\brecap\b|\b(?:weekly|monthly) (?:update|digest|round-?up)\b|\byear in review\b|(?:本周|本月|年度)(?:回顾|盘点|汇总)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?\uff1f][\"'\u201d\u2019)]*$")
_NUMBERED = r"[A-Z][\w.+-]*(?: [A-Z][\w.+-]*){0,3}[ -]v?\d+(?:\.\d+)?[\w-]*(?: [A-Z][\w.+-]*){0,3}"
_MODEL = re.compile(
    rf"^(?:[Ii]ntroducing|[Aa]nnouncing|[Rr]eleasing|[Ll]aunching|[Mm]eet):? {_NUMBERED}(?:$|[,:]| and )|^[A-Z][\w+-]*(?: [A-Z][\w+-]*){{0,3}}[ -]\d{{1,2}}(?:\.\d)?(?:-[A-Z]\w*)?(?: [A-Z]\w*){{0,2}}$|"
    r"^\S{2,30} ?\d[\w.-]{0,12}(?: \S{2,20})? ?(?:\u53d1\u5e03|\u5f00\u6e90|\u4e0a\u7ebf)"
)


SHIPPED = re.compile(  # something to have, and not only something said
    r"\b(?:releas\w+|launch\w*|ship(?:s|ped)|open[- ]?sourc\w+|open[- ]weights?|introduc\w+|unveil\w*|available|availability|GA|rolls? out|supports|live|can now|preview|beta)\b|发布|开源|上线|推出|开放|正式版|面世",
    re.IGNORECASE,
)
OFFERED = re.compile(  # a headline of something new to have
    r"\bcan now\b|\bpublish(?:es|ed)\b|^New (?:[\w-]+ ){0,4}(?:models?|features?|integrations?|tools?|APIs?|SDKs?|capabilities)\b",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?:study|studies|researchers?|survey|audit|scientists|analysis|investigation)\b.{0,40}\b(?:finds?|found|shows?|discovers?|reveals?|uncovers?)\b|(?:研究|调查|论文)(?:发现|显示|表明)",
    re.IGNORECASE,
)
# features that say what news are, and are no merits of them
NO_MERIT = frozenset({
    "dated", "shipped", "titled", "licence", "paper", "asks", "customer", "attends", "results", "initiative", "appoints", "explains", "recap", "finding",
})  # fmt: skip


def features(title: str, opening: str, primary: bool, newsletter: bool, paper: bool) -> dict[str, float]:
    """What the headline, and for an initiative the opening, says that a news item of such a source is."""
    found = {
        "primary": primary, "paper": paper, "customer": primary and customer(title), "attends": attends(title), "asks": asks(title),
        "results": results(title), "model": primary and model(title), "initiative": primary and initiative(opening),
        "appoints": primary and appoints(title), "explains": not primary and explains(title), "recap": not newsletter and recap(title),
        "finding": not primary and bool(_FINDING.search(title)), "titled": bool(SHIPPED.search(title)),
    }  # fmt: skip
    return {name: 1.0 for name, holds in found.items() if holds}


def many(title: str) -> bool:
    """A headline that is a list of stories: at least three parts of several words each, written like headlines."""
    parts = [p for p in _PARTS.split(title) if p]
    told = [p for p in parts if len(_WORDS.findall(p)) >= 2]
    return len(told) >= PARTS and not any(p[0].islower() for p in parts)


def customer(title: str) -> bool:
    """What a customer did with the product of whoever tells it."""
    return bool(_CUSTOMER.search(title))


def attends(title: str) -> bool:
    """Who shows what at a conference."""
    return bool(_ATTENDS.search(title))


def results(title: str) -> bool:
    """What a company earned, or what its shares did."""
    return bool(_RESULTS.search(title))


def initiative(opening: str) -> bool:
    """A programme of lessons, grants or talk: nothing to build with."""
    return bool(_INITIATIVE.search(opening))


def appoints(title: str) -> bool:
    """Who gets a post, or where an office opens."""
    return bool(_APPOINTS.search(title))


def explains(title: str) -> bool:
    """An explanation of what is known."""
    return bool(_EXPLAINS.search(title))


def recap(title: str) -> bool:
    """What was told before, once more."""
    return bool(_RECAP.search(title))


def asks(title: str) -> bool:
    return bool(_ASKS.search(title.strip()))


def model(title: str) -> bool:
    """A model by its name and number, as makers head what they release."""
    return bool(_MODEL.search(title))


_GENERAL = frozenset([  # verdicts by features that many kinds of news have
    "a technique or measurement with figures, from its makers", "a release with specifics", "useful: one thing to use, with a figure",
    "facts and figures, told by an outlet", "a release to know of", "a move told by a named outlet", "a write-up from its makers",
])  # fmt: skip
_OF_PAPERS = _GENERAL - {"a technique or measurement with figures, from its makers", "a release with specifics"}


def called(points: Mapping[str, float], why: str) -> str:
    """A verdict of the rubric in words of what the news is, where the features that led to it are not: a ruling is no release,
    what is only announced is none either, and what a maker tells of itself no outlet tells."""
    if why in _GENERAL and "court" in points:
        return "a court ruling"
    if why in _GENERAL and "ends" in points:
        return "an end of service, announced"
    if why in _OF_PAPERS and "paper" in points:
        return "a paper, as its authors sum it up"
    if why == "a release to know of" and "move" in points and not points.keys() & {"titled", "primary"}:
        return "a move told by a named outlet"
    if why == "a release to know of" and "shipped" not in points and "version" not in points:
        return "an announcement to know of"
    if why == "a move told by a named outlet" and "primary" in points:
        return "a move, told by one of its parties"
    return why
