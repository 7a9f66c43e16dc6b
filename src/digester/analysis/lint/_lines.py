"""What an issue prints in one language, line by line in reading order, with what of it is ours.

`own` is a line without quoted words, `bare` is that without the names of the works that it cites: a paper called
"Is Length Enough?" asks no question of ours. A headline that is the source's title is the source's.
Notices, tables and the note on method are no prose of an editor and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digester.domain.issue import Issue, Pick, Sentence
from digester.domain.text import fold

QUOTED = re.compile('\u201c[^\u201c\u201d]*+\u201d|\u300c[^\u300c\u300d]*+\u300d|"[^"]*+"')
NAME = "\ufffc"  # stands in `bare` where a name stood: no word, no capital
_HEADS = ("headline", "heading", "name")
_LONGEST = 60  # words of a title that are looked for
_ARTICLE = re.compile(r"(?:An?|The) ")


@dataclass(frozen=True)
class Violation:
    """`where` names the place as the page numbers it; `words` are those that violate; `language` is "" for counts."""

    check: str
    hard: bool
    language: str
    where: str
    words: str
    reason: str


@dataclass(frozen=True)
class Line:
    """A sentence, or a headline, heading or name. Lines of one `paragraph` are read together; `picks` are those that
    it cites, as far as they are in the issue; `text` is "" when there is none in the language."""

    where: str
    part: str
    paragraph: str
    language: str
    kind: str
    text: str
    own: str
    bare: str
    picks: tuple[Pick, ...]
    sentence: Sentence | None = None

    @property
    def is_head(self) -> bool:
        return self.part in _HEADS

    def violation(self, check: str, words: str, reason: str, hard: bool = False) -> Violation:
        return Violation(check, hard, self.language, self.where, words.strip()[:80], reason)


def lines(issue: Issue, language: str) -> tuple[Line, ...]:
    """Every line of the issue in a language, in the order of the page."""
    return tuple(_Reader(issue, language).read())


@dataclass
class _Reader:
    issue: Issue
    language: str

    def read(self) -> Iterator[Line]:
        known = _known(self.issue)
        for part, group in (("takeaway", self.issue.takeaways), ("overview", self.issue.overview)):
            for n, s in enumerate(group, 1):
                yield self._line(f"{part} {n}", part, part if part == "overview" else f"{part} {n}", s, known)
        for t, thread in enumerate(self.issue.threads, 1):
            place = f"thread {t}"
            yield self._head(f"name of {place}", "name", thread.name.get(self.language, ""))
            for n, s in enumerate(thread.sentences, 1):
                yield self._line(f"{place}, sentence {n}", "thread", place, s, known)
        yield from self._sections(known)
        for n, s in enumerate(self.issue.watch, 1):
            yield self._line(f"watch {n}", "watch", f"watch {n}", s, known)

    def _sections(self, known: Mapping[str, Pick]) -> Iterator[Line]:
        item = 0
        for k, section in enumerate(self.issue.sections, 1):
            yield self._head(f"heading of section {k}", "heading", section.heading.get(self.language, ""))
            for n, s in enumerate(section.opener, 1):
                yield self._line(f"opener of section {k}, sentence {n}", "opener", f"opener {k}", s, known)
            for pick in section.picks:
                item += 1
                yield self._head(f"headline of item {item}", "headline", self._headline(pick), pick)
                for n, s in enumerate(pick.sentences, 1):
                    yield self._line(f"item {item}, sentence {n}", "item", f"item {item}", s, known)
                if reason := pick.reason.get(self.language, ""):
                    yield self._made(f"reason of item {item}", "reason", f"reason {item}", "report", reason, (pick,))

    def _headline(self, pick: Pick) -> str:
        text = pick.headline.get(self.language, "")
        return "" if fold(text) == fold(pick.title) else text

    def _head(self, where: str, part: str, text: str, pick: Pick | None = None) -> Line:
        return self._made(where, part, where, "head", text, (pick,) if pick else ())

    def _line(self, where: str, part: str, paragraph: str, s: Sentence, known: Mapping[str, Pick]) -> Line:
        cited = tuple({p.story_id: p for c in s.cites if (p := known.get(c))}.values())
        return self._made(where, part, paragraph, s.kind, s.text.get(self.language, ""), cited, s)

    def _made(
        self, where: str, part: str, paragraph: str, kind: str, text: str, picks: tuple[Pick, ...],
        sentence: Sentence | None = None,
    ) -> Line:  # fmt: skip
        return _made(where, part, paragraph, self.language, kind, text, picks, sentence)


def _made(
    where: str, part: str, paragraph: str, language: str, kind: str, text: str, picks: tuple[Pick, ...],
    sentence: Sentence | None,
) -> Line:  # fmt: skip
    own = "" if kind == "quote" else QUOTED.sub(lambda m: m[0][0] + m[0][-1], text)
    return Line(where, part, paragraph, language, kind, text, own, without_names(own, picks), picks, sentence)


def line_of(s: Sentence, language: str, picks: Sequence[Pick]) -> Line:
    """One sentence as a line of no issue."""
    return _made("sentence", "sentence", "sentence", language, s.kind, s.text.get(language, ""), tuple(picks), s)


def _known(issue: Issue) -> dict[str, Pick]:
    """Picks by every name by which a sentence may cite them."""
    found: dict[str, Pick] = {}
    for p in issue.picks():
        for name in (p.lead_item_id, p.story_id, p.work):
            found.setdefault(name, p)
    return found


def resolve(names: Iterable[str], issue: Issue) -> tuple[Pick, ...]:
    """The picks of the issue that are cited by these names, each once."""
    known = _known(issue)
    return tuple({p.story_id: p for n in names if (p := known.get(n))}.values())


def without_names(text: str, picks: Sequence[Pick]) -> str:
    """`text` with NAME in place of the systems and titles of works, also of a title's beginning or its subtitle."""
    for pick in picks:
        for name in _printed(pick, text):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAME, text)
    return text


def _printed(pick: Pick, text: str) -> Iterator[str]:
    """The names of a work that stand in a text, the longest of its title first."""
    own = dict.fromkeys((pick.title, *(pick.headline.values() if pick.kind == "article" else ())))
    for whole in dict.fromkeys(w for title in own for w in _wordings(title)):
        words = whole.split()[:_LONGEST]
        for n in range(len(words), 1, -1):
            begin = " ".join(words[:n]).rstrip(".,:;")
            if begin in text:
                yield begin
                break
    system = pick.facts.get("system", "")
    if system and system in text:
        yield system


def _wordings(title: str) -> Iterator[str]:
    yield title
    _, colon, tail = title.partition(":")
    if colon:
        yield tail.strip()
        yield _ARTICLE.sub("", tail.strip(), count=1)
