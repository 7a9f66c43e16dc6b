"""Hugging Face daily papers, by day, from the Hub's API (huggingface.co/docs/hub/api, GET /api/daily_papers).

A paper is arXiv's: its id, address and abstract are the same, so it joins what the arXiv listing announced;
the announcement day stays the listing's. What is new here are upvotes, comments, the organisation and the
code. `paper.publishedAt` is the submission time; the row's own `publishedAt` is the same moved by the
server's time zone. `ai_summary` is a model's text, not a source's, and is never read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from digester.domain.model import Entry, Link
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.urls import http_url
from digester.sources import _api
from digester.sources._kind import Kind

SERVICE = "Hugging Face"
PAGE = 50  # the API's default; it allows 100, but the bare address of a day is the one that caches know
MAX_PAGES = 4
MAX_AUTHORS = 2000
_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}")


@dataclass(frozen=True)
class Params:
    """`days` to ask for, today included; `site` the Hub and `arxiv` the host of the papers' pages."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    days: int = 2
    site: str = "huggingface.co"
    arxiv: str = "arxiv.org"


class HfPapers(Kind):
    name: ClassVar[str] = "hf_papers"
    doc: ClassVar[str] = "Papers of the day on Hugging Face, with upvotes, comments and organisation."
    Params: ClassVar[type] = Params
    papers: ClassVar[bool] = True

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        days = [(now.astimezone(UTC) - timedelta(days=back)).date() for back in range(source.params.days)]
        return tuple(
            Request("page:0", f"https://{source.params.site}/api/daily_papers?date={day:%Y-%m-%d}", _api.ACCEPT)
            for day in days
        )

    def parse(self, source: Source, document: Document) -> Parsed:
        """An empty day is a day without papers (weekends), not an error."""
        answer = _api.load(document, SERVICE)
        _api.said(answer, SERVICE)
        rows = _api.listed(answer, SERVICE, "papers")[: 2 * PAGE]
        found = [e for i, row in enumerate(rows, 1) if (e := _entry(source, _api.table(row), i)) is not None]
        _api.all_unread(len(found), len(rows), SERVICE)
        asks = _next_page(document.request) if len(rows) == PAGE else ()
        notes = _api.notes(rows_that_cannot_be_read=len(rows) - len(found))
        return Parsed(_api.distinct(found), next_requests=asks, notes=notes)


def _next_page(request: Request) -> tuple[Request, ...]:
    """A full page may have another behind it; `p` counts from 0."""
    page = request.route.partition(":")[2]
    following = int(page) + 1 if page.isdigit() else MAX_PAGES
    bare = request.url.partition("&p=")[0]
    return (Request(f"page:{following}", f"{bare}&p={following}", _api.ACCEPT),) if following < MAX_PAGES else ()


def _entry(source: Source, row: Mapping[str, Any], position: int) -> Entry | None:
    """None for what has no arXiv id or no title."""
    paper, p = _api.table(row.get("paper")), source.params
    known, title = _api.string(paper.get("id")), _api.text(paper.get("title")) or _api.text(row.get("title"))
    if not _ID.fullmatch(known) or not title:
        return None
    names = (_api.text(a.get("name")) for a in _api.tables(paper.get("authors"))[:MAX_AUTHORS])
    organisation = _organisation(row) or _organisation(paper)
    return Entry(
        external_id=known, kind="paper", url=f"https://{p.arxiv}/abs/{known}", title=title,
        text=_api.text(paper.get("summary")) or _api.text(row.get("summary")), authors=tuple(n for n in names if n),
        published_at=_api.moment(paper.get("publishedAt")), language="en",
        affiliations=(organisation,) if organisation else (), links=_links(paper, f"https://{p.site}/papers/{known}"),
        signals=_api.counts(upvotes=paper.get("upvotes"), comments=row.get("numComments")), position=position,
    )  # fmt: skip


def _organisation(table: Mapping[str, Any]) -> str:
    """Its full name, else the name of its account."""
    told = _api.table(table.get("organization"))
    return (_api.text(told.get("fullname")) or _api.text(told.get("name")))[:200]


def _links(paper: Mapping[str, Any], page: str) -> tuple[Link, ...]:
    """The page where it is voted on, the code and the project."""
    found = [("Hugging Face", page)]
    found += [(text, _api.string(paper.get(key))) for text, key in (("code", "githubRepo"), ("project", "projectPage"))]
    return tuple(Link(url, text) for text, address in found if (url := http_url(address)))
