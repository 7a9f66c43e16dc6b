"""The demo world over real loopback sockets, asked as the replay transport asks."""

from __future__ import annotations

import gzip
import http.client
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import quote, urlsplit

import feedparser
import pytest
from arxiv import _feed

from digester.demo.server import DemoServer, listing_day
from digester.demo.world import World

FRIDAY = datetime(2026, 6, 19, 0, 0, tzinfo=UTC)
API = "https://export.arxiv.example/api/query?"


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(base: str, target: str, headers: dict[str, str] | None = None) -> Got:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=10)
    try:
        connection.request("GET", target, headers=headers or {})
        response = connection.getresponse()
        return Got(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def get(demo: DemoServer, url: str, headers: dict[str, str] | None = None) -> Got:
    return ask(demo.base, "/__by_url?u=" + quote(url, safe=""), headers)


def refs(body: bytes) -> list[str]:
    return [result.entry_id.rpartition("/")[2] for result in _feed.parse(body).results]


# --------------------------------------------------------------------------- every kind of URL
@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        ("https://rssfull.example/feed.xml", "application/rss+xml"),
        ("https://atomfull.example/feed.xml", "application/atom+xml"),
        ("https://rdffull.example/feed.xml", "application/rdf+xml"),
        ("https://jsonfull.example/feed.xml", "application/feed+json"),
        ("https://rssfull.example/fp8-serving", "text/html"),
        ("https://social.example/@mira/rss", "application/rss+xml"),
        ("https://rss.arxiv.example/atom/cs.IR", "application/xml"),
        (API + "id_list=2606.90001", "application/atom+xml"),
        ("https://arxiv.example/html/2606.90001v1", "text/html"),
        ("https://arxiv.example/abs/2606.90001", "text/html"),
        ("https://github.example/trending?since=daily", "text/html"),
        ("https://github.example/trending/python?since=weekly", "text/html"),
        ("https://signalhour.example/rss", "application/rss+xml"),
        ("https://signalhour.example/42", "text/html"),
        ("https://signalhour.example/42.vtt", "text/vtt"),
        ("https://rssfull.example/robots.txt", "text/plain"),
    ],
)
def test_url_is_answered(demo: DemoServer, url: str, media_type: str) -> None:
    got = get(demo, url)
    assert got.status == 200
    assert got.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert "invented" in got.text
    assert demo.log == [(url, 200)]


@pytest.mark.parametrize(
    "url",
    [
        "https://nowhere.example/feed.xml",
        "https://rssfull.example/unknown",
        "https://signalhour.example/41.vtt",
        "https://social.example/@nobody/rss",
        "https://arxiv.example/html/2606.90001",  # its last version has no full text
        "https://arxiv.example/abs/2606.90001v3",
        "https://arxiv.example/abs/x",
        "https://github.example/trending?since=monthly",
        "https://github.example/lumora/serve-kit",
        "https://export.arxiv.example/other",
        "https://rss.arxiv.example/rss/cs.IR",
        "https://[::1/feed.xml",
        "https://example.com/robots.txt",
    ],
)
def test_unknown_url_is_404(demo: DemoServer, url: str) -> None:
    got = get(demo, url)
    assert got.status == 404
    assert got.headers["content-type"].startswith("text/plain")
    assert "etag" not in got.headers
    assert demo.log == [(url, 404)]


@pytest.mark.parametrize("target", ["/", "/__by_url", "/__by_url?u=", "/feed.xml?u=https://rssfull.example/"])
def test_only_by_url(demo: DemoServer, target: str) -> None:
    assert ask(demo.base, target).status == 404


def test_robots(demo: DemoServer) -> None:
    assert "Crawl-delay: 15\n" in get(demo, "https://arxiv.example/robots.txt").text
    other = get(demo, "https://dead.example/robots.txt").text
    assert "User-agent: *\nCrawl-delay: 1\nAllow: /\n" in other


