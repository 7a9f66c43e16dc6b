"""Links from what is printed to the words it rests on: a text fragment into the source's page.

`PAGE#:~:text=first%20words,last%20words` (URL Fragment Text Directives, WICG draft): a browser that knows it
scrolls to the words and marks them, any other opens the page. Words that TeX or an extractor may have changed
make no fragment that is found; then the page opens, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from digester.domain.cut import whole
from digester.domain.issue import Excerpt
from digester.domain.model import Support
from digester.domain.urls import http_url

Places = Mapping[tuple[str, int, int], str]
_ENDS = 4  # words that name the beginning and the end of a passage
_FIRST = ("claim", "quot", "verbatim", "number", "date", "version", "org")


def places(excerpts: Iterable[Excerpt]) -> Places:
    """Support -> address of its words, for the excerpts of a record."""
    return {(e.passage_id, e.start, e.end): fragment(url, e.text) for e in excerpts if (url := http_url(e.url))}


def of(supports: Iterable[Support], known: Places) -> str:
    """The address of the first support that leads to words of a page, "" when none does."""
    if not known:
        return ""
    ordered = sorted(supports, key=_rank)
    return next((known[k] for s in ordered if (k := (s.passage_id, s.start, s.end)) in known), "")


def _rank(support: Support) -> int:
    return next((n for n, rule in enumerate(_FIRST) if support.rule.startswith(rule)), len(_FIRST))


@lru_cache(maxsize=1 << 12)  # each language prints the same
def fragment(url: str, text: str) -> str:
    """The page's address with a directive for the words of `text`; one that has a fragment keeps its own."""
    words = text.split()
    if "#" in url or not words:
        return url
    if len(words) <= 2 * _ENDS:
        return f"{url}#:~:text={_escaped(words)}"
    return f"{url}#:~:text={_escaped(words[:_ENDS])},{_escaped(words[-_ENDS:])}"


def _escaped(words: Iterable[str]) -> str:
    """Percent-encoded, with the directive's own signs: comma, hyphen and ampersand."""
    return re.sub("-", "%2D", quote(whole(" ".join(words)), safe=""))
