"""Hugging Face papers: the days asked for, a second page, and the same work as arXiv's."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from digester.domain.entries import refs_of, work_of
from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import KINDS
from digester.sources.hf_papers import MAX_PAGES, PAGE

NOW = datetime(2026, 7, 1, 0, 30, tzinfo=UTC)
KIND = KINDS["hf_papers"]
URL = "https://huggingface.co/api/daily_papers?date=2026-07-01"


def source(**params: object) -> Source:
    return Source("s", "hf_papers", "HF", KIND.Params(**params))


def parse_body(body: bytes, route: str = "page:0", url: str = URL) -> Parsed:
    return KIND.parse(source(), Document(Request(route, url), url, "application/json", body, NOW))


def parse(*rows: Any, **request: str) -> Parsed:
    return parse_body(json.dumps(rows).encode(), **request)


def row(known: str = "2606.00007", more: dict[str, Any] | None = None, **paper: Any) -> dict[str, Any]:
    return {"paper": {"id": known, "title": "T"} | paper} | (more or {})


def only(*args: Any, **paper: Any) -> Entry:
    (entry,) = parse(row(*args, **paper)).entries
    return entry


def test_first_asks_today_and_the_days_before() -> None:
    asks = KIND.first(source(days=3, site="hub.example"), FetchState("s"), NOW)
    base = "https://hub.example/api/daily_papers?date="
    assert [a.url for a in asks] == [f"{base}2026-07-01", f"{base}2026-06-30", f"{base}2026-06-29"]


def test_today_is_the_day_in_utc() -> None:
    """The API refuses days that have not begun there."""
    ahead = NOW.replace(hour=3).astimezone(timezone(timedelta(hours=-8)))
    assert KIND.first(source(days=1), FetchState("s"), ahead)[0].url == URL


def test_a_paper_is_arxivs_and_its_day_is_not_ours_to_say() -> None:
    entry = only(publishedAt="2026-06-29T13:20:09.000Z", githubRepo="https://github.com/kestrelo/loaf")
    assert work_of(entry, refs_of(entry)) == "arxiv:2606.00007"
    assert refs_of(entry) == ("arxiv:2606.00007", "github:kestrelo/loaf")
    assert (entry.announced_at, entry.announcement, entry.version) == (None, None, None)


def test_the_papers_own_time_counts() -> None:
    entry = only("2606.00007", {"publishedAt": "2026-06-29T08:20:09Z"}, publishedAt="2026-06-29T13:20:09Z")
    assert entry.published_at == datetime(2026, 6, 29, 13, 20, 9, tzinfo=UTC)
    assert only("2606.00007", {"publishedAt": "2026-06-29T08:20:09Z"}).published_at is None


@pytest.mark.parametrize(
    ("told", "names"),
    [({"fullname": "Kestrelo Research", "name": "k"}, ("Kestrelo Research",)), ({"name": "k"}, ("k",)), ({}, ()), (None, ())],
)  # fmt: skip
def test_the_organisation_by_its_full_name(told: object, names: tuple[str, ...]) -> None:
    assert only("2606.00007", {"organization": told}).affiliations == names
    assert only(organization=told).affiliations == names


def test_a_models_summary_is_never_read() -> None:
    assert "invented by a model" not in str(only(ai_summary="invented by a model", ai_keywords=["invented by a model"]))


def test_F25_a_full_page_is_followed_to_the_next_until_the_last() -> None:
    rows = [row(f"2606.{i:05}") for i in range(PAGE)]
    (ask,) = parse(*rows).next_requests
    assert (ask.route, ask.url) == ("page:1", f"{URL}&p=1")
    (ask,) = parse(*rows, route=ask.route, url=ask.url).next_requests
    assert ask.url == f"{URL}&p=2"
    assert parse(*rows, route=f"page:{MAX_PAGES - 1}").next_requests == ()
    assert parse(*rows[:-1]).next_requests == () == parse(*rows, route="page").next_requests


def test_a_paper_listed_twice_is_one_the_first() -> None:
    assert [e.position for e in parse(row(), row("2606.00008"), row()).entries] == [1, 2]


@pytest.mark.parametrize("known", ["../x", "2606.7", "", None, 2606.00007, "2606.00007v1"])
def test_F25_what_is_no_arxiv_id_is_left_out(known: Any) -> None:
    parsed = parse(row(), row(known))
    assert len(parsed.entries) == 1 and parsed.notes == ("1 left out: rows that cannot be read",)


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[{", b'{"error": "x"}', b"<html>", b"[" * 100_000])
def test_F25_what_is_no_answer_is_a_named_error(body: bytes) -> None:
    with pytest.raises(ParseError, match=r"^Hugging Face"):
        parse_body(body)
