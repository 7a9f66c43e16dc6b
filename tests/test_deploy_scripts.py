"""The two scripts of deploy/ that keep state and publish the site, for real, against git repositories on disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[1] / "deploy"
git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
gpg = pytest.mark.skipif(not (shutil.which("git") and shutil.which("gpg")), reason="git or gpg is not installed")
KEY = "correct horse battery staple"


def _run(words: list[str | Path], env: Mapping[str, str] = {}) -> subprocess.CompletedProcess[str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    return subprocess.run(
        words, capture_output=True, text=True, check=False,
        env={**plain, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **env},
    )  # fmt: skip


def _git(repository: Path, *words: str) -> str:
    return _run(["git", "-C", repository, *words]).stdout.strip()


def _program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    _run(["git", "init", "-q", "--bare", "-b", "main", tmp_path / "remote.git"])
    return tmp_path / "remote.git"


def _state(remote: Path, *words: object, key: str = KEY) -> subprocess.CompletedProcess[str]:
    env = {"STATE_REMOTE": str(remote), "STATE_KEY": key}
    return _run([sys.executable, DEPLOY / "state.py", *map(str, words)], env)


def _rows(folder: Path, *add: str) -> list[str]:
    with closing(sqlite3.connect(folder / "digester.db")) as db:
        db.execute("create table if not exists kept (word text)")
        db.executemany("insert into kept values (?)", [(x,) for x in add])
        db.commit()
        return [x for (x,) in db.execute("select word from kept order by rowid")]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the state of a first run, and its folder: made once, copied for each test."""
    made = tmp_path_factory.mktemp("begun")
    _run(["git", "init", "-q", "--bare", "-b", "main", made / "remote.git"])
    assert _state(made / "remote.git", "restore", made / "first", "--first-run").returncode == 0
    _rows(made / "first", "reader@mail.example")
    assert _state(made / "remote.git", "save", made / "first").returncode == 0
    return made


@pytest.fixture
def first(begun: Path, remote: Path, tmp_path: Path) -> Path:
    """The folder of a first run whose state was saved to `remote`."""
    shutil.copytree(begun / "remote.git", remote, dirs_exist_ok=True)
    return Path(shutil.copytree(begun / "first", tmp_path / "first"))


@gpg
def test_C15_a_lost_state_stops_the_run(remote: Path, tmp_path: Path) -> None:
    done = _state(remote, "restore", tmp_path / "news")
    assert done.returncode == 6
    assert "there is no state on branch digester-state" in done.stderr
    assert not (tmp_path / "news").exists()


@gpg
def test_C15_a_remote_that_does_not_answer_is_no_lost_state(tmp_path: Path) -> None:
    done = _state(tmp_path / "nowhere.git", "restore", tmp_path / "news", "--first-run")
    assert done.returncode == 1
    assert "did not answer" in done.stderr
    assert not (tmp_path / "news").exists()


@gpg
def test_C15_the_next_run_goes_on_from_the_state_of_the_last(remote: Path, first: Path, tmp_path: Path) -> None:
    assert _state(remote, "restore", tmp_path / "next").returncode == 0
    assert _rows(tmp_path / "next") == ["reader@mail.example"]


@gpg
def test_C15_a_first_run_sends_nothing_by_itself(first: Path) -> None:
    """The mark is ahead of a database that knows of nothing sent: the outbox is on hold."""
    assert (first / "digester.sent").read_text() == "1\n"


@gpg
def test_C15_a_first_run_over_a_state_is_refused(remote: Path, first: Path, tmp_path: Path) -> None:
    done = _state(remote, "restore", tmp_path / "again", "--first-run")
    assert (done.returncode, (tmp_path / "again").exists()) == (6, False)


