"""Shared by the kinds that read GitHub: names of repositories, and its search (docs.github.com/rest/search, GET
/search/repositories), which gives a hundred rows a page and takes ten questions a minute, thirty with a token."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from digester.domain.model import Entry
from digester.domain.sources import Document, Parsed, Request
from digester.domain.text import language_of
from digester.sources import _api

SERVICE = "GitHub"
OWNER, NAME = "[A-Za-z0-9-]{1,39}", "[A-Za-z0-9._-]{1,100}"  # as regular expressions
REPOSITORY = re.compile(f"{OWNER}/{NAME}")
REPOSITORY_PAGE = re.compile(f"https?://github\\.com/({OWNER}/{NAME})/?")
MAX_ROWS = 100
Row = Mapping[str, Any]
Signals = Callable[[Row], Mapping[str, float]]


def search(route: str, site: str, query: str, rows: int, bearer: str = "") -> Request:
    """The most starred repositories that a query finds, at most `rows`."""
    asked = f"q={quote(query, safe='')}&sort=stars&order=desc&per_page={rows}"
    url = f"https://api.{site}/search/repositories?{asked}"
    return Request(route, url, "application/vnd.github+json", bearer=bearer)


def answer(document: Document) -> Mapping[str, Any]:
    """A search answer. Raises ParseError for what is none, with what GitHub says instead."""
    said = _api.load(document, SERVICE)
    _api.said(said, SERVICE)
    return _api.table(said)


def found(said: Mapping[str, Any], site: str, more: Signals = lambda row: {}) -> Parsed:
    """The repositories of an answer, best first, with stars, forks and `more` as signals. None found is no error;
    raises ParseError for rows of another shape."""
    rows = _api.listed(said.get("items"), SERVICE, "items")[:MAX_ROWS]
    entries = [e for i, row in enumerate(rows, 1) if (e := _entry(_api.table(row), i, site, more))]
    _api.all_unread(len(entries), len(rows), SERVICE)
    left = _api.notes(rows_that_cannot_be_read=len(rows) - len(entries))
    hurried = ("GitHub gave up before its search was complete",) if said.get("incomplete_results") is True else ()
    return Parsed(_api.distinct(entries), notes=(*left, *hurried))


def _entry(row: Row, position: int, site: str, more: Signals) -> Entry | None:
    """None for what has no name of a repository."""
    name = _api.string(row.get("full_name"))
    if not REPOSITORY.fullmatch(name):
        return None
    stars, forks = row.get("stargazers_count"), row.get("forks_count")
    signals = {**_api.counts(stars=stars, forks=forks), **more(row)}
    return repository(
        name, site, position, _api.text(row.get("description")), _api.text(row.get("language"))[:80], signals
    )


def repository(name: str, site: str, position: int, text: str, language: str, signals: Mapping[str, float]) -> Entry:
    """A repository as an entry; `language` is the programming language, if one is known."""
    return Entry(
        external_id=name.lower(), kind="repository", url=f"https://{site}/{name}", title=name, text=text,
        categories=(language,) if language else (), language=language_of(text) if text else "en",
        signals=signals, position=position,
    )  # fmt: skip
