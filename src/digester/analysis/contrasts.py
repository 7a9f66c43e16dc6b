"""How it was done before and how a work does it, told by one sentence: both halves as slices of it.

Only forms that set two ways of doing the same against each other are read: `unlike X, the Y`, `moves from X to Y`,
`replaces X by Y`, `Y instead of X`. A half that points elsewhere ("it", "this"), begins with a figure, or is a sentence
of its own length is no cell of a table.
"""

from __future__ import annotations

import re
from typing import Literal

from digester.analysis.tokens import STOP, stem

Span = tuple[int, int]
Dimension = Literal["training", "serving", "architecture", "retrieval", "input", "approach"]

FEW, MANY = 2, 20  # words of a half
_X = r"(?P<before>[^,;:.()\u201c\u201d]{4,110}?)"
_STOPS = r"(?=[,;:()]|\.(?!\d)|\s(?:in|without|by|which|that|where|for|while|whilst|and|at|on|because|as|so|since|when|to|within)\b|\Z)"
_UNLIKE = re.compile(
    rf"(?:Unlike|In contrast (?:to|with)|Different from|As opposed to|Contrary to|Instead of|Rather than) {_X}, "
    r"(?P<paper>[^;:.()\u201c\u201d]{12,220}?)"
    r"(?=[;:.(]|, (?:but|so|which|while|where|whereas|thus|because|and (?:we|they|it|the|is|are|does|can))\b|\Z)"
)
_MOVES = re.compile(
    rf"\b(?:mov|migrat|switch|shift|transition)(?:e|es|ed|ing|s)? (?:\w{{1,20}} ){{0,4}}from {_X} to (?P<paper>[^,;:.()]{{4,110}}?){_STOPS}"
)
_REPLACES = re.compile(
    rf"\b(?:replac|substitut)(?:e|es|ed|ing) {_X} (?:by|with) (?P<paper>[^,;:.()]{{4,110}}?)(?=[,;:.()]|\s(?:that|which|where|so|while|and|because)\b|\Z)"
)
_MIDDLE = re.compile(rf" (?:instead of|rather than|in place of) {_X}{_STOPS}")
_TITLE = re.compile(rf"\b[Ff]rom {_X} to (?P<paper>[^,;:.()]{{4,110}}?)(?=[,;:.()]|\s(?:in|for|at|on|via)\s|\Z)")
_CLAUSE = re.compile(r"[,;:] (?:(?:and|but|so|then|thus|hence|where|while) )?|\b(?:in which|where|so that|such that) ")
_POINTS = re.compile(
    r"\b(?:it|them|they|this|these|those|former|latter|others?)\b|\bthat(?= of\b|\Z)|\bones?\Z|\A(?:its|their)\b",
    re.IGNORECASE,
)
_BAD_START = re.compile(
    r"\d|(?:by|with|from|in|on|at|for|to|of|as|than|and|or|which|when|using|being|is|are|through|into|onto|one that)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:we|our|the|each|every|all|an?|this (?:work|paper))\b|[A-Z]")
_NOT_OWN = re.compile(  # ways of others, and a result
    r"\d\s?\\?%|\b(?:existing|current|conventional|traditional|prior|previous|usual(?:ly)?|often|typically)\b",
    re.IGNORECASE,
)
_FINDS = re.compile(
    r"\b(?:find|found|show\w*|suggest\w*|indicat\w+|argue|observ\w+|believ\w+|note[sd]?|(?:costs?|loses?|gives?) (?:only )?\d|outperform\w*|"
    r"improv\w+ (?:by|from)|should|would|could|may|might|accuracy)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:the )?(?:prior|existing|previous|other|traditional|conventional|standard|most|recent|earlier) "
    r"(?:works?|methods?|approaches|approach|studies|systems?|solutions?|models?|techniques?|practice)\Z",
    re.IGNORECASE,
)
_BY_AND_BY = re.compile(r"\b(?:gradual|progressive|smooth|anneal|early|initial)\w*\b", re.IGNORECASE)  # a schedule
_DIMENSIONS: tuple[tuple[Dimension, re.Pattern[str]], ...] = (
    ("training", re.compile(r"\b(?:train\w*|loss(?:es)?|gradients?|supervis\w+|labels?|distil\w+|pre-?train\w*|fine-?tun\w+|end[- ]to[- ]end)\b", re.I)),
    ("serving", re.compile(r"\b(?:serv(?:ed|ing|es)|latency|GPUs?|caches?|cached|requests?|memory|machines?|deploy\w*|inference)\b", re.I)),
    ("retrieval", re.compile(r"\b(?:retriev\w+|index(?:es)?|beam|candidates?|recall|search)\b", re.I)),
    ("architecture", re.compile(r"\b(?:towers?|transformers?|attention|layers?|networks?|architecture|heads?|experts?|decoders?|encoders?|blocks?)\b", re.I)),
    ("input", re.compile(r"\b(?:sequences?|histor(?:y|ies)|events?|features?|tokens?|identifiers?|IDs?|codes?|embeddings?|inputs?|prompts?|texts?|signals?)\b", re.I)),
)  # fmt: skip


def of(sentence: str) -> tuple[Span, Span] | None:
    """(before, this work) of a sentence about the work; None where it sets no two ways against each other."""
    if _FINDS.search(sentence):
        return None
    if m := _UNLIKE.match(sentence):
        return _fit(sentence, m.span("before"), m.span("paper")) if _SUBJECT.match(m["paper"]) else None
    for rx in (_MOVES, _REPLACES):
        if (m := rx.search(sentence)) and not (rx is _MOVES and _BY_AND_BY.search(sentence)):
            return _fit(sentence, m.span("before"), m.span("paper"))
    if m := _MIDDLE.search(sentence):
        return _fit(sentence, m.span("before"), (_clause(sentence, m.start()), m.start()))
    return None


def of_title(title: str) -> tuple[Span, Span] | None:
    """(before, this work) of a title `From X to Y`, where both are ways of one thing: `two-tower retrieval`, `generative
    retrieval`."""
    m = _TITLE.search(title)
    same = m and {stem(w) for w in m["before"].lower().split()} & {stem(w) for w in m["paper"].lower().split()} - STOP
    return _fit(title, m.span("before"), m.span("paper")) if m and same else None


def dimension(text: str) -> Dimension:
    """What two ways differ in, by the words that tell it."""
    return next((name for name, rx in _DIMENSIONS if rx.search(text)), "approach")


def points_away(text: str) -> bool:
    """Whether words of it stand for what another sentence says."""
    return bool(_POINTS.search(text))


def _clause(sentence: str, end: int) -> int:
    """Where the clause that ends at `end` begins."""
    return max((m.end() for m in _CLAUSE.finditer(sentence, 0, end)), default=0)


def _fit(sentence: str, before: Span, paper: Span) -> tuple[Span, Span] | None:
    halves = [sentence[slice(*half)] for half in (before, paper)]
    good = all(FEW <= len(h.split()) <= MANY and not _BAD_START.match(h) and not points_away(h) for h in halves)
    return (before, paper) if good and not _VAGUE.match(halves[0]) and not _NOT_OWN.search(halves[1]) else None
