"""Lists of feeds from anywhere: what is read, what is named as wrong, what is refused."""

from __future__ import annotations

import time

import pytest

from digester.domain.errors import ParseError
from digester.domain.sources import Source
from digester.sources import _opml, podcast, rss
from digester.sources._opml import Outline, parse, write


def opml(body: str, head: str = '<?xml version="1.0"?>') -> bytes:
    return f'{head}<opml version="2.0"><head/><body>{body}</body></opml>'.encode()


def feed(url: str, more: str = "") -> str:
    return f'<outline type="rss" xmlUrl="{url}" {more}/>'


def test_folders_and_categories_are_tags() -> None:
    inner = feed("https://a.example/f", 'text="A" category="/Labs/en,news"') + feed("https://b.example/f", 'title="B"')
    found = parse(
        opml(f'<outline text="Outer"><outline title="Inner">{inner}</outline></outline>{feed("http://c.example")}')
    )
    assert found.feeds == (
        Outline("https://a.example/f", "A", ("Outer", "Inner", "Labs", "en", "news")),
        Outline("https://b.example/f", "B", ("Outer", "Inner")),
        Outline("http://c.example/", "http://c.example/", ()),
    )  # fmt: skip
    assert found.bad == ()


def test_bad_outlines_are_named_and_the_others_read() -> None:
    bad = feed("javascript:x", 'text="J"') + feed("https://me:secret@a.example/f", 'text="P"') + '<outline text="N"/>'
    found = parse(opml(bad + feed("", 'text="E"') + feed("https://a.example/f", 'text="A&#x202e;B"')))
    assert [f.name for f in found.feeds] == ["AB"]
    assert [b[0] for b in found.bad] == ["J", "P", "N", "E"]
    assert "secret" not in str(found)


def test_a_list_that_is_cut_off_is_said_to_be() -> None:
    cut = opml(feed("https://a.example/f") + feed("https://b.example/f"))[:-30]
    found = parse(cut)
    assert len(found.feeds) >= 1
    assert "cut off" in found.bad[0]


ENTITY = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body/></html>", b"<opml/>", b"\x00", b"{}", opml(feed("&x;"), ENTITY), opml(feed("https://&b;/"), LAUGHS),
     opml("<outline text='d'>" * 200 + "</outline>" * 200), opml("<outline/>" * (_opml.MAX_OUTLINES + 1)),
     opml(" " * _opml.MAX_BYTES)],
    ids=["empty", "html", "no body", "nul", "json", "file", "laughs", "deep", "many", "large"],
)  # fmt: skip
def test_what_is_no_list_or_an_attack_is_refused_soon(body: bytes) -> None:
    start = time.process_time()
    with pytest.raises(ParseError):
        parse(body)
    assert time.process_time() - start < 30


def test_what_is_written_is_read_again_the_same() -> None:
    lines = [
        Source("a", "rss", 'A "quoted" <b> & 漢字', rss.Params("https://a.example/f?x=1&y=2"), ("labs", "zh", "a b")),
        Source("b", "podcast", "B", podcast.Params("https://b.example/f"), ("podcasts",)),
        Source("c", "rss", "C", rss.Params("https://c.example/f")),
        Source("d", "rss", "D", rss.Params("https://d.example/f"), ("labs",)),
    ]
    bridged = Source("e", "rss", "E", rss.Params("rsshub://e/f"))
    text = write([*lines, bridged])
    found = parse(text.encode())
    assert found.bad == ()
    assert {(f.url, f.name, f.tags) for f in found.feeds} == {(s.params.url, s.name, s.tags) for s in lines}
    assert text.count('<outline text="labs">') == 1
