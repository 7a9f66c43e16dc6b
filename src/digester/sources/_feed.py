"""Shared by kinds that read feeds: bytes to feedparser's view of RSS, Atom and RDF, and its values to ours.

feedparser gets a stream, never bytes or a string: it opens files and URLs whose name it is given. Its own
sanitiser and link resolver are off (slow, retired by its maintainer); `html_to_text` and
`domain.urls.http_url` are the choke points instead.
"""

from __future__ import annotations

import calendar
import html
import io
import re
from datetime import UTC, datetime
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.model import Document, Enclosure, Link
from digester.domain.text import plain
from digester.domain.urls import http_url

_BLOCK = re.compile(r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|blockquote|pre|section|figure|hr)\b)", re.IGNORECASE)
_HREF = re.compile(r"""<a\s[^>]{0,500}?href\s*=\s*["']([^"'\s>]{1,2000})["'][^>]{0,500}>""", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
MAX_FIELD = 400_000  # characters of one field; a longer one is cut before any expression sees it


def load(document: Document) -> Any:
    """feedparser's result. Raises ParseError for what is no feed: HTML pages, empty bodies, rubbish."""
    import feedparser

    if not document.body.strip():
        raise ParseError("empty body, not a feed")
    result = feedparser.parse(
        io.BytesIO(document.body),
        response_headers={"content-type": document.media_type or "application/xml"},
        sanitize_html=False, resolve_relative_uris=False,
    )  # fmt: skip
    if not result.get("version") and not result.entries:
        what = "an HTML page" if b"<html" in document.body[:2000].lower() else "no feed format that is known"
        raise ParseError(f"not a feed: {what}")
    if not result.entries and _ENTRY.search(document.body):
        raise ParseError("a feed whose entries cannot be read: its XML is broken")
    return result


def html_to_text(markup: str) -> str:
    """Plain text of a fragment of HTML: no tags, no script or style content, blocks apart."""
    import nh3

    markup = markup[:MAX_FIELD]
    if "<" not in markup:
        return plain(html.unescape(markup))
    bare = nh3.clean(_BLOCK.sub(" <", markup), tags=set(), clean_content_tags={"script", "style", "iframe", "noscript"})
    return plain(html.unescape(bare))


def links_in(markup: str, base: str) -> tuple[Link, ...]:
    """The http(s) links of a fragment, in order, without doubles, at most 50."""
    found = (http_url(html.unescape(m), base) for m in _HREF.findall(markup[:MAX_FIELD]))
    return tuple(Link(url) for url in list(dict.fromkeys(u for u in found if u))[:50])


def moment(parsed: Any) -> datetime | None:
    """feedparser's struct_time (UTC) as a datetime; None for none and for what no calendar knows."""
    if not parsed:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, TypeError, OSError):
        return None


def title_text(entry: Any) -> str:
    """The title as plain text, whether the feed says it is text or HTML."""
    raw = str(entry.get("title") or "")[:MAX_FIELD]
    return html_to_text(raw) if "<" in raw or "&" in raw else plain(raw)


def enclosures(entry: Any, base: str) -> tuple[Enclosure, ...]:
    """Enclosures and podcast:transcript (Podcasting 2.0) of an entry."""
    duration = plain(str(entry.get("itunes_duration") or ""))[:20] or None
    found = []
    for e in entry.get("enclosures") or ():
        address = str(e.get("href") or e.get("url") or "").strip()
        if address and (url := http_url(address, base)):  # an empty address would name the page itself
            length = str(e.get("length") or "")
            found.append(
                Enclosure(
                    url, plain(str(e.get("type") or ""))[:100], int(length[:15]) if length.isdigit() else None, duration
                )
            )
    transcript = entry.get("podcast_transcript")
    if isinstance(transcript, dict) and transcript.get("url") and (url := http_url(str(transcript["url"]), base)):
        found.append(Enclosure(url, plain(str(transcript.get("type") or "text/vtt"))[:100]))
    return tuple(found)
