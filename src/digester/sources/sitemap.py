"""Sites without a feed, by their sitemap (sitemaps.org/protocol.html; RFC 9309 2.2.4 for robots.txt).

A sitemap lists addresses and when each was last changed, which is not when it was published: so the first visit
only learns what is there, and a known page that changes is no news (`dates_are_changes`). A page never seen is
news at its `lastmod`, or when it is first seen if it has none. The first visit takes more pages than the later
ones, lest an old page that is edited next week be taken for a new one.

The title is made from the address, until the page itself was read; a news sitemap states it. Pages of another
site are left out, as the protocol says. Sitemaps are XML, or text with an address a line, or either in gzip.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from digester.domain.entries import title_of_address
from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import language_of, plain
from digester.domain.urls import host_of, http_url
from digester.sources import _api, _xml
from digester.sources._kind import Kind

ACCEPT = "application/xml, text/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"
MAX_BYTES = 20_000_000  # inflated
MAX_ROWS = 50_000  # of one sitemap, as the protocol has it
MAX_MAPS, MAX_DEPTH = 5, 2
BACKLOG, UNDATED = 2_000, 1_000  # pages of a first visit, and pages without a date of any visit
FIRST, LATER, ROBOTS = "first", "later", "robots"
_CLOSED = re.compile(rb"</(?:\w{1,20}:)?(?:urlset|sitemapindex)\s{0,99}>")
_ROBOTS_LINE = re.compile(rb"(?im)^[ \t]{0,99}sitemap[ \t]{0,99}:[ \t]{0,99}([^\s#]{1,2000})")


@dataclass(frozen=True)
class Params:
    """`url` of a sitemap, a sitemap index or a robots.txt; `match`, a regular expression that is searched for in
    the path of each page; `newest`, how many of a sitemap's dated pages are taken."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    url: str
    match: str = ""
    newest: int = 30

    def __post_init__(self) -> None:
        try:
            re.compile(self.match)
        except (re.error, OverflowError, RecursionError) as err:
            raise ValueError(f"match is no regular expression: {err}") from None
        if self.newest < 1:
            raise ValueError("newest must be at least 1")


@dataclass(frozen=True)
class Row:
    """A <url> or <sitemap>. `title` and a published date stand in news sitemaps only."""

    url: str
    at: datetime | None
    title: str = ""


class Sitemap(Kind):
    name: ClassVar[str] = "sitemap"
    doc: ClassVar[str] = "Pages of a site without a feed, by its sitemap; what is there at the first visit is no news."
    Params: ClassVar[type] = Params
    dates_are_changes: ClassVar[bool] = True

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        visit, url = FIRST if state.succeeded_at is None else LATER, source.params.url
        what = ROBOTS if urlsplit(url).path.endswith("/robots.txt") else "0"
        return (Request(f"{visit}:{what}", url, ACCEPT),)

    def parse(self, source: Source, document: Document) -> Parsed:
        """Pages, newest first, or the sitemaps to ask next. Raises ParseError for what is no sitemap."""
        visit, _, what = document.request.route.partition(":")
        body = _inflated(document.body)
        if not body.strip():
            raise ParseError("empty body, not a sitemap")
        if what == ROBOTS:
            return _named_in_robots(body, visit, document.url)
        if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
            return _pages(source, visit, _text_rows(body))
        root = _xml.load(body)
        kind = _xml.local(root)
        if len(root) and not _CLOSED.search(body.replace(b"\x00", b"")) and kind in ("urlset", "sitemapindex"):
            raise ParseError("a sitemap that is cut off: its last address may be half of one")
        if kind == "sitemapindex":
            return _maps(_rows(root, "sitemap", document.url), visit, int(what) + 1 if what.isdigit() else MAX_DEPTH)
        if kind != "urlset":
            raise ParseError(f"not a sitemap: its root is <{kind[:40]}>")
        return _pages(source, visit, _rows(root, "url", document.url))


def _inflated(body: bytes) -> bytes:
    """The body, out of gzip when it is in one: `sitemap.xml.gz` is a file, not a Content-Encoding."""
    if body[:2] != b"\x1f\x8b":
        return body
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        inflated = inflater.decompress(body, MAX_BYTES + 1)
    except zlib.error:
        raise ParseError("broken gzip, not a sitemap") from None
    if len(inflated) > MAX_BYTES:
        raise ParseError(f"a sitemap of more than {MAX_BYTES // 1_000_000} MB")
    if not inflater.eof:
        raise ParseError("a sitemap whose gzip is cut off")
    return inflated


