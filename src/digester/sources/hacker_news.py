"""Hacker News stories by search, from the public Algolia API (hn.algolia.com/api).

`search_by_date` gives the newest first; points and time are filtered there. The submitter is no author and
is left out; the discussion is a link, or the address itself for a story without one (Ask HN). The time in
the address is rounded down to the hour, so that a request within the hour is the same request. Algolia
matches word beginnings and addresses too ("AI" finds "Airlines"): what is relevant is judged later.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from digester.domain.model import Entry, Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import language_of
from digester.domain.urls import http_url
from digester.sources import _api, _feed
from digester.sources._kind import Kind

SERVICE = "Hacker News"
PAGE = 100
DISCUSSION = "https://news.ycombinator.com/item?id="
_ID = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Params:
    """`queries` to search for ("" finds every story) among those with `points`, of the last `days`."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    queries: tuple[str, ...]
    points: int = 80
    days: int = 2
    site: str = "hn.algolia.com"


class HackerNews(Kind):
    name: ClassVar[str] = "hacker_news"
    doc: ClassVar[str] = "Hacker News stories that match a query and have points, with their discussion."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        since = now.replace(minute=0, second=0, microsecond=0) - timedelta(days=p.days)
        filters = f"points>={p.points},created_at_i>={int(since.timestamp())}"
        asked = {"tags": "story", "numericFilters": filters, "hitsPerPage": PAGE}
        return tuple(
            Request("search", f"https://{p.site}/api/v1/search_by_date?{urlencode({**asked, 'query': q})}", _api.ACCEPT)
            for q in p.queries
        )

    def fingerprint(self, document: Document) -> str:
        """Behind the hits stands how long the search took; it is left out."""
        head = document.body.rpartition(b'"hitsPerPage"')[0]
        return hashlib.sha256(head if b'"hits"' in head else document.body).hexdigest()

    def parse(self, source: Source, document: Document) -> Parsed:
        answer = _api.load(document, SERVICE)
        _api.said(answer, SERVICE)
        rows = _api.listed(_api.table(answer).get("hits"), SERVICE, "hits")[:1000]
        found = [e for i, row in enumerate(rows, 1) if (e := _entry(_api.table(row), i)) is not None]
        _api.all_unread(len(found), len(rows), SERVICE)
        beyond = int(_api.number(_api.table(answer).get("nbHits")) or 0) - len(rows)
        left = _api.notes(rows_that_cannot_be_read=len(rows) - len(found), stories_beyond_the_first_page=max(0, beyond))
        return Parsed(_api.distinct(found), notes=left)


def _entry(hit: Mapping[str, Any], position: int) -> Entry | None:
    """None for what has no id or no title: comments have none."""
    known, title = _api.string(hit.get("objectID")), _api.text(hit.get("title"))
    if not _ID.fullmatch(known) or not title:
        return None
    markup, discussion = _api.string(hit.get("story_text")), DISCUSSION + known
    url, text = http_url(_api.string(hit.get("url"))) or discussion, _feed.html_to_text(markup)
    links = [Link(discussion, "Hacker News")] if url != discussion else []
    return Entry(
        external_id=known, kind="article", url=url, title=title, text=text, published_at=_written(hit),
        language=language_of(f"{title} {text[:2000]}"), links=(*links, *_feed.links_in(markup, discussion)),
        signals=_api.counts(points=hit.get("points"), comments=hit.get("num_comments")), position=position,
    )  # fmt: skip


def _written(hit: Mapping[str, Any]) -> datetime | None:
    """`created_at`, else the same in seconds."""
    seconds = _api.number(hit.get("created_at_i"))
    try:
        return _api.moment(hit.get("created_at")) or (datetime.fromtimestamp(seconds, UTC) if seconds else None)
    except (ValueError, OverflowError, OSError):
        return None
