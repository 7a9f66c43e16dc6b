"""The seams: what a step may ask of the world. Adapters are named in app.py only.

Failure is a value: `Http` answers with a Reply, `Sandbox` with a result or a `SandboxFailure`. Only a
programming error or one of domain.errors is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

from digester.domain.calls import Answer, Ask, ModelCall, ModelFault, Spend, TakenUp, Tally
from digester.domain.issue import Artifact, Census, Issue, Sentence, Thread, Window
from digester.domain.model import (
    Batch,
    Entry,
    Extracted,
    FullText,
    Item,
    Level,
    Passage,
    Quotation,
    Rating,
    Reading,
    Sighting,
    Story,
    Support,
)
from digester.domain.notes import Note, NoteRecord
from digester.domain.posts import Post
from digester.domain.runs import Attempt, Run
from digester.domain.search import Hit
from digester.domain.site import Card, Site
from digester.domain.sources import Document, FetchState, Parsed, Request, Source, Validator

T = TypeVar("T")
Tag = TypeVar("Tag")
Told = tuple[Sentence, ...]


class Clock(Protocol):
    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


# ------------------------------------------------------------------ http
@dataclass(frozen=True)
class Fetched:
    """200: the document and the validators for the next conditional GET. `moved_to` after a 301/308; `fresh_for`
    the seconds that the server says it keeps."""

    document: Document
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    fresh_for: float | None = None


@dataclass(frozen=True)
class NotModified:
    """304 to our own validators."""


FetchFault = Literal[
    "dns", "connect", "timeout", "too_large", "status", "redirects", "forbidden", "robots", "protocol", "encoding", "not_configured",
]  # fmt: skip


@dataclass(frozen=True)
class FetchError:
    """Why there is no document. `message` is one line for people and names no secret."""

    fault: FetchFault
    message: str
    status: int | None = None
    retry_after: float | None = None


Reply = Fetched | NotModified | FetchError


class Fetches(Protocol, Generic[Tag]):
    """A batch of GETs in flight. `add` may be called while iterating; iteration ends when none is left."""

    def add(self, tag: Tag, request: Request, validator: Validator | None = None) -> None: ...
    def __iter__(self) -> Iterator[tuple[Tag, Reply]]: ...


class Http(Protocol):
    def fetches(self) -> Fetches[Any]: ...


# --------------------------------------------------------------- sandbox
@dataclass(frozen=True)
class SandboxFailure:
    """Untrusted bytes made the parser fail: crash, time limit, memory limit or an exception."""

    kind: Literal["timeout", "memory", "crash", "error"]
    message: str


class Sandbox(Protocol):
    def run(self, function: Callable[..., T], *args: object) -> T | SandboxFailure: ...


# --------------------------------------------------------------- sources
class SourceKind(Protocol):
    """Two pure functions, and `given` for entries that stand in the configuration itself; see sources/__init__.py for
    the registry and the base of all kinds, and `digester sources kinds`."""

    name: ClassVar[str]
    doc: ClassVar[str]
    Params: ClassVar[type]
    papers: ClassVar[bool]  # yields papers: counts for issues of papers, else for issues of news
    dates_are_changes: ClassVar[bool]  # its dates say when a page was changed, not when it came

    def given(self, source: Source) -> Sequence[Entry]: ...
    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]: ...
    def parse(self, source: Source, document: Document) -> Parsed: ...
    def fingerprint(self, document: Document) -> str: ...


class Extractor(Protocol):
    """bytes -> text; run inside the Sandbox."""

    def __call__(self, document: Document) -> Extracted: ...


# ----------------------------------------------------------------- model
Unit = Sequence[tuple[str, str]]  # (key, value) lines about one numbered thing


class Prompts(Protocol):
    """Instructions in files."""

    mark: str
    """A hash of all of them: part of an editor's version."""

    def style(self, language: str) -> str: ...
    def ask(
        self, task: str, units: Iterable[tuple[int, Unit]], values: Mapping[str, str], marker: Callable[[str], str],
        rows: int = 1,
    ) -> Ask:  # fmt: skip
        """A question about numbered units, each answered with at most so many rows."""


Heard = Callable[[int, Answer | ModelFault], None]  # the place of a question, what came of it


def nobody(place: int, result: Answer | ModelFault) -> None:
    """Hears nothing."""


