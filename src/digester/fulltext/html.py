"""Article pages: the main text through trafilatura, on our bytes only (its downloader is never used).

When there is little text the page itself says why: a paywall, a consent wall, a script that would have
drawn it, a page that is gone. These marks are looked for only then, because long articles contain the same
words. A page that declares itself not free and shows a long text all the same is taken at its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.model import Extracted, Outcome
from digester.domain.sources import Document
from digester.domain.text import plain
from digester.fulltext import _hidden, _marks, _title, _tree

SHORT, TEASER = 300, 1_500  # characters: less is no article; less than a teaser, and a paywall is believed
FAR = 2  # times longer: then the other reading missed most of a page
MAX_TAGS = 200_000  # a page of more elements is no article
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|title)\b", re.IGNORECASE)
_SURE = ("text/html", "application/xhtml+xml")
_PERHAPS = ("", "text/plain", "application/octet-stream", "application/xml", "text/xml")
_LEAVES = frozenset({"p", "head", "item", "quote", "code", "ab"})
_INLINE = frozenset({"hi", "ref", "del", "lb", "graphic"})
_ENDS = '.!?:;。！？：；…"”’」)）]'


def extract(document: Document) -> Extracted:
    """The article of a page as one text, or why there is none."""
    if not _is_html(document):
        return Extracted("unsupported")
    if not document.body.strip(b"\x00 \t\r\n"):
        return Extracted("too_short")
    markup = _tree.decode(document.body, document.media_type)
    garbled = markup.count("\ufffd") * 100 > len(markup)  # no declared encoding, or a false one
    text = _main_text(document.body if garbled else markup)
    return Extracted(_outcome(markup[:2_000_000], text), text, title=_title.of(markup))


def _is_html(document: Document) -> bool:
    kind, body = document.media_type.partition(";")[0].strip().lower(), document.body
    if kind not in _SURE + _PERHAPS or body[:5] == b"%PDF-":
        return False
    if len(body) > _tree.MAX_BYTES or body.count(b"<") > MAX_TAGS:
        return False
    return kind in _SURE or _HTML.search(body[:16_000].replace(b"\x00", b"")) is not None


def _main_text(page: bytes | str) -> str:
    """The paragraphs that trafilatura finds; of bytes it guesses the encoding. Told to prefer finding text it came
    nearest to gold texts in both what it finds and what it leaves out (`make eval-extract`); now and then it
    takes one part of a page for the whole, which shows beside its usual reading."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is an outcome here
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            return ""
        _hidden.prune(tree)
        found, usual = _read(tree, favor_recall=True), _read(tree, favor_recall=False)
    except Exception as err:  # noqa: BLE001 - whatever hostile bytes make the library raise is one named error
        raise ParseError(f"page that cannot be read: {type(err).__name__}: {str(err)[:120]}") from None
    return usual if len(usual) > FAR * len(found) else found


def _read(tree: Any, favor_recall: bool) -> str:
    """The library works on a copy of the tree."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(tree, favor_recall=favor_recall, include_comments=False, deduplicate=False)
    return plain(" ".join(_ended(found.body))) if found is not None else ""


def _ended(body: Any) -> Iterator[str]:
    """Blocks, each with a full stop: a heading must not run into the sentence behind it. The headings before the
    first other block are the title."""
    for line_break in body.iter("lb"):
        line_break.tail = " " + (line_break.tail or "")
    found = ((tag, plain(" ".join(text.split()))) for tag, text in _blocks(body))
    for _, text in dropwhile(lambda block: block[0] == "head", (block for block in found if block[1])):
        yield text if text[-1] in _ENDS else text + ("。" if "\u3400" <= text[-1] <= "\u9fff" else ".")


def _blocks(body: Any) -> Iterator[tuple[str, str]]:
    """(tag, text) of paragraphs, items, headings and table rows, and of the text that stands between them."""
    from lxml import etree

    loose: list[str] = []
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if element.tag not in _INLINE and loose:
            yield "", "".join(loose)
            loose = []
        if event == "end":
            loose.append((element.tail or "") if element is not body else "")
        elif element.tag in _LEAVES or (element.tag == "row" and next(element.iter(*_LEAVES), None) is None):
            yield str(element.tag), _row(element) if element.tag == "row" else _tree.raw_text(element)
            walk.skip_subtree()
        elif element.tag == "graphic":
            walk.skip_subtree()
        else:
            loose.append(element.text or "")
    yield "", "".join(loose)


def _row(row: Any) -> str:
    """The cells of a row of words, apart. Rows of figures are left out: the library keeps neither spans nor empty
    cells, so nobody could say which column's heading a figure stands under, and a figure without one is quoted wrongly."""
    cells = [text for cell in row.iter("cell") if (text := _tree.raw_text(cell).strip())]
    figures = sum(re.search(r"\d", cell) is not None for cell in cells)
    return "; ".join(cells) if figures * 2 < len(cells) else ""


def _outcome(markup: str, text: str) -> Outcome:
    if len(text) < TEASER and _marks.titled_as_check(markup):
        return "needs_javascript"
    if len(text) < TEASER and _marks.declares_paywall(markup):
        return "paywalled"
    return "ok" if len(text) >= SHORT else _marks.reason(markup)
