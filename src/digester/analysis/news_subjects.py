"""What a news text is about: by the kind of event where that decides, else by the words of its subject.

A ruling on a model is about law and not about models. Of words those of the headline count most, and one word in
passing says nothing; the name of the outlet says nothing either.
"""

from __future__ import annotations

import re

from digester.analysis import rating_news
from digester.analysis.tokens import sentences

LEAD = 600  # characters of a text that say what it is about
TITLE, FIRST, LEAST = 3, 2, 3  # what a word of the headline and of the first sentence counts; what a subject must reach

# from special to general: of equals the first is taken
SUBJECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(rx, re.IGNORECASE)) for name, rx in (
    ("Security", r"\bsecurity|\bhijack\w*|\bvulnerab\w+|\bexploit\w*|\bmalicious|\bmalware\b|\btokens? (?:leak|stolen)|\battack(?:ers?|s)?\b|漏洞|安全"),
    ("Rules and Law", r"\bregulat\w+|\brule (?:is|in)\b|\blaws?\b|\bcourts?\b|\bcompliance\b|\bdisclosure\b|\bcopyright\b|监管|合规|法院|条例"),
    ("Evaluation", r"\bbenchmark\w*|\beval(?:s|uat\w+)?\b|\bjudges?\b|\bleader ?boards?|\btested\b|\btest sets?\b|\b(?:re-?)?scor(?:es?|ed|ing)\b|\bseeds?\b|\berror bars?\b|\brepeated runs?\b|评测|基准|榜单|打分"),
    ("Recommender Systems", r"\brecommend\w*|\b(?:re-?)?rank(?:ers?|ing)\b|\bsemantic ids?\b|\bretrieval\b|\bCTR\b|\bCVR\b|\bGMV\b|\bwatch time\b|\bcold[ -]start\w*|"
     r"\bA/B\b|\bonline tests?\b|\b(?:home|news|video|main) feeds?\b|\bshort videos?\b|\bclick-through\b|\bads?\b|\badvertis\w+|\bbid(?:s|ding)?\b|推荐|召回|排序|精排|广告|竞价"),
    ("Agents", r"\bagents?\b|\bagentic\b|\btool calls?\b|智能体"),
    ("Inference and Cost", r"\binference\b|\bthroughput|\blatency|\bp99\b|\bper million\b|\bpricing\b|\bcache[ds]?\b|\bGPUs?\b|\bchips?\b|\bkernels?\b|\bjoules?\b|\bFP[48]\b|\bserving\b|推理|成本|吞吐|时延|降价"),
    ("Models", r"\b(?:language|foundation|reasoning|vision|speech|embedding|open|base|edge|frontier|AI|new)[ -]models?\b|\bmixture[- ]of[- ]experts\b|\bopen[ -]weights?\b|\bparameters\b|\bcontext\b|\bweights\b|"
     r"\bpre-?train\w*|\bfine-?tun\w+|大模型|语言模型|端侧模型|模型(?=开源|参数|权重|发布)|参数|开放权重|开源权重"),
))  # fmt: skip


def subject(text: str, title: str = "", source: str = "", round_up: bool = False) -> str:
    """The name of the subject, or "" where none is clear. A text without a title (a post) is its own headline; a round-up
    tells of many events, and none of them decides."""
    body = text[:LEAD].replace(source, " ") if source else text[:LEAD]
    if not title:
        return _most([(len(rx.findall(body)), name) for name, rx in SUBJECTS], 1)
    if not round_up and (found := rating_news.subject(title, text)):
        return found
    head = title.replace(source, " ") if source else title
    body = body.removeprefix(head)
    first, rest = _parted(body)
    weighed = ((TITLE, head), (FIRST, first), (1, rest))
    return _most([(sum(n * len(rx.findall(t)) for n, t in weighed), name) for name, rx in SUBJECTS], LEAST)


def _parted(body: str) -> tuple[str, str]:
    """The first sentence, and what stands behind it."""
    spans = sentences(body.lstrip(" ."))
    end = spans[0][1] if spans else 0
    return body.lstrip(" .")[:end], body.lstrip(" .")[end:]


def _most(hits: list[tuple[int, str]], least: int) -> str:
    most = max(n for n, _ in hits)
    return next(name for n, name in hits if n == most) if most >= least else ""
