"""A paper as a note is made from it: its sentences by heading, their roles, and what is held against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from digester.analysis import evidence as levels
from digester.analysis import gate, lint, promotion, roles
from digester.analysis.grounding import Ground
from digester.analysis.tokens import sentences, terms
from digester.domain.issue import Sentence
from digester.domain.model import EvidenceLevel, Passage, Support
from digester.domain.text import language_of
from digester.editors.notes import _sorts
from digester.editors.rewording import Desk
from digester.ports import Brief

LONGEST = 600  # characters of a sentence; what is longer is a list or a table
DENSE = (
    2.2  # what `roles.score` takes from a sentence below 75 characters: in Chinese, or with a figure, it says enough
)
NOWHERE = re.compile(
    r"\b(?:related work|references|bibliography|acknowledg\w+|appendi\w+|limitations?|future|conclusions?|ethic\w*|"
    r"disclaimer|abstract)\b|相关工作|参考文献|致谢|附录|结论",
    re.IGNORECASE,
)
OPENING = re.compile(r"\b(?:introduction|motivation|background|problem)\b|引言|背景|动机", re.IGNORECASE)
_METHOD = re.compile(
    r"\b(?:methods?|methodology|approach|models?|architecture|framework|system|design|overview|proposed|training|"
    r"objective|serving|inference|algorithm|tokeni[sz]\w*)\b|方法|模型|架构|框架|训练",
    re.IGNORECASE,
)
TESTS = re.compile(
    r"\b(?:experiment\w*|evaluation|results?|ablations?|data ?sets?|baselines?|metrics|online|A/B|deploy\w*|production|"
    r"launch|impact)\b|实验|评测|结果|线上|部署|消融",
    re.IGNORECASE,
)
OWN = re.compile(r"\b(?:we|our|this (?:paper|work|study))\b|本文|我们", re.IGNORECASE)
_EXISTS = re.compile(r"\b(?:existing|conventional|traditional|current|prior|previous|usual)\b|现有|传统", re.IGNORECASE)
FORMER = re.compile(  # what the service of the paper had before, told in the past
    r"\b(?:the|our|its) (?:(?:previous|former|old|earlier|existing|production|main|deployed) ){0,2}"
    r"(?:ranker|ranking|retrieval|retriever|recommender|bidder|model|system|pipeline|service|engine|stage|channel|feed)"
    r"(?: that we replaced)? (?:used to|\w{2,20}ed|had|ran|kept|saw|took|held|was|were) "
    r"(?:[^.,;:()\u201c\u201d]|[.,](?=\d)){10,90}?(?=[.,;:](?!\d)| (?:which|because|since|due|whenever|and its?)\b)",
    re.IGNORECASE,
)
ENOUGH = 2.0  # of a sentence that plays a part whatever its other words are
_COMPARES = re.compile(
    r"\d\.\d{2,6}\b[^.;]{0,80}?\b(?:over|against|than|to)\b|"
    r"\b(?:against|than|over|from)\b[^;]{0,80}?\d\.\d{2,6}\b|\b(?:removing|without) [^.;]{3,60}\d\.\d"
)
_OFFLINE = re.compile(r"\boffline\b|离线", re.IGNORECASE)
_ONLINE = re.compile(r"\b(?:online|A/B|live)\b|线上", re.IGNORECASE)
PLACES: Mapping[roles.Role, Callable[[str], bool]] = {  # by heading, where a part is looked for
    "problem": lambda heading: bool(OPENING.search(heading)),
    "mechanism": lambda heading: not OPENING.search(heading) and not TESTS.search(heading),
    "result": lambda heading: bool(TESTS.search(heading)),
}


@dataclass(frozen=True)
class Line:
    """A sentence of a paper: code points [start, end) of the passage; the heading it stands under, "" in the abstract."""

    passage: Passage
    start: int
    end: int
    heading: str

    @cached_property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(terms(self.text))

    def support(self, rule: str) -> Support:
        return Support(self.passage.id, self.start, self.end, rule)


class Page:
    """A paper as a note is made from it: its sentences in order, and what a statement about it is held against."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self._desk = Desk({brief.item.id: brief})
        self.grounds: Mapping[str, Ground] = dict(self._desk.grounds)
        self.lines = tuple(_lines(brief))

    def passed(self, s: Sentence) -> Sentence | None:
        """The sentence with the places it rests on; None for what the gate refuses or what rests on nothing."""
        verdict = gate.judge(s, self.grounds)
        if not verdict.holds:
            return None
        supports = tuple(dict.fromkeys((*s.supports, *verdict.supports)))
        if not supports and (line := self.nearest(next(iter(s.text.values())))):
            supports = (line.support("wording"),)
        return replace(s, supports=supports) if supports or s.kind == "derived" else None

    def in_language(self, s: Sentence, language: str) -> Sentence | None:
        """`passed` for the language of a note, else for that in which the sentence was made."""
        first = next(iter(s.text))
        order = (first,) if s.kind == "quote" else dict.fromkeys((language, first))
        told = (self.passed(replace(s, text={x: s.text[x]})) for x in order if x in s.text)
        return next((t for t in told if t), None)

    def kept(self, given: Iterable[Sentence], language: str) -> tuple[Sentence, ...]:
        return tuple(s for g in given if (s := self.in_language(g, language)))

    def breaks(self, s: Sentence, language: str) -> bool:
        """Whether a sentence must not be printed by the editorial standard."""
        return any(v.hard for v in lint.of_sentence(s, language, self._desk.picks(s)))

    def is_own(self, line: Line) -> bool:
        """Whether it speaks of the work: in its authors' words, or by the system's name."""
        system = self.brief.reading.system
        return bool(OWN.search(line.text) or (system and system in line.text))

    def plays(self, role: roles.Role, line: Line) -> float:
        """How well a sentence plays a role in a note. A step of the method is told where methods stand, or with the
        system as its actor, and is no result; a problem names what exists."""
        found = roles.score(role, line.text, 0)
        if role != "result" and levels.level_of(line.text):
            return -9.0
        told = language_of(line.text) == "zh" or (line.heading and re.search(r"\d", line.text))
        found += DENSE * bool(role != "result" and len(line.text) < 75 and told)
        if role == "result":
            if _sorts.is_outline(line.text, self.brief.reading.system):
                return -9.0
            return found + 0.8 * bool(TESTS.search(line.heading)) + 1.5 * bool(_COMPARES.search(line.text))
        if role == "problem":
            if OPENING.search(line.heading) and FORMER.search(line.text):
                return max(found, ENOUGH)  # what the service of the paper had before
            return found + 0.8 * bool(_EXISTS.search(line.text))
        if role == "mechanism":
            system = self.brief.reading.system
            if _sorts.is_no_step(line.text, system):
                return -9.0
            found += _sorts.builds(line.text)
            found += 1.6 * bool(_METHOD.search(line.heading) or (system and line.text.startswith(system)))
            found += 0.8 * bool(line.heading)
            return found if found >= roles.score("result", line.text, 0) else -9.0
        return found

    def nearest(self, text: str) -> Line | None:
        """The sentence that shares most of its words, two at least."""
        own = frozenset(terms(text))
        best = max(self.lines, key=lambda line: len(own & line.words), default=None)
        return best if best and len(own & best.words) >= min(2, len(own)) > 0 else None


