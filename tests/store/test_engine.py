"""Engines, migrations and the lock: SQLite's settings, HEAD equals the schema, one run a workspace."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from tests.store import samples as s

from digester.domain.errors import Locked, StoreError
from digester.store import schema
from digester.store.engine import current, make_engine, migrate, one_run
from digester.store.sql import SqlStore


def sqlite_at(path: Path) -> Engine:
    return make_engine(f"sqlite:///{path}")


# ------------------------------------------------------------------ migrations
def reflected(engine: Engine) -> dict[str, object]:
    """Tables with columns (type, nullable, key) and indexes, as the database sees them."""
    look = inspect(engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(table)],
            look.get_pk_constraint(table)["constrained_columns"],
            sorted((i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in look.get_indexes(table)),
        )
        for table in sorted(look.get_table_names())
        if table != "alembic_version"
    }


def test_migrations_from_empty_end_where_the_schema_is(empty: Engine) -> None:
    schema.metadata.create_all(empty)
    wanted = reflected(empty)
    schema.metadata.drop_all(empty)
    assert migrate(empty) is True
    assert reflected(empty) == wanted
    opts = {
        "compare_type": True,
        "include_name": lambda name, kind, _: not (kind == "table" and name.startswith("search_fts")),
    }
    with empty.connect() as c:  # SQLite keeps the trigrams in tables of its own
        assert compare_metadata(MigrationContext.configure(c, opts=opts), schema.metadata) == []


def test_S09_migrating_twice_is_a_no_op(empty: Engine) -> None:
    assert current(empty) is None
    assert migrate(empty) is True
    assert current(empty) == schema.HEAD
    before = reflected(empty)
    assert migrate(empty) is False
    assert reflected(empty) == before


def test_S09_migrating_keeps_rows(engine: Engine) -> None:
    SqlStore(engine).save_gathering(s.gathering(s.item(1)), s.NOW)
    migrate(engine)
    assert SqlStore(engine).item("id1") == s.item(1)


@pytest.mark.parametrize("table", ["fetch_states", "told", "runs"])
def test_S09_a_failing_migration_leaves_nothing(empty: Engine, table: str) -> None:
    """A table in the way of the first, a middle or the last statement."""
    with empty.begin() as c:
        c.execute(text(f"CREATE TABLE {table} (x INTEGER)"))
    with pytest.raises(StoreError):
        migrate(empty)
    assert set(inspect(empty).get_table_names()) - {"alembic_version"} == {table}
    assert current(empty) is None
    with empty.begin() as c:
        c.execute(text(f"DROP TABLE {table}"))
    assert migrate(empty) is True


def test_S09_a_failure_in_the_last_index_leaves_nothing(empty: Engine) -> None:
    with empty.begin() as c:
        c.execute(text("CREATE TABLE other (x INTEGER)"))
        c.execute(text("CREATE INDEX told_kind ON other (x)"))
    with pytest.raises(StoreError):
        migrate(empty)
    assert set(inspect(empty).get_table_names()) - {"alembic_version"} == {"other"}


def test_S10_D10_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="another version"):
        migrate(engine)
    assert current(engine) == "9999"


@pytest.mark.slow
def test_S05_programs_may_migrate_at_once(empty: Engine, empty_url: str) -> None:
    """Programs, not threads: Alembic keeps its context in module globals."""
    code = "import sys; from digester.store.engine import make_engine, migrate; migrate(make_engine(sys.argv[1]))"
    programs = [subprocess.Popen([sys.executable, "-c", code, empty_url], stderr=subprocess.PIPE) for _ in range(3)]
    errors = [p.communicate()[1].decode() for p in programs]
    assert errors == [""] * 3
    assert current(empty) == schema.HEAD


# ---------------------------------------------------------------------- SQLite
def pragmas(engine: Engine) -> tuple[object, ...]:
    with engine.connect() as c:
        return tuple(
            c.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        )


def test_sqlite_settings_hold_on_every_connection_and_in_every_thread(tmp_path: Path) -> None:
    engine = sqlite_at(tmp_path / "digester.db")
    with engine.connect() as one, engine.connect() as two:
        assert one.connection.dbapi_connection is not two.connection.dbapi_connection
        found = [pragmas(engine)]
        thread = threading.Thread(target=lambda: found.append(pragmas(engine)))
        thread.start()
        thread.join()
    assert found == [("wal", 1, 10_000, 1)] * 2
    engine.dispose()
    assert pragmas(engine) == ("wal", 1, 10_000, 1)
    engine.dispose()


def test_writers_take_the_write_lock_first(tmp_path: Path) -> None:
    """BEGIN IMMEDIATE: while one writes, the other's first statement is already refused."""
    engine = sqlite_at(tmp_path / "digester.db")
    migrate(engine)
    with engine.connect().execution_options(writes=True) as c, c.begin():
        other = sqlite3.connect(tmp_path / "digester.db", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM items").fetchone() == (0,)  # reading goes on
        other.close()
    engine.dispose()


def test_S06_writers_wait_for_each_other_and_none_fails(engine: Engine) -> None:
    """Read-then-write in one transaction is where deferred transactions fail at once."""
    stores = [SqlStore(engine) for _ in range(4)]
    start, errors = threading.Barrier(4), list[Exception]()

    def work(n: int) -> None:
        start.wait()
        try:
            for i in range(10):
                stores[n].start_run(s.run(f"r{n}-{i}"))
                stores[n].save_gathering(s.gathering(s.item(n * 100 + i)), s.NOW)
        except StoreError as err:
            errors.append(err)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    counts = stores[0].counts()
    assert (counts["runs"], counts["items"]) == (40, 40)


def test_S06_a_reader_is_not_disturbed_by_a_writer(engine: Engine) -> None:
    store = SqlStore(engine)
    with engine.connect() as reader, reader.begin():
        assert reader.execute(text("SELECT count(*) FROM items")).scalar() == 0
        store.save_gathering(s.gathering(s.item(1)), s.NOW)
    assert store.counts()["items"] == 1


def test_freezing_at_the_same_time_gives_each_its_own_revision(engine: Engine) -> None:
    start, revisions = threading.Barrier(4), list[int]()

    def work() -> None:
        start.wait()
        revisions.append(SqlStore(engine).freeze(s.issue()).revision)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(revisions) == [1, 2, 3, 4]
    assert [r for _, r, _, _ in SqlStore(engine).issues()] == [4, 3, 2, 1]


def test_I11_the_file_and_its_helpers_are_private(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        engine = sqlite_at(tmp_path / "deep" / "er" / "digester.db")
        migrate(engine)
        with engine.connect() as c:
            c.exec_driver_sql("SELECT 1")
            files = sorted((tmp_path / "deep" / "er").iterdir())
            modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in files}
        with one_run(engine, tmp_path):
            modes["lock"] = stat.S_IMODE((tmp_path / "deep" / "er" / "digester.lock").stat().st_mode)
        engine.dispose()
    finally:
        os.umask(old)
    assert set(modes.values()) == {0o600}
    assert "digester.db-wal" in modes
    assert stat.S_IMODE((tmp_path / "deep" / "er").stat().st_mode) == 0o700


def test_the_mode_of_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "digester.db"
    path.touch(0o640)
    path.chmod(0o640)
    engine = sqlite_at(path)
    migrate(engine)
    engine.dispose()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_options_of_an_address_are_no_part_of_the_file_name(tmp_path: Path) -> None:
    make_engine(f"sqlite:///{tmp_path / 'digester.db'}?timeout=5").dispose()
    assert [p.name for p in tmp_path.iterdir()] == ["digester.db"]


def test_a_database_in_memory_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite://", "sqlite:///:memory:"):
        engine = make_engine(url)
        migrate(engine)
        assert SqlStore(engine).counts()["items"] == 0
        engine.dispose()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://x/y", "postgresql+nodriver://x/y", "sqlite:/x", "sqlite+none:///x",
                                 "postgresql+psycopg://u@h:port/x"])  # fmt: skip
