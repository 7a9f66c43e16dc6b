"""Where whole texts come from: a paper's HTML page, else its PDF; the route is kept, and nothing is asked twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.fulltext import printed
from tests.servers.newsroom import WEEKLY, Desk, Web, serve

from digester.demo.server import Reply
from digester.domain.entries import subject_of
from digester.pipeline import enrich

WEEK = (WEEKLY[0], "--date", WEEKLY[1])
PAGE, PRINT = "https://arxiv.example/html/", "https://arxiv.example/pdf/"
GONE = Reply(404, "text/plain", b"no HTML for this paper")
STUB = Reply(200, "text/html", b"<article class='ltx_document'><p class='ltx_p'>Converting.</p></article>")
OTHER = Reply(200, "text/html", b"<html><body><p>No HTML could be made of this paper.</p></body></html>")
SAYS = "The shelf was ranked by what was read, and the click rate rose by 1.2% in a test of 14 days."
PDF = Reply(200, "application/pdf", printed.pdf("H|Abstract\nWe rank.\nH|1 Introduction\n" + f"{SAYS}\n" * 8))
pytestmark = pytest.mark.slow


def texts(desk: Desk) -> list[Any]:
    """What is stored of the papers of the week."""
    with desk.store() as store:
        ids = [row["id"] for row in desk.json("items", "list", "--issue", WEEKLY[0], "--date", WEEKLY[1])]
        found = store.full_texts([subject_of(i) for i in store.items(ids).values()])
    return list(found.values())


def enriched(desk: Desk, web: Web, pages: Reply | None, prints: Reply | None) -> dict[str, Any]:
    serve(desk, web)
    web.special |= {url + "*": reply for url, reply in ((PAGE, pages), (PRINT, prints)) if reply}
    desk("screen", *WEEK)
    return desk.json("enrich", *WEEK)  # type: ignore[no-any-return]


@pytest.mark.parametrize("page", [GONE, STUB, OTHER], ids=["gone", "too short", "no paper"])
def test_a_paper_without_its_html_page_is_read_from_its_pdf(collected: Desk, page: Reply) -> None:
    with Web() as web:
        report = enriched(collected, web, page, PDF)
        found = texts(collected)
        assert report["failures"] == [] and report["done"] == len(found) > 20
        assert {(t.outcome, t.route) for t in found} == {("ok", "pdf")}
        assert all(SAYS in t.text and t.sections[1].heading == "Introduction" for t in found)
        assert len(web.asked(PAGE)) == len(web.asked(PRINT)) == len(found)
        web.log.clear()
        assert (collected.json("enrich", *WEEK)["done"], web.log) == (0, [])


def test_a_paper_with_an_html_page_is_never_asked_for_its_pdf(collected: Desk) -> None:
    with Web() as web:
        enriched(collected, web, None, PDF)
        whole = [t for t in texts(collected) if t.route == "arxiv_html"]
        assert len(whole) > 20 and {t.outcome for t in whole} == {"ok"}
        assert len(web.asked(PRINT)) == len(texts(collected)) - len(whole)


def test_a_paper_with_neither_is_gone_once_and_for_good(collected: Desk) -> None:
    with Web() as web:
        report = enriched(collected, web, GONE, GONE)
        assert report["failures"] == []
        assert Counter((t.outcome, t.route) for t in texts(collected)) == {("gone", "pdf"): report["done"]}


def test_what_was_missed_before_a_further_way_was_known_is_asked_for_once_more(collected: Desk) -> None:
    """Outcomes that name the HTML page alone, as they were stored before PDFs were read: those without a text are to
    do again, those with one are not."""
    with Web() as web:
        enriched(collected, web, GONE, GONE)
        with collected.store() as store:
            ids = [row["id"] for row in collected.json("items", "list", "--issue", WEEKLY[0], "--date", WEEKLY[1])]
            items = {subject_of(i): i for i in store.items(ids).values()}
            stored = sorted(store.full_texts(items).values(), key=lambda t: t.work)
            for n, old in enumerate(stored):
                item = items[old.work]
                request = enrich.request_for(item)
                assert request and enrich.is_known(item, request, old)
                outcome: Any = "ok" if n < 3 else "gone"
                before = replace(old, outcome=outcome, text="x", input_hash=enrich.input_hash(item, (request,)))
                store.save_full_text(before, (), datetime(2026, 6, 20, tzinfo=UTC))
        web.log.clear()
        web.special[PRINT + "*"] = PDF
        assert collected.json("enrich", *WEEK)["done"] == len(stored) - 3 > 20
        assert len(web.asked(PRINT)) == len(stored) - 3
        assert Counter(t.outcome for t in texts(collected)) == {"ok": len(stored)}
        web.log.clear()
        assert (collected.json("enrich", *WEEK)["done"], web.log) == (0, [])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Reply(500, "text/plain", b""), "answers 500"),
        (Reply(200, "application/pdf", PDF.body[:400]), "PDF that cannot be read"),
        (Reply(200, "text/html", b"<html><body>The PDF is being made</body></html>"), "not a PDF"),
    ],
    ids=["error", "cut off", "a page instead"],
)
def test_a_pdf_that_fails_is_tried_again_later_from_the_html_page_on(collected: Desk, answer: Reply, said: str) -> None:
    with Web() as web:
        failures = enriched(collected, web, GONE, answer)["failures"]
        assert len(failures) > 20 and all(said in f["error"] for f in failures)
        assert texts(collected) == []
        del web.special[PAGE + "*"]
        collected.now = "2026-06-20T07:40:00+00:00"
        later = collected.json("enrich", *WEEK)
        assert later["done"] + len(later["failures"]) == len(failures) and later["done"] > 20


def test_an_encrypted_pdf_is_an_outcome_and_not_tried_again(collected: Desk) -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    with Web() as web:
        locked = Reply(200, "application/pdf", printed.document([printed.content([SAYS])], lock))
        assert enriched(collected, web, GONE, locked)["failures"] == []
        assert {(t.outcome, t.route) for t in texts(collected)} == {("unsupported", "pdf")}


def test_a_pdf_above_the_limit_is_an_outcome_and_not_tried_again(collected: Desk) -> None:
    with Web() as web:
        serve(collected, web, ", max_bytes: 300000")
        web.special |= {PAGE + "*": GONE, PRINT + "*": Reply(200, "application/pdf", PDF.body + b"%" * 400_000)}
        collected("screen", *WEEK)
        assert collected.json("enrich", *WEEK)["failures"] == []
        assert {(t.outcome, t.route) for t in texts(collected)} == {("unsupported", "pdf")}


@pytest.mark.parametrize("media_type", ["application/pdf", "application/octet-stream", "text/html"])
def test_an_article_that_is_a_pdf_is_read_as_one(collected: Desk, media_type: str) -> None:
    daily = ("ai-daily", "--date", "2026-06-20")
    with Web() as web:
        serve(collected, web)
        rows = collected.json("items", "list", "--issue", *daily)
        with collected.store() as store:
            items = store.items(row["id"] for row in rows)
        asks = {subject_of(i): r for i in items.values() if (r := enrich.request_for(i)) and r.route == "html"}
        web.special |= {r.url: Reply(200, media_type, PDF.body) for r in asks.values()}
        collected("screen", *daily)
        assert collected.json("enrich", *daily)["failures"] == []
        with collected.store() as store:
            found = list(store.full_texts(asks).values())
    assert found and {(t.outcome, t.route) for t in found} == {("ok", "pdf")}
    assert all(SAYS in t.text for t in found)
