"""What kind of evidence a sentence speaks of: online A/B, deployed, simulated, offline - or only hoped for.

The traps are the point: "online simulations" is simulated, "offline A/B testing" is offline, "must be
validated through A/B testing" and "future work" are no evidence at all (EDITORIAL, Ratings); "online gains" are of a
deployment where one is named, and else of neither kind.
"""

from __future__ import annotations

import re

from digester.analysis.searching import any_of, has, remembered
from digester.domain.model import EvidenceLevel

_GAP = r"(?:[^.;]|\.\d){0,60}"  # within one clause; decimals are no end of a sentence
_HOPED = any_of(
    r"\b(?:must|should|needs? to|could|may|might|would|will|can (?:\w{1,12} )?be|plan(?:s|ned)? to|yet to|remains? to|require[sd]?|future|potential(?:ly)?|"
    r"before (?:any )?(?:online|deploy)\w*|not(?! (?:only|just|merely)\b)|never|scheduled|in preparation|replay\w*|logged)\b"
    + _GAP
    + r"\b(?:A/B|online (?:test|experiment)\w*|tested (?:live|online)|live experiment|deploy\w*|production traffic|validat\w*)",
    r"\b(?:no|without|nor|neither)(?: (?:an?|any|the|running|such|further|single|real|actual|large-scale|full|was|were|is|has|have|been))* (?:A/B|online|live|deploy|production)",
    r"\b(?:A/B|online test|online experiment|live experiment)\w*\b(?:[^.;]|\.\d){0,40}\b(?:scheduled|planned|not part of|was not run|were not run|has yet|is pending)\b",
    r"\b(?:A/B|online|live) (?:tests?|testing|experiments?|experimentation) (?:is|are|remains?|has become) (?:an?|the|one|often|widely|commonly|typically|usually|generally|still|always|"
    r"expensive|costly|slow|left|essential|crucial|critical|difficult|hard|risky|impractical|infeasible|time-consuming|limited)\b",
    r"\b(?:A/B|online|live) (?:tests?|testing|experiments?|experimentation) (?:\w{1,12}ly |often )?(?:poses?|presents?|suffers?|requires?|takes?|incurs?|relies|faces?|lacks?|fails?|struggles?)\b",
    r"\b(?:enabl|allow|facilitat|support|mak)(?:e|es|ed|ing|s)?\b[^.;%]{0,80}\bA/B (?:test|experiment)\w*(?![^.;]*\d ?%)",
    r"\bwithout (?:[a-z-]{1,15} ){0,4}(?:A/B|online|live|randomi[sz]ed) (?:[a-z-]{1,15} ){0,2}(?:tests?|trials?|experiments?|deployment)",
    r"\b(?:(?:agents?|(?<!our )(?<!the )frameworks?|environments?|sandbox\w*|simulators?|alternatives?|substitutes?|prox(?:y|ies)|surrogates?|estimators?|needs?) (?:for|to|of)|"
    r"instead of|rather than|replac\w{1,5}) (?:[a-z-]{1,15} ){0,2}A/B[- ]test",
    r"\b(?:can|could|may|might|would|will)\b[^.;]{0,200}\b(?:when|once|if) (?:[a-z]{1,12} ){0,3}deployed\b",
    r"(?:尚未|还未|未曾|没有|未|有待|需要?|将|计划)(?:进行|开展|做|通过)?[^。；，]{0,10}(?:线上|在线|A/B)",
    r"\bready for deployment\b|\bdeployable\b|\b(?:left (?:for|to)|in|as) future work\b",
)
_NONE_RUN = any_of(  # the paper says of itself that nothing was tested on users
    r"\bno (?:online|live|A/B)[ -](?:experiments?|tests?|traffic|evaluation)\b"
    + _GAP
    + r"\b(?:is|was|were|are|part|used|run|conducted)\b",
    r"\b(?:did|have|has|do) not (?:run|conduct|perform|do)\b" + _GAP + r"\b(?:online|live|A/B)",
    r"\blive experiment\b" + _GAP + r"\bscheduled\b",
    r"\busers are not involved\b",
)
_SIMULATED = re.compile(
    r"\bsimulat(?:ed|ion|ions|or|ors|ing)\b|\bsynthetic (?:users|buyers|traffic|bids)\b|仿真|模拟", re.IGNORECASE
)
_SIMULATION_IS_THE_EVIDENCE = any_of(
    r"\b(?:online|user|traffic|market|auction|environment|agent-based|in|bidding) simulat(?:ion|ions|or|ors)\b|\bsimulators? of\b",
    r"\bsimulat(?:ed|ion|ions|or) (?:[a-z-]+ ){0,2}(?:users?|traffic|environments?|auctions?|experiments?|bids?|campaigns?|relevance|clicks?|buyers|stud(?:y|ies)|results?)\b",
    r"\bsimulations? (?:show|demonstrate|confirm|with|of|on)\b|\bsynthetic (?:users|buyers|traffic|bids)\b|仿真|模拟",
)
_OF_PEOPLE = re.compile(  # an experiment with people that were asked to take part is no test on users
    r"\bonline (?:experiment|stud(?:y|ies)|survey|test|trial)s? [^.;]{0,60}\b(?:games?|participants?|subjects|respondents|volunteers|crowd\w*)\b",
    re.IGNORECASE,
)
_OFFLINE_AB = re.compile(r"\boffline A/B|counterfactual A/B|\boff-policy\b", re.IGNORECASE)
_ONLINE = any_of(
    r"\bA/B[- ]?(?:test|experiment|result|metric)\w*|\bA/B\b(?! (?-i:[A-Z]))|\bAB[- ]test\w*|线上\s?A/B|线上实验|在线实验|A/B\s?测试",
    r"\bonline (?:(?!RL|retail|reinforcement|learning|continual|adaptation|mapping|survey)[a-z-]+ ){0,2}(?:A/B|experiment|experimental result|test|testing|trial)s?\b(?![- ](?:set|data|time|split|corpus|case|bank|takers?))|\bsplit[- ]test(?:s|ed|ing)?\b(?! (?:the )?(?:data|set|corp|folds?|queries))",
    r"\blive (?:[a-z-]+ ){0,1}(?:experiment|test|trial)\w*|\bcontrolled (?:online|live|user|production) experiment|\bcontrolled experiments? (?:on|with) (?:live|real|production|users|traffic)|\bproduction (?:A/B|experiment|test)\w*",
    r"\b(?:test|experiment|trial|evaluat|validat)\w{0,6} (?:[^.;]|\.\d){0,40}\b(?:live|online|production|real) (?:[a-z-]+ )?traffic\b(?! (?:logs?|traces?|data|samples?))",
    r"\brandomi[sz]ed (?:online|user|live|A/B) (?:experiment|trial|test)|\btested (?:online|in production|live)\b|\bswitchback\b|\btwo-sided randomi[sz]ation\b|\bsplit by (?:campaign|user|city)\b",
    r"\brandomi[sz]ed (?:controlled |field )?(?:experiment|trial|test)s?\b(?=[^.;]*\b(?:users|traffic|platform|marketplace|in production|live|app|customers|sessions|conversions?|unsubscri\w+|clicks?|revenue|retention|business-as-usual)\b)",
    r"\b(?:test|tests|ran|runs|experiment)\b[^.;]{0,20}\b(?:on|with|of|took) (?:about |over )?\d+(?:\.\d+)?% of (?:all |the |our |live |search )?(?:spend|traffic|users|requests|sessions|queries|orders|travellers|listeners)",
)
_OFFLINE_WORDS = any_of(
    r"\boffline\b|\bpublic(?:ly available)? (?:[a-z-]+ ){0,2}(?:data ?sets?|benchmarks?)|\bbenchmark\w*|\bdata ?sets\b|离线"
)
# of what ran for users, by whatever means: neither a test nor offline
_RESULT = r"\bonline (?:[a-z-]+ ){0,2}(?:gain|lift|uplift|improvement|increase|reduction|metric|evaluation|setting|result)s?\b"
_ONLINE_RESULT = re.compile(rf"{_RESULT}|\bonline performance\b", re.IGNORECASE)
_CHANGE = r"\bonline (?:[a-z-]+ ){0,2}(?:gain|lift|uplift|improvement|increase|reduction|metric)s?\b"
_SHARE = r"\d(?:\.\d{1,4})? ?(?:%|pp\b|percent|basis points?)"
_MOVED = any_of(rf"{_SHARE}(?:[^.;]|\.\d){{0,80}}{_CHANGE}", rf"{_CHANGE}(?:[^.;]|\.\d){{0,80}}{_SHARE}")
_TELLS = (
    r"\b(?:achiev|establish|outperform|demonstrat|improv|show|validat|confirm|verif|reveal|enhanc|deliver|yield|bring)"
)
_TOLD_ONLINE = any_of(
    rf"{_TELLS}\w*\b(?:[^.;]|\.\d){{0,80}}{_RESULT}",
    rf"{_RESULT}(?:[^.;]|\.\d){{0,100}}{_TELLS}",
)
_NOT_OWN_SERVICE = re.compile(
    r"\b(?:platforms?|systems?|services?|apps?|applications?|sites?|engines?|compan(?:y|ies)|marketplaces?|networks?)(?:,| that| which| currently| now)? $",
    re.IGNORECASE,
)
_DEPLOYED = any_of(
    r"\b(?:has been|have been|is|are|was|were|been|successfully|fully|now|already|currently)\s+(?:(?:successfully|fully|recently|now|already|currently|both|further) )?"
    r"(?:deployed|launched|rolled out|productioni[sz]ed|serving|in production)\b",
    r"\bfull(?:-scale|-traffic)? (?:online )?(?:deployment|launch|rollout|traffic|serving)\b|\bwe (?:have |successfully |then |fully ){0,2}deployed (?:\S{1,30} ){1,4}at (?-i:[A-Z])|\bdeployed (?:in|on|at|to|across|as|within|for|since)\b|\bonline deployment\b|\bproduction deployment\b",
    r"\bdeploying (?:it\b|this\b|(?:the|our) (?:model|architecture|system|framework|method|approach)\b)(?! as\b)",
    r"\b(?:the|its|our|this|['’]s|production|industrial|successful|end-to-end|large-scale|full) deployment (?:of \S{1,30} )?(?:on|in|at|to|across|within)\b"
    r"[^.;]{0,120}\b(?:confirm|show|demonstrat|validat|result|achiev|yield|deliver|bring|led|leads|leading|driv|drove|improv|increas|gain)",
    r"\bdeployments? (?:on|in|at|across|within) (?:(?:the|our) (?:\S{1,30} ){1,4}(?:platform|system|app|feed|marketplace|service)|(?-i:[A-Z]))"
    r"[^.;]{0,120}\b(?:confirm|demonstrat|validat|achiev|yield|deliver)",
    r"\bdeployed online\b|\bwe (?:further |also |have |successfully |then |fully ){0,2}deploy(?:ed)? [^.;,]{1,40} (?:on|in|at|to|across|within|into) [^.;,]{0,40}"
    r"(?:platform|production|industrial|\bapp\b|marketplace|search engine|feed|advertising|e-commerce|home ?page)",
    r"\bis (?:now |currently )the (?:primary|default|main|production) (?:\w{1,20} ){1,3}(?:on|in|at|for|behind) (?:our|(?-i:[A-Z])[\w-]{1,30}(?:['’]s|\.))",
    r"\b(?:evaluated|tested|validated|verified) (?:on|in|at) (?:(?!data|logs?\b)[^.;]){1,80}\b(?:million|billion) (?:daily|monthly|weekly)(?: active)? users\b[^.;]{0,120}\b(?:improv|increas|gain|lift|boost|enhanc|rais)",
    r"\bdeployed and \w{1,20} (?:over|for|since|in|on|at|across)\b|"
    r"\b(?:real-world|industrial|production|large-scale|full-scale|commercial|online) deployments? (?:\w{1,20} ){0,2}(?:validat|confirm|show|demonstrat|verif|prov)\w{0,5}\b",
    r"\b(?:enabled|led to|resulted in) (?:the |its |our |a )?(?:successful |full |large-scale |online ){0,2}deployment\b(?: of \S{1,30})? (?:in|on|at|to|across|within)\b",
    r"\b(?:after|since|following) (?:(?:over |more than )?(?:a|one|two|three|four|six|several|\d{1,3}) (?:days?|weeks?|months?|years?) of )(?:full |online |continuous )?deployment\b",
    r"\bin production (?:at|on|since|for|across)\b|\bruns? in production\b|全量上线|已上线|部署于",
    r"\bserv(?:es|ing) (?:over |more than |about |nearly )?(?:\d|hundreds of|tens of|billions|millions)",
    r"\b(?:is|are) (?:now |currently |being ){0,2}(?:being )?rolled out (?:to|in|across)\b|\broll-?out has reached \d",
    r"\bhas (?:served|ranked|answered|been live|been serving)\b|\b(?:is|are) served (?:with|by)\b|\bbids (?:for|on) (?:all|\d+%)|\breplaced\b[^.;]{0,40}\bfor all users\b",
)
# A sentence without one of these words matches none of the alternatives: most sentences are not searched
_HOPED_NEEDS = ("线上", "在线", "a/b", "randomi", "online", "live", "deploy", "production", "validat", "future work")
_ONLINE_NEEDS = ("a/b", "ab-test", "ab test", "online", "live", "production", "traffic", "controlled", "randomi", "switchback", "split", "% of",
                 "线上", "在线实验")  # fmt: skip
