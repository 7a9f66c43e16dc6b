"""Article pages: the main text through trafilatura, on our bytes only (its downloader is never used).

When there is little text the page itself says why: a paywall, a consent wall, a script that would have
drawn it, a page that is gone. These marks are looked for only then, because long articles contain the same
words. A page that declares itself not free and shows a long text all the same is taken at its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.model import Document, Extracted, Outcome
from digester.domain.text import plain
from digester.fulltext import _marks, _tree

SHORT, TEASER = 300, 1_500  # characters: less is no article; less than a teaser, and a paywall is believed
MAX_TAGS = 200_000  # a page of more elements is no article
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|div|p|title)\b", re.IGNORECASE)
_SURE = ("text/html", "application/xhtml+xml")
_PERHAPS = ("", "text/plain", "application/octet-stream", "application/xml", "text/xml")
_LEAVES = frozenset({"p", "head", "item", "quote", "code", "ab"})
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
    return Extracted(_outcome(markup[:2_000_000], text), text)


def _is_html(document: Document) -> bool:
    kind, body = document.media_type.partition(";")[0].strip().lower(), document.body
    if kind not in _SURE + _PERHAPS or body[:5] == b"%PDF-":
        return False
    if len(body) > _tree.MAX_BYTES or body.count(b"<") > MAX_TAGS:
        return False
    return kind in _SURE or _HTML.search(body[:16_000].replace(b"\x00", b"")) is not None


def _main_text(page: bytes | str) -> str:
    """The paragraphs that trafilatura finds; of bytes it guesses the encoding. Its quick reading was the better
    one on recorded pages of every type; the slow one is asked when that finds next to nothing."""
    quick = _read(page, fast=True)
    return quick if len(quick) >= SHORT else max(quick, _read(page, fast=False), key=len)


def _read(page: bytes | str, fast: bool) -> str:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without text is an outcome here
    try:
        found: Any = trafilatura.bare_extraction(
            page, fast=fast, include_comments=False, include_tables=False, deduplicate=False
        )
        return plain(" ".join(_blocks(found.body))) if found is not None else ""
    except Exception as err:  # noqa: BLE001 - whatever hostile bytes make the library raise is one named error
        raise ParseError(f"page that cannot be read: {type(err).__name__}: {str(err)[:120]}") from None


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs, items and headings, each ended: a heading must not run into the sentence behind it. What
    stands before the first paragraph is the title."""
    for line_break in body.iter("lb"):
        line_break.tail = " " + (line_break.tail or "")
    begun = False
    for block in _tree.outermost(body, lambda e: e.tag in _LEAVES, lambda e: e.tag == "graphic"):
        text = plain(" ".join(_tree.raw_text(block).split()))
        begun = begun or block.tag != "head"
        if text and begun:
            yield text if text[-1] in _ENDS else text + ("。" if "\u3400" <= text[-1] <= "\u9fff" else ".")


def _outcome(markup: str, text: str) -> Outcome:
    if len(text) < TEASER and _marks.titled_as_check(markup):
        return "needs_javascript"
    if len(text) < TEASER and _marks.declares_paywall(markup):
        return "paywalled"
    return "ok" if len(text) >= SHORT else _marks.reason(markup)
