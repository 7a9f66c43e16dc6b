"""Faults of what came back, each by its id: dates, links, identity, encodings, sizes and wrong types.

XML attacks and the hostile data through all parsers stand in tests/sandbox/test_hostile_data.py; what a feed
may smuggle into a text in test_feed_safety.py; merging and revisions in tests/domain/test_entries.py.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any

import pytest

from digester.domain.entries import to_item
from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, Parsed, Request, Source
from digester.sources import KINDS, _api, _feed, rss

NOW = datetime(2026, 7, 1, tzinfo=UTC)
URL = "https://feeds.example/dir/feed"
RSS = KINDS["rss"]


def parse(body: bytes, media_type: str = "application/xml") -> Parsed:
    document = Document(Request("feed", URL), URL, media_type, body, NOW)
    return RSS.parse(Source("s", "rss", "Invented", RSS.Params(url=URL)), document)


def feed(*items: str, head: str = "") -> bytes:
    return f'{head}<rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'.encode()


def item(inner: str = "", title: str = "T", link: str = "https://e.example/1") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{inner}</item>"


def only(body: bytes, media_type: str = "application/xml") -> Entry:
    (entry,) = parse(body, media_type).entries
    return entry


# -------------------------------------------------------------------------- P02
def test_P02_of_very_many_entries_the_newest_are_kept_and_the_rest_is_noted() -> None:
    old = [
        item("<pubDate>Fri, 01 Jan 2021 00:00:00 GMT</pubDate>", link=f"https://e.example/{n}")
        for n in range(rss.MAX_ENTRIES)
    ]
    new = [item("<pubDate>Mon, 01 Jun 2026 00:00:00 GMT</pubDate>", link=f"https://e.example/new{n}") for n in range(3)]
    found = parse(feed(*old, *new))
    assert len(found.entries) == rss.MAX_ENTRIES
    assert [e.url for e in found.entries[-3:]] == [f"https://e.example/new{n}" for n in range(3)]
    assert "3 left out: older entries" in found.notes


def test_P02_very_many_parts_of_one_entry_are_cut() -> None:
    files = "".join(f'<enclosure url="https://e.example/{n}.mp3" length="1" type="audio/mpeg"/>' for n in range(2_000))
    entry = only(feed(item("<category>c</category>" * 2_000 + files + "<author>a</author>" * 2_000)))
    assert len(entry.enclosures) == _feed.MAX_FILES
    assert len(entry.categories) <= 20 and len(entry.authors) == 1


def test_P02_very_many_parts_of_one_json_entry_are_cut() -> None:
    files = [{"url": f"https://e.example/{n}", "mime_type": "audio/mpeg"} for n in range(2_000)]
    entry = only(
        json_feed({"id": "a", "attachments": files, "tags": ["t"] * 2_000, "authors": [{"name": "A"}] * 2_000})
    )
    assert (len(entry.enclosures), len(entry.categories), len(entry.authors)) == (_feed.MAX_FILES, 20, 50)


# -------------------------------------------------------------------- P04, P05
DATES = (
    "Sat, 01 Jan 0000 00:00:00 GMT", "Wed, 01 Jan 0200 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -1200", "10000-01-01T00:00:00Z",
    "-0001-01-01T00:00:00Z", "31 Feb 2026 10:00:00 GMT", "Mon, 1 Jun 2026 25:61:00 GMT", "Mon, 1 Jun 2026 10:00:00 +9999",
    "1780000000000", "1 juin 2026", "2026年6月1日", "٢٠٢٦-٠٦-٠١", "²" * 10, "9" * 5_000, "2026-W99-9", "", "soon", "\u202e2026",
    "99999999-99-99T99:99:99+99:99", "2026-06-01T10:00:00+99:99", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
)  # fmt: skip


@pytest.mark.parametrize("date", DATES)
def test_P04_a_date_of_no_calendar_never_raises_and_never_pins_an_item(date: str) -> None:
    """Whatever it is read as: an item's moment lies between the first feeds and tomorrow."""
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>a</id><title>T</title><updated>{date}</updated></entry></feed>'
    for body in (
        feed(item(f"<pubDate>{date}</pubDate>")),
        atom.encode(),
        json_feed({"id": "a", "date_published": date}),
    ):
        moment = to_item("s", only(body), None, NOW, False).moment
        assert moment is not None and datetime(1990, 1, 1, tzinfo=UTC) <= moment <= NOW
    assert _api.moment(date) is None or _api.moment(date).tzinfo is UTC  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "date", ["1 Jun 26 10:00:00 GMT", "Mon, 1 Jun 2026 10:00:00 -0000", "Mon, 01 Jun 2026 12:00:00 +0200"]
)
def test_P04_odd_but_readable_dates_are_read(date: str) -> None:
    assert only(feed(item(f"<pubDate>{date}</pubDate>"))).published_at == datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("date", ["Thu, 01 Jul 2027 00:00:00 GMT", "Fri, 31 Dec 2100 00:00:00 GMT"])
