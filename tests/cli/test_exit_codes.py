"""The exit codes of DESIGN, each with the words that say what to do next."""

from __future__ import annotations

import fcntl
import socket
from dataclasses import replace

import pytest
from tests.servers.newsroom import DAILY, Desk, Web, digester, serve, world


def closed_port() -> str:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{s.getsockname()[1]}"


def test_0_when_the_issue_exists(made: Desk) -> None:
    done = made("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 0
    assert "frozen already" in done.out


def test_1_offline_says_so_and_makes_no_issue(empty: Desk, web: Web) -> None:
    empty.change(web.base, closed_port())
    done = empty("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 1
    assert "offline?" in done.err
    assert "Traceback" not in done.err
    assert empty.json("issues", "list") == []
    assert not (empty.home / "ai-daily").exists()


def test_1_when_every_source_answers_with_an_error(empty: Desk) -> None:
    done = empty("collect", "gone-quiet", "garbled")
    assert done.code == 1
    assert "dead.example answers 503" in done.out


def test_2_for_an_unknown_command_and_option() -> None:
    assert digester("nope").code == 2
    assert digester("run", "--nope").code == 2
    assert digester("run").code == 2
    assert digester().code == 2


@pytest.mark.parametrize("words", [("--now", "yesterday", "status"), ("run", "ai-daily", "--date", "2026-02-30"),
                                   ("run", "rec-weekly", "--date", "2026-W54"), ("items", "list", "--date", "soon")])  # fmt: skip
def test_2_for_a_date_that_means_nothing(made: Desk, words: tuple[str, ...]) -> None:
    done = digester("--config", str(made.config), *words)
    assert done.code == 2
    assert "hint: try" in done.err


def test_2_for_a_window_that_is_not_over(collected: Desk) -> None:
    for command in ("run", "compose"):
        done = collected(command, "ai-daily", "--date", "2026-06-21")
        assert done.code == 2, command
        assert "not over yet" in done.err
    assert collected.json("issues", "list") == []


def test_2_for_dry_run_where_there_is_none(collected: Desk) -> None:
    for words in (("publish", "ai-daily"), ("screen", "ai-daily"), ("regenerate", "ai-daily"), ("demo",), ("init",)):
        done = collected("--dry-run", *words)
        assert done.code == 2, words
        assert "--dry-run" in done.err


def test_dry_run_asks_and_writes_nothing(empty: Desk, web: Web) -> None:
    asked = len(web.log)
    for words in (("run", "ai-daily", "--date", "2026-06-20"), ("collect",)):
        done = empty("--dry-run", *words)
        assert done.code == 0
        assert "https://rss.arxiv.example/atom/cs.IR" in done.out
    assert len(web.log) == asked
    assert sorted(p.name for p in empty.home.iterdir()) == ["sources.yaml"]


@pytest.mark.slow
def test_3_when_a_listing_day_is_unknown(empty: Desk) -> None:
    """A week of which only the last list was seen: its other days read announced: unknown."""
    done = empty("run", "rec-weekly", "--date", "2026-W25")
    assert done.code == 3, done.said
    assert (empty.home / "rec-weekly/2026-W25.en.md").exists()


@pytest.mark.slow
def test_3_when_less_than_80_percent_of_the_weight_answered(collected: Desk, web: Web) -> None:
    weights = sum(f.weight for f in world().feeds)
    collected.write(
        collected.config.read_text("utf-8").replace("weight: 0.5}\n  - {id: garbled", f"weight: {min(10, weights):.1f}}}\n  - {{id: garbled")
    )  # fmt: skip
    done = collected("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 3, done.said
    issue = collected.issue(*DAILY)
    assert issue.coverage.weight_answered < 0.8


def test_4_regenerate_of_no_issue_says_what_to_type(collected: Desk) -> None:
    done = collected("regenerate", "ai-daily", "--date", "2026-06-20")
    assert done.code == 4
    assert "digester run ai-daily --date 2026-06-20" in done.err


@pytest.mark.parametrize("words", [("publish", "ai-daily"), ("issues", "show", "ai-daily"), ("items", "show", "0123"),
                                   ("collect", "no-such"), ("sources", "try", "no-such"), ("run", "no-such"),
                                   ("items", "list", "--issue", "no-such"), ("schema", "no-such")])  # fmt: skip
def test_4_for_what_does_not_exist_says_where_to_look(collected: Desk, words: tuple[str, ...]) -> None:
    done = collected(*words)
    assert done.code == 4
    assert "hint: " in done.err


def test_4_nothing_to_publish(collected: Desk) -> None:
    done = collected("run", "ai-daily", "--date", "2026-05-01")
    assert done.code == 4
    assert "nothing to publish" in done.err
    assert not (collected.home / "ai-daily").exists()


def test_5_for_a_configuration_that_is_wrong(tmp_path: object) -> None:
    done = digester("--config", f"{tmp_path}/sources.yaml", "status")
    assert done.code == 5
    assert "digester init" in done.err


@pytest.mark.slow
def test_6_refused_keeps_the_draft_and_says_why(collected: Desk) -> None:
    collected.write(collected.config.read_text("utf-8") + "issues: {ai-daily: {minimum: 99, maximum: 100}}\n")
    done = collected("run", "ai-daily", "--date", "2026-06-20")
    assert done.code == 6, done.said
    assert "at least 99" in done.err
    assert not (collected.home / "ai-daily").exists()
    assert [(i["id"], i["state"]) for i in collected.json("issues", "list")] == [("ai-daily/2026-06-20", "refused")]
    assert collected("regenerate", "ai-daily", "--date", "2026-06-20").code == 4
    collected.change("minimum: 99", "minimum: 3")
    assert collected("run", "ai-daily", "--date", "2026-06-20").code == 0


def test_75_while_another_run_holds_the_lock(collected: Desk) -> None:
    with (collected.home / "digester.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (("collect",), ("run", "ai-daily"), ("screen", "ai-daily")):
            done = collected(*words)
            assert done.code == 75, words
            assert "another run" in done.err
        assert collected("status").code == 0
    assert collected("screen", "ai-daily").code == 0


def test_a_run_that_failed_is_recorded_by_its_name(collected: Desk) -> None:
    collected("run", "ai-daily", "--date", "2026-05-01")
    assert collected.json("status")["runs"][0]["outcome"] == "NothingToPublish"
    with collected.store() as store:
        assert [s.step for s in store.runs(1)[0].steps] == ["collect", "screen", "enrich", "assess"]


def test_a_disabled_source_that_is_named_says_so(empty: Desk) -> None:
    empty.change("id: garbled,", "id: garbled, enabled: false,")
    done = empty("collect", "garbled")
    assert done.code == 2
    assert "garbled is disabled" in done.err


def test_too_little_world_is_no_issue(empty: Desk) -> None:
    """One article is no issue: it is refused, not padded."""
    w = world()
    feed = next(f for f in w.feeds if f.id == "velmarque-engineering")
    small = replace(
        w, papers=(), feeds=(feed,), people=(), trending=replace(w.trending, daily=(), weekly=()), podcasts=()
    )
    with Web(small) as web:
        done = serve(empty, web)("run", "ai-daily", "--date", "2026-06-20")
    assert done.code in (4, 6), done.said
    assert not (empty.home / "ai-daily").exists()


def test_2_coverage_of_an_issue_that_is_not_made_of_papers(empty: Desk) -> None:
    done = empty("coverage", "ai-daily")
    assert done.code == 2
    assert "not made of papers" in done.err
