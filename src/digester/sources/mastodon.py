"""A person's posts on a Mastodon instance, by its public API (no account, no key).

docs.joinmastodon.org/methods/accounts: the name is looked up once for its id, which the cursor keeps
(#lookup); then the account's statuses are asked (#statuses). `exclude_replies` leaves the author's replies
to their own posts in, so threads can be joined. Fields are those of docs.joinmastodon.org/entities/Status.
Boosts are another's words and are counted, not taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from digester.domain.errors import ParseError
from digester.domain.model import Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.urls import http_url
from digester.sources import _api, _feed, _posts
from digester.sources._kind import Kind
from digester.sources._posts import Post

SERVICE = "Mastodon"
PAGE = 40
_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_TAG = re.compile(r"<a\s[^<>]{0,2000}>", re.IGNORECASE)
_NO_LINK = re.compile(
    r"""\bclass\s*=\s*["'][^"']{0,300}\b(?:mention|hashtag)\b|\brel\s*=\s*["']tag["']""", re.IGNORECASE
)
_QUOTE = re.compile(r"""<p\s+class\s*=\s*["']quote-inline["']>""", re.IGNORECASE)


@dataclass(frozen=True)
class Params:
    """`instance` is a host, `account` a name on it; `person` and `role` name the author."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    instance: str
    account: str
    person: str = ""
    role: str = ""


class Mastodon(Kind):
    name: ClassVar[str] = "mastodon"
    doc: ClassVar[str] = "A person's posts on a Mastodon instance, threads joined, without boosts."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        known = state.cursor.get("id") if state.cursor.get("account") == _full_name(source) else None
        if isinstance(known, str) and _ID.fullmatch(known):
            return (_statuses(source, known),)
        name = quote(source.params.account.lstrip("@"), safe="@")
        return (Request("lookup", f"https://{source.params.instance}/api/v1/accounts/lookup?acct={name}", _api.ACCEPT),)

    def parse(self, source: Source, document: Document) -> Parsed:
        answer = _api.load(document, SERVICE)
        _api.said(answer, SERVICE)
        return _account(source, answer) if document.request.route == "lookup" else _timeline(source, answer)


def _full_name(source: Source) -> str:
    return f"{source.params.account.lstrip('@')}@{source.params.instance}"


def _statuses(source: Source, account: str) -> Request:
    path = f"/api/v1/accounts/{account}/statuses?limit={PAGE}&exclude_replies=true"
    return Request("statuses", f"https://{source.params.instance}{path}", _api.ACCEPT)


def _account(source: Source, answer: object) -> Parsed:
    known = _api.string(_api.table(answer).get("id"))
    if not _ID.fullmatch(known):
        raise ParseError(f"{SERVICE}: an answer without the id of the account")
    cursor = {"account": _full_name(source), "id": known}
    return Parsed(next_requests=(_statuses(source, known),), cursor=cursor)


def _timeline(source: Source, answer: object) -> Parsed:
    rows = _api.listed(answer, SERVICE, "statuses")[: _posts.MAX_ROWS]
    own = [row for row in rows if not _api.table(_api.table(row).get("reblog"))]
    posts = [p for row in own if (p := _post(_api.table(row))) is not None]
    _api.all_unread(len(posts), len(own), SERVICE)
    return _posts.parsed(posts, source.params.person, len(rows) - len(own), len(own) - len(posts))


def _post(status: Mapping[str, Any]) -> Post | None:
    """None for what has no id, no address or no content."""
    known, account = _api.string(status.get("id")), _api.table(status.get("account"))
    url = http_url(_api.string(status.get("url"))) or http_url(_api.string(status.get("uri")))
    if not _ID.fullmatch(known) or url is None or not isinstance(status.get("content"), str):
        return None
    markup = _api.string(status["content"])
    words = _feed.html_to_text(_own_words(markup))
    return Post(
        id=known, owner=_api.string(account.get("id")), url=url,
        text=" ".join(w for w in (_api.text(status.get("spoiler_text")), words) if w),
        name=(_api.text(account.get("display_name")) or _api.text(account.get("username")))[:200],
        parent=_api.string(status.get("in_reply_to_id")), at=_api.moment(status.get("created_at")),
        language=_posts.declared([status.get("language")]), links=_links(status, markup, url),
        signals=_api.counts(likes=status.get("favourites_count"), reposts=status.get("reblogs_count"),
                            replies=status.get("replies_count")),
    )  # fmt: skip


def _own_words(markup: str) -> str:
    """Without the paragraph "RE: <address>" that stands in for a quoted post where quotes are unknown."""
    opening = _QUOTE.search(markup)
    end = markup.find("</p>", opening.end()) if opening else -1
    return markup[: opening.start()] + markup[end + 4 :] if opening and end >= 0 else markup


def _links(status: Mapping[str, Any], markup: str, url: str) -> tuple[Link, ...]:
    """What the post links to, its card and what it quotes; people and hashtags are no links."""
    card = _api.table(status.get("card"))
    quoted = _api.table(_api.table(status.get("quote")).get("quoted_status"))
    bare = _TAG.sub(lambda m: "" if _NO_LINK.search(m[0]) else m[0], markup)
    extra = [(_api.string(card.get("url")), _api.text(card.get("title"))[:300]), (_api.string(quoted.get("url")), "")]
    named = [Link(page, title) for address, title in extra if (page := http_url(address))]
    return tuple({link.url: link for link in (*_feed.links_in(bare, url), *named)}.values())
