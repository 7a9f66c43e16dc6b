"""The seam to an editor: what it may know of a work, and what it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal, Protocol

from digester.analysis.stories import Doubt
from digester.domain.calls import Tally
from digester.domain.issue import Census, Sentence, Thread
from digester.domain.model import FullText, Item, Level, Passage, Quotation, Rating, Reading, Story, Support
from digester.domain.notes import Note

Told = tuple[Sentence, ...]


@dataclass(frozen=True)
class Evidence:
    """What an editor may know of one work: its item, the passages (abstract first), the author block."""

    item: Item
    passages: tuple[Passage, ...]
    author_passage: Passage | None
    full_text: FullText | None
    input_hash: str
    primary: bool = False
    newsletter: bool = False
    general: bool = False  # its source tells of everything, not of AI alone
    weight: float = 1.0
    topics: tuple[str, ...] = ()  # of the issue that asks: what speaks of none is out of its scope

    @property
    def texts(self) -> tuple[Passage, ...]:
        """All that the work itself says: the passages, then the author block."""
        return (*self.passages, *([self.author_passage] if self.author_passage else []))

    @property
    def level(self) -> Level:
        return "full_text" if self.full_text and self.full_text.outcome == "ok" else self.passages[0].level


@dataclass(frozen=True)
class Telling:
    """The same story in another language: an article of the story, its title and what is quoted of it."""

    source: str
    item_id: str
    title: str
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True)
class Brief:
    """Everything about one story that may be printed: the editor writes from this and from nothing else."""

    story: Story
    evidence: Evidence
    rating: Rating
    reading: Reading
    source: str
    also: tuple[tuple[str, str, str], ...] = ()  # (source name, item id, url) of the other items that tell it
    others: tuple[tuple[str, str, Quotation], ...] = ()  # (source name, item id, sentence) of articles among them
    tellings: Mapping[str, Telling] = field(default_factory=dict)  # by language, other than the item's own
    late: bool = False
    lowered: bool = False  # a 5 by its evidence, printed as a 4
    signals: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    told: str = ""  # the issue that told it before, when it comes back ...
    new: str = ""  # ... and what is new since

    @property
    def item(self) -> Item:
        return self.evidence.item

    @property
    def names(self) -> tuple[str, ...]:
        """What our records name beside title and authors: sources, the role of a person."""
        return (self.source, *(name for name, _, _ in self.also), *self.facts.values())


@dataclass(frozen=True)
class ThreadOutline:
    """A line of development as found by analysis: its theme, phrases and papers, best first; `holders` are the papers
    in which the phrases stand. Of the `back` earlier issues looked at `before` had the theme, the latest as
    `previous_id` ("": new). `weeks` issues in a row have it, this one counted, since the period `since` ("" for one)."""

    id: str
    theme: str
    from_: str
    to: str
    briefs: tuple[Brief, ...]
    holders: tuple[Brief, ...] = ()
    weeks: int = 1
    since: str = ""
    before: int = 0
    back: int = 0
    previous_id: str = ""


@dataclass(frozen=True)
class Outline:
    """A whole issue before it is written: counts are computed, the editor only places them."""

    kind: str
    period: str
    census: Census
    briefs: tuple[Brief, ...]
    themes: tuple[tuple[str, tuple[Brief, ...]], ...]
    threads: tuple[ThreadOutline, ...]
    languages: tuple[str, ...] = ("en",)
    form: Literal["papers", "news"] = "papers"
    cadence: Literal["daily", "weekly"] = "weekly"


class Editor(Protocol):
    """Judges, reads and writes. Sentences come with kind, cites and supports; the gate checks them."""

    name: ClassVar[str]
    version: str

    @property
    def embedded(self) -> Editor:
        """The editor that asks no model: itself, or the one behind it."""

    def tally(self) -> Tally:
        """What was asked of models since the last look."""

    def rate(self, rubric: str, subjects: Iterable[Evidence], now: datetime) -> Iterator[Rating]:
        """One rating for each, in order; one that a model did not give stands under the embedded editor's name."""

    def read(self, subjects: Iterable[tuple[Evidence, int]], now: datetime) -> Iterator[Reading]:
        """One reading for each evidence with its rating (0: not rated), in order; see `rate`."""

    def headlines(self, briefs: Sequence[Brief], languages: Sequence[str] = ("en",)) -> Mapping[str, Mapping[str, str]]:
        """Headlines by story id and language; `languages` are those of the issue."""

    def reason(self, brief: Brief) -> Mapping[str, str]: ...
    def keywords(self, brief: Brief) -> Mapping[str, str]:
        """What a story that is told in another language is about, by languages that have such words."""

    def term(self, text: str) -> Mapping[str, str]:
        """A heading, theme, metric or organisation of ours in every language the editor writes."""

    def write_pick(self, brief: Brief, length: Literal["long", "medium", "line"]) -> tuple[Sentence, ...]: ...
    def write_threads(self, outline: Outline) -> tuple[Thread, ...]: ...
    def write_sections(self, groups: Sequence[tuple[str, tuple[Brief, ...]]], outline: Outline) -> tuple[Told, ...]:
        """The opener of each group (theme, or "" for the rest; its briefs)."""

    def write_weekly(self, outline: Outline) -> tuple[Told, Told, Told]:
        """Overview, takeaways and what to watch; of a daily of papers the takeaways alone."""

    def write_daily(self, outline: Outline) -> tuple[Sentence, ...]: ...
    def group_posts(self, posts: Sequence[Brief]) -> Mapping[str, str]:
        """The topic of each post by item id; posts without one are left out."""

    def write_post(self, brief: Brief) -> tuple[Sentence, ...]: ...
    def digest_episode(self, brief: Brief) -> tuple[Sentence, ...]: ...
    def write_notes(self, wanted: Sequence[tuple[Brief, str]]) -> Sequence[Note | None]:
        """The reading note of each paper in a language; None for one of which neither method nor result can be told:
        never a stub."""

    def rewrite(self, sentence: Sentence, refusals: tuple[str, ...], brief: Brief) -> Sentence | None:
        """The sentence once more, without what was refused; None when the editor cannot."""

    def translate(self, sentences: Sequence[Sentence], language: str, briefs: Sequence[Brief]) -> Mapping[str, str]:
        """Sentences that have no text in `language`, by id, as far as the editor can translate."""

    def plain(self, sentence: Sentence) -> Sentence | None:
        """The sentence as the embedded editor composed it; None for one that it has not."""

    def extract(self, brief: Brief, printed: frozenset[Support]) -> Sentence | None:
        """A quotation of the item that is not printed yet, in the place of a sentence that was refused twice."""


class PairJudge(Protocol):
    """Says whether two articles tell one story where code is in doubt."""

    def judge(self, doubt: Doubt, items: Mapping[str, Item]) -> Mapping[frozenset[str], bool]:
        """By the ids of both; pairs of which nothing is known are left out."""

    def tally(self) -> Tally:
        """What was asked of models since the last look."""
