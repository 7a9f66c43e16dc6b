"""What a feed says, as a value that all three formats print: itself, and the newest issues in one language.

Ids are tag URIs (RFC 4151) over the issue's own id, so that they stay when the site moves, when a title or summary
changes and when an issue is revised. Text is cleaned here of what XML 1.0 cannot carry (XML 1.0, 2.2 Char).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from digester.domain.site import Card, Site
from digester.outputs._lines import said
from digester.outputs._words import html_lang, words

NEWEST = 20
_NO_XML = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_YEAR = "2026"  # RFC 4151: a date at which the authority held its name; part of every id, so it never changes
_EMPTY = datetime(1970, 1, 1, tzinfo=UTC)  # Atom asks for a date even when there is nothing to date


@dataclass(frozen=True)
class Entry:
    """An issue. `url` is "" without a public address; `content` is HTML."""

    id: str
    url: str
    path: str
    title: str
    summary: str
    tags: tuple[str, ...]
    published: datetime
    updated: datetime
    content: str


@dataclass(frozen=True)
class Channel:
    """A feed. Addresses are "" without a public one; paths are those of its file and of the home page."""

    id: str
    title: str
    about: str
    author: str
    lang: str
    url: str
    path: str
    home_url: str
    home_path: str
    updated: datetime
    entries: tuple[Entry, ...]


def channel(site: Site, language: str, kind: str, name: str, cards: Iterable[Card],
            content: Callable[[str], str]) -> Channel:  # fmt: skip
    """The feed called `name` of the issues of `kind` ("": of all kinds); `content` gives the HTML of an issue id."""
    shown = tuple(cards)
    path, home = file_of(site, language, kind, name), site.path(language, "index.html")
    site_title = one_line(said(site.title, language).text)
    title = title_of(site, language, shown if kind else ())
    return Channel(
        tag_uri(site, "/".join(part for part in ("feed", kind, language) if part)), title,
        words(language)["feed_about"].format(title), site_title, html_lang(language),
        address(site, path), path, address(site, home), home,
        max((card.frozen_at for card in shown), default=_EMPTY),
        tuple(_entry(site, language, card, clean(content(card.id))) for card in shown),
    )  # fmt: skip


def _entry(site: Site, language: str, card: Card, content: str) -> Entry:
    path = site.article({language: said(card.slug, language).text}, language)
    return Entry(
        tag_uri(site, f"{card.id}/{language}"), address(site, path), path,
        one_line(said(card.title, language).text), one_line(said(card.summary, language).text),
        tuple(one_line(tag) for tag in card.tags.get(language, ())),
        card.published_at or card.frozen_at, card.frozen_at, content,
    )  # fmt: skip


def file_of(site: Site, language: str, kind: str, name: str) -> str:
    return site.path(language, f"{kind}/{name}" if kind else name)


def title_of(site: Site, language: str, cards: Iterable[Card]) -> str:
    """The site's title, and behind it what the issues of one kind are called: their title without the period."""
    title = said(site.title, language).text
    for card in cards:
        own = said(card.title, language).text
        if name := own.removesuffix(card.period).rstrip(" -"):
            return one_line(f"{title}{words(language)['colon']}{name}")
    return one_line(title)


def tag_uri(site: Site, name: str) -> str:
    """`tag:digester,2026:rec-weekly/2026-W25/en`."""
    return f"tag:{site.authority},{_YEAR}:{quote(name, safe='/', errors='replace')}"


def address(site: Site, path: str) -> str:
    return site.address(quote(path, safe="/", errors="replace"))


def relative(path: str, start: str) -> str:
    """The link from the file `start` to the file `path`, for a site whose address nobody named."""
    return quote(posixpath.relpath(path, posixpath.dirname(start) or "."), safe="/", errors="replace")


def clean(text: str) -> str:
    """Without characters that no XML document may hold, and without controls."""
    return _NO_XML.sub("", text)


def one_line(text: str) -> str:
    return clean(re.sub(r"\s+", " ", text)).strip()
