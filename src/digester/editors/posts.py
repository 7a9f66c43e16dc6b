"""A person's post in a daily: whole sentences of it, at most 25 words, that say alone what they say in the post."""

from __future__ import annotations

import re

from digester.analysis import roles, standing
from digester.analysis.tokens import sentences
from digester.domain.issue import Sentence
from digester.domain.text import BREAK
from digester.editors.composing import length_of, quote
from digester.ports import Brief

WORDS, LEAST = 25, 4  # of a quotation
PLAIN = 8  # words of one without a figure: fewer say nothing
SATURATED = 18  # words from which a longer quotation says no more
BEGINS = 0.5  # what the beginning of a post is ahead by: it needs nothing before it
MOST = 2  # sentences: a source is quoted with no more
_ADDRESS = r"https?://\S+"
_OWN = re.compile(r"(?<=[^\s.!?\u3002] )[A-Z][\w/-]+|(?<=[\u3400-\u9fff]) ?[A-Z]{2,}|\b[A-Z]+\d|\b[A-Z]{2,}\b")

_FIRST, _NUMBER = re.compile(r"(?:^|\s)1[.)]\s"), re.compile(r"\s\d{1,2}[.)]$")  # of a list, whose entries come behind

_POINTS = re.compile(
    r"\b(?:re-?|quote[- ]?)?(?:tweet|post|shar|repost)(?:e?[ds]|ing)? (?:this|it|that)\b", re.IGNORECASE
)

Span = tuple[int, int]


def post(brief: Brief) -> tuple[Sentence, ...]:
    """One quotation, or none where every sentence is too long or would be torn from its sense."""
    passage = brief.evidence.passages[0]
    spans = _spans(passage.text)
    rows = [(i, j) for i in range(len(spans)) for j in range(i, min(i + MOST, len(spans)))]
    fit = [row for row in rows if _fits(passage.text, spans, *row)]
    if not fit:
        return ()
    first, last = max(fit, key=lambda f: (_telling(passage.text, spans, *f), -f[0]))
    q = roles.quotation("lead", passage, spans[first][0], spans[last][1])
    return (quote(q, brief.item.id, brief.item.entry.language or "en"),)


def _spans(text: str) -> list[Span]:
    """The sentences of a post without the addresses behind them: these are no part of what is said."""
    found = []
    for start, end in sentences(text):
        bare = _without_addresses(text[start:end])
        if bare and not re.match(_ADDRESS, bare):
            found.append((start, start + len(bare)))
    return found


def _without_addresses(sentence: str) -> str:
    """What stands in front of the addresses at its end."""
    bare = sentence.rstrip()
    while (at := bare.rfind("http")) >= 0 and re.fullmatch(_ADDRESS, bare[at:]):
        bare = bare[:at].rstrip()
    return bare


def _fits(text: str, spans: list[Span], first: int, last: int) -> bool:
    """Whether these neighbours are short enough, and say together what they say in the post."""
    whole = text[spans[first][0] : spans[last][1]]
    if not LEAST <= length_of(whole) <= WORDS or re.search(_ADDRESS, whole) or BREAK in whole:
        return False
    if _POINTS.search(whole):  # what that was stands elsewhere
        return False
    if length_of(whole) < PLAIN and not re.search(r"[\d\u3400-\u9fff]", whole):
        return False
    if (_NUMBER.search(whole) and _FIRST.search(text)) or (
        first == 0 and standing.points_back(_begun(text[slice(*spans[0])]))
    ):
        return False
    return (first == 0 or _stands(text[slice(*spans[first])])) and not _turned(text, spans, last)


def _begun(said: str) -> str:
    """As a sentence begins: posts are often written small."""
    return said[:1].upper() + said[1:]


def _stands(said: str) -> bool:
    """A later sentence: it points at nothing before it, and names what its figure is of."""
    return not standing.points_back(said) and bool(re.search(r"\d", said)) and bool(_OWN.search(said))


def _turned(text: str, spans: list[Span], last: int) -> bool:
    if last + 1 == len(spans):
        return False
    following = text[slice(*spans[last + 1])]
    return standing.turns(following, length_of(following))


def _telling(text: str, spans: list[Span], first: int, last: int) -> float:
    """Facts and length speak for sentences, and that the post begins with them; a question does not."""
    said = text[spans[first][0] : spans[last][1]]
    return (
        bool(re.search(r"\d", said))
        + min(length_of(said), SATURATED) / SATURATED
        + BEGINS * (first == 0)
        - 2 * said.endswith(("?", "？"))
    )
