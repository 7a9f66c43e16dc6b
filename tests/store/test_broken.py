"""A database that says no: every public verb raises StoreError, one line without SQL, and nothing else."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from tests.servers.postgres import Cluster
from tests.store import samples as s

from digester.domain.errors import StoreError
from digester.domain.issue import Window
from digester.store._issues import IssueTables
from digester.store.engine import current, make_engine, migrate, one_run
from digester.store.sql import SqlStore

WINDOW = Window(s.NOW, s.NOW + timedelta(hours=1), (s.DAY,))
READS: dict[str, Callable[[SqlStore], object]] = {
    "fetch_states": lambda x: x.fetch_states(),
    "validators": lambda x: x.validators("src"),
    "items_in": lambda x: x.items_in(WINDOW),
    "items": lambda x: x.items(["id1"]),
    "item": lambda x: x.item("id1"),
    "items_about": lambda x: x.items_about(["w", "item:id1"]),
    "moments": lambda x: x.moments(s.NOW, s.NOW),
    "sightings_in": lambda x: x.sightings_in(WINDOW),
    "last_sightings": lambda x: x.last_sightings(["id1"]),
    "batches_on": lambda x: x.batches_on([s.DAY]),
    "full_texts": lambda x: x.full_texts(["w"]),
    "passages": lambda x: x.passages(["p1"]),
    "ratings": lambda x: x.ratings(["w"], "rec/1"),
    "model_ratings": lambda x: x.model_ratings("llm", "rec/1", s.NOW, 9),
    "readings": lambda x: x.readings(["w"]),
    "attempts": lambda x: x.attempts("enrich"),
    "issue": lambda x: x.issue("i"),
    "issues": lambda x: x.issues(),
    "frozen_since": lambda x: x.frozen_since("ai-daily", s.NOW),
    "told": lambda x: x.told("k", s.NOW, s.NOW),
    "stories_since": lambda x: x.stories_since(s.NOW),
    "artifacts": lambda x: x.artifacts("i"),
    "runs": lambda x: x.runs(5),
    "counts": lambda x: x.counts(),
}
WRITES: dict[str, Callable[[SqlStore], object]] = {
    "save_gathering": lambda x: x.save_gathering(s.gathering(s.item(1)), s.NOW),
    "save_full_text": lambda x: x.save_full_text(s.FULL_TEXT, [s.PASSAGE], s.NOW),
    "save_passages": lambda x: x.save_passages([s.PASSAGE], s.NOW),
    "save_ratings": lambda x: x.save_ratings([s.RATING]),
    "save_reading": lambda x: x.save_reading(s.READING, s.NOW),
    "save_attempt": lambda x: x.save_attempt(s.ATTEMPT),
    "clear_attempt": lambda x: x.clear_attempt("enrich", "w"),
    "save_stories": lambda x: x.save_stories([s.STORY]),
    "save_draft": lambda x: x.save_draft(s.issue(), "reason"),
    "freeze": lambda x: x.freeze(s.issue()),
    "save_artifacts": lambda x: x.save_artifacts([s.artifact()]),
    "start_run": lambda x: x.start_run(s.run()),
    "close_open_runs": lambda x: x.close_open_runs("interrupted", s.NOW),
    "end_run": lambda x: x.end_run(s.run()),
}
VERBS = {**READS, **WRITES}


def refused(verb: Callable[[SqlStore], object], store: SqlStore) -> None:
    with pytest.raises(StoreError) as caught:
        verb(store)
    message = str(caught.value)
    assert "\n" not in message
    assert "SELECT" not in message
    assert "INSERT" not in message
    assert caught.value.hint


def test_the_lists_here_are_complete() -> None:
    assert set(VERBS) == {name for cls in (SqlStore, IssueTables) for name in vars(cls) if not name.startswith("_")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A SQLite database with one of everything in it, closed."""
    file = tmp_path / "digester.db"
    engine = make_engine(f"sqlite:///{file}")
    migrate(engine)
    for write in WRITES.values():
        write(SqlStore(engine))
    rest = s.gathering(s.item(1), sightings=(s.sighting(),), batches=(s.batch(),), validators=(s.VALIDATOR,))
    SqlStore(engine).save_gathering(rest, s.NOW)
    engine.dispose()
    return file


