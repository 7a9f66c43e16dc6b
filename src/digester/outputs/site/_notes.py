"""Reading notes in the frame of the site: a page each, and a list by topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from digester.domain.ids import digest
from digester.domain.notes import NoteRecord, name_of
from digester.domain.site import Site
from digester.outputs._note_view import note_view
from digester.outputs._tex import formula
from digester.outputs._words import words
from digester.outputs.site._frame import Here, Press
from digester.ports import Leaf


@dataclass(frozen=True)
class Row:
    """A note in the list: its page, the paper, who wrote that, and its day."""

    path: str
    title: str
    title_lang: str
    meta: str


def path_of(site: Site, work: str, language: str) -> str:
    return site.path(language, f"notes/{name_of(work)}.html")


def index(press: Press, notes: Sequence[NoteRecord], language: str, key: str) -> Iterator[Leaf]:
    """`notes/index.html`: the notes of a language by topic, the newest paper first. It is there when any language has one,
    so that the switch of languages leads somewhere."""
    if not notes:
        return
    site, w = press.site, words(language)
    own = sorted((n for n in notes if n.note.language == language), key=_order)
    twins = {x: site.path(x, "notes/index.html") for x in site.languages if x != language}
    here = Here(site.path(language, "notes/index.html"), language, w["s_notes"], w["s_notes_lead"], twins, "notes")

    def body() -> bytes:
        groups = [(topic, [_row(site, n) for n in same]) for topic, same in groupby(own, key=lambda n: n.note.topic)]
        return press.page("notes", here, groups=groups)

    yield Leaf(here.path, digest(key, here.path, *(_stamp(n) for n in own)), body)


def _order(record: NoteRecord) -> tuple[bool, str, int, str]:
    day = record.paper.day
    return (not record.note.topic, record.note.topic, -day.toordinal() if day else 0, record.note.work)


def _row(site: Site, record: NoteRecord) -> Row:
    view = note_view(record)
    meta = " · ".join(one for one in view.meta if one)
    return Row(path_of(site, record.note.work, record.note.language), view.title, view.title_lang, meta)


def leaves(press: Press, notes: Sequence[NoteRecord], key: str) -> Iterator[Leaf]:
    site = press.site
    shown = {(n.note.work, n.note.language) for n in notes if n.note.language in site.languages}
    for record in (n for n in notes if n.note.language in site.languages):
        work, language = record.note.work, record.note.language
        twins = {x: path_of(site, work, x) for x in site.languages if x != language and (work, x) in shown}
        path = path_of(site, work, language)
        mark = digest(key, path, _stamp(record), repr(sorted(twins.items())))
        yield Leaf(path, mark, lambda r=record, p=path, t=twins: _page(press, r, p, t))  # type: ignore[misc]


def _page(press: Press, record: NoteRecord, path: str, twins: dict[str, str]) -> bytes:
    view = note_view(record)
    here = Here(path, record.note.language, view.title, "", twins, "notes")
    return press.page("note", here, view=view, formula=formula)


def _stamp(record: NoteRecord) -> str:
    """A note never changes: its paper's version, the text it is of and who wrote it name it."""
    n = record.note
    return f"{n.work} {n.revision} {n.language} {record.input_hash} {record.editor} {record.made_at.isoformat()}"
