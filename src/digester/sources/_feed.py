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
from digester.domain.model import Enclosure, Link
from digester.domain.sources import Document
from digester.domain.text import BREAK, one_line, plain
from digester.domain.urls import http_url

_BLOCK = re.compile(r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|blockquote|pre|section|figure|hr)\b)", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"<(?=/?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|table|tr|blockquote|pre|section|article|aside|header|footer|nav|figure|figcaption|button|hr)\b)",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"\n[^\S\n]{0,99}\n")
_SAID = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\u300d)\]]*\Z")
_TWICE = re.compile(  # markup that was escaped once too often opens with a tag; a text about tags does not
    r"\s{0,99}&lt;(?:p|div|h[1-6]|ul|ol|figure|section|article|blockquote|img|a|span|strong|em|table)\b", re.IGNORECASE
)
_DATED = re.compile(  # the line of a list of news, run together: the day, what kind it is, the title
    r"\A(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}, 20\d\d(?=[A-Z])(?:(?:[A-Z][a-z]{1,20} ){0,2}"
    r"(?:Announcements?|Product|Research|Policy|Science|Engineering|Company|News|Team|Safety|Alignment|Interpretability|Impacts?|Education|Events?|Blog|Updates?|Stud(?:y|ies)|Press|Business)(?=[A-Z]))?"
)
_STAMP = re.compile(r"(?:\s[-\u2013|])?\s\(?20\d\d[/-]\d\d[/-]\d\d(?: \d\d:\d\d(?::\d\d)?)?\)?\Z")
_NUMBERED = re.compile(r"[A-Za-z]\S{0,40}\d")
_HREF = re.compile(r"""<a\s[^>]{0,500}?href\s*=\s*["']([^"'\s>]{1,2000})["'][^>]{0,500}>""", re.IGNORECASE)
_DECLARED = re.compile(rb"\s{0,99}<\?xml[^>]{1,200}?\sencoding\s{0,9}=")
_ENTITY = re.compile(rb"<!ENTITY[^>]*>?")
_WIDE_ENTITY = re.compile(rb"\x00{1,3}".join(re.escape(c.encode()) for c in "<!ENTITY"))
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_CHAPTERS = re.compile(rb"(</?[\w.-]{1,40}:)chapters\b")
_DURATION = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,7})(?:[.,]\d{0,9})?", re.ASCII)
LONGEST = 100 * 3600  # seconds; what runs longer is a typing error
_SKIP = re.compile(rb"<skipHours>(.{0,4000}?)</skipHours>", re.DOTALL)
_HOUR = re.compile(rb"<hour>\s{0,9}(\d{1,2})\s{0,9}</hour>")
MAX_HEAD = 20_000  # bytes in which a channel says how it wants to be read
MAX_FIELD = 400_000  # characters of one field; a longer one is cut before any expression sees it
MAX_TITLE = 500  # characters; recorded ones stay below 320
MAX_FILES = 50  # enclosures of one entry


def load(document: Document) -> Any:
    """feedparser's result. Raises ParseError for what is no feed: HTML pages, empty bodies, rubbish."""
    if not document.body.strip():
        raise ParseError("empty body, not a feed")
    try:
        result = _read(_undeclared(document.body), _content_type(document))
    except TypeError:  # its reader of chapters in the feed fails on one without a start, and with it the whole feed
        result = _read(_CHAPTERS.sub(rb"\1chapterlist", _undeclared(document.body)), _content_type(document))
    if not result.get("version") and not result.entries:
        what = "an HTML page" if b"<html" in document.body[:2000].lower() else "no feed format that is known"
        raise ParseError(f"not a feed: {what}")
    if not result.entries and _ENTRY.search(document.body):
        raise ParseError("a feed whose entries cannot be read: its XML is broken")
    return result


def _read(body: bytes, content_type: str) -> Any:
    import feedparser
    import feedparser.encodings

    feedparser.encodings.lazy_chardet_encoding = (
        None  # a guess that only some machines can make: the same bytes are read alike
    )
    return feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type},
        sanitize_html=False, resolve_relative_uris=False,
    )  # fmt: skip


def _undeclared(body: bytes) -> bytes:
    """Without entities of the document's own: feedparser expands those without bound. Raises ParseError when
    they stand in an encoding of several bytes a character, where no feed has them."""
    if _WIDE_ENTITY.search(body):
        raise ParseError("not a feed: it declares entities of its own")
    return _ENTITY.sub(b" ", body)


def _content_type(document: Document) -> str:
    """The media type; its charset only for a body that does not say its own and is no UTF-8. Servers add one
    to whatever they serve, so the document is believed before the header."""
    bare = document.media_type.partition(";")[0] or "application/xml"
    if document.body.startswith(b"\xef\xbb\xbf"):  # a byte order mark is stronger than any declaration
        return f"{bare}; charset=utf-8"
    if document.body.startswith((b"\xfe\xff", b"\xff\xfe")) or _DECLARED.match(document.body):
        return bare
    try:
        document.body.decode("utf-8")
        return bare
    except UnicodeDecodeError:
        return document.media_type or bare


