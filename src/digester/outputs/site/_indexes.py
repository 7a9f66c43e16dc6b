"""Pages that find issues by what is in them: subjects, organisations with their figures, themes with their weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digester.domain.ids import digest
from digester.domain.site import Card, Mention
from digester.outputs import _format as fmt
from digester.outputs._lines import Refs, Said, said
from digester.outputs._picks import Figures, figures
from digester.outputs._words import words
from digester.outputs.site._catalogue import Catalogue, House, Theme
from digester.outputs.site._frame import Here, Press
from digester.outputs.site._lists import Row, plural, row
from digester.ports import Leaf

GROUPS = (("kind", "s_kinds"), ("category", "s_categories"), ("tag", "s_tags"))


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


def leaves(press: Press, catalogue: Catalogue, language: str, key: str) -> Iterator[Leaf]:
    yield _subjects(press, catalogue, language, key)
    if catalogue.houses:
        yield _index(press, "organisations", language, key, [
            Entry(said(h.name, language), _path(press, language, "organisation", h.file),
                  plural(words(language)["s_items"], h.picks), _last(h.issues[0][0], language))
            for h in sorted(catalogue.houses.values(), key=lambda h: (-h.picks, h.file))
        ])  # fmt: skip
        for house in catalogue.houses.values():
            yield _house(press, catalogue, house, language, key)
    themes = _each(catalogue)
    if themes:
        yield _index(press, "themes", language, key, [
            Entry(said(t.name, language), _path(press, language, "theme", t.file),
                  plural(words(language)["s_count"], len(t.issues)), _last(t.issues[0][0], language))
            for t in themes
        ])  # fmt: skip
        for theme in themes:
            yield _theme(press, catalogue, theme, language, key)


def _each(catalogue: Catalogue) -> list[Theme]:
    """Every theme once, the one seen last first."""
    once = {t.file: t for t in catalogue.themes.values()}
    return sorted(once.values(), key=lambda t: (t.issues[0][0].ends_at, len(t.issues), t.file), reverse=True)


def _path(press: Press, language: str, group: str, file: str) -> str:
    return press.site.path(language, f"{group}/{file}.html")


def _last(card: Card, language: str) -> str:
    return fmt.day(card.ends_at.date(), language)


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
    return Leaf(here.path, digest(key, repr(groups)), lambda: press.page("index", here, groups=groups))


def _index(press: Press, name: str, language: str, key: str, entries: list[Entry]) -> Leaf:
    w = words(language)
    here = _here(press, language, f"{name}.html", w[f"s_{name}"], w[f"s_{name}_lead"], name)
    return Leaf(here.path, digest(key, repr(entries)), lambda: press.page("index", here, groups=[("", name, entries)]))


def _key(key: str, path: str, name: object, catalogue: Catalogue, cards: Iterator[Card]) -> str:
    shown = [part for c in cards for part in (c.stamp, *(catalogue.paths[c.id, x] for x in catalogue.languages(c)))]
    return digest(key, path, repr(name), *shown)


def _house(press: Press, catalogue: Catalogue, house: House, language: str, key: str) -> Leaf:
    w, name = words(language), said(house.name, language)
    title = f"{name.text} · {w['s_organisation']}"
    here = _here(press, language, f"organisation/{house.file}.html", title, title, "organisations")

    def body() -> bytes:
        weeks = [
            Week(row(card, catalogue, language), tuple(_item(m, card, catalogue, language) for m in mentions))
            for card, mentions in house.issues
        ]
        count = f"{plural(w['s_items'], house.picks)}{w['comma']}{plural(w['s_count'], len(house.issues))}"
        return press.page("weeks", here, label=w["s_organisation"], name=name, count=count, weeks=weeks)

    cards = (c for c, _ in house.issues)
    return Leaf(here.path, _key(key, here.path, sorted(house.name.items()), catalogue, cards), body)


def _theme(press: Press, catalogue: Catalogue, theme: Theme, language: str, key: str) -> Leaf:
    w, name = words(language), said(theme.name, language)
    title = f"{name.text} · {w['s_theme']}"
    here = _here(press, language, f"theme/{theme.file}.html", title, title, "themes")

    def body() -> bytes:
        weeks = []
        for n, (card, strand) in enumerate(theme.issues, 1):
            held = {m.number: m for m in card.mentions}
            items = tuple(_item(held[p], card, catalogue, language) for p in strand.picks if p in held)
            ends = [card.terms.get(e, {}).get(language) or e for e in (strand.from_, strand.to)]
            movement = w["from_to"].format(*ends) if all(ends) else ""
            weeks.append(Week(row(card, catalogue, language), items, movement, n == len(theme.issues)))
        count = plural(w["s_count"], len(theme.issues))
        return press.page("weeks", here, label=w["s_theme"], name=name, count=count, weeks=weeks)

    cards = (c for c, _ in theme.issues)
    return Leaf(here.path, _key(key, here.path, sorted(theme.name.items()), catalogue, cards), body)


def _item(mention: Mention, card: Card, catalogue: Catalogue, language: str) -> Item:
    refs = Refs({}, {}, card.terms)
    headline = said(mention.headline, language)
    _, path = catalogue.path(card, language)
    if mention.language not in mention.headline and not headline.lang and len(mention.headline) == 1:
        headline = Said(headline.text)
    names = tuple(dict.fromkeys(refs.term(o, language) for o in mention.organisations))
    return Item(
        f"{path}#item-{mention.number}", headline, mention.rating, names, figures(mention.claims, language, refs)
    )