_DEPLOYED_NEEDS = ("deploy", "launch", "roll", "production", "serv", "traffic", "live", "ranked", "answered", "bids", "replaced", "currently", "now the",
                   "active users", "ly users",
                   "上线", "部署")  # fmt: skip
_TOLD_ONLINE_NEEDS = ("online",)
_SIMULATED_NEEDS = ("simulat", "synthetic", "仿真", "模拟")
_DEPLOYING_NAME = re.compile(
    r"\bdeploying (?!(?:[A-Z]+s|AI|GenAI|GAI|ML|LLM|RL|GPU|RAG)\b)[A-Z][\w^-]+ (?:on|in|at|to)\b"
    r"(?=[^.;]*\b(?:achiev|improv|increas|yield|gain|deliver|confirm|demonstrat|observ|result|led|reduc|lift))"
)
_PLURAL = r"(?:recommenders|rankers|models|systems|methods|approaches|LLMs|VLMs|agents|assistants|networks|chatbots|policies|algorithms|technologies)"
_BACKGROUND = re.compile(  # what is deployed as a rule, or by others
    r"\b(?:(?:increasingly|widely|commonly|often|typically|routinely|usually|generally|frequently|broadly) (?:been )?deployed|"
    rf"(?<!our ){_PLURAL}(?: \([^()]{{1,20}}\))?(?: that are| which are|, such as those)? deployed)(?: in production)?\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(  # `LLM-based agents have been deployed`: models in general, of nobody
    rf"(?P<before>(?:[\w()'’-]{{1,30}} ){{0,5}}){_PLURAL}(?: \([^()]{{1,20}}\))?(?: \w{{1,20}} on \w{{1,20}} \w{{1,20}})? (?:have|are|were|being)(?: (?:been|now|already|successfully|being|widely|increasingly)){{0,3}} deployed\b",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:our|ours|the|these|those|both|all|its|their|proposed|resulting|two|three|four|five|several|new|final|trained)\b|['’]s\b",
    re.IGNORECASE,
)
_IN_GENERAL = re.compile(  # when, where and what for: a condition, a purpose or a piece of hardware is no use in production
    r"\b(?:when|where|once|if|unless|yet|but(?! \w+ (?:is|was|has)\b)) (?:\w+ )?deployed (?!(?:[^.;,]{1,40} )?(?:platform|production|live|online|traffic|app|marketplace|(?-i:[A-Z])))|"
    r"\b(?:for|toward|towards|require|requires|requiring|ideal for|suitable for|suited for|before|prior to|ready for|guiding|ensur\w+|critical for|barriers? to) (?:[a-z-]+ ){0,3}deployment\b"
    r"(?! (?:of \S{1,30} )?(?:in|on|at|to|across|within) (?:[a-z-]{1,15} ){0,3}(?-i:[A-Z]))(?![^.;]*\d(?:\.\d+)? ?%)|"
    r"\bdeploy(?:ed|ing)? (?:[^.;,]{1,40} )?(?:on|onto|to|across) (?:[a-z0-9-]{1,20} |ARM |NVIDIA |Cortex-?\S* |Jetson |Raspberry ){0,5}"
    r"(?:devices?|microcontrollers?|hardware|FPGAs?|robots?|Jetson|Raspberry Pi|Cortex-\S+|smartphones?|drones?|AGVs?|vehicles?|chips?|edge)\b",
    re.IGNORECASE,
)
_FOR_A_TEST = re.compile(  # what runs to be tested is not in use yet
    r"\bdeploy(?:ed|ing|ment)? (?:(?! and )[^.;,]){0,80}\b(?:for|in|under) (?:(?:an?|the|our|further) )?(?:[a-z-]{1,15} ){0,2}(?:A/B|tests?\b|testing\b|experiments?\b)",
    re.IGNORECASE,
)
_OFFLINE = any_of(
    r"\boffline\b|\bpublic(?:ly available)? (?:[a-z-]+ ){0,2}(?:data ?sets?|benchmarks?)|\bbenchmark (?:data ?sets?|results?)|\bdata ?sets\b|\bon (?:[A-Z]\w{1,40} ){1,40}data ?sets?\b",
    r"\b(?:NDCG|Recall|Precision|Hit Ratio|HR|MRR|AUC|Hits?)(?:@\d+)?\b|离线",
)


