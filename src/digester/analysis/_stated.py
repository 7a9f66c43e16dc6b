"""Where running text states that a work is an organisation's: the words around a name, never the name alone.

A company is named in abstracts as a place of work, but also as a data set, a baseline, an example, a shop for
models or the subject of a study. So a name counts where the sentence says that something of the work runs there
(deployed, tested online, serving), where it stands as a place of people ("engineers from", "at"), or where its
own platform is spoken of; it never counts in a list of examples, before data words, or beside what is only used.
"""

from __future__ import annotations

import re

_WORK = re.compile(
    r"deploy|\bonline\b|A/B|\bAB test|\blaunch|roll(?:ed|ing)? out|rollout|\bin production|production (?:system|environment|traffic|use)|live traffic|daily active|\bserv(?:es|ing|ed)\b|"
    r"shipped|fully released|\bindustrial (?:system|platform|scenario|application)s?\b|integrated into|in-house|real users|business metrics",
    re.IGNORECASE,
)
LIVE = re.compile(
    r"\bonline A/B|\bA/B test|\b(?:we|been|is|was|are|fully|successfully) deploy|\bdeployed (?:in|on|to|at|across)\b|\bin production\b|live traffic|rolled out|线上|上线|全量",
    re.IGNORECASE,
)
_OWN_NOUN = (
    r"(?:production|platform|app|application|marketplace|feed|search|recommendation|recommender|advertising|ads?|advertisement|users?|services?|systems?|homepage|home|mobile|"
    r"e-commerce|ecommerce|online|internal|live|main|display|short-video|short video|music|delivery|local|traffic|team|scenarios?|assistant|chatbot|products?|stack|infrastructure|catalog|merchants?|sellers?|shop|store)"
)
_POSSESSIVE = re.compile(rf"^['’]s? (?:[\w/-]+ ){{0,3}}{_OWN_NOUN}\b", re.IGNORECASE)
_NOUN_BEHIND = re.compile(
    rf"^(?:['’]s)?,? (?:[\w/-]+ ){{0,2}}{_OWN_NOUN}\b|^ (?:A/B|View|Jobs|Channels|Homefeed|Discover|Reels|Shorts|Live)",
    re.IGNORECASE,
)
_THEIR_SYSTEM = re.compile(
    r"^(?:['’]s)? (?:[\w/-]+ ){0,3}(?:recommendation|recommender|advertising|ads|search|ranking|retrieval) (?:system|platform|engine)s?\b"
    r"|^ domain\b"
)
_DOES = re.compile(
    r"^ (?:has |have |recently |now |currently |successfully )?(?:deploys?|deployed|launched|launches|rolled out|operates?|serves|runs)\b"
)
_APPOSED = re.compile(
    r"^(?: products| services)?(?:,| \(|, i\.e\.,| -) ?(?:one of|an?|the|China's|India's|Japan's|Korea's|Europe's|our) (?:[\w'’-]+ ){0,8}?(?:platform|company|marketplace|app|application|service|network|provider|retailer|operator|site|website|store)s?\b"
)
_AT = re.compile(r"\b(?:[Aa]t|inside) (?:the )?$")
_PEOPLE = re.compile(
    r"\b(?:engineers?|scientists?|researchers?|team|teams|users|customers|members|merchants|traffic|sessions|visitors|requests) (?:from|of|at|on|in) (?:the )?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:study|work|paper|report|deployed|operated|developed|adopted|run|built) by (?:the )?$", re.IGNORECASE
)
_ON = re.compile(
    r"\b(?:[Oo]n|[Ii]n|within|across|for|into|to|of|with) (?:(?:the|our|its|real-world|real|large|large-scale|live|commercial|industrial|online|production|search|advertising|recommendation|"
    r"e-commerce|short-video|video|international|system|platform|app|application|company|global|multiple|several|various|leading|Chinese|popular|major|business|homepage|feed|side|scenarios?|of|on|in|at),? ){0,7}[\"“']?$"
)
_BEFORE = re.compile(
    r"\b(?:(?:recommender|recommendation|search|advertising) systems?|platform|app|application|company|marketplace|service|website|site),? [\"“'(]?$",
    re.IGNORECASE,
)
_HAN_BEFORE = re.compile(r"(?:在|于|由|来自|我们|为)$")
_HAN_BEHIND = re.compile(
    r"^[^。；，]{0,24}?(?:上线|部署|线上|A/B|全量|落地|平台|App|APP|推荐|搜索|广告|场景|应用|团队|工程师|用户|业务|电商)"
)

