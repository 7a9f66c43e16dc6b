"""A person's posts on Bluesky, from the public AppView (no account, no key).

docs.bsky.app/docs/api/app-bsky-feed-get-author-feed. The filter is `posts_and_author_threads`: with
`posts_no_replies` the AppView drops the author's own replies too, so no thread could be joined; with this
one it gives a reply only when the feed holds its whole thread. Reposts are another's words and are counted,
not taken. Facets (docs.bsky.app/docs/advanced-guides/post-richtext) point at bytes of the UTF-8 text; apps
shorten addresses there, and the full one is put back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from digester.domain.model import Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.urls import http_url
from digester.sources import _api, _posts
from digester.sources._kind import Kind
from digester.sources._posts import Post

SERVICE = "Bluesky"
PAGE = 50
_POST = re.compile(r"at://(did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,300})/app\.bsky\.feed\.post/([A-Za-z0-9._~:-]{1,512})")
_HANDLE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,10}[a-z][a-z0-9-]{0,62}", re.IGNORECASE)
_SCHEME = re.compile(r"https?://(?:www\.)?|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class Params:
    """`actor` is a handle or DID; `person` and `role` name the author; `site` the AppView."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    actor: str
    person: str = ""
    role: str = ""
    site: str = "public.api.bsky.app"


class Bluesky(Kind):
    name: ClassVar[str] = "bluesky"
    doc: ClassVar[str] = "A person's posts on Bluesky, threads joined, links expanded, without reposts."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        asked = urlencode({"actor": p.actor.lstrip("@"), "limit": PAGE, "filter": "posts_and_author_threads"})
        return (Request("feed", f"https://{p.site}/xrpc/app.bsky.feed.getAuthorFeed?{asked}", _api.ACCEPT),)

    def parse(self, source: Source, document: Document) -> Parsed:
        answer = _api.load(document, SERVICE)
        _api.said(answer, SERVICE)
        rows = _api.listed(_api.table(answer).get("feed"), SERVICE, "a feed")[: _posts.MAX_ROWS]
        own = [row for row in rows if not _is_repost(row)]
        posts = [p for row in own if (p := _post(_api.table(_api.table(row).get("post")))) is not None]
        _api.all_unread(len(posts), len(own), SERVICE)
        return _posts.parsed(posts, source.params.person, len(rows) - len(own), len(own) - len(posts))


def _is_repost(row: object) -> bool:
    reason = _api.table(_api.table(row).get("reason"))
    return _api.string(reason.get("$type")).endswith("#reasonRepost")


def _post(post: Mapping[str, Any]) -> Post | None:
    """None for what has no address or no record of a post."""
    uri, record, author = _api.string(post.get("uri")), _api.table(post.get("record")), _api.table(post.get("author"))
    at, url = _POST.fullmatch(uri), _address(uri, author)
    if at is None or url is None or not isinstance(record.get("text"), str):
        return None
    reply = _api.table(_api.table(record.get("reply")).get("parent"))
    words, cited = _expanded(_api.string(record["text"]), _api.tables(record.get("facets")))
    found = [*cited, *_embedded(_api.table(post.get("embed")) or _api.table(record.get("embed")))]
    langs = record.get("langs")
    return Post(
        id=uri, owner=at[1], url=url, text=_api.text(words), parent=_api.string(reply.get("uri")),
        name=(_api.text(author.get("displayName")) or _api.text(author.get("handle")))[:200],
        at=_api.moment(record.get("createdAt")) or _api.moment(post.get("indexedAt")),
        language=_posts.declared(langs) if isinstance(langs, list) else None, links=tuple(found),
        signals=_api.counts(likes=post.get("likeCount"), reposts=post.get("repostCount"), replies=post.get("replyCount")),
    )  # fmt: skip


def _address(uri: str, author: Mapping[str, Any]) -> str | None:
    """The page of a post, by handle; by DID where the handle is none or does not resolve."""
    m, handle = _POST.fullmatch(uri), _api.string(author.get("handle"))
    if m is None:
        return None
    named = handle if _HANDLE.fullmatch(handle) and handle != "handle.invalid" else m[1]
    return http_url(f"https://bsky.app/profile/{named}/post/{m[2]}")


def _expanded(text: str, facets: Sequence[Mapping[str, Any]]) -> tuple[str, list[Link]]:
    """The text with shortened addresses written out, and what its facets link to, in order."""
    raw, done, end, links = text.encode("utf-8", "surrogatepass"), b"", 0, []
    spans = sorted((s for f in facets[: _posts.MAX_LINKS] if (s := _span(f, len(raw)))), key=lambda s: s[:2])
    for start, stop, url in spans:
        links.append(Link(url))
        shown = raw[start:stop].decode("utf-8", "replace").strip()
        if start >= end and _is_cut(shown, url):
            done, end = done + raw[end:start] + url.encode(), stop
    return (done + raw[end:]).decode("utf-8", "ignore"), links


def _is_cut(shown: str, url: str) -> bool:
    """True for `site.example/a/long...`: the beginning of the address. Other words that carry a link stay."""
    head = _SCHEME.sub("", shown.rstrip(".…"), count=1).lower()
    return shown.endswith(("...", "…")) and len(head) > 3 and _SCHEME.sub("", url, count=1).lower().startswith(head)


def _span(facet: Mapping[str, Any], size: int) -> tuple[int, int, str] | None:
    """(first byte, byte after the last, address) of a link facet that lies within the text."""
    index = _api.table(facet.get("index"))
    start, stop = index.get("byteStart"), index.get("byteEnd")
    urls = [http_url(_api.string(f.get("uri"))) for f in _api.tables(facet.get("features"))[:5]]
    url = next((u for u in urls if u), None)
    if url is None or type(start) is not int or type(stop) is not int or not 0 <= start < stop <= size:
        return None
    return start, stop, url


def _embedded(embed: Mapping[str, Any]) -> list[Link]:
    """An external page and a quoted post, alone or together (recordWithMedia)."""
    external = _api.table(_api.table(embed.get("media")).get("external")) or _api.table(embed.get("external"))
    record = _api.table(embed.get("record"))
    quoted = _api.table(record.get("record")) or record
    page = http_url(_api.string(external.get("uri")))
    post = _address(_api.string(quoted.get("uri")), _api.table(quoted.get("author")))
    return [Link(url, title) for url, title in ((page, _api.text(external.get("title"))[:300]), (post, "")) if url]