def none_run(sentence: str) -> bool:
    """True when a paper says that it was not tested on users: no other sentence makes it an online test."""
    return bool(_NONE_RUN.search(sentence))


@remembered
def hoped_for(sentence: str) -> bool:
    """True when the sentence wishes for a test or a deployment instead of reporting one."""
    return has(sentence, _HOPED_NEEDS) and bool(_HOPED.search(sentence))


@remembered
def level_of(sentence: str) -> EvidenceLevel | None:
    """The evidence a sentence reports, or None when it names none. The weaker reading wins a doubt."""
    if _OFFLINE_AB.search(sentence):
        return "offline"
    if mentions_online(sentence):
        return "online_ab"
    if (
        has(sentence, _SIMULATED_NEEDS)
        and _SIMULATED.search(sentence)
        and (mentions_simulation(sentence) or not mentions_deployment(sentence))
    ):
        return "simulated"
    if mentions_deployment(sentence) or (_MOVED.search(sentence) and mentions_online_result(sentence)):
        return "deployed"  # what moved a measure online runs for users; how it was compared is not said
    return "offline" if _OFFLINE.search(sentence) and not _ONLINE_RESULT.search(sentence) else None


@remembered
def mentions_online(sentence: str) -> re.Match[str] | None:
    """The words that report a test on users; a simulated one beside them is none, one in an enumeration is."""
    if not has(sentence, _ONLINE_NEEDS) or _OFFLINE_AB.search(sentence) or hoped_for(sentence):
        return None
    people = _OF_PEOPLE.search(sentence)
    for m in _ONLINE.finditer(sentence):
        if people and people.start() <= m.start() < people.end():
            continue
        before = sentence[max(0, m.start() - 22) : m.start()].rpartition(",")[2]
        after = sentence[m.end() : m.end() + 22].partition(",")[0]
        if not _SIMULATED.search(before + m[0] + after):
            return m
    return None


