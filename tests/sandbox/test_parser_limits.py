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


HIDDEN = (
    '<p style="display:none">{0}</p>', '<div style="display: none"><p>{0}</p></div>', '<p aria-hidden="true">{0}</p>',
    '<p style="font-size:0">{0}</p>', '<p style="Font-Size: 0px">{0}</p>', '<p style="font-size:1px">{0}</p>', "<!-- {0} -->",
    '<p style="position:absolute; left:-9999px">{0}</p>', '<p style="text-indent: -9999px !important">{0}</p>',
    "<noscript><p>{0}</p></noscript>", '<img src="x" alt="{0}">', '<p style="visibility:hidden">{0}</p>', "<template><p>{0}</p></template>",
    '<p><span style="display:none">{0}</span>Other words.</p>', "<p hidden>{0}</p>", '<p hidden="hidden">{0}</p>', '<p style="opacity:0">{0}</p>',
    '<p style="color:#FFF">{0}</p>', '<p style="color: rgb(255, 255, 255)">{0}</p>', '<p><font color="white">{0}</font></p>',
    '<div style="background:#123456"><p style="color:#123456">{0}</p></div>', '<p style="color:transparent">{0}</p>',
    '<p style="height:0;overflow:hidden">{0}</p>', '<p style="position:absolute;clip:rect(0,0,0,0)">{0}</p>',
    "<style>.quiet{{display:none}}</style><p class='a quiet'>{0}</p>", "<style>#quiet, .other {{ VISIBILITY : hidden }}</style><p id=quiet>{0}</p>",
    "<style>/* .quiet{{display:block}} */ .quiet{{display:none !important;}}</style><p class=quiet>{0}</p>",
)  # fmt: skip
SEEN = (
    '<p style="font-size:0.9em">{0}</p>', '<p style="margin:-9px">{0}</p>', '<p hidden="until-found">{0}</p>', '<p style="opacity:0.5">{0}</p>',
    '<div style="background:#000"><p style="color:#fff">{0}</p></div>', '<table bgcolor="#000080"><tr><td><p style="color:white">{0}</p></td></tr></table>',
    "<style>.quiet{{display:none}} .quiet.open{{display:block}}</style><p class='quiet open'>{0}</p>", '<p style="display:">{0}</p>',
    "<style>@media print{{.quiet{{display:none}}}}</style><p class=quiet>{0}</p>", "<style>.a .quiet{{display:none}}</style><p class=quiet>{0}</p>",
)  # fmt: skip
WORDS = "Canary sentence of some length, with words enough for a paragraph of its own."


@pytest.mark.parametrize("hidden", HIDDEN)
def test_P18_text_that_no_reader_sees_is_no_text_of_a_page(box: ProcessSandbox, hidden: str) -> None:
    found = box.run(parsers.parse, "text/html", PAGE % hidden.format(WORDS).encode())
    assert getattr(found, "outcome", None) == "ok", found
    assert "Canary" not in found.text and found.text.count("plain sentence") >= 40


@pytest.mark.parametrize("seen", SEEN)
def test_P18_small_shifted_and_coloured_text_is_still_text(box: ProcessSandbox, seen: str) -> None:
    assert "Canary" in box.run(parsers.parse, "text/html", PAGE % seen.format(WORDS).encode()).text


@pytest.mark.parametrize("how", ["hidden", "style='visibility:hidden'", "class=late", "style='opacity:0'"])
@pytest.mark.parametrize("holder", ["div", "article", "main"])
def test_P18_a_page_that_hides_its_article_until_a_script_shows_it_is_read(
    box: ProcessSandbox, holder: str, how: str
) -> None:
    text = "A plain sentence of the article, with words enough. " * 40
    page = f"<html><head><style>.late{{opacity:0}}</style></head><body><p>Menu</p><{holder} {how}><p>{text}</p></{holder}></body></html>"
    found = box.run(parsers.parse, "text/html", page.encode())
    assert found.outcome == "ok" and found.text.count("plain sentence") == 40


STYLES = {
    "braces": b"{" * 400_000, "comments": b"/*" * 200_000, "classes": b".a" * 200_000, "commas": b".a," * 150_000 + b"{display:none}",
    "declarations": b".a{" + b"a:" * 200_000 + b"}", "rules": b".a{display:none}" * 30_000, "spaces": b" " * 400_000 + b"{",
}  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_P17_a_style_made_to_exhaust_is_read_in_time(box: ProcessSandbox, name: str) -> None:
    found = box.run(parsers.parse, "text/html", PAGE % (b"<style>" + STYLES[name] + b"</style>"))
    assert getattr(found, "outcome", None) == "ok", found


def test_P17_hidden_elements_one_in_another_are_read_in_time(box: ProcessSandbox) -> None:
    nested = b"<div hidden>" * 200 + b"<i></i>" * 20_000
    found = box.run(parsers.parse, "text/html", PAGE % nested)
    assert getattr(found, "outcome", None) == "ok", found


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
