"""Items given by hand, in the configuration itself: what no source brings, a link from a mail, a talk.

Nothing is asked and nothing is parsed: `given` hands the entries to `collect`. They are news from when they are
first seen, or from the day that is written beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urlsplit

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import language_of, plain
from digester.domain.urls import http_url
from digester.sources._kind import Kind


@dataclass(frozen=True)
class Given:
    """One item. `published` without a time zone is UTC; without it the item counts from when it is first seen."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    url: str
    title: str
    text: str = ""
    published: datetime | None = None
    authors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if http_url(self.url) is None or "@" in urlsplit(self.url).netloc:
            raise ValueError("url must be an http(s) address without user name or password")
        if not plain(self.title):
            raise ValueError("title is empty")


@dataclass(frozen=True)
class Params:
    """`items`, each with url and title, and text, published and authors where they are known."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    items: tuple[Given, ...]


class Manual(Kind):
    name: ClassVar[str] = "manual"
    doc: ClassVar[str] = "Items given by hand in the configuration; nothing is asked."
    Params: ClassVar[type] = Params

    def given(self, source: Source) -> tuple[Entry, ...]:
        """One entry an address, the first, in the order of the configuration."""
        entries = [_entry(item) for item in source.params.items]
        return tuple({e.external_id: e for e in reversed(entries)}.values())[::-1]

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        return ()

    def parse(self, source: Source, document: Document) -> Parsed:
        """Raises ParseError: nothing was asked."""
        raise ParseError("items given by hand come with no document")


def _entry(item: Given) -> Entry:
    url, title, text = http_url(item.url) or item.url, plain(item.title), plain(item.text)
    at = item.published
    return Entry(
        external_id=url, kind="article", url=url, title=title, text=text,
        authors=tuple(name for a in item.authors if (name := plain(a))),
        published_at=at and (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)),
        language=language_of(f"{title} {text[:2000]}"),
    )  # fmt: skip
