"""Engines, migrations and the one-run lock: what differs between SQLite and PostgreSQL is in this file.

SQLite: WAL, foreign keys on, busy timeout, and BEGIN IMMEDIATE for writing transactions, because a
deferred one that later writes fails at once instead of waiting (python/cpython#124510). In WAL mode a commit may be lost
with the power unless `synchronous` is FULL (sqlite.org/pragma.html): `lasting` transactions ask for that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from digester.domain.errors import Locked, StoreError
from digester.store.schema import HEAD

LOCK_KEY = 0x6469_6765  # "dige": the advisory lock of a run on PostgreSQL
WRITE_KEY = LOCK_KEY + 1  # of one writing transaction


def make_engine(url: str) -> Engine:
    """An engine for an SQLAlchemy URL; an SQLite file is made with mode 0600."""
    try:
        if not url.startswith("sqlite"):
            return create_engine(url, pool_pre_ping=True)
        if name := _file_of(make_url(url)):
            _private_file(name)
        engine = create_engine(url, connect_args={"timeout": 10, "check_same_thread": False})
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    except (SQLAlchemyError, ModuleNotFoundError, ValueError) as err:
        raise StoreError(
            f"the database address is not usable: {type(err).__name__}",
            hint="for PostgreSQL: pip install 'digester[postgres]' and postgresql+psycopg://user@host/name",
        ) from err


def _file_of(url: URL) -> str:
    """The file of an SQLite address; empty for memory, a file: URI, and an address with a host, which is none."""
    name = url.database or ""
    return "" if url.host or name == ":memory:" or name.startswith("file:") else name


def _private_file(name: str) -> None:
    if Path(name).exists():
        return
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(name, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as err:
        raise StoreError(f"cannot create {name}: {err.strerror}", hint="check the folder and its permissions") from err


def _sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    if writes:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('lasting') else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock_for_writing(connection: Connection) -> None:
    """One writing transaction at a time, so that what it read still holds when it writes and no two of them
    deadlock. SQLite has done so by BEGIN IMMEDIATE."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": WRITE_KEY})


@contextmanager
def store_errors() -> Iterator[None]:
    """Database exceptions leave as StoreError: one line, no SQL, no address. So do values that no database
    takes (half a character, a giant integer) and stored ones that are not ours (both are ValueError)."""
    try:
        yield
    except (SQLAlchemyError, ValueError, OverflowError) as err:
        reason = (str(getattr(err, "orig", None) or err).splitlines() or [type(err).__name__])[0][:200]
        raise StoreError(f"the database said no: {reason}", hint="`digester doctor` looks at the workspace") from err


def migrate(engine: Engine) -> bool:
    """Brings the schema to HEAD in one transaction; True when something was done."""
    with store_errors():
        if current(engine) == HEAD:
            return False
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with engine.connect().execution_options(writes=True) as connection:
            lock_for_writing(connection)
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as err:  # a version that this program does not have
                raise StoreError(
                    "the database was made by another version of digester", hint="update digester"
                ) from err
            connection.commit()
        return True


def current(engine: Engine) -> str | None:
    """The migration the database is at; None for an empty one."""
    from sqlalchemy import inspect

    with store_errors(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if at is None else str(at)


@contextmanager
def one_run(engine: Engine, folder: Path) -> Iterator[None]:
    """The lock of the database: flock(2) in the folder of an SQLite file (in `folder` when it has none), an
    advisory lock on PostgreSQL. Raises Locked."""
    if engine.dialect.name == "postgresql":
        with _advisory_lock(engine):
            yield
        return
    try:
        import fcntl
    except ImportError as err:
        raise StoreError(
            "this system has no flock(2), so two runs could not be told apart", hint="use PostgreSQL, or a POSIX system"
        ) from err

    name = _file_of(engine.url)
    path = (Path(name).parent if name else folder) / "digester.lock"
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as err:
        raise StoreError(f"cannot open {path}: {err.strerror}", hint="check the folder and its permissions") from err
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        os.close(handle)
        raise _locked(str(path)) from err
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def _advisory_lock(engine: Engine) -> Iterator[None]:
    """Held by a session without a transaction, so that no idle-in-transaction limit ends it."""
    with store_errors():
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        with store_errors():
            if not connection.execute(text("SELECT pg_try_advisory_lock(:k)"), {"k": LOCK_KEY}).scalar():
                raise _locked("the database")
        yield
    finally:
        connection.invalidate()  # ends the session, and the lock with it, also when the server is gone
        connection.close()


def _locked(place: str) -> Locked:
    return Locked(f"another run holds the lock of {place}", hint="wait for it to end; `digester status` shows it")
