"""Nothing from outside can forge or flood what is written: I05, I06 of the list of faults."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.servers.newsroom import Desk, Done, Web, serve, world

from digester.demo.server import Reply
from digester.demo.world import World

HOSTILE = 'Fine\n{"event": "forged"}\r\x1b[2J\x1b]0;owned\x07 "quoted" \\ \u2028\u202e end\x00\x9b31m'
CONTROLS = [chr(c) for c in (*range(9), *range(11, 32), *range(127, 160), 0x2028, 0x202E)]


def hostile() -> World:
    """The demo world in which every article, post and repository has a title made to break logs."""
    w = world()
    feeds = tuple(
        replace(f, title=f"{f.title} {HOSTILE}", entries=tuple(replace(e, title=f"{e.title} {HOSTILE}") for e in f.entries))
        for f in w.feeds
    )  # fmt: skip
    daily = tuple(replace(r, description=f"{r.description} {HOSTILE}") for r in w.trending.daily)
    return replace(w, feeds=feeds[:4], trending=replace(w.trending, daily=daily), papers=(), people=w.people[:3])


def serve_hostile(desk: Desk, web: Web) -> None:
    """The web says hostile things; the workspace's file is as a user would have written it."""
    of, web.world = web.world, replace(web.world, feeds=world().feeds[:4])
    serve(desk, web)
    web.world = of


def no_controls(done: Done) -> bool:
    return not any(c in done.said for c in CONTROLS)


def feed(count: int, title: str) -> bytes:
    rows = "".join(
        f"<item><guid>https://big.example/{i}</guid><link>https://big.example/{i}%0A%1b[31m</link><title>{title} {i}</title>"
        "<pubDate>Fri, 19 Jun 2026 10:00:00 GMT</pubDate></item>" for i in range(count)
    )  # fmt: skip
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'.encode()


@pytest.mark.slow
def test_I05_t09_with_v_every_line_on_stderr_is_one_json_record(empty: Desk) -> None:
    xml = feed(3, "Fine &#10;{&quot;event&quot;: &quot;forged&quot;} &#x85; &#x202e;")
    with Web(hostile()) as web:
        serve_hostile(empty, web)
        web.special["https://big.example/feed"] = Reply(200, "application/rss+xml", xml)
        web.special["https://html.example/feed"] = Reply(200, "text/html", b"\x1b[31m<html>\n{'a': 1}")
        named = '  - {id: big, kind: rss, name: "Big\\n{\\"event\\": \\"forged\\"}\\e[31m", url: "https://big.example/feed"}\n'
        more = '  - {id: odd, kind: rss, name: "\\e]0;x\\a", url: "https://html.example/feed"}\n'
        empty.write(empty.config.read_text("utf-8") + named + more)
        done = empty("-v", "run", "ai-daily", "--date", "2026-06-20")
        lists = [empty("items", "list", "--date", "2026-06-20"), empty("sources", "list"), empty("status"),
                 empty("sources", "try", "big"), empty("sources", "try", "odd"), empty("doctor")]  # fmt: skip
    assert done.code in (0, 3), done.said
    events = [json.loads(line) for line in done.err.splitlines()]
    assert {e["event"] for e in events} >= {"collect", "enrich"}
    assert "forged" not in {e["event"] for e in events}
    assert no_controls(done)
    for listed in lists:
        assert no_controls(listed)
        assert len(listed.out) > 20


def test_I05_messages_are_events_too_with_v(collected: Desk) -> None:
    done = collected("-v", "run", "ai-daily", "--date", "2026-05-01")
    assert done.code == 4
    events = [json.loads(line) for line in done.err.splitlines()]
    assert events[-1]["event"] == "message"
    assert "nothing to publish" in events[-1]["text"]


def test_I05_t09_an_argument_cannot_forge_a_line(collected: Desk) -> None:
    for words in (("items", "show", HOSTILE), ("run", HOSTILE), ("collect", HOSTILE), ("schema", HOSTILE),
                  ("run", "ai-daily", "--date", HOSTILE)):  # fmt: skip
        done = collected(*words)
        assert done.code in (2, 4), words
        assert no_controls(done), words
        assert not any(line.startswith("{") for line in done.err.splitlines())


def test_I05_t09_json_output_stays_json_whatever_the_titles(empty: Desk) -> None:
    w = hostile()
    with Web(w) as web:
        serve_hostile(empty, web)
        empty("collect", *(f.id for f in w.feeds))
        rows = empty.json("items", "list", "--date", "2026-06-20")
        assert rows
        assert not any(c in r["title"] for c in CONTROLS for r in rows)
        assert all(empty.json("items", "show", r["id"])["id"] == r["id"] for r in rows[:2])


@pytest.mark.slow
def test_I06_a_storm_of_entries_and_errors_keeps_the_log_bounded(empty: Desk) -> None:
    """5,000 entries are one event; a failed source is one short event, however long its error."""
    with Web() as web:
        serve(empty, web)
        web.special["https://big.example/feed"] = Reply(200, "application/rss+xml", feed(5000, "t" * 50))
        web.special["https://rss.arxiv.example/*"] = Reply(200, "text/html", b"<html>" + b"no feed " * 100_000)
        empty.write(empty.config.read_text("utf-8") + '  - {id: big, kind: rss, url: "https://big.example/feed"}\n')
        done = empty("-v", "collect", "big", "arxiv", "gone-quiet")
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) < 4_000
    assert len(done.out) < 4_000


def test_I06_the_same_failure_again_and_again_does_not_grow_the_store(empty: Desk) -> None:
    for _ in range(5):
        empty("collect", "gone-quiet")
    with empty.store() as store:
        assert len(store.fetch_states()["gone-quiet"].last_error) <= 500
        assert store.fetch_states()["gone-quiet"].failures == 5
        state = store.fetch_states()["gone-quiet"]
        assert timedelta(hours=2) <= state.next_check_at - state.checked_at < timedelta(hours=2.5)
