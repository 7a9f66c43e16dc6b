"""`digester export`: the issue's own files as they were published, and renderings for services; reads only."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import create_engine, text
from tests.servers import newsroom
from tests.servers.newsroom import Desk, Web

from digester import app
from digester.cli import export as command
from digester.outputs import OUTPUTS
from digester.outputs.export import EXPORTS

WEEKLY = ("export", "rec-weekly", "--date", "2026-W25", "--format")
OWN = {"eml": ".zh.eml", "html": ".zh.html", "md": ".zh.md", "json": ".json"}
FILE = "rec-weekly/2026-W25"


def test_every_format_of_the_command_is_an_output_or_an_export() -> None:
    assert set(get_args(command.Format)) == {*command.STORED, *EXPORTS}
    assert set(command.STORED.values()) <= set(OUTPUTS) and not set(command.STORED) & set(EXPORTS)


@pytest.mark.parametrize("name", OWN)
def test_own_files_are_the_stored_ones_byte_for_byte(name: str, made: Desk, tmp_path: Path) -> None:
    told = made.json(*WEEKLY, name, "--lang", "zh", "--out", str(tmp_path / "x"))
    assert (tmp_path / "x").read_bytes() == (made.home / f"{FILE}{OWN[name]}").read_bytes()
    assert (
        told["stored"] and told["bytes"] == len((tmp_path / "x").read_bytes()) and told["file"] == str(tmp_path / "x")
    )
    assert (told["issue"], told["revision"], told["language"], told["fields"]) == (FILE, 1, "zh", {})


@pytest.mark.parametrize("name", EXPORTS)
def test_others_are_rendered_from_the_record_with_what_the_service_asks_for_on_stderr(name: str, made: Desk) -> None:
    record = made.issue("rec-weekly", "2026-W25")
    done = made(*WEEKLY, name, "--lang", "zh")
    assert done.code == 0, done.said
    assert done.out.encode() == EXPORTS[name].render(record, "zh")
    assert done.err.splitlines() == [f"{k}: {v}" for k, v in EXPORTS[name].fields(record, "zh").items()]
    assert "推荐周报 2026-W25" in done.err


def test_the_first_language_is_the_default_and_an_id_names_an_issue(made: Desk) -> None:
    first = made(*WEEKLY, "zhihu")
    assert made(*WEEKLY, "zhihu", "--lang", "en").out == first.out and "## In brief" in first.out
    assert made("export", FILE, "--format", "zhihu").out == first.out
    assert made("export", "ai-daily", "--format", "zhihu").code == 0, "without a date it is the latest"


def test_json_holds_text_and_fields_and_is_alone_on_stdout(made: Desk) -> None:
    done = newsroom.digester(*made.words, "--json", *WEEKLY, "wechat-mp", "--lang", "zh")
    told = json.loads(done.out)
    assert done.err == "" and not told["stored"] and told["media_type"] == "text/html"
    assert told["body"].encode() == EXPORTS["wechat-mp"].render(made.issue("rec-weekly", "2026-W25"), "zh")
    assert told["fields"]["title"] == "推荐周报 2026-W25"


def test_an_output_that_is_not_stored_is_rendered_and_not_kept(made: Desk) -> None:
    """Files of an earlier revision are not those of this one."""
    with made.store() as store:
        older = [replace(a, revision=0, body=b"old") for a in store.artifacts(FILE)]
        store.save_artifacts(older)
    forget(made, FILE)
    told = made.json(*WEEKLY, "eml", "--lang", "zh")
    assert not told["stored"]
    assert told["body"].encode() == (made.home / f"{FILE}.zh.eml").read_bytes(), "the same record, the same bytes"
    with made.store() as store:
        assert {a.revision for a in store.artifacts(FILE)} == {0}


def forget(desk: Desk, issue: str) -> None:
    """The files of the first revision leave the store."""
    engine = create_engine(desk.workspace().database)
    with engine.begin() as connection:
        connection.execute(text("delete from artifacts where issue_id = :issue and revision = 1"), {"issue": issue})
    engine.dispose()


def test_what_is_not_there_says_what_there_is(made: Desk) -> None:
    done = made(*WEEKLY, "zhihu", "--lang", "fr")
    assert done.code == 4 and "no edition fr" in done.err and "en, zh" in done.err
    done = made("export", "rec-weekly", "--date", "2025-W25", "--format", "zhihu")
    assert done.code == 4 and "digester run rec-weekly --date 2025-W25" in done.err
    assert made("export", "nothing", "--format", "zhihu").code == 4
    assert made("export", "rec-weekly", "--format", "docx").code == 2


def test_without_a_store_there_is_no_issue_and_none_is_made(empty: Desk) -> None:
    before = sorted(empty.home.rglob("*"))
    assert empty(*WEEKLY, "zhihu").code == 4
    assert sorted(empty.home.rglob("*")) == before


def test_a_file_that_cannot_be_written_is_exit_1_and_a_dry_run_is_refused(made: Desk, tmp_path: Path) -> None:
    done = made(*WEEKLY, "zhihu", "--out", str(tmp_path))
    assert done.code == 1 and "cannot write" in done.err
    file = tmp_path / "x.md"
    assert newsroom.digester(*made.words, "--dry-run", *WEEKLY, "zhihu", "--out", str(file)).code == 2
    assert not file.exists()


def test_nothing_is_asked_locked_or_changed(made: Desk, web: Web) -> None:
    asked, before = len(web.log), made.files()
    with working(made):
        for name in (*OWN, *EXPORTS):
            assert made(*WEEKLY, name).code == 0
    assert len(web.log) == asked and made.files() == before


@contextmanager
def working(desk: Desk) -> Iterator[None]:
    """The workspace while a run works in it."""
    ws = desk.workspace()
    with app.open_store(ws) as store, app.one_run(ws, store):
        yield


def test_a_template_of_the_workspace_is_used_and_one_that_is_wrong_is_named(made: Desk) -> None:
    folder = made.home / "templates/export"
    folder.mkdir(parents=True)
    (folder / "zhihu.md.j2").write_text("{{ mail.title }} only\n", "utf-8")
    assert made(*WEEKLY, "zhihu").out == "RecSys Weekly 2026-W25 only\n"
    (folder / "zhihu.md.j2").write_text("{{ mail.nothing }}\n", "utf-8")
    done = made(*WEEKLY, "zhihu")
    assert done.code == 5 and "zhihu" in done.err and "nothing" in done.err


def test_a_pipe_gets_the_octets_whatever_its_encoding(made: Desk) -> None:
    program = "import digester.cli.export; from digester.cli import main; main()"
    words = (*made.words, *WEEKLY)
    for name, encoding in (("eml", "utf-8"), ("md", "gb18030")):
        env = newsroom.environment({"PYTHONIOENCODING": encoding})
        done = subprocess.run([sys.executable, "-c", program, *words, name, "--lang", "zh"], env=env, capture_output=True, check=True)  # fmt: skip
        assert done.stdout == (made.home / f"{FILE}{OWN[name]}").read_bytes(), name
