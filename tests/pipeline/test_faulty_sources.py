"""A source that fails is one named failure, and costs the others nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.servers.newsroom import DAILY, Desk, Web, endless, serve, stalls

from digester.demo.server import Reply
from digester.domain.ids import item_id

RSS = "application/rss+xml"
FAULTS: dict[str, tuple[Any, str]] = {
    "dead": (Reply(500, "text/plain", b"no"), "answers 500"),
    "missing": (Reply(404, "text/plain", b"no"), "answers 404"),
    "slow": (stalls, "within 4 s"),
    "huge": (endless, "bytes"),
    "malformed": (Reply(200, RSS, b"<rss><channel><item><title>cut off"), ""),
    "empty": (Reply(200, RSS, b""), "not a feed"),
    "lying": (Reply(200, RSS, b"<!doctype html><html><body><p>Sign in</p></body></html>"), "HTML page"),
    "binary": (Reply(200, RSS, bytes(range(256)) * 40), "not a feed"),
    "json": (Reply(200, RSS, b'{"version": 1, "items": {}}'), "not a feed"),
}
NAMED = {name: said for name, (_, said) in FAULTS.items() if name != "malformed"}


def picks(desk: Desk) -> Any:
    return json.loads(desk.files()["ai-daily/2026-06-20.json"])["sections"]


@pytest.mark.slow
def test_every_kind_of_fault_at_once_is_named_and_costs_the_others_nothing(collected: Desk, made: Desk) -> None:
    with Web() as web:
        serve(collected, web, ", deadline: 4, max_bytes: 1000000")
        lines = ""
        for name, (answer, _) in FAULTS.items():
            web.special[f"https://{name}.faulty.example/feed"] = answer
            lines += f"  - {{id: {name}, kind: rss, name: The {name} one, url: 'https://{name}.faulty.example/feed', weight: 0.1}}\n"
        collected.write(collected.config.read_text("utf-8") + lines)
        data = collected.json("run", *DAILY[:1], "--date", DAILY[1])
    failures = {f["subject"]: f["error"] for f in data["steps"][0]["failures"]}
    assert set(failures) - {"malformed"} == set(NAMED)
    waiting = [note.split(":")[0] for note in data["steps"][0]["notes"] if "failed" in note]
    assert waiting == ["gone-quiet", "garbled"]  # failed all week: asked more seldom, and still in the footer
    for name, said in NAMED.items():
        assert said in failures[name], name
        assert "\n" not in failures[name]
    assert picks(collected) == picks(made)
    printed = collected.files()
    for name in NAMED:
        assert f"The {name} one".encode() in printed["ai-daily/2026-06-20.en.md"], name
        assert f"The {name} one".encode() in printed["ai-daily/2026-06-20.en.html"], name
    assert {n for n, _ in data["coverage"]["failed"]} >= {f"The {n} one" for n in NAMED}


@pytest.mark.slow
def test_a_source_that_died_after_the_week_leaves_its_items_in_the_issue(collected: Desk, made: Desk) -> None:
    with Web() as web:
        serve(collected, web)
        web.special["https://news.orrelune.example/atom.xml"] = Reply(503, "text/plain", b"")
        done = collected("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 0, done.said
    assert picks(collected) == picks(made)
    assert b"Orrelune Labs News" in collected.files()["ai-daily/2026-06-20.en.md"].partition(b"## Coverage")[2]


@pytest.mark.slow
def test_one_broken_category_list_keeps_what_the_others_said(empty: Desk) -> None:
    with Web() as web:
        serve(empty, web)
        web.special["https://rss.arxiv.example/atom/cs.CL"] = Reply(500, "text/plain", b"")
        data = empty.json("collect", "arxiv", "trending")
        assert data["failures"] == [{"subject": "arxiv", "error": "rss.arxiv.example answers 500"}]
        assert data["new"] > 20
        del web.special["https://rss.arxiv.example/atom/cs.CL"]
        web.log.clear()
        healed = empty.json("collect", "arxiv")
    assert healed["failures"] == []
    assert {s for u, s in web.log if "rss.arxiv" in u} == {200}  # a broken chain keeps no validator


@pytest.mark.slow
def test_a_fetch_that_broke_half_way_is_asked_again_and_nothing_is_skipped(empty: Desk) -> None:
    """The lists came, the API page did not: what was listed is kept, and completed next time."""
    with Web() as web:
        serve(empty, web)
        web.special["https://export.arxiv.example/*"] = Reply(500, "text/plain", b"")
        first = empty.json("collect", "arxiv")
        assert "export.arxiv.example answers 500" in first["failures"][0]["error"]
        assert first["new"] > 10
        listed = papers(empty)
        assert all(p.entry.published_at is None and p.entry.announced_at for p in listed.values())
        web.special.clear()
        web.log.clear()
        second = empty.json("collect", "arxiv")
    assert (second["failures"], second["new"], second["revised"]) == ([], 0, 0)
    assert {s for _, s in web.log} == {200}
    completed = papers(empty)
    assert set(completed) == set(listed)
    assert all(p.entry.published_at for p in completed.values())
    assert {i: p.entry.announced_at for i, p in completed.items()} == {
        i: p.entry.announced_at for i, p in listed.items()
    }


def papers(desk: Desk) -> dict[str, Any]:
    with desk.store() as store:
        found = [store.item(r["id"]) for r in desk.json("items", "list", "--issue", "rec-weekly", "--date", "2026-W25")]
    return {i.id: i for i in found}


@pytest.mark.slow
def test_a_whole_text_that_fails_is_tried_again_later_and_not_at_once(collected: Desk) -> None:
    with Web() as web:
        serve(collected, web)
        web.special["https://arxiv.example/html/*"] = Reply(500, "text/plain", b"")
        collected("screen", *WEEK)
        first = collected.json("enrich", *WEEK)
        assert len(first["failures"]) > 20
        web.log.clear()
        again = collected.json("enrich", *WEEK)
        assert (again["done"], web.log) == (0, [])
        web.special.clear()
        collected.now = "2026-06-20T07:40:00+00:00"
        later = collected.json("enrich", *WEEK)
    assert later["failures"] == []
    assert later["done"] == len(first["failures"])


WEEK = ("rec-weekly", "--date", "2026-W25")


@pytest.mark.slow
def test_an_issue_without_whole_texts_is_made_from_abstracts_and_says_so(collected: Desk) -> None:
    with Web() as web:
        serve(collected, web)
        web.special["https://arxiv.example/*"] = Reply(503, "text/plain", b"")
        done = collected("run", *WEEK)
    assert done.code == 0, done.said
    issue = collected.issue("rec-weekly", "2026-W25")
    assert issue.census.from_abstract == issue.census.published > 0
    assert {p.level for p in issue.picks()} == {"abstract"}


def chained(desk: Desk, web: Web, bridges: str) -> dict[str, Any]:
    """One account on X, asked by whatever routes are configured; a reachable feed stands beside it."""
    serve(desk, web)
    head = desk.config.read_text("utf-8").split("sources:")[0]
    desk.write(
        f"{head}bridges: {{{bridges}}}\nsources:\n"
        "  - {id: ada, kind: x, name: Ada, account: ada, person: Ada Loaf}\n"
        "  - {id: beside, kind: rss, name: Beside, url: 'https://beside.example/feed'}\n"
    )
    item = "<item><title>Loaf</title><link>https://x.com/ada/status/7</link><description>The loaf is out.</description></item>"
    feed = f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'.encode()
    web.special["https://beside.example/feed"] = Reply(200, RSS, feed)
    web.special["https://nitter.example/ada/rss"] = Reply(200, RSS, feed)
    web.special["https://hub.example/twitter/user/ada"] = Reply(503, "text/plain", b"")
    data: dict[str, Any] = desk.json("collect")
    return data


def posts(desk: Desk) -> list[str]:
    with desk.store() as store:
        return [i.entry.external_id for i in store.items([item_id("ada", "7")]).values()]


def test_the_next_route_is_asked_when_one_fails_and_the_report_says_so(empty: Desk) -> None:
    with Web() as web:
        data = chained(empty, web, "rsshub: 'https://hub.example', nitter: 'https://nitter.example/'")
    assert data["failures"] == []
    assert data["notes"] == ["ada: hub.example answers 503; nitter asked instead"]
    assert posts(empty) == ["7"]


def test_when_every_route_fails_the_failures_are_named_and_not_what_is_missing(empty: Desk) -> None:
    with Web() as web:
        data = chained(empty, web, "rsshub: 'https://hub.example'")
    assert data["failures"] == [{"subject": "ada", "error": "hub.example answers 503"}]


def test_a_source_of_which_nothing_is_configured_is_not_configured_and_not_failed(empty: Desk) -> None:
    with Web() as web:
        data = chained(empty, web, "")
    assert data["failures"] == []
    assert data["notes"] == ["ada: not configured: X_BEARER_TOKEN is not set; not configured: bridges.rsshub is not set; "
                             "not configured: bridges.nitter is not set"]  # fmt: skip
    with empty.store() as store:
        state = store.fetch_states()["ada"]
    assert (state.failures, state.succeeded_at) == (0, None)
    assert "X_BEARER_TOKEN" in state.last_error and "bridges.nitter" in state.last_error
    assert posts(empty) == []


def test_a_mirror_is_asked_when_the_feed_fails_and_is_the_same_source(empty: Desk) -> None:
    with Web() as web:
        serve(empty, web)
        head = empty.config.read_text("utf-8").split("sources:")[0]
        empty.write(
            f"{head}sources:\n  - {{id: one, kind: rss, url: 'https://one.example/feed', mirrors: ['https://copy.example/feed']}}\n"
        )
        item = "<item><guid>a</guid><title>Loaf</title><link>https://one.example/a</link><description>The loaf is out.</description></item>"
        body = f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'.encode()
        web.special["https://one.example/feed"] = Reply(200, "text/html", b"<!doctype html><html>Sign in</html>")
        web.special["https://copy.example/feed"] = Reply(200, RSS, body)
        by_mirror = empty.json("collect")
        web.special["https://one.example/feed"] = Reply(200, RSS, body)
        by_feed = empty.json("collect")
    assert (by_mirror["failures"], by_mirror["new"]) == ([], 1)
    assert by_mirror["notes"] == ["one: ParseError: not a feed: an HTML page; mirror asked instead"]
    assert (by_feed["failures"], by_feed["new"], by_feed["known"]) == ([], 0, 1)


def test_what_another_route_made_good_is_no_failure_of_the_routes_beside_it(empty: Desk) -> None:
    """Two languages of a trending page: one is found by the search API, the other by neither."""
    with Web() as web:
        serve(empty, web)
        head = empty.config.read_text("utf-8").split("sources:")[0]
        empty.write(f"{head}sources:\n  - {{id: both, kind: github_trending, languages: [a, b]}}\n")
        found = b'{"total_count": 0, "items": []}'
        web.special["https://github.com/trending/a?since=daily"] = Reply(500, "text/plain", b"")
        web.special["https://github.com/trending/b?since=daily"] = Reply(404, "text/plain", b"")
        for language, answer in (("a", Reply(200, "application/json", found)), ("b", Reply(403, "text/plain", b""))):
            query = f"created%3A%3E%3D2026-06-19T07%3A00%3A00Z%20language%3A{language}"
            web.special[f"https://api.github.com/search/repositories?q={query}&sort=stars&order=desc&per_page=25"] = (
                answer
            )
        data = empty.json("collect")
    assert data["failures"] == [{"subject": "both", "error": "github.com answers 404; api.github.com answers 403"}]
    assert "both: github.com answers 500; search asked instead" in data["notes"]
