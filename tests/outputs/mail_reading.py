"""How the tests read a mail: with the parser of the standard library, which names every defect it meets."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from lxml import html
from lxml.html import HtmlElement


def parsed(body: bytes) -> EmailMessage:
    return cast(EmailMessage, BytesParser(policy=policy.default).parsebytes(body))


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def page(message: EmailMessage) -> HtmlElement:
    return html.document_fromstring(part(message, "html"))


def defects(message: EmailMessage) -> list[object]:
    headers = [d for p in message.walk() for value in p.values() for d in value.defects]
    return [*headers, *(d for p in message.walk() for d in p.defects)]


def shown(root: HtmlElement) -> str:
    """The text of the page without what is hidden, an element's end being a word's end."""
    body = root.find("body")
    pieces: list[str] = []
    _gather(body, pieces)
    return "".join(pieces)


def _gather(element: HtmlElement, pieces: list[str]) -> None:
    if element.get("class") == "pre":
        pieces.append(element.tail or "")
        return
    if isinstance(element.tag, str):
        pieces.append(element.text or "")
        for child in element:
            _gather(child, pieces)
    if element.tag in ("p", "div", "h1", "h2", "h3", "li", "blockquote", "td"):
        pieces.append("\n")
    pieces.append(element.tail or "")


def letters(text: str) -> str:
    """Letters and digits alone, in order: what both parts must share."""
    return re.sub(r"[\W_]", "", text)


def unlinked(text: str) -> str:
    """The text part without its addresses."""
    return re.sub(r"<?https?://[!-~]+", "", text)