_TITLE_ON = re.compile(r"\b(?:in|on|for|to|from|of) (?:the )?$", re.IGNORECASE)
_SYSTEM = re.compile(
    r"recommend|rank|retriev|\bsearch|\bads?\b|advertis|bidding|model|learning|system|framework|embedding|\bCTR\b|delivery|feed|generat|at scale|serving",
    re.IGNORECASE,
)
_STUDY = re.compile(  # a title that speaks of a platform as the subject of a study, or of a contest
    r"audit|bias|misinfo|disinfo|discourse|polari[sz]|radicali|toxic|harm|moderation|percepti|survey|analy[sz]|evidence|measur|examin|investigat|characteri[sz]|"
    r"\bstud(?:y|ies)\b|understanding|explor|\b(?:how|why|what|do|does|is|are|can)\b|politic|election|competition|challenge|\bcup\b|data ?set|benchmark|corpus|reviews?\b",
    re.IGNORECASE,
)
_AUDIT = re.compile(
    r"audit|bias|misinfo|disinfo|discourse|polari[sz]|radicali|toxic|harm|politic|election", re.IGNORECASE
)
_INTRODUCED = r"\b[Ww]e (?:introduce|present|announce|release|open-source) (?:the )?(?:{house} )?{thing}\b"
_EXAMPLE = re.compile(
    r"\b(?:such as|like|including|includes?|e\.g\.,?|namely|similar to|unlike|versus|vs\.?|compared? (?:to|with|against|across)|than|outperform\w{0,3}|via|using|powered by|backed by|formerly|between|both|auditing|audits? of)[:,]? "
    r"(?:(?!(?:in|on|at|for) )\(?[\w.'’&@/-]+(?: (?!(?:in|on|at|for) )[A-Z][\w.'’&@/-]+)?\)?,? (?:(?:and|or|&) )?){0,6}\(?$|"
    r"\b(?:rang\w{1,3}|applications?|domains?|everything|anything)[^.;]{0,60}\bfrom [^.;]{3,60} to $|例如|比如|诸如|包括",
    re.IGNORECASE,
)
_USED = re.compile(
    r"^(?:['’]s)? ?(?:reviews?|scholar|translate|trends|news articles|knowledge graph|mechanical turk|mturk|prize|books?|beauty|toys?|sports|electronics|movies|colab|patents?|"
    r"natural questions|nq|coco|gpus?|tpus?|[ahblrv]\d{2,3}0?[a-z]?\b|apis?\b|embeddings?|models?|tweets?|llms?|gpt|gemini|llama|copilot|chat|[\w-]+ ?(?:data ?sets?|benchmarks?|corpus|reviews?)|data ?sets?|data\b|benchmarks?|corpus|challenge|kdd cup|"
    r"web services|ec2\b|s3\b|sagemaker|bedrock|bigquery|cloud|search api|function calling|hub\b|ai overviews?|dumps?)",
    re.IGNORECASE,
)
_SHELF = re.compile(  # where data come from and where code is put
    r"\b(?:available|hosted|released|published|uploaded|found|download\w{0,3}|accessible) (?:\w+ ){0,3}(?:at|on|in|from|via) (?:the )?$"
    r"|\b(?:collected|crawled|scraped|gathered|sourced|obtained|derived|extracted|sampled) (?:\w+ ){0,2}from (?:the )?$",
    re.IGNORECASE,
)
_ITEM = r"(?:(?-i:[A-Z0-9])[\w-]{0,40},? (?:and )?)"
_TRIED_ON = re.compile(  # `experiments on Yelp and Kestrelo's search`: data sets, of which one is a company's
    r"\b(?:experiments?|evaluat\w{1,4}|results|tests|benchmarks?|tested|trained|validat\w{1,4}) (?:\w+ ){0,3}(?:on|over|with|across) [^.;:]{0,120}\b(?:and|or),? (?:the )?$",
    re.IGNORECASE,
)
_RUNS_IN = re.compile(
    r"\bdeployed (?:in|across|into|to) (?:(?:major|multiple|several|various|all|many|the|production) ){0,3}$"
)
_IN_LIST = re.compile(  # `the data sets Taobao, Yelp and` ...
    rf"\b(?:data ?sets?|benchmarks?)(?:\b[^.;]{{0,24}}(?:[:(]|specifically|namely|including|such as|like|from) ?{_ITEM}{{0,8}}|,? {_ITEM}{{1,8}})$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:,? (?:and |or )?[A-Z][\w-]{0,30}){0,8},?(?: and [A-Z][\w-]{0,30})? (?:[a-z-]+ ){0,2}(?:data ?sets?|benchmarks?)\b"
)
_DATASET = re.compile(r"^[\w-]{0,30} ?(?:data ?sets?|benchmarks?|reviews?|corpus|challenge)\b", re.IGNORECASE)
_SHOP = re.compile(
    r" (?:[Aa]pp|[Aa]d\w{0,9}|[Gg]ame|[Mm]obile|[Bb]rowser|[Pp]latform|[Ss]tore)\b"
)  # `on vivo App Store`, not `in vivo`
_MEASURED = re.compile(r" (?:levels?|scale|granularity|stage|designs?|simulation|synthesis)\b")  # `at RTL level`
_ORGANISED = re.compile(r" (?:Inc|AI|Research|Platforms|Labs?|Ads|Reality|Search|Music|Store)\b")


