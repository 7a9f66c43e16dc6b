"""Sitemaps: what is asked, what is new, whose pages they are, and what a hostile one may not do."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest

from digester.domain.entries import to_item
from digester.domain.errors import ParseError
from digester.domain.model import Entry, Item
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import KINDS, sitemap

NOW = datetime(2026, 7, 1, tzinfo=UTC)
KIND = KINDS["sitemap"]
SITE = "https://site.example"


def source(**params: object) -> Source:
    return Source("s", "sitemap", "Site", KIND.Params(**({"url": f"{SITE}/sitemap.xml"} | params)))


def parse(body: bytes, route: str = "later:0", **params: object) -> Parsed:
    url = f"{SITE}/sitemap.xml"
    return KIND.parse(source(**params), Document(Request(route, url), url, "application/xml", body, NOW))


def pages(*rows: tuple[str, str]) -> bytes:
    inner = "".join(f"<url><loc>{loc}</loc><lastmod>{mod}</lastmod></url>" for loc, mod in rows)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'.encode()


MANY = pages(*((f"{SITE}/blog/p-{i}", f"2026-06-{i:02}") for i in range(1, 29)))


@pytest.mark.parametrize(
    ("url", "what"), [("/sitemap.xml", "0"), ("/robots.txt", "robots"), ("/map?x=/robots.txt", "0")]
)
def test_the_route_tells_a_first_visit_and_robots_txt(url: str, what: str) -> None:
    of, fresh = source(url=SITE + url), FetchState("s")
    visited = FetchState("s", succeeded_at=NOW)
    assert [r.route for r in KIND.first(of, fresh, NOW)] == [f"first:{what}"]
    assert [r.route for r in KIND.first(of, visited, NOW)] == [f"later:{what}"]


@pytest.mark.parametrize("match", ["(", "[a-", "*", "a{5,2}", "(?P<n>a)(?P<n>b)", "x{99999999999999999999}"])
def test_an_expression_that_is_none_is_said_when_it_is_read(match: str) -> None:
    with pytest.raises(ValueError, match="match is no regular expression"):
        source(match=match)


def test_none_of_the_newest_is_no_number_of_pages() -> None:
    with pytest.raises(ValueError, match="newest must be at least 1"):
        source(newest=0)


def test_the_newest_are_taken_and_at_the_first_visit_more() -> None:
    assert [e.title for e in parse(MANY, newest=2).entries] == ["P 28", "P 27"]
    assert len(parse(MANY, "first:0", newest=2).entries) == 28


def test_only_paths_that_match_are_taken() -> None:
    body = pages(
        (f"{SITE}/blog/a?x=/news/", "2026-06-01"), (f"{SITE}/news/b", "2026-06-01"), (f"{SITE}/", "2026-06-01")
    )
    assert [e.url for e in parse(body, match="^/news/").entries] == [f"{SITE}/news/b"]
    assert len(parse(body).entries) == 2


def test_a_small_site_without_dates_keeps_all_its_pages() -> None:
    body = pages(*((f"{SITE}/blog/p-{i}", "") for i in range(sitemap.UNDATED + 3)))
    found = parse(body, newest=1)
    assert len(found.entries) == sitemap.UNDATED and found.notes == ("3 left out: pages without a date",)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/blog/2026/even-heat_for+loaves.html", "Even heat for loaves"),
        ("/p/iPhone-notes/", "IPhone notes"),
        ("/a/%3Cb%3Eat%2Fonce%E2%80%AE", "<b>at/once"),
        ("/2026/06/17/", "/2026/06/17"),
        ("/%FF%FE", "/\ufffd\ufffd"),
        ("/v1.2.0", "V1.2.0"),
    ],
)
def test_a_title_is_made_from_the_address(address: str, title: str) -> None:
    (entry,) = parse(pages((SITE + address, "2026-06-01"))).entries
    assert entry.title == title


def test_gzip_is_read_by_its_bytes_whatever_it_is_called() -> None:
    assert parse(gzip.compress(MANY)).entries == parse(MANY).entries


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (gzip.compress(MANY, mtime=0)[:-20], "cut off"),
        (gzip.compress(MANY, mtime=0)[:12] + b"\xff" * 40, "broken gzip"),
        (gzip.compress(b" " * (sitemap.MAX_BYTES + 1), mtime=0), "more than 20 MB"),
        (MANY[:-80], "cut off"),
        (b"{}", "not a sitemap"),
        (b"\x00" * 50, "not a sitemap"),
        (b"<", "not XML"),
    ],
)
def test_what_is_no_sitemap_is_a_named_error(body: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        parse(body)


def test_a_bomb_is_inflated_no_further_than_the_limit() -> None:
    layer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([layer.compress(bytes(1_000_000)) for _ in range(300)] + [layer.flush()])
    tracemalloc.start()
    try:
        with pytest.raises(ParseError, match="more than 20 MB"):
            parse(bomb)
        assert tracemalloc.get_traced_memory()[1] < 4 * sitemap.MAX_BYTES
    finally:
        tracemalloc.stop()


def test_an_index_asks_for_its_five_newest_and_goes_two_levels_deep() -> None:
    inner = "".join(f"<sitemap><loc>/m{i}.xml</loc><lastmod>2026-01-{i:02}</lastmod></sitemap>" for i in range(1, 9))
    index = f"<sitemapindex>{inner}</sitemapindex>".encode()
    found = parse(index)
    assert [r.url for r in found.next_requests] == [f"{SITE}/m{i}.xml" for i in (8, 7, 6, 5, 4)]
    assert {r.route for r in found.next_requests} == {"later:1"} and found.notes == ("3 left out: older sitemaps",)
    assert {r.route for r in parse(index, "first:1").next_requests} == {"first:2"}
    with pytest.raises(ParseError, match="index within an index"):
        parse(index, "first:2")


def test_rows_beyond_the_protocol_s_limit_are_not_read() -> None:
    body = pages(*((f"{SITE}/blog/p-{i}", "2026-06-01") for i in range(sitemap.MAX_ROWS + 10)))
    assert len(parse(body, newest=99_999).entries) == sitemap.MAX_ROWS


# ------------------------------------------------------------ what is news
def item(at: datetime | None, known: Item | None = None, first_visit: bool = False, now: datetime = NOW) -> Item:
    entry = Entry("u", "article", f"{SITE}/u", "U", published_at=at)
    return to_item("s", entry, known, now, first_visit, changes=True)


def test_what_a_first_visit_finds_is_no_news_even_when_it_is_dated() -> None:
    assert item(NOW, first_visit=True).moment is None and item(None, first_visit=True).moment is None


def test_a_known_page_that_changes_is_no_news() -> None:
    backlog = item(datetime(2026, 6, 1, tzinfo=UTC), first_visit=True)
    later = item(NOW, known=backlog)
    assert later.moment is None and later.entry.published_at == NOW


def test_a_page_first_seen_later_is_news_at_its_date_or_now() -> None:
    at = datetime(2026, 6, 30, tzinfo=UTC)
    assert item(at).moment == at and item(None).moment == NOW
    assert item(NOW, known=item(at)).moment == at
