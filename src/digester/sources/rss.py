"""Feeds of blogs, people and podcasts: RSS 0.9x to 2.0, Atom, RDF and JSON Feed 1.1.

`entry_kind` says what its entries are: articles, posts of a person, or episodes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal

from digester.domain.errors import ParseError
from digester.domain.ids import digest
from digester.domain.model import Enclosure, Entry, Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import BREAK, fold, language_of, one_line, plain
from digester.domain.urls import http_url
from digester.sources import _api, _feed, _github
from digester.sources._boilerplate import people, said, stars
from digester.sources._kind import Kind
from digester.sources._releases import release

STAMPED, AT_ONCE = 3, timedelta(seconds=2)  # entries that a feed dates together, and how near to each other
MAX_ENTRIES = 5_000  # of one answer; the longest recorded one has 2,125
_VERSION = re.compile(
    r"[vV]?\d{1,6}(?:\.\d{1,6}){1,3}(?:[-.+]?[a-z]{1,10}\.?\d{0,6})?"
)  # all that some changelogs give as a title
_NEVER = datetime.min.replace(tzinfo=UTC)
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True)
class Params:
    """`url` of the feed; `mirrors` are asked one after the other when it fails; `person` and `role` name the author
    of a person's posts."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    url: str
    mirrors: tuple[str, ...] = ()
    entry_kind: Literal["article", "post", "episode"] = "article"
    person: str = ""
    role: str = ""


class Rss(Kind):
    name: ClassVar[str] = "rss"
    doc: ClassVar[str] = "A feed (RSS, Atom, RDF, JSON Feed) of articles, a person's posts or podcast episodes."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        mirrors = tuple(Request("mirror", url, ACCEPT) for url in source.params.mirrors)
        return (Request("feed", source.params.url, ACCEPT, otherwise=mirrors),)

    def parse(self, source: Source, document: Document) -> Parsed:
        """Entries in feed order, one an id. Raises ParseError for what is no feed."""
        if document.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            return newest(distinct(_json_feed(source, document)))
        feed = _feed.load(document)
        entries = [_either(source, entry(source.params, document, e), e) for e in feed.entries]
        found = newest(distinct(_undated(entries)), tolerated(feed))
        return replace(found, ttl=_feed.ttl(feed), skip_hours=_feed.skip_hours(document.body))


def newest(entries: tuple[Entry, ...], notes: tuple[str, ...] = ()) -> Parsed:
    """At most MAX_ENTRIES in feed order: the newest by date, then undated ones, which feeds give newest first."""
    if len(entries) <= MAX_ENTRIES:
        return Parsed(entries, notes=notes)
    ranked = sorted(range(len(entries)), key=lambda i: entries[i].published_at or _NEVER, reverse=True)
    kept = tuple(entries[i] for i in sorted(ranked[:MAX_ENTRIES]))
    return Parsed(kept, notes=(*notes, *_api.notes(older_entries=len(entries) - len(kept))))


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
    markup = _feed.markup(e)
    text, title = said(_feed.html_to_paragraphs(markup)), _feed.title_text(e)
    author = params.person or plain(str(e.get("author") or ""))[:200]
    return Entry(
        external_id=plain(str(e.get("id") or e.get("link") or ""))[:2000] or digest(title, text),
        kind=params.entry_kind, url=base, title=title or one_line(_first(text), 120), text=text,
        authors=people((author,) if author else ()), categories=_tags(e),
        published_at=_feed.moment(e.get("published_parsed")) or _feed.moment(e.get("updated_parsed")),
        language=_language(title, text), links=_feed.links_in(markup, base),
        enclosures=_feed.enclosures(e, base),
    )  # fmt: skip


def _either(source: Source, made: Entry, e: Any) -> Entry:
    """What an article of a feed is beside that: a release on GitHub or of a list of changes, a repository that trends."""
    if made.kind != "article":
        return made
    if found := release(made, e):
        return found
    if _VERSION.fullmatch(made.title):
        return replace(made, kind="release", title=f"{source.name or source.id} {made.title}")
    m = _github.REPOSITORY_PAGE.fullmatch(made.url)
    counted = (
        stars(_feed.html_to_text(_feed.markup(e))) if m and fold(made.title).replace(" ", "") == fold(m[1]) else {}
    )
    return replace(made, kind="repository", signals=counted) if counted else made


def _undated(entries: list[Entry]) -> list[Entry]:
    """The entries without dates where a feed stamps all of them with the second of its own making: that is no date of
    theirs, and its whole backlog would be news each time."""
    dates = [e.published_at for e in entries if e.published_at]
    stamped = len(dates) == len(entries) >= STAMPED and max(dates) - min(dates) <= AT_ONCE
    return [replace(e, published_at=None) for e in entries] if stamped and all(d.second for d in dates) else entries


def _page(e: Any, base: str) -> str | None:
    """The entry's own address: its link, an id that is one, or its audio; not the feed's, which all would share."""
    link = str(e.get("link") or "").strip()
    own = (http_url(link, base) if link else None) or http_url(str(e.get("id") or ""))
    return own or next((f.url for f in _feed.files(e, base)), None)


def _first(text: str) -> str:
    """Its first paragraph, where a BREAK ends that: what an entry without a title is called."""
    return text.partition(BREAK)[0]


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
    url = http_url(_said(row.get("url")) or _said(row.get("external_url")), document.url) or document.url
    markup = _said(row.get("content_html"))
    words = (
        _feed.html_to_paragraphs(markup)
        if markup
        else plain(_said(row.get("content_text")) or _said(row.get("summary")))
    )
    text = said(words)
    title = one_line(_said(row.get("title")), _feed.MAX_TITLE) or one_line(_first(text), 120)
    own = _said(row.get("id")) or (url if url != document.url else "")  # the feed's address is nobody's own
    named = [plain(_said(p.get("name")))[:200] for p in _api.tables(row.get("authors") or [row.get("author")])[:50]]
    return Entry(
        external_id=plain(own)[:2000] or digest(title, text), kind=source.params.entry_kind, url=url, title=title, text=text,
        authors=(source.params.person,) if source.params.person else people(tuple(n for n in named if n)),
        categories=_json_tags(row.get("tags")),
        published_at=_api.moment(row.get("date_published")) or _api.moment(row.get("date_modified")),
        language=_language(title, text),
        links=_feed.links_in(markup, url) or tuple(Link(u) for u in _bare_links(text)),
        enclosures=_attached(row.get("attachments"), url),
    )  # fmt: skip


def _said(value: object) -> str:
    """A string or a number as words, of bounded length; "" for what is neither."""
    words = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value)[: _feed.MAX_FIELD] if words else ""


def _json_tags(value: object) -> tuple[str, ...]:
    return tuple(t for v in (value[:20] if isinstance(value, list) else ()) if (t := plain(_said(v))[:80]))


def _attached(value: object, base: str) -> tuple[Enclosure, ...]:
    """Attachments with an address. Their declared sizes are not read."""
    files = [(a, _api.string(a.get("url")).strip()) for a in _api.tables(value)[: _feed.MAX_FILES]]
    found = [(a, u) for a, address in files if address and (u := http_url(address, base))]
    return tuple(Enclosure(u, plain(_said(a.get("mime_type")))[:100]) for a, u in found)


def _bare_links(text: str) -> list[str]:
    return [u for m in re.findall(r"https?://[^\s<>\"')\]]{4,500}", text)[:20] if (u := http_url(m.rstrip(".,;")))]