class Model(Protocol):
    """Language models behind a ledger and a budget."""

    mark: str
    """Which models answer: part of an editor's version."""

    def answer(self, asks: Iterable[Ask | None], heard: Heard = nobody) -> Sequence[Answer | ModelFault]:
        """One result for each, in the order of the questions.

        A question is sent as soon as `asks` gives it, and `heard` is told of a result when it comes. A None is no
        question: by it the caller, which has other work to do meanwhile, says that it has done a piece of it."""

    def marker(self, text: str) -> str:
        """Eight hex digits that `text` cannot foresee: they delimit it as data."""

    def tally(self) -> Tally:
        """What was asked since the last look."""


class Queue(Protocol):
    """Questions that wait for a batch, and the batches that are under way."""

    def submit(self) -> Sequence[str]:
        """Begins batches of what waits; their ids."""

    def fetch(self) -> TakenUp:
        """Takes up what finished batches answered."""


class Ledger(Protocol):
    """Kept replies and what they cost; and small values of the workspace by name."""

    def calls(self, ids: Iterable[str]) -> Mapping[str, ModelCall]: ...
    def save_call(self, call: ModelCall | None, spend: Spend) -> None: ...
    def spends_since(self, moment: datetime) -> Sequence[Spend]: ...
    def kept(self, name: str) -> str | None: ...
    def keep(self, name: str, value: str) -> None: ...


# ---------------------------------------------------------------- editor
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
    weight: float = 1.0
    topics: tuple[str, ...] = ()  # of the issue that asks: what speaks of none is out of its scope

    @property
    def level(self) -> Level:
        return "full_text" if self.full_text and self.full_text.outcome == "ok" else self.passages[0].level


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
    late: bool = False
    lowered: bool = False  # a 5 by its evidence, printed as a 4
    signals: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    told: str = ""  # the issue that told it before, when it comes back ...
    new: str = ""  # ... and what is new since

    @property
    def item(self) -> Item:
        return self.evidence.item


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

    def judge_pairs(self, pairs: Sequence[tuple[Item, Item]]) -> Mapping[frozenset[str], bool]:
        """Whether two articles tell one story, by their ids; pairs of which nothing is known are left out."""

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
    def write_note(self, brief: Brief, language: str) -> Note | None:
        """The reading note of a paper; None for one of which neither method nor result can be told: never a stub."""

    def rewrite(self, sentence: Sentence, refusals: tuple[str, ...], brief: Brief) -> Sentence | None:
        """The sentence once more, without what was refused; None when the editor cannot."""

    def translate(self, sentences: Sequence[Sentence], language: str, briefs: Sequence[Brief]) -> Mapping[str, str]:
        """Sentences that have no text in `language`, by id, as far as the editor can translate."""

    def plain(self, sentence: Sentence) -> Sentence | None:
        """The sentence as the embedded editor composed it; None for one that it has not."""

    def extract(self, brief: Brief, printed: frozenset[Support]) -> Sentence | None:
        """A quotation of the item that is not printed yet, in the place of a sentence that was refused twice."""


# ---------------------------------------------------------------- output
class Output(Protocol):
    """One issue in one language to bytes; deterministic, asks nobody."""

    name: ClassVar[str]
    media_type: ClassVar[str]
    extension: ClassVar[str]

    def render(self, issue: Issue, language: str) -> bytes: ...


@dataclass(frozen=True)
class Leaf:
    """A file of a collection: its path below the collection's folder, a hash of everything that its bytes depend on, and
    how they are made. `body` is called only when `key` is not the one of the last build."""

    path: str
    key: str
    body: Callable[[], bytes]


@dataclass(frozen=True)
class Shelf:
    """Everything that a collection may show: cards of the issues, newest first, and the record of one when it is needed.
    `others` are the paths that further collections write beside it; `posts` the essays, `notes` one a paper and language."""

    site: Site
    cards: Sequence[Card]
    issue: Callable[[str], Issue]
    others: frozenset[str] = frozenset()
    posts: Sequence[Post] = ()
    notes: Sequence[NoteRecord] = ()


class Collection(Protocol):
    """Files about many issues (a site, feeds); deterministic, asks nobody."""

    name: ClassVar[str]

    def leaves(self, shelf: Shelf) -> Iterable[Leaf]: ...


