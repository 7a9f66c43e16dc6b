"""Pages that find issues by what is in them: subjects, organisations with their figures, themes with their weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from digester.domain.ids import digest
from digester.domain.issue import Text
from digester.domain.site import Card, Mention, Share, Strand
from digester.outputs import _format as fmt
from digester.outputs import charts
from digester.outputs._lines import Refs, Said, said
from digester.outputs._picks import Figures, figures
from digester.outputs._words import words
from digester.outputs.site._catalogue import Catalogue, House, Theme
from digester.outputs.site._frame import Here, Press
from digester.outputs.site._lists import Row, Sheet, beside, plural, row, sheet_key, sheet_path, sheets, span
from digester.ports import Leaf

if TYPE_CHECKING:
    from markupsafe import Markup

T = TypeVar("T")
WEEKS, PANELS = 12, 8  # of the chart of themes
GROUPS = (("kind", "s_kinds"), ("category", "s_categories"), ("tag", "s_tags"))


Drawn = tuple[str, Callable[[], "Markup | str"]]  # what a chart depends on, and how it is drawn


@dataclass(frozen=True)
class Entry:
    """A line of an index: a name, where it leads, how much is there and the day it was last seen."""

    name: Said
    path: str
    count: str
    day: str = ""


@dataclass(frozen=True)
class Item:
    """A pick on the page of an organisation or theme; `path` ends in its place on the issue's page."""

    path: str
    headline: Said
    rating: int
    organisations: tuple[str, ...]
    figures: tuple[Figures, ...]


@dataclass(frozen=True)
class Week:
    """One issue on such a page: `movement` is what the theme went from and to, `new` that it had no predecessor."""

    row: Row
    items: tuple[Item, ...]
    movement: str = ""
    new: bool = False


@dataclass(frozen=True)
class _About:
    """An organisation or theme; `count` says how much there is of it."""

    group: str
    file: str
    name: Text
    count: str


def leaves(press: Press, catalogue: Catalogue, language: str, key: str) -> Iterator[Leaf]:
    yield _subjects(press, catalogue, language, key)
    if catalogue.houses:
        yield _index(press, "organisations", language, key, [
            Entry(said(h.name, language), _path(press, language, "organisation", h.file),
                  plural(words(language)["s_items"], h.picks), _last(h.issues[0][0], language))
            for h in sorted(catalogue.houses.values(), key=lambda h: (-h.picks, h.file))
        ])  # fmt: skip
        for house in catalogue.houses.values():
            yield from _house(press, catalogue, house, language, key)
    themes = _each(catalogue)
    if themes:
        yield _index(press, "themes", language, key, [
            Entry(said(t.name, language), _path(press, language, "theme", t.file),
                  plural(words(language)["s_count"], len(t.issues)), _last(t.issues[0][0], language))
            for t in themes
        ], _weeks(press, catalogue, language))  # fmt: skip
        for theme in themes:
            yield from _theme(press, catalogue, theme, language, key)


def _each(catalogue: Catalogue) -> list[Theme]:
    """Every theme once, the one seen last first."""
    once = {t.file: t for t in catalogue.themes.values()}
    return sorted(once.values(), key=lambda t: (t.issues[0][0].ends_at, len(t.issues), t.file), reverse=True)


def _path(press: Press, language: str, group: str, file: str) -> str:
    return press.site.path(language, f"{group}/{file}.html")


def _last(card: Card, language: str) -> str:
    return fmt.day(card.day, language)


def _here(press: Press, language: str, name: str, title: str, lead: str, nav: str) -> Here:
    twins = {x: press.site.path(x, name) for x in press.site.languages if x != language}
    return Here(press.site.path(language, name), language, title, lead, twins, nav)


def _subjects(press: Press, catalogue: Catalogue, language: str, key: str) -> Leaf:
    w = words(language)
    groups = []
    for group, heading in GROUPS:
        found = sorted((s for s in catalogue.subjects if s.group == group), key=lambda s: (-len(s.cards), s.file))
        entries = [
            Entry(said(s.name, language), _path(press, language, group, s.file), plural(w["s_count"], len(s.cards)))
            for s in found
        ]
        groups.append((w[heading], group, entries))
    here = _here(press, language, "subjects.html", w["s_subjects"], w["s_subjects_lead"], "subjects")
    return Leaf(here.path, digest(key, repr(groups)), lambda: press.page("index", here, groups=groups, chart=""))


def _index(
    press: Press, name: str, language: str, key: str, entries: list[Entry], chart: Drawn | None = None
) -> Leaf:  # fmt: skip
    """`chart` stands above the list."""
    w = words(language)
    here = _here(press, language, f"{name}.html", w[f"s_{name}"], w[f"s_{name}_lead"], name)
    drawn = chart or ("", lambda: "")
    return Leaf(
        here.path, digest(key, repr(entries), drawn[0]),
        lambda: press.page("index", here, groups=[("", name, entries)], chart=drawn[1]()),
    )  # fmt: skip


