"""What a Markdown issue begins with: YAML for the site generator that takes it, one profile each.

`plain` is our own. Hugo, Jekyll and Astro print the title themselves, so the body leaves its heading out there;
NotionNext keeps it, because a title is no property of Notion's. Values are JSON strings, which YAML 1.2 takes, so no
title can become a key, a tag or a second document. Docs: gohugo.io/content-management/front-matter,
jekyllrb.com/docs/front-matter, docs.astro.build/en/guides/markdown-content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date
from typing import TYPE_CHECKING

from digester.domain.issue import Issue
from digester.domain.text import one_line
from digester.outputs._view import Page

if TYPE_CHECKING:
    from markupsafe import Markup

NOTION_SUMMARY = 1_900  # characters; a text of Notion ends at 2,000
HEADED = frozenset({"plain", "notionnext"})  # profiles under which the page begins with its title
_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")  # YAML 1.2, 5.1: not in a document as they are

Value = str | bool | date | list[str]


def _plain(view: Page, issue: Issue) -> dict[str, Value]:
    return {"title": view.title, "slug": view.slug, "date": view.date, "summary": view.summary, "tags": list(view.tags),
            "category": view.category, "lang": view.language}  # fmt: skip


def _hugo(view: Page, issue: Issue) -> dict[str, Value]:
    return {"title": view.title, "date": view.date, "lastmod": _day(issue), "slug": view.slug, "summary": view.summary,
            "tags": list(view.tags), "categories": [view.category], "draft": issue.state != "frozen"}  # fmt: skip


def _jekyll(view: Page, issue: Issue) -> dict[str, Value]:
    return {"layout": "post", "title": view.title, "date": view.date, "slug": view.slug, "excerpt": view.summary,
            "tags": list(view.tags), "categories": [view.category], "lang": view.language,
            "published": issue.state == "frozen"}  # fmt: skip


def _astro(view: Page, issue: Issue) -> dict[str, Value]:
    return {"title": view.title, "description": view.summary, "pubDate": view.date, "updatedDate": _day(issue),
            "slug": view.slug, "tags": list(view.tags), "category": view.category, "lang": view.language,
            "draft": issue.state != "frozen"}  # fmt: skip


def _notionnext(view: Page, issue: Issue) -> dict[str, Value]:
    """The ten properties of a NotionNext database, in its order."""
    return {"type": "Post", "status": "Published" if issue.state == "frozen" else "Draft", "date": view.date,
            "slug": view.slug, "summary": one_line(view.summary, NOTION_SUMMARY), "tags": list(view.tags),
            "category": view.category, "icon": "", "password": "", "priority": ""}  # fmt: skip


PROFILES: Mapping[str, Callable[[Page, Issue], Mapping[str, Value]]] = {
    "plain": _plain, "hugo": _hugo, "jekyll": _jekyll, "astro": _astro, "notionnext": _notionnext,
}  # fmt: skip


def front_matter(view: Page, issue: Issue, profile: str) -> Markup:
    """The fields of the profile between fences, one a line."""
    from markupsafe import Markup

    lines = [f"{key}: {_yaml(value)}" for key, value in PROFILES[profile](view, issue).items()]
    return Markup("\n".join(["---", *lines, "---"]))  # noqa: S704 -- JSON strings between fences


def _day(issue: Issue) -> date:
    return issue.frozen_at.astimezone(UTC).date()


def _yaml(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        value = _one_line(value)
    elif isinstance(value, list):
        value = [_one_line(one) for one in value]
    return quoted(value)


def quoted(value: object) -> str:
    """JSON that is YAML, too: what a reader of YAML refuses stands as an escape (YAML 1.2, 5.1)."""
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
