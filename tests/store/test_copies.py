"""A copy of the database as one file, and back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine

from digester.domain.errors import NotFound, StoreError, UsageError
from digester.store import copies
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "digester.db"


@pytest.fixture
def live(database: Path) -> Engine:
    engine = make_engine(f"sqlite:///{database}")
    migrate(engine)
    return engine


def test_a_copy_holds_what_was_committed_and_is_private(live: Engine, database: Path, tmp_path: Path) -> None:
    SqlStore(live).keep("a", "1")
    copy = tmp_path / "copy.db"
    copies.backup(live, copy)
    SqlStore(live).keep("a", "2")
    assert copy.stat().st_mode & 0o777 == 0o600
    live.dispose()
    copies.restore(copy, database)
    engine = make_engine(f"sqlite:///{database}")
    assert SqlStore(engine).kept("a") == "1"
    engine.dispose()
    assert database.with_name("digester.db.before").is_file()


def test_what_was_there_before_is_kept_whole_also_while_another_process_has_it_open(
    live: Engine, database: Path, tmp_path: Path
) -> None:
    copies.backup(live, tmp_path / "copy.db")
    SqlStore(live).keep("a", "2")
    copies.restore(tmp_path / "copy.db", database)
    live.dispose()
    for name, value in (("digester.db.before", "2"), ("digester.db", None)):
        engine = make_engine(f"sqlite:///{database.with_name(name)}")
        assert SqlStore(engine).kept("a") == value
        engine.dispose()


def test_an_existing_file_is_not_written_over(live: Engine, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="exists already"):
        copies.backup(live, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text("utf-8") == "mine"
    live.dispose()


@pytest.mark.parametrize("what", ["missing", "text", "foreign"])
def test_what_is_no_copy_of_ours_changes_nothing(live: Engine, database: Path, tmp_path: Path, what: str) -> None:
    SqlStore(live).keep("a", "1")
    live.dispose()
    other = tmp_path / "other.db"
    if what == "text":
        other.write_text("hello", "utf-8")
    if what == "foreign":
        with sqlite3.connect(other) as c:
            c.execute("CREATE TABLE x (y)")
        c.close()
    with pytest.raises((NotFound, StoreError), match=r"there is no file|is no database of digester"):
        copies.restore(other, database)
    engine = make_engine(f"sqlite:///{database}")
    assert SqlStore(engine).kept("a") == "1"
    engine.dispose()


def test_postgresql_is_no_file() -> None:
    with pytest.raises(UsageError, match="SQLite"):
        copies.file_of("postgresql+psycopg://me@host/name")
