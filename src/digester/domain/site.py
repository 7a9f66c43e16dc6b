"""What many issues share when they are published together: the site's address and names, and where its pages stand.

A `Card` is what an index shows of an issue. It is made once from the record, so that a home page, a feed, a calendar or
the page of an organisation over a thousand issues needs none of their records. A frozen revision never changes, so
`stamp` says all about what a page shows of an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from digester.domain.filenames import file_name
from digester.domain.ids import digest, theme_id
from digester.domain.issue import Issue, Pick, Text
from digester.domain.model import Claim
from digester.domain.results import Result
from digester.domain.text import fold

TITLE = {"en": "AI & RecSys Digest", "zh": "AI 与推荐系统文摘"}


def in_language(text: Text, language: str) -> str:
    """The text in a language, else in English, else in any."""
    return text.get(language) or text.get("en") or next((text[k] for k in sorted(text) if text[k]), "")


@dataclass(frozen=True)
class Site:
    """`url` is the public address without a slash at its end, "" when none is configured: then nothing absolute is
    printed. The pages of the first language stand at the top, those of the others below their code. `authority` names
    who gives out the ids in feeds (RFC 4151): it is not the address and stays when that changes. `front_matter` is the
    profile of the Markdown output."""

    url: str = ""
    title: Text = field(default_factory=lambda: TITLE)
    languages: tuple[str, ...] = ("en", "zh")
    contact: str = ""
    authority: str = "digester"
    front_matter: str = "plain"

    def path(self, language: str, name: str) -> str:
        """`article/x.html` in the first language, `zh/article/x.html` in another."""
        return name if language == self.languages[0] else f"{language}/{name}"

    def article(self, slug: Text, language: str) -> str:
        """The path of an issue's page."""
        return self.path(language, f"article/{file_name(in_language(slug, language))}.html")

    def address(self, path: str) -> str:
        """The public address of a path, "" without one."""
        return f"{self.url}/{path}" if self.url else ""


@dataclass(frozen=True)
class Mention:
    """A pick as indexes show it: `number` is its place in the issue (`#item-3`), `language` that of a headline which
    the source wrote; claims come without their supports, the issue's page has these. `mark` stands for all of it and
    its words in other languages: equal marks look alike."""

    number: int
    headline: Text
    language: str
    rating: int
    organisations: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Strand:
    """A theme in one issue: `previous_id` is the same theme in an earlier one, "" where it is new; `picks` are numbers.
    `mark` stands for all of it, its picks and its words in other languages: equal marks look alike."""

    id: str
    name: Text
    picks: tuple[int, ...]
    previous_id: str = ""
    from_: str = ""
    to: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Share:
    """An organisation in one issue: its name as the first pick spells it and folded (`key`), and picks by number. `mark`
    stands for these and their words: equal marks look alike."""

    key: str
    name: str
    picks: tuple[int, ...]
    mark: str


@dataclass(frozen=True)
class Card:
    """What indexes show of one issue; texts by language. `terms` are the words of mentions and strands by language.
    `mentions` are what pages of organisations and themes print of it; which of them, `houses` and `strands` say."""

    id: str
    kind: str
    period: str
    revision: int
    state: str
    title: Text
    slug: Text
    summary: Text
    tags: Mapping[str, tuple[str, ...]]
    category: Text
    languages: tuple[str, ...]
    ends_at: datetime  # of its window: the day that an issue is about
    frozen_at: datetime
    published_at: datetime | None = None  # when its first revision was frozen; None: it is the first
    picks: int = 0  # as the issue counts them: a daily's posts, repositories and episodes stand beside its stories
    ratings: Mapping[str, int] = field(default_factory=dict)
    online: int = 0
    mentions: Iterable[Mention] = ()  # may be read anew each time
    houses: tuple[Share, ...] = ()
    strands: tuple[Strand, ...] = ()
    terms: Mapping[str, Text] = field(default_factory=dict)
    results: tuple[Result, ...] = ()  # its rows of the A/B ledger
    papers: int = 0
    pictures: tuple[str, ...] = ()  # names of files that its page shows

    @cached_property
    def day(self) -> date:
        """The day it is about: its period where that is one, since a window's end may be the day before in UTC."""
        try:
            return date.fromisoformat(self.period if len(self.period) == 10 else "")
        except ValueError:
            return self.ends_at.date()

    @property
    def stamp(self) -> str:
        """Changes whenever what the card or its record shows may have changed."""
        return f"{self.id}@{self.revision} {self.state} {self.frozen_at.isoformat()}"


