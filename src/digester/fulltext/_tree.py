"""Shared by extractors that read HTML themselves: bytes to a tree, and a tree to text without recursion.

lxml's parser is lenient and bounded (no huge trees, no network, libxml2's depth limit). Text is taken from
a tree that was tidied first: what is not text is dropped, formulas become their TeX, and blocks stand
apart, so that two table cells never read as one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from digester.domain.errors import ParseError

MAX_BYTES, MAX_TEX = 20_000_000, 5_000
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_APART = frozenset(
    ("br", "p", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "section", "table", "dd",
     "dt")
)  # fmt: skip
_BROWSERS_READ = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252"}
_NO_TEXT = (
    "script", "style", "template", "noscript", "svg", "button", "select", "nav", "form", "dialog", "iframe",
)  # fmt: skip
_TEX_SPACE = re.compile(
    r"%[ \t]{0,9}\n\s{0,99}|\\(?:[,;:! ]|(?:quad|qquad|displaystyle|textstyle|left|right|big|Big)\b)"
)
_TEX_GROUPED = re.compile(r"\{([,.]?)\}")  # `1{,}000`, `{}^{1}`
_TEX_FONT = re.compile(
    r"\\(?:operatorname\*?|math(?:bb|sf|it|tt|rm|bf|cal|frak)|boldsymbol|bm|mbox|text\w{0,6})"
    r"\{([^{}]{0,300})\}"
)
_TEX_FRACTION = re.compile(r"\\[td]?frac\{([\w.]{1,20})\}\{([\w.]{1,20})\}")


def parse(body: bytes, media_type: str = "") -> Any:
    """The tree of an HTML page. Raises ParseError for empty and oversized bodies and for what is no HTML."""
    from lxml import etree
    from lxml import html as lxml_html

    if not body.strip(b"\x00 \t\r\n"):
        raise ParseError("empty page")
    if len(body) > MAX_BYTES:
        raise ParseError(f"page of more than {MAX_BYTES // 1_000_000} MB")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return lxml_html.document_fromstring(decode(body, media_type).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as err:
        raise ParseError(f"not HTML: {str(err)[:120]}") from None


def decode(body: bytes, media_type: str = "") -> str:
    """The text of a page: by byte order mark, header or <meta>, else UTF-8. One bad byte changes no other:
    it becomes U+FFFD in what the page says it is."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace").replace("\x00", "")
    labels = [*_labels(body, media_type), "utf-8"]
    fitting = (text for label in labels if (text := _decoded(body, label)) is not None)
    text = next(fitting, None) or _decoded(body, labels[0], "replace") or body.decode("utf-8", "replace")
    return text.replace("\x00", "")


def _labels(body: bytes, media_type: str) -> list[str]:
    header = re.search(r"charset\s{0,9}=\s{0,9}[\"']?([\w:.-]{2,40})", media_type, re.IGNORECASE)
    meta = _CHARSET.search(body[:4096])
    return [m for m in (header[1] if header else "", meta[1].decode("ascii") if meta else "") if m]


def _decoded(body: bytes, label: str, errors: str = "strict") -> str | None:
    """By `label`, gb2312 and latin-1 as browsers read them (WHATWG); None when that does not fit."""
    label = _BROWSERS_READ.get(label.lower(), label)
    try:
        return body.decode(label, errors)
    except (LookupError, ValueError):
        return None


def has_class(element: Any, *names: str) -> bool:
    """True when the element carries one of the class names."""
    carried = (element.get("class") or "").split()
    return any(name in carried for name in names)


def with_class(tree: Any, name: str) -> list[Any]:
    """Descendants that carry the class, in document order."""
    return [e for e in tree.iter() if isinstance(e.tag, str) and has_class(e, name)]


def drop(element: Any) -> None:
    """Removes an element, keeping what follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def tidy(tree: Any) -> None:
    """Drops what is no text, turns formulas into TeX and sets blocks apart by a space. Changes the tree."""
    for element in list(tree.iter(*_NO_TEXT)):
        drop(element)
    for math in list(tree.iter("math")):
        tex, tail = _tex_of(math), math.tail
        math.clear()
        math.text, math.tail = tex, tail
    for element in tree.iter():
        if element.tag in _APART:
            element.tail = " " + (element.tail or "")


def _tex_of(math: Any) -> str:
    """The TeX of a formula: its annotation, else alttext, else its text."""
    notes = [n for n in math.iter("annotation") if n.get("encoding") == "application/x-tex"]
    tex = (notes[0].text if notes else None) or math.get("alttext") or "".join(math.itertext())
    tex = _TEX_GROUPED.sub(r"\1", _TEX_SPACE.sub(" ", tex[:MAX_TEX]))
    for _ in range(2):
        tex = _TEX_FONT.sub(r"\1", tex)
    return " ".join(_TEX_FRACTION.sub(r"\1/\2", tex).split())


def raw_text(element: Any) -> str:
    return "".join(element.itertext())


def outermost(root: Any, wanted: Any, skipped: Any) -> Iterator[Any]:
    """Descendants for which `wanted` holds, in order, none inside another, none inside a `skipped` one."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or skipped(element):
            continue
        if wanted(element):
            yield element
        else:
            stack.extend(reversed(element))
