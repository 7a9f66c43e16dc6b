"""A copy of an SQLite database, taken while others write, and put back. PostgreSQL has pg_dump and pg_restore for that."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, make_url

from digester.domain.errors import NotFound, StoreError, UsageError
from digester.store.engine import current, make_engine, store_errors

_ELSE = "pg_dump and pg_restore do this for PostgreSQL; run `digester send --resolve sent` after a restore"


def file_of(url: str) -> Path:
    """The database's file. Raises UsageError for a database that is none."""
    name = make_url(url).database if url.startswith("sqlite:///") else None
    if not name:
        raise UsageError("only an SQLite database is one file", hint=_ELSE)
    return Path(name)


def backup(engine: Engine, target: Path) -> None:
    """One consistent file (sqlite.org/lang_vacuum.html, VACUUM INTO), readable by its owner alone."""
    if target.exists():
        raise UsageError(f"{target} exists already", hint="name another file, or remove it")
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with store_errors(), engine.connect() as c:
            c.connection.cursor().execute("VACUUM INTO ?", (str(part),))
        part.replace(target)
    except OSError as err:
        raise StoreError(f"cannot write {target}: {err.strerror}", hint="check the folder and free space") from err
    except sqlite3.Error as err:  # of the driver itself, which has no transaction for this
        part.unlink(missing_ok=True)
        raise StoreError(
            f"no copy was made: {err}", hint="check free space; `digester doctor` looks at the database"
        ) from err


def restore(source: Path, target: Path) -> None:
    """Puts a copy in the place of the database; for the holder of the lock. What was there stays beside it as
    `NAME.before`. Raises NotFound or StoreError, and then nothing has changed."""
    if not source.is_file():
        raise NotFound(f"there is no file {source}", hint="`digester backup FILE` makes one")
    engine = make_engine(f"sqlite:///{source}")
    try:
        at = current(engine)
    except StoreError:
        at = None
    finally:
        engine.dispose()
    if at is None:
        raise StoreError(f"{source} is no database of digester", hint="name a file that `digester backup` made")
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(source.read_bytes())
        part.chmod(0o600)
        for extra in ("", "-wal", "-shm"):  # what is not in the file yet, since another process has it open, goes along
            before = target.with_name(f"{target.name}.before{extra}")
            before.unlink(missing_ok=True)
            if (old := target.with_name(f"{target.name}{extra}")).exists():
                old.replace(before)
        part.replace(target)
    except OSError as err:
        raise StoreError(f"cannot write {target}: {err.strerror}", hint="check the folder and free space") from err