def _weeks(press: Press, catalogue: Catalogue, language: str) -> Drawn | None:
    """The themes with most works in the last issues of the series that has most themes, a panel each; nothing for one
    issue alone."""
    series = Counter(c.kind for c in catalogue.cards if c.strands)
    if not series or (kind := max(sorted(series), key=lambda k: series[k])) == "" or series[kind] < 2:
        return None
    issues = [c for c in catalogue.cards if c.kind == kind and c.strands][:WEEKS][::-1]
    names: dict[str, Text] = {}
    counts: dict[str, list[int]] = {}
    for n, card in enumerate(issues):
        for strand in card.strands:
            theme = catalogue.themes[strand.id]
            names[theme.file] = theme.name
            counts.setdefault(theme.file, [0] * len(issues))[n] += len(strand.picks)
    best = sorted(counts, key=lambda f: (-sum(counts[f]), f))[:PANELS]
    series_ = [(said(names[f], language).text, counts[f]) for f in best]
    periods = [c.period for c in issues]
    return repr((periods, series_)), lambda: charts.weeks(periods, series_, language, overlay=press.overlay)


def _house(press: Press, catalogue: Catalogue, house: House, language: str, key: str) -> Iterator[Leaf]:
    w = words(language)
    count = f"{plural(w['s_items'], house.picks)}{w['comma']}{plural(w['s_count'], len(house.issues))}"

    def week(entry: tuple[Card, Share]) -> Week:
        card, share = entry
        return Week(row(card, catalogue, language), _items(card, share.picks, catalogue, language))

    about = _About("organisation", house.file, house.name, count)
    return _sheets(press, about, house.issues, house.marks, week, language, key)


def _theme(press: Press, catalogue: Catalogue, theme: Theme, language: str, key: str) -> Iterator[Leaf]:
    w, oldest = words(language), theme.issues[-1][1].id

    def week(entry: tuple[Card, Strand]) -> Week:
        card, strand = entry
        ends = [card.terms.get(e, {}).get(language) or e for e in (strand.from_, strand.to)]
        movement = w["from_to"].format(*ends) if all(ends) else ""
        items = _items(card, strand.picks, catalogue, language)
        return Week(row(card, catalogue, language), items, movement, strand.id == oldest)

    about = _About("theme", theme.file, theme.name, plural(w["s_count"], len(theme.issues)))
    return _sheets(press, about, theme.issues, theme.marks, week, language, key)


def _sheets(
    press: Press, about: _About, issues: Sequence[tuple[Card, T]], marks: Sequence[str],
    week: Callable[[tuple[Card, T]], Week], language: str, key: str,
) -> Iterator[Leaf]:  # fmt: skip
    """`marks` are those of `issues`: what the page shows of each. An older page counts nothing but their days."""
    name, top = repr(sorted(about.name.items())), f"{about.group}/{about.file}.html"
    for sheet, own in zip(sheets(issues), sheets(marks), strict=True):
        path = press.site.path(language, sheet_path(top, sheet.number))
        mark = digest(key, path, name, "" if sheet.number else about.count, sheet_key(sheet, own.entries))
        yield Leaf(path, mark, partial(_printed, press, about, top, sheet, week, language))


def _printed(
    press: Press, about: _About, top: str, sheet: Sheet[tuple[Card, T]],
    week: Callable[[tuple[Card, T]], Week], language: str,
) -> bytes:  # fmt: skip
    name, label = said(about.name, language), words(language)[f"s_{about.group}"]
    count = span((card for card, _ in sheet.entries), language) if sheet.number else about.count
    title = f"{name.text} · {label}" + (f" · {count}" if sheet.number else "")
    here = _here(press, language, sheet_path(top, sheet.number), title, title, f"{about.group}s")
    weeks = [week(entry) for entry in sheet.entries]
    return press.page(
        "weeks", here, label=label, name=name, count=count, weeks=weeks, **beside(press, language, top, sheet)
    )


def _items(card: Card, picks: Iterable[int], catalogue: Catalogue, language: str) -> tuple[Item, ...]:
    held = {m.number: m for m in card.mentions}
    return tuple(_item(held[n], card, catalogue, language) for n in picks if n in held)


def _item(mention: Mention, card: Card, catalogue: Catalogue, language: str) -> Item:
    refs = Refs({}, {}, card.terms)
    headline = said(mention.headline, language)
    _, path = catalogue.path(card, language)
    names = tuple(dict.fromkeys(refs.term(o, language) for o in mention.organisations))
    return Item(
        f"{path}#item-{mention.number}", headline, mention.rating, names, figures(mention.claims, language, refs)
    )