# -------------------------------------------------------------------- rows
def _rows(root: Any, name: str, base: str) -> list[Row]:
    found: list[Row] = []
    for element in _xml.named(root, name):
        if len(found) == MAX_ROWS:
            break
        said = {_xml.local(e): e for e in element}
        loc = _text(said.get("loc"))
        if url := (http_url(loc) or http_url(loc, base)) if loc else None:
            news = {_xml.local(e): e for e in said.get("news", ())}
            at = _moment(_text(news.get("publication_date"))) or _moment(_text(said.get("lastmod")))
            found.append(Row(url, at, plain(_text(news.get("title")))[:500]))
    return found


def _text_rows(body: bytes) -> list[Row]:
    """An address a line; what has none is no sitemap."""
    lines = body.decode("utf-8-sig", "replace").splitlines()[:MAX_ROWS]
    found = [Row(url, None) for line in lines if (url := http_url(line))]
    if not found:
        raise ParseError("not a sitemap: neither XML nor a list of addresses")
    return found


def _text(element: Any) -> str:
    return (element.text or "").strip() if element is not None else ""


def _moment(text: str) -> datetime | None:
    """A W3C date or date and time; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text[:40])
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


# -------------------------------------------------------------------- maps
def _named_in_robots(body: bytes, visit: str, base: str) -> Parsed:
    named = (http_url(m.decode("utf-8", "replace"), base) for m in _ROBOTS_LINE.findall(body[:500_000]))
    rows = [Row(url, None) for url in dict.fromkeys(u for u in named if u)]
    if not rows:
        raise ParseError("robots.txt that names no sitemap")
    return _maps(rows, visit, 0)


def _maps(rows: Sequence[Row], visit: str, depth: int) -> Parsed:
    """The newest sitemaps of an index as what to ask next."""
    if depth > MAX_DEPTH:
        raise ParseError("a sitemap index within an index within an index")
    rows = list({r.url: r for r in rows}.values())
    kept = _newest(rows, MAX_MAPS, MAX_MAPS)[:MAX_MAPS]
    asks = tuple(Request(f"{visit}:{depth}", r.url, ACCEPT) for r in kept)
    return Parsed(next_requests=asks, notes=_api.notes(older_sitemaps=len(rows) - len(kept)))


# ------------------------------------------------------------------- pages
def _pages(source: Source, visit: str, rows: Sequence[Row]) -> Parsed:
    p, wanted, site = source.params, re.compile(source.params.match), host_of(source.params.url)
    own: dict[str, Row] = {}
    strange = 0
    for row in rows:
        parts = urlsplit(row.url)
        if parts.path == "/" or not wanted.search(parts.path[:2000]):
            continue
        if _of_site(parts.hostname or "", site):
            own.setdefault(row.url, row)
        else:
            strange += 1
    kept = _newest(list(own.values()), BACKLOG if visit == FIRST else p.newest, UNDATED)
    undated = sum(r.at is None for r in own.values()) - sum(r.at is None for r in kept)
    left = _api.notes(pages_of_other_sites=strange, pages_without_a_date=undated)
    return Parsed(tuple(_entry(r) for r in kept), notes=left)


def _of_site(host: str, site: str) -> bool:
    """The site itself, with or without `www`, and what is below it."""
    return host == site or host.endswith("." + site)


def _newest(rows: Sequence[Row], dated: int, undated: int) -> list[Row]:
    """The newest by date, and behind them those without one in the order of the sitemap: nobody knows which of
    these are new, so there is room for all that a small site has."""
    known = sorted(((r.at, r) for r in rows if r.at), key=lambda x: x[0], reverse=True)
    return [r for _, r in known[:dated]] + [r for r in rows if r.at is None][:undated]


def _entry(row: Row) -> Entry:
    title = row.title or title_of_address(row.url)
    return Entry(
        external_id=row.url[:2000],
        kind="article",
        url=row.url,
        title=title,
        published_at=row.at,
        language=language_of(title),
    )
