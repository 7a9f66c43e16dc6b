"""A reading note as a value: what its Markdown and its page print, in one language, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from digester.domain import fragments
from digester.domain.issue import Sentence
from digester.domain.notes import EVIDENCE, NoteRecord, ResultTable, depth_of
from digester.domain.words import ident
from digester.outputs import _format as fmt
from digester.outputs._lines import safe
from digester.outputs._picks import authors
from digester.outputs._tex import Piece, pieces
from digester.outputs._words import html_lang, label, words

SIGNS = {"background": "🧠", "method": "🐍", "results": "📊", "tips": "✨"}


@dataclass(frozen=True)
class Item:
    """A sentence: its pieces, its language when it is not the page's, whether it is the paper's own words, the address of
    the words it rests on, the evidence of a quoted result, and what stands below it."""

    pieces: tuple[Piece, ...]
    lang: str
    quoted: bool
    source: str
    evidence: str = ""
    below: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of results in the paper's own words: what leads to it, one head a column, rows, and what was cut ("")."""

    caption: Item
    head: tuple[Item, ...]
    rows: tuple[tuple[Item, ...], ...]
    cut: str

    @property
    def headed(self) -> bool:
        return any(one.pieces for one in self.head)


@dataclass(frozen=True)
class Part:
    name: str
    sign: str
    heading: str
    items: tuple[Item, ...]
    numbered: bool = False
    tables: tuple[Table, ...] = ()

    @property
    def title(self) -> str:
        """Sign and heading: `🧠背景`, `🧠 Background`, `✨ TIPS`."""
        return f"{self.sign}{' ' if self.heading.isascii() else ''}{self.heading}"


@dataclass(frozen=True)
class NoteView:
    words: Mapping[str, str]
    language: str
    lang: str
    title: str
    title_lang: str
    link: str  # the PDF, else the paper's page
    pdf: str
    url: str
    ident: str
    name: str
    topic: str
    meta: tuple[str, ...]
    notices: tuple[str, ...]
    parts: tuple[Part, ...]
    tips: Part | None
    rows: tuple[tuple[Item, Item, Item], ...]
    made: str
    record: str
    day: str
    quotes: bool


def note_view(record: NoteRecord) -> NoteView:
    """The view of a note, in its own language."""
    n, paper = record.note, record.paper
    w, s = words(n.language), n.sections
    known = fragments.places(record.excerpts)
    organisations = (o.get(n.language) or o.get("en", "") for o in paper.organisations)
    meta = (authors(paper.authors, n.language), w["comma"].join(dict.fromkeys(o for o in organisations if o)),
            fmt.day(paper.day, n.language) if paper.day else "")  # fmt: skip
    rows = tuple(
        (_item(t.dimension, record, known), _item(t.before, record, known), _item(t.paper, record, known))
        for t in s.tips
    )
    parts = (
        _part("background", s.background, record, known),
        _part("method", s.method, record, known),
        replace(_part("results", s.results, record, known), tables=tuple(_table(t, record, known) for t in s.tables)),
    )
    return NoteView(
        w, n.language, html_lang(n.language), paper.title or n.work,
        "" if paper.language == n.language else paper.language, safe(paper.pdf) or safe(paper.url), safe(paper.pdf), safe(paper.url),
        ident(n.work), record.name, n.topic, tuple(m for m in meta if m),
        (w["nt_abstract"],) if paper.level == "abstract" else (),
        tuple(p for p in parts if p.items or p.tables),
        Part("tips", SIGNS["tips"], w["nt_tips"], ()) if rows else None, rows, _made(record, w),
        w["nt_record"].format(n.work, n.revision, record.editor, f"{fmt.moment(record.made_at, n.language)} UTC"),
        paper.day.isoformat() if paper.day else "", bool(s.tables) or any(x.kind == "quote" for x in n.sentences()),
    )  # fmt: skip


def _made(record: NoteRecord, w: Mapping[str, str]) -> str:
    """Who wrote it: a model where one did, else the program."""
    return w["nt_by_model"] if any(s.rule.startswith("written:") for s in record.note.sentences()) else w["nt_by_rule"]


def _part(name: str, sentences: Iterable[Sentence], record: NoteRecord, known: fragments.Places) -> Part:
    w = words(record.note.language)
    found: list[tuple[Item, list[Item]]] = []
    for s in sentences:
        one = _item(s, record, known)
        if depth_of(s.inputs) and found:
            found[-1][1].append(one)
        else:
            found.append((one, []))
    items = tuple(replace(i, below=tuple(below)) for i, below in found)
    return Part(name, SIGNS[name], w[f"nt_{name}"], items, numbered=name == "method")


def _table(table: ResultTable, record: NoteRecord, known: fragments.Places) -> Table:
    """Cells in the language of the paper; a table without a caption is called so in that of the note."""
    w = words(record.note.language)
    lang = "" if record.paper.language == record.note.language else record.paper.language
    source = fragments.of([table.support], known)
    caption = (
        Item(pieces(table.caption), lang, True, source)
        if table.caption
        else Item(pieces(w["nt_table"]), "", False, source)
    )
    width = max(len(row) for row in (table.head, *table.rows))
    head, *rows = (
        tuple(Item(pieces(c), lang, False, "") for c in (*row, *[""] * (width - len(row))))
        for row in (table.head, *table.rows)
    )
    shown = (len(table.rows), table.height, width, table.width)
    cut = w["nt_cut"].format(*shown) if shown[0] < shown[1] or shown[2] < shown[3] else ""
    return Table(caption, head, tuple(rows), cut)


def _item(sentence: Sentence, record: NoteRecord, known: fragments.Places) -> Item:
    n = record.note
    own = record.paper.language if sentence.kind == "quote" else n.language
    if sentence.kind != "quote" and not sentence.text.get(n.language):
        own = next(iter(sentence.text))
    return Item(
        pieces(n.told(sentence)), "" if own == n.language else own, sentence.kind == "quote",
        fragments.of(sentence.supports, known) if sentence.kind in ("quote", "report") else "",
        label("ev", level, n.language) if (level := sentence.inputs.get(EVIDENCE, "")) else "",
    )  # fmt: skip
