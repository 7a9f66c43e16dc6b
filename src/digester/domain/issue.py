"""The issue: ONE frozen record for all languages, from which every output is rendered.

Text stands by language (`{"en": ...}`), numbers and links once. Nothing is asked of a model and
nothing is looked up while rendering: what is not in this record is not in the issue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from digester.domain.model import Claim, Link, Organisation, Support
from digester.domain.pictures import Picture

SATURDAY = 5  # date.weekday
SCHEMA_VERSION = 2  # 2: reasons and notices by language (1 had them in English only)

Text = Mapping[str, str]
SentenceKind = Literal["quote", "report", "derived", "synthesis", "editor"]
State = Literal["draft", "refused", "approved", "frozen", "withdrawn"]


@dataclass(frozen=True)
class Window:
    """Half-open [start, end) of items' times, and the listing days (arXiv) that belong to it."""

    start: datetime
    end: datetime
    listing_days: tuple[date, ...] = ()

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class Sentence:
    """A printed sentence. `cites` are item ids; `inputs` what a derived sentence was computed from."""

    id: str
    kind: SentenceKind
    text: Text
    cites: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()
    rule: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


def quoted_elsewhere(sentence: Sentence, language: str) -> tuple[str, str]:
    """The words, and their language, that a sentence quotes in another language and not in this one: a page shows them
    beside it, so that its readers learn no less. Two empty texts where there are none."""
    own = sentence.text.get(language, "")
    for other, text in sentence.text.items() if own and sentence.rule == "quoted" else ():
        words = text.partition("\u201c")[2].rpartition("\u201d")[0]
        if other != language and words and words not in own:
            return words, other
    return "", ""


