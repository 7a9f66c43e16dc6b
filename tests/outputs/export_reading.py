"""How the tests read exports: all formats of an issue by name, and their texts by two parsers that share nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import html
from markdown_it import MarkdownIt
from tests.outputs.everything import SITE, issues
from tests.outputs.planting import Say

from digester.domain.issue import Issue
from digester.outputs.export import EXPORTS, exports

LIMIT = 100_000
NAMES = tuple(EXPORTS)
HTML = ("wechat-mp", "substack", "mailchimp")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def made(name: str, issue: Issue, language: str = "en") -> str:
    return exports(site=SITE)[name].render(issue, language).decode()


def every(say: Say) -> Iterator[tuple[str, str]]:
    """All formats in both languages of the weekly and the daily with every text said anew."""
    for number, issue in enumerate(issues(say)):
        for name in NAMES:
            for language in ("en", "zh"):
                yield f"{number}/{name}/{language}", made(name, issue, language)


class _Text(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def texts(page: str) -> tuple[str, str]:
    """The text of a page without its tags, by each parser; whoever makes a text part of it does about this."""
    root = html.document_fromstring(page)
    for style in root.iter("style"):
        style.text = ""
    return str(root.text_content()), "".join(_Text(page).pieces)


def addresses(page: str) -> tuple[list[str], list[str]]:
    """Where its links lead, by each parser."""
    return [str(a) for a in html.document_fromstring(page).xpath("//@href")], _Text(page).addresses


def markdown_links(text: str) -> list[str]:
    children = (t for block in MARKDOWN.parse(text) for t in block.children or ())
    return [str(t.attrs["href"]) for t in children if t.type == "link_open"]
