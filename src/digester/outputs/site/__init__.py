"""The web site: every issue in every language, and the indexes through which they are found.

Each page is a leaf whose key names all that it shows: the templates and code in force, what it has of each card on it,
and the pages that it links to. A build renders only leaves with new keys, so a changed issue costs its own pages and the
indexes that show what changed of it. Records are read only for the pages of issues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from digester.domain.ids import digest
from digester.domain.site import Card
from digester.outputs.site import _archive, _articles, _essays, _fixed, _indexes, _ledger, _lists, _notes
from digester.outputs.site._catalogue import Catalogue
from digester.outputs.site._frame import FEEDS, Press
from digester.ports import Leaf, Shelf


class SitePages:
    """The collection. `made_with` stands for templates, code and libraries in the keys; with `search` the search page
    uses an index that is built over the finished pages."""

    name: ClassVar[str] = "site"

    def __init__(self, overlay: Path | None = None, made_with: str = "", search: bool = False) -> None:
        self._overlay, self._made_with, self._search = overlay, made_with, search

    def leaves(self, shelf: Shelf) -> Iterable[Leaf]:
        catalogue = Catalogue(shelf.site, shelf.cards)
        press = Press(shelf.site, self._overlay, _nav(catalogue, shelf), _sections(shelf))
        essays = _essays.placed(shelf.site, shelf.posts)
        key = digest(self._made_with, repr(shelf.site), repr(press.nav), repr(sorted(press.others)))
        made: list[Leaf] = []
        for language in shelf.site.languages:
            made += _home(press, catalogue, language, essays, key)
            made += _subjects(press, catalogue, language, key)
            made += _indexes.leaves(press, catalogue, language, key)
            made += _archive.leaves(press, catalogue, language, key)
            made += _fixed.pages(press, catalogue, language, key, self._search)
            made += _essays.index(press, essays, language, key)
            made += _notes.index(press, shelf.notes, language, key)
        made += _essays.leaves(press, essays, key)
        made += _notes.leaves(press, shelf.notes, key)
        made += _ledger.leaves(press, catalogue, key)
        for card in catalogue.cards:
            made += _articles.leaves(press, catalogue, card, shelf, key)
        made += _articles.pictures(catalogue, shelf)
        pages = {leaf.path for leaf in made} | shelf.others
        changed = {
            catalogue.paths[c.id, x]: c.frozen_at.date().isoformat()
            for c in catalogue.cards
            for x in catalogue.languages(c)
        }
        made += _fixed.for_machines(shelf.site, (p for p in pages if p.endswith(".html")), changed, key)
        made += [_fixed.search_start(key)] if self._search else []
        return [*made, _fixed.missing(press, key)]


def _nav(catalogue: Catalogue, shelf: Shelf) -> tuple[tuple[str, str], ...]:
    """Sections that have something to show."""
    rows = (
        ("home", "index.html", True),
        ("archive", "archive/index.html", True),
        ("themes", "themes.html", bool(catalogue.themes)),
        ("organisations", "organisations.html", bool(catalogue.houses)),
        ("ab", "ab/index.html", any(c.results for c in catalogue.cards)),
        ("notes", "notes/index.html", bool(shelf.notes)),
        ("essays", "essays.html", bool(shelf.posts)),
        ("subjects", "subjects.html", bool(catalogue.cards)),
        ("search", "search.html", True),
        ("about", "about.html", True),
    )
    return tuple((name, path) for name, path, there in rows if there)


def _sections(shelf: Shelf) -> frozenset[str]:
    """What other collections write and every page links to; the rest is no part of a page's key."""
    names = [name for name, _, _ in FEEDS]
    return frozenset({shelf.site.path(x, name) for x in shelf.site.languages for name in names} & shelf.others)


def _home(
    press: Press, catalogue: Catalogue, language: str, essays: Sequence[_essays.Placed], key: str
) -> Iterator[Leaf]:
    for sheet in _lists.sheets(catalogue.cards):
        path = press.site.path(language, _lists.sheet_path("index.html", sheet.number))
        pinned = () if sheet.number else _essays.pinned(essays)
        mark = digest(key, "home", path, repr(pinned), _lists.sheet_key(sheet, _marks(catalogue, sheet)))
        yield Leaf(path, mark, lambda s=sheet, p=pinned: _lists.home(press, catalogue, s, language, p))  # type: ignore[misc]


def _marks(catalogue: Catalogue, sheet: _lists.Sheet[Card]) -> list[str]:
    return [catalogue.marks[card.id] for card in sheet.entries]


def _subjects(press: Press, catalogue: Catalogue, language: str, key: str) -> Iterator[Leaf]:
    for about in catalogue.subjects:
        for sheet in _lists.sheets(about.cards):
            name = _lists.sheet_path(f"{about.group}/{about.file}.html", sheet.number)
            path = press.site.path(language, name)
            mark = digest(
                key, path, repr(sorted(about.name.items())), _lists.sheet_key(sheet, _marks(catalogue, sheet))
            )
            yield Leaf(path, mark, lambda s=sheet, a=about: _lists.subject(press, catalogue, s, language, a))  # type: ignore[misc]