@dataclass(frozen=True)
class Pinned:
    """An essay at the top of the home pages: where it stands, in which language, and what it says in short."""

    path: str
    language: str
    title: str
    summary: str = ""


def card_of(issue: Issue, published_at: datetime | None = None) -> Card:
    strands = tuple(_strands(issue))
    themed = {n for s in strands for n in s.picks}
    shown = (_mention(n, p) for n, p in enumerate(issue.picks(), 1) if n in themed or p.organisations)
    mentions = tuple(replace(m, mark=_mark(m, issue.terms)) for m in shown)
    marks = {m.number: m.mark for m in mentions}
    houses = tuple(_houses(mentions))
    strands = tuple(replace(s, mark=_strand_mark(s, marks, issue.terms)) for s in strands)
    said = {w for m in mentions for w in _words(m)} | {e for s in strands for e in (s.from_, s.to)}
    return Card(
        issue.id, issue.kind, issue.period, issue.revision, issue.state, issue.title, issue.slug, issue.summary,
        issue.tags, issue.category, issue.languages, issue.window.end, issue.frozen_at,
        published_at, issue.census.published,
        {r: n for r, n in issue.census.by_rating.items() if n}, issue.census.with_online_ab, mentions, houses, strands,
        {word: text for word, text in sorted(issue.terms.items()) if word in said},
        papers=len(issue.rows),
        pictures=tuple(i.picture.name for i in issue.illustrations()),
    )  # fmt: skip


def _mention(number: int, pick: Pick) -> Mention:
    own = any(pick.headline.values())
    claims = tuple(replace(c, supports=()) for c in pick.claims)
    headline = pick.headline if own else {pick.language: pick.title}
    return Mention(number, headline, pick.language, pick.rating, tuple(o.name for o in pick.organisations), claims)


def _words(mention: Mention) -> set[str]:
    """Those of its words that may have others in other languages."""
    return {*mention.organisations, *(w for c in mention.claims for w in (c.metric, c.scope or ""))}


def _mark(mention: Mention, terms: Mapping[str, Text]) -> str:
    own = ((w, sorted(terms[w].items())) for w in sorted(_words(mention)) if w in terms)
    return digest(repr(mention), *map(repr, own), size=8)


def _houses(mentions: Iterable[Mention]) -> Iterator[Share]:
    found: dict[str, tuple[str, list[Mention]]] = {}
    for mention in mentions:
        for key, name in {fold(o): o for o in mention.organisations}.items():
            found.setdefault(key, (name, []))[1].append(mention)
    for key, (name, own) in found.items():
        if key:
            yield Share(key, name, tuple(m.number for m in own), digest(*(m.mark for m in own), size=8))


def _strand_mark(strand: Strand, marks: Mapping[int, str], terms: Mapping[str, Text]) -> str:
    """`marks` are those of the mentions by number."""
    ends = [sorted(terms.get(e, {}).items()) for e in (strand.from_, strand.to)]
    return digest(repr((strand, ends)), *(marks.get(n, "") for n in strand.picks), size=8)


def _strands(issue: Issue) -> Iterator[Strand]:
    """The themes of an issue: its themed sections, with what a thread of the same theme says of it, then other threads
    that say where a theme came from. One that says neither is a paragraph for the rest, and no theme."""
    threads = {t.id: t for t in issue.threads}
    numbers: dict[str, int] = {}
    for n, pick in enumerate(issue.picks(), 1):
        for name in (pick.lead_item_id, pick.story_id, pick.work):
            numbers.setdefault(name, n)
    place = 0
    for section in issue.sections:
        first, place = place + 1, place + len(section.picks)
        if section.theme:
            id_ = theme_id(issue.kind, issue.period, section.theme)
            thread = threads.pop(id_, None)
            told = (thread.previous_id, thread.from_, thread.to) if thread else ("", "", "")
            name_ = thread.name if thread else theme_name(section.theme, section.heading)
            yield Strand(id_, name_, tuple(range(first, place + 1)), *told)
    for thread in threads.values():
        if thread.from_ or thread.previous_id:
            picks = tuple(sorted({numbers[p] for p in thread.picks if p in numbers}))
            yield Strand(thread.id, thread.name, picks, thread.previous_id, thread.from_, thread.to)


def theme_name(theme: str, heading: Text) -> Text:
    """The theme in each language: the heading, or what stands before the colon where a headline follows it."""
    if not heading.get("en", "").startswith(f"{theme}:"):
        return heading
    return {language: re.split("[:：]", text, maxsplit=1)[0] for language, text in heading.items()}
