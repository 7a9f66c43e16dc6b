"""The reading note of one paper: what an engineer who wants to rebuild it has to know, in one language.

Like an issue it is a record from which outputs are rendered: every sentence cites its paper and shows where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from digester.domain.ids import digest
from digester.domain.issue import Excerpt, Sentence, Text
from digester.domain.model import Level, Support

PARTS = ("background", "method", "results", "tips")
SCHEMA_VERSION = 1
DEPTH = "depth"  # the input of a sentence that stands below the one before it: a symbol of a step, a part of it
EVIDENCE = "evidence"  # the input of a quoted result: its evidence level
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Tip:
    """A line of the table: what differs, how it was done before, how the paper does it."""

    dimension: Sentence
    before: Sentence
    paper: Sentence


@dataclass(frozen=True)
class ResultTable:
    """A table of results in the paper's own words, cut to what a note holds: of `height` rows and `width` columns of the
    paper's these. `support` is where its caption, else its first row, stands."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    height: int
    width: int
    support: Support


@dataclass(frozen=True)
class Sections:
    """The parts in the order of the page; one that is empty is not printed. `tables` belong to the results."""

    background: tuple[Sentence, ...] = ()
    method: tuple[Sentence, ...] = ()
    results: tuple[Sentence, ...] = ()
    tips: tuple[Tip, ...] = ()
    tables: tuple[ResultTable, ...] = ()


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


@dataclass(frozen=True)
class Paper:
    """What is printed of the paper beside its note. `pdf` is "" where no address of one is known, `organisations` are
    named by language; `level` says how much of it was read."""

    title: str
    url: str
    pdf: str
    authors: tuple[str, ...]
    organisations: tuple[Text, ...]
    day: date | None
    language: str
    level: Level


@dataclass(frozen=True)
class NoteRecord:
    """A note as it is stored, once for all: with its paper, the words that its sentences rest on, and what it was made
    from. `input_hash` is that of the evidence (text, rubric and editor), `editor` the label of who wrote it."""

    note: Note
    paper: Paper
    item_id: str
    input_hash: str
    editor: str
    made_at: datetime
    excerpts: tuple[Excerpt, ...] = ()
    dropped: int = 0  # sentences that the gate refused
    schema_version: int = SCHEMA_VERSION

    @property
    def name(self) -> str:
        """`2606.90011.en`: what its files are called."""
        return f"{name_of(self.note.work)}.{self.note.language}"


def name_of(work: str) -> str:
    """A work as the name of a file: the arXiv id, or its reference without signs that a file system may mind."""
    plain = work.removeprefix("arxiv:")
    name = re.sub(r"[^A-Za-z0-9.]+", "-", plain).strip("-.")[:_LONGEST_NAME]
    return name if name == plain else f"{name or 'paper'}-{digest(work, size=4)}"


def with_depth(sentence: Sentence, depth: int) -> Sentence:
    """The sentence as one that stands `depth` levels below the steps of the method."""
    return replace(sentence, inputs={**sentence.inputs, DEPTH: str(depth)}) if depth else sentence


def depth_of(inputs: Mapping[str, str]) -> int:
    """0 for a step, 1 for what stands below it; deeper is not printed."""
    return 1 if inputs.get(DEPTH, "0") != "0" else 0


def lacking(sections: Sections) -> str:
    """Why a note with these sections is a stub, in words; "" when it is none."""
    if not sections.method and not sections.results:
        return "its text tells neither a method nor a result"
    if not sections.method:
        return "its text tells no method"
    return "" if sections.results else "its text tells no result"
