"""The archive: a page a year, a calendar a month, each issue on the day it is about."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from digester.domain.daywords import month
from digester.domain.ids import digest
from digester.domain.site import Card, in_language
from digester.outputs._words import words
from digester.outputs.site._catalogue import Catalogue
from digester.outputs.site._frame import Here, Press
from digester.outputs.site._lists import plural
from digester.ports import Leaf

_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Mark:
    """An issue in a day's cell: a short word for its series, its title, the language of its page if another one."""

    path: str
    word: str
    title: str
    lang: str


@dataclass(frozen=True)
class Day:
    number: int
    date: date
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Month:
    number: int
    name: str
    count: str
    weeks: tuple[tuple[Day | None, ...], ...] = ()


@dataclass(frozen=True)
class Year:
    number: int
    name: str
    path: str
    count: str
    months: tuple[Month, ...]


def leaves(press: Press, catalogue: Catalogue, language: str, key: str) -> Iterator[Leaf]:
    by_year: dict[int, list[Card]] = {}
    for card in catalogue.cards:
        by_year.setdefault(card.day.year, []).append(card)
    years = [
        _year(press, catalogue, language, n, cards, bare=True) for n, cards in sorted(by_year.items(), reverse=True)
    ]
    w = words(language)
    here = _here(press, language, "index", w["s_archive"])
    yield Leaf(here.path, digest(key, repr(years)), lambda: press.page("archive", here, years=years, year=None))
    for number, cards in by_year.items():
        here = _here(press, language, str(number), f"{w['s_year'].format(number)} · {w['s_archive']}")
        beside = [y for y in years if abs(y.number - number) == 1]
        shown = [catalogue.names[c.id] for c in cards]
        mark = digest(key, repr([y.path for y in beside]), *shown)

        def body(n: int = number, rows: list[Card] = cards, at: Here = here, near: list[Year] = beside) -> bytes:
            return press.page("archive", at, years=near, year=_year(press, catalogue, language, n, rows))

        yield Leaf(here.path, mark, body)


def _here(press: Press, language: str, name: str, title: str) -> Here:
    twins = {x: press.site.path(x, f"archive/{name}.html") for x in press.site.languages if x != language}
    path = press.site.path(language, f"archive/{name}.html")
    return Here(path, language, title, words(language)["s_archive_lead"], twins, "archive")


def _year(
    press: Press, catalogue: Catalogue, language: str, number: int, cards: list[Card], bare: bool = False
) -> Year:
    """A year with its months, newest first; `bare` with their counts alone."""
    w = words(language)
    by_month: dict[int, list[Card]] = {}
    for card in cards:
        by_month.setdefault(card.day.month, []).append(card)
    months = tuple(
        Month(
            n,
            month(n, language),
            plural(w["s_count"], len(own)),
            () if bare else _weeks(catalogue, language, number, n, own),
        )
        for n, own in sorted(by_month.items(), reverse=True)
    )
    path = press.site.path(language, f"archive/{number}.html")
    return Year(number, w["s_year"].format(number), path, plural(w["s_count"], len(cards)), months)


def _weeks(
    catalogue: Catalogue, language: str, year: int, number: int, cards: list[Card]
) -> tuple[tuple[Day | None, ...], ...]:
    marks: dict[int, list[Mark]] = {}
    for card in sorted(cards, key=lambda c: (c.ends_at, c.kind, c.id)):
        marks.setdefault(card.day.day, []).append(_mark(card, catalogue, language))
    return tuple(
        tuple(Day(n, date(year, number, n), tuple(marks.get(n, ()))) if n else None for n in week)
        for week in _WEEKS.monthdayscalendar(year, number)
    )


def _mark(card: Card, catalogue: Catalogue, language: str) -> Mark:
    shown, path = catalogue.path(card, language)
    title = in_language(card.title, language)
    word = words(language).get(f"s_k_{card.kind}") or card.kind[:8]
    return Mark(path, word, title, "" if shown == language else shown)