@dataclass(frozen=True)
class Pick:
    """A story in an issue: links and figures come from its items only."""

    story_id: str
    work: str
    lead_item_id: str
    kind: str
    title: str
    url: str
    source: str
    authors: tuple[str, ...]
    rating: int
    reason: Text
    level: str
    headline: Text
    sentences: tuple[Sentence, ...]
    organisations: tuple[Organisation, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    published_at: datetime | None = None
    announced_at: date | None = None
    late: bool = False
    told: str = ""  # a development: the issue that told the story before ...
    new: str = ""  # ... and what is new since


@dataclass(frozen=True)
class Illustration:
    """A figure of one of a section's papers: its stored picture, and what its caption says, verbatim."""

    picture: Picture
    caption: Sentence


@dataclass(frozen=True)
class Section:
    slug: str
    heading: Text
    opener: tuple[Sentence, ...]
    picks: tuple[Pick, ...]
    theme: str | None = None
    illustration: Illustration | None = None


@dataclass(frozen=True)
class Thread:
    """A line of development between papers. `from_` and `to` are empty when no such pair was found; `previous_id`
    names the same theme of an earlier issue."""

    id: str
    name: Text
    picks: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    from_: str = ""
    to: str = ""
    previous_id: str = ""


@dataclass(frozen=True)
class Row:
    """A line of the complete table; a figure row of the A/B table is a Claim of one of these."""

    work: str
    title: str
    url: str
    rating: int
    organisations: tuple[str, ...]
    evidence: str
    section: str
    announced_at: date | None = None


@dataclass(frozen=True)
class BatchCoverage:
    """Announced and seen ids of one category on one day; `missing` are named. `compared` is the number of ids that
    the API has for the day's submissions, `api_only` those of them that no list named."""

    category: str
    day: date
    announced: int | None
    seen: int
    route: str
    missing: tuple[str, ...] = ()
    compared: int | None = None
    api_only: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceYield:
    """What one source gave to an issue: its items of the window, and how many of them stand behind a pick."""

    source: str
    seen: int
    printed: int


@dataclass(frozen=True)
class Coverage:
    """What was seen of what was announced, and which sources did not answer or had nothing to say. `yields` has every
    source with items, the one with most behind picks first."""

    sources: int
    answered: int
    weight_answered: float
    failed: tuple[tuple[str, str], ...] = ()
    silent: tuple[str, ...] = ()
    batches: tuple[BatchCoverage, ...] = ()
    not_configured: tuple[str, ...] = ()
    yields: tuple[SourceYield, ...] = ()

    @property
    def complete(self) -> bool:
        return all(not b.missing for b in self.batches)


@dataclass(frozen=True)
class Census:
    """Counts over the issue's own records; printed counts are rendered counts."""

    announced: int
    announced_by_category: Mapping[str, int]
    in_scope: int
    published: int
    by_rating: Mapping[str, int]
    with_online_ab: int
    industrial: int
    from_abstract: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Checks:
    """What the gate did: sentences and fields checked, sentences refused and what became of them (rewritten,
    replaced by an extract, dropped), fields (headlines, figures, organisations) refused, and sentences of a person
    that are printed with a warning; `untranslated` are sentences of which one language said more than their sources:
    that page shows them in the language they were written in."""

    checked: int = 0
    refused: int = 0
    rewritten: int = 0
    replaced: int = 0
    dropped: int = 0
    fields: int = 0
    warned: int = 0
    untranslated: int = 0


@dataclass(frozen=True)
class Excerpt:
    """The words of a source that something printed rests on, and the page where they are read ("" when none).

    [start, end) are code points of the passage; `text` is that slice, at most 400 code points of it."""

    passage_id: str
    start: int
    end: int
    text: str
    url: str


@dataclass(frozen=True)
class Corner:
    """A section that a kind asks for: what speaks of one of its topics stands under its heading."""

    heading: Text
    topics: tuple[str, ...]


@dataclass(frozen=True)
class IssueKind:
    """How an issue is made; one value a file under issues/. `turn` is the time of day at which windows turn, weekly ones
    on `weekday` (0 Monday). Without `topics` the rubric says what is in scope; `listings` are the categories
    of arXiv whose papers are looked at, all when there are none. `corners` are sections by topic, else sections are found.
    What stands behind `outputs` is the schedule's."""

    slug: str
    titles: Text
    slugs: Text
    cadence: Literal["daily", "weekly"]
    rubric: str
    categories: Text
    tags: Mapping[str, tuple[str, ...]]
    languages: tuple[str, ...] = ("en", "zh")
    timezone: str = "UTC"
    turn: timedelta = timedelta(hours=7)
    weekday: int = SATURDAY
    papers: bool = False  # made of announced papers; else of news, posts, repositories and episodes
    topics: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    corners: tuple[Corner, ...] = ()
    emoji: bool = True  # signs in front of the fields of a card, in kinds that have them
    minimum: int = 3
    maximum: int = 30
    outputs: tuple[str, ...] = ("json", "markdown", "html", "email")
    channels: tuple[str, ...] | None = None  # None: all of the workspace
    enabled: bool = True  # whether it is made by the schedule
    publish_after: timedelta = timedelta()  # the window's end
    catch_up: int | None = None  # missed periods that are made up for; None: a week of dailies, four weeklies

    @property
    def weekly_of_papers(self) -> bool:
        """These have figures of their papers, and notes on the best of them."""
        return self.papers and self.cadence == "weekly"


@dataclass(frozen=True)
class Issue:
    id: str
    kind: str
    period: str
    revision: int
    state: State
    title: Text
    slug: Text
    tags: Mapping[str, tuple[str, ...]]
    category: Text
    summary: Text
    window: Window
    census: Census
    coverage: Coverage
    overview: tuple[Sentence, ...]
    takeaways: tuple[Sentence, ...]
    threads: tuple[Thread, ...]
    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    watch: tuple[Sentence, ...]
    notices: tuple[Text, ...]
    method: Text
    editor: str
    frozen_at: datetime
    languages: tuple[str, ...] = ("en",)
    schema_version: int = SCHEMA_VERSION
    checks: Checks = Checks()
    read: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # item id -> passages it was held against
    terms: Mapping[str, Text] = field(
        default_factory=dict
    )  # fields that stand once (metrics, organisations), by language
    excerpts: tuple[Excerpt, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # reason -> item ids; the census counts them
    layout: Literal["", "cards", "signed"] = ""  # cards with a line a field; `signed` with a sign in front of each

    def illustrations(self) -> tuple[Illustration, ...]:
        """The figures of papers that its pages show; mails and exports have none."""
        return tuple(s.illustration for s in self.sections if s.illustration)

    def picks(self) -> tuple[Pick, ...]:
        return tuple(p for s in self.sections for p in s.picks)

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence that an output prints, in reading order; captions stand where their pictures do."""
        parts = [*self.overview, *self.takeaways]
        for thread in self.threads:
            parts += thread.sentences
        for section in self.sections:
            parts += section.opener
            for pick in section.picks:
                parts += pick.sentences
        return (*parts, *self.watch)


@dataclass(frozen=True)
class Artifact:
    """A rendered output as stored bytes; `regenerate` writes these again.

    `made_with` names what rendered it: "templates=...;code=...;dependencies=..." with a hash each.
    """

    issue_id: str
    revision: int
    output: str
    language: str
    media_type: str
    filename: str
    body: bytes
    checksum: str
    made_with: str = ""
