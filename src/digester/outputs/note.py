"""A reading note as Markdown and as one HTML page, and as an entry of a page that collects notes by topic.

Like an issue it is rendered from its record alone. TeX stays TeX in Markdown, between dollars; everything else of a
paper is escaped as in issues. Passages are reference links whose names hold the note's own, so that entries of a
collection never share one.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from digester.domain.cut import octets, squeezed
from digester.domain.notes import NoteRecord
from digester.outputs._front_matter import quoted
from digester.outputs._note_view import Item, NoteView, note_view
from digester.outputs._templates import environment
from digester.outputs._tex import formula, in_markdown
from digester.outputs.markdown import BLANKS, Marks, destination, escape

if TYPE_CHECKING:
    from markupsafe import Markup

_DOLLAR = re.compile(r"(?<!\\)\$")


def html(record: NoteRecord, overlay: Path | None = None) -> bytes:
    """The note as a page of its own, in its language."""
    view = note_view(record)
    text = environment(overlay).get_template("notes/note.html.j2").render(view=view, w=view.words, formula=formula)
    return octets(f"{squeezed(text)}\n")


def markdown(record: NoteRecord, overlay: Path | None = None) -> bytes:
    """The note as a file of its own: YAML front matter, then the note under headings."""
    return octets(f"{_markdown(record, overlay, 'notes/note.md.j2')}\n")


def entry(record: NoteRecord, overlay: Path | None = None) -> str:
    """The note as it stands on a collection page: the title linked to the PDF, the parts, the table."""
    return _markdown(record, overlay, "notes/entry.md.j2")


def _markdown(record: NoteRecord, overlay: Path | None, name: str) -> str:
    from markupsafe import Markup

    view, mark = note_view(record), Marks(f"{record.name}-p")
    template = environment(overlay, escape).get_template(name)
    text = template.render(
        view=view, w=view.words, to=destination, mark=mark, front_matter=front_matter(view), made=Markup,
        line=partial(_line, view, mark), cell=partial(_line, view, mark, cell=True),
    )  # fmt: skip
    lines = (line.rstrip() for line in text.split("\n"))
    return BLANKS.sub("\n\n", "\n".join(lines)).strip()


def _line(view: NoteView, mark: Marks, item: Item, indent: int = 0, cell: bool = False) -> Markup:
    """A sentence in inert Markdown; a displayed formula stands on lines of its own, but not in a cell."""
    from markupsafe import Markup

    w, edge, told = view.words, " " * indent, ""
    for piece in item.pieces:
        if piece.kind == "text":
            text = _DOLLAR.sub(r"\\$", escape(piece.text))
            told += text.lstrip() if told.endswith(f"\n{edge}") else text
        elif piece.kind == "inline" or cell:
            told += f"${in_markdown(piece.text, cell)}$"
        else:
            told = f"{told.rstrip()}\n\n{edge}$$\n{edge}{in_markdown(piece.text)}\n{edge}$$\n\n{edge}"
    told = f"{w['lq']}{told}{w['rq']}" if item.quoted else told
    link = f" [↗][{mark(item.source)}]" if item.source else ""
    told = f"{escape(item.evidence)}{w['colon']}{told}" if item.evidence else told
    return Markup(told + link)  # noqa: S704 -- escaped piece by piece


def front_matter(view: NoteView) -> Markup:
    """YAML whose values are JSON strings."""
    from markupsafe import Markup

    fields = {
        "title": view.title, "slug": f"note-{view.name.replace('.', '-')}", "date": view.day, "category": view.words["nt_note"],
        "topic": view.topic, "paper": view.ident, "source": view.url, "lang": view.language,
    }  # fmt: skip
    told = {key: re.sub(r"\s+", " ", value) for key, value in fields.items() if value}
    lines = [f"{key}: {value if key == 'date' else quoted(value)}" for key, value in told.items()]
    return Markup("\n".join(["---", *lines, "---"]))  # noqa: S704 -- JSON strings between fences
