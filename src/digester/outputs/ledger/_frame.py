"""A frame for the pages of the ledger when there is no site around them: one style, no script, no request."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import quote

from digester.domain.cut import octets, squeezed
from digester.outputs._templates import environment
from digester.outputs._words import html_lang, words
from digester.outputs.ledger._pages import Sheet


def plain_page(sheet: Sheet, overlay: Path | None = None) -> bytes:
    def to(path: str) -> str:
        """The relative reference from this page to a path of the site."""
        return quote(posixpath.relpath(path, posixpath.dirname(sheet.path)))

    template = environment(overlay).get_template("ledger/page.html.j2")
    lang = html_lang(sheet.language)
    text = template.render(sheet=sheet, page=sheet.view(), w=words(sheet.language), to=to, lang=lang)
    return octets(f"{squeezed(text)}\n")
