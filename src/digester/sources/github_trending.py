"""github.com/trending, by language and period. Repositories are chosen by sightings, not by date.

The page has no API; it is read by its `article.Box-row` markup. A page without a row is an error, so a
changed page is noticed instead of being taken for a quiet day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from digester.domain.errors import ParseError
from digester.domain.model import Document, Entry, FetchState, Parsed, Request, Source
from digester.domain.text import language_of, plain

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
        paths = [f"/{quote(language)}" if language else "" for language in p.languages]
        return tuple(
            Request(p.since, f"https://{p.site}/trending{path}?since={p.since}", "text/html") for path in paths
        )

    def fingerprint(self, document: Document) -> str:
        return hashlib.sha256(document.body).hexdigest()

    def parse(self, source: Source, document: Document) -> Parsed:
        from lxml import html as lxml_html

        if not document.body.strip():
            raise ParseError("empty page")
        parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        tree = lxml_html.fromstring(document.body, parser=parser)
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
