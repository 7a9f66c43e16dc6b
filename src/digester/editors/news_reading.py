"""What is quoted of a news text: its lead, and the sentence beside it that has the result."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digester.analysis import newsworth, roles, standing
from digester.analysis.tokens import sentences
from digester.domain.model import Entry, Passage, Quotation
from digester.domain.text import fold
from digester.ports import Evidence

DEEPEST, DEPTH = 40, 0.15  # sentences of a news text that are looked at; what each further down is behind by
LEADS = 2.0  # what the first sentence must be worth as a lead
WORTH, BEHIND = 0.5, 1.8  # of a second quotation; what pointing back costs less right behind the lead
_CUT_OFF = re.compile(r"(?:\u2026|\.\.\.)[\])]?$|\w\.\.\.\w")
_COUNTS = re.compile(
    r"(?:\b[A-Z][A-Za-z]{1,15}(?: [A-Z][a-z]{1,12})?: \d[\d,]{0,11}\s){2}"
)  # `Likes: 4 Code Stars: 85`
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
    title = frozenset(s for s in spans if s[0] < head or _unfit(entry, passage.text[slice(*s)]))
    first = _lead(passage, [s for s in spans if s not in title]) or roles.pick("lead", [passage], title, floor=0.0)
    if first is None:
        return ()
    second = _beside(passage, spans, title, first, entry.title)
    found = [first] if second is None else sorted([first, second], key=lambda q: q.support.start)
    return tuple(found)


def _unfit(entry: Entry, text: str) -> bool:
    """No sentence that tells something: the headline again, what a feed has cut off, counts, a line of a list of changes."""
    again = fold(text).strip(" .") == fold(entry.title).strip(" .")
    return (
        again
        or bool(_CUT_OFF.search(text) or _COUNTS.search(text))
        or (entry.kind == "release" and bool(_CHANGE.search(text)))
    )


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
