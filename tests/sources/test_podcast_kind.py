"""Podcasts: which transcript comes first, what a duration is, who speaks, and what XML may not do."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digester.domain.entries import to_item
from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.pipeline.enrich import request_for
from digester.sources import KINDS, _feed, _xml

NOW = datetime(2026, 7, 1, tzinfo=UTC)
KIND = KINDS["podcast"]
URL = "https://pod.example/feed"
SPACES = (
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
AUDIO = '<enclosure url="https://pod.example/1.mp3" length="5" type="audio/mpeg"/>'


def feed(inner: str, channel: str = "") -> bytes:
    item = f"<item><title>T</title><guid>https://pod.example/1</guid>{inner}</item>"
    return f'<rss version="2.0" {SPACES}><channel><title>x</title>{channel}{item}</channel></rss>'.encode()


def parse(body: bytes) -> Parsed:
    document = Document(Request("feed", URL), URL, "application/rss+xml", body, NOW)
    return KIND.parse(Source("s", "podcast", "Invented", KIND.Params(url=URL)), document)


def only(inner: str, channel: str = "") -> Entry:
    (entry,) = parse(feed(inner, channel)).entries
    return entry


def transcripts(*marks: str, channel: str = "") -> list[str]:
    entry = only(AUDIO + "".join(f"<podcast:transcript {m}/>" for m in marks), channel)
    return [e.url.removeprefix("https://pod.example/") for e in entry.enclosures[1:]]


def asked(entry: Entry) -> str | None:
    request = request_for(to_item("s", entry, None, NOW, first_visit=False))
    return request.url if request else None


def test_one_request_for_the_feed() -> None:
    (ask,) = KIND.first(Source("s", "podcast", "x", KIND.Params(url=URL)), FetchState("s"), NOW)
    assert (ask.url, ask.page) == (URL, False)


@pytest.mark.parametrize(
    ("marks", "order"),
    [
        (('url="/a.html" type="text/html"', 'url="/a.vtt" type="text/vtt"'), ["a.vtt", "a.html"]),
        (('url="/a.srt" type="text/srt"', 'url="/a.json" type="application/json"'), ["a.json", "a.srt"]),
        (('url="/a" type="text/html"', 'url="/a.SRT" type="text/plain"'), ["a.SRT", "a"]),
        (('url="/a.vtt" type="text/vtt"', 'url="/a.vtt" type="text/html"'), ["a.vtt"]),
        (('url="/de.vtt" type="text/vtt" language="de"', 'url="/a.html" type="text/html"'), ["a.html", "de.vtt"]),
        (('url="/a.srt" language="EN_us"', 'url="/b.srt"'), ["a.srt", "b.srt"]),
        (('url=" " type="text/vtt"', 'url="file:///etc/passwd" type="text/vtt"', 'type="text/vtt"'), []),
    ],
)
def test_the_best_transcript_in_the_feed_s_language_comes_first(marks: tuple[str, ...], order: list[str]) -> None:
    assert transcripts(*marks, channel="<language>en-gb</language>") == order


@pytest.mark.parametrize(
    "kind", ["text/vtt", "application/srt", "application/x-subrip", "application/json", "text/html"]
)
def test_the_whole_text_of_an_episode_is_its_transcript_in_each_format(kind: str) -> None:
    entry = only(f'{AUDIO}<podcast:transcript url="/words" type="{kind}"/>')
    assert asked(entry) == "https://pod.example/words"


def test_a_page_given_as_a_file_is_no_transcript_and_neither_are_chapters() -> None:
    page = '<enclosure url="https://pod.example/1.html" length="5" type="text/html"/>'
    chapters = '<podcast:chapters url="/chapters.json" type="application/json"/>'
    entry = only(page + chapters + '<podcast:transcript url="/1.txt" type="text/plain"/>')
    assert asked(entry) is None
    assert [e.media_type for e in entry.enclosures] == ["text/html", "text/plain", "application/json+chapters"]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("4210", "01:10:10"), ("48:10", "00:48:10"), ("1:02:03", "01:02:03"), ("90:00", "01:30:00"),
        ("1014.7", "00:16:54"), (" 00:00:59 ", "00:00:59"), ("0", None), ("-5", None), ("1h 20m", None),
        ("9999999", None), ("1" * 500, None), ("99:99:99:99", None), ("", None),
    ],
)  # fmt: skip
def test_p16_a_duration_is_a_time_or_nothing(said: str, known: str | None) -> None:
    assert only(f"<itunes:duration>{said}</itunes:duration>{AUDIO}").enclosures[0].duration == known


@pytest.mark.parametrize("length", ["-1", "1000000000000000000", "²", "5 MB", ""])
def test_p16_a_length_that_is_none_costs_no_entry(length: str) -> None:
    enclosure = only(f'<enclosure url="https://pod.example/1.mp3" length="{length}" type="audio/mpeg"/>').enclosures[0]
    assert (enclosure.url, enclosure.length) == ("https://pod.example/1.mp3", None)


def test_p16_chapters_without_end_are_cut() -> None:
    chapters = "".join(f'<psc:chapter start="{i // 60}:{i % 60:02}" title="C{i}"/>' for i in range(5000))
    links = only(f"{AUDIO}<psc:chapters>{chapters}</psc:chapters>").links
    assert len(links) == 100 and links[61].url == "https://pod.example/1.mp3#t=61"


@pytest.mark.parametrize("name", ["podcast", "rss"])
def test_a_chapter_without_a_start_does_not_cost_the_feed(name: str) -> None:
    body = feed(f'{AUDIO}<psc:chapters><psc:chapter title="x"/></psc:chapters><description>kept</description>')
    kind = KINDS[name]
    document = Document(Request("feed", URL), URL, "application/rss+xml", body, NOW)
    found = kind.parse(Source("s", name, "x", kind.Params(url=URL)), document)
    assert found.entries[0].text == "kept" and found.notes == ()


def test_people_of_the_episode_replace_those_of_the_show_and_the_crew_is_left_out() -> None:
    show = "<podcast:person>Mira Oldacre</podcast:person>"
    crew = '<podcast:person group="writing">Ned Carver</podcast:person>'
    assert only(AUDIO + crew, show).authors == ("Mira Oldacre",)
    assert only(AUDIO + "<podcast:person> Ada <b>Reed</b> </podcast:person>", show).authors == ("Ada Reed",)
    assert only(AUDIO + "<itunes:author>The Reeds</itunes:author>").authors == ("The Reeds",)


def test_items_that_cannot_be_paired_keep_what_the_feed_reader_saw() -> None:
    body = feed(AUDIO + '<podcast:transcript url="/1.vtt" type="text/vtt"/>').replace(b"<channel>", b"<channel><x>", 1)
    found = parse(body.replace(b"</channel>", b"</x></channel>"))
    assert [e.url for e in found.entries[0].enclosures] == ["https://pod.example/1.mp3", "https://pod.example/1.vtt"]
    assert found.notes == ("only one transcript an episode was read: 0 items in the XML, 1 in the feed",)


def test_live_items_are_no_episodes() -> None:
    live = f"<podcast:liveItem><title>Live</title><guid>l</guid>{AUDIO}</podcast:liveItem>"
    assert [e.title for e in parse(feed(AUDIO, live)).entries] == ["T"]


def test_a_body_that_is_no_feed_is_a_named_error() -> None:
    with pytest.raises(ParseError, match="not a feed"):
        parse(b"<html><body>Sign in</body></html>")


@pytest.mark.parametrize("where", ['<e a="&l9;"/>', "<e>&l9;</e>"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_in_time(where: str, coding: str) -> None:
    bomb = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(10))
    text = f'<?xml version="1.0" encoding="{coding}"?><!DOCTYPE e [{bomb}]>{where}'
    began = time.process_time()
    with pytest.raises(ParseError):
        _xml.load(text.encode(coding))
    assert time.process_time() - began < 30


@pytest.mark.skipif("DIGESTER_TEST_DATA" not in os.environ, reason="names the folder of the hostile inputs")
@pytest.mark.recorded
def test_recorded_attacks_open_and_expand_nothing() -> None:
    lines = (Path(os.environ["DIGESTER_TEST_DATA"]) / "hostile/xml_attacks.jsonl").read_text("utf-8").splitlines()
    secret = Path("/etc/passwd").read_text("utf-8").splitlines()[0]
    read = 0
    for line in lines:
        row = json.loads(line)
        body = row["data"].encode(row["enc"] if row["enc"] != "base64" else "utf-8", "replace")
        try:
            root = _xml.load(body)
        except ParseError:
            continue
        read += 1
        text = "".join(root.itertext()) + str([e.attrib for e in root.iter() if isinstance(e.tag, str)])
        assert secret not in text and len(text) <= len(body) * 2
    assert read < len(lines)


def test_a_time_of_a_chapter_is_whole_seconds() -> None:
    assert [_feed.seconds(t) for t in ("00:00:00.000", "12:30.5", "x", "")] == [0, 750, None, None]