# ----------------------------------------------------------------- store
@dataclass(frozen=True)
class Saved:
    """What saving one source's gathering changed."""

    new: int = 0
    revised: int = 0
    known: int = 0


@dataclass(frozen=True)
class Gathering:
    """Everything one source yielded in one visit; saved in one transaction."""

    state: FetchState
    items: tuple[Item, ...]
    sightings: tuple[Sighting, ...]
    batches: tuple[Batch, ...]
    validators: tuple[Validator, ...]
    asked: tuple[str, ...] = ()  # addresses of a visit that ended well: validators of others are out of date


class Store(Protocol):
    def save_gathering(self, gathering: Gathering, now: datetime) -> Saved: ...
    def fetch_states(self) -> Mapping[str, FetchState]: ...
    def validators(self, source_id: str) -> Mapping[str, Validator]: ...
    def items_in(self, window: Window) -> Sequence[Item]: ...
    def items(self, ids: Iterable[str]) -> Mapping[str, Item]: ...
    def item(self, item_id: str) -> Item | None: ...
    def items_about(self, subjects: Iterable[str]) -> Sequence[Item]: ...
    def moments(self, since: datetime, until: datetime) -> Mapping[str, Sequence[datetime]]: ...
    def sightings_in(self, window: Window) -> Sequence[Sighting]: ...
    def last_sightings(self, item_ids: Iterable[str]) -> Sequence[Sighting]: ...
    def batches_on(self, days: Iterable[date]) -> Sequence[Batch]: ...
    def full_texts(self, works: Iterable[str]) -> Mapping[str, FullText]: ...
    def save_full_text(self, full_text: FullText, passages: Iterable[Passage], now: datetime) -> None: ...
    def passages(self, ids: Iterable[str]) -> Mapping[str, Passage]: ...
    def save_passages(self, passages: Iterable[Passage], now: datetime) -> None: ...
    def ratings(self, works: Iterable[str], rubric: str) -> Mapping[str, Sequence[Rating]]: ...
    def model_ratings(self, editor: str, rubric: str, since: datetime, most: int) -> Sequence[Rating]: ...
    def save_ratings(self, ratings: Iterable[Rating]) -> None: ...
    def readings(self, works: Iterable[str]) -> Mapping[str, Sequence[Reading]]: ...
    def save_reading(self, reading: Reading, now: datetime) -> None: ...
    def attempts(self, step: str) -> Mapping[str, Attempt]: ...
    def save_attempt(self, attempt: Attempt) -> None: ...
    def clear_attempt(self, step: str, subject: str) -> None: ...
    def save_stories(self, stories: Iterable[Story]) -> None: ...
    def stories_since(self, moment: datetime) -> Sequence[Story]: ...
    def issue(self, issue_id: str, revision: int | None = None) -> Issue | None: ...
    def issues(self) -> Sequence[tuple[str, int, str, datetime]]: ...
    def frozen_since(self, kind: str, since: datetime) -> Sequence[Issue]: ...
    def save_draft(self, issue: Issue, reason: str) -> None: ...
    def freeze(self, issue: Issue) -> Issue: ...
    def search(
        self,
        words: Sequence[str],
        *,
        kind: str = "",
        language: str = "",
        since: datetime | None = None,
        limit: int = 20,
    ) -> Sequence[Hit]: ...
    def told(self, kind: str, since: datetime, before: datetime) -> Mapping[str, str]: ...
    def artifacts(self, issue_id: str) -> Sequence[Artifact]: ...
    def save_artifacts(self, artifacts: Iterable[Artifact]) -> None: ...
    def save_note(self, record: NoteRecord) -> None: ...
    def notes(self, works: Iterable[str]) -> Mapping[str, Sequence[NoteRecord]]: ...
    def note(self, work: str, language: str) -> NoteRecord | None: ...
    def notes_all(self) -> Sequence[NoteRecord]: ...
    def start_run(self, run: Run) -> None: ...
    def close_open_runs(self, outcome: str, now: datetime) -> None: ...
    def end_run(self, run: Run) -> None: ...
    def runs(self, limit: int) -> Sequence[Run]: ...
    def counts(self) -> Mapping[str, int]: ...


Event = Mapping[str, object]
Tell = Callable[[Event], None]
