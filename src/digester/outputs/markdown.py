"""An issue as Markdown: YAML front matter, then CommonMark that reads well as plain text.

Titles and posts are hostile input. Every value that reaches a template is escaped unless this module
made it (markupsafe.Markup), so forgetting a filter cannot open a hole: no link, image, heading, table
cell or HTML comes from a value. Citations are reference links, `[3]`, defined at the end.
"""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from digester.domain.issue import Issue
from digester.outputs._templates import environment
from digester.outputs._view import Page, page

if TYPE_CHECKING:
    from markupsafe import Markup

_SPECIAL = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\$(?!\d)|(?<=\])\(|!(?=\[)")
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_BLOCK_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=~>](?=\s|$|[-+=~>])|>|\d{1,9}(?=[.)](?:\s|$)))")
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data)(?=:)|\bwww(?=\.)")
_URL_UNSAFE = re.compile(r"[()<>\[\]\\|*`\s]")
BLANKS = re.compile(r"\n{3,}")


def escape(value: object) -> Markup:
    """The value as inert inline text on one line."""
    from markupsafe import Markup

    if isinstance(value, Markup):
        return value
    text = re.sub(r"\s+", " ", str(value))
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _BARE_LINK.sub(lambda m: m[0] + "\\", text)
    return Markup(_BLOCK_START.sub(_guard, text))  # noqa: S704 -- the one place that makes inert text


def _guard(match: re.Match[str]) -> str:
    """`# x` -> `\\# x`, `1. x` -> `1\\. x`: the start of a line cannot become a block."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def destination(url: str) -> Markup:
    """An address (http_url has checked it) as a link destination without a character that could end it."""
    from markupsafe import Markup

    return Markup(_URL_UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", url))  # noqa: S704 -- percent-encoded


def front_matter(view: Page) -> Markup:
    """YAML whose values are JSON strings, which every YAML 1.2 reader takes."""
    from markupsafe import Markup

    one_line = partial(re.sub, r"\s+", " ")
    fields: dict[str, Any] = {
        "title": one_line(view.title),
        "slug": one_line(view.slug),
        "summary": one_line(view.summary),
        "tags": [one_line(tag) for tag in view.tags],
        "category": one_line(view.category),
        "lang": view.language,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    lines.insert(2, f"date: {view.date.isoformat()}")
    return Markup("\n".join(["---", *lines, "---"]))  # noqa: S704 -- JSON strings between fences


def code(text: str) -> Markup:
    """A command as a code span; nothing in it can end the span."""
    from markupsafe import Markup

    return Markup(f"`{re.sub(r'[`<&]', '', text)}`")  # noqa: S704 -- no backtick, no HTML


class Marks:
    """Names of passage links in the order of their first use (p1, p2, ...), so that the prose holds no addresses."""

    def __init__(self, prefix: str = "p") -> None:
        self.prefix = prefix
        self.known: dict[str, str] = {}

    def __call__(self, url: str) -> str:
        return self.known.setdefault(url, f"{self.prefix}{len(self.known) + 1}")


class Markdown:
    name: ClassVar[str] = "markdown"
    media_type: ClassVar[str] = "text/markdown"
    extension: ClassVar[str] = "md"

    def __init__(self, overlay: Path | None = None) -> None:
        self._overlay = overlay

    def render(self, issue: Issue, language: str) -> bytes:
        view = page(issue, language)
        template = environment(self._overlay, escape).get_template("markdown/issue.md.j2")
        head = front_matter(view)
        text = template.render(page=view, w=view.words, front_matter=head, to=destination, code=code, mark=Marks())
        lines = (line.rstrip() for line in text.split("\n"))
        return f"{BLANKS.sub(chr(10) * 2, chr(10).join(lines)).strip()}\n".encode()
