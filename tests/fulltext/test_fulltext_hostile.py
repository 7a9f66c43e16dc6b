"""Bytes made to hurt: an extractor answers with an outcome or a ParseError, soon, and with inert plain text."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.domain.errors import ParseError
from digester.domain.model import Extracted
from digester.domain.sources import Document, Request
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
        begun = time.process_time()
        found = run(extractor, each)
        assert time.process_time() - begun < 30
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


@pytest.mark.parametrize("style", ["color:#FFFFFF;", "font-size:1px", "display:none"])
def test_P18_words_that_a_paper_hides_from_its_readers_are_no_text_of_it(style: str) -> None:
    seen = "The shop ranks a shelf by what was read, and says so on its page. " * 9
    hidden = f'<span class="ltx_text" style="{style}">Canary words for programs only.</span>'
    found = run("arxiv_html", PAPER % (hidden.encode(), (seen + hidden).encode()))
    assert isinstance(found, Extracted) and found.outcome == "ok"
    assert "Canary" not in found.text + str(found.author_block) and found.text.count("shelf") == 9


TEASER = "<h1>Lantern 2 is out</h1><p>Marrowby today releases Lantern 2 with open weights under Apache-2.0.</p>"
LONG = "".join(
    f"<p>Shelf {n} is ranked by what was read on day {n}, and says so on its own page.</p>" for n in range(20)
)
WALLS = {
    "a paywall stub": ("paywalled", f"<article>{TEASER}</article><p>Subscribe to continue reading.</p>"),
    "a declared paywall": ("paywalled", f'<script type="application/ld+json">{{"isAccessibleForFree": "False"}}</script>{TEASER}'),
    "a cookie banner": ("consent_wall", "<div id=banner><p>We value your privacy.</p><button>Accept all cookies</button></div>"),
    "a page for scripts": ("needs_javascript", "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>"),
    "a bot check": ("needs_javascript", "<p>Checking your browser before you go on.</p>"),
    "a soft 404": ("gone", "<h1>Oops!</h1><p>The page you are looking for does not exist. Here is what is new today.</p>"),
    "a soft 404 by its title": ("gone", "<title>Page not found | News</title><p>Try our search.</p>"),
    "a login page": ("paywalled", f"{TEASER}<form><input name=user><input name=p type='password'><button>Go</button></form>"),
    "a login page in words": ("paywalled", "<h1>Welcome back</h1><p>Please log in to continue reading this story.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("wall", WALLS)
def test_P19_a_wall_is_told_apart_and_is_no_article(wall: str) -> None:
    outcome, body = WALLS[wall]
    found = run("html", f"<html><body>{body}</body></html>".encode())
    assert isinstance(found, Extracted) and found.outcome == outcome


@pytest.mark.parametrize("wall", [w for w in WALLS if "title" not in w and "declared" not in w])
def test_P19_an_article_that_carries_such_words_is_an_article(wall: str) -> None:
    found = run("html", f"<html><body><article>{LONG}{WALLS[wall][1]}</article></body></html>".encode())
    assert isinstance(found, Extracted) and found.outcome == "ok"
