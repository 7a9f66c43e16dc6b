"""doctor and status name the fault and the next step; modes of files. I09, I11 of the list of faults."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.servers.newsroom import Desk, process


def bad(desk: Desk) -> dict[str, str]:
    return {c["check"]: c["message"] for c in desk.json("doctor") if not c["ok"]}


def test_I09_a_sound_workspace(made: Desk) -> None:
    assert made("doctor").code == 0
    assert bad(made) == {}


def test_doctor_and_site_build_say_what_a_site_without_an_address_lacks(made: Desk) -> None:
    told = {c["check"]: c["message"] for c in made.json("doctor")}
    assert "site.url is not set" in told["site"] and "no sitemap" in told["site"]
    assert told["site"] in made("site", "build").err
    made.write(f"{made.config.read_text('utf-8')}site: {{url: https://digest.example}}\n")
    told = {c["check"]: c["message"] for c in made.json("doctor")}
    assert told["site"] == "https://digest.example" and "site.url" not in made("site", "build").err


def test_I09_missing_sources_yaml(empty: Desk) -> None:
    empty.config.unlink()
    assert empty("doctor").code == 1
    assert "there is no such file" in bad(empty)["settings"]
    assert "digester init" in bad(empty)["settings"]
    status = empty("status")
    assert status.code == 5
    assert "digester init" in status.err


def test_I09_broken_yaml(empty: Desk) -> None:
    empty.write("version: 1\nsources: [\n")
    assert empty("doctor").code == 1
    assert "line 3" in bad(empty)["settings"]
    assert str(empty.config) in bad(empty)["settings"]


@pytest.mark.parametrize("fault", ["text", "folder", "cut", "future"])
def test_I09_unreadable_database(made: Desk, fault: str) -> None:
    file = made.home / "demo.db"
    for extra in ("demo.db-wal", "demo.db-shm"):
        (made.home / extra).unlink(missing_ok=True)
    whole = file.read_bytes()
    if fault == "future":
        with made.store() as store, store.engine.begin() as c:
            c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    else:
        file.unlink()
        if fault == "folder":
            file.mkdir()
        else:
            file.write_bytes(b"this is no database " * 100 if fault == "text" else whole[: len(whole) // 3])
    doctor = made("doctor")
    assert doctor.code == 1, doctor.said
    assert str(file) in bad(made)["database"]
    assert "workspace.database" in bad(made)["database"]
    for words in (("status",), ("run", "ai-daily", "--date", "2026-06-20")):
        done = made(*words)
        assert done.code == 1, done.said
        assert "doctor" in done.err or "update digester" in done.err
        assert "Traceback" not in done.err


def test_I09_out_folder_that_cannot_be_written(made: Desk) -> None:
    made.change("out: .", "out: issues")
    (made.home / "issues").write_text("a file stands in its place")
    assert made("doctor").code == 1
    assert str(made.home / "issues") in bad(made)["out"]
    assert "workspace.out" in bad(made)["out"]
    done = made("regenerate", "ai-daily", "--date", "2026-06-20")
    assert done.code == 1
    assert "cannot write" in done.err
    assert "hint: " in done.err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("prompts/patterns.en.yaml", "version: [\n", "line 2"),
        ("prompts/patterns.en.yaml", "version: 1\nno_such: [a]\n", "unknown entry"),
        ("prompts/patterns.en.yaml", "version: 1\nproblem: 7\n", "is a list of sentences"),
        ("prompts/weights/sentences.json", "{", "line 1"),
        ("prompts/weights/sentences.json", "{}", "version is None"),
        ("prompts/weights/rating.json", '{\n"version" 1}', "line 2"),
        ("prompts/weights/rating.json", '{"features": {"glamour": 2}}', "features.glamour: unknown feature"),
        ("prompts/weights/rating.json", '{"features": {"code": "much"}}', "is a number"),
        ("templates/markdown/issue.md.j2", "\n{% if %}", "line 2"),
    ],
)
def test_I09_an_overlay_that_is_broken(made: Desk, name: str, text: str, said: str) -> None:
    path = made.home / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert made("doctor").code == 1
    message = bad(made)[name.split("/")[0]]
    assert str(path) in message
    assert said in message


def test_I09_rendering_with_a_broken_template_names_it(made: Desk) -> None:
    path = made.home / "templates/markdown/issue.md.j2"
    path.parent.mkdir(parents=True)
    for text in ("{% if %}", "{{ no_such_value }}", "{% include 'gone.j2' %}"):
        path.write_text(text)
        done = made("regenerate", "ai-daily", "--date", "2026-06-20", "--render")
        assert done.code == 5, text
        assert "template" in done.err
        assert "Traceback" not in done.err
    assert made("regenerate", "ai-daily", "--date", "2026-06-20").code == 0


def test_I09_status_names_failing_sources_and_how_often(made: Desk) -> None:
    failing = {f["id"]: f for f in made.json("status")["failing"]}
    assert set(failing) == {"gone-quiet", "garbled"}
    assert failing["gone-quiet"]["failures"] == 6
    assert "503" in failing["gone-quiet"]["error"]
    over_time = {s["id"]: (s["failed_collections"], s["collections"]) for s in made.json("status")["sources"]}
    assert over_time["gone-quiet"][0] == 6 < over_time["gone-quiet"][1]
    assert over_time["orrelune-news"][0] == 0
    assert f"6 times; in 6 of the last {over_time['gone-quiet'][1]} collections" in made("status").out
    assert "failed: dead.example answers 503" in made("sources", "list").out


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.slow
def test_I11_the_database_is_private_under_any_umask(empty: Desk) -> None:
    done = process(*empty.words, "collect", "trending", preexec_fn=lambda: os.umask(0))
    assert done.returncode == 0, done.stderr
    assert mode(empty.home / "demo.db") == 0o600
    for name in ("demo.db-wal", "demo.db-shm", "digester.lock"):
        assert not (empty.home / name).exists() or mode(empty.home / name) == 0o600


def test_I11_doctor_has_a_remark_for_root(empty: Desk) -> None:
    message = {c["check"]: c["message"] for c in empty.json("doctor")}["root"]
    assert ("prefer a user of its own" in message) == (os.geteuid() == 0)


def test_I11_doctor_says_when_others_may_read_the_database(made: Desk) -> None:
    (made.home / "demo.db").chmod(0o644)
    assert "chmod 600" in bad(made)["modes"]
