"""Figures of LaTeXML pages that are one picture, and the licence that arXiv's pages state.

What is drawn in several panels, in SVG or without a caption is left out: it could not be shown as one file of pixels with what it
says. The licence stands outside the paper's own text: what a paper says of licences is about something else.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from digester.domain.licences import named
from digester.domain.pictures import TextPicture
from digester.domain.sources import Document
from digester.domain.text import plain
from digester.domain.urls import http_url
from digester.fulltext import _tree

MOST = 40  # figures of one paper
_ENDINGS = (".png", ".jpg", ".jpeg")
_STATED = "License:"
_HOSTS = ("//creativecommons.org/", "//arxiv.org/licenses/")


def pictures(tree: Any, root: Any, address: str) -> tuple[TextPicture, ...]:
    """The figures of a paper below `root`, in its order, on the host of the page alone. Call it on a tidied tree."""
    base = next((url for b in tree.iter("base") if (url := http_url(b.get("href") or "", address))), address)
    found = (_picture(figure, base) for figure in _tree.with_class(root, "ltx_figure"))
    host = urlsplit(address).hostname
    return tuple(p for p in found if p and urlsplit(p.url).hostname == host)[:MOST]


def _picture(figure: Any, base: str) -> TextPicture | None:
    images = list(figure.iter("img", "object", "embed"))
    captions = [c for c in _tree.with_class(figure, "ltx_caption") if plain(_tree.raw_text(c))]
    if len(images) != 1 or len(captions) != 1 or images[0].tag != "img":
        return None
    url = http_url(images[0].get("src") or "", base)
    if not url or not urlsplit(url).path.lower().endswith(_ENDINGS):
        return None
    return TextPicture(plain(_tree.raw_text(captions[0])), url)


def licence(tree: Any, root: Any = None) -> str:
    """The licence that the page states of the paper: by arXiv's own words or by a link, not inside `root`; "" for none."""
    inside = set(root.iter()) if root is not None else set()
    for element in tree.iter("a", "div", "span"):
        if element in inside:
            continue
        own = plain(element.text or "")
        if own.startswith(_STATED):
            return named(own)
        address = element.get("href") or ""
        if any(host in address for host in _HOSTS) and _is_of_licence(element):
            return named(address)
    return ""


def _is_of_licence(link: Any) -> bool:
    """Whether the page says that a link names the licence, as `<div class="abs-license">` and `rel=license` do."""
    marks = [e.get(name) or "" for e in (link, link.getparent()) if e is not None for name in ("class", "id", "rel")]
    return "license" in " ".join(marks)


def stated(document: Document) -> str:
    """The licence that an abstract page of arXiv states; "" for none. Raises ParseError for what is no page."""
    return licence(_tree.parse(document.body, document.media_type))