def test_the_two_odd_hosts(demo: DemoServer) -> None:
    assert get(demo, "https://dead.example/feed.xml").status == 503
    broken = get(demo, "https://broken.example/feed.xml")
    result = feedparser.parse(io.BytesIO(broken.body))
    assert broken.status == 200 and result.bozo and not result.entries and not result.version


# --------------------------------------------------------------------------- the present
def titles(demo: DemoServer, url: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(io.BytesIO(get(demo, url).body)).entries]


def test_a_feed_holds_what_is_published_newest_first(demo: DemoServer) -> None:
    url = "https://atombrief.example/feed.xml"
    assert titles(demo, url)[1:] == ["Earlier words"]
    demo.at = datetime(2026, 6, 20, 9, tzinfo=UTC)
    assert titles(demo, url)[0] == "Not yet there" and len(titles(demo, url)) == 3
    demo.at = datetime(2026, 6, 1, tzinfo=UTC)
    assert titles(demo, url) == []


def test_a_page_appears_when_it_is_published(demo: DemoServer) -> None:
    url = "https://rssfull.example/later"
    assert get(demo, url).status == 404
    assert "Not yet there" not in get(demo, "https://rssfull.example/fp8-serving").text
    demo.at += timedelta(hours=2)
    assert get(demo, url).status == 200


def test_a_feed_holds_twenty_entries_but_the_older_pages_stay(demo: DemoServer) -> None:
    assert titles(demo, "https://many.example/feed.xml") == [f"E{n}" for n in range(24, 4, -1)]
    assert get(demo, "https://many.example/e0").status == 200


def test_posts_and_episodes_wait_too(demo: DemoServer) -> None:
    demo.at = datetime(2026, 6, 19, 9, tzinfo=UTC)
    assert len(titles(demo, "https://social.example/@mira/rss")) == 1
    assert titles(demo, "https://signalhour.example/rss") == ["Silent"]
    assert get(demo, "https://signalhour.example/42.vtt").status == 404


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (FRIDAY, "2026-06-19"),
        (FRIDAY - timedelta(seconds=1), "2026-06-17"),  # Thursday lists nothing
        (FRIDAY + timedelta(days=2), "2026-06-19"),  # Sunday
        (datetime(2026, 6, 15, tzinfo=UTC), "2026-06-15"),
        (
            datetime(2026, 6, 19, 1, tzinfo=timezone(timedelta(hours=8))),
            "2026-06-17",
        ),  # still the 18th in UTC
        (datetime(2026, 6, 1, tzinfo=UTC), "2026-06-01"),
    ],
)
def test_the_listing_in_force(demo: DemoServer, at: datetime, day: str) -> None:
    demo.at = at
    listing = feedparser.parse(io.BytesIO(get(demo, "https://rss.arxiv.example/atom/cs.LG").body))
    assert listing.feed.updated == f"{day}T04:00:00+00:00"


def test_a_weekend_has_no_list(world: World) -> None:
    assert listing_day(world.papers, date(2026, 6, 21)) == date(2026, 6, 19)


@pytest.mark.parametrize("plus", ["+", "%2B"])
def test_categories_are_joined_by_plus(demo: DemoServer, plus: str) -> None:
    demo.at = datetime(2026, 6, 15, tzinfo=UTC)
    quoted = get(demo, f"https://rss.arxiv.example/atom/stat.ML{plus}cs.LG")
    bare = ask(demo.base, f"/__by_url?u=https://rss.arxiv.example/atom/stat.ML{plus}cs.LG")
    assert quoted.body == bare.body
    assert len(feedparser.parse(io.BytesIO(bare.body)).entries) == 2


def test_trending_by_language(demo: DemoServer) -> None:
    page = get(demo, "https://github.example/trending/jupyter-notebook?since=daily").text
    assert "/osk/tables" in page and "/lumora/serve-kit" not in page
    assert get(demo, "https://github.example/trending").text.count("<article") == 2


