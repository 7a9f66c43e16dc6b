"""A sentence read as a string of kinds (see `words`), with figures and measures as single letters.

Figures and the table's measures are single letters; adverbs and words of hedge leave no letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from digester.analysis import metrics
from digester.analysis.claims import words
from digester.analysis.figures import Quantity
from digester.analysis.metrics import Metric

WINDOW = 40  # tokens on either side of a figure that a rule may look at
_HEDGE = (
    r"(?:\b(?:up to|as much as|at most|(?:no|not) (?:more|less) than|less than|fewer than|under|below|within|over|more than|above|at least|nearly|almost|about|around|approximately|roughly|"
    r"an average of|on average|averaging|an additional|an extra)|最高|至多|不超过|超过|不到|低于|约|近|平均|至少|达)(?=\s*(?:an? |the )?\s?[+\-\u2212~≈]?\s?\d)"
)
_TOKEN = re.compile(
    rf"(?P<hedge>{_HEDGE})|(?P<phrase>in terms of|with respect to|with regard to|as well as|relative to|together with|along with|alongside|coupled with|accompanied by|while maintaining)\b|"
    r"(?P<han>提升|增长|提高|上升|增加|上涨|降低|减少|下降|下跌|缩短|节省|带来|实现|取得|获得|显示|表明|达到|以及|分别|使(?!用)|[在于和与及了])|"
    r"(?P<hans>[\u3400-\u9fff])|(?P<word>[^\W\u3400-\u9fff](?:[\w$'’&@.>+-]{0,40}[^\W_\u3400-\u9fff])?(?:/[A-Za-z][\w-]{0,20})?)|(?P<mark>--|[^\s\w])",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"leads(?= (?:directly )?to\b)|saves(?= (?:about |over |up to |nearly |approximately |roughly )?\d[\d.]{0,8}\s?% of\b)",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"(?:max(?:imum|imal)?|online)\Z", re.IGNORECASE)
_OF_NOUN = re.compile(r"[wm]{0,3}[N?](?:[OYIPF:(]|$)")
_RATE = re.compile(r"(?:rate|ratio|count|volume)s?\Z")
_INFLECTED = re.compile(r"(?:ed|ing|s)\Z")
_CHANGED = re.compile(r"(?:chang(?:e|es|ed)|differ(?:s|ed)?)\Z", re.IGNORECASE)
_REPORTS = re.compile(r"reports\Z", re.IGNORECASE)
_CONFIRMED = re.compile(r"confirmed\Z", re.IGNORECASE)
_SAVED = re.compile(r"(?:saved|dropped)\Z", re.IGNORECASE)
_GOVERNED = re.compile(r"[wm]E{0,2}VYF")  # a measure as the subject of its verb, with its figure
_SAID_OF = re.compile(r"w{1,3}(?:YF|V)")
_JOINT = re.compile(r"B|C{1,2}(?=[VXUIP])")


@dataclass(frozen=True)
class Token:
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    text: str
    tokens: tuple[Token, ...]
    quantities: dict[int, Quantity]  # by index of their token
    measures: dict[int, Metric]

    @cached_property
    def kinds(self) -> str:
        return "".join(t.kind for t in self.tokens)

    def word(self, i: int) -> str:
        return self.text[self.tokens[i].start : self.tokens[i].end]

    def kinds_between(self, start: int, end: int) -> str:
        return "".join(t.kind for t in self.tokens if start <= t.start < end)

    def clause(self, position: int) -> str:
        """The clause around a position: between breaks, or an `and` before a verb or a preposition."""
        ends = [0, *(self.tokens[m.start()].start for m in _JOINT.finditer(self.kinds)), len(self.text)]
        return next((self.text[a:b] for a, b in pairwise(ends) if a <= position < b), self.text)


def read(sentence: str, quantities: Sequence[Quantity]) -> Reading:
    """The sentence as tokens; `quantities` are those that may become claims, the others stay words."""
    spans: list[tuple[int, int, str, object]] = [(q.start, q.end, "F", q) for q in quantities]
    verbs = {m.start() for m in _LEADS.finditer(sentence)}  # `leads to a rise`, `saves 3% of memory`: no measures
    spans += [(m.start, m.end, "m", m) for m in metrics.find(sentence) if not verbs & set(range(m.start, m.end))]
    spans.sort(key=lambda s: (s[0], s[1]))
    tokens: list[Token] = []
    found: dict[int, Quantity] = {}
    measures: dict[int, Metric] = {}
    at = 0
    for start, end, kind, value in spans:
        if start < at:
            continue
        tokens += _words(sentence, at, start)
        (found if kind == "F" else measures)[len(tokens)] = value  # type: ignore[assignment]
        tokens.append(Token(kind, start, end))
        at = end
    tokens += _words(sentence, at, len(sentence))
    return Reading(sentence, _decided(sentence, tokens), found, measures)


def _words(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for m in _TOKEN.finditer(text, start):
        if m.start() >= end:
            break
        if m["hedge"]:
            continue
        if m["hans"]:
            if found and found[-1].kind == "w" and found[-1].end == m.start():
                found[-1] = Token("w", found[-1].start, m.end())
            else:
                found.append(Token("w", m.start(), m.end()))
            continue
        letter = words.kind(m[0])
        if letter == "X" and m[0][0].isupper() and (found or start):  # `Qualified Leads`: part of a name
            letter = "w"
        if m["mark"] and letter == "w":
            continue
        if letter:
            found.append(Token(letter, m.start(), m.end()))
    return found


def _decided(text: str, tokens: list[Token]) -> tuple[Token, ...]:
    """Words that may be noun or verb (`gains`, `lift`) by what stands beside them."""
    decided: list[Token] = []
    for i, t in enumerate(tokens):
        before = decided[-1].kind if decided else "B"
        after = tokens[i + 1].kind if i + 1 < len(tokens) else "B"
        noun = tokens[i + 1] if i + 1 < len(tokens) else t
        if t.kind == "X" and before in "wm" and _RATE.match(text, noun.start, noun.end):
            decided.append(Token("w", t.start, t.end))  # `null results rate`
            continue
        if _CHANGED.match(text, t.start, t.end) and (after == "Y" or before == "E") and before != "D":
            decided.append(Token("V", t.start, t.end))  # `did not change (+0.1%)`: a verb without direction
            continue
        if after == "O" and t.kind == "X" and before in "BCDIO" and _REPORTS.match(text, t.start, t.end):
            decided.append(Token("w", t.start, t.end))  # `reports of misleading clips`
            continue
        if after == "m" and before in "BCDI" and _CONFIRMED.match(text, t.start, t.end):
            decided.append(Token("w", t.start, t.end))  # `confirmed sales`
            continue
        if t.kind == "V" and _SAVED.match(text, t.start, t.end) and before in "BCDIO" and _is_named(tokens, i):
            decided.append(Token("w", t.start, t.end))  # `and saved searches by 2.6%`
            continue
        if t.kind == "w" and before in "FD" and _DEGREE.match(text, t.start, t.end) and _is_of_noun(tokens, i, before):
            decided.append(Token("A", t.start, t.end))  # `a maximum gain`, `3% online reduction`
            continue
        base = t.kind in "?V" and not _INFLECTED.search(text, t.start, t.end)
        if base and before == "D" and after == "w":
            decided.append(Token("w", t.start, t.end))  # `the save rate`
        else:
            decided.append(Token(_noun_or_verb(before, after), t.start, t.end) if t.kind == "?" else t)
    return tuple(decided)


def _is_of_noun(tokens: list[Token], i: int, before: str) -> bool:
    """A word of degree or of setting in front of a noun of direction, behind a figure or an article."""
    kinds = "".join(t.kind for t in tokens[i + 1 : i + 6])
    return kinds[:1] in tuple("N?") if before == "F" else bool(_OF_NOUN.match(kinds))


def _is_named(tokens: list[Token], i: int) -> bool:
    """A participle in front of the noun that another verb is said of: `saved searches rose`, `, and saved searches by`."""
    kinds = "".join(t.kind for t in tokens)
    return bool(_GOVERNED.search(kinds[:i]) or kinds[:i].strip("D") == "") and bool(_SAID_OF.match(kinds[i + 1 :]))


def _noun_or_verb(before: str, after: str) -> str:
    if before in "FADR":
        return "N"
    return "V" if after in "YFDmwA" else "N"
