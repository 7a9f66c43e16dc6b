"""A person's posts on X: the API v2 with a token, else a feed of RSSHub, else one of Nitter.

The chain is a list of requests; what is not configured is passed over, and a source of which nothing is
configured is no failure. GET /2/tweets/search/recent (docs.x.com) gives seven days in one answer, threads
with it. Feeds say less: reposts and replies are known by the beginning of their title, quotes by a link.
Whatever the route, a post's id is its number on X, so a change of route brings nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from digester.domain.errors import ParseError
from digester.domain.model import Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.urls import host_of, http_url
from digester.sources import _api, _feed, _posts
from digester.sources._kind import Kind
from digester.sources._posts import Post

SERVICE = "X"
PAGE = 100
FIELDS = "created_at,public_metrics,entities,referenced_tweets,note_tweet,lang"
_STATUS = re.compile(r"/status(?:es)?/(\d{1,25})(?!\w)")
_QUOTED = re.compile(r"(?:https?://)?[\w.-]{4,80}/\w{1,30}/status/(\d{1,25})(?:#m)?(?!\w)")
_MEDIA = re.compile(r"//(?:x|twitter)\.com/\w+/status/\d+/(?:photo|video)")
_REPOST = re.compile(r"(?:RT by @\w{1,30}:|RT @?\w{1,30}:?\s|RT\s)")
_REPLY = re.compile(r"(?:R to @(\w{1,30}):|Re @?(\w{1,30}))\s*")


@dataclass(frozen=True)
class Params:
    """`account` without @; `routes` in the order they are tried; `token` the environment variable with the bearer
    token of the API; `person` and `role` name the author."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    account: str
    routes: tuple[Literal["api", "rsshub", "nitter"], ...] = ("api", "rsshub", "nitter")
    token: str = "X_BEARER_TOKEN"  # noqa: S105 - the name of a variable
    person: str = ""
    role: str = ""


class X(Kind):
    name: ClassVar[str] = "x"
    doc: ClassVar[str] = "A person's posts on X, by API, RSSHub or Nitter, whichever is configured and answers."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        name = quote(p.account.lstrip("@"), safe="")
        query = quote(f"from:{p.account.lstrip('@')} -is:retweet", safe="")
        rest = f"max_results={PAGE}&tweet.fields={FIELDS}&expansions=author_id&user.fields=name,username"
        known = {
            "api": Request("api", f"https://api.x.com/2/tweets/search/recent?query={query}&{rest}", _api.ACCEPT, bearer=p.token),
            "rsshub": Request("rsshub", f"rsshub://twitter/user/{name}"),
            "nitter": Request("nitter", f"nitter://{name}/rss"),
        }  # fmt: skip
        chain = [known[route] for route in dict.fromkeys(p.routes)]
        return (replace(chain[0], otherwise=tuple(chain[1:])),) if chain else ()

    def parse(self, source: Source, document: Document) -> Parsed:
        return _answer(source, document) if document.request.route == "api" else _of_feed(source, document)


# --------------------------------------------------------------------- the API
def _answer(source: Source, document: Document) -> Parsed:
    answer = _api.table(_api.load(document, SERVICE))
    if "data" not in answer and not _api.table(answer.get("meta")):
        said = _api.text(answer.get("detail")) or _api.text(answer.get("title")) or "an answer without posts"
        raise ParseError(f"{SERVICE} answers: {said[:200]}")
    people = {_api.string(u.get("id")): u for u in _api.tables(_api.table(answer.get("includes")).get("users"))}
    rows = _api.tables(answer.get("data"))[: _posts.MAX_ROWS]
    own = [r for r in rows if "retweeted" not in _referenced(r)]
    posts = [p for r in own if (p := _post(r, people)) is not None]
    _api.all_unread(len(posts), len(own), SERVICE)
    return _posts.parsed(posts, source.params.person, len(rows) - len(own), len(own) - len(posts))


def _referenced(row: Mapping[str, Any]) -> dict[str, str]:
    """Kind of reference to post id: replied_to, quoted, retweeted."""
    return {_api.string(r.get("type")): _api.string(r.get("id")) for r in _api.tables(row.get("referenced_tweets"))}


