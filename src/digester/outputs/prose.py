"""Markdown that people wrote (essays, notes) as HTML that may stand in our pages.

markdown-it reads it without HTML; addresses pass `http_url`, images become links with their alt text, since a page asks
nobody for anything. Then nh3 keeps what is on a list, and only then the formulas, which `_mathml` made, are put in their
places: no sanitiser has to be trusted with MathML. What people write in Chinese is met halfway: bold next to Chinese
signs, a line end in a paragraph with Chinese as a line end, formulas with bars in table cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from digester.domain.text import one_line, printable
from digester.domain.urls import host_of, http_url
from digester.outputs._mathml import mathml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUMMARY = 280  # characters of a listing
_TAGS = frozenset([
    "p", "br", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "div",
])  # fmt: skip
_SLOT, _BAR = "\ufdd0", "\ufdd1"  # non-characters: `printable` takes them out of what comes in
_SLOTS = re.compile(f"{_SLOT}([0-9]+){_SLOT}")
_ROW = re.compile(r"^[ \t>]*\|.*\$.*$", re.MULTILINE)
_FORMULA = re.compile(r"(?<![\\$\w])\$(?![\s$])[^$\n]*(?<![\s\\])\$(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FORMULAS = ("math_inline", "math_inline_double", "math_block")
_STRAY = re.compile(r"\*\*|__|~~|`")


def html(text: str) -> str:
    """The text as HTML: headings from h2 down, no id, no style, links to http(s) only. Never raises for what it holds."""
    import nh3

    from digester.outputs._prose_rules import DEEPEST

    parser = _parser()
    environment: dict[str, Any] = {"formulas": []}
    tokens = parser.parse(_prepared(text), environment)
    if any(token.level >= DEEPEST - 1 for token in tokens):  # the parser leaves out what stands deeper
        return f"<pre>{escape(printable(text))}</pre>"
    _settle(tokens)
    raw = parser.renderer.render(tokens, parser.options, environment)
    clean = nh3.clean(
        raw, tags=set(_TAGS), attributes={"a": {"href", "title"}, "ol": {"start"}, "div": {"tabindex"}}, url_schemes={"http", "https"},
        allowed_classes={"th": {"n"}, "td": {"n"}, "div": {"scroll", "formula"}},
    )  # fmt: skip
    formulas = environment["formulas"]
    return _SLOTS.sub(lambda m: formulas[int(m[1])], clean).strip()


def plain(text: str, limit: int = SUMMARY) -> str:
    """Its first paragraph without markup, cut at a sentence end where there is one: for listings. "" when there is none."""
    tokens = _parser().parse(_prepared(text), {"formulas": []})
    for before, token in pairwise(tokens):
        if token.type == "inline" and before.type == "paragraph_open":
            words = one_line(_shown("".join(_words(token.children or ()))), limit)
            while (
                bare := _STRAY.sub("", words)
            ) != words:  # formulas are words by then; what goes may leave marks side by side
                words = bare
            if told := bare.strip():
                return told
    return ""


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type != "image":
            yield token.content


def _prepared(text: str) -> str:
    """Bars inside the formulas of table rows are hidden from the table's reader, which would cut cells at them."""
    text = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ROW.sub(lambda row: _FORMULA.sub(lambda m: m[0].replace("|", _BAR), row[0]), text)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from digester.outputs._prose_rules import parser

    made = parser()
    for formula in _FORMULAS:
        made.add_render_rule(formula, _formula)
    made.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0">\n<table>\n')
    made.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    return made


def _formula(_: object, tokens: Sequence[Token], at: int, options: object, environment: dict[str, Any]) -> str:
    """A slot for the formula; it is filled when everything else was cleaned."""
    token, formulas = tokens[at], environment["formulas"]
    formulas.append(mathml(token.content.replace(_BAR, "|"), block=token.type != "math_inline"))
    slot = f"{_SLOT}{len(formulas) - 1}{_SLOT}"
    return f'<div class="formula" tabindex="0">{slot}</div>\n' if token.type == "math_block" else slot


def _settle(tokens: list[Token]) -> None:
    """Headings below the page's own, line ends of Chinese, addresses and images as they may be shown."""
    lower = 1 if any(t.type == "heading_open" and t.tag == "h1" for t in tokens) else 0
    for token in tokens:
        token.content = token.content if token.type in _FORMULAS else _shown(token.content)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + lower)}"
        elif token.type in ("th_open", "td_open"):
            token.attrs = {"class": "n"} if "right" in str(token.attrs.get("style")) else {}
        elif token.type == "inline":
            token.children = list(_inline(token.children or (), bool(_HAN.search(token.content))))


def _inline(tokens: Sequence[Token], chinese: bool) -> Iterator[Token]:
    linked = shown = False
    for token in tokens:
        token.content = token.content if token.type in _FORMULAS else _shown(token.content)
        if token.type == "link_open":
            linked, shown = True, _addressed(token)
        elif token.type == "softbreak" and chinese:
            token.type = "hardbreak"
        if token.type == "image":
            yield from _image(token, linked)
        elif token.type not in ("link_open", "link_close") or shown:
            yield token
        linked = linked and token.type != "link_close"


def _shown(text: str) -> str:
    """Text that was read: bars are bars again, and entities and addresses bring back no character that was taken out."""
    return printable(text.replace(_BAR, "|"))


def _addressed(token: Token) -> bool:
    """Whether the link leads to a page; its address is then the one that `http_url` allows."""
    url, title = http_url(str(token.attrs.get("href", ""))), printable(str(token.attrs.get("title", "")))
    token.attrs = {"href": url or "", **({"title": title} if title else {})}
    return bool(url)


def _image(token: Token, linked: bool) -> Iterator[Token]:
    """Its alt text (else the host) as a link to it."""
    from markdown_it.token import Token

    url = http_url(str(token.attrs.get("src", ""))) or ""
    words = Token("text", "", 0, content=_shown("".join(_words(token.children or ()))) or host_of(url))
    if not url or linked:
        yield words
    else:
        yield from (Token("link_open", "a", 1, attrs={"href": url}), words, Token("link_close", "a", -1))
