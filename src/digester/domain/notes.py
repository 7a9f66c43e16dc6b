"""The reading note of one paper: what an engineer who wants to rebuild it has to know, in one language.

Like an issue it is a record from which outputs are rendered: every sentence cites its paper and shows where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from digester.domain.issue import Sentence

PARTS = ("background", "method", "results", "tips")


@dataclass(frozen=True)
class Tip:
    """A line of the table: what differs, how it was done before, how the paper does it."""

    dimension: Sentence
    before: Sentence
    paper: Sentence


@dataclass(frozen=True)
class Sections:
    """The parts in the order of the page; one that is empty is not printed."""

    background: tuple[Sentence, ...] = ()
    method: tuple[Sentence, ...] = ()
    results: tuple[Sentence, ...] = ()
    tips: tuple[Tip, ...] = ()


@dataclass(frozen=True)
class Note:
    """`revision` is the version of the paper that was read (arXiv v2: 2), 1 where its source counts none; `topic` the
    subject of the field that it is about, in the language of the note ("": none that we know)."""

    work: str
    revision: int
    language: str
    topic: str
    sections: Sections

    def sentences(self) -> tuple[Sentence, ...]:
        """Everything that an output may print, in reading order, the cells of the table too."""
        s = self.sections
        cells = (cell for t in s.tips for cell in (t.dimension, t.before, t.paper))
        return (*s.background, *s.method, *s.results, *cells)

    def told(self, sentence: Sentence) -> str:
        """What is printed of it: the language of the note, else that of the source, as in quotations."""
        return sentence.text.get(self.language) or next(iter(sentence.text.values()))
