"""The pages of the ledger as values: which there are, what stands on each, and a key of all that it shows.

Every organisation and surface has a page; a metric has one when two works report it, for a page is there to compare.
What a row links to is decided once, in the catalogue, so that pages and links cannot disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    kind: str
    key: str
    name: str
    rows: tuple[Result, ...]
    mark: str  # of the content of its rows

    @property
    def file(self) -> str:
        return f"{FOLDER}/{self.kind}-{_slug(self.key)}.html"


@dataclass(frozen=True)
class Catalogue:
    """All rows with a mark of their content, and their groups by (kind, key)."""

    rows: tuple[Result, ...]
    groups: Mapping[tuple[str, str], Group]
    mark: str

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
    kept = [g for g in groups if g.kind != "metric" or len({r.work for r in g.rows}) >= COMPARED]
    kept.sort(key=lambda g: (KINDS.index(g.kind), -len(g.rows), g.key))
    return Catalogue(tuple(rows), {(g.kind, g.key): g for g in kept}, digest(*marks))


def _group(kind: str, key: str, rows: Sequence[Result], marks: Sequence[str]) -> Group:
    return Group(kind, key, _name(kind, key, rows), tuple(rows), digest(*marks))


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
    make = partial(_sheet, book, site, where, language)
    yield make(f"{FOLDER}/index.html", None, book.rows)
    for group in book.groups.values():
        yield make(group.file, group, group.rows)


def _sheet(
    book: Catalogue, site: Site, where: Where, language: str, name: str, group: Group | None, rows: Sequence[Result]
) -> Sheet:
    w = words(language)
    title = w["ab_title"] if group is None else f"{w['ab_title']}{w['colon']}{_shown(group, language)}"
    parts = [group.mark if group else book.mark]
    parts += sorted(repr(where.get((i, language))) for i in {i for r in rows for i in (r.issue, *r.later)})
    parts += sorted(repr((key in book.groups, key)) for key in {key for r in rows for key in _keys(r)})
    twins = {x: site.path(x, name) for x in site.languages if x != language}
    return Sheet(
        site.path(language, name), language, title, _counts(rows, language), twins,
        digest(language, name, title, repr(site), *parts), lambda: _view(book, site, where, language, group, rows),
    )  # fmt: skip


def _shown(group: Group, language: str) -> str:
    if group.kind == "surface":
        return label("sf", group.key, language)
    return next(iter(group.rows)).term(group.name, language)


def _counts(rows: Sequence[Result], language: str) -> str:
    """How many figures of how many works and organisations: counted from the rows, never typed."""
    works = len({r.work for r in rows})
    houses = len({fold(o) for o in {o for r in rows for o in r.organisations}})
    return words(language)["ab_counts"].format(fmt.count(len(rows)), fmt.count(works), fmt.count(houses))


def _view(
    book: Catalogue, site: Site, where: Where, language: str, group: Group | None, rows: Sequence[Result]
) -> View:
    w = words(language)
    index = Link(w["ab_all"], site.path(language, f"{FOLDER}/index.html"))
    lists = () if group else tuple(_lists(book, site, language))
    shown = rows[:SHOWN]
    return View(
        heading=_shown(group, language) if group else w["ab_title"], above=index if group else None,
        counts=_counts(rows, language), lists=lists, rows=tuple(_row(r, book, site, where, language) for r in shown),
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
