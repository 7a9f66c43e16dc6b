"""A figure of a paper as a page shows it: the file, what its caption says, whose paper it is of, and under which licence it
may be shown. Numbers run through the issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digester.domain.issue import Illustration, Pick
from digester.domain.licences import OPEN
from digester.domain.words import ident
from digester.outputs._lines import Line, Ref, Refs, line
from digester.outputs._picks import authors, organisations
from digester.outputs._tables import system_of
from digester.outputs._words import words

FOLDER = "pictures/"  # beside an issue's pages
_FILE = re.compile(r"[0-9a-f]{32}\.(?:png|jpg)")
_SIDE = 20_000  # pixels; what says more is no picture of ours


@dataclass(frozen=True, slots=True)
class PictureView:
    """`Figure 1`, its caption, `Kestrel Wren (arXiv:...)`, and who drew it under which licence (name and address)."""

    file: str
    width: int
    height: int
    label: str
    caption: Line
    whose: str
    ref: Ref
    credit: str
    licence: str
    terms: str


def picture_view(
    given: Illustration | None, picks: Sequence[Pick], number: int, language: str, refs: Refs
) -> PictureView | None:
    """The figure with its number; None where the record names no file or no licence that lets us show it."""
    pick = next((p for p in picks if given and p.work == given.picture.work), None)
    ref = refs.by_name.get(given.picture.work) if given else None
    if given is None or pick is None or ref is None or not _is_shown(given):
        return None
    shown, w = given.picture, words(language)
    return PictureView(
        shown.name, shown.width, shown.height, w["figure_n"].format(number), line(given.caption, language, refs, pick),
        _whose(pick, language, refs), ref, authors(pick.authors, language), shown.licence, OPEN[shown.licence],
    )  # fmt: skip


def is_file(name: str) -> bool:
    """Whether a record names a picture as we do: nothing else of it may become a path."""
    return bool(_FILE.fullmatch(name))


def _is_shown(given: Illustration) -> bool:
    shown = given.picture
    size = 0 < shown.width < _SIDE and 0 < shown.height < _SIDE
    return is_file(shown.name) and shown.licence in OPEN and size


def _whose(pick: Pick, language: str, refs: Refs) -> str:
    """`Kestrel Wren (arXiv:2606.12345)`: the organisation once, the system, the paper."""
    w, system = words(language), system_of(pick.title, pick.facts)
    named = next(iter(organisations(pick, language, refs)), "")
    named = "" if named.casefold() in system.casefold() else named
    what = " ".join(part for part in (named, system) if part)
    paper = ident(pick.work)
    return f"{what}{w['open']}{paper}{w['close']}" if paper else what