def html_to_text(markup: str) -> str:
    """Plain text of a fragment of HTML: no tags, no script or style content, blocks apart."""
    import nh3

    markup = markup[:MAX_FIELD]
    if _TWICE.match(markup):
        markup = html.unescape(markup)
    if "<" not in markup:
        return plain(html.unescape(markup))
    bare = nh3.clean(_BLOCK.sub(" <", markup), tags=set(), clean_content_tags={"script", "style", "iframe", "noscript"})
    return plain(html.unescape(bare))


def html_to_paragraphs(markup: str) -> str:
    """The same with a BREAK behind each paragraph but the last that ends like no sentence: what a heading, a caption or the
    label of a button says is no part of the sentence that follows."""
    markup = markup[:MAX_FIELD]
    if _TWICE.match(markup):
        markup = html.unescape(markup)
    between = _PARAGRAPH if "<" in markup else _BLANK_LINE
    text = html_to_text(between.sub(rf" {BREAK} \g<0>", markup))
    pieces = [bare for piece in text.split(BREAK) if (bare := piece.strip())]
    return "".join(p if p is pieces[-1] else f"{p} " if _SAID.search(p) else f"{p} {BREAK} " for p in pieces)


def blocks(markup: str) -> list[str]:
    """The plain texts of a fragment's paragraphs, headings and list items; blocks of code are left out."""
    import nh3

    marked = _BLOCK.sub(" <hr><", markup[:MAX_FIELD])
    kept = nh3.clean(
        marked, tags={"hr"}, attributes={}, clean_content_tags={"script", "style", "iframe", "noscript", "pre"}
    )
    return [text for piece in kept.split("<hr>") if (text := plain(html.unescape(piece)))]


def markup(e: Any) -> str:
    """What an entry says: the longest of its contents and its summary."""
    return max([str(c.get("value") or "") for c in e.get("content") or ()] + [str(e.get("summary") or "")], key=len)


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
    """The title as plain text, whether the feed says it is text or HTML, without the day that a list of news ran into it."""
    raw = str(entry.get("title") or "")[:MAX_FIELD]
    title = one_line(html_to_text(raw) if "<" in raw or "&" in raw else raw, MAX_TITLE)
    bare = _STAMP.sub("", title)
    named = (
        bare if _NUMBERED.search(bare) else title
    )  # a day is all that tells the notes of one day from those of another
    return _DATED.sub("", named).strip() or title


def _size(length: object) -> int | None:
    """Bytes that a feed declares; None for what no file has: signs, words, more than 15 digits."""
    digits = str(length or "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None


def enclosures(entry: Any, base: str) -> tuple[Enclosure, ...]:
    """Enclosures and podcast:transcript (Podcasting 2.0) of an entry: of several transcripts the last."""
    transcript = entry.get("podcast_transcript")
    if isinstance(transcript, dict) and transcript.get("url") and (url := http_url(str(transcript["url"]), base)):
        return (*files(entry, base), Enclosure(url, plain(str(transcript.get("type") or "text/vtt"))[:100]))
    return files(entry, base)


def files(entry: Any, base: str) -> tuple[Enclosure, ...]:
    """Enclosures alone, each with the duration of the entry (itunes:duration)."""
    duration = clock(str(entry.get("itunes_duration") or ""))
    found = []
    for e in (entry.get("enclosures") or ())[:MAX_FILES]:
        address = str(e.get("href") or e.get("url") or "").strip()
        if address and (url := http_url(address, base)):  # an empty address would name the page itself
            found.append(Enclosure(url, plain(str(e.get("type") or ""))[:100], _size(e.get("length")), duration))
    return tuple(found)


def clock(text: str) -> str | None:
    """`HH:MM:SS` of a duration in seconds, MM:SS or HH:MM:SS; None for zero, for words and for days."""
    return stamp(at) if (at := seconds(text)) else None


def seconds(text: str) -> int | None:
    """Whole seconds of the same; None for what is no time below a hundred hours."""
    m = _DURATION.fullmatch(text.strip()[:40])
    total = int(m[1] or 0) * 3600 + int(m[2] or 0) * 60 + int(m[3]) if m else LONGEST
    return total if total < LONGEST else None


def stamp(at: int) -> str:
    return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}"


def ttl(feed: Any) -> float | None:
    """Seconds that an RSS channel may be kept (RSS 2.0 <ttl>, minutes)."""
    minutes = str(feed.feed.get("ttl") or "").strip()[:7]
    return float(minutes) * 60 if minutes.isascii() and minutes.isdigit() else None


def skip_hours(body: bytes) -> tuple[int, ...]:
    """Hours of the day, GMT, in which an RSS channel asks to be left alone (RSS 2.0 <skipHours>); 24 is 0."""
    found = _SKIP.search(body[:MAX_HEAD])
    hours = [int(h) % 24 for h in _HOUR.findall(found[1]) if int(h) <= 24] if found else []
    return tuple(sorted(set(hours)))
