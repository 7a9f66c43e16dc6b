"""What the house talks about, before an issue exists: frozen values in the field's own words.

Publisher's facts (Entry, Item) are immutable and carry no status; what we did about them (Attempt,
Rating, Reading, FullText) are rows of their own, keyed by the hash of what they were made from, so
that an edit or a new rubric is a new row. All times are aware UTC; `day` values are ISO dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from digester.domain.pictures import TextPicture

EntryKind = Literal["paper", "article", "post", "repository", "episode", "release"]
Announcement = Literal["new", "cross", "replace"]
Level = Literal["abstract", "full_text", "post", "transcript", "record"]  # record: our own fields of an item
EvidenceLevel = Literal["online_ab", "deployed", "offline", "simulated", "stated"]
Outcome = Literal["ok", "paywalled", "consent_wall", "needs_javascript", "gone", "unsupported", "too_short"]


@dataclass(frozen=True)
class Link:
    url: str
    text: str = ""


@dataclass(frozen=True)
class Enclosure:
    """RSS 2.0 <enclosure>, Atom rel=enclosure or podcast:transcript. `length` in bytes."""

    url: str
    media_type: str = ""
    length: int | None = None
    duration: str | None = None


@dataclass(frozen=True)
class Entry:
    """What a source yields, without guesses. `text` is plain text; `categories` has the primary first; `guests` are
    those of the authors whom a show calls its guests."""

    external_id: str
    kind: EntryKind
    url: str
    title: str
    text: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published_at: datetime | None = None
    announced_at: date | None = None
    version: int | None = None
    announcement: Announcement | None = None
    comment: str | None = None
    affiliations: tuple[str, ...] = ()
    language: str | None = None
    links: tuple[Link, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)
    position: int | None = None
    guests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """What a category announced on a day, by one route (listing, calendar)."""

    category: str
    day: date
    route: str
    announced_ids: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """An Entry in the store: id = hash(source, external_id), work = its first canonical reference.

    `moment` is when it counts as news: its publication, or for a dateless one when it was first seen;
    None for dateless entries of a source's first visit, which are its backlog and never news.
    """

    id: str
    source_id: str
    entry: Entry
    work: str
    refs: tuple[str, ...]
    content_hash: str
    first_seen_at: datetime
    moment: datetime | None = None
    revised_at: datetime | None = None


@dataclass(frozen=True)
class Sighting:
    source_id: str
    item_id: str
    seen_at: datetime
    position: int | None
    signals: Mapping[str, float]


@dataclass(frozen=True)
class Affiliation:
    """A line of an author block: who, where, as printed."""

    author: str
    organisation: str
    email: str = ""


@dataclass(frozen=True)
class TextTable:
    """A table as its text prints it: caption ("" for none), one head a column (() for none), rows of plain cells."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TextSection:
    """A section of a full text: heading, plain text, and the tables that the text tells row by row."""

    heading: str
    text: str
    tables: tuple[TextTable, ...] = ()


@dataclass(frozen=True)
class Extracted:
    """What an extractor made of a page; failure is an outcome, not an exception. `title` and `licence` as the page states
    them; `pictures` those of a paper, in its order."""

    outcome: Outcome
    text: str = ""
    sections: tuple[TextSection, ...] = ()
    author_block: tuple[Affiliation, ...] = ()
    title: str = ""
    pictures: tuple[TextPicture, ...] = ()
    licence: str = ""


@dataclass(frozen=True)
class FullText:
    work: str
    input_hash: str
    outcome: Outcome
    text: str = ""
    sections: tuple[TextSection, ...] = ()
    author_block: tuple[Affiliation, ...] = ()
    route: str = ""
    title: str = ""
    pictures: tuple[TextPicture, ...] = ()
    licence: str = ""


@dataclass(frozen=True)
class Support:
    """Where a statement stands: code points [start, end) of the text of `passage_id`.

    `rule` names the check that bound it; `computed:<name>` marks our own counts.
    """

    passage_id: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Passage:
    """A stored text that an issue cites. id = hash(text); immutable."""

    id: str
    work: str
    level: Level
    text: str


SCOPE_JOINT = "; "  # between the two parts of a claim's scope
_EXTENT = re.compile(
    r"% of |\bof [^;]{0,40}\b(?:traffic|users|spend)\b|\b(?:for|over|during|ran|in) (?:an? |the )?\w{1,12}[ -](?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """A figure with everything that must travel with it. `value` is as printed in the source; `scope` says where it holds
    and how large the test was (`long queries; 6% of search traffic for 16 days`)."""

    metric: str
    value: str
    unit: str
    sign: Literal["+", "-", ""]
    evidence: EvidenceLevel
    supports: tuple[Support, ...]
    hedge: str | None = None
    scope: str | None = None

    @property
    def place(self) -> str:
        """The part of the scope that says where: a surface, a market, a group of items."""
        return next((p for p in (self.scope or "").split(SCOPE_JOINT) if p and not _EXTENT.search(p)), "")

    @property
    def extent(self) -> str:
        """The part of the scope that says on how many users or for how long, as the source writes it."""
        return next((p for p in (self.scope or "").split(SCOPE_JOINT) if _EXTENT.search(p)), "")


@dataclass(frozen=True)
class Rating:
    """1..5 with its reason. `features` maps a feature's name to its points; `supports` show them. `evidence_rating` is
    what the evidence alone came to, where a model (in the call `call_id`) had a say."""

    work: str
    input_hash: str
    rubric: str
    editor: str
    level: Level
    made_at: datetime
    rating: int
    reason: str
    in_scope: bool = True
    features: Mapping[str, float] = field(default_factory=dict)
    supports: tuple[Support, ...] = ()
    evidence_rating: int | None = None
    call_id: str = ""


@dataclass(frozen=True)
class Organisation:
    """A name as the source states it. `kind` is derived; unknown stays unknown."""

    name: str
    kind: Literal["industry", "academia", "unknown"]
    support: Support


@dataclass(frozen=True)
class Quotation:
    """A sentence of the source, verbatim after white space is folded, with its role in an issue."""

    role: Literal["mechanism", "result", "lead", "problem"]
    text: str
    support: Support


@dataclass(frozen=True)
class Reading:
    """What an editor read out of one work: extracts by role, organisations, claims, key phrases; a model (in the call
    `call_id`) also a headline and sentences of its own, in the language of the work."""

    work: str
    input_hash: str
    editor: str
    language: str
    system: str
    quotations: tuple[Quotation, ...]
    organisations: tuple[Organisation, ...]
    claims: tuple[Claim, ...]
    phrases: tuple[str, ...] = ()
    headline: str = ""
    summary: tuple[str, ...] = ()
    call_id: str = ""


@dataclass(frozen=True)
class Story:
    """What belongs together. The id comes from the earliest-seen item, so it survives a new lead. `duplicates` are
    those of its items that are the text of another of them again, and no further telling."""

    id: str
    lead_item_id: str
    item_ids: tuple[str, ...]
    refs: tuple[str, ...]
    title: str
    score: float
    first_seen_at: datetime
    updated_at: datetime
    aliases: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