def test_P05_a_date_in_the_future_does_not_pin_an_item(date: str) -> None:
    assert to_item("s", only(feed(item(f"<pubDate>{date}</pubDate>"))), None, NOW, False).moment == NOW


# -------------------------------------------------------------------------- P06
@pytest.mark.parametrize(
    ("one", "other"),
    [("ABC", "abc"), ("a", "a#2"), ("http://e.example/1", "https://e.example/1"), ("", ""), ("1780000000", "1780000001")],
    ids=["case", "fragment", "https", "empty", "time stamps"],
)  # fmt: skip
def test_P06_entries_with_near_or_empty_guids_stay_two(one: str, other: str) -> None:
    rows = [
        item(f'<guid isPermaLink="false">{g}</guid>', f"T{n}", f"https://e.example/{n}")
        for n, g in enumerate((one, other))
    ]
    entries = parse(feed(*rows)).entries
    assert [e.title for e in entries] == ["T0", "T1"]
    assert len({e.external_id for e in entries}) == 2


def test_P06_space_around_a_guid_makes_no_second_entry() -> None:
    rows = [item(f"<guid isPermaLink='false'>{g}</guid>") for g in ("a", " a ", "\n\ta\n")]
    assert [e.external_id for e in parse(feed(*rows)).entries] == ["a"]


def test_P06_a_feed_that_changes_all_its_guids_still_speaks_of_the_same_works() -> None:
    one, other = (only(feed(item(f"<guid isPermaLink='false'>{g}</guid>"))) for g in ("old-1", "new-1"))
    assert to_item("s", one, None, NOW, False).work == to_item("s", other, None, NOW, False).work


def test_P06_json_entries_without_id_and_address_are_told_apart_by_their_words() -> None:
    found = parse(json_feed({"title": "One"}, {"title": "Two"})).entries
    alone = only(json_feed({"title": "Two"}))
    assert [e.title for e in found] == ["One", "Two"]
    assert found[1].external_id == alone.external_id != found[0].external_id  # whatever stands beside it


# --------------------------------------------------------------- P10, P11, F20
BROKEN = {
    "undeclared namespace": (feed(item("<foo:bar>x</foo:bar>")), 1), "undeclared entity": (feed(item(title="T &nope; x")), 1),
    "bad nesting": (feed(item("<b><i>x</b></i>")), 1), "two roots": (feed(item()) + feed(item(link="https://e.example/2")), 1),
    "junk before": (b"\n\n junk " + feed(item()), 1), "junk after": (feed(item()) + b"<junk", 1),
    "cut in a tag": (feed(item(), item(link="https://e.example/2"))[:-40], 1), "control characters": (feed(item(title="T\x01\x0bx")), 1),
    "cut in a character": (feed(item(title="T面"))[:62], 0), "NUL": (feed(item()) + b"\x00" * 9, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_P10_broken_xml_is_read_as_far_as_it_goes_and_flagged(name: str) -> None:
    body, least = BROKEN[name]
    try:
        found = parse(body)
    except ParseError:
        assert not least
        return
    assert len(found.entries) >= least
    assert any("malformed" in note for note in found.notes)


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "text/plain", "image/png", "application/octet-stream", "", "x", "text/xml; charset=nonsense"],
)
def test_P11_a_feed_is_read_whatever_it_is_called(media_type: str) -> None:
    assert only(feed(item()), media_type).title == "T"


