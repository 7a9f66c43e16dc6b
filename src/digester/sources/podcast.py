"""Podcasts: a feed with files, durations, chapters, transcripts and people (RSS 2.0, itunes and podcast
namespace, github.com/Podcastindex-org/podcast-namespace; Podlove Simple Chapters, podlove.org/simple-chapters).

Feeds come through feedparser as in `rss`, but it keeps only the last of elements that repeat: its handler of
unknown tags stores attributes by tag name, and drops their text. So transcripts, people and chapters are read
from the XML itself. Where the two readings see another number of episodes nothing can be paired: the entries
stay as feedparser has them, and a note says so.

Of the transcripts those in the feed's language come first, then those that say who speaks when: `enrich` takes
the first it can read. Chapters in the feed become links into the audio (`#t=312`, W3C Media Fragments 1.0);
linked ones stay a link, since each would be a request of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import urlsplit

from digester.domain.errors import ParseError
from digester.domain.model import Enclosure, Entry, Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import plain
from digester.domain.urls import http_url
from digester.sources import _feed, _xml, rss
from digester.sources._kind import Kind

MAX_TRANSCRIPTS, MAX_PEOPLE, MAX_CHAPTERS = 20, 30, 100
CHAPTERS = "application/json+chapters"
_SAME = {
    "text/vtt": "text/vtt", "application/json": "application/json", "text/json": "application/json",
    "application/x-subrip": "application/x-subrip", "application/srt": "application/x-subrip",
    "application/x-srt": "application/x-subrip", "text/srt": "application/x-subrip", "text/html": "text/html",
}  # fmt: skip
_ENDINGS = {".vtt": "text/vtt", ".json": "application/json", ".srt": "application/x-subrip", ".html": "text/html"}
_BEST = ("text/vtt", "application/json", "application/x-subrip", "text/html")


@dataclass(frozen=True)
class Params:
    """`url` of the feed."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    url: str


class Podcast(Kind):
    name: ClassVar[str] = "podcast"
    doc: ClassVar[str] = "A podcast's feed: episodes with audio, duration, chapters, transcripts and people."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        return (Request("feed", source.params.url, rss.ACCEPT),)

    def parse(self, source: Source, document: Document) -> Parsed:
        """Episodes in feed order, one an id. Raises ParseError for what is no feed."""
        as_rss = rss.Params(source.params.url, entry_kind="episode")
        if document.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":  # JSON Feed knows files, but none of the rest
            return rss.Rss().parse(replace(source, params=as_rss), document)
        feed = _feed.load(document)
        entries = [rss.entry(as_rss, document, e) for e in feed.entries]
        notes = rss.tolerated(feed)
        try:
            channel, items = _items(document.body, len(entries))
        except ParseError as err:
            return rss.newest(rss.distinct(entries), (*notes, f"only one transcript an episode was read: {err}"))
        rows = zip(entries, feed.entries, items, strict=True)
        episodes = [_episode(x, _feed.files(e, x.url), item, channel) for x, e, item in rows]
        return rss.newest(rss.distinct(episodes), notes)


def _items(body: bytes, expected: int) -> tuple[Any, list[Any]]:
    """The channel and its items. Raises ParseError when they are not those that feedparser saw."""
    root = _xml.load(body)
    channel = next(_xml.named(root, "channel"), root)
    items = [e for parent in (root, channel) for e in _xml.named(parent, "item", "entry")]
    if len(items) != expected:
        raise ParseError(f"{len(items)} items in the XML, {expected} in the feed")
    return channel, items


def _episode(entry: Entry, files: Sequence[Enclosure], item: Any, channel: Any) -> Entry:
    spoken = next((plain(e.text or "") for e in _xml.named(channel, "language")), "")
    linked = [Enclosure(url, CHAPTERS) for e in _podcast(item, "chapters") if (url := _address(e, "url", entry.url))]
    people = _people(item) or _people(channel)
    audio = files[0].url if files else entry.url
    return replace(
        entry,
        authors=people or entry.authors,
        guests=_people(item, "guest"),
        links=tuple(dict.fromkeys((*entry.links, *_chapters(item, audio)))),
        enclosures=(*files, *_transcripts(item, entry.url, spoken), *linked[:1]),
    )


def _address(element: Any, attribute: str, base: str) -> str | None:
    """An empty address would name the page itself."""
    said = str(element.get(attribute) or "").strip()
    return http_url(said, base) if said else None


def _podcast(parent: Any, name: str) -> list[Any]:
    """Children of the podcast namespace, under each of its addresses, or by a prefix that nobody declared."""
    return [e for e in _xml.named(parent, name) if "podcast" in e.tag.rpartition(name)[0].lower()]


# ------------------------------------------------------------- transcripts
def _transcripts(item: Any, base: str, spoken: str) -> list[Enclosure]:
    """All of an episode, the best first; one an address."""
    found: dict[str, tuple[bool, int, Enclosure]] = {}
    for e in _podcast(item, "transcript")[:MAX_TRANSCRIPTS]:
        if url := _address(e, "url", base):
            media_type = _media_type(str(e.get("type") or ""), url)
            rank = _BEST.index(media_type) if media_type in _BEST else len(_BEST)
            found.setdefault(url, (_foreign(str(e.get("language") or ""), spoken), rank, Enclosure(url, media_type)))
    return [e for _, _, e in sorted(found.values(), key=lambda f: f[:2])]


def _media_type(said: str, url: str) -> str:
    """One name a format: feeds write SubRip in four ways; where a type says nothing the address does."""
    bare = plain(said).partition(";")[0].strip().lower()[:100]
    path = urlsplit(url).path.lower()
    by_name = next((t for ending, t in _ENDINGS.items() if path.endswith(ending)), "")
    return _SAME.get(bare) or by_name or bare


def _foreign(language: str, spoken: str) -> bool:
    """A transcript that says no language is in that of the feed."""
    one, other = (code.strip().lower().replace("_", "-").partition("-")[0] for code in (language, spoken))
    return bool(one and other and one != other)


# -------------------------------------------------------- people, chapters
def _people(parent: Any, role: str = "") -> tuple[str, ...]:
    """Names of the cast, or of those in it with a `role`; who has none is a host. The crew (podcast:person group) is
    left out."""
    cast = [e for e in _podcast(parent, "person") if _said(e, "group", "cast") == "cast"]
    cast = [e for e in cast if not role or _said(e, "role", "host") == role]
    names = (plain("".join(e.itertext()))[:200] for e in islice(cast, MAX_PEOPLE))
    return tuple(dict.fromkeys(n for n in names if n))


def _said(element: Any, attribute: str, usual: str) -> str:
    return str(element.get(attribute) or usual).strip().lower()


def _chapters(item: Any, audio: str) -> list[Link]:
    """Podlove Simple Chapters as links into the audio, each followed by the address it gives."""
    marks = (m for e in _xml.named(item, "chapters") for m in _xml.named(e, "chapter"))
    found = []
    for mark in islice(marks, MAX_CHAPTERS):
        start, title = str(mark.get("start") or ""), plain(str(mark.get("title") or ""))[:200]
        at = _feed.seconds(start)
        if at is not None and title:
            found.append(Link(f"{audio.partition('#')[0]}#t={at}", f"{_feed.stamp(at)} {title}"))
            found += [Link(url, title)] if (url := _address(mark, "href", audio)) else []
    return found
