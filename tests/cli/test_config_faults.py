"""sources.yaml that is wrong or changes: I01, I02, I10 of the list of faults."""

from __future__ import annotations

import pytest
from tests.servers.newsroom import Desk, Web

GOOD = "  - {id: ok, kind: rss, url: 'https://a.example/feed'}\n"


def test_I02_all_problems_at_once_with_lines_before_any_work(empty: Desk, web: Web) -> None:
    asked = len(web.log)
    empty.write(
        "version: 1\n"
        "wrokspace: {database: x.db}\n"
        f'net: {{replay: "{web.base}", deadline: -1, max_bytes: many}}\n'
        "sources:\n" + GOOD + "  - {id: ok, kind: rss, url: 'https://a.example/feed'}\n"
        "  - {id: two, kind: rss, url: 'https://a.example/feed', wieght: 2}\n"
        "  - {id: three, kind: rrs, url: 'https://a.example/feed'}\n"
        "  - {id: four, kind: rss}\n"
    )
    done = empty("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 5
    for part in ("line 2: ", "'workspace'", "line 3: ", "max_bytes", "line 6: ", "two sources are called 'ok'",
                 "line 7: ", "'weight'", "line 8: ", "'rss'", "line 9: ", "url"):  # fmt: skip
        assert part in done.err, part
    assert str(empty.config) in done.err
    assert len(web.log) == asked
    assert sorted(p.name for p in empty.home.iterdir()) == ["sources.yaml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 1\nsources: !!python/object/apply:os.system ['touch pwned']\n", "line 2"),
        ("version: 1\nversion: 1\nsources:\n" + GOOD, "line 2"),
        ("version: 1\nsources:\n\t- {id: a}\n", "line 3"),
        ("a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" + "".join(
            f"{chr(99 + i)}: &{chr(99 + i)} [{','.join(['*' + chr(98 + i)] * 9)}]\n" for i in range(8)), "too many"),
        ("version: 1\nsources: &s [*s]\n", "alias"),
        ("x: " + "y" * 1_100_000, "larger than"),
        ("", "at least one source"),
        ("- just\n- a list\n", "holds no keys"),
        ("version: 1\nsources: [\n", "line 3"),
        ("version: 1\nsources:\n  - {id: ok, kind: rss, url: 010}\n", "line 3"),
    ],
    ids=["python-tag", "duplicate-key", "tab", "anchor-bomb", "cyclic-alias", "huge", "empty", "list", "open", "octal"],
)  # fmt: skip
def test_I01_hostile_yaml_is_named_with_its_line(empty: Desk, text: str, said: str) -> None:
    empty.write(text)
    done = empty("status")
    assert done.code == 5
    assert said in done.err
    assert "Traceback" not in done.err
    assert sorted(p.name for p in empty.home.iterdir()) == ["sources.yaml"]


def test_I01_byte_order_mark_and_NO_are_read_as_meant(empty: Desk) -> None:
    empty.write("\ufeffversion: 1\nsources:\n  - {id: ok, kind: rss, name: NO, url: 'https://a.example/feed'}\n")
    assert [s["name"] for s in empty.json("sources", "list")] == ["NO"]


def test_I01_not_utf8_is_named(empty: Desk) -> None:
    empty.config.write_bytes(b"version: 1\n# \xff\n")
    done = empty("status")
    assert done.code == 5
    assert "not UTF-8 at byte 13" in done.err


def test_I10_a_source_added_between_runs_is_asked_next_time(made: Desk, web: Web) -> None:
    text = made.config.read_text("utf-8")
    made.write(text + '  - {id: again, kind: rss, name: Again, url: "https://eng.velmarque.example/feed.xml"}\n')
    done = made("collect", "again")
    assert done.code == 0, done.said
    assert made.json("sources", "list")[-1]["state"] == "ok"


@pytest.mark.slow
def test_I10_items_of_a_removed_source_stay_usable(collected: Desk) -> None:
    gone = "velmarque-engineering"
    lines = collected.config.read_text("utf-8").splitlines(keepends=True)
    collected.write("".join(x for x in lines if f"{{id: {gone}," not in x))
    done = collected("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 0, done.said
    rows = [r for r in collected.json("items", "list", "--date", "2026-06-20") if r["source"] == gone]
    assert rows
    assert all(collected("items", "show", r["id"]).code == 0 for r in rows)
    assert all(r["rating"] for r in rows)
    assert gone not in {s["id"] for s in collected.json("sources", "list")}
    assert collected("status").code == 0


@pytest.mark.slow
def test_I10_a_run_works_on_the_settings_it_read_first(collected: Desk, web: Web) -> None:
    """The file is broken while the run is under way: that run ends well, the next one says what is wrong."""
    with Web() as own:
        collected.change(web.base, own.base)
        good = collected.config.read_text("utf-8")

        def breaks(handler: object, ended: object) -> None:
            collected.write("sources: [\n")
            handler.send_error(503)  # type: ignore[attr-defined]

        own.special["https://news.orrelune.example/atom.xml"] = breaks
        assert collected("run", "ai-daily", "--date", "2026-06-20").code == 0
    assert collected("status").code == 5
    collected.write(good)
    assert collected("status").code == 0