@pytest.mark.parametrize(
    "body",
    [b"<!doctype html><html><body><p>Sign in", b"\x89PNG\r\n\x1a\n" + bytes(99), b"%PDF-1.7", b"words", b"{}", b"[]"],
)
def test_P11_what_is_no_feed_is_a_named_error_whatever_it_is_called(body: bytes) -> None:
    with pytest.raises(ParseError, match="not a feed"):
        parse(body, "application/rss+xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "latin-1", "shift_jis"])
@pytest.mark.parametrize("told", ["in the document", "in the header", "falsely in the header"])
def test_F20_the_encoding_is_what_the_document_says_then_what_the_header_says(encoding: str, told: str) -> None:
    words = "Zählung" if encoding == "latin-1" else "面包"
    marked = encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")  # these show what they are
    if told == "falsely in the header" and not marked:
        told = "in the document"
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' if told == "in the document" else ""
    header = {"in the header": encoding.removesuffix("-sig"), "falsely in the header": "iso-8859-1"}.get(told, "")
    body = feed(item(title=words), head=head).decode().encode(encoding)
    assert only(body, f"application/rss+xml; charset={header}" if header else "application/rss+xml").title == words


@pytest.mark.parametrize("name", ["no-such-thing", "zlib_codec", "rot13", "idna"])
def test_F20_a_charset_that_is_none_is_read_as_what_it_looks_like_and_flagged(name: str) -> None:
    found = parse(feed(item(title="面包"), head=f'<?xml version="1.0" encoding="{name}"?>'))
    assert found.entries[0].title == "面包"
    assert found.notes


# -------------------------------------------------------------------- P12, P13
@pytest.mark.parametrize("link", ["", "#", "/1", "1", "//feeds.example/1", "javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
                                  "java\nscript:alert(1)", "&#106;avascript:x", "http://user:pw@e.example/", "http://[bad", "x" * 70_000])  # fmt: skip
@pytest.mark.parametrize("base", ["", "javascript:", "file:///etc/", "https://evil.example/"])
def test_P12_links_are_http_or_none(link: str, base: str) -> None:
    body = feed(
        item(
            f"<description>{escape(f'<a href={link!r}>x</a>')}</description>",
            link=escape(link, quote=False).replace("&amp;", "&"),
        )
    )
    entry = only(body.replace(b"<rss ", f'<rss xml:base="{base}" '.encode(), 1) if base else body)
    for url in (entry.url, *(x.url for x in entry.links)):
        assert url.startswith(("http://", "https://")) and "@" not in url and len(url) < 8_000


@pytest.mark.parametrize(
    ("title", "shown"),
    [("AT&amp;amp;T", "AT&T"), ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"), ("<![CDATA[<i>Slanted</i> &amp; more]]>", "Slanted & more"),
     ("1 &lt; 2", "1 < 2"), ("&lt;script&gt;alert(1)&lt;/script&gt;Words", "Words"), ("&amp;lt;script&amp;gt; tags", "<script> tags"),
     ("&#x202e;abc", "abc")],
)  # fmt: skip
def test_P13_a_title_is_what_its_author_meant_and_never_active(title: str, shown: str) -> None:
    assert only(feed(item(title=title))).title == shown


# -------------------------------------------------------------------- P14, P16
def test_P14_an_entry_without_anything_is_an_entry_and_one_without_title_has_a_beginning() -> None:
    assert only(feed("<item></item>")).url == URL
    assert only(feed("<item><description>Only words.</description></item>")).title == "Only words."
    assert only(feed("<item><description>&lt;img src='x'&gt;</description></item>")).text == ""


@pytest.mark.parametrize("title", ["word " * 200_000, "x" * 1_000_000, "面" * 300_000, "e\u0301" * 200_000])
def test_P14_a_title_of_a_megabyte_is_cut(title: str) -> None:
    for body in (feed(item(title=title)), json_feed({"id": "a", "title": title})):
        assert 400 < len(only(body).title) <= _feed.MAX_TITLE


@pytest.mark.parametrize(
    ("length", "size"),
    [
        ("1234", 1234),
        ("-1", None),
        ("1000000000000000000", None),
        ("", None),
        ("many", None),
        ("²", None),
        ("٣", None),
        ("1e9", None),
    ],
)
def test_P16_the_length_of_an_enclosure_is_a_length_or_unknown(length: str, size: int | None) -> None:
    entry = only(feed(item(f'<enclosure url="https://e.example/a.mp3" type="audio/mpeg" length="{length}"/>')))
    assert entry.enclosures[0].length == size


@pytest.mark.parametrize("duration", ["-1", "9" * 5_000, "aa:bb", "00:52:10", "\u202e1:00", "&lt;script&gt;"])
def test_P16_a_duration_is_a_time_or_unknown(duration: str) -> None:
    head = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    body = feed(item(f'<itunes:duration>{duration}</itunes:duration><enclosure url="https://e.example/a.mp3"/>'))
    found = only(body.replace(b"<rss ", f"<rss {head}".encode(), 1)).enclosures[0].duration
    assert found == ("00:52:10" if duration == "00:52:10" else None)


# -------------------------------------------------------------------------- P15
def json_feed(*rows: Any) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": list(rows)}).encode()


ODD = (None, 0, 5, -1.5, True, "", "x", "\ud800", "\x00", [], [1], [None], [[]], {}, {"name": 5}, [{"url": 7}],
       [{"name": None}])  # fmt: skip
FIELDS = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published", "tags", "authors", "author",
          "attachments")  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_P15_a_field_of_any_other_type_costs_no_entry(field: str) -> None:
    for odd in ODD:
        found = parse(json_feed({"id": "a", "title": "A", field: odd}, odd, {"id": "fine", "title": "Fine"})).entries
        assert found[-1].title == "Fine"
        assert "\ud800" not in repr(found) and "\\x00" not in repr(found)


