"""Charts as inline SVG: no script, no request, both themes, any width.

An SVG here has no viewBox: places across are per cent, sizes and heights are pixels, so bars stretch with the page and
text keeps its size from 320 px to any width. Colours are the text's own, thinned; a style sheet may name others
(templates/html/chart.css). Labels are cut to what fits the narrowest page; the table under each chart has them whole,
and the numbers for whoever sees no picture (title, desc and role are WAI-ARIA's way to name one).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digester.domain.text import plain
from digester.outputs import _format as fmt
from digester.outputs._templates import environment
from digester.outputs._words import words

if TYPE_CHECKING:
    from markupsafe import Markup

MOST = 24  # rows or panels that are drawn; the table has all
_LABEL = 16.0  # em that a label may take: at 13 px three quarters of the narrowest page
_MARKS = 2  # combining signs that one letter may carry
_ROW, _BAR = 22, 14  # pixels
_COLUMNS = 44


@dataclass(frozen=True)
class Bar:
    """x and width are per cent of the width, y and height pixels. `kind` is full, part or none."""

    x: float
    width: float
    y: float
    height: float
    kind: str = "full"


@dataclass(frozen=True)
class Label:
    """A text at a place (per cent, pixels); `end` when it ends there."""

    x: float
    y: float
    text: str
    end: bool = False
    small: bool = False


@dataclass(frozen=True)
class Panel:
    """One SVG with a name and a description in words."""

    title: str
    desc: str
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Chart:
    name: str
    title: str
    panels: tuple[Panel, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def ratings(
    counts: Sequence[tuple[int, int]], language: str, name: str = "ratings", overlay: Path | None = None
) -> Markup:
    """Bars of (rating, entries), in the given order; nothing for an issue that rates nothing."""
    w = words(language)
    most = max((n for _, n in counts), default=0)
    if most <= 0:
        return _nothing()
    bars = tuple(Bar(8, 78 * max(n, 0) / most, 4 + i * _ROW, _BAR) for i, (_, n) in enumerate(counts))
    labels = tuple(_ends(i, str(rating), fmt.count(n)) for i, (rating, n) in enumerate(counts))
    desc = w["ch_list"].join(f"{w['of_five'].format(rating)}{w['colon']}{fmt.count(n)}" for rating, n in counts)
    panel = Panel(w["ch_ratings"], desc, _ROW * len(counts), bars, sum(labels, ()))
    rows = tuple((str(rating), fmt.count(n)) for rating, n in counts)
    return _drawn(Chart(name, w["ch_ratings"], (panel,), (w["rating"], w["ch_entries"]), rows), language, overlay)


def weeks(
    labels: Sequence[str], series: Sequence[tuple[str, Sequence[int | None]]], language: str, name: str = "weeks",
    overlay: Path | None = None,
) -> Markup:  # fmt: skip
    """Small multiples on one scale: a panel for each (subject, count by week), None for a week of which nothing is known.

    Raises ValueError for a series of another length than the labels.
    """
    w = words(language)
    if any(len(values) != len(labels) for _, values in series):
        raise ValueError("a series must have one value for each week")
    most = max((v or 0 for _, values in series for v in values), default=0)
    if most <= 0:
        return _nothing()
    panels = tuple(_panel(subject, values, labels, most, language) for subject, values in series[:MOST])
    rows = tuple((plain(s), *("–" if v is None else fmt.count(v) for v in values)) for s, values in series)
    head = (w["ch_subject"], *map(plain, labels))
    return _drawn(Chart(name, w["ch_weeks"], panels, head, rows, _note(series, language)), language, overlay)


def sources(
    rows: Sequence[tuple[str, int, int]], language: str, name: str = "sources", overlay: Path | None = None
) -> Markup:
    """(source, items seen, items printed) as a bar in a bar, in the given order."""
    w = words(language)
    most = max((seen for _, seen, _ in rows), default=0)
    if most <= 0:
        return _nothing()
    bars: list[Bar] = []
    labels: list[Label] = []
    for i, (source, seen, printed) in enumerate(rows[:MOST]):
        y = i * 2 * _ROW
        bars.append(Bar(0, 100 * max(seen, 0) / most, y + _ROW, 8, "part"))
        bars.append(Bar(0, 100 * min(max(printed, 0), max(seen, 0)) / most, y + _ROW, 8))
        labels += [
            Label(0, y + 15, fitted(source)),
            Label(100, y + 15, f"{fmt.count(printed)} / {fmt.count(seen)}", end=True),
        ]
    desc = w["ch_sources_desc"].format(fmt.count(sum(p for *_, p in rows)), fmt.count(sum(s for _, s, _ in rows)))
    panel = Panel(w["ch_sources"], desc, 2 * _ROW * len(rows[:MOST]), tuple(bars), tuple(labels))
    table = tuple((plain(s), fmt.count(seen), fmt.count(printed)) for s, seen, printed in rows)
    head = (w["ch_source"], w["seen_col"], w["ch_printed"])
    return _drawn(Chart(name, w["ch_sources"], (panel,), head, table, _note(rows, language)), language, overlay)


def _ends(row: int, left: str, right: str) -> tuple[Label, Label]:
    y = 16 + row * _ROW
    return Label(0, y, left), Label(100, y, right, end=True)


def _panel(subject: str, values: Sequence[int | None], weeks: Sequence[str], most: int, language: str) -> Panel:
    """Columns from a common baseline; an unknown week is a line of dots, a week with none a flat line."""
    w = words(language)
    wide, base = 100 / (len(values) - 0.2), _ROW + _COLUMNS  # the last column ends where the panel does
    bars = tuple(
        Bar(i * wide, wide * 0.8, base - 2, 2, "none") if v is None
        else Bar(i * wide, wide * 0.8, base - (h := max(1.0, _COLUMNS * max(v, 0) / most)), h)
        for i, v in enumerate(values)
    )  # fmt: skip
    known = [(week, v) for week, v in zip(weeks, values, strict=True) if v is not None]
    latest = fmt.count(values[-1]) if values[-1] is not None else "–"
    labels = [
        Label(0, 15, fitted(subject)),
        Label(100, 15, latest, end=True),
        Label(0, base + 14, fitted(weeks[0], 7), small=True),
    ]
    labels += [Label(100, base + 14, fitted(weeks[-1], 7), end=True, small=True)] if len(weeks) > 1 else []
    desc = w["ch_list"].join(f"{plain(week)}{w['colon']}{fmt.count(v)}" for week, v in known) or w["unknown"]
    return Panel(plain(subject) or w["unknown"], desc, base + 18, bars, tuple(labels))


def _note(rows: Sequence[object], language: str) -> str:
    return words(language)["ch_first"].format(MOST, len(rows)) if len(rows) > MOST else ""


def _drawn(chart: Chart, language: str, overlay: Path | None) -> Markup:
    from markupsafe import Markup

    template = environment(overlay).get_template("html/chart.html.j2")
    return Markup(template.render(chart=chart, w=words(language)).strip())  # noqa: S704 - made by an autoescaping template


def _nothing() -> Markup:
    from markupsafe import Markup

    return Markup("")


# ------------------------------------------------------------------ labels
def fitted(text: str, ems: float = _LABEL) -> str:
    """The text as one line that is surely no wider than so many em, cut between letters, with an ellipsis."""
    room, made = ems - 1, ""
    letters = list(_letters(plain(text)))
    for n, letter in enumerate(letters):
        rest = sum(map(_width, letters[n : n + 40]))
        if _width(letter) > room and rest > room + 1:
            return f"{made.rstrip()}…"
        made += letter
        room -= _width(letter)
    return made


def _letters(text: str) -> Iterator[str]:
    """Letters with the signs that stand on them, of which a letter keeps a few."""
    letter = ""
    for sign in text:
        if letter and (unicodedata.category(sign)[0] == "M" or sign == "\u200d" or letter[-1] == "\u200d"):
            letter += sign if len(letter) <= _MARKS or sign == "\u200d" or letter[-1] == "\u200d" else ""
        else:
            if letter:
                yield letter
            letter = sign
    if letter:
        yield letter


def _width(letter: str) -> float:
    """Em of a letter, rather too many than too few: fonts differ."""
    if unicodedata.east_asian_width(letter[0]) in "WFA" or ord(letter[0]) > 0x2000:
        return 1.1
    return 0.9 if letter[0].isupper() or letter[0] in "mwMW@%&" else 0.62
