"""github.com/trending, by language and period. Repositories are chosen by sightings, not by date.

The page has no API; it is read by its `article.Box-row` markup. A page without a row is an error, so a
changed page is noticed instead of being taken for a quiet day.

What can be asked instead is the search API (docs.github.com/rest/search, GET /search/repositories): the most
starred of the repositories made in the period. All stars of those are of the period, so they count as its stars;
an older repository that trends is not among them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from digester.domain.errors import ParseError
from digester.domain.model import Document, Entry, FetchState, Parsed, Request, Source
from digester.domain.text import language_of, plain
from digester.sources import _api

SERVICE, SEARCH = "GitHub", "search"
MAX_ROWS = 100  # the API gives no more on one page
LIVES = {"daily": timedelta(hours=25), "weekly": timedelta(days=7, hours=1)}  # a request names the full hour
_NUMBER = re.compile(r"\d[\d,]{0,12}")
_REPO = re.compile(r"/([A-Za-z0-9-]{1,39})/([A-Za-z0-9._-]{1,100})/?$")


@dataclass(frozen=True)
class Params:
    """`languages` as GitHub spells them in the address ("" is all); `since` the period."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    languages: tuple[str, ...] = ("",)
    since: Literal["daily", "weekly"] = "daily"
    site: str = "github.com"


class GithubTrending:
    name: ClassVar[str] = "github_trending"
    doc: ClassVar[str] = "Repositories on GitHub's trending page, by language and period."
    Params: ClassVar[type] = Params
    papers: ClassVar[bool] = False

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        p = source.params
        found = []
        for language in p.languages:
            path = f"/{quote(language)}" if language else ""
            url = f"https://{p.site}/trending{path}?since={p.since}"
            found.append(Request(p.since, url, "text/html", otherwise=(_search(p, language, now),)))
        return tuple(found)

    def fingerprint(self, document: Document) -> str:
        return hashlib.sha256(document.body).hexdigest()

    def parse(self, source: Source, document: Document) -> Parsed:
        """Repositories in the order of the page. Raises ParseError for a page or an answer without its rows."""
        return search_parse(source, document) if document.request.route == SEARCH else self._page(source, document)

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
    name = f"{m[1]}/{m[2]}"
    text = plain(" ".join(row.xpath("./p//text()")))
    language = plain("".join(row.xpath(".//*[@itemprop='programmingLanguage']//text()")))
    signals = {
        "stars": _count(row.xpath(".//a[contains(@href, '/stargazers')]//text()")),
        "forks": _count(row.xpath(".//a[contains(@href, '/forks') or contains(@href, '/network/members')]//text()")),
        f"stars_{since}": _count(row.xpath(".//span[contains(@class, 'float-sm-right')]//text()")),
    }
    return Entry(
        external_id=name.lower(), kind="repository", url=f"https://{site}/{name}", title=name, text=text,
        categories=(language,) if language else (), language=language_of(text) if text else "en",
        signals={k: v for k, v in signals.items() if v is not None}, position=position,
    )  # fmt: skip


def _count(texts: list[str]) -> float | None:
    m = _NUMBER.search(" ".join(texts))
    return float(m[0].replace(",", "")) if m else None


# ------------------------------------------------------------- the search API
def _search(p: Params, language: str, now: datetime) -> Request:
    """The most starred repositories made in the period; the hour is left out, so that an answer can be known."""
    since = (now - timedelta(days=1 if p.since == "daily" else 7)).strftime("%Y-%m-%dT%H:00:00Z")
    query = f"created:>={since}" + (f" language:{language}" if language else "")
    asked = f"q={quote(query, safe='')}&sort=stars&order=desc&per_page=25"
    return Request(SEARCH, f"https://api.{p.site}/search/repositories?{asked}", "application/vnd.github+json")


def search_parse(source: Source, document: Document) -> Parsed:
    """Repositories of a search answer, best first. None found is no error; an answer of another shape is."""
    answer = _api.load(document, SERVICE)
    _api.said(answer, SERVICE)
    rows = _api.listed(_api.table(answer).get("items"), SERVICE, "items")[:MAX_ROWS]
    found = [e for i, row in enumerate(rows, 1) if (e := _found(_api.table(row), i, source, document.fetched_at))]
    _api.all_unread(len(found), len(rows), SERVICE)
    left = _api.notes(rows_that_cannot_be_read=len(rows) - len(found))
    hurried = ("GitHub gave up before its search was complete",) if answer.get("incomplete_results") is True else ()
    return Parsed(_api.distinct(found), notes=(*left, *hurried))


def _found(row: Mapping[str, Any], position: int, source: Source, now: datetime) -> Entry | None:
    """None for what has no name of a repository."""
    name = _api.string(row.get("full_name"))
    if not _REPO.fullmatch(f"/{name}"):
        return None
    text, language, made = _api.text(row.get("description")), _api.text(row.get("language"))[:80], row.get("created_at")
    stars = _api.number(row.get("stargazers_count"))
    gained = {f"stars_{p}": stars for p, life in LIVES.items() if (at := _api.moment(made)) and now - at <= life}
    return Entry(
        external_id=name.lower(), kind="repository", url=f"https://{source.params.site}/{name}", title=name, text=text,
        categories=(language,) if language else (), language=language_of(text) if text else "en",
        signals=_api.counts(stars=stars, forks=row.get("forks_count"), **gained), position=position,
    )  # fmt: skip
