"""The features of a paper on which its rating rests: each is stated, weighed in a file, and has its words.

What is read is the text without promotion (`promotion`). Evidence (tests, deployment, figures, organisation, scale,
data, cost, code) is looked for in all passages; what a paper is about, in title and abstract alone, so that a whole
text does not gather topics in passing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from digester.analysis import claims as claim_rules
from digester.analysis import evidence, metrics
from digester.analysis.claims import values
from digester.analysis.claims.reading import read
from digester.analysis.scope import mentions
from digester.analysis.searching import any_of, has
from digester.analysis.tokens import sentences
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Organisation, Passage, Support

SCALE = any_of(
    r"(?:(?<!\d)(?P<n>\d++(?:\.\d++)?)\s?(?P<u>million|billion|M|B|亿)|hundreds of millions|tens of millions|billions?)(?: of)? (?:[a-z-]+ ){0,3}(?:users|members|customers|people|viewers|listeners|DAU)|亿用户"
)
INDUSTRIAL_DATA = any_of(
    r"\b(?:industrial|production|proprietary|commercial|billion-scale|real-world industrial|large-scale industrial) (?:[a-z-]+ ){0,3}(?:data|data ?sets?|logs|traffic|system|platform|environment|scale)\b",
    r"\b(?:internal|in-house) (?:[a-z-]+ ){0,3}(?:data|data ?sets?|logs|traffic)\b|\bproduction (?:[a-z-]+ ){0,2}(?:models?|rankers?|baselines?)\b",
)
DATA_SET = any_of(
    r"\b(?:we|to bridge this gap,? we) (?:introduce|release|present|publish|open-?source)\w* [^.]{0,80}\bdata ?set\b|\blargest (?:publicly available|public|open)\b|\b(?:open|first public) (?:data ?)?set\b|\bwe release [A-Z][\w-]+, \d|\bA Large-Scale [^.:]{0,60}Dataset\b"
)
BIG_DATA = any_of(
    r"\b\d+(?:\.\d+)?\s?(?:million|billion) (?:[a-z-]+ ){0,2}(?:interactions|users|items|records|events|impressions|sessions|videos|products|queries|listings)"
)
LIVE_LINE = any_of(
    r"\bgenerative (?:recommend\w*|retrieval|ranking|model)|\bsemantic (?:IDs?|tokens?|tokeni[sz]\w+)|\b(?:SIDs?|tokeni[sz]er)\b|\blong(?:-| )(?:term )?(?:user |behaviou?r(?:al)? )*sequences?|\blifelong\b|\bscaling laws?\b|\bscal(?:e|ing) up\b",
    r"\bLLM-based recommend\w*|\bmulti-task\b|\bmulti-objective\b|\bunified (?:transformer|ranking|model|framework)|\breinforcement learning\b|\bpreference optimi[sz]ation\b|\bretrieval-augmented\b|\bcross-domain\b|\bcold-start\b|\bauto-?bidding\b",
)
LEADING_LINE = any_of(
    r"\bgenerative (?:recommend\w*|retrieval|ranking)|\bsemantic IDs?\b|\blong(?:-| )(?:term )?(?:user |behaviou?r(?:al)? )*(?:sequences?|modell?ing)|\bscaling laws?\b|\blifelong\b"
)
CODE = any_of(  # that of the paper, not the codes that it learns
    r"(?<!each )(?<!every )\bcode(?:base)?\b[^.;]{0,60}? (?:is|was|be|been|being)(?: \w+){0,3} (?:available|released|public|open|included|provided|shared|published|accessible|found|open-?sourced)\b",
    r"\bcode(?:s|base)?\b[^.;]{0,60}? (?:are|were|be|been|being)(?: \w+){0,3} (?:available|released|public|published|accessible|open-?sourced)\b",
    r"\bcode(?:s|base)?\b[^.;]{0,50}?(?: at|:|,)? ?(?:\(|\[)?(?:https?:|www\.|github|this (?:https? )?(?:url|link)|anonymous)",
    r"\bmak(?:e|es|ing) (?:\w+ ){0,3}codes? (?:\w+ ){0,5}(?:available|public|open)\b|\b(?:releas|publish|open[- ]?sourc)(?:es?|ed|ing)? (?:(?:our|the|all|their|full|source),? ){0,3}codes\b",
    r"\b(?:releas|publish|open[- ]?sourc|shar|provid)(?:es?|ed|ing)? (?:(?:our|the|all|both|its|their|full|source|data|data ?sets?|models?|and|implementation|training|an?|public|complete|access to),? ){0,6}code\b",
    r"\bcodes? (?:\w+ ){0,2}available\b|\bavailable codes?\b|\bcode release\b|\bwith (?:open|public|released) code\b",
    r"\b(?:implementation|library|toolkit)\b[^.]{0,40}\b(?:available|open-?sourced|released|included)",
    r"\b(?:implementation|repository|github|library|toolkit)\b[^.;]{0,80}\bthis https url\b|\bthis https url\b[^.;]{0,60}\b(?:codes?|implementation|repository|github)\b",
    r"\bopen-?source (?:our|the|all) (?:code|implementation|model)|github\.com|\bopen library\b|\breleased under\b",
)
_PROMISED = re.compile(  # what will be there is not there
    r"\b(?:will|shall|to) (?:soon )?be (?:\w+ ){0,2}(?:available|released|public|open)|\bwill (?:\w+ly )?(?:release|open|publish|share|provide|make)|"
    r"\b(?:upon|after|on|following) (?:the )?(?:paper(?:'s)? )?(?:acceptance|publication|review)\b|\bsoon\b",
    re.IGNORECASE,
)
EXPERIMENTS = any_of(
    r"\b(?:extensive |comprehensive |thorough )?experiments?\b|\boutperform\w*\b|\bablation\b|\b(?:empirical|experimental) results\b|\bimproves? [\w@ -]{2,30} (?:by|from) \d|\bacross (?:\w+ ){0,5}data ?sets\b|\bbaselines? (?:for|reveal|show|on)\b|\bbenchmark (?:with|on|of)\b|"
    r"\btests? on (?:[\w-]+ ){0,4}data ?sets?\b|\bdata ?sets? (?:show|demonstrate|confirm|verify|validate|indicate)\b|"
    r"\bvalidat\w+ [^.]{0,80}\b(?:on|using|across) |\b(?:superior|competitive|state-of-the-art|strong|best|strongest|highest) (?:\w+ ){0,2}(?:performance|results|precision|accuracy|coverage)\b|"
    r"\bcompared (?:to|with) (?:\w+ ){0,2}(?:methods|baselines?|approaches|models)\b|\bover (?:\w+ ){0,3}baselines?\b|\b(?:results|findings|simulations) (?:show|demonstrate|indicate|confirm|reveal|validate|suggest|highlight)\b|"
    r"\bimproves? (?:\w+ ){0,6}by \d|实验(?:表明|结果|显示)",
    r"\b(?:performance|results) on (?:[\w-]+ ){0,5}data ?sets?\b|\bevaluat(?:e|es|ed|ing) (?:(?:the|on|over|across|all|up|to) ){0,2}(?:two|three|four|five|six|seven|\d{1,3}|several|multiple|various|both)\b",
    r"\bevaluat\w+\b[^.;,]{0,60}\b(?:data ?sets?|benchmarks?|corp(?:us|ora)|collections?|logs)\b|\bon (?:[\w-]+ ){1,4}data ?sets?,? (?:\w+ ){0,3}evaluat",
    r"\bevaluat\w+\b[^.;]{0,80}\b(?:show|demonstrat|confirm|reveal|indicat|verif|validat|suggest|highlight|find|found|improv|yield|achiev)",
    r"\bwe (?:show|find|found|observe) that (?:[^.;]|\.\d){0,160}\d\s?%",
    r"\bon (?:two|three|four|five|six|seven|\d{1,2}) (?:public )?(?:data )?sets\b|\bfield study with \d",
)
COST = any_of(
    r"\blatency\b|\bthroughput\b|\bQPS\b|\bGPU\b|\bstorage\b|\bserving (?:costs?|efficiency|time|overhead)\b|\bMFU\b|\bFLOPs\b",
    r"\binference (?:costs?|efficiency|time|speed(?:-?ups?)?|overhead|acceleration)\b|\b(?:faster|efficient|accelerat\w{1,4}) (?:\w+ )?inference\b",
)
BENCHMARK = any_of(
    r"\bopen library\b|\breproduc\w+\b|\b(?:introduce|present|release|provide|propose)\w* (?:\w+ ){0,4}benchmark\b|^[^.]{0,120}\bbenchmark"
)
SMALL_SETS = any_of(  # what a text says itself of the sets it was tried on
    r"\b(?:each with|all with|with|of) (?:fewer|less) than \d{1,2},\d{3} (?:users|items|interactions)\b"
)
INDUSTRIAL_SETTING = any_of(
    r"\bindustrial\b|\bin industry\b|\bproduction(?:-(?:scale|ready|grade|level))?\b|\b(?:web|billion|industry)-scale\b|\bcommercial (?:\w+ ){0,2}(?:platform|system|search|engine|application)s?\b|\breal-world (?:\w+ ){0,2}(?:platform|system|deployment|application|scenario)s?\b|"
    r"\bserving\b|\bonline (?:learning|serving|inference|service|platform|system)s?\b|\bbusiness (?:\w+ ){0,2}(?:metric|value|goal|objective|scenario|constraint)s?\b|工业"
)
PLATFORM = any_of(
    r"\bshort[- ]video|\blive-?streaming|\be-commerce|\b(?:online )?marketplaces?\b|\bfood delivery|\bapp stores?\b|\bnews ?feeds?\b|\b(?:content|video|music|social|streaming|advertising|ads?|travel|job|shopping) platforms?\b|\bfeeds?\b|\bmini-?apps?\b|短视频|电商|直播"
)
ADS = any_of(
    r"\badvertis\w+|\bclick-through\b|\bCTR\b|\bCVR\b|\bconversion (?:rate|prediction)|\bbid(?:s|ding|ders?)?\b|\bads?\b(?! hoc)|广告|出价|点击率"
)
SEARCH = any_of(
    r"\b(?:e-commerce|product|marketplace|job|hotel|travel|app|video|local|map|platform|personali[sz]ed|shopping) search\b|\bsearch (?:ads|relevance|advertising|ranking|engines?)\b|\bquery (?:rewrit\w+|suggestion|auto-?completion|understanding)|搜索"
)
STACK = any_of(
    r"\b(?:pre-?ranking|coarse ranking|fine ranking|re-?ranking|ranking|retrieval|recall|matching) (?:stages?|models?|systems?|modules?|pipelines?)\b|\bcascad\w+|\bmulti-stage\b|\bembedding tables?\b|\bDLRMs?\b|\bfeature (?:interaction|crossing)\w*|\branker\b|\btwo-tower\b|\bmulti-?(?:task|scenario|domain) (?:learning|recommend\w*|model\w*)|粗排|精排|召回"
)
SURVEY = any_of(
    r"\b(?:survey|systematic review|literature review|tutorial|perspective paper|position paper|workshop|shared task|track at|dissertation|thesis)\b|\bwe (?:argue|review|survey|advocate)\b"
)
STUDY = any_of(
    r"\b(?:user stud(?:y|ies)|participants|interview\w*|questionnaires?|qualitative|focus groups?|crowd-?sourc\w+|audit\w*|students|librar(?:y|ies|ians))\b"
)
OTHER_FIELD = any_of(
    r"\b(?:question answering|QA|passage retrieval|document retrieval|dense retriev\w+|legal|medical|clinical|biomedical|health\w*|scientific (?:literature|papers|documents)|patents?|citations?|scholarly|education\w*|knowledge bases?|RAG)\b"
)
RECOMMENDATION = any_of(
    r"\brecommend(?:er|ers|ation|ations)\b|\bcollaborative filtering\b|\buser (?:behaviou?r|interest|preference)s?\b|推荐"
)
VENUE = re.compile(
    r"\b(?i:accepted|to appear|published|camera[- ]ready|in proceedings)\b[^.;]{0,60}\b(?:KDD|SIGIR|RecSys|WWW|The Web Conference|WSDM|CIKM|ICDE|VLDB|SIGMOD|ICML|ICLR|NeurIPS|AAAI|IJCAI|ACL|EMNLP|ECIR|TOIS|TKDE)\b"
)

_BASIS_POINTS = re.compile(r"(?<![\w.])\d{1,6}(?:\.\d{1,6})?\s?(?:basis points?|bps)\b", re.IGNORECASE)
_EXTENT = re.compile(r"\s?(?:of )?(?:[a-z]{1,15} ){0,2}(?:traffic|users|requests|sessions)\b", re.IGNORECASE)

EVERYWHERE: Mapping[str, re.Pattern[str]] = {
    "scale": SCALE, "data_set": DATA_SET, "industrial_data": INDUSTRIAL_DATA, "code": CODE, "cost": COST,
}  # fmt: skip
OF_ABSTRACT: Mapping[str, re.Pattern[str]] = {
    "live_line": LIVE_LINE, "leading_line": LEADING_LINE, "industrial_setting": INDUSTRIAL_SETTING, "platform": PLATFORM,
    "topic_recommendation": RECOMMENDATION, "topic_ads": ADS, "topic_search": SEARCH, "serving_stack": STACK,
    "survey": SURVEY, "people_study": STUDY, "other_field": OTHER_FIELD, "benchmark": BENCHMARK,
}  # fmt: skip
# A text without one of these words has not the feature, and is not searched for it
NEEDS: Mapping[str, Sequence[str]] = {
    "scale": ("users", "members", "customers", "people", "viewers", "listeners", "dau", "亿"),
    "industrial_data": ("industrial ", "production ", "proprietary ", "commercial ", "billion-scale ", "internal ", "in-house "),
    "code": ("code", "implementation", "library", "toolkit", "open-source", "opensource", "github", "repository", "released under"),
    "cost": ("latency", "throughput", "qps", "gpu", "storage", "serving ", "mfu", "flops", "inference"),
    "platform": ("short-video", "short video", "live-stream", "livestream", "e-commerce", "marketplace", "food delivery", "app store",
                 "feed", "platform", "mini-app", "miniapp", "短视频", "电商", "直播"),
    "topic_search": ("search", "query", "搜索"),
    "serving_stack": ("ranking", "retrieval", "recall", "matching", "cascad", "multi-", "multitask", "multiscenario", "multidomain",
                      "embedding table", "dlrm", "feature interaction", "feature crossing", "ranker", "two-tower", "粗排", "精排", "召回"),
    "survey": ("survey", "review", "tutorial", "perspective paper", "position paper", "workshop", "shared task", "track at",
               "dissertation", "thesis", "argue", "advocate"),
    "people_study": ("user stud", "participants", "interview", "questionnaire", "qualitative", "focus group", "crowd", "audit",
                     "students", "library", "libraries", "librarian"),
    "benchmark": ("open library", "reproduc", "benchmark"),
}  # fmt: skip
NAMES = (
    *EVERYWHERE, *OF_ABSTRACT, "online_figure", "online_test", "deployed", "organisation", "experiments", "simulation",
    "venue",
)  # fmt: skip


class Findings:
    """The features of one paper: `strength` by name (1 for words that stand there), `supports` their places."""

    def __init__(
        self, passages: Sequence[Passage], organisations: Sequence[Organisation], comment: str,
        topics: Sequence[str] = (), title: str = "",
    ) -> None:  # fmt: skip
        self.strength: dict[str, float] = {}
        self.supports: list[Support] = []
        self.passages = passages
        self.line = next((m[0] for p in passages if (m := LEADING_LINE.search(p.text))), "")
        self._figures([o.name for o in organisations])
        self._tests()
        if self.figure is None and (self.has("online_test") or self.has("deployed")):
            self._unbound()
        for name, rx in EVERYWHERE.items():
            self._note(name, rx, passages)
        for name, rx in OF_ABSTRACT.items():
            self._note(name, rx, passages[:1])
        if topics:
            self._lines(topics, passages[0], title)
        self._note("experiments", EXPERIMENTS, passages)
        self.org = next((o for o in organisations if o.kind == "industry"), None)
        if self.org:
            self._found("organisation", (self.org.support,))
        if m := VENUE.search(comment):  # where it was accepted, as its authors note
            self._found("venue", (Support(passage_id(comment), m.start(), m.end(), "venue"),))

    def has(self, *names: str) -> bool:
        return all(name in self.strength for name in names)

    def holds(self, rx: re.Pattern[str]) -> re.Match[str] | None:
        """The first place in any passage where words stand that only open or shut a gate."""
        return next((m for p in self.passages if (m := rx.search(p.text))), None)

    def _lines(self, topics: Sequence[str], abstract: Passage, title: str) -> None:
        """Topics of an issue are lines of work to its readers: one in the title leads, one that the abstract speaks of twice
        is live; and no field is another one to them."""
        self.strength.pop("other_field", None)
        self.supports = [s for s in self.supports if s.rule != "feature:other_field"]
        end = len(title) if abstract.text.startswith(title) else 0
        found = mentions(topics, abstract.text)
        titled, told = [s for s in found if s[0] < end], [s for s in found if s[0] >= end]
        if titled:
            self.line = abstract.text[slice(*titled[0])]
        for name, places in (("leading_line", titled[:1]), ("live_line", told[:1] if told[1:] else [])):
            if places and not self.has(name):
                self._found(name, tuple(Support(abstract.id, a, b, name) for a, b in places))

    # ------------------------------------------------------------ evidence
    def _figures(self, houses: Sequence[str]) -> None:
        self.claims = [(metrics.without_house(c, houses), family) for c, family in claim_rules.claims_of(self.passages)]
        business = metrics.published(c for c, family in self.claims if family == "business" and _is_live(c))
        self.figure: Claim | None = next(iter([*business, *metrics.published(c for c, _ in self.claims)]), None)
        self.business = bool(business)
        if self.figure and _is_live(self.figure):
            self._found("online_figure", self.figure.supports)

    def _tests(self) -> None:
        none_run = any(evidence.none_run(p.text[a:b]) for p in self.passages for a, b in sentences(p.text))
        if any(c.evidence == "online_ab" for c, _ in self.claims) or not none_run:
            self._sentence("online_test", evidence.mentions_online, self.passages)
        self.told_online = any(
            evidence.mentions_online_result(p.text[a:b]) for p in self.passages for a, b in sentences(p.text)
        )
        self._sentence("deployed", evidence.mentions_deployment, self.passages)
        self._sentence("simulation", evidence.mentions_simulation, self.passages[:1])

    def _unbound(self) -> None:
        """A percentage in a sentence that reports a test on users, a deployment or an online result, which no weaker evidence
        gave: it could not be assigned to a measure and a direction, so that no figure is printed where the paper has one."""
        weaker = {c.value for c, _ in self.claims if c.evidence not in metrics.LIVE}
        for p in self.passages:
            for start, end in sentences(p.text):
                told = p.text[start : min(end, start + claim_rules.LONGEST)]
                live = evidence.level_of(told) in metrics.LIVE or evidence.mentions_online_result(told)
                if live and _shares(told) - weaker:
                    self._found("unbound_figure", (Support(p.id, start, end, "unbound_figure"),))
                    return

    # ------------------------------------------------------------- keeping
    def _found(self, name: str, supports: tuple[Support, ...]) -> None:
        self.strength[name] = 1.0
        self.supports += (replace(s, rule=f"feature:{name}") for s in supports)

    def _note(self, name: str, rx: re.Pattern[str], passages: Sequence[Passage]) -> None:
        for p in passages:
            found = rx.finditer(p.text) if name not in NEEDS or has(p.text, NEEDS[name]) else ()
            if m := next((m for m in found if name != "code" or not _promised(m)), None):
                self._found(name, (Support(p.id, m.start(), m.end(), name),))
                return

    def _sentence(self, name: str, find: Callable[[str], object], passages: Sequence[Passage]) -> None:
        for p in passages:
            for start, end in sentences(p.text):
                if find(p.text[start:end]):
                    self._found(name, (Support(p.id, start, end, name),))
                    return


def _promised(m: re.Match[str]) -> bool:
    """True where the sentence of these words says that the code will come: `will be made available upon acceptance`."""
    if re.search(r"\b(?:is|are) (?:\w+ )?availab", m[0]):
        return False
    start = max(m.string.rfind(". ", 0, m.start()) + 2, m.start() - 120, 0) if m.start() else 0
    end = m.string.find(". ", m.end())
    return bool(_PROMISED.search(m.string[start : end if 0 <= end < m.end() + 120 else m.end() + 120]))


def _shares(sentence: str) -> set[str]:
    """The values in percent or basis points that may be figures: no share of the traffic, none of offline work."""
    found = [q for q in values.of(sentence) if q.unit in ("%", "pp") and not _EXTENT.match(sentence, q.end)]
    reading = read(sentence, found)
    told = {q.value for q in found if evidence.level_of(reading.clause(q.start)) not in ("offline", "simulated")}
    return told | {m[0] for m in _BASIS_POINTS.finditer(sentence)}


def _is_live(claim: Claim) -> bool:
    return claim.evidence in metrics.LIVE and bool(claim.sign) and claim.hedge != "not significant"
