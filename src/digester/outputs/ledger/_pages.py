"""The pages of the ledger as values: which there are, what stands on each, and a key of all that it shows.

Every organisation and surface has a page; a metric has one when two works report it, for a page is there to compare.
What a row links to is decided once, in the catalogue, so that pages and links cannot disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from digester.analysis.ledger import metric_key
from digester.analysis.surfaces import SURFACES, days, traffic
from digester.domain.ids import digest
from digester.domain.results import Result
from digester.domain.site import Card, Site
from digester.domain.text import fold
from digester.outputs import _format as fmt
from digester.outputs._lines import Said, safe
from digester.outputs._passages import fragment
from digester.outputs._words import label, words

FOLDER = "ab"
SHOWN = 300  # rows of a page; CSV and JSON have every one
COMPARED = 2  # works that report a metric which has a page
KINDS = ("organisation", "metric", "surface")
Where = Mapping[tuple[str, str], tuple[str, str]]
_NOT_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Link:
    """A text and the path of its page in the site, "" for none."""

    text: str
    path: str = ""


@dataclass(frozen=True)
class RowView:
    day: str
    organisations: tuple[Link, ...]
    system: str
    title: Said
    url: str
    surfaces: tuple[Link, ...]
    metric: Link
    figure: str
    scope: str
    traffic: str
    days: str
    level: str
    evidence: str
    quotation: Said
    source: str
    issues: tuple[Link, ...]


@dataclass(frozen=True)
class List:
    """An index: pages of one kind with the number of their rows."""

    heading: str
    entries: tuple[tuple[Link, int], ...]


@dataclass(frozen=True)
class View:
    heading: str
    above: Link | None
    counts: str
    lists: tuple[List, ...]
    rows: tuple[RowView, ...]
    left: str
    downloads: tuple[Link, ...]


@dataclass(frozen=True)
class Sheet:
    """One page: where it stands, its twins in other languages (language to path), and its content when it is printed."""

    path: str
    language: str
    title: str
    description: str
    twins: Mapping[str, str]
    key: str
    view: Callable[[], View]


@dataclass(frozen=True)
class Group:
    """Rows that have a page, and what every language's key of it is made of: counted once, not once a page. `links` marks
    which of the names on it have pages; of all rows together kind and key are ""."""

    kind: str
    key: str
    name: str
    rows: tuple[Result, ...]
    mark: str  # of the content of its rows
    issues: tuple[str, ...]
    works: int
    houses: int
    links: str = ""

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.kind}-{_slug(self.key)}.html" if self.kind else f"{FOLDER}/index.html"


@dataclass(frozen=True)
class Catalogue:
    """All rows, and their groups by (kind, key)."""

    whole: Group
    groups: Mapping[tuple[str, str], Group]

    @property
    def mark(self) -> str:
        return self.whole.mark

    def of(self, kind: str) -> list[Group]:
        return [g for (k, _), g in self.groups.items() if k == kind]


def where_of(cards: Iterable[Card], site: Site) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and path of each issue's page by (id, language)."""
    return {
        (c.id, x): (c.title.get(x, c.id), site.article(c.slug, x)) for c in cards for x in site.languages if x in c.slug
    }


