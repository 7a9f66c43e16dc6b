"""What an address or a page's bytes say about the sources behind it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from digester.domain.sources import Document, Request
from digester.sources._discover import MAX_LINKS, by_address, feed_links, looks_like_a_feed, places, read, sitemap_of

AT = datetime(2026, 6, 20, tzinfo=UTC)
PAGE = "https://blog.example/posts/1"


def document(body: bytes, media_type: str = "text/html", url: str = PAGE) -> Document:
    return Document(Request("page", url), url, media_type, body, AT)


def link(attributes: str) -> bytes:
    return f"<html><head><title>T</title><link {attributes}></head><body></body></html>".encode()


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ('rel="alternate" type="application/rss+xml" href="/feed.xml"', "https://blog.example/feed.xml"),
        ("rel=alternate type=application/atom+xml href=atom.xml", "https://blog.example/posts/atom.xml"),
        ('REL="Home ALTERNATE" TYPE="Application/RSS+XML; charset=utf-8" HREF=" /f "', "https://blog.example/f"),
        ('rel="alternate" type="application/feed+json" href="//cdn.example/f.json"', "https://cdn.example/f.json"),
        ('rel="alternate" type="application/json" href="/wp-json/"', None),
        ('rel="alternate" type="text/html" hreflang="de" href="/de"', None),
        ('rel="stylesheet" type="application/rss+xml" href="/x"', None),
        ('rel="alternates" type="application/rss+xml" href="/x"', None),
        ('rel="alternate" type="application/rss+xml" href=""', None),
        ('rel="alternate" type="application/rss+xml"', None),
        ('rel="alternate" type="application/rss+xml" href="javascript:alert(1)"', None),
        ('rel="alternate" type="application/rss+xml" href="file:///etc/passwd"', None),
        ('rel="alternate" type="application/rss+xml" href="https://me:pw@blog.example/f"', "https://blog.example/f"),
    ],
)
def test_a_page_names_its_feed(attributes: str, found: str | None) -> None:
    assert feed_links(link(attributes), PAGE) == ((found,) if found else ())


def test_feeds_are_taken_relative_to_base_once_each_and_those_of_comments_last() -> None:
    one = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'
    names = (("comments/feed", "Comments"), ("feed", "Posts"), ("feed", "Posts again"), ("f2", "Other"))
    body = '<base href="https://www.blog.example/sub/">' + "".join(one.format(*n) for n in names)
    assert feed_links(body.encode(), PAGE) == tuple(
        f"https://www.blog.example/sub/{p}" for p in ("feed", "f2", "comments/feed")
    )
    many = "".join(one.format(f"f{i}", "") for i in range(50))
    assert len(feed_links(many.encode(), PAGE)) == MAX_LINKS


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\xff\xfe", b"<", b"<!DOCTYPE html>", "<p>漢".encode("utf-16")])
def test_bytes_that_are_no_page_name_no_feed(body: bytes) -> None:
    assert feed_links(body, PAGE) == ()
    assert read(document(body)).kind == ""


def test_deep_and_endless_pages_end_soon() -> None:
    start = time.process_time()
    feed_links(b"<div>" * 500_000, PAGE)
    feed_links(b"<link rel=alternate type=application/rss+xml href=/f>" * 50_000, PAGE)
    read(document(b"<link " + b"a=b " * 500_000))
    assert time.process_time() - start < 30


def feed(items: str) -> bytes:
    return f'<rss version="2.0"><channel><title>A &amp; B</title>{items}</channel></rss>'.encode()


ITEM = "<item><title>t{0}</title><link>https://blog.example/{0}</link><pubDate>1{0} Jun 2026 10:00:00 GMT</pubDate>{1}</item>"


def test_a_feed_is_read_with_its_figures() -> None:
    found = read(document(feed(ITEM.format(1, "") + ITEM.format(2, ""))))
    assert (found.kind, found.title, found.entries) == ("rss", "A & B", 2)
    assert found.newest == datetime(2026, 6, 12, 10, tzinfo=UTC)
    empty = read(document(feed("")))
    assert (empty.kind, empty.entries, empty.newest) == ("rss", 0, None)


def test_a_feed_of_audio_is_a_podcast() -> None:
    audio = '<enclosure url="https://blog.example/1.mp3" type="audio/mpeg" length="1"/>'
    assert read(document(feed(ITEM.format(1, audio)))).kind == "podcast"
    assert read(document(feed(ITEM.format(1, audio) + ITEM.format(2, "")))).kind == "rss"


def test_a_json_feed_and_a_sitemap_are_told_from_pages() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "content_text": "x"}]}'
    found = read(document(body, "application/feed+json"))
    assert (found.kind, found.title, found.entries) == ("rss", "J", 1)
    assert read(document(b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>')).kind == "sitemap"
    page = read(document(link('rel="alternate" type="application/rss+xml" href="/f"')))
    assert (page.kind, page.title, page.links) == ("", "T", ("https://blog.example/f",))


@pytest.mark.parametrize(
    ("url", "kind", "params"),
    [
        ("https://github.com/Owner/na.me", "github_releases", {"repositories": ["Owner/na.me"]}),
        ("https://www.github.com/o/n/releases?q=1", "github_releases", {"repositories": ["o/n"]}),
        ("https://github.com/topics/RecSys/", "github_topic", {"topics": ["recsys"]}),
        ("https://github.com/o/n.git", "github_releases", {"repositories": ["o/n"]}),
        ("https://x.com/some_one", "x", {"account": "some_one"}),
        ("https://twitter.com/@some_one/", "x", {"account": "some_one"}),
        ("https://bsky.app/profile/ann.bsky.example", "bluesky", {"actor": "ann.bsky.example"}),
        ("https://bsky.app/profile/did:plc:abc", "bluesky", {"actor": "did:plc:abc"}),
        ("https://social.example/@ann", "mastodon", {"instance": "social.example", "account": "ann"}),
        ("https://social.example/@ann@other.example", "mastodon", {"instance": "social.example", "account": "ann@other.example"}),
    ],
)  # fmt: skip
def test_an_address_of_a_service_is_known_by_its_form(url: str, kind: str, params: dict[str, object]) -> None:
    found = by_address(url)
    assert found is not None
    assert (found.kind, dict(found.params)) == (kind, params)


@pytest.mark.parametrize(
    "url",
    ["https://github.com/o", "https://github.com/topics", "https://github.com/topics/a/b", "https://github.com/o/n/commits/main.atom",
     "https://x.com/home", "https://x.com/a/status/1", "https://x.com/far_too_long_for_a_name", "https://bsky.app/",
     "https://medium.com/@ann", "https://www.youtube.com/@ann", "https://blog.example/", "https://blog.example/@a/post"],
)  # fmt: skip
def test_other_addresses_of_these_services_are_pages(url: str) -> None:
    assert by_address(url) is None


def test_addresses_made_for_programs_are_told_by_their_path() -> None:
    feeds = ("/feed", "/blog/rss/", "/index.xml", "/atom/everything", "/a.json", "/sitemap.xml", "/feeds/ann.rss")
    assert all(looks_like_a_feed(f"https://blog.example{p}") for p in feeds)
    assert not any(looks_like_a_feed(f"https://blog.example{p}") for p in ("/", "/blog", "/feedback", "/atomic-habits"))
    assert places("https://blog.example/a/b?c")[0] == "https://blog.example/feed"


def test_robots_names_one_sitemap_several_or_none() -> None:
    robots = "https://blog.example/robots.txt"
    assert sitemap_of(b"User-agent: *\nSitemap: /map.xml # x\n", robots) == "https://blog.example/map.xml"
    assert sitemap_of(b"sitemap: https://a.example/1\r\nSITEMAP:https://a.example/2", robots) == robots
    assert sitemap_of(b"Disallow: /\nsitemap: ftp://a.example/", robots) is None
