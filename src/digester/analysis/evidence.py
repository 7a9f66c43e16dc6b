"""What kind of evidence a sentence speaks of: online A/B, deployed, simulated, offline - or only hoped for.

The traps are the point: "online simulations" is simulated, "offline A/B testing" is offline, "must be
validated through A/B testing" and "future work" are no evidence at all (EDITORIAL, Ratings).
"""

from __future__ import annotations

import re

from digester.domain.model import EvidenceLevel

_HOPED = re.compile(
    r"\b(?:must|should|needs? to|could|may|might|would|will|plan(?:s|ned)? to|yet to|remains? to|require[sd]?|future|potential(?:ly)?|"
    r"before (?:any )?(?:online|deploy)\w*|not(?! (?:only|just|merely)\b)|never|scheduled|in preparation|replayed|logged)\b[^.;]{0,60}\b(?:A/B|online (?:test|experiment)\w*|live experiment|deploy\w*|production traffic|validat\w*)|"
    r"\b(?:no|without|nor|neither)(?: (?:an?|any|the|running|such|further|single|real|actual|large-scale|full|was|were|is|has|have|been))* (?:A/B|online|live|deploy|production)|"
    r"\b(?:A/B|online test|online experiment|live experiment)\w*\b[^.;]{0,40}\b(?:scheduled|planned|not part of|was not run|were not run|has yet|is pending)\b|"
    r"\bA/B test(?:s|ing)? (?:is|are|remains?) (?:expensive|costly|the gold standard|slow|left)|\bready for deployment\b|\bdeployable\b|"
    r"\b(?:left (?:for|to)|in|as) future work\b",
    re.IGNORECASE,
)
_SIMULATED = re.compile(
    r"\bsimulat(?:ed|ion|ions|or|ors|ing)\b|\bsynthetic (?:users|buyers|traffic)\b|仿真|模拟", re.IGNORECASE
)
_OFFLINE_AB = re.compile(r"\boffline A/B|counterfactual A/B|\boff-policy\b", re.IGNORECASE)
_ONLINE = re.compile(
    r"\bA/B[- ]?(?:test|experiment|result|metric)\w*|\bA/B\b|\bAB[- ]test\w*|\bonline (?:[a-z-]+ ){0,2}(?:A/B|experiment|test|testing|evaluation|gain|lift|improvement|metric|traffic|result)\w*|"
    r"\blive (?:[a-z-]+ ){0,1}(?:traffic|experiment|test)\w*|\bcontrolled (?:online )?experiment|\bproduction (?:A/B|experiment|traffic|test)\w*|"
    r"\brandomi[sz]ed (?:online |user )?experiment|\btested (?:online|in production|live)\b|\btests? (?:on|with|of) (?:about |over )?\d+(?:\.\d+)?% of (?:all |the |our |live |search )?(?:spend|traffic|users|requests|sessions|queries|orders|travellers|listeners)|\bonline (?:CTR|transaction|conversion|revenue)\b|\bin online settings?\b|线上\s?A/B|线上实验|在线实验|A/B\s?测试",
    re.IGNORECASE,
)
_DEPLOYED = re.compile(
    r"\b(?:has been|have been|is|are|was|were|been|being|successfully|fully|now|already|currently)\s+(?:(?:successfully|fully|recently|now|already|currently|both|further) )?(?:deployed|launched|rolled out|productioni[sz]ed|"
    r"serving|in production)\b|\bfull(?:-scale)? (?:online )?(?:deployment|launch|rollout|traffic)\b|\bdeployed (?:in|on|at|to|across|as|within|for|since)\b|\b[Dd]eploying (?:the|it|this|our)\b|"
    r"\bonline deployment\b|\bproduction deployment\b|\bin production (?:at|on|since|for|across)\b|\bserv(?:es|ing) (?:over |more than |about |nearly )?(?:\d|hundreds of|tens of|billions|millions)|"
    r"\bruns? in production\b|全量上线|已上线|部署于",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(  # what is deployed as a rule, or by others
    r"\b(?:(?:increasingly|widely|commonly|often|typically|routinely|usually|generally|frequently|broadly) deployed|"
    r"(?<!our )(?:recommenders|rankers|models|systems|methods|approaches|LLMs|agents|assistants) (?:that are )?deployed)(?: in production)?\b",
    re.IGNORECASE,
)
_OFFLINE = re.compile(
    r"\boffline\b|\bpublic(?:ly available)? (?:[a-z-]+ ){0,2}(?:data ?sets?|benchmarks?)|\bbenchmark (?:data ?sets?|results?)|\bdata ?sets\b|\bon (?:[A-Z]\w+ )+data ?sets?\b|"
    r"\b(?:NDCG|Recall|Precision|Hit Ratio|HR|MRR|AUC|Hits?)(?:@\d+)?\b|离线",
    re.IGNORECASE,
)


def hoped_for(sentence: str) -> bool:
    """True when the sentence wishes for a test or a deployment instead of reporting one."""
    return bool(_HOPED.search(sentence))


def level_of(sentence: str) -> EvidenceLevel | None:
    """The evidence a sentence reports, or None when it names none. The weaker reading wins a doubt."""
    if _OFFLINE_AB.search(sentence):
        return "offline"
    if _ONLINE.search(sentence) and not hoped_for(sentence):
        return "simulated" if _SIMULATED.search(sentence) else "online_ab"
    if _SIMULATED.search(sentence):
        return "simulated"
    if mentions_deployment(sentence):
        return "deployed"
    if _OFFLINE.search(sentence):
        return "offline"
    return None


def mentions_online(sentence: str) -> re.Match[str] | None:
    return (
        None
        if _OFFLINE_AB.search(sentence) or _SIMULATED.search(sentence) or hoped_for(sentence)
        else _ONLINE.search(sentence)
    )


def mentions_deployment(sentence: str) -> re.Match[str] | None:
    return None if hoped_for(sentence) else _DEPLOYED.search(_BACKGROUND.sub(lambda m: "_" * len(m[0]), sentence))


def mentions_simulation(sentence: str) -> re.Match[str] | None:
    return _SIMULATED.search(sentence)
