"""What the pieces of a page need to know of its issue: the language, the numbers of the items, the places of the words.

A quotation, a report and the editor's reading must never look alike: quotations are quote blocks with their source,
readings are labelled. A sentence that rests on stored words has a link to them (a text fragment, URL Fragment Text
Directives of the WICG), its citations are the numbers of the items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from digester.channels._notion.blocks import Block, bullets, paragraph, quote
from digester.channels._notion.rich import Piece, plain, told
from digester.channels._notion.words import words
from digester.domain import fragments
from digester.domain.issue import Issue, Pick, Sentence, Text, quoted_elsewhere
from digester.domain.model import Support


@dataclass(frozen=True)
class Ref:
    number: int
    url: str


@dataclass(frozen=True)
class Reader:
    """An issue in one language."""

    issue: Issue
    language: str
    refs: Mapping[str, Ref]
    places: fragments.Places
    words: Mapping[str, str]

    @classmethod
    def of(cls, issue: Issue, language: str) -> Reader:
        refs: dict[str, Ref] = {}
        for number, pick in enumerate(issue.picks(), 1):
            for name in (pick.lead_item_id, pick.story_id, pick.work):
                refs.setdefault(name, Ref(number, pick.url))
        return cls(issue, language, refs, fragments.places(issue.excerpts), words(language))

    # ------------------------------------------------------------------ text
    def said(self, text: Text) -> str:
        """The text in the page's language, else in English, else what there is."""
        return next((text[k] for k in (self.language, "en", *sorted(text)) if text.get(k)), "")

    def term(self, word: str) -> str:
        """A field that stands in the record once, in the page's language."""
        return self.issue.terms.get(word, {}).get(self.language) or word

    def passage(self, supports: Iterable[Support]) -> list[Piece]:
        """A link to the words that something printed rests on."""
        url = fragments.of(supports, self.places)
        return [*plain(" "), *told("↗", url)] if url else []

    def cites(self, names: Iterable[str], own: Pick | None = None) -> list[Piece]:
        """` [3] [5]–[9]`: the cited items of this issue; inside a pick without the pick itself."""
        mine = {own.lead_item_id, own.story_id, own.work} if own else set()
        cited = sorted({self.refs[n] for n in names if n in self.refs and n not in mine}, key=lambda ref: ref.number)
        made: list[Piece] = []
        for run in _runs(cited):
            made += [*plain(" "), *told(f"[{run[0].number}]", run[0].url)]
            if len(run) > 1:
                made += [*plain("–"), *told(f"[{run[-1].number}]", run[-1].url)]
        return made

    # ------------------------------------------------------------- sentences
    def sentence(self, one: Sentence, own: Pick | None = None, marks: tuple[str, str] = ("", "")) -> list[Piece]:
        """The words, between `marks`, with what they rest on and what they cite; nothing when there are none."""
        text = self.said(one.text)
        if not text:
            return []
        shown = self.passage(one.supports) if one.kind in ("quote", "report") else []
        return [*plain(marks[0]), *told(text), *plain(marks[1]), *shown, *self.cites(one.cites, own)]

    def line(self, one: Sentence, own: Pick | None = None) -> list[Piece]:
        """A sentence among others of any kind: its time stamp, and signs of what kind it is."""
        marks = (self.words["lq"], self.words["rq"]) if one.kind == "quote" else ("", "")
        pieces = self.sentence(one, own, marks)
        if pieces and one.kind == "synthesis":
            pieces = [*self._reading(), *pieces]
        at = one.inputs.get("at", "")
        return [*told(at, bold=True), *plain(" "), *pieces] if pieces and at else pieces

    def lines(self, sentences: Iterable[Sentence], own: Pick | None = None) -> list[Piece]:
        """Sentences in one run of text."""
        return self._joined([self.line(s, own) for s in sentences])

    def prose(self, sentences: Iterable[Sentence], own: Pick | None = None, source: str = "") -> list[Block]:
        """Sentences as blocks: neighbours of one kind together, each quotation for itself with its source."""
        made: list[Block] = []
        for kind, neighbours in groupby(sentences, lambda s: s.kind if s.kind in ("quote", "synthesis") else "text"):
            group = list(neighbours)
            told_ = [pieces for s in group if (pieces := self.sentence(s, own))]
            if kind == "quote":
                made += [
                    b for one in told_ for b in quote([*one, *plain("\n— "), *told(source or self.words["quotes"])])
                ]
            elif told_:
                made += paragraph([*(self._reading() if kind == "synthesis" else ()), *self._joined(told_)])
                untold = (words for s in group if (words := quoted_elsewhere(s, self.language)[0]))
                made += [
                    b
                    for words in untold
                    for b in quote([*told(words), *plain("\n— "), *told(source or self.words["quotes"])])
                ]
        return made

    def points(self, sentences: Iterable[Sentence], sign: str = "") -> list[Block]:
        return [b for s in sentences if (told_ := self.line(s)) for b in bullets([*plain(sign), *told_])]

    def pair(self, name: str, pieces: Sequence[Piece]) -> list[Block]:
        """`Links: ...` as a paragraph, nothing when there is nothing to say."""
        return paragraph([*plain(f"{self.words[name]}{self.words['colon']}"), *pieces]) if pieces else []

    def _reading(self) -> list[Piece]:
        return [
            *plain(f"{self.words['reading']}{self.words['colon'].strip()}", italic=True),
            *plain(self.words["space"]),
        ]

    def _joined(self, told_: Sequence[list[Piece]]) -> list[Piece]:
        made: list[Piece] = []
        for pieces in told_:
            if made and pieces:
                made += plain(" " if made[-1].url else self.words["space"])  # a space behind a citation or a link
            made += pieces
        return made


def joined(parts: Iterable[str], between: str = " · ") -> list[Piece]:
    """Values of the record in one line, the empty ones left out."""
    made: list[Piece] = []
    for part in parts:
        if part:
            made += [*(plain(between) if made else ()), *told(part)]
    return made


def _runs(cited: Sequence[Ref]) -> Iterator[list[Ref]]:
    """Three or more neighbours together, others each for itself."""
    for _, group in groupby(enumerate(cited), lambda pair: pair[1].number - pair[0]):
        run = [ref for _, ref in group]
        yield from [run] if len(run) > 2 else [[ref] for ref in run]