def used(text: str, start: int, end: int) -> bool:
    """True where a name is an example, a data set, a model or a place to download from."""
    left, right = _left(text, start), text[end : end + 90]
    if right.startswith(" models") and _RUNS_IN.search(left):
        return False
    return bool(
        _EXAMPLE.search(left) or _USED.match(right) or _SHELF.search(left)
        or _IN_LIST.search(left) or _LISTED.match(right) or _DATASET.match(right.lstrip())
    )  # fmt: skip


def own(text: str, start: int, end: int) -> bool:
    """True where the words around a name of the table say that the work, or its people, are at home there."""
    left, right = _left(text, start), text[end : end + 90]
    ours = bool(_WORK.search(sentence(text, start, end)))
    if _TRIED_ON.search(left) and not ours:
        return False
    if _AT.search(left) or _PEOPLE.search(left) or _BY.search(left) or _POSSESSIVE.match(right):
        return True
    if _HAN_BEFORE.search(left) and _HAN_BEHIND.match(right):
        return True
    if (ours or _APPOSED.match(right)) and (_ON.search(left) or _BEFORE.search(left)):
        return True
    if _ON.search(left) and _THEIR_SYSTEM.match(right) and not _AUDIT.search(text[:300]):
        return True
    return bool(_DOES.match(right)) or (ours and bool(_NOUN_BEHIND.match(right)))


def runs(text: str, start: int, end: int) -> bool:
    """True where the sentence also says that something of the work runs, for a name that the table does not know: what it
    is called a platform of may be what the work studies."""
    return own(text, start, end) and bool(_WORK.search(sentence(text, start, end)))


def titled(text: str, start: int, end: int) -> bool:
    """True where the first sentence, a title of at most 300 characters, names a company as where its system stands:
    `Ranking for Kestrelo Search`."""
    if start > 300 or re.search(r"[.?!] ", text[:start]):
        return False
    stops = (n for mark in (". ", "? ", "! ") if (n := text.find(mark, end, end + 300)) >= 0)
    title = text[: min(stops, default=end + 300)]
    if _STUDY.search(title) or not _SYSTEM.search(title):
        return False
    behind = title[end:]
    return bool(_TITLE_ON.search(text[max(0, start - 12) : start])) and (
        not behind.strip(" .") or bool(_NOUN_BEHIND.match(behind))
    )


def introduced(text: str, start: int, end: int) -> bool:
    """True for a title that begins with the house of what the text introduces: `Kestrelo Lathe. We introduce Lathe`."""
    thing = re.match(r" ([A-Z][\w-]{2,30})", text[end : end + 40])
    if start or not thing:
        return False
    told = _INTRODUCED.format(house=re.escape(text[start:end]), thing=re.escape(thing[1]))
    return bool(re.search(told, text[end:][:600]))


def is_word(text: str, start: int, end: int) -> bool:
    """True for `Target Preference Weigher` and `Target items are`, not for `at Target`, `at Meta AI` or `Target's`."""
    right = text[end : end + 20]
    if right[:2] in ("'s", "’s"):
        return False
    left = text[max(0, start - 8) : start]
    if re.search(r"\b(?:in|on) $", left) and _SHOP.match(right):
        return False
    if not re.search(r"\b(?:at|by|from|within) $", left) or _MEASURED.match(right):
        return True
    return bool(re.match(r"[ -][A-Z]", right)) and not _ORGANISED.match(right)


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around text[start:end], at most 300 characters to each side."""
    left, right = text[max(0, start - 300) : start], text[end : end + 300]
    begin = max(left.rfind(mark) for mark in (". ", "? ", "! ", "。"))
    stop = min((n for mark in (". ", "? ", "! ", "。") if (n := right.find(mark)) >= 0), default=len(right))
    return left[begin + 1 :] + text[start:end] + right[:stop]


def _left(text: str, start: int) -> str:
    """What stands before a name in its sentence, at most 160 characters."""
    left = text[max(0, start - 160) : start]
    begin = max(left.rfind(mark) for mark in (". ", "? ", "! ", "。", "; "))
    left = left[begin + 1 :] if not left[: begin + 1].endswith(("e.g.", "i.e.", "vs.")) else left
    return left.lstrip() if begin >= 0 else left
