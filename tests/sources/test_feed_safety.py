"""What a hostile server can put into a feed, and what of it gets through: words, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from digester.domain.errors import ParseError
from digester.domain.sources import Document, Parsed, Request, Source
from digester.domain.text import BREAK, plain
from digester.sources import KINDS, _feed

NOW = datetime(2026, 7, 1, tzinfo=UTC)
RSS = KINDS["rss"]
URL = "https://feeds.example/feed"


def document(body: bytes, media_type: str = "application/xml") -> Document:
    return Document(Request("feed", URL), URL, media_type, body, NOW)


def parse(body: bytes, media_type: str = "application/xml") -> Parsed:
    return RSS.parse(Source("s", "rss", "Invented", RSS.Params(url=URL)), document(body, media_type))


def feed_with(description: str) -> bytes:
    inner = f"<title>T</title><link>https://e.example/1</link><description>{escape(description)}</description>"
    return f'<rss version="2.0"><channel><title>x</title><item>{inner}</item></channel></rss>'.encode()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A readable feed on this machine that no body may name its way into."""
    path = tmp_path / "secret.xml"
    path.write_bytes(feed_with("a secret of this machine"))
    return path


@pytest.mark.parametrize("form", ["{path}", "file://{path}", " {path}\n", "{path}\x00", "\ufeff{path}"])
@pytest.mark.parametrize("media_type", ["application/xml", "text/plain", "", "no type; charset=nonsense"])
def test_P01_a_body_that_names_a_file_opens_none(secret: Path, form: str, media_type: str) -> None:
    with pytest.raises(ParseError, match="not a feed"):
        parse(form.format(path=secret).encode(), media_type)


@pytest.mark.parametrize("body", [b"/etc/passwd", b"http://127.0.0.1:9/feed", b"file:///etc/passwd", b"-", b"<"])
def test_a_body_that_names_an_address_is_no_feed(body: bytes) -> None:
    with pytest.raises(ParseError, match="not a feed"):
        parse(body)


def test_P01_a_stylesheet_a_doctype_and_an_xinclude_fetch_nothing(secret: Path) -> None:
    inside = f'<!DOCTYPE rss [<!ENTITY f SYSTEM "file://{secret}">]>'
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'
    item = f"<item><title>&f; {include}</title><link>https://e.example/1</link></item>"
    body = f'<?xml version="1.0"?>{inside}<rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    assert "secret" not in str(parse(body.encode()))


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>words",
        "<scr<script>ipt>alert(1)</script>words",
        "<img src=x onerror=alert(1)>words",
        "<svg/onload=alert(1)>words",
        "<style>*{background:url(javascript:alert(1))}</style>words",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>words",
        "words<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "words<!-- <script>alert(1)</script> -->",
        "<a href='jav&#x61;script:alert(1)'>words</a>",
        "<![CDATA[<script>alert(1)</script>]]>words",
    ],
)
def test_P13_markup_becomes_inert_text(markup: str) -> None:
    entry = parse(feed_with(markup)).entries[0]
    assert "words" in entry.text
    assert "onerror" not in entry.text and "<" not in entry.text.replace("]]>", "")
    assert all(link.url.startswith(("http://", "https://")) for link in entry.links)


def test_P13_what_reads_like_markup_after_unescaping_stays_words() -> None:
    entry = parse(feed_with("Use &lt;script&gt; with care &amp; attention")).entries[0]
    assert entry.text == "Use <script> with care & attention"


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad", "\u061c"])
def test_reordering_and_hidden_characters_are_gone(hidden: str) -> None:
    entry = parse(feed_with(f"ab{hidden}cd")).entries[0]
    assert entry.text == "abcd" == plain(entry.text)


def test_P02_a_field_without_end_is_cut_before_it_is_read() -> None:
    text = _feed.html_to_text("<b>" * 10 + "x" * (_feed.MAX_FIELD + 5))
    assert len(text) <= _feed.MAX_FIELD


def test_P03_deep_and_wide_markup_is_read_in_time() -> None:
    assert "end" in _feed.html_to_text("<div>" * 5_000 + "end")
    assert len(_feed.links_in("<a href='https://e.example/x'>" * 20_000, URL)) == 1
    assert _feed.links_in("<a " * 60_000, URL) == ()


def test_P12_links_are_absolute_http_distinct_and_few() -> None:
    markup = "".join(f'<a href="/p{i % 60}">x</a>' for i in range(200)) + '<a href="mailto:a@b.example">m</a>'
    links = _feed.links_in(markup, "https://e.example/dir/page")
    assert len(links) == 50 and links[0].url == "https://e.example/p0"


@pytest.mark.parametrize("parsed", [None, (), "soon", (1, 2), (99999, 1, 1, 0, 0, 0, 0, 1, 0), (2026, 7, 1)])
def test_P04_a_date_that_no_calendar_knows_is_none(parsed: object) -> None:
    assert _feed.moment(parsed) is None


def test_the_fingerprint_of_a_feed_is_of_all_its_bytes() -> None:
    one, other = feed_with("a"), feed_with("b")
    assert RSS.fingerprint(document(one)) == RSS.fingerprint(document(one)) != RSS.fingerprint(document(other))


def test_P03_a_json_feed_nested_without_end_is_a_named_error() -> None:
    with pytest.raises(ParseError):
        parse(b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000)


def test_a_paragraph_that_ends_like_no_sentence_is_kept_apart_from_the_next() -> None:
    markup = "<h2>Ostrelith 3</h2><p>Get it on a phone</p><p>We release it today.</p><p>It is small.</p><ul><li>One</li><li>Two</li></ul>"
    text = f"Ostrelith 3 {BREAK} Get it on a phone {BREAK} We release it today. It is small. One {BREAK} Two"
    assert _feed.html_to_paragraphs(markup) == text == plain(text)
    assert _feed.html_to_paragraphs("Said\n\nand done.") == f"Said {BREAK} and done."
    assert _feed.html_to_paragraphs("<p>One <b>bold</b> word<br>goes on</p>") == "One bold word goes on"
    assert _feed.html_to_paragraphs("") == ""


def test_what_a_bridge_puts_around_a_post_is_no_part_of_it() -> None:
    given = "<p><b>Ann Marrow</b> (@annm)</p><p>Caches pay off at 12 GB.</p><p>View on X \u2192</p>"
    assert parse(feed_with(given)).entries[0].text == "Caches pay off at 12 GB."


@pytest.mark.parametrize(("given", "title"), [
    ("Jun 19, 2026ResearchHow Ostrelith plans", "How Ostrelith plans"),
    ("June 19, 2026Economic ResearchOstrelith at work", "Ostrelith at work"),
    ("Jun 19, 2026Introducing DeepOstrelith tools", "Introducing DeepOstrelith tools"),
    ("Ostrelith-V3 \u53d1\u5e03 2026/06/19", "Ostrelith-V3 \u53d1\u5e03"),
    ("pellucet - v2.9.3 - 2026-06-19 15:47:58", "pellucet - v2.9.3"),
    ("Notes of the day 2026-06-19", "Notes of the day 2026-06-19"),
    ("Jun 19, 2026", "Jun 19, 2026"),
])  # fmt: skip
def test_a_title_is_read_without_the_day_that_a_list_ran_into_it(given: str, title: str) -> None:
    assert _feed.title_text({"title": given}) == title
