"""An issue as one HTML page: no script, no request, nothing but the record.

Jinja's autoescape covers text and attributes; addresses pass `http_url` in the view, so no other
scheme reaches an href. The style sheet is part of the page and the Content-Security-Policy forbids the
rest, so a page opened from a mail or a disk loads nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from digester.domain.issue import Issue
from digester.outputs._cut import octets
from digester.outputs._templates import environment
from digester.outputs._view import page

BLANK_LINES = re.compile(r"\n\s*\n+")


class Html:
    name: ClassVar[str] = "html"
    media_type: ClassVar[str] = "text/html"
    extension: ClassVar[str] = "html"

    def __init__(self, overlay: Path | None = None) -> None:
        self._overlay = overlay

    def render(self, issue: Issue, language: str) -> bytes:
        view = page(issue, language)
        template = environment(self._overlay).get_template("html/issue.html.j2")
        text = template.render(page=view, w=view.words)
        return octets(f"{BLANK_LINES.sub(chr(10), text).strip()}\n")
