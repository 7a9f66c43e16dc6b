"""What a newcomer does in the first hour: wrong clocks, wrong names, folders that cannot be written, days with nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.servers.newsroom import Desk, digester

from digester import cli
from digester.__main__ import main


@pytest.mark.parametrize("now", ["0001-01-01", "1969-12-31", "9999-12-31T23:59:59", "2202-01-01"])
@pytest.mark.parametrize("words", [("status",), ("items", "list", "--issue", "ai-daily"), ("collect",), ("tick",)])
def test_a_clock_far_from_now_is_a_usage_error(empty: Desk, now: str, words: tuple[str, ...]) -> None:
    done = digester("--config", str(empty.config), "--now", now, *words)
    assert done.code == 2
    assert "is not an ISO 8601 time" in done.err


def test_a_site_is_never_built_over_a_file(made: Desk) -> None:
    precious = made.home / "precious.txt"
    precious.write_text("precious", "utf-8")
    done = made("site", "build", "--out", str(precious))
    assert done.code == 2 and "is a file of yours" in done.err
    assert precious.read_text("utf-8") == "precious" and not precious.is_symlink()


def test_a_day_without_an_issue_says_what_was_left_out_and_what_did_not_answer(collected: Desk) -> None:
    done = collected("compose", "ai-daily", "--date", "2026-06-19")
    assert done.code == 4
    assert "nothing to publish; left out: " in done.err and "not judged" in done.err
    assert (
        "`digester screen ai-daily --date 2026-06-19`, then `digester assess ai-daily --date 2026-06-19` judge"
        in done.err
    )
    quiet = collected("run", "ai-daily", "--date", "2026-05-01")
    assert "no item in its window" in quiet.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("search", "feed", "--kind", "no-such"), 4, "known: ai-daily"),
        (("search", "feed", "--language", "fr"), 2, "known: en, zh"),
        (("cost", "--by", "banana"), 2, "--by day"),
        (("sources", "add", "https://blog.example", "--id", "中文"), 2, "--id '中文' is no id"),
    ],
)
def test_a_wrong_name_is_no_empty_answer(made: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    done = made(*words)
    assert (done.code, said in done.err) == (code, True)


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--file", "none.md", "--sources", "."),
        ("sources", "import", "none.opml"),
        ("subscribers", "import", "none.csv"),
        ("restore", "none.db"),
    ],
)
def test_a_file_that_is_not_there_is_named(made: Desk, words: tuple[str, ...]) -> None:
    done = made(*words)
    assert done.code == 4
    assert "there is no file none" in done.err and "hint: " in done.err


def test_empty_lists_say_what_fills_them(empty: Desk) -> None:
    assert "no issue yet" in empty("issues", "list").err
    assert "no item in the window" in empty("items", "list", "--issue", "ai-daily").err


def test_a_run_that_found_nothing_is_told_in_words(collected: Desk) -> None:
    assert collected("run", "ai-daily", "--date", "2026-05-01").code == 4
    assert "nothing to publish" in collected("status").out


def test_a_daily_of_papers_is_the_last_that_had_a_list(collected: Desk) -> None:
    sunday = digester(
        "--config", str(collected.config), "--now", "2026-06-21T12:00Z", "--json", "--dry-run", "run", "rec-daily"
    )
    assert sunday.data["issue"] == "rec-daily/2026-06-19"


def test_times_in_json_are_iso_8601(made: Desk) -> None:
    assert all("T" in row["frozen_at"] for row in made.json("issues", "list"))


def test_doctor_finds_a_database_that_cannot_be_written(made: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from digester.domain.errors import StoreError
    from digester.store.sql import SqlStore

    def refused(self: SqlStore) -> None:
        raise StoreError("the database said no: attempt to write a readonly database")

    monkeypatch.setattr(SqlStore, "check_writable", refused)
    told = {c["check"]: c for c in made.json("doctor")}
    assert not told["database"]["ok"] and "readonly" in told["database"]["message"]


def test_a_backup_of_a_damaged_database_is_an_error_in_words(made: Desk, tmp_path: Path) -> None:
    file = made.home / "demo.db"
    for extra in ("demo.db-wal", "demo.db-shm"):
        (made.home / extra).unlink(missing_ok=True)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 65_536] = b"\xff" * 65_536
    file.write_bytes(bytes(whole))
    done = made("backup", str(tmp_path / "copy.db"))
    assert done.code == 1 and "error: " in done.err and "Traceback" not in done.err
    assert list(tmp_path.glob("*copy.db*")) == []


def test_an_interrupt_while_modules_load_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
