"""github.com/trending, by language and period. Repositories are chosen by sightings, not by date.

The page has no API; it is read by its `article.Box-row` markup. A page without a row is an error, so a
changed page is noticed instead of being taken for a quiet day.

What can be asked instead is the search API (docs.github.com/rest/search, GET /search/repositories): the most
starred of the repositories made in the period. All stars of those are of the period, so they count as its stars;
an older repository that trends is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import plain
from digester.sources import _api, _github
from digester.sources._kind import Kind

SEARCH, SEARCHED = "search", 25  # the route, and rows: as many as a trending page has
LIVES = {"daily": timedelta(hours=25), "weekly": timedelta(days=7, hours=1)}  # a request names the full hour
_NUMBER = re.compile(r"\d[\d,]{0,12}")
_REPO = re.compile(f"/({_github.OWNER}/{_github.NAME})/?$")


@dataclass(frozen=True)
class Params:
    """`languages` as GitHub spells them in the address ("" is all); `since` the period."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    languages: tuple[str, ...] = ("",)
    since: Literal["daily", "weekly"] = "daily"
    site: str = "github.com"


class GithubTrending(Kind):
    name: ClassVar[str] = "github_trending"
    doc: ClassVar[str] = "Repositories on GitHub's trending page, by language and period."
    Params: ClassVar[type] = Params

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        found = []
        for language in p.languages:
            path = f"/{quote(language)}" if language else ""
            url = f"https://{p.site}/trending{path}?since={p.since}"
            found.append(Request(p.since, url, "text/html", otherwise=(_search(p, language, now),)))
        return tuple(found)

    def parse(self, source: Source, document: Document) -> Parsed:
        """Repositories in the order of the page. Raises ParseError for a page or an answer without its rows."""
        if document.request.route == SEARCH:
            said = _github.answer(document)
            return _github.found(said, source.params.site, lambda row: _gained(row, document.fetched_at))
        return self._page(source, document)

    def _page(self, source: Source, document: Document) -> Parsed:
        from lxml import etree
        from lxml import html as lxml_html

        if not document.body.strip():
            raise ParseError("empty page")
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        try:
            tree = lxml_html.fromstring(document.body, parser=parser)
        except (etree.LxmlError, ValueError) as err:
            raise ParseError(f"no page: {str(err)[:120]}") from None
        rows: Any = tree.xpath("//article[contains(concat(' ', normalize-space(@class), ' '), ' Box-row ')]")
        entries = tuple(
            e for i, row in enumerate(rows, 1) if (e := _entry(row, i, source.params.site, document.request.route))
        )
        if not entries:
            raise ParseError("no repository on the page: it has changed shape, or asks for a login")
        return Parsed(entries)


def _entry(row: Any, position: int, site: str, since: str) -> Entry | None:
    hrefs = [str(h) for h in row.xpath(".//h2//a/@href | .//h1//a/@href")]
    m = next((m for h in hrefs if (m := _REPO.search(h.split("?")[0]))), None)
    if m is None:
        return None
    text = plain(" ".join(row.xpath("./p//text()")))
    language = plain("".join(row.xpath(".//*[@itemprop='programmingLanguage']//text()")))
    signals = {
        "stars": _count(row.xpath(".//a[contains(@href, '/stargazers')]//text()")),
        "forks": _count(row.xpath(".//a[contains(@href, '/forks') or contains(@href, '/network/members')]//text()")),
        f"stars_{since}": _count(row.xpath(".//span[contains(@class, 'float-sm-right')]//text()")),
    }
    known = {k: v for k, v in signals.items() if v is not None}
    return _github.repository(m[1], site, position, text, language, known)


def _count(texts: list[str]) -> float | None:
    m = _NUMBER.search(" ".join(texts))
    return float(m[0].replace(",", "")) if m else None


# ------------------------------------------------------------- the search API
def _search(p: Params, language: str, now: datetime) -> Request:
    """The most starred repositories made in the period; the hour is left out, so that an answer can be known."""
    since = (now - timedelta(days=1 if p.since == "daily" else 7)).strftime("%Y-%m-%dT%H:00:00Z")
    query = f"created:>={since}" + (f" language:{language}" if language else "")
    return _github.search(SEARCH, p.site, query, SEARCHED)


def _gained(row: Mapping[str, Any], now: datetime) -> Mapping[str, float]:
    """All stars of a repository that was made in a period were gained in it."""
    made, stars = _api.moment(row.get("created_at")), row.get("stargazers_count")
    return _api.counts(**{f"stars_{p}": stars for p, life in LIVES.items() if made and now - made <= life})