def test_an_address_that_means_nothing_is_a_store_error(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError):
        make_engine(url)


def test_S04_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot create"):
        sqlite_at(tmp_path / "file" / "digester.db")


# ------------------------------------------------------------------------ lock
def test_S05_a_second_run_gets_locked_until_the_first_ends(empty: Engine, empty_url: str, tmp_path: Path) -> None:
    other = make_engine(empty_url)
    with one_run(empty, tmp_path):
        with pytest.raises(Locked), one_run(other, tmp_path):
            raise AssertionError("two runs at once")
        with pytest.raises(Locked), one_run(other, tmp_path):
            raise AssertionError("a refused try took the lock away")
    with one_run(other, tmp_path):
        pass
    other.dispose()


def test_S05_the_lock_is_given_back_after_an_exception_of_the_run(empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), one_run(empty, tmp_path):
        raise ZeroDivisionError
    with one_run(empty, tmp_path):
        pass


def test_S05_a_stale_lock_file_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "digester.lock").write_text("4711")
    engine = sqlite_at(tmp_path / "digester.db")
    with one_run(engine, tmp_path):
        pass
    engine.dispose()


def test_a_lock_in_a_folder_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    engine = make_engine("sqlite://")
    with pytest.raises(StoreError), one_run(engine, tmp_path / "gone"):
        pass
    engine.dispose()


def test_the_run_may_use_the_store_while_it_holds_the_lock(engine: Engine, tmp_path: Path) -> None:
    with one_run(engine, tmp_path):
        SqlStore(engine).start_run(s.run())
    assert SqlStore(engine).counts()["runs"] == 1
