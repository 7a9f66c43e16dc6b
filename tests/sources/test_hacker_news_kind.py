"""Hacker News: one address an hour, the story's own page, the discussion, and what is no fact."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digester.domain.entries import refs_of, work_of
from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import KINDS

NOW = datetime(2026, 7, 1, 12, 34, 56, 789, tzinfo=UTC)
KIND = KINDS["hacker_news"]


def source(**params: object) -> Source:
    return Source("s", "hacker_news", "HN", KIND.Params(**({"queries": ("loaf",)} | params)))


def document(body: bytes) -> Document:
    url = "https://x.example/"
    return Document(Request("search", url), url, "application/json", body, NOW)


def answer(*hits: Any, **more: Any) -> bytes:
    return json.dumps({"hits": hits, "hitsPerPage": 100} | more).encode()


def parse(*hits: Any, **more: Any) -> Parsed:
    return KIND.parse(source(), document(answer(*hits, **more)))


def only(**fields: Any) -> Entry:
    (entry,) = parse({"objectID": "1", "title": "T"} | fields).entries
    return entry


def test_one_request_a_query_with_points_and_time() -> None:
    asks = KIND.first(source(queries=("loaf", "A&B"), points=50, days=3, site="a.example"), FetchState("s"), NOW)
    queries = [parse_qs(urlsplit(a.url).query) for a in asks]
    since = int(datetime(2026, 6, 28, 12, tzinfo=UTC).timestamp())
    assert [q["query"] for q in queries] == [["loaf"], ["A&B"]]
    assert queries[0]["numericFilters"] == [f"points>=50,created_at_i>={since}"]
    assert (queries[0]["tags"], queries[0]["hitsPerPage"]) == (["story"], ["100"])
    assert all(a.url.startswith("https://a.example/api/v1/search_by_date?") for a in asks)


def test_within_an_hour_the_request_is_the_same() -> None:
    first = KIND.first(source(), FetchState("s"), NOW)
    assert first == KIND.first(source(), FetchState("s"), NOW + timedelta(minutes=25))
    assert first != KIND.first(source(), FetchState("s"), NOW + timedelta(minutes=26))


def test_a_story_is_its_page_and_the_discussion_a_link() -> None:
    entry = only(url="https://arxiv.org/abs/2606.00007v2", author="someone", points=5)
    assert entry.url == "https://arxiv.org/abs/2606.00007v2" and entry.authors == ()
    assert [x.url for x in entry.links] == ["https://news.ycombinator.com/item?id=1"]
    assert work_of(entry, refs_of(entry)) == "arxiv:2606.00007"


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "/item?id=1", 5])
def test_a_story_without_a_page_is_its_discussion(url: object) -> None:
    entry = only(url=url)
    assert (entry.url, entry.links) == ("https://news.ycombinator.com/item?id=1", ())


def test_seconds_are_the_date_when_the_date_is_none() -> None:
    assert only(created_at="x", created_at_i=1782813600).published_at == datetime(2026, 6, 30, 10, tzinfo=UTC)
    assert only(created_at_i=True).published_at is None


def test_signals_are_counts_only() -> None:
    assert only(points=7, num_comments="3").signals == {"points": 7.0}
    assert only(points=1e300, num_comments=-1).signals == {}


def test_stories_beyond_the_page_are_named() -> None:
    assert parse({"objectID": "1", "title": "T"}, nbHits=12).notes == ("11 left out: stories beyond the first page",)


def test_the_fingerprint_leaves_out_only_how_long_it_took() -> None:
    hit = {"objectID": "1", "title": "T", "points": 5}
    one, slow = answer(hit, processingTimeMS=1), answer(hit, processingTimeMS=99)
    more = answer(hit | {"points": 6}, processingTimeMS=1)
    assert KIND.fingerprint(document(one)) == KIND.fingerprint(document(slow)) != KIND.fingerprint(document(more))


@pytest.mark.parametrize("tail", [{"objectID": "1"}, {"objectID": "2"}])
def test_the_fingerprint_sees_hits_that_stand_last(tail: dict[str, str]) -> None:
    body = json.dumps({"hitsPerPage": 100, "hits": [tail]}).encode()
    other = json.dumps({"hitsPerPage": 100, "hits": [{"objectID": "3"}]}).encode()
    assert KIND.fingerprint(document(body)) != KIND.fingerprint(document(other))


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"hits": {}}', b"<html>", b"[" * 100_000])
def test_F25_what_is_no_answer_is_a_named_error(body: bytes) -> None:
    with pytest.raises(ParseError, match=r"^Hacker News"):
        KIND.parse(source(), document(body))
