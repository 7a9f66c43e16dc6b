"""The Markdown page: CommonMark whose structure is ours alone, with YAML on top, readable as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.outputs.hostile_samples import BAD_URLS, HOSTILE, hostile
from tests.outputs.issue_samples import DRAWING, daily, weekly

from digester.domain.issue import Issue
from digester.domain.licences import OPEN
from digester.domain.urls import http_url
from digester.outputs import OUTPUTS
from digester.outputs.markdown import escape

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXT = ("text", "text_special", "softbreak")


def page(issue: Issue, language: str = "en") -> tuple[dict[str, object], str]:
    whole = OUTPUTS["markdown"].render(issue, language).decode()
    _, head, body = whole.split("---\n", 2)
    return yaml.safe_load(head), body


def tokens(body: str) -> Iterator[Token]:
    for token in PARSER.parse(body):
        yield token
        yield from token.children or ()


def shape(body: str) -> list[tuple[str, str]]:
    """Blocks and inline markup without the words in them."""
    return [(t.type, t.tag) for t in tokens(body) if t.type not in TEXT]


def links(body: str) -> set[str]:
    """Where links lead; a text fragment names words of the page and leads nowhere else."""
    return {str(t.attrs["href"]).partition("#:~:text=")[0] for t in tokens(body) if t.type == "link_open"}


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_cannot_change_the_structure(payload: str, language: str) -> None:
    head, body = page(hostile(payload), language)
    plain_head, plain_body = page(hostile("word"), language)
    assert shape(body) == shape(plain_body)
    assert links(body) == links(plain_body)
    assert list(head) == list(plain_head) and isinstance(head["title"], str)
    assert not {t.type for t in tokens(body)} & {"html_block", "html_inline", "fence", "s_open"}
    assert {str(t.attrs["src"]) for t in tokens(body) if t.type == "image"} <= {f"pictures/{DRAWING.name}"}


@pytest.mark.parametrize("payload", [p for p in HOSTILE if "\u202e" not in p])
def test_escaped_text_reads_as_it_was(payload: str) -> None:
    inline = PARSER.parseInline(str(escape(payload)))[0].children or []
    assert "".join(t.content for t in inline) == re.sub(r"\s+", " ", payload).strip()


@pytest.mark.parametrize("url", BAD_URLS)
def test_other_schemes_are_no_links(url: str) -> None:
    assert not links(page(hostile("Title", url))[1])


@pytest.mark.parametrize("issue", [weekly(), daily(), hostile("word")], ids=["weekly", "daily", "hostile"])
def test_links_belong_to_the_record(issue: Issue) -> None:
    own = [p.url for p in issue.picks()] + [link.url for p in issue.picks() for link in p.links]
    known = {http_url(url) for url in own + [r.url for r in issue.rows] + [e.url for e in issue.excerpts]}
    found = links(page(issue)[1])
    known |= {OPEN[i.picture.licence] for i in issue.illustrations()}
    unescaped = {re.sub("%(28|29|5B|5D|7C)", lambda m: chr(int(m[1], 16)), url) for url in found}
    assert found and unescaped <= known


def test_front_matter() -> None:
    head, _ = page(weekly(), "zh")
    assert list(head) == ["title", "slug", "date", "summary", "tags", "category", "lang"]
    assert head["title"] == "推荐周报 2026-W25" and head["slug"] == "rec-weekly-2026-W25"
    assert head["date"] == date(2026, 6, 20) and head["tags"] == ["推荐系统", "周报"] and head["lang"] == "zh"


@pytest.mark.parametrize("issue", [weekly(), daily()], ids=["weekly", "daily"])
def test_same_order_as_html(issue: Issue) -> None:
    body = page(issue)[1]
    headings = [PARSER.renderInline(h) for h in re.findall(r"^## (.*)$", body, re.MULTILINE)]
    html = OUTPUTS["html"].render(issue, "en").decode()
    assert headings == [re.sub("<.*?>", "", h) for h in re.findall(r"<h2[^>]*>(.*?)</h2>", html)]
    assert [t for t in PARSER.parse(body) if t.type == "heading_open" and t.tag == "h1"].__len__() == 1


def test_printed_counts_are_rendered_counts() -> None:
    body = page(weekly())[1]
    assert "4 published: 1x5, 2x4, 1x3" in body
    for rating, number in ((5, 1), (4, 2), (3, 1)):
        assert len(re.findall(rf"^★+☆* {rating}/5", body, re.MULTILINE)) == number
        assert len(re.findall(rf"^\| {rating} \|", body, re.MULTILINE)) == number


def test_citations_resolve() -> None:
    body = page(weekly())[1]
    cited = {t.attrs["href"] for t in tokens(body) if t.type == "link_open"}
    assert "https://arxiv.example/abs/2606.90014v1" in cited
    assert not re.search(r"(?<!\\)\[\d+\](?!:)", "".join(t.content for t in tokens(body) if t.type == "text"))


def test_reads_well_as_plain_text() -> None:
    for issue in (weekly(), daily()):
        for language in ("en", "zh"):
            body = page(issue, language)[1]
            assert "\\" not in body and "&lt;" not in body and "\n\n\n" not in body
            assert not re.search(r"[ \t]$", body, re.MULTILINE)
            assert not [t for t in tokens(body) if t.type == "text" and "*" in t.content]  # markup that failed


def test_posts_and_episodes() -> None:
    body = page(daily())[1]
    assert "- **Ansgar Tovelund** (Scheduler maintainer, Pellucet): “Below 6,200 tokens," in body
    assert "\n### [Queues before disks](" in body  # the posts before it have no numbers either
    assert "- **21:40** “We threw the predictor away and nobody noticed.”" in body
    link = "[quessendale/hobbenloom](https://github.example/quessendale/hobbenloom)"
    assert f"| {link} | TypeScript | 31,250 | 1,875 |" in body
