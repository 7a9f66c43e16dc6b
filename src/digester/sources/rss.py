"""Feeds of blogs, people and podcasts: RSS 0.9x to 2.0, Atom, RDF and JSON Feed 1.1.

`entry_kind` says what its entries are: articles, posts of a person, or episodes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

from digester.domain.errors import ParseError
from digester.domain.ids import digest
from digester.domain.model import Document, Enclosure, Entry, FetchState, Link, Parsed, Request, Source
from digester.domain.text import language_of, one_line, plain
from digester.domain.urls import http_url
from digester.sources import _feed

ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True)
class Params:
    """`url` of the feed; `person` and `role` name the author of a person's posts."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    url: str
    entry_kind: Literal["article", "post", "episode"] = "article"
    person: str = ""
    role: str = ""


class Rss:
    name: ClassVar[str] = "rss"
    doc: ClassVar[str] = "A feed (RSS, Atom, RDF, JSON Feed) of articles, a person's posts or podcast episodes."
    Params: ClassVar[type] = Params
    papers: ClassVar[bool] = False

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        return (Request("feed", source.params.url, ACCEPT),)

    def fingerprint(self, document: Document) -> str:
        return hashlib.sha256(document.body).hexdigest()

    def parse(self, source: Source, document: Document) -> Parsed:
        """Entries in feed order, one an id. Raises ParseError for what is no feed."""
        if document.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return Parsed(distinct(_json_feed(source, document)))
        feed = _feed.load(document)
        entries = [entry(source.params, document, e) for e in feed.entries]
        return Parsed(distinct(entries), notes=tolerated(feed))


def tolerated(feed: Any) -> tuple[str, ...]:
    """A note for a feed that is no well-formed XML."""
    return (f"malformed, read with tolerance: {type(feed.get('bozo_exception')).__name__}",) if feed.bozo else ()


def distinct(entries: list[Entry]) -> tuple[Entry, ...]:
    """One entry an id. Feeds that give different entries one id (a constant guid) get ids of our own for those."""
    same = Counter(e.external_id for e in {(e.external_id, e.url, e.title): e for e in entries}.values())
    named = [
        replace(e, external_id=digest(e.external_id, e.url, e.title)) if same[e.external_id] > 1 else e for e in entries
    ]
    return tuple({e.external_id: e for e in reversed(named)}.values())[::-1]


def entry(params: Params, document: Document, e: Any) -> Entry:
    """One entry of feedparser's as ours; also for kinds that read a feed and add to it."""
    base = _page(e, document.url) or document.url
    markup = max([str(c.get("value") or "") for c in e.get("content") or ()] + [str(e.get("summary") or "")], key=len)
    text, title = _feed.html_to_text(markup), _feed.title_text(e)
    author = params.person or plain(str(e.get("author") or ""))[:200]
    return Entry(
        external_id=plain(str(e.get("id") or e.get("link") or ""))[:2000] or digest(title, text),
        kind=params.entry_kind, url=base, title=title or one_line(text, 120), text=text,
        authors=(author,) if author else (), categories=_tags(e),
        published_at=_feed.moment(e.get("published_parsed")) or _feed.moment(e.get("updated_parsed")),
        language=_language(title, text), links=_feed.links_in(markup, base),
        enclosures=_feed.enclosures(e, base),
    )  # fmt: skip


def _page(e: Any, base: str) -> str | None:
    """The entry's own address: its link, an id that is one, or its audio; not the feed's, which all would share."""
    link = str(e.get("link") or "").strip()
    own = (http_url(link, base) if link else None) or http_url(str(e.get("id") or ""))
    return own or next((f.url for f in _feed.files(e, base)), None)


def _tags(e: Any) -> tuple[str, ...]:
    return tuple(plain(str(t.get("term") or ""))[:80] for t in (e.get("tags") or ())[:20] if t.get("term"))


def _language(title: str, text: str) -> str:
    return language_of(f"{title} {text[:2000]}")


def _json_feed(source: Source, document: Document) -> list[Entry]:
    """JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(document.body.decode("utf-8-sig"))
        version, rows = str(feed["version"]), feed["items"]
    except (ValueError, KeyError, TypeError, RecursionError) as err:
        raise ParseError(f"not a feed: JSON without version and items ({type(err).__name__})") from None
    if "jsonfeed.org" not in version or not isinstance(rows, list):
        raise ParseError("not a feed: JSON of another kind")
    return [_json_entry(source, document, row) for row in rows if isinstance(row, dict)]


def _json_entry(source: Source, document: Document, row: dict[str, Any]) -> Entry:
    url = http_url(str(row.get("url") or row.get("external_url") or ""), document.url) or document.url
    markup = str(row.get("content_html") or "")
    text = _feed.html_to_text(markup) if markup else plain(str(row.get("content_text") or row.get("summary") or ""))
    title = plain(str(row.get("title") or "")) or one_line(text, 120)
    people = row.get("authors") or ([row["author"]] if isinstance(row.get("author"), dict) else [])
    named = [plain(str(p.get("name") or "")) for p in people if isinstance(p, dict)] if isinstance(people, list) else []
    authors = (source.params.person,) if source.params.person else tuple(n for n in named if n)
    files = [a for a in row.get("attachments") or () if isinstance(a, dict)]
    return Entry(
        external_id=plain(str(row.get("id") or url))[:2000], kind=source.params.entry_kind, url=url, title=title, text=text,
        authors=authors,
        categories=tuple(plain(str(t))[:80] for t in row.get("tags") or ()),
        published_at=_iso(row.get("date_published")) or _iso(row.get("date_modified")),
        language=_language(title, text),
        links=_feed.links_in(markup, url) or tuple(Link(u) for u in _bare_links(text)),
        enclosures=tuple(
            Enclosure(u, str(a.get("mime_type") or "")) for a in files if (u := http_url(str(a.get("url") or ""), url))
        ),
    )  # fmt: skip


def _bare_links(text: str) -> list[str]:
    return [u for m in re.findall(r"https?://[^\s<>\"')\]]{4,500}", text)[:20] if (u := http_url(m.rstrip(".,;")))]


def _iso(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):  # no date, or one at the edge of the calendar
        return None
