"""Papers as arXiv serves them in HTML: LaTeXML's pages, read by their `ltx_*` classes.

A section of the result is a section or subsection of the paper; the abstract is one too. Tables become
sentences ("CTR: +1.24%.", "Ours, CTR: +1.24%; CVR: +0.50%."), because an issue may print only figures that
it can quote, and are kept as they stand for whoever prints a whole one; a caption stands in front of its rows wherever
it is printed. Footnotes go behind their section's text: inside a sentence they would break quotations.
Bibliography, listings and the site's own furniture are left out; pictures are named with their captions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from digester.domain.model import Extracted, TextSection, TextTable
from digester.domain.sources import Document
from digester.domain.text import plain
from digester.fulltext import _authors, _hidden, _pictures, _raised, _table, _tree

SHORT = 300
MAX_TEXT = 3_000_000  # characters: the longest theses have two million
_ENDS = ".?!:。？！"
_SKIP = (
    "ltx_bibliography", "ltx_authors", "ltx_dates", "ltx_listing", "ltx_title_document", "ltx_page_footer",
    "ltx_page_header", "ltx_page_navbar", "ltx_page_logo", "ltx_TOC", "ltx_pagination",
    "ltx_index", "ltx_keywords", "ltx_rdf", "package-alerts",
)  # fmt: skip
_HEADINGS = (
    "ltx_title_abstract", "ltx_title_part", "ltx_title_chapter", "ltx_title_section", "ltx_title_appendix",
    "ltx_title_subsection", "ltx_title_subsubsection", "ltx_title_acknowledgements",
)  # fmt: skip
_RUN_IN = ("ltx_title_paragraph", "ltx_title_subparagraph", "ltx_title_theorem")
_BLOCKS = (*_HEADINGS, *_RUN_IN, "ltx_p", "ltx_caption", "ltx_tabular", "ltx_equation", "ltx_equationgroup")
_NUMBERS = tuple(
    f"ltx_tag_{kind}" for kind in ["section", "subsection", "subsubsection", "appendix", "item", "equation"]
)


def extract(document: Document) -> Extracted:
    """Sections, author block and whole text of a paper; `unsupported` for a page that is not LaTeXML's."""
    tree = _tree.parse(document.body, document.media_type)
    root = next(iter(_tree.with_class(tree, "ltx_document")), None)
    if root is None:
        return Extracted("unsupported")
    licence = _pictures.licence(tree, root)
    _hidden.prune(root)
    people = _authors.author_block(root)
    _tree.tidy(root)
    _table.captions_first(root)
    footnotes = _take_footnotes(root)
    pictures = _pictures.pictures(tree, root, document.url)
    sections = tuple(_sections(root, footnotes))
    text = plain(" ".join(s.text for s in sections))[:MAX_TEXT]
    short = len(text) < SHORT or all(s.heading == "Abstract" for s in sections)
    return Extracted("too_short" if short else "ok", text, sections, people, pictures=pictures, licence=licence)


def _take_footnotes(root: Any) -> dict[Any, list[str]]:
    """Takes notes and numbers out of the tree; the texts of the notes by the block they stood in."""
    found: dict[Any, list[str]] = {}
    for element in _tree.with_class(root, "ltx_note"):
        block = next((a for a in element.iterancestors() if _tree.has_class(a, "ltx_p", "ltx_caption")), None)
        if block is not None and (text := _raised.note_text(element)):
            found.setdefault(block, []).append(text)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and _tree.has_class(element, "ltx_note", "ltx_ERROR", *_NUMBERS):
            _tree.drop(element)
    return found


def _sections(root: Any, footnotes: dict[Any, list[str]]) -> Iterator[TextSection]:
    heading, parts, notes, tables = "", [], [], []  # type: str, list[str], list[str], list[TextTable]
    for block in _tree.outermost(root, _is_block, _is_skipped):
        if _tree.has_class(block, *_HEADINGS):
            yield from _section(heading, parts + notes, tables)
            heading, parts, notes, tables = plain(_tree.raw_text(block)).rstrip("."), [], [], []
        elif _tree.has_class(block, "ltx_tabular"):
            header, rows = _table.read(block)
            parts += _table.sentences(header, rows)
            tables += [table] if (table := _table.kept(block, header, rows)) else []
        else:
            parts.append(_block_text(block))
        notes += footnotes.get(block, [])
    yield from _section(heading, parts + notes, tables)


def _is_block(element: Any) -> bool:
    return _tree.has_class(element, *_BLOCKS)


def _is_skipped(element: Any) -> bool:
    return element.tag in ("footer", "header", "aside") or _tree.has_class(element, *_SKIP)


def _section(heading: str, parts: list[str], tables: list[TextTable]) -> Iterator[TextSection]:
    text = plain(" ".join(p for p in parts if p))
    if text:
        yield TextSection(heading, text if text[-1] in _ENDS else f"{text}.", tuple(tables))


def _block_text(block: Any) -> str:
    text = plain(_tree.raw_text(block))
    if text and _tree.has_class(block, "ltx_caption", *_RUN_IN) and text[-1] not in _ENDS:
        text += "."
    return text
