"""The arXiv kind beyond its cases: what it asks for, what it takes for unchanged, and what it borrows.

The `arxiv` package's private names are pinned here: an update that moves them fails this file, not a run.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import arxiv
import pytest

from digester.domain.errors import ParseError
from digester.domain.model import Document, FetchState, Request, Source
from digester.sources import KINDS
from digester.sources.arxiv import PAGE

CASES = Path(__file__).parent / "cases" / "arxiv"
NOW = datetime(2026, 7, 1, tzinfo=UTC)
KIND = KINDS["arxiv"]


def source(**params: object) -> Source:
    return Source("s", "arxiv", "arXiv", KIND.Params(**({"categories": ("cs.IR",)} | params)))


def document(body: bytes, route: str = "api") -> Document:
    url = "https://x.example"
    return Document(Request(route, url), url, "application/atom+xml", body, NOW)


def listing(count: int) -> bytes:
    rest = "<title>T</title><published>2026-07-01T00:00:00-04:00</published>"
    rows = "".join(f"<entry><id>oai:arXiv.org:2606.{i:05}v1</id>{rest}</entry>" for i in range(count))
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{rows}</feed>'.encode()


# ------------------------------------------------------------ private names
def test_pin_the_parser_of_the_package() -> None:
    from arxiv import _feed

    feed = _feed.parse((CASES / "api.xml").read_bytes())
    result = feed.results[0]
    assert (feed.malformed, feed.error, len(feed.results)) == (False, None, 2)
    assert (result.entry_id, result.primary_category) == ("http://arxiv.org/abs/2606.00001v1", "cs.IR")
    assert result.authors[0].affiliation == ["Kestrelo Research"] and result.authors[1].affiliation == []
    assert result.published == datetime(2026, 6, 30, 17, 59, 59, tzinfo=UTC)
    assert _feed.parse(b"no xml").malformed


def test_pin_the_query_of_the_package() -> None:
    client = arxiv.Client()
    assert arxiv.Client.query_url_format.format("X").endswith("/api/query?X")
    client.query_url_format = "https://mirror.example/q?{}"
    url = client._format_url(arxiv.Search(id_list=["2606.00001v1", "hep-th/9901001"], max_results=2), 0, 2)
    asked = parse_qs(urlsplit(url).query)
    assert url.startswith("https://mirror.example/q?")
    assert asked["id_list"] == ["2606.00001v1,hep-th/9901001"]
    assert (asked["start"], asked["max_results"]) == (["0"], ["2"])


# ------------------------------------------------------------------ requests
def test_first_asks_one_listing_a_category() -> None:
    asks = KIND.first(source(categories=("cs.IR", "cs.CL"), site="arxiv.example"), FetchState("s"), NOW)
    assert [(a.route, a.url) for a in asks] == [
        ("listing:cs.IR", "https://rss.arxiv.example/atom/cs.IR"),
        ("listing:cs.CL", "https://rss.arxiv.example/atom/cs.CL"),
    ]


@pytest.mark.parametrize(("count", "pages"), [(0, []), (1, [1]), (PAGE, [PAGE]), (2 * PAGE + 1, [PAGE, PAGE, 1])])
def test_listed_ids_are_asked_for_in_pages(count: int, pages: list[int]) -> None:
    parsed = KIND.parse(source(), document(listing(count), "listing:cs.IR"))
    sizes = [len(parse_qs(urlsplit(r.url).query)["id_list"][0].split(",")) for r in parsed.next_requests]
    assert sizes == pages and all(r.route == "api" for r in parsed.next_requests)
    assert [len(b.announced_ids) for b in parsed.batches] == ([count] if count else [])


def test_without_the_api_nothing_more_is_asked() -> None:
    assert KIND.parse(source(api=False), document(listing(3), "listing:cs.IR")).next_requests == ()


# --------------------------------------------------------------- fingerprint
def test_fingerprint_leaves_out_only_the_time_of_asking() -> None:
    body = (CASES / "api.xml").read_bytes()
    same = body.replace(b"api/abc</id>", b"api/xyz</id>").replace(b"2026-07-01T12:00", b"2026-07-02T01:02")
    assert same != body
    assert KIND.fingerprint(document(same)) == KIND.fingerprint(document(body))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"abs/2606.00001v1</id>", b"abs/2606.00001v2</id>"),
        (b"<updated>2026-06-30T17:59:59Z", b"<updated>2026-07-01T00:00:00Z"),
        (b"totalResults>2<", b"totalResults>3<"),
        (b"arXiv Query:", b"arXiv query:"),
        (b"Accepted at", b"Submitted to"),
    ],
)
def test_fingerprint_sees_everything_else(old: bytes, new: bytes) -> None:
    body = (CASES / "api.xml").read_bytes()
    assert old in body
    assert KIND.fingerprint(document(body.replace(old, new))) != KIND.fingerprint(document(body))


# ------------------------------------------------------------------- answers
def test_entries_that_the_package_drops_are_noted() -> None:
    body = (CASES / "api.xml").read_bytes().replace(b"<published>2026-06-29T10:00:00Z</published>", b"")
    parsed = KIND.parse(source(), document(body))
    assert len(parsed.entries) == 1 and parsed.notes == ("1 entries of the API without id or date",)


def test_a_date_that_is_none_is_a_named_error() -> None:
    body = (CASES / "api.xml").read_bytes().replace(b"2026-06-29T10:00:00Z", b"yesterday")
    with pytest.raises(ParseError, match="date"):
        KIND.parse(source(), document(body))


def test_an_entity_in_an_answer_is_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    head = f'<!DOCTYPE feed [<!ENTITY f SYSTEM "file://{secret}">]>'.encode()
    body = (CASES / "api.xml").read_bytes().replace(b"<feed ", head + b"<feed ", 1).replace(b"Nothing.", b"&f;")
    assert "a secret" not in str(KIND.parse(source(), document(body)))
