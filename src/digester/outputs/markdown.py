"""An issue as Markdown: YAML front matter, then CommonMark that reads well as plain text.

Titles and posts are hostile input. Every value that reaches a template is escaped unless this module
made it (markupsafe.Markup), so forgetting a filter cannot open a hole: no link, image, heading, table
cell or HTML comes from a value. Citations are reference links, `[3]`, defined at the end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from digester.domain.cut import octets
from digester.domain.issue import Issue
from digester.outputs._front_matter import HEADED, front_matter
from digester.outputs._illustrations import FOLDER
from digester.outputs._templates import environment, markup
from digester.outputs._view import page

if TYPE_CHECKING:
    from markupsafe import Markup

_SIGN = re.compile(r"[\\`*\[\]|_~$&<]")  # one of them is in whatever the next two rules find
_SPECIAL = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\$(?!\d)|(?<=\])\(|!(?=\[)")
_ENTITY = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_BLOCK_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=~>](?=\s|$|[-+=~>])|>|\d{1,9}(?=[.)](?:\s|$)))")
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|javascript|data)(?=:)|\bwww(?=\.)")
_URL_UNSAFE = re.compile(r"[()<>\[\]\\|*`\s]")
_SPACES = re.compile(r"\s{2,}|[^\S ]")  # whatever is not one space already
_SHORT = 120  # code points of a value that is worth remembering
BLANKS = re.compile(r"\n{3,}")


def escape(value: object) -> Markup:
    """The value as inert inline text on one line."""
    if type(value) is not str:
        if isinstance(value, markup()):
            return value
        value = str(value)
    return _known(value) if len(value) <= _SHORT else _inert(value)


def _inert(text: str) -> Markup:
    Markup = markup()
    text = _SPACES.sub(" ", text)
    if _SIGN.search(text):  # most texts have none
        text = _SPECIAL.sub(r"\\\g<0>", text)
        text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    if ":" in text or "www" in text.lower():
        text = _BARE_LINK.sub(lambda m: m[0] + "\\", text)
    return Markup(_BLOCK_START.sub(_guard, text))  # the one place that makes inert text


_known = lru_cache(maxsize=1 << 12)(_inert)  # words of the page come hundreds of times


def _guard(match: re.Match[str]) -> str:
    """`# x` -> `\\# x`, `1. x` -> `1\\. x`: the start of a line cannot become a block."""
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def destination(url: str) -> Markup:
    """An address (http_url has checked it) as a link destination without a character that could end it."""
    from markupsafe import Markup

    return Markup(_URL_UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", url))  # noqa: S704 -- percent-encoded


def code(text: str) -> Markup:
    """A command as a code span; nothing in it can end the span."""
    from markupsafe import Markup

    text = _SPACES.sub(" ", re.sub(r"[`<&]", "", text))  # an empty line would end the paragraph, and the span with it
    return Markup(f"`{text}`")  # noqa: S704 -- no backtick, no HTML


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

    def __init__(self, overlay: Path | None = None, profile: str = "plain") -> None:
        self._overlay, self._profile = overlay, profile

    def render(self, issue: Issue, language: str) -> bytes:
        view = page(issue, language)
        template = environment(self._overlay, escape).get_template("markdown/issue.md.j2")
        head = front_matter(view, issue, self._profile)
        text = template.render(
            page=view, w=view.words, front_matter=head, headed=self._profile in HEADED, to=destination, code=code, mark=Marks(),
            pictures=FOLDER,
        )  # fmt: skip
        lines = (line.rstrip() for line in text.split("\n"))
        return octets(f"{BLANKS.sub(chr(10) * 2, chr(10).join(lines)).strip()}\n")
