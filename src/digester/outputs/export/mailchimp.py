"""An issue as a template for Mailchimp: the page of the issue's mail, and a foot with Mailchimp's merge tags.

A mail sent by Mailchimp must hold *|UNSUB|* and a postal address (mailchimp.com/help, "About email footers"); *|ARCHIVE|*
leads to its web copy, *|LIST:DESCRIPTION|* tells why one gets it. Mailchimp fills in tags wherever it finds `*|`: in texts,
in addresses, and in the text part that it makes of the page, so titles of the issue may hold none. A space is put in front of
a bar that follows a star or begins a text (a star may end the text before it); an address that reads as a tag, however
often encoded, leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

from digester.domain.cut import octets, squeezed
from digester.domain.issue import Issue
from digester.domain.mail import unpacked
from digester.domain.site import Site
from digester.outputs._templates import environment
from digester.outputs._tokens import tokens
from digester.outputs.email import Email, subject_of
from digester.outputs.export._article import one_line
from digester.outputs.export._words import words

_ADDRESS = re.compile(r'(?<= href=")[^"]*(?=")')
_BAR = re.compile(r"(?<=[*>])\|")
_TIMES = 4  # an address may be encoded in an address
_SUMMARY = 150  # code points of the preview text


class Mailchimp:
    name: ClassVar[str] = "mailchimp"
    media_type: ClassVar[str] = "text/html"
    extension: ClassVar[str] = "html"
    doc: ClassVar[str] = "an HTML template with Mailchimp's merge tags"

    def __init__(self, overlay: Path | None = None, site: Site | None = None) -> None:
        self._overlay = overlay
        self._site = site or Site()

    def fields(self, issue: Issue, language: str) -> Mapping[str, str]:
        preview = one_line(issue.summary, language, _SUMMARY)
        return {"subject": untagged(subject_of(issue, language)), "preview text": untagged(preview)}

    def render(self, issue: Issue, language: str) -> bytes:
        _, _, page = unpacked(Email(self._overlay, self._site).render(issue, language))
        head, end, rest = untagged(page).rpartition("</body>")
        return octets(f"{head}{self._foot(language)}{end}{rest}")

    def _foot(self, language: str) -> str:
        engine = environment(self._overlay)
        light, _ = tokens(engine.get_template("tokens.css").render())
        text = engine.get_template("export/mailchimp.html.j2").render(w=words(language), colour=light)
        return f"{squeezed(text)}\n"


def untagged(page: str) -> str:
    """The page, or a line of text, without any `*|`."""
    return _BAR.sub(" |", _ADDRESS.sub(_untagged_address, page))


def _untagged_address(found: re.Match[str]) -> str:
    read = found[0]
    for _ in range(_TIMES):
        read = unquote(unescape(read))
        if "*|" in read:
            return "#"
    return found[0].replace("|", "%7C")
