"""A newsletter's draft as paragraphs: CommonMark without its markup, and the addresses it links to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digester.domain.text import plain

_FRONT_MATTER = re.compile(r"\A---\n.{0,20000}?\n---\n", re.DOTALL)


def paragraphs(text: str) -> list[str]:
    """Paragraphs, headings, list items and table cells as plain text, in order; code and HTML are left out.

    A link stands as its text followed by its address, so that both are checked.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT_MATTER.sub("", text, count=1))
    found = (plain("".join(_inline(t.children or []))) for t in tokens if t.type == "inline")
    return [p for p in found if p]


def _inline(children: Sequence[object]) -> Iterator[str]:
    address = ""
    for child in children:
        kind, content = getattr(child, "type", ""), getattr(child, "content", "")
        if kind == "link_open":
            address = str(getattr(child, "attrs", {}).get("href", ""))
        elif kind == "link_close":
            yield f" {address} " if address.startswith(("http://", "https://")) else ""
        elif kind in ("softbreak", "hardbreak"):
            yield " "
        elif kind in ("text", "code_inline"):
            yield str(content)
