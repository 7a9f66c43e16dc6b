"""Lists of feeds as other readers know them (OPML 2.0, opml.org/spec2.opml), to lines and back.

A folder's name is a tag of what is in it; nested folders each give one, and so does each name in `category`. A list comes from anywhere: no entity,
no network (`_xml.load`), and caps on its bytes, depth and outlines. Text that other programs wrote into `title`
but not into `text`, which the format requires, is taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.sources import Source
from digester.domain.text import plain
from digester.domain.urls import http_url
from digester.sources import _xml

MAX_BYTES, MAX_OUTLINES, MAX_DEPTH, MAX_TAGS = 5_000_000, 10_000, 20, 10
KINDS = ("rss", "podcast")


@dataclass(frozen=True)
class Outline:
    """A feed of a list: `tags` are its folders from the outside in, then its categories."""

    url: str
    name: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """The feeds of a list, doubles included, and what was wrong with other outlines, in words."""

    feeds: tuple[Outline, ...]
    bad: tuple[str, ...] = ()


def parse(body: bytes) -> Listed:
    """The feeds of an OPML document. Raises ParseError for what is none and for one beyond the caps."""
    if len(body) > MAX_BYTES:
        raise ParseError(f"a list of more than {MAX_BYTES} bytes is not read")
    root = _xml.load(body)
    found = next(_xml.named(root, "body"), None) if _xml.local(root).lower() == "opml" else None
    if found is None:
        raise ParseError("not OPML: no <opml> with a <body>")
    feeds: list[Outline] = []
    bad: list[str] = [] if body.rstrip().lower().endswith(b"opml>") else ["the list is cut off: its end is missing"]
    for number, (outline, folders) in enumerate(_outlines(found)):
        if number >= MAX_OUTLINES:
            raise ParseError(f"a list of more than {MAX_OUTLINES} outlines is not read")
        _sort(outline, folders, feeds, bad)
    return Listed(tuple(feeds), tuple(bad))


def _outlines(body: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every outline in document order with the names of the folders around it."""
    top: list[Any] = list(_xml.named(body, "outline"))
    waiting: list[tuple[Any, tuple[str, ...]]] = [(e, ()) for e in reversed(top)]
    while waiting:
        outline, folders = waiting.pop()
        yield outline, folders
        inner = list(_xml.named(outline, "outline"))
        if inner and len(folders) >= MAX_DEPTH:
            raise ParseError(f"a list of more than {MAX_DEPTH} folders in one another is not read")
        within = (*folders, _name(outline)) if not _is_feed(outline) else folders
        waiting += [(e, within) for e in reversed(inner)]


def _sort(outline: Any, folders: tuple[str, ...], feeds: list[Outline], bad: list[str]) -> None:
    name = _name(outline)
    if not _is_feed(outline):
        if len(outline) == 0:
            bad.append(f"{name or 'an outline without a name'}: no xmlUrl")
        return
    raw = str(outline.get("xmlUrl") or outline.get("xmlurl") or "")
    url = http_url(raw)
    if url is None or "@" in raw.partition("://")[2].split("/")[0]:  # addresses with a password are not shown either
        bad.append(f"{name or 'an outline without a name'}: its xmlUrl is no http(s) address that can be used")
        return
    categories = re.split("[,/]", str(outline.get("category") or "")[:2000])
    tags = (t for t in (*folders, *(plain(c)[:60] for c in categories)) if t)
    feeds.append(Outline(url, name or url[:120], tuple(dict.fromkeys(tags))[:MAX_TAGS]))


def _is_feed(outline: Any) -> bool:
    return outline.get("xmlUrl") is not None or outline.get("xmlurl") is not None


def _name(outline: Any) -> str:
    return plain(str(outline.get("text") or outline.get("title") or ""))[:120]


def is_feed(source: Source) -> bool:
    """Whether other readers could ask for it: a feed at an http(s) address, not behind a bridge of this workspace."""
    return source.kind in KINDS and http_url(source.params.url) is not None


def write(sources: Iterable[Source]) -> str:
    """The feeds among `sources` as OPML 2.0, a folder for each first tag; other tags as the `category` of each."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Sources"
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    for s in (s for s in sources if is_feed(s)):
        folder = _folder(body, folders, s.tags[0]) if s.tags else body
        rest = {"category": ",".join(plain(t) for t in s.tags[1:])} if s.tags[1:] else {}
        etree.SubElement(folder, "outline", {"type": "rss", "text": plain(s.name), "xmlUrl": s.params.url, **rest})
    return str(etree.tostring(root, pretty_print=True, encoding="unicode"))


def _folder(body: Any, folders: dict[str, Any], tag: str) -> Any:
    from lxml import etree

    if tag not in folders:
        folders[tag] = etree.SubElement(body, "outline", text=plain(tag))
    return folders[tag]
