"""Bytes made to hurt: an extractor answers with an outcome or a ParseError, soon, and with inert plain text."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.domain.errors import ParseError
from digester.domain.model import Document, Extracted, Request
from digester.domain.text import plain
from digester.fulltext import EXTRACTORS, _tree

URL = "https://site.example/page"
PAPER = b'<article class="ltx_document"><div class="ltx_authors">%s</div><p class="ltx_p">%s</p></article>'
HOSTILE = {
    "nothing": b"",
    "a zero": b"\x00",
    "an open tag": b"<",
    "deep": b"<html><body>" + b"<div>" * 20_000 + b"end",
    "wide": b"<p>" * 20_000,
    "half a charset": b"<meta charset=" * 10_000,
    "an unknown charset": b'<meta charset="no-such-thing"><p>words',
    "a zip that is none": b"PK\x03\x04" + b"\x00" * 100,
    "utf-16 in halves": b"\xff\xfe<\x00h\x00t\x00m\x00l",
    "marks only": b"<sup>1</sup>" * 5_000,
    "mail without end": b"a-" * 5_000 + b"@" + b"a-." * 5_000,
    "braces": b"{" * 5_000 + b"a@" * 5_000,
    "tex without end": b'<math alttext="' + b"\\text{" * 20_000 + b'"></math>',
    "spans without end": b'<table class="ltx_tabular">' + b'<tr><td colspan="999" rowspan="999">x' * 400,
    "voices without end": b"<v " * 50_000 + b"-->",
    "arrows": b"00:00:01,000 --> 00:00:02,000\n" * 20_000,
    "json without end": b'{"segments":' + b"[" * 100_000,
    "json of wrong types": b'{"segments":[{"startTime":{},"body":[1],"speaker":{}},{"startTime":true},1,null]}',
    "a root without end": b"<div id='root'" * 20_000,
    "subscribe": b"subscribe " * 50_000,
}


def run(extractor: str, body: bytes, media_type: str = "text/html") -> Extracted | ParseError:
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    try:
        return EXTRACTORS[extractor](Document(Request("page", URL), URL, media_type, body, moment))
    except ParseError as err:
        return err


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("name", HOSTILE)
def test_P17_hostile_bytes_end_soon_in_an_outcome(extractor: str, name: str) -> None:
    body = HOSTILE[name]
    for each in (body, PAPER % (body, body)):
        begun = time.monotonic()
        found = run(extractor, each)
        assert time.monotonic() - begun < 10
        if isinstance(found, Extracted):
            assert found.text == plain(found.text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(sorted(EXTRACTORS)))
def test_any_bytes_are_an_outcome(body: bytes, extractor: str) -> None:
    found = run(extractor, PAPER % (body, body) if extractor == "arxiv_html" else body)
    assert isinstance(found, (Extracted, ParseError))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="$\\"), max_size=300))  # TeX is another test
def test_any_words_of_a_paragraph_are_quoted_as_plain_text(words: str) -> None:
    body = PAPER % (b"", words.replace("<", " ").replace("&", " ").encode("utf-8", "ignore"))
    found = run("arxiv_html", body)
    assert isinstance(found, Extracted) and found.text == plain(found.text)


def test_scripts_and_styles_of_a_paper_are_no_text() -> None:
    inner = b"words<script>alert(1)</script><style>p{}</style><svg><text>drawn</text></svg>"
    found = run("arxiv_html", PAPER % (b"", inner))
    assert isinstance(found, Extracted) and found.text == "words."


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "application/json", "audio/mpeg"])
def test_P20_what_is_no_page_is_unsupported(media_type: str) -> None:
    found = run("html", b"<html><body><p>words</p></body></html>", media_type)
    assert isinstance(found, Extracted) and found.outcome == "unsupported"


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        ("Zählung".encode(), "text/html", "Zählung"),
        ("Zählung".encode("latin-1"), "text/html; charset=iso-8859-1", "Zählung"),
        (b'<meta charset="gb2312">' + "面包".encode("gb18030"), "text/html", '<meta charset="gb2312">面包'),
        ("面包".encode("utf-16"), "text/html", "面包"),
        (b"\xef\xbb\xbfwords", "text/html", "words"),
        (b"one \xff byte", "text/html; charset=utf-8", "one \ufffd byte"),
        ("Zählung".encode(), "text/html; charset=ascii", "Zählung"),
        (b"words", "text/html; charset=no-such-thing", "words"),
        (b"wo\x00rds", "text/html", "words"),
    ],
)
def test_F20_decode_by_what_the_page_says_it_is(body: bytes, media_type: str, text: str) -> None:
    assert _tree.decode(body, media_type) == text


def test_P17_a_page_above_the_limit_is_refused() -> None:
    with pytest.raises(ParseError, match="MB"):
        _tree.parse(b"x" * (_tree.MAX_BYTES + 1))