def level_of(line: Line) -> EvidenceLevel:
    """The evidence of a result: what the sentence names, else what it stands under; `stated` where neither does."""
    if found := levels.level_of(line.text):
        return found
    if _OFFLINE.search(line.heading):
        return "offline"
    return "online_ab" if _ONLINE.search(line.heading) else "stated"


def _lines(brief: Brief) -> Iterator[Line]:
    """The sentences of the abstract and of the text, without the title, what promotes and what is no prose."""
    e = brief.evidence
    title, stored = e.item.entry.title, {p.id: p for p in e.passages}
    headings = {f"{s.heading}. {s.text}": s.heading for s in (e.full_text.sections if e.full_text else ())}
    for n, p in enumerate(promotion.readable(title, e.passages)):
        heading = headings.get(stored[p.id].text, "text") if n else ""
        head = title if p.text.startswith(title) else heading
        start = len(head) + 1 if p.text.startswith(f"{head}.") else 0
        if NOWHERE.search(heading):
            continue
        for a, b in sentences(p.text):
            if a >= start and _is_prose(p.text[a:b]):
                yield Line(stored[p.id], a, b, heading)


def _is_prose(text: str) -> bool:
    shortest = roles.SHORTEST // 2 if language_of(text) == "zh" else roles.SHORTEST
    return shortest <= len(text) <= LONGEST and "http" not in text and "  " not in text
