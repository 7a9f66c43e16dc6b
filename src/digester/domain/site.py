"""What many issues share when they are published together: the site's address and names, and where its pages stand.

A `Card` is what an index shows of an issue. It is made once from the record, so that a home page, a feed or a calendar
of a thousand issues needs none of their records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from digester.domain.issue import Issue, Text

TITLE = {"en": "AI & RecSys Digest", "zh": "AI 与推荐系统文摘"}


@dataclass(frozen=True)
class Site:
    """`url` is the public address without a slash at its end, "" when none is configured: then nothing absolute is
    printed. The pages of the first language stand at the top, those of the others below their code. `authority` names
    who gives out the ids in feeds (RFC 4151): it is not the address and stays when that changes. `front_matter` is the
    profile of the Markdown output."""

    url: str = ""
    title: Text = field(default_factory=lambda: TITLE)
    languages: tuple[str, ...] = ("en", "zh")
    contact: str = ""
    authority: str = "digester"
    front_matter: str = "plain"

    def path(self, language: str, name: str) -> str:
        """`article/x.html` in the first language, `zh/article/x.html` in another."""
        return name if language == self.languages[0] else f"{language}/{name}"

    def article(self, slug: Text, language: str) -> str:
        """The path of an issue's page."""
        return self.path(language, f"article/{slug[language]}.html")

    def address(self, path: str) -> str:
        """The public address of a path, "" without one."""
        return f"{self.url}/{path}" if self.url else ""


@dataclass(frozen=True)
class Card:
    """What indexes show of one issue; texts by language."""

    id: str
    kind: str
    period: str
    revision: int
    state: str
    title: Text
    slug: Text
    summary: Text
    tags: Mapping[str, tuple[str, ...]]
    category: Text
    languages: tuple[str, ...]
    ends_at: datetime  # of its window: the day that an issue is about
    frozen_at: datetime
    published_at: datetime | None = None  # when its first revision was frozen; None: it is the first


def card_of(issue: Issue, published_at: datetime | None = None) -> Card:
    return Card(
        issue.id, issue.kind, issue.period, issue.revision, issue.state, issue.title, issue.slug, issue.summary,
        issue.tags, issue.category, issue.languages, issue.window.end, issue.frozen_at,
        published_at,
    )  # fmt: skip