@gpg
def test_C15_of_two_runs_side_by_side_one_fails(remote: Path, first: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, word in ((one, "of one"), (two, "of two")):
        assert _state(remote, "restore", folder).returncode == 0
        _rows(folder, word)
    assert _state(remote, "save", one).returncode == 0
    late = _state(remote, "save", two)
    assert late.returncode == 1
    assert "another run saved a state in between" in late.stderr
    assert _state(remote, "restore", tmp_path / "three").returncode == 0
    assert _rows(tmp_path / "three")[-1] == "of one"


@gpg
def test_C15_two_first_runs_side_by_side_one_fails(remote: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert _state(remote, "restore", tmp_path / name, "--first-run").returncode == 0
        _rows(tmp_path / name, name)
    codes = [_state(remote, "save", tmp_path / name).returncode for name in ("one", "two")]
    assert codes == [0, 1]


@gpg
def test_C15_a_runner_lost_while_sending_leaves_a_mark_ahead_of_the_database(
    remote: Path, first: Path, tmp_path: Path
) -> None:
    (first / "digester.sent").write_text("41\n")
    assert _state(remote, "save", first, "--sending").returncode == 0
    assert (first / "digester.sent").read_text() == "41\n", "this run itself goes on"
    assert _state(remote, "restore", tmp_path / "next").returncode == 0
    assert int((tmp_path / "next" / "digester.sent").read_text()) > 41 + 2
    assert _state(remote, "save", first).returncode == 0
    assert _state(remote, "restore", tmp_path / "after").returncode == 0
    assert (tmp_path / "after" / "digester.sent").read_text() == "41\n"


@gpg
def test_D07_the_branch_shows_nothing_and_does_not_grow(remote: Path, first: Path) -> None:
    for word in ("a", "b"):
        _rows(first, word)
        assert _state(remote, "save", first).returncode == 0
    assert _git(remote, "rev-list", "--count", "digester-state") == "1"
    assert _git(remote, "ls-tree", "--name-only", "digester-state") == "state.gpg.000"
    words = ["git", "-C", str(remote), "cat-file", "blob", "digester-state:state.gpg.000"]
    body = subprocess.run(words, capture_output=True).stdout
    assert len(body) > 100
    assert b"reader@mail.example" not in body and b"SQLite format" not in body


@gpg
def test_another_key_opens_nothing(remote: Path, first: Path, tmp_path: Path) -> None:
    done = _state(remote, "restore", tmp_path / "news", key="another pass phrase of that length")
    assert done.returncode == 6
    assert not (tmp_path / "news" / "digester.db").exists()
    assert KEY not in done.stderr and "another pass" not in done.stderr


@gpg
@pytest.mark.parametrize("key", ["", "short"])
def test_I03_a_key_that_cannot_be_meant_is_named_and_not_shown(key: str, remote: Path, first: Path) -> None:
    done = _state(remote, "save", first, key=key)
    assert done.returncode == 2
    assert "STATE_KEY" in done.stderr and "short\n" not in done.stderr


@gpg
def test_a_damaged_database_is_not_saved(remote: Path, first: Path) -> None:
    before = _git(remote, "rev-parse", "digester-state")
    (first / "digester.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert _state(remote, "save", first).returncode == 6
    assert _git(remote, "rev-parse", "digester-state") == before


@gpg
def test_what_was_not_restored_is_not_saved_and_what_is_there_not_overwritten(
    remote: Path, first: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    _rows(tmp_path / "other", "x")
    assert _state(remote, "save", tmp_path / "other").returncode == 6
    assert _state(remote, "restore", tmp_path / "other").returncode == 6
    assert _rows(tmp_path / "other") == ["x"]


# ---------------------------------------------------------------------- site
@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site as `digester site build` leaves it: a link to a generation."""
    made = tmp_path / "out" / ".site" / "g-00000001"
    (made / "article").mkdir(parents=True)
    (made / "index.html").write_text("<p>one")
    (made / "article" / "a.html").write_text("<p>a")
    (tmp_path / "out" / "site").symlink_to(".site/g-00000001")
    return tmp_path / "out" / "site"


def _publish(site: Path, remote: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return _run([DEPLOY / "publish-site.sh", site, remote, *more])


@git
def test_a_site_is_pushed_and_an_unchanged_one_is_not(site: Path, remote: Path) -> None:
    assert _publish(site, remote).returncode == 0
    tip = _git(remote, "rev-parse", "pages")
    assert _git(remote, "ls-tree", "-r", "--name-only", "pages").split() == [
        ".digester-site",
        ".nojekyll",
        "article/a.html",
        "index.html",
    ]
    assert _publish(site, remote).stdout == "nothing changed\n"
    assert _git(remote, "rev-parse", "pages") == tip
    assert sorted(p.name for p in site.iterdir()) == ["article", "index.html"], "the folder is only read"


@git
def test_a_changed_site_is_one_commit_more_and_what_is_gone_goes(site: Path, remote: Path) -> None:
    _publish(site, remote, "www")
    (site / "article" / "a.html").unlink()
    (site / "index.html").write_text("<p>two")
    assert _publish(site, remote, "www").returncode == 0
    assert _git(remote, "rev-list", "--count", "www") == "2"
    assert _git(remote, "ls-tree", "-r", "--name-only", "www").split() == [".digester-site", ".nojekyll", "index.html"]
    assert _git(remote, "show", "www:index.html") == "<p>two"


@git
def test_R13_an_empty_site_is_not_published(site: Path, remote: Path) -> None:
    (site / "index.html").write_text("")
    assert _publish(site, remote).returncode == 6
    assert _git(remote, "branch") == ""


@git
def test_R18_a_branch_that_holds_something_else_is_left_alone(site: Path, remote: Path, tmp_path: Path) -> None:
    _run(["git", "clone", "-q", remote, tmp_path / "own"])
    _git(
        tmp_path / "own",
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.example",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "mine",
    )
    _git(tmp_path / "own", "push", "-q", "origin", "HEAD:main")
    before = _git(remote, "rev-parse", "main")
    assert before
    done = _publish(site, remote, "main")
    assert (done.returncode, _git(remote, "rev-parse", "main")) == (6, before)


@git
def test_R17_of_two_that_publish_at_once_one_fails(site: Path, remote: Path) -> None:
    """The other one pushes while this one's push arrives: its commit is on top of a branch that has moved."""
    _publish(site, remote)
    old, who = _git(remote, "rev-parse", "pages"), "git -c user.name=a -c user.email=a@b.example"
    (site / "index.html").write_text("<p>two")
    quarantine = "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY"  # git lets a hook move no branch otherwise
    moved = f"git update-ref refs/heads/pages $({who} commit-tree -p {old} -m other {old}^{{tree}})"
    _program(remote / "hooks" / "pre-receive", f"{quarantine}\n{moved}")
    assert _publish(site, remote).returncode == 1
    assert _git(remote, "show", "pages:index.html") == "<p>one"


@git
def test_a_remote_that_does_not_answer_fails(site: Path, tmp_path: Path) -> None:
    done = _publish(site, tmp_path / "nowhere.git")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("words", [[], ["only-one"], ["a", "b", "c", "d"]])
def test_usage(words: list[str]) -> None:
    assert _run([DEPLOY / "publish-site.sh", *words]).returncode == 2