def mentions_online_result(sentence: str) -> re.Match[str] | None:
    """The words that report what came of it online, which alone name neither a test on users nor a deployment."""
    return None if not has(sentence, _TOLD_ONLINE_NEEDS) or hoped_for(sentence) else _TOLD_ONLINE.search(sentence)


@remembered
def mentions_deployment(sentence: str) -> re.Match[str] | None:
    """The words that report use in production of the work itself."""
    if not has(sentence, _DEPLOYED_NEEDS) or hoped_for(sentence):
        return None
    bare = sentence
    for aside in (_BACKGROUND, _FOR_A_TEST, _IN_GENERAL):
        bare = aside.sub(lambda m: "_" * len(m[0]), bare)
    bare = _OTHERS.sub(lambda m: m[0] if _OWNED.search(m["before"]) else "_" * len(m[0]), bare)
    for m in _DEPLOYED.finditer(bare):
        if not (m[0].lower().startswith("serv") and _NOT_OWN_SERVICE.search(bare[: m.start()])):
            return m
    return _DEPLOYING_NAME.search(bare)


def mentions_simulation(sentence: str) -> re.Match[str] | None:
    """The words by which simulation is the evidence, not just a word of the text."""
    return _SIMULATION_IS_THE_EVIDENCE.search(sentence) if has(sentence, _SIMULATED_NEEDS) else None


def mentions_offline(text: str) -> bool:
    """True when a clause names data sets or offline work; the name of an offline metric is not enough."""
    return bool(_OFFLINE_WORDS.search(text))
