"""An issue as one HTML page: no script, no request but for the pictures beside it, nothing but the record.

Jinja's autoescape covers text and attributes; addresses pass `http_url` in the view, so no other
scheme reaches an href. The style sheet is part of the page and the Content-Security-Policy forbids the
rest, so a page opened from a mail or a disk loads nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from digester.domain.cut import octets, squeezed
from digester.domain.issue import Issue
from digester.outputs import charts
from digester.outputs._illustrations import FOLDER
from digester.outputs._templates import environment
from digester.outputs._view import page

if TYPE_CHECKING:
    from markupsafe import Markup


def rated(issue: Issue, language: str, overlay: Path | None) -> Markup:
    """The ratings of an issue as bars, to stand above its complete table."""
    counts = sorted(((int(r), n) for r, n in issue.census.by_rating.items() if r.isdecimal()), reverse=True)
    return charts.ratings(counts if issue.rows else (), language, overlay=overlay)


def yielded(issue: Issue, language: str, overlay: Path | None) -> Markup:
    """What each source gave as bars; one source alone is no comparison."""
    given = issue.coverage.yields
    rows = [(y.source, y.seen, y.printed) for y in given]
    return charts.sources(rows if len(rows) > 1 else (), language, overlay=overlay)


class Html:
    name: ClassVar[str] = "html"
    media_type: ClassVar[str] = "text/html"
    extension: ClassVar[str] = "html"

    def __init__(self, overlay: Path | None = None) -> None:
        self._overlay = overlay

    def render(self, issue: Issue, language: str) -> bytes:
        view = page(issue, language)
        template = environment(self._overlay).get_template("html/issue.html.j2")
        drawn = {"chart": rated(issue, language, self._overlay), "yields": yielded(issue, language, self._overlay)}
        text = template.render(page=view, w=view.words, pictures=FOLDER, **drawn)
        return octets(f"{squeezed(text)}\n")
