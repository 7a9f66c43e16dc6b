"""The arXiv kind beyond its cases: what it asks for, what it takes for unchanged, and what it borrows.

The `arxiv` package's private names are pinned here: an update that moves them fails this file, not a run.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import arxiv
import pytest

from digester.domain.errors import ParseError
from digester.domain.sources import Document, FetchState, Request, Source
from digester.sources import KINDS
from digester.sources.arxiv import MISSED, PAGE

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
    asked = [r for r in parsed.next_requests if r.route == "api"]
    sizes = [len(parse_qs(urlsplit(r.url).query)["id_list"][0].split(",")) for r in asked]
    assert sizes == pages and len(parsed.next_requests) == len(pages) + bool(count)
    assert [len(b.announced_ids) for b in parsed.batches] == ([count] if count else [])


def query(request: Request) -> str:
    return parse_qs(urlsplit(request.url).query)["search_query"][0]


def test_the_day_of_a_list_is_asked_of_the_api_too_to_compare() -> None:
    parsed = KIND.parse(source(), document(listing(2), "listing:cs.IR"))
    (window,) = [r for r in parsed.next_requests if r.route.startswith("window:")]
    assert window.route == "window:cs.IR:2026-07-01:2026-07-01"
    assert query(window) == "cat:cs.IR AND submittedDate:[202606291800 TO 202606301759]"
    assert parsed.cursor == {"listed:cs.IR": "2026-07-01"}


@pytest.mark.parametrize(
    ("last", "now", "days"),
    [
        ("2026-06-30", "2026-07-01T12:00", []),
        ("2026-06-29", "2026-07-01T12:00", ["2026-06-30"]),
        ("2026-06-26", "2026-07-01T12:00", ["2026-06-29", "2026-06-30"]),
        ("2026-06-17", "2026-06-22T12:00", ["2026-06-18"]),  # the 19th has no list, the 20th is a Saturday
        ("2026-07-01", "2026-06-01T12:00", []),  # a clock that went back
        ("2026-06-15", "2026-07-01T12:00", [f"2026-06-{d}" for d in (16, 17, 18, 22, 23, 24, 25, 26, 29, 30)]),
        ("rubbish", "2026-07-01T12:00", []),
    ],
)
def test_F25_missed_listing_days_are_asked_of_the_api(last: str, now: str, days: list[str]) -> None:
    state = FetchState("s", {"listed:cs.IR": last})
    asks = KIND.first(source(), state, datetime.fromisoformat(now + "+00:00"))
    assert [r.route.rpartition(":")[0] for r in asks[1:]] == [f"calendar:cs.IR:{d}" for d in days]


def test_the_first_missed_day_is_asked_with_the_submissions_of_the_last_list_that_was_read() -> None:
    asks = KIND.first(source(), FetchState("s", {"listed:cs.IR": "2026-06-26"}), NOW.replace(hour=12))
    assert [r.route for r in asks[1:]] == [
        "calendar:cs.IR:2026-06-29:2026-06-26",
        "calendar:cs.IR:2026-06-30:2026-06-30",
    ]
    assert query(asks[1]) == "cat:cs.IR AND submittedDate:[202606241800 TO 202606261759]"


def test_after_a_long_absence_the_latest_five_weeks_are_caught_up_each_by_its_own_window() -> None:
    asks = KIND.first(source(), FetchState("s", {"listed:cs.IR": "2026-03-02"}), NOW.replace(hour=12))[1:]
    assert len(asks) == MISSED
    assert all(day == since for day, since in (r.route.split(":")[2:] for r in asks))


def test_a_missed_day_is_taken_from_the_api_and_marked_calendar() -> None:
    body = (CASES / "api.xml").read_bytes()
    found = KIND.parse(source(), document(body, "calendar:cs.IR:2026-07-01:2026-07-01"))
    assert [(b.category, b.day.isoformat(), b.route) for b in found.batches] == [("cs.IR", "2026-07-01", "calendar")]
    assert found.batches[0].announced_ids == tuple(e.external_id for e in found.entries)
    assert found.entries and {e.announced_at for e in found.entries} == {found.batches[0].day}
    assert (
        KIND.parse(source(), document(body, "calendar:cs.IR:2026-07-06:2026-07-06")).entries == ()
    )  # of another window
    assert (
        KIND.parse(source(), document(body, "calendar:cs.DC:2026-07-01:2026-07-01")).entries == ()
    )  # of another category


def test_the_compared_window_gives_ids_and_no_entries() -> None:
    found = KIND.parse(source(), document((CASES / "api.xml").read_bytes(), "window:cs.IR:2026-07-01:2026-07-01"))
    assert found.entries == ()
    assert [b.route for b in found.batches] == ["api"] and found.batches[0].announced_ids


def test_a_window_that_is_larger_than_one_answer_says_what_was_not_read() -> None:
    body = (CASES / "api.xml").read_bytes()
    large = re.sub(rb"(totalResults[^>]*>)\d+<", rb"\g<1>5002<", body)
    assert large != body
    found = KIND.parse(source(), document(large, "window:cs.IR:2026-07-01:2026-07-01"))
    assert found.notes == ("cs.IR 2026-07-01: 5000 papers beyond the first 2000 of the API were not read",)


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
def test_F25_entries_that_the_package_drops_are_noted() -> None:
    body = (CASES / "api.xml").read_bytes().replace(b"<published>2026-06-29T10:00:00Z</published>", b"")
    parsed = KIND.parse(source(), document(body))
    assert len(parsed.entries) == 1 and parsed.notes == ("1 entries of the API without id or date",)


def test_a_date_that_is_none_is_a_named_error() -> None:
    body = (CASES / "api.xml").read_bytes().replace(b"2026-06-29T10:00:00Z", b"yesterday")
    with pytest.raises(ParseError, match="date"):
        KIND.parse(source(), document(body))


def test_P01_an_entity_in_an_answer_is_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    head = f'<!DOCTYPE feed [<!ENTITY f SYSTEM "file://{secret}">]>'.encode()
    body = (CASES / "api.xml").read_bytes().replace(b"<feed ", head + b"<feed ", 1).replace(b"Nothing.", b"&f;")
    assert "a secret" not in str(KIND.parse(source(), document(body)))
