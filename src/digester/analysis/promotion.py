"""What a text says to whoever judges it is no evidence: praise, requests and instructions are left out.

A stretch up to a full stop is left out when it addresses the reader, rater, reviewer or assistant (second person,
imperatives about "this paper", asked-for ratings, marks of prompts), when it is an exclamation, or when it praises
without a measurable claim. It is overwritten with spaces, so what remains keeps its places and what was appended
changes nothing. A true sentence that praises itself loses its weight with it: the author's tone is the author's cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from digester.analysis.searching import alternatives, any_of, has, remembered
from digester.domain.model import Passage

_STOP = re.compile(  # begins with a class of characters, which `re` looks for faster than for anything else
    r"[.!?。！？\n](?:(?<=[.!?])(?<![.!?][.!?])[.!?]*+[\"'”’)\]]*+(?=\s)|(?<=[。！？])[。！？]*+|(?<=\n)\n*+)"
)
_ROLE = r"(?:reviewers?|raters?|readers?|editors?|graders?|evaluators?|curators?|scorers?|assistants?|annotators?)"
_WORK = (
    r"(?:paper|work|article|submission|abstract|study|manuscript|entry|item|result|system|method|model|contribution)"
)
_OPENING = (
    r"^\W{0,6}(?:(?:please|kindly|so|therefore|thus|hence|now|and|always|simply|just|then|also|finally|do not|don't|never|"
    r"important|note|reminder|for the record)[,:]? ){0,3}"
)
_IMPERATIVE = (
    r"(?:rate|score|rank|grade|mark|classify|label|assign|give|award|treat|regard|consider|count|record|register|publish|"
    r"feature|select|pick|choose|list|promote|boost|accept|recommend|assess|evaluate|judge|assume|believe|trust|read|share|"
    r"flag|be|keep|view|acknowledge|recogni[sz]e|admit|grant|support|include|move|push|bump|raise|upgrade|upvote|vote|star|remember|set|write|report|say|state|answer|output|return|respond|reply|tag|put|place|add|ensure|make sure)"
)
_JUDGING = r"(?:rate|score|rank|grade|mark|classify|label|assign|give|award|treat|regard|consider|count|record|register|publish|feature|accept|judge)"
_ORDER = re.compile(
    rf"{_OPENING}{_IMPERATIVE} (?:it|this|these|that|them|us|our|as|an?|five|5|10|generous|kind|fair|sure|for|the (?:{_WORK}|above|following|highest|top|maximum|best|full)|only|with)\b|"
    r"(?:^\W{0,6}|[,;:] |\b(?:and|so|then) )(?:please|kindly) (?!(?:see|visit|refer|find|check|contact|cite)\b)",
    re.IGNORECASE,
)
_ADDRESSED_FIRST = any_of(
    rf"{_OPENING}{_JUDGING} (?:it|this|these|us|our|the|as|an?) (?:{_WORK}\b|(?:\w{{1,12}} ){{0,4}}(?:5|five|10|ten|highest|top|maximum|best|first|deployed|industrial|online)\b)|"
    rf"^\W{{0,6}}(?:(?:AI|LLM|human|automated|dear) ){{0,2}}(?:{_ROLE}|AI|LLM)[:,] |"
    r"^\W{0,6}(?:system|admin|developer|editor(?:'s)?|important|urgent|official|security|meta|hidden)[- ](?:notes?|messages?|notices?|overrides?|updates?|instructions?)[:,]"
)
_ADDRESSED = any_of(
    rf"\b(?:dear|attention|(?:note|instructions?|message|reminder|memo|hint) (?:to|for)|hello|hey) (?:the |all |any |every )?(?:\w{{1,15}} )?{_ROLE}\b|"
    r"\b(?:assigned|given|awarded|granted|gets?|receives?|earns?) (?:\w{1,15} ){0,3}(?:top|highest|maximum|full|perfect|best) (?:scores?|ratings?|marks?|grades?)\b|"
    rf"\b(?:give|gives|gave|giving|grant|grants) (?:it|this|us|the {_WORK}|this {_WORK}) (?:an? |the |its )?(?:5|five|10|ten|top|highest|full|perfect|maximum)\b|"
    r"\b(?:final|correct|right|proper|expected|appropriate|fair|only|true) (?:ratings?|scores?|labels?|grades?|verdicts?|marks?)\b[^.]{0,12}\b(?:5|five|10|ten|top|highest)\b|"
    r"\b(?:do not|don't|never) (?:lower|downgrade|penali[sz]e|reject|reduce|skip|miss|rate|score|overlook)\b|"
    r"\b(?:authors?|we) (?:\w{1,12}ly )?(?:hope for|requests?|asks? (?:for|that)|demands?|insists?)\b|"
    rf"\b{_ROLE} (?:should|must|shall|will (?:want|agree|note|find|see)|(?:is|are) (?:asked|urged|invited|advised|instructed|requested|required|reminded)|ha(?:s|ve) to|needs? to)\b|"
    rf"\bas (?:the|a|an|your) {_ROLE},|\b(?:every|each|any|no) {_ROLE} (?:will|would|can|could|who)\b|\breviewer (?:\d|#)|"
    r"\b(?:rating|score|grade) (?:suggestion|recommendation|proposal)s?\b|\b(?:suggested|deserved) (?:ratings?|scores?|grades?)\b|\b(?:grade|score|rating) ?: ?[A-F][+-]?(?![\w])|\bas a (?:five|ten)\b|"
    r"\bwhoever (?:scores?|rates?|reads?|judges?)\b|\b(?:rate|score|rank|judge) (?:accordingly|higher than|generously|highly|favou?rably)\b|"
    r"\b(?:its|the|a|your) (?:highest|top|maximum) (?:rating|mark|grade)\b(?! (?:on|in|for|among|of|by|from|scale|prediction))|\b(?:five|5) (?:stars|points) (?:for|to)\b|"
    r"\b(?:mistake|shame|pity|crime|unfair|wrong) (?:not )?to (?:publish|miss|skip|rate|overlook|reject|ignore|leave)\b|"
    rf"\b(?:ask|request|urge|invite|beg|remind|advise|instruct|tell|encourage|implore|beseech|plead with|appeal to|call (?:up)?on|trust|expect)s? (?:the |all |any |every |our )?{_ROLE}\b|"
    rf"\b(?:deserv|merit|warrant|justif)\w{{1,4}} (?:nothing less than )?(?:an? |the |its |your )?(?:\w{{1,15}} ){{0,2}}(?:5|five|10|ten|stars?|ratings?|scores?|marks?|grade|publication|acceptance|place|award)\b|"
    rf"\b(?:should|must|ought to|has to|needs? to|shall) be (?:rated|scored|graded|featured|published|accepted|read by|awarded|(?:considered|treated|counted|regarded|recorded|labell?ed) (?:as )?(?:an? |the )?(?:5|five|top|highest|best|must|deployed|online|industrial|production)\w{{0,3}})\b|"
    rf"\b(?:rate|score|grade|rank)[ds]? (?:us|(?:this|our|the) (?:paper|work|article|submission|abstract|manuscript|entry)) |\b(?:rated?|scored?|graded?) (?:it |this |as |with |at )?(?:an? |the )?(?:5|five|10|ten|highest|top|maximum)\b(?! ?[%x-])|"
    rf"\b(?:rating|score|grade|verdict|mark) ?[:=] ?(?:5|10|five|ten|100)\b|"
    r"\b(?:(?:5|five) out of (?:5|five)|(?:10|ten) out of (?:10|ten))\b(?!(?: \w{1,12}){0,2} (?:sets?|datasets|benchmarks|tasks|cases|domains|runs|metrics|categories))|"
    rf"\bworth (?:5|five|a five|the (?:highest|top))\b|\b(?:must[- ]reads?|don't miss|do not miss|for (?:(?:the )?purposes? of (?:this|the|your)|this|your) (?:rating|rubric|scoring))\b|"
    r"\b(?:ignore|disregard|forget|override|bypass) (?:(?:all|any|the|your|every|of) ){0,3}(?:previous|prior|above|earlier|preceding|other|instructions?|rules?|rubrics?|guidelines?|criteria)\b|"
    r"\b(?:new instructions?:|your system prompt|as an? (?:AI|large language model|language model|LLM)(?: assistant)?,)|<\|?/?(?:system|assistant|user|im_start|im_end|inst)\b|\[/?INST\]|"
    r"请(?:务必|给|打|评|把|将|您|你)|(?:评|打)分?为?\s?(?:5|五|满)\s?分|满分|(?:请|各位|尊敬的)评审|忽略(?:之前|以上|上述)|务必",
)
# A stretch without one of these words, and without an order at its very beginning, addresses nobody
_ADDRESSED_NEEDS = (
    "review", "rater", "reader", "editor", "evaluator", "curator", "assistant", "annotator", "rating", "score",
    "grade", "verdict", " label", " mark", "mark:", "mark :", "mark=", "mark =", "rate ", "rates ", "rated ",
    " rate", "scoring", "rank ", "ranks ", "rankd ", "judge ", "rubric", "give ", "gives ", "gave ", "giving ",
    "grant", "lower", "penali", "reject", "reduce", "skip", "miss", "overlook", "hope for", "request", "ask for",
    "ask that", "asks for", "asks that", "demand", "insist", "instruction", "as a five", "as a ten", "whoever",
    "stars for", "stars to", "points for", "points to", "publish", "ignore", "to leave", "deserv", "merit",
    "warrant", "justif", "be featured", "be accepted", "be read by", "be awarded", "be considered", "be treated",
    "be counted", "be regarded", "be recorded", "out of", "worth", "must-read", "must read", "disregard", "forget",
    "override", "bypass", "system prompt", "as a ai", "as an ai", "as a llm", "as an llm", "as a la", "as an la",
    "<", "[", "请", "分", "评审", "忽略", "务必",
)  # fmt: skip
_SECOND_PERSON = re.compile(r"(?<![\w\"'“‘-])(?:you|your|yours|yourself)(?![\w\"'”’-])|您|你", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”“]{1,200}[\"”]|``[^`']{1,200}''|「[^」]{1,200}」")
_PRAISES = (
    r"ground-?breaking|revolutionary|revolutioni[sz](?:es|ing)|game-?chang\w{1,4}|world-(?:class|leading|beating)|unparallel?led|unrivall?ed|unmatched|"
    r"paradigm-(?:shift|chang)\w{1,4}|once-in-a-\w{1,12}|epoch-making|trail-?blazing|jaw-dropping|mind-?blowing|breath-?taking|"
    r"stunning|spectacular|phenomenal|miraculous|legendary|monumental|visionary|earth-shattering|second to none|best[- ]in[- ]class|best[- ]ever|industry-leading|"
    r"masterpiece|epochal|epoch-defining|hands down|beyond anything|like no other|one of a kind|nothing (?:else )?comes close|(?:quantum|giant) leap|once and for all|"
    r"stellar|finest|fantastic|fabulous|terrific|superb|splendid|marvell?ous|wonderful(?:ly)?|top-notch|first-rate|unbeatable|next-level|never (?:before )?(?:been )?seen|"
    r"of the (?:decade|century|year)|without a doubt|no doubt|everyone (?:will|must)|everybody|will love|deserves? (?:attention|praise|recognition)|celebrated|acclaimed|admired|"
    r"without (?:equal|rival|parallel|peer)|best (?:\w{1,15} ){0,3}ever|ever (?:written|published|built|made|seen|devised|conceived)|peerless|matchless|sensational|magnificent|"
    r"redefin(?:es|ing)|delight(?:s|ful|ed)?|free trial|contact us|success stories|"
    r"history-making|superior to all|everyone agrees|beyond (?:doubt|compare)|undoubtedly|unquestionably|incredibl[ye]|amazing(?:ly)?|awesome|brilliant(?:ly)?"
)
_PRAISE = any_of(
    *(rf"\b{words}\b" for words in alternatives(_PRAISES)),
    r"革命性|颠覆|划时代|史无前例|重磅|震撼|炸裂|王炸|里程碑|世界(?:领先|一流)|无与伦比",
)
_LOUD = re.compile(
    r"\b(?:next-generation|seamless(?:ly)?|cutting-edge|unprecedented|pioneering|transformative|remarkabl[ye]|extraordinar(?:y|ily)|outstanding|superb|exceptional(?:ly)?|hugely)\b",
    re.IGNORECASE,
)  # one is custom, two are praise
_MEASURED = re.compile(
    r"\d ?\\?(?:%|％|×|倍|万|亿|个百分点)|\d ?(?:x|ms|pp|GB|TB|QPS)\b|\d ?(?:million|billion|thousand|trillion)s?\b|(?<![\d.,])\d[\d.,]*+ (?:[a-z-]{1,20} ){0,2}"
    r"(?:users|items|interactions|queries|requests|data ?sets|benchmarks|baselines|impressions|videos|products|percent|points|days|weeks)\b",
    re.IGNORECASE,
)


@remembered
def addresses(stretch: str) -> bool:
    """True when a stretch of text asks something of whoever rates, reviews or publishes it."""
    bare = _QUOTED.sub(" ", stretch)
    return bool(_ADDRESSED_FIRST.match(bare) or (has(bare, _ADDRESSED_NEEDS) and _ADDRESSED.search(bare)))


@remembered
def is_promotion(stretch: str) -> bool:
    """True when a stretch of text addresses its judge, exclaims, or praises without a measurable claim."""
    bare = _QUOTED.sub(" ", stretch)  # what users are asked, or a prompt that is quoted, is not said to the reader
    if (
        addresses(stretch)
        or _ORDER.search(bare)
        or _SECOND_PERSON.search(bare)
        or bare.rstrip("\"'”’) ").endswith(("!", "！"))
    ):
        return True
    return _praises(bare) and not _MEASURED.search(bare)


def _praises(text: str) -> bool:
    return bool(_PRAISE.search(text)) or len({m[0].lower() for m in _LOUD.finditer(text)}) > 1


def stretches(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Spans from full stop to full stop; finer than sentences, since an abbreviation ends one too."""
    for m in _STOP.finditer(text, start):
        yield start, m.end()
        start = m.end()
    if start < len(text):
        yield start, len(text)


def without(text: str, start: int = 0, promotes: Callable[[str], bool] = is_promotion) -> str:
    """The text, of the same length, with spaces for what promotes. A title, which ends at `start`, may praise and
    exclaim; only one that addresses its judge is left out."""
    parts = [" " * start if start and addresses(text[:start]) else text[:start]]
    for a, b in stretches(text, start):
        parts.append(" " * (b - a) if promotes(text[a:b]) else text[a:b])
    return "".join(parts)


def readable(title: str, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages as a judge reads them: the same ids, so that places found in them are places of the stored texts."""
    return tuple(
        replace(p, text=without(p.text, len(title) + 2 if title and p.text.startswith(title) else 0)) for p in passages
    )
