"""From an address, or a page's bytes, to the lines of sources.yaml that could follow it.

Order of belief: an address whose service is known by its form; a feed or sitemap at the very address; what the page
itself names (`<link rel=alternate>` with the type of a feed: html.spec.whatwg.org, "Link type alternate", and
rssboard.org/rss-autodiscovery); five places where feeds often are; the sitemap that robots.txt names (RFC 9309 2.2.4).
`application/json` is no type of a feed here: WordPress names its API by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, Source
from digester.domain.text import plain
from digester.domain.urls import host_of, http_url
from digester.sources import _feed, rss

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
PLACES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
MAX_PAGE, MAX_LINKS = 3_000_000, 5
_REPOSITORY = re.compile(r"/([A-Za-z0-9-]{1,39})/([A-Za-z0-9._-]{1,100}?)(?:\.git)?(?:/releases(?:\.atom)?)?/?")
_TOPIC = re.compile(r"/topics/([A-Za-z0-9][A-Za-z0-9-]{0,49})/?")
_NO_OWNERS = frozenset(
    {"trending", "topics", "sponsors", "features", "orgs", "settings", "about", "search", "marketplace", "collections",
     "apps", "users", "login", "explore"}
)  # fmt: skip
_X_NAME = re.compile(r"/@?([A-Za-z0-9_]{1,15})/?")
_NO_ACCOUNTS = frozenset(
    {"home", "explore", "search", "i", "settings", "intent", "share", "login", "signup", "hashtag", "compose",
     "notifications", "messages", "tos", "privacy"}
)  # fmt: skip
_BSKY = re.compile(r"/profile/([A-Za-z0-9.:_-]{3,253})/?")
_ACCOUNT = re.compile(r"/@([A-Za-z0-9_.-]{1,64}(?:@[A-Za-z0-9.-]{3,253})?)/?", re.ASCII)
_AT_ELSEWHERE = frozenset({"medium.com", "youtube.com", "tiktok.com", "threads.net", "threads.com", "substack.com"})
_FEED_LIKE = re.compile(r"(?i)(?:^|[/._-])(?:feeds?|rss|atom|index\.xml)(?:$|[/._-])|\.(?:xml|rss|atom|json)$")


@dataclass(frozen=True)
class Candidate:
    """A source that could be added: its kind, the kind's parameters and a name for people."""

    kind: str
    params: Mapping[str, Any]
    name: str = ""


@dataclass(frozen=True)
class Reading:
    """What a document is. `kind` is rss, podcast or sitemap, or "" for a page, whose `links` are the feeds it names."""

    kind: str = ""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    links: tuple[str, ...] = field(default=())


def by_address(url: str) -> Candidate | None:
    """The source that an address stands for by its form alone; a Mastodon profile is a guess that must be tried."""
    host, path = host_of(url), urlsplit(url).path
    if host == "github.com" and (m := _TOPIC.fullmatch(path)):
        return Candidate("github_topic", {"topics": [m[1].lower()]}, f"GitHub topic {m[1].lower()}")
    if host == "github.com" and (m := _REPOSITORY.fullmatch(path)) and m[1].lower() not in _NO_OWNERS:
        return Candidate("github_releases", {"repositories": [f"{m[1]}/{m[2]}"]}, f"{m[2]} releases")
    if host in ("x.com", "twitter.com", "mobile.twitter.com"):
        m = _X_NAME.fullmatch(path)
        return Candidate("x", {"account": m[1]}, m[1]) if m and m[1].lower() not in _NO_ACCOUNTS else None
    if host == "bsky.app" and (m := _BSKY.fullmatch(path)):
        return Candidate("bluesky", {"actor": m[1]}, m[1])
    if host not in _AT_ELSEWHERE and (m := _ACCOUNT.fullmatch(path)):
        return Candidate("mastodon", {"instance": urlsplit(url).netloc, "account": m[1]}, m[1])
    return None


def looks_like_a_feed(url: str) -> bool:
    """Whether the address is one made for programs, by its path: no robots.txt is asked for those."""
    return bool(_FEED_LIKE.search(urlsplit(url).path))


def places(url: str) -> tuple[str, ...]:
    """The addresses at the root of a site where its feed may be."""
    return tuple(urljoin(url, place) for place in PLACES)


def read(document: Document) -> Reading:
    """What came back for an address: a feed with its figures, a sitemap, or a page and the feeds it names."""
    try:
        return _feed_reading(document)
    except ParseError:
        pass
    if re.search(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]", document.body[:5000]):
        return Reading("sitemap")
    return Reading(title=_title(document.body), links=feed_links(document.body, document.url))


def _feed_reading(document: Document) -> Reading:
    source = Source("found", "rss", "found", rss.Params(document.url))
    entries = rss.Rss().parse(source, document).entries
    heard = sum(any(f.media_type.startswith("audio/") for f in e.enclosures) for e in entries)
    kind = "podcast" if _is_xml(document) and heard * 2 > len(entries) else "rss"
    return Reading(kind, _feed_title(document), len(entries), _newest(entries))


def _is_xml(document: Document) -> bool:
    return document.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def _newest(entries: tuple[Entry, ...]) -> datetime | None:
    return max((e.published_at for e in entries if e.published_at), default=None)


def _feed_title(document: Document) -> str:
    if _is_xml(document):
        return _feed.title_text(_feed.load(document).feed)[:120]
    import json

    return plain(str(json.loads(document.body.decode("utf-8-sig")).get("title") or ""))[:120]


def feed_links(body: bytes, url: str) -> tuple[str, ...]:
    """The feeds that a page names, in its order, those of comments last; at most five, absolute http(s)."""
    root = _tree(body)
    if root is None:
        return ()
    base = next((http_url(b.get("href") or "", url) for b in root.iter("base") if b.get("href")), None) or url
    found: dict[str, bool] = {}
    for link in root.iter("link"):
        href = str(link.get("href") or "").strip()
        address = http_url(href, base) if href and _names_a_feed(link) else None
        if address:
            found.setdefault(address, "comment" in f"{link.get('title') or ''} {href}".lower())
    return tuple(sorted(found, key=lambda a: found[a]))[:MAX_LINKS]


def _names_a_feed(link: Any) -> bool:
    kind = str(link.get("type") or "").split(";")[0].strip().lower()
    return kind in TYPES and "alternate" in str(link.get("rel") or "").lower().split()


def _title(body: bytes) -> str:
    root = _tree(body)
    found = root.find(".//title") if root is not None else None
    return plain(str(found.text or ""))[:120] if found is not None else ""


def _tree(body: bytes) -> Any:
    """lxml's tree of a page, None for what is none; nothing is fetched for it."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(body[:MAX_PAGE], parser)
    except (etree.LxmlError, ValueError):
        return None


def sitemap_of(robots: bytes, url: str) -> str | None:
    """The sitemap that a robots.txt at `url` names: the one, or the robots.txt itself when it names several."""
    found = dict.fromkeys(re.findall(rb"(?im)^[ \t]{0,99}sitemap[ \t]{0,99}:[ \t]{0,99}([^\s#]{1,2000})", robots))
    named = [u for m in found if (u := http_url(m.decode("utf-8", "replace"), url))]
    return (named[0] if len(named) == 1 else url) if named else None