def _post(row: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> Post | None:
    known, owner = _api.string(row.get("id")), _api.string(row.get("author_id"))
    if not known.isdigit() or len(known) > 25 or not isinstance(row.get("text"), str):
        return None
    person = people.get(owner, {})
    name = _api.text(person.get("username")) or "i"
    long, metrics, refs = _api.table(row.get("note_tweet")), _api.table(row.get("public_metrics")), _referenced(row)
    text, links = _expanded(_api.string(long.get("text")) or _api.string(row["text"]), [row, long])
    quoted = [Link(f"https://x.com/i/status/{refs['quoted']}")] if refs.get("quoted", "").isdigit() else []
    return Post(
        id=known, owner=owner, url=f"https://x.com/{quote(name, safe='')}/status/{known}", text=text,
        name=_api.text(person.get("name"))[:200], parent=refs.get("replied_to", ""), at=_api.moment(row.get("created_at")),
        language=_posts.declared([row.get("lang")]), links=(*links, *quoted),
        signals=_api.counts(likes=metrics.get("like_count"), reposts=metrics.get("retweet_count"),
                            replies=metrics.get("reply_count"), quotes=metrics.get("quote_count")),
    )  # fmt: skip


def _expanded(text: str, holders: Sequence[Mapping[str, Any]]) -> tuple[str, list[Link]]:
    """The text with t.co addresses as a reader sees them, and what they stand for: `entities` gives both."""
    links: dict[str, Link] = {}
    for row in (u for h in holders for u in _api.tables(_api.table(h.get("entities")).get("urls"))):
        short, page = _api.string(row.get("url")), http_url(_api.string(row.get("expanded_url")))
        own = page is None or _MEDIA.search(page)
        shown = " " if own else _api.text(row.get("display_url"))[:100] or host_of(page or "")
        text = text.replace(short, shown) if short else text
        if page and not own:
            links[page] = Link(page, _api.text(row.get("title"))[:300])
    return _api.text(text), list(links.values())


# --------------------------------------------------------------------- feeds
def _of_feed(source: Source, document: Document) -> Parsed:
    """RSSHub's and Nitter's feeds. Raises ParseError for a feed without any post: both publish one when they are
    refused themselves, and an account's silence looks otherwise."""
    feed = _feed.load(document)
    posts, reposts = [], 0
    for row in feed.entries[: _posts.MAX_ROWS]:
        title = _feed.title_text(row)
        if _REPOST.match(title):
            reposts += 1
        elif post := _feed_post(source, row, title):
            posts.append(post)
    unread = len(feed.entries[: _posts.MAX_ROWS]) - reposts - len(posts)
    if not posts and not reposts:
        raise ParseError(f"{document.request.route}: a feed without a post of {source.params.account}")
    return _posts.parsed(posts, source.params.person, reposts, unread)


def _feed_post(source: Source, row: Any, title: str) -> Post | None:
    """None for what has no number of a post: notices of the bridge itself."""
    m = _STATUS.search(str(row.get("link") or "")) or _STATUS.search(str(row.get("id") or ""))
    if m is None:
        return None
    account, markup = source.params.account.lstrip("@"), str(row.get("summary") or "")
    reply = _REPLY.match(title)
    mine = bool(reply) and (reply[1] or reply[2] or "").lower() == account.lower() if reply else False
    words, url = _feed.html_to_text(markup) or title, f"https://x.com/{quote(account, safe='')}/status/{m[1]}"
    return Post(
        id=m[1], owner=account.lower(), url=url,
        text=_QUOTED.sub("", _REPLY.sub("", words, count=1)).strip(), name="@" + account,
        parent="" if reply is None else "own" if mine else "another",
        at=_feed.moment(row.get("published_parsed")), links=_links(markup, words, str(row.get("link") or url)),
    )  # fmt: skip


def _links(markup: str, words: str, base: str) -> tuple[Link, ...]:
    """What the post links to; mentions, hashtags and the bridge's own pages of X are none, quoted posts are X's."""
    found = {q: Link(f"https://x.com/i/status/{q}") for q in _QUOTED.findall(words)}
    for link in _feed.links_in(markup, base):
        if m := _STATUS.search(link.url):
            found.setdefault(m[1], Link(f"https://x.com/i/status/{m[1]}"))
        elif host_of(link.url) not in (host_of(base), "x.com", "twitter.com", "t.co"):
            found.setdefault(link.url, link)
    return tuple(found.values())
