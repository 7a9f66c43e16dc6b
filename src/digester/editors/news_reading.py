"""What is quoted of a news text: its lead, and the sentence beside it that has the result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digester.analysis import news_kinds, newsworth, roles, scope_ai, standing
from digester.analysis.tokens import sentences, terms
from digester.domain.model import Passage, Quotation
from digester.domain.text import BREAK, fold
from digester.ports import Evidence

AROUND = 30  # characters that a site puts around a headline
DEEPEST, DEPTH = 40, 0.15  # sentences of a news text that are looked at; what each further down is behind by
LEADS = 2.0  # what the first sentence must be worth as a lead
SHARED = 2  # words that a sentence has with the list of stories that it tells one of
WORTH, BEHIND = 0.5, 1.8  # of a second quotation; what pointing back costs less right behind the lead
_CUT_OFF = re.compile(r"(?:\u2026|\.\.\.)[\])]?$|\w\.\.\.\w")
_COUNTS = re.compile(
    r"(?:\b[A-Z][A-Za-z]{1,15}(?: [A-Z][a-z]{1,12})?: \d[\d,]{0,11}\s){2}"
)  # `Likes: 4 Code Stars: 85`
_NOT_PROSE = re.compile(  # identifiers that a page carries, what somebody says of himself, what a prompt tells a model to be
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b|^[\x22\u201c](?:We|I|Our)\b|^You are (?:an? |the )?(?:[\w-]+ ){0,4}(?:agent|assistant|bot|expert|helper|model)\b",
    re.IGNORECASE,
)
# how things are in general: an approach to the news, and none
_GENERALITY = re.compile(
    r"\b(?:is|are|remains?|has been|have been) one of (?:the|many) (?!first\b|few\b|only\b)\w+\b|\b(?:is|are) (?:becoming|increasingly|getting)\b|\bhas become\b|\bhave become\b|\bused to be\b|"
    r"^Today['\u2019]s (?:leading|most|best|large|modern)|^(?:In|With) (?:the|an) (?:era|age|world) of\b|\b(?:plays?|playing) an? (?:\w+ )?role in\b|^(?:For (?:years|decades)|Over the (?:past|last))\b",
)
HAN = 12  # Chinese characters that make a sentence
_HAN = re.compile(r"[\u3400-\u9fff]")
# a line of a list of changes, or what a whole list runs into: nothing that a reader could be told
_CHANGE = re.compile(
    r"https?://|#\d|(?:^|[\s(])@[\w-]+|\b[0-9a-f]{7,40}\b|`|[*\u2022|]|\w\(\)|[^.!?\u3002\uff01\uff1f\"\u201d\u2019)]$|"
    r"^(?:\W|\w+(?: \w+)?\. (?-i:[a-z])|What'?s Changed|Full Changelog|New Contributors|(?:feat|fix|chore|docs|ci|test|perf|build|refactor)[(:!])",
    re.IGNORECASE,
)


def quotations(e: Evidence) -> tuple[Quotation, ...]:
    """Up to two sentences of a text that carry the news, in reading order."""
    passage = e.passages[-1]
    spans = sentences(passage.text)
    entry = e.item.entry
    head = len(entry.title) + 2 if passage.text.startswith(entry.title) and len(e.passages) == 1 else 0
    title = frozenset(s for s in spans if s[0] < head or _label(passage.text, s) or _unfit(e, passage.text[slice(*s)]))
    first = _lead(passage, [s for s in spans if s not in title]) or roles.pick(
        "lead", [passage], title | _pointing(passage.text, spans), floor=0.0
    )
    if first is None:
        return ()
    second = _beside(passage, spans, title, first, entry.title)
    found = [first] if second is None else sorted([first, second], key=lambda q: q.support.start)
    return tuple(found)


def _unfit(e: Evidence, text: str) -> bool:
    """No sentence that tells something: the headline again, what a feed has cut off, counts, how things are in general, a line of a list of changes; of
    a source that tells of everything one without AI, of a list of stories one that tells none of them."""
    entry = e.item.entry
    again = fold(entry.title).strip(" .") in fold(text) and len(text) <= len(entry.title) + AROUND
    return (
        again
        or text.count("\u201c") != text.count("\u201d")  # cut open inside what somebody says
        or bool(_CUT_OFF.search(text) or _COUNTS.search(text) or _NOT_PROSE.search(text))
        or (entry.kind == "article" and bool(_GENERALITY.search(text)) and not newsworth.result(text))
        or (entry.kind == "release" and bool(_CHANGE.search(text)))
        or (entry.kind == "article" and e.general and not e.topics and not scope_ai.speaks_of_ai(text))
        or (news_kinds.many(entry.title) and len(set(terms(entry.title)) & set(terms(text)) - {"ai"}) < SHARED)
    )


def _pointing(text: str, spans: Sequence[roles.Span]) -> frozenset[roles.Span]:
    return frozenset(s for s in spans if standing.points_back(text[slice(*s)]))


def _label(text: str, span: roles.Span) -> bool:
    """A paragraph that ends like no sentence: a heading, a caption, a button."""
    return text[span[1] :].lstrip().startswith(BREAK)


def _lead(passage: Passage, spans: Sequence[roles.Span]) -> Quotation | None:
    """The first sentence, where it can stand: it says what happened."""
    text = passage.text[slice(*spans[0])] if spans else ""
    fit = _fits(text) and not standing.points_back(text) and not text.endswith("?")
    return roles.quotation("lead", passage, *spans[0]) if fit and roles.score("lead", text, 0) >= LEADS else None


def _beside(
    passage: Passage, spans: Sequence[roles.Span], skip: frozenset[roles.Span], first: Quotation, title: str
) -> Quotation | None:
    """The sentence worth most beside the lead: its result. One that points back at the lead may stand right behind it."""
    lead = next(i for i, s in enumerate(spans) if s[0] <= first.support.start < s[1])
    best: tuple[float, int] | None = None
    for i, s in enumerate(spans[:DEEPEST]):
        text = passage.text[slice(*s)]
        if i == lead or s in skip or not _fits(text):
            continue
        behind = i == lead + 1 and standing.points_back(text)
        value = newsworth.worth(text) + BEHIND * behind - DEPTH * i - newsworth.TOLD * newsworth.told_by(title, text)
        if value >= WORTH and (best is None or value > best[0]):
            best = value, i
    return roles.quotation("result", passage, *spans[best[1]]) if best else None


def _fits(text: str) -> bool:
    """Long enough to say something, short enough for a newsletter; Chinese says more in less."""
    return len(text) <= roles.LONGEST and (len(text) >= roles.SHORTEST or len(_HAN.findall(text)) >= HAN)
