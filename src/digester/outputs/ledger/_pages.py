"""The pages of the ledger as values: which there are, what stands on each, and a key of all that it shows.

Every organisation and surface has a page; a metric has one when two works report it, for a page is there to compare.
What a row links to is decided once, in the catalogue, so that pages and links cannot disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from digester.analysis.ledger import metric_key
from digester.analysis.surfaces import SURFACES, days, traffic
from digester.domain.fragments import fragment
from digester.domain.ids import digest
from digester.domain.results import Result
from digester.domain.site import Card, Site
from digester.domain.text import fold
from digester.outputs import _format as fmt
from digester.outputs._lines import Said, safe
from digester.outputs._words import label, words

FOLDER = "ab"
SHOWN = 300  # rows of a page; CSV and JSON have every one
COMPARED = 2  # works that report a metric which has a page
KINDS = ("organisation", "metric", "surface")
Key = tuple[str, str]  # kind and folded name of a group
Where = Mapping[tuple[str, str], tuple[str, str]]
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_folded = lru_cache(maxsize=1 << 14)(fold)  # organisations come again and again


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
    """Rows that have a page, and what every language's key of it is made of: counted once, not once a page. `mark` and
    `issues` are of the rows that are shown, `links` marks which of the names on it have pages; of all rows together kind
    and key are ""."""

    kind: str
    key: str
    name: str
    rows: tuple[Result, ...]
    mark: str
    issues: tuple[str, ...]
    works: int
    houses: int
    links: str = ""

    @cached_property
    def file(self) -> str:
        return f"{FOLDER}/{self.kind}-{_slug(self.key)}.html" if self.kind else f"{FOLDER}/index.html"


@dataclass(frozen=True)
class Catalogue:
    """All rows, and their groups by (kind, key); `mark` is of the content of every row."""

    whole: Group
    groups: Mapping[Key, Group]
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
    marks = [" ".join((row.mark, *row.later)) for row in rows]
    keys = [_keys(row.organisations, row.metric, row.surfaces) for row in rows]
    found: dict[Key, list[int]] = {}
    for place, own in enumerate(keys):
        for key in own:
            found.setdefault(key, []).append(place)
    groups = [(_group(*key, [rows[n] for n in own], [marks[n] for n in own]), own) for key, own in found.items()]
    kept = [(g, own) for g, own in groups if g.kind != "metric" or g.works >= COMPARED]
    kept.sort(key=lambda pair: (KINDS.index(pair[0].kind), -len(pair[0].rows), pair[0].key))
    known = {(g.kind, g.key) for g, _ in kept}
    whole = _linked(_group("", "", rows, marks), set(found), known)
    linked = (_linked(g, set().union(*{keys[n] for n in own}), known) for g, own in kept)
    return Catalogue(whole, {(g.kind, g.key): g for g in linked}, digest(" ".join(marks)))


def _group(kind: str, key: str, rows: Sequence[Result], marks: Sequence[str]) -> Group:
    issues = {i for r in rows[:SHOWN] for i in (r.issue, *r.later)}
    houses = {_folded(o) for o in set().union(*{r.organisations for r in rows})}
    return Group(
        kind, key, _name(kind, key, rows) if kind else "", tuple(rows), digest(" ".join(marks[:SHOWN])), tuple(sorted(issues)),
        len({r.work for r in rows}), len(houses),
    )  # fmt: skip


def _linked(group: Group, names: Iterable[Key], known: Collection[Key]) -> Group:
    """With what says which of the names on it have pages."""
    return replace(group, links=digest(repr([(key, key in known) for key in sorted(names)]), size=8))


@lru_cache(maxsize=1 << 16)  # rows share them
def _keys(organisations: tuple[str, ...], metric: str, surfaces: tuple[str, ...]) -> tuple[Key, ...]:
    houses = dict.fromkeys(("organisation", _folded(name)) for name in organisations)
    return (*houses, ("metric", metric_key(metric)), *(("surface", name) for name in surfaces if name in SURFACES))


def _name(kind: str, key: str, rows: Sequence[Result]) -> str:
    """The spelling that most rows have, of equal ones the first by letters."""
    if kind == "surface":
        return key
    if kind == "metric":
        names = Counter(r.metric for r in rows)
    else:
        every = Counter(o for r in rows for o in r.organisations)
        names = Counter({o: n for o, n in every.items() if _folded(o) == key})
    return min(names.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def _slug(key: str) -> str:
    """Letters and digits; what they do not say wholly gets a hash, so that two names are never one file (R08)."""
    plain = _NOT_NAME.sub("-", key).strip("-")[:60].strip("-")
    return plain if plain and plain.replace("-", " ") == key else "-".join(p for p in (plain, digest(key, size=4)) if p)


# ------------------------------------------------------------------- pages
def sheets(book: Catalogue, site: Site, where: Where, language: str) -> Iterator[Sheet]:
    """The page of all rows, then those of the groups, in one language."""
    groups = [book.whole, *book.groups.values()]
    issues = {i: repr(where.get((i, language))) for i in set().union(*(g.issues for g in groups))}
    make = partial(_sheet, book, site, where, language, issues, repr(site))
    yield from map(make, groups)


def _sheet(
    book: Catalogue, site: Site, where: Where, language: str, issues: Mapping[str, str], place: str, group: Group
) -> Sheet:
    """`issues` is what is printed of each issue, `place` all that matters of the site."""
    w, name = words(language), group.file
    title = f"{w['ab_title']}{w['colon']}{_shown(group, language)}" if group.kind else w["ab_title"]
    counts, lists = _counts(group, language), "" if group.kind else repr([*_lists(book, site, language)])
    parts = [counts, lists, group.mark, group.links, *(issues[i] for i in group.issues)]
    twins = {x: site.path(x, name) for x in site.languages if x != language}
    return Sheet(
        site.path(language, name), language, title, counts, twins,
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
