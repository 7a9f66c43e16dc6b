"""The title of a page, as it states it: its one main heading, its Open Graph title (ogp.me), or its <title>.

A heading is what readers see, but some pages make one of their logo; so it counts where the other two agree.
These often end in the name of the site, which no rule takes off for sure.
"""

from __future__ import annotations

from typing import Any

from digester.domain.errors import ParseError
from digester.domain.text import fold, plain
from digester.fulltext import _tree

LONGEST = 300  # characters; a longer one is no title


def of(markup: str) -> str:
    """The title of an HTML page on one line, or "" where it states none. Raises nothing."""
    try:
        page = _tree.parse(markup.encode("utf-8", "replace"), "text/html; charset=utf-8")
    except ParseError:
        return ""
    headings = [t for e in page.iter("h1") if (t := _line(_tree.raw_text(e)))]
    shared = next((_line(e.get("content")) for e in page.iter("meta") if e.get("property") == "og:title"), "")
    named = next((_line(_tree.raw_text(e)) for e in page.iter("title")), "")
    meant = fold(shared or named)
    agreed = [h for h in headings if fold(h) in meant and 2 * len(h) >= len(meant)]  # less is the name of the site
    return next((t for t in (*agreed[:1], shared) if t), "") or max([named, *headings[:1]], key=len)


def _line(said: Any) -> str:
    """White space folded; what is too long or says nothing is none."""
    text = " ".join(plain(str(said or "")).split())
    return text if len(text) <= LONGEST and "\ufffd" not in text else ""
