"""An issue for Substack: a page to open in a browser, to select whole, to copy, and to paste into the editor.

Substack's editor takes rich text from the clipboard (ProseMirror): headings, paragraphs, lists, quotations, rules, bold and
italic type and links. It has no tables, and it has no use for styles, so there are none; formulas are Unicode. The title
of the post is a field of its own: here it is the page's title, which is not copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from digester.domain.cut import squeezed
from digester.domain.issue import Issue
from digester.domain.site import Site
from digester.outputs._mail_view import Mail
from digester.outputs._templates import environment
from digester.outputs.export._article import mailed, titled
from digester.outputs.export._words import words

if TYPE_CHECKING:
    from markupsafe import Markup


class Substack:
    name: ClassVar[str] = "substack"
    media_type: ClassVar[str] = "text/html"
    extension: ClassVar[str] = "html"
    doc: ClassVar[str] = "a page to copy into the Substack editor"

    def __init__(self, overlay: Path | None = None, site: Site | None = None) -> None:
        self._overlay = overlay
        self._site = site or Site()

    def fields(self, issue: Issue, language: str) -> Mapping[str, str]:
        return titled(issue, language, 200, 300)

    def render(self, issue: Issue, language: str) -> bytes:
        return mailed(issue, language, self._site, self._page)

    def _page(self, mail: Mail) -> str:
        template = environment(self._overlay).get_template("export/substack.html.j2")
        text = template.render(mail=mail, w=words(mail.language), styled=False, link=anchor, listed=tuple)
        return f"{squeezed(text)}\n"


def anchor(text: str, url: str, number: int = 0) -> Markup:
    """The text as a link, without an address as text. `number` is the item's, for formats that list addresses."""
    from markupsafe import Markup, escape

    return Markup('<a href="{}">{}</a>').format(url, text) if url else escape(text)
