"""Documents made to exhaust a parser: it ends by itself, or the sandbox ends it, and the next one is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.sandbox import parsers

from digester.ports import SandboxFailure
from digester.sandbox import ProcessSandbox

pytestmark = pytest.mark.slow
FEED = b'<rss version="2.0"><channel><title>x</title><item><title>T</title><link>https://e.example/1</link>%s</item></channel></rss>'
PAGE = b"<html><body><article><h1>Bread</h1>%s%%s%s</article></body></html>" % (
    (b"<p>" + b"A plain sentence about bread. " * 40 + b"</p>",) * 2
)


@pytest.fixture(scope="module")
def box() -> Iterator[ProcessSandbox]:
    sandbox = ProcessSandbox(4.0, 1_000_000_000)
    warmed(sandbox)
    yield sandbox
    sandbox.close()


def warmed(box: ProcessSandbox) -> None:
    """A new worker imports its parsers; on a busy machine that may take more than one try."""
    assert any(isinstance(box.run(parsers.warm), int) for _ in range(5))


def outcome(box: ProcessSandbox, how: str, body: bytes) -> object:
    """What came of it; whatever that is, the parser must then read an ordinary feed."""
    result = box.run(parsers.parse, how, body)
    if isinstance(result, SandboxFailure):
        warmed(box)
    after = box.run(parsers.parse, "rss/feed", FEED % b"")
    assert getattr(after, "entries", None), after
    return result


DEEP = {
    "feed": ("rss/feed", FEED % (b"<a>" * 1_000_000)),
    "closed": ("arxiv/api", b"<feed>" + b"<a>" * 300_000 + b"</a>" * 300_000),
    "listing": ("arxiv/listing:cs.IR", b"<feed>" + b"<entry>" * 50_000),
    "opml": ("rss/feed", b"<opml><body>" + b"<outline>" * 50_000),
    "page": ("text/html", b"<html><body>" + b"<div>" * 1_000_000),
    "paper": ("text/arxiv_html", b"<article class='ltx_document'>" + b"<div>" * 300_000),
    "trending": ("github_trending/daily", b"<article class='Box-row'>" * 300_000),
    "json feed": ("rss/feed", b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 1_000_000),
    "posts": ("bluesky/feed", b'{"feed":' * 1_000_000),
    "transcript": ("text/transcript", b'{"segments":' + b"[" * 1_000_000),
}


@pytest.mark.parametrize("name", DEEP)
def test_P03_depth_without_end_ends_in_an_answer_or_a_contained_failure(box: ProcessSandbox, name: str) -> None:
    result = outcome(box, *DEEP[name])
    assert not isinstance(result, SandboxFailure) or result.kind in ("timeout", "memory"), result


PAGES = {
    "a million nodes": b"<p>x</p>" * 1_000_000,
    "colspan": b"<table><tr><td colspan='9007199254740991' rowspan='9007199254740991'>x</td></tr></table>",
    "data uri": b"<img src='data:image/png;base64," + b"A" * 10_000_000 + b"'>",
    "links": b"<a href='/x'>y</a> " * 50_000,
    "attributes": b"<p " + b"a=b " * 200_000 + b">x</p>",
}


@pytest.mark.parametrize("name", PAGES)
def test_P17_a_page_made_to_exhaust_ends_in_an_outcome_or_is_ended(box: ProcessSandbox, name: str) -> None:
    for how in ("text/html", "text/arxiv_html", "github_trending/daily"):
        result = outcome(box, how, PAGE % PAGES[name])
        assert not isinstance(result, SandboxFailure) or result.kind in ("timeout", "memory"), (how, result)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">{0}</p>', '<div style="display: none"><p>{0}</p></div>', '<p aria-hidden="true">{0}</p>',
        '<p style="font-size:0">{0}</p>', '<p style="Font-Size: 0px">{0}</p>', '<p style="position:absolute; left:-9999px">{0}</p>', "<!-- {0} -->",
        "<noscript><p>{0}</p></noscript>", '<img src="x" alt="{0}">', '<p style="visibility:hidden">{0}</p>', "<template><p>{0}</p></template>",
        '<p><span style="display:none">{0}</span>Other words.</p>',
    ],
)  # fmt: skip
def test_P18_text_that_no_reader_sees_is_no_text_of_a_page(box: ProcessSandbox, hidden: str) -> None:
    words = "Canary sentence for programs only, of some length."
    found = box.run(parsers.parse, "text/html", PAGE % hidden.format(words).encode())
    assert getattr(found, "outcome", None) == "ok", found
    assert "Canary" not in found.text and found.text.count("plain sentence") >= 40


@pytest.mark.parametrize("seen", ['<p style="font-size:0.9em">{0}</p>', '<p style="margin:-9px">{0}</p>'])
def test_P18_small_and_shifted_text_is_still_text(box: ProcessSandbox, seen: str) -> None:
    found = box.run(
        parsers.parse, "text/html", PAGE % seen.format("Canary sentence for every reader, of some length.").encode()
    )
    assert "Canary" in found.text


FIELDS = ("author", "title", "pubDate", "description", "guid", "category", "link")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("letters", [b"a", b"a@a.", b"(", b"&lt;a ", b"&lt;a href=", b"\\text{", b"$", b" ", b"arXiv:"])
def test_P21_a_field_made_for_regular_expressions_is_read_or_contained(
    box: ProcessSandbox, field: str, letters: bytes
) -> None:
    """100 kB in one field. feedparser's own expression for authors is quadratic: the sandbox ends it."""
    inner = f"<{field}>".encode() + letters * (100_000 // len(letters)) + f"</{field}>".encode()
    result = outcome(box, "rss/feed", FEED % inner)
    assert not isinstance(result, SandboxFailure) or (field == "author" and result.kind == "timeout"), result
