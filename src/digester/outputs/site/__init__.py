"""The web site: every issue in every language, and the indexes through which they are found.

Each page is a leaf whose key names all that it shows: the templates and code in force, the stamps of the cards on it,
and the pages that it links to. A build renders only leaves with new keys, so a changed issue costs its own pages, its
neighbours' links and the indexes that show it. Records are read only for the pages of issues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from digester.domain.ids import digest
from digester.outputs.site import _articles, _lists
from digester.outputs.site._catalogue import Catalogue
from digester.outputs.site._frame import FEEDS, Press
from digester.ports import Leaf, Shelf


class SitePages:
    """The collection. `made_with` stands for templates, code and libraries in the keys."""

    name: ClassVar[str] = "site"

    def __init__(self, overlay: Path | None = None, made_with: str = "") -> None:
        self._overlay, self._made_with = overlay, made_with

    def leaves(self, shelf: Shelf) -> Iterable[Leaf]:
        catalogue = Catalogue(shelf.site, shelf.cards)
        cards = catalogue.cards
        press = Press(shelf.site, self._overlay, _nav(shelf, catalogue), _feeds(shelf))
        key = digest(self._made_with, repr(shelf.site), repr(press.nav), repr(sorted(press.feeds)))
        for language in shelf.site.languages:
            yield from _home(press, catalogue, language, shelf, key)
            yield from _subjects(press, catalogue, language, key)
        for card in cards:
            yield from _articles.leaves(press, catalogue, card, shelf.others, key, shelf.issue)


def _nav(shelf: Shelf, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Sections that have something to show."""
    top = shelf.site.path(shelf.site.languages[0], "")
    rows = (
        ("home", "index.html", True),
        ("ab", "ab/index.html", f"{top}ab/index.html" in shelf.others),
        ("notes", "notes/index.html", f"{top}notes/index.html" in shelf.others),
    )
    return tuple((name, path) for name, path, there in rows if there)


def _feeds(shelf: Shelf) -> frozenset[str]:
    names = {shelf.site.path(x, name) for x in shelf.site.languages for name, _, _ in FEEDS}
    return frozenset(names & shelf.others)


def _home(press: Press, catalogue: Catalogue, language: str, shelf: Shelf, key: str) -> Iterator[Leaf]:
    for sheet in _lists.sheets(catalogue.cards):
        path = press.site.path(language, _lists.sheet_path("index.html", sheet.number))
        pinned = () if sheet.number else tuple(shelf.pinned)
        mark = digest(key, "home", path, repr(pinned), _sheet_key(catalogue, sheet))
        yield Leaf(path, mark, lambda s=sheet, p=pinned: _lists.home(press, catalogue, s, language, p))  # type: ignore[misc]


def _subjects(press: Press, catalogue: Catalogue, language: str, key: str) -> Iterator[Leaf]:
    for about in catalogue.subjects:
        for sheet in _lists.sheets(about.cards):
            name = _lists.sheet_path(f"{about.group}/{about.file}.html", sheet.number)
            path = press.site.path(language, name)
            mark = digest(key, path, repr(sorted(about.name.items())), _sheet_key(catalogue, sheet))
            yield Leaf(path, mark, lambda s=sheet, a=about: _lists.subject(press, catalogue, s, language, a))  # type: ignore[misc]


def _sheet_key(catalogue: Catalogue, sheet: _lists.Sheet) -> str:
    shown = [
        part for c in sheet.cards for part in (c.stamp, *(catalogue.paths[c.id, x] for x in catalogue.languages(c)))
    ]
    return digest(f"{sheet.number} {sheet.older} {sheet.newer}", *shown)