@pytest.mark.parametrize(
    "text",
    ['{"version": "x", "items": ', '{"version": 5}', '{"items": []}', '{"a": %s}' % ("9" * 5_000), "{" * 100_000],
)
def test_P15_broken_json_is_a_named_error(text: str) -> None:
    with pytest.raises(ParseError, match="not a feed"):
        parse(text.encode())


def test_P15_doubled_keys_and_what_is_no_number_are_read() -> None:
    body = json_feed({"id": "a", "title": "A"}).replace(b'"title"', b'"x": NaN, "y": 1e999, "title": "first", "title"')
    assert only(body).title == "A"


# -------------------------------------------------------------------------- when a feed wants to be asked
def test_ttl_and_skip_hours_of_a_channel_are_read() -> None:
    head = "<ttl> 90 </ttl><skipHours><hour>0</hour><hour> 5 </hour><hour>24</hour><hour>99</hour></skipHours>"
    source = Source("s", "rss", "S", KINDS["rss"].Params(url="https://e.example/f"))
    body = feed(item("<title>a</title>")).replace(b"<channel>", f"<channel>{head}".encode(), 1)
    found = KINDS["rss"].parse(
        source, Document(Request("feed", "https://e.example/f"), "https://e.example/f", "", body, NOW)
    )
    assert (found.ttl, found.skip_hours) == (5400.0, (0, 5))