@pytest.fixture
def opened(path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("verb", VERBS)
def test_S07_a_file_of_garbage(path: Path, opened: Engine, verb: str) -> None:
    path.write_bytes(b"this is not a database" * 1000)
    refused(VERBS[verb], SqlStore(opened))
    assert path.read_bytes().startswith(b"this is not")  # the original is never overwritten


@pytest.mark.parametrize("verb", VERBS)
def test_S07_an_empty_database_that_was_not_migrated(tmp_path: Path, verb: str) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    refused(VERBS[verb], SqlStore(engine))
    engine.dispose()


@pytest.mark.parametrize("verb", VERBS)
def test_S07_a_folder_in_the_place_of_the_file(tmp_path: Path, verb: str) -> None:
    (tmp_path / "folder.db").mkdir()
    engine = make_engine(f"sqlite:///{tmp_path / 'folder.db'}")
    refused(VERBS[verb], SqlStore(engine))
    engine.dispose()


@pytest.mark.parametrize("verb", WRITES)
def test_S04_a_read_only_database(path: Path, verb: str) -> None:
    engine = make_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    refused(WRITES[verb], SqlStore(engine))
    assert SqlStore(engine).item("id1") == s.item(1)
    engine.dispose()


@pytest.mark.parametrize("verb", WRITES)
def test_S06_a_lock_that_is_held_too_long(path: Path, opened: Engine, verb: str) -> None:
    with opened.connect() as c:
        c.exec_driver_sql("PRAGMA busy_timeout=0")  # of the one pooled connection: the wait itself is SQLite's
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    refused(WRITES[verb], SqlStore(opened))
    blocker.close()


BODIES = [
    ("fetch_states", "fetch_states"), ("validators", "validators"), ("items", "item"), ("items", "items"),
    ("sightings", "sightings_in"), ("sightings", "last_sightings"), ("batches", "batches_on"), ("passages", "passages"), ("attempts", "attempts"), ("runs", "runs"),
    ("runs", "start_run"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "verb"), BODIES)
@pytest.mark.parametrize("body", ["", "{", "null", "[]", '{"id": 5}'])
def test_S07_a_stored_value_that_is_not_ours(opened: Engine, table: str, verb: str, body: str) -> None:
    with opened.execution_options(writes=True).begin() as c:
        c.execute(text(f"UPDATE {table} SET body = :body"), {"body": body})
        if table == "runs":
            c.execute(text("UPDATE runs SET outcome = 'running'"))
    refused(VERBS[verb], SqlStore(opened))


def test_S07_migrating_garbage_and_locking_a_lost_database(path: Path, opened: Engine) -> None:
    path.write_bytes(b"x" * 10_000)
    for act in (migrate, current):
        with pytest.raises(StoreError):
            act(opened)
    assert path.read_bytes() == b"x" * 10_000


@pytest.mark.parametrize("verb", VERBS)
def test_S12_a_postgresql_database_that_is_gone(lost: Engine, verb: str) -> None:
    refused(VERBS[verb], SqlStore(lost))


def test_S12_the_run_lock_of_a_postgresql_database_that_is_gone(lost: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError), one_run(lost, tmp_path):
        raise AssertionError("locked what is not there")


@pytest.fixture(scope="module")
def lost(pg: Cluster) -> Iterator[Engine]:
    url = pg.database()
    engine = make_engine(url)
    pg.drop(url)
    yield engine
    engine.dispose()


def test_S12_sessions_that_were_ended_are_replaced(pg: Cluster) -> None:
    """A restarted server costs nothing: the pool asks before it hands out a connection."""
    url = pg.database()
    engine, killer = make_engine(url), make_engine(url)
    migrate(engine)
    with killer.connect() as c:
        c.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    SqlStore(engine).start_run(s.run())
    engine.dispose()
    killer.dispose()
    pg.drop(url)


def test_S12_a_lock_whose_session_was_ended_is_free_and_ends_quietly(pg: Cluster, tmp_path: Path) -> None:
    url = pg.database()
    engine, other = make_engine(url), make_engine(url)
    with one_run(engine, tmp_path):
        with other.connect() as c:
            states = c.execute(
                text(
                    "SELECT state FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )
            assert set(states.scalars()) == {"idle"}  # not idle in transaction, which servers end
            c.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )
        with one_run(other, tmp_path):
            pass
    engine.dispose()
    other.dispose()
    pg.drop(url)


@pytest.mark.parametrize(
    "bad",
    [
        lambda x: x.save_gathering(s.gathering(s.item(1, id="\ud800")), s.NOW),
        lambda x: x.save_stories([replace(s.STORY, title="\ud800")]),
        lambda x: x.save_artifacts([s.artifact(2**70)]),
        lambda x: x.item("\ud800"),
        lambda x: x.runs(2**70),
    ],
)
def test_values_that_no_database_takes_are_store_errors(engine: Engine, bad: Callable[[SqlStore], object]) -> None:
    refused(bad, SqlStore(engine))


@pytest.mark.skipif(os.geteuid() == 0, reason="root ignores file modes")
def test_S04_a_file_of_somebody_else(path: Path, opened: Engine) -> None:
    path.chmod(0)
    refused(READS["items"], SqlStore(opened))
