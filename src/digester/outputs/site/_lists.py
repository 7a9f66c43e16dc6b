"""Lists of issues: the home page, and a page for each tag, category and series.

Newest first, title and whole summary. Older pages (`page/3.html`) are numbered from the OLDEST issue: a full page never
changes, whatever comes, and its address is for ever. The first page holds what does not fill a page yet together with
the newest full one, so `SIZE` to 2 * SIZE - 1 issues; a new issue changes that page alone, and once in SIZE issues adds
one and links it from its neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from digester.domain.ids import digest
from digester.domain.site import Card, Pinned, in_language
from digester.outputs import _format as fmt
from digester.outputs._lines import Said, said
from digester.outputs._view import title_parts
from digester.outputs._words import words
from digester.outputs.site._catalogue import Catalogue, Subject, _series
from digester.outputs.site._frame import Here, Press

SIZE = 12
T = TypeVar("T")


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """One page of a list: `number` is 0 for the newest, `older` and `newer` the numbers beside it, None at the ends."""

    number: int
    entries: tuple[T, ...]
    older: int | None
    newer: int | None


def sheets(entries: Sequence[T], size: int = SIZE) -> Iterator[Sheet[T]]:
    """Entries, newest first, on pages."""
    full = max(0, len(entries) // size - 1)
    yield Sheet(0, tuple(entries[: len(entries) - full * size]), full or None, None)
    for n in range(full, 0, -1):
        end = len(entries) - (n - 1) * size
        yield Sheet(n, tuple(entries[end - size : end]), n - 1 or None, n + 1 if n < full else 0)


def sheet_key(sheet: Sheet[Any], marks: Iterable[str]) -> str:
    """What a page of a list depends on: its neighbours, and what it shows of its issues."""
    return digest(f"{sheet.number} {sheet.older} {sheet.newer}", " ".join(marks))


@dataclass(frozen=True)
class Row:
    """An issue in a list. `lang` is the language of its page where that is another one."""

    path: str
    title: Said
    summary: Said
    day: date
    day_text: str
    series: str
    lang: str
    counts: tuple[str, ...]
    ratings: tuple[tuple[int, int], ...]
    parts: tuple[str, str, str, str]  # of the title, its period apart


def row(card: Card, catalogue: Catalogue, language: str) -> Row:
    shown, path = catalogue.path(card, language)
    w, day = words(language), card.day
    counts = [plural(w["s_items"], card.picks)] if card.picks else []
    counts += [w["s_online"].format(card.online)] if card.online else []
    series = _series(in_language(card.title, language), card.period)
    ratings = tuple((int(r), n) for r, n in sorted(card.ratings.items(), reverse=True) if r.isdecimal())
    return Row(path, title_of(card, language), said(card.summary, language), day, fmt.day(day, language), series,
               "" if shown == language else shown, tuple(counts), ratings, title_parts(title_of(card, language).text, card.period))  # fmt: skip


def title_of(card: Card, language: str) -> Said:
    """Its title; a link needs words, so an issue without one is called by its id."""
    shown = said(card.title, language)
    return shown if shown.text.strip() else Said(card.id)


def plural(forms: str, number: int) -> str:
    """`1 issue`, `2 issues`: the forms are parted by a bar, the last one is for all numbers but one."""
    return f"{fmt.count(number)} {forms.split('|')[0 if number == 1 else -1]}"


def sheet_path(top: str, number: int) -> str:
    """`index.html` -> `page/3.html`; `tag/papers.html` -> `tag/papers/3.html`."""
    if not number:
        return top
    return f"page/{number}.html" if top == "index.html" else f"{top.removesuffix('.html')}/{number}.html"


def home(press: Press, catalogue: Catalogue, sheet: Sheet[Card], language: str, pinned: Sequence[Pinned]) -> bytes:
    w = words(language)
    here = _here(press, "index.html", sheet, language, in_language(press.site.title, language), w["s_lead"], "home")
    essays = [] if sheet.number else list(pinned)
    return press.page("list", here, **_values(press, catalogue, sheet, here, "index.html"), head="home", label="",
                      lead=w["s_lead"], pinned=essays, name=Said(in_language(press.site.title, language)))  # fmt: skip


def subject(press: Press, catalogue: Catalogue, sheet: Sheet[Card], language: str, about: Subject) -> bytes:
    w, top = words(language), f"{about.group}/{about.file}.html"
    name, label = said(about.name, language), w[f"s_{about.group}"]
    here = _here(press, top, sheet, language, f"{name.text} · {label}", f"{label}{w['colon']}{name.text}", "subjects")
    return press.page("list", here, **_values(press, catalogue, sheet, here, top), head="subject", label=label,
                      lead="", pinned=[], name=name)  # fmt: skip


def _here(
    press: Press, top: str, sheet: Sheet[Card], language: str, title: str, description: str, nav: str
) -> Here:  # fmt: skip
    name = sheet_path(top, sheet.number)
    twins = {x: press.site.path(x, name) for x in press.site.languages if x != language}
    tail = f" · {span(sheet.entries, language)}" if sheet.number else ""
    return Here(press.site.path(language, name), language, title + tail, description, twins, nav)


def span(cards: Iterable[Card], language: str) -> str:
    """`1 to 30 June 2026`: the days of a page's issues."""
    ends = [c.day for c in cards]
    return fmt.days(min(ends), max(ends), language) if ends else ""


def beside(press: Press, language: str, top: str, sheet: Sheet[Any]) -> dict[str, str]:
    """Paths of the pages next to one, "" where there is none."""
    numbers = {"older": sheet.older, "newer": sheet.newer}
    return {name: "" if n is None else press.site.path(language, sheet_path(top, n)) for name, n in numbers.items()}


def _values(press: Press, catalogue: Catalogue, sheet: Sheet[Card], here: Here, top: str) -> dict[str, Any]:
    rows = [row(c, catalogue, here.language) for c in sheet.entries]
    when = span(sheet.entries, here.language) if sheet.number else ""
    return {"rows": rows, "span": when, **beside(press, here.language, top, sheet)}