# --------------------------------------------------------------------------- the arXiv API
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("id_list=2606.90003,2606.90001", ["2606.90003v1", "2606.90001v2"]),
        ("id_list=2606.90001v1,2606.99999", ["2606.90001v1"]),
        ("search_query=cat:cs.LG", ["2606.90003v1", "2606.90001v2"]),
        ("search_query=cat:cs.*&sortOrder=ascending", ["2606.90002v1", "2606.90001v2", "2606.90003v1"]),
        ("search_query=cat:cs.LG+AND+submittedDate:[202606180000+TO+202606182359]", ["2606.90003v1"]),
        ("search_query=cat:cs.LG+AND+submittedDate:[20260616+TO+20260616]", ["2606.90001v2"]),
        (
            "search_query=(cat:stat.ML+OR+cat:cs.LG)+AND+submittedDate:[*+TO+20260617]",
            ["2606.90001v2", "2606.90002v1"],
        ),
        ("search_query=cat:cs.LG&start=1&max_results=1", ["2606.90001v2"]),
        ("search_query=cat:cs.LG&id_list=2606.90001", ["2606.90001v2"]),
        ("search_query=cat:math.AG", []),
        ("", []),
    ],
)
def test_api(demo: DemoServer, query: str, found: list[str]) -> None:
    got = get(demo, API + query)
    assert got.status == 200 and refs(got.body) == found


def test_api_counts_all_and_shows_a_page(demo: DemoServer) -> None:
    header = _feed.parse(get(demo, API + "search_query=cat:cs.*&start=1&max_results=1").body).header
    assert (header.total_results, header.start_index, header.items_per_page) == (3, 1, 1)


def test_api_knows_what_is_announced_only(demo: DemoServer) -> None:
    demo.at = datetime(2026, 6, 16, 23, tzinfo=UTC)  # version 2 is submitted, to be announced on the 17th
    assert refs(get(demo, API + "id_list=2606.90001,2606.90003").body) == ["2606.90001v1"]
    assert get(demo, "https://arxiv.example/html/2606.90001").status == 200


@pytest.mark.parametrize(
    "query",
    [
        "id_list=abc",
        "start=x",
        "search_query=cat:",
        "search_query=who:me",
        "search_query=submittedDate:[soon+TO+later]",
    ],
)
def test_api_refuses(demo: DemoServer, query: str) -> None:
    assert get(demo, API + query).status == 400


# --------------------------------------------------------------------------- HTTP
URL = "https://rssfull.example/feed.xml"


def test_validators(demo: DemoServer) -> None:
    first = get(demo, URL)
    assert first.headers["last-modified"] == "Fri, 19 Jun 2026 14:00:00 GMT"
    assert first.headers["date"] == "Sat, 20 Jun 2026 07:00:00 GMT"
    tag = first.headers["etag"]
    assert tag.startswith('"') and len(tag) == 66
    again = get(demo, URL, {"If-None-Match": f'"other", W/{tag}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get(demo, URL, {"If-None-Match": '"other"'}).status == 200
    demo.at = datetime(2026, 6, 20, 10, tzinfo=UTC)
    assert get(demo, URL, {"If-None-Match": tag}).status == 200
    assert demo.log == [(URL, status) for status in (200, 304, 200, 200)]


def test_gzip_is_another_representation(demo: DemoServer) -> None:
    plain, packed = get(demo, URL), get(demo, URL, {"Accept-Encoding": "br;q=1, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    both = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
    assert get(demo, URL, both).status == 304


@pytest.mark.parametrize(("accept", "coded"), [("gzip;q=0", False), ("gzip; q=0.5", True), ("", False)])
def test_gzip_only_where_accepted(demo: DemoServer, accept: str, coded: bool) -> None:
    assert ("content-encoding" in get(demo, URL, {"Accept-Encoding": accept}).headers) is coded


def test_many_clients_at_once(demo: DemoServer) -> None:
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: get(demo, URL).status, range(128)))
    assert answers == [200] * 128 and len(demo.log) == 128


def test_the_server_is_gone_after_the_block(world: World) -> None:
    with DemoServer(world, FRIDAY) as demo:
        base = demo.base
        assert base.startswith("http://127.0.0.1:")
    with pytest.raises(OSError):
        ask(base, "/")
