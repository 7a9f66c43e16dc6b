"""Once: what was done is not done again, and the same bytes come back for ever."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from tests.servers.newsroom import DAILY, FILES, WEEKLY, Desk, Web, serve

ROOT = Path(__file__).parents[2]
BOTH = (DAILY, WEEKLY)


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_regenerate_writes_the_same_bytes_and_names_their_checksums(made: Desk, web: Web) -> None:
    before, asked = made.files(), len(web.log)
    assert set(before) == set(FILES)
    for kind, period in BOTH:
        data = made.json("regenerate", kind, "--date", period)
        pictures = list((made.home / kind).glob("pictures/*"))
        shown = {path.relative_to(made.home).as_posix(): path.read_bytes() for path in pictures}
        assert data["checksums"] == {f: sha(b) for f, b in (before | shown).items() if f.startswith(kind)}
        assert data["changed"] == []
    assert made.files() == before
    assert len(web.log) == asked


def test_a_deleted_out_folder_comes_back_byte_for_byte(made: Desk) -> None:
    before = made.files()
    for kind, period in BOTH:
        shutil.rmtree(made.home / kind)
        assert made("regenerate", kind, "--date", period).code == 0
    assert made.files() == before
    for kind, period in BOTH:
        shutil.rmtree(made.home / kind)
        assert made("run", kind, "--date", period).code == 0
    assert made.files() == before


def test_regenerate_needs_no_source_and_no_network(made: Desk) -> None:
    before = made.files()
    made.write('version: 1\nworkspace: {database: demo.db, out: .}\nnet: {replay: "http://127.0.0.1:9"}\n'
               "sources: [{id: a, kind: rss, url: 'https://a.example/f'}]\n")  # fmt: skip
    for kind, period in BOTH:
        assert made("regenerate", kind, "--date", period, "--render").code == 0
    assert made.files() == before


def test_render_says_that_the_bytes_are_the_stored_ones(made: Desk) -> None:
    for kind, period in BOTH:
        done = made("regenerate", kind, "--date", period, "--render")
        assert done.code == 0
        assert "all bytes are the stored ones" in done.out


def test_render_says_which_bytes_differ_and_the_stored_ones_stay(made: Desk) -> None:
    before = made.files()
    own = made.home / "templates/markdown"
    own.mkdir(parents=True)
    packaged = (ROOT / "templates/markdown/issue.md.j2").read_text("utf-8")
    (own / "issue.md.j2").write_text(packaged + "a line of our own\n", "utf-8")
    done = made("regenerate", "ai-daily", "--date", "2026-06-20", "--render")
    assert "ai-daily/2026-06-20.en.md: bytes differ" in done.out
    assert "ai-daily/2026-06-20.zh.md: bytes differ" in done.out
    assert done.out.count("bytes differ") == 2
    assert b"a line of our own" in made.files()["ai-daily/2026-06-20.en.md"]
    assert made("regenerate", "ai-daily", "--date", "2026-06-20").code == 0
    assert made.files() == before


def test_a_second_run_asks_nothing_composes_nothing_and_writes_the_same_files(made: Desk, web: Web) -> None:
    before, asked, counts = made.files(), len(web.log), made.json("status")["counts"]
    for kind, period in BOTH:
        data = made.json("run", kind, "--date", period)
        assert (data["fresh"], data["revision"]) == (False, 1)
        assert [(s["step"], s["done"]) for s in data["steps"]] == [
            ("publish", 0),
            *([("notes", 0)] if kind == "rec-weekly" else []),
        ]
    assert made.files() == before
    assert len(web.log) == asked
    assert made.json("status")["counts"] == {**counts, "runs": counts["runs"] + 2}
    assert made.json("compose", "ai-daily", "--date", "2026-06-20")["fresh"] is False


def others(desk: Desk) -> list[str]:
    return [s["id"] for s in desk.json("sources", "list") if s["id"] not in ("garbled", "gone-quiet")]


@pytest.mark.parametrize("conditional", [True, False], ids=["304", "the same bytes"])
def test_collecting_again_finds_nothing_new_and_parses_nothing(collected: Desk, conditional: bool) -> None:
    with Web() as web:
        serve(collected, web)
        web.conditional = conditional
        data = collected.json("collect", *others(collected))
    assert (data["new"], data["revised"], data["parses"]) == (0, 0, 0)
    assert data["not_modified"] == data["documents"] == len(web.log)
    assert {status for _, status in web.log} == {304 if conditional else 200}


def test_steps_done_again_do_nothing(made: Desk, web: Web) -> None:
    asked = len(web.log)
    for kind, period in BOTH:
        for step in ("screen", "enrich", "assess", "publish"):
            assert made.json(step, kind, "--date", period).get("done", 0) == 0, (kind, step)
    assert len(web.log) == asked


@pytest.mark.slow
def test_a_change_of_sources_between_runs_does_not_touch_what_is_frozen(made: Desk) -> None:
    before = made.files()
    made.change("name: GitHub trending", "name: Renamed")
    assert made("run", "ai-daily", "--date", "2026-06-20").code == 0
    assert made.files() == before
