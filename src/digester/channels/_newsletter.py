"""What services of newsletters are given: the stored mail without what would be a template's tag there.

Both fill templates with what they get, so openings of tags are taken apart with a space, and percent-encoded in addresses; an
entity would not hold, since an editor may turn it back. `mark_of` names what a row made, so that it is found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from digester.domain.cut import cut, line
from digester.domain.delivery import Delivery, Outcome
from digester.domain.ids import digest
from digester.domain.mail import unpacked

SUBJECT = 200  # code points; a mail of ours has at most 70
DRAFT = "draft"
_OPENS = re.compile(r"\{(?=[{%#])")
_TRACK = re.compile(r"@(?=TrackLink)")
_ADDRESS = re.compile(r'\b(?:href|src)="[^"]*"')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL)
_BODY = re.compile(r"<body([^>]*)>(.*)</body>", re.DOTALL)
_BRACES = {ord("{"): "%7B", ord("}"): "%7D"}


class Stopped(Exception):
    """An attempt ends here, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@dataclass(frozen=True)
class Content:
    """An edition's e-mail for a service that puts it into a template of its own: harmless there, `page` without a frame."""

    subject: str
    text: str
    page: str


def mark_of(row: Delivery) -> str:
    """What an issue is found by again: the same in every attempt and for every revision."""
    return f"digester-{digest('newsletter', row.message_id, size=8)}"


def content_of(octets: bytes, language: str, *, styled: bool) -> Content:
    """From the stored message. Without `styled` there is no style sheet: the styles in the tags are enough to read it."""
    head, text, page = unpacked(octets)
    return Content(apart(cut(line(_subject(head)), SUBJECT)), apart(text), apart_page(_framed(page, language, styled)))


def _subject(head: bytes) -> str:
    from email import message_from_bytes
    from email.policy import default

    return str(message_from_bytes(head + b"\r\n", policy=default)["Subject"] or "")


def _framed(page: str, language: str, styled: bool) -> str:
    """What the page's body holds, in an element with the body's style; comments are for programs that get whole pages."""
    page = _COMMENT.sub("", page)
    body = _BODY.search(page)
    inner = f'<div lang="{escape(language)}"{body[1]}>{body[2].strip()}</div>' if body else page
    style = _STYLE.search(page) if styled else None
    return f"{style[0]}\n{inner}" if style else inner


def apart(text: str) -> str:
    """The text without the opening of a template: Go's `{{`, Django's `{{`, `{%` and `{#`, and listmonk's short form."""
    return _TRACK.sub("@ ", _OPENS.sub("{ ", text))


def apart_page(page: str) -> str:
    """The same for HTML, where addresses stay what they are: braces and the sign are percent-encoded in them."""
    return apart(_ADDRESS.sub(lambda found: _TRACK.sub("%40", found[0]).translate(_BRACES), page))


# ---------------------------------------------------------------------- channel
