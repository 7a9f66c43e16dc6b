"""A feed as bytes: RSS 2.0 (with content:encoded), Atom (RFC 4287), JSON Feed 1.1.

The elements are few, so they are written here rather than by a library. Without a public address RSS and JSON Feed,
which know absolute addresses only, name none; Atom's links are relative to the feed's file. RSS cannot do without a link
of the channel, which must be a URL: it gets one of the domain that is kept for names that lead nowhere (RFC 6761, 6.4)
and says why.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as ET

from digester.domain.cut import octets
from digester.outputs._feed_view import Channel, Entry, relative

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_ATOM = "http://www.w3.org/2005/Atom"
_NOWHERE = "https://site-url-is-not-set.invalid/"


def rss(feed: Channel) -> bytes:
    root = ET.Element("rss", {
        "version": "2.0", "xmlns:atom": _ATOM, "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    })  # fmt: skip
    top = ET.SubElement(root, "channel")
    _add(top, "title", feed.title)
    _add(top, "link", feed.home_url or _NOWHERE)
    _add(top, "description", feed.about)
    _add(top, "language", feed.lang)
    _add(top, "lastBuildDate", format_datetime(feed.updated.astimezone(UTC), usegmt=True))
    _add(top, "generator", "digester")
    if feed.url:
        ET.SubElement(top, "atom:link", href=feed.url, rel="self", type="application/rss+xml")
    for entry in feed.entries:
        _rss_item(ET.SubElement(top, "item"), entry, feed.author)
    return _xml(root)


def _rss_item(item: ET.Element, entry: Entry, author: str) -> None:
    """The description is escaped twice: readers take it for HTML, and it is text."""
    _add(item, "title", entry.title)
    if entry.url:
        _add(item, "link", entry.url)
    _add(item, "guid", entry.id, isPermaLink="false")
    _add(item, "pubDate", format_datetime(entry.published.astimezone(UTC), usegmt=True))
    _add(item, "atom:updated", _moment(entry.updated))
    _add(item, "dc:creator", author)
    for tag in entry.tags:
        _add(item, "category", tag)
    _add(item, "description", html.escape(entry.summary, quote=False))
    _add(item, "content:encoded", entry.content)


def atom(feed: Channel) -> bytes:
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.lang})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", _moment(feed.updated))
    _add(ET.SubElement(root, "author"), "name", feed.author)
    _add(root, "generator", "digester")
    ET.SubElement(
        root, "link", href=feed.url or relative(feed.path, feed.path), rel="self", type="application/atom+xml"
    )
    ET.SubElement(
        root, "link", href=feed.home_url or relative(feed.home_path, feed.path), rel="alternate", type="text/html"
    )
    for entry in feed.entries:
        _atom_entry(ET.SubElement(root, "entry"), entry, feed.path)
    return _xml(root)


def _atom_entry(item: ET.Element, entry: Entry, start: str) -> None:
    _add(item, "id", entry.id)
    _add(item, "title", entry.title)
    ET.SubElement(item, "link", href=entry.url or relative(entry.path, start), rel="alternate", type="text/html")
    _add(item, "published", _moment(entry.published))
    _add(item, "updated", _moment(entry.updated))
    for tag in entry.tags:
        ET.SubElement(item, "category", term=tag)
    _add(item, "summary", entry.summary)
    _add(item, "content", entry.content, type="html")


def json_feed(feed: Channel) -> bytes:
    made = _present({
        "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "description": feed.about,
        "home_page_url": feed.home_url, "feed_url": feed.url, "language": feed.lang,
        "authors": [{"name": feed.author}], "items": [_json_item(entry, feed.lang) for entry in feed.entries],
    })  # fmt: skip
    return octets(f"{json.dumps(made, ensure_ascii=False, indent=1)}\n")


def _json_item(entry: Entry, lang: str) -> dict[str, Any]:
    return _present({
        "id": entry.id, "url": entry.url, "title": entry.title, "summary": entry.summary, "content_html": entry.content,
        "date_published": _moment(entry.published), "date_modified": _moment(entry.updated), "language": lang,
        "tags": list(entry.tags),
    })  # fmt: skip


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value != ""}


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _moment(value: datetime) -> str:
    """RFC 3339 in whole seconds, UTC."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return octets(f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n")


FORMATS: Mapping[str, Callable[[Channel], bytes]] = {"feed.xml": rss, "atom.xml": atom, "feed.json": json_feed}
