"""`sources check`: how each source is, with the line to put instead of one that moved."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_sources_add import redirect
from tests.servers.newsroom import Desk, Web

from digester.config.append import replaced
from digester.demo.server import Reply

NOW = "2026-06-20T06:00:00+00:00"
LINES = """\
  - {id: well, kind: rss, url: "https://well.example/f", core: true}
  - {id: gone, kind: rss, url: "https://gone.example/f"}
  - {id: away, kind: rss, name: Away, url: "https://away.example/f", tags: [a]}
  - {id: bare, kind: rss, url: "https://bare.example/f"}
  - {id: still, kind: rss, url: "https://still.example/f"}
  - {id: eve, kind: x, account: eve, core: true}
  - {id: list, kind: manual, items: [{title: A, url: "https://a.example/", published: "2020-01-01"}, {title: B, url: "https://b.example/", published: "2020-01-02"}]}
  - {id: off, kind: rss, url: "https://off.example/f", enabled: false}
"""


def feed(*days: str) -> Reply:
    items = "".join(f"<item><title>{d}</title><link>https://e.example/{d[:2]}</link><pubDate>{d} 10:00:00 GMT</pubDate></item>" for d in days)  # fmt: skip
    return Reply(200, "application/rss+xml", f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'.encode())  # fmt: skip


@pytest.fixture
def own() -> Iterator[Web]:
    with Web() as running:
        running.special |= {
            "https://well.example/f": feed("18 Jun 2026", "19 Jun 2026"),
            "https://gone.example/f": Reply(410, "text/plain", b""),
            "https://away.example/f": redirect("https://home.example/f?a=1,2"),
            "https://home.example/f?a=1,2": feed("18 Jun 2026"),
            "https://bare.example/f": feed(),
            "https://still.example/f": feed("01 Jun 2026", "02 Jun 2026", "03 Jun 2026"),
        }
        yield running


@pytest.fixture
def desk(tmp_path: Path, own: Web) -> Desk:
    made = Desk(tmp_path / "desk", NOW)
    made.home.mkdir()
    made.write(f'version: 1\nnet: {{replay: "{own.base}"}}\nsources:\n{LINES}')
    return made


def test_each_enabled_source_is_asked_once_and_judged(desk: Desk, own: Web) -> None:
    done = desk("sources", "check", "--json")
    assert done.code == 0, done.said
    rows = {r["id"]: r for r in done.data}
    assert {i: (r["state"], r["entries"], r["newest"]) for i, r in rows.items()} == {
        "well": ("ok", 2, "2026-06-19"),
        "gone": ("failed", 0, None),
        "away": ("moved", 1, "2026-06-18"),
        "bare": ("empty", 0, None),
        "still": ("silent", 3, "2026-06-03"),
        "eve": ("not configured", 0, None),
        "list": ("ok", 2, "2020-01-02"),
    }
    assert rows["gone"]["reason"] == "gone.example answers 410"
    assert rows["away"]["replacement"] == '- {id: away, kind: rss, name: Away, url: "https://home.example/f?a=1,2", tags: [a]}'  # fmt: skip
    assert "16 days" in rows["still"]["reason"]
    urls = [u for u, _ in own.log]
    assert len(urls) == len(set(urls)) == 6


def test_hosts_are_asked_side_by_side(desk: Desk, own: Web) -> None:
    both = threading.Barrier(2, timeout=20)

    def together(handler: Any, _: object) -> None:
        both.wait()
        handler.send_error(410)

    own.special["https://well.example/f"] = own.special["https://still.example/f"] = together
    rows = desk.json("sources", "check", "well", "still")
    assert [r["reason"] for r in rows] == ["well.example answers 410", "still.example answers 410"]


def test_a_page_in_place_of_a_feed_is_a_failure(desk: Desk, own: Web) -> None:
    own.special["https://well.example/f"] = Reply(200, "text/html", b"<html><p>Just a moment</html>")
    done = desk("sources", "check", "well")
    assert done.code == 3
    assert "not a feed: an HTML page" in done.out


def test_nothing_is_stored(desk: Desk, own: Web) -> None:
    before = desk.config.read_bytes()
    assert desk("sources", "check").code == 0
    assert [p.name for p in desk.home.iterdir()] == ["sources.yaml"]
    assert desk.config.read_bytes() == before
    assert desk("collect").code in (0, 3)
    with desk.store() as store:
        states, counts = store.fetch_states(), store.counts()
    own.special["https://well.example/f"] = feed("17 Jun 2026", "18 Jun 2026", "19 Jun 2026")
    assert desk.json("sources", "check", "well")[0]["entries"] == 3
    with desk.store() as store:
        assert (store.fetch_states(), store.counts()) == (states, counts)


def test_an_unchanged_feed_is_not_called_empty_after_a_collect(desk: Desk) -> None:
    desk("collect")
    assert desk.json("sources", "check", "well")[0]["state"] == "ok"


def test_sources_that_are_left_alone_by_collect_are_asked_all_the_same(desk: Desk, own: Web) -> None:
    for _ in range(4):
        desk("collect")
    assert "not asked before" not in desk("sources", "check").out
    rows = {r["id"]: r for r in desk("sources", "check", "--json").data}
    assert set(rows) == {"well", "gone", "away", "bare", "still", "eve", "list"}
    assert rows["gone"]["state"] == "failed"


def test_the_replacement_can_be_put_in_the_file(desk: Desk) -> None:
    row = desk.json("sources", "check", "away")[0]
    old = next(line for line in LINES.splitlines() if "id: away" in line)
    desk.change(old, "  " + row["replacement"])
    assert desk.json("sources", "check", "away")[0]["state"] == "ok"


@pytest.mark.parametrize("source", ["gone", "away", "bare", "still"])
def test_3_when_a_core_source_is_not_well(desk: Desk, source: str) -> None:
    desk.change(f"{{id: {source},", f"{{id: {source}, core: true,")
    done = desk("sources", "check")
    assert done.code == 3
    assert f"core sources that are not well: {source}" in done.out
    assert desk("sources", "check", "well", "eve").code == 0


def test_unknown_and_disabled_names_are_said_and_dry_run_asks_nothing(desk: Desk, own: Web) -> None:
    assert desk("sources", "check", "nobody").code == 4
    assert desk("sources", "check", "off").code == 2
    dry = desk("--dry-run", "sources", "check", "well")
    assert (dry.code, dry.out.split()) == (0, ["well", "https://well.example/f"])
    assert own.log == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- {url: https://a.example/f, x: 1}", '- {url: "https://n.example/", x: 1}'),
        ("    url: 'https://a.example/f'  # mine", 'url: "https://n.example/"  # mine'),
        ("url: https://a.example/f", 'url: "https://n.example/"'),
        ("url: https://a.example/feed", None),
        ("", None),
    ],
)
def test_the_address_is_replaced_as_it_stands(line: str, found: str | None) -> None:
    assert replaced(line, "https://a.example/f", "https://n.example/") == found
