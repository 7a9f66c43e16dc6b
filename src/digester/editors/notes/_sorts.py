"""What makes a sentence a step of a method, and what looks like one and is none: outlines, results, numbers of users."""

from __future__ import annotations

import re

_OUTLINES = re.compile(  # says what the paper has, not what the work does
    r"(?:In (?:this|the) (?:paper|work|section|following)[^,]{0,30}, )?[Ww]e (?:also |further |then |first )?"
    r"(?:describe|report|discuss|analy[sz]e|share|stud(?:y|ied)|evaluate|quantify|release|publish|summari[sz]e|conclude|give (?:details|an account))\b|"
    r"(?:This (?:paper|report|section) (?:describes|reports|discusses|is)|The (?:paper|rest of this paper) )\b"
)
_NAMES_IT = re.compile(
    r"[,:(] ?an? |\b(?:describe|report|study|release) an? (?:\w+ ){0,5}(?:model|system|ranker|framework|method|network|algorithm|architecture)"
)
_LEVEL = r"(?:about |up to |only |over |almost )?\d"
_RESULTS = re.compile(
    r"\b(?:falls?|fell|fallen|rises?|rose|risen|drops?|dropped|increase[sd]?|decrease[sd]?|improve[sd]?|shrinks?|shrank|grows?|grew|"
    rf"reduce[sd]?|cuts?|gains?|loses?|lost|costs?) (?:[\w ]{{1,40}} )?(?:by|from|to) {_LEVEL}|"
    rf"\b(?:gains?|loses?|costs?) {_LEVEL}[\d.]* (?:points?|%|of AUC)|\bmeasurable loss\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(  # how much users have or do
    r"\A(?:(?:An?|The|Our|Most|Many|Half of the) (?:\w+ )?|\d[\d,.]{0,12}(?: million| billion)? )"
    r"(?:users?|customers?|shoppers?|buyers?|sellers?|readers?|listeners?|travellers?|members?|accounts?|sessions?|advertisers?|"
    r"campaigns?|communities|authors?|viewers?|drivers?|riders?|merchants?) (?:has|have|had|leaves?|sends?|makes?|sees?|consists?)\b"
)
_SERVES = re.compile(  # where it is used
    r"\bruns? (?:in|at|on) (?:the |our )?(?:\w+ ){0,3}(?:production|search engine|feed|app|home ?page|platform|site|shop|store|marketplace)\b"
)
_BUILDS = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ly |then |first |jointly )?(?:represented|organi[sz]ed|tokeni[sz]ed|grouped|projected|computed|compiled|merged|"
    r"stored|kept|encoded|quanti[sz]ed|concatenated|split|divided|found|learned|trained|appended|masked|frozen|refreshed|updated|predicted|"
    r"corrected|intersected|clustered|sampled|normali[sz]ed|selected|filled in|enforced|judged|set) (?:by|as|into|with|in|to|from|on|over|at|end)\b|"
    r"\b(?:becomes?|merges?|adds?|moves? (?:from|to)|groups|holds?|masks?|selects?|picks?|attends?|splits?|appends?|shares the|is a learnable|"
    r"lets? the|walks? (?:a|the)|reads? (?:a|the|all|up)|writes? (?:a|the)|stands? for)\b",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:this|these|those|it|them)(?= (?:or|and|but|by|in|with|for|when|as)\b|[.,;])", re.IGNORECASE)
_HANGS = re.compile(  # what it is about stands in the sentence before
    r"(?:In|For|At|On|From|With|During) [^,.;]{2,40}, (?:this|it|they|these|those)\b|[^.;]{0,200}\bfor (?:that|this) reason\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\bin (?:the|this) (?:table|figure)\b|\b(?:Table|Figure|Fig\.) \d", re.IGNORECASE)
_EACH = re.compile(r"Each (?!of\b|one\b|is\b|was\b|has\b|had\b|can\b)[a-z-]+ ")


def is_outline(sentence: str, system: str) -> bool:
    """`We describe the interface and the cost of it.` tells what the paper has; `We describe X, a model` what the work is."""
    return bool(_OUTLINES.match(sentence)) and not (system and system in sentence) and not _NAMES_IT.search(sentence)


def is_no_step(sentence: str, system: str) -> bool:
    return bool(is_outline(sentence, system) or any(rx.search(sentence) for rx in (_RESULTS, _PEOPLE, _SERVES, _SHOWN)))


def builds(sentence: str) -> float:
    """What a sentence gains as a step: it says how parts are made or what they do; `Each event holds` points nowhere."""
    return 1.2 * bool(_BUILDS.search(sentence)) + 1.2 * bool(_EACH.match(sentence))


def points_back(sentence: str) -> bool:
    """Whether its object is what the sentence before it said: `Existing systems accept this or ...`"""
    return bool(_BACK.search(sentence))


def hangs(sentence: str) -> bool:
    """Whether its subject is what the sentence before it said: `In training, this is the value of the day.`"""
    return bool(_HANGS.match(sentence))