def catalogue(rows: Sequence[Result]) -> Catalogue:
    """The groups by kind, of each kind the largest first, then by name."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        for pair in _keys(row):
            found.setdefault(pair, []).append(place)
    marks = [digest(repr(row), size=8) for row in rows]
    groups = [_group(*pair, [rows[n] for n in own], [marks[n] for n in own]) for pair, own in found.items()]
    kept = [g for g in groups if g.kind != "metric" or g.works >= COMPARED]
    kept.sort(key=lambda g: (KINDS.index(g.kind), -len(g.rows), g.key))
    known = {(g.kind, g.key) for g in kept}
    whole = _group("", "", rows, marks)
    return Catalogue(_linked(whole, known), {(g.kind, g.key): _linked(g, known) for g in kept})


def _group(kind: str, key: str, rows: Sequence[Result], marks: Sequence[str]) -> Group:
    issues = sorted({i for r in rows for i in (r.issue, *r.later)})
    houses = {fold(o) for o in {o for r in rows for o in r.organisations}}
    return Group(
        kind, key, _name(kind, key, rows) if kind else "", tuple(rows), digest(*marks), tuple(issues),
        len({r.work for r in rows}), len(houses),
    )  # fmt: skip


def _linked(group: Group, known: Collection[tuple[str, str]]) -> Group:
    names = sorted({key for r in group.rows for key in _keys(r)})
    return replace(group, links=digest(*(f"{key in known} {key}" for key in names), size=8))


def _keys(row: Result) -> tuple[tuple[str, str], ...]:
    return _pairs(row.organisations, row.metric, row.surfaces)


@lru_cache(maxsize=1 << 16)  # rows share them, and every page asks for those of its rows
def _pairs(organisations: tuple[str, ...], metric: str, surfaces: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    houses = dict.fromkeys(("organisation", fold(name)) for name in organisations)
    return (*houses, ("metric", metric_key(metric)), *(("surface", name) for name in surfaces if name in SURFACES))


def _name(kind: str, key: str, rows: Sequence[Result]) -> str:
    """The spelling that most rows have, of equal ones the first by letters."""
    if kind == "surface":
        return key
    names = (
        (r.metric for r in rows) if kind == "metric" else (o for r in rows for o in r.organisations if fold(o) == key)
    )
    return min(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _slug(key: str) -> str:
    """Letters and digits; what they do not say wholly gets a hash, so that two names are never one file (R08)."""
    plain = _NOT_NAME.sub("-", key).strip("-")[:60].strip("-")
    return plain if plain and plain.replace("-", " ") == key else "-".join(p for p in (plain, digest(key, size=4)) if p)


# ------------------------------------------------------------------- pages
def sheets(book: Catalogue, site: Site, where: Where, language: str) -> Iterator[Sheet]:
    """The page of all rows, then those of the groups, in one language."""
    issues = {i: repr(where.get((i, language))) for i in book.whole.issues}
    make = partial(_sheet, book, site, where, language, issues, repr(site))
    yield make(book.whole)
    for group in book.groups.values():
        yield make(group)


def _sheet(
    book: Catalogue, site: Site, where: Where, language: str, issues: Mapping[str, str], place: str, group: Group
) -> Sheet:
    """`issues` is what is printed of each issue, `place` all that matters of the site."""
    w, name = words(language), group.file
    title = f"{w['ab_title']}{w['colon']}{_shown(group, language)}" if group.kind else w["ab_title"]
    parts = [group.mark, group.links, *(issues[i] for i in group.issues)]
    twins = {x: site.path(x, name) for x in site.languages if x != language}
    return Sheet(
        site.path(language, name), language, title, _counts(group, language), twins,
        digest(language, name, title, place, *parts), lambda: _view(book, site, where, language, group),
    )  # fmt: skip


def _shown(group: Group, language: str) -> str:
    if group.kind == "surface":
        return label("sf", group.key, language)
    return next(iter(group.rows)).term(group.name, language)


def _counts(group: Group, language: str) -> str:
    """How many figures of how many works and organisations: counted from the rows, never typed."""
    numbers = (len(group.rows), group.works, group.houses)
    return words(language)["ab_counts"].format(*(fmt.count(n) for n in numbers))


def _view(book: Catalogue, site: Site, where: Where, language: str, group: Group) -> View:
    w, rows = words(language), group.rows
    index = Link(w["ab_all"], site.path(language, f"{FOLDER}/index.html"))
    lists = () if group.kind else tuple(_lists(book, site, language))
    shown = rows[:SHOWN]
    return View(
        heading=_shown(group, language) if group.kind else w["ab_title"], above=index if group.kind else None,
        counts=_counts(group, language), lists=lists, rows=tuple(_row(r, book, site, where, language) for r in shown),
        left=w["ab_left"].format(fmt.count(len(shown)), fmt.count(len(rows))) if len(shown) < len(rows) else "",
        downloads=(Link("CSV", f"{FOLDER}/ledger.csv"), Link("JSON", f"{FOLDER}/ledger.json")),
    )  # fmt: skip


def _lists(book: Catalogue, site: Site, language: str) -> Iterator[List]:
    for kind in KINDS:
        if groups := book.of(kind):
            entries = tuple((Link(_shown(g, language), site.path(language, g.file)), len(g.rows)) for g in groups)
            yield List(words(language)[f"ab_by_{kind}"], entries)


def _row(r: Result, book: Catalogue, site: Site, where: Where, language: str) -> RowView:
    def link(kind: str, key: str, text: str) -> Link:
        group = book.groups.get((kind, key))
        return Link(text, site.path(language, group.file) if group else "")

    lang = "" if r.language == language else r.language
    scope = r.term(r.scope, language)
    return RowView(
        day=r.day, organisations=tuple(link("organisation", fold(o), r.term(o, language)) for o in r.organisations),
        system=r.system, title=Said(r.title, lang), url=safe(r.url),
        surfaces=tuple(link("surface", s, label("sf", s, language)) for s in r.surfaces),
        metric=link("metric", metric_key(r.metric), r.term(r.metric, language)), figure=fmt.figure(r, language),
        scope="" if r.traffic or days(r.scope) else scope,
        traffic=traffic(scope) or r.traffic, days="" if r.days is None else fmt.count(r.days), level=r.evidence,
        evidence=label("ev", r.evidence, language), quotation=Said(r.quotation, lang),
        source=fragment(safe(r.page), r.quotation) if safe(r.page) else "",
        issues=tuple(Link(*where.get((i, language), (i, ""))) for i in (r.issue, *r.later)),
    )  # fmt: skip
