"""Connections, upserts and bodies: what every verb of the store is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from digester.store.codec import load
from digester.store.engine import lock_for_writing, store_errors

T = TypeVar("T")
CHUNK = 400  # parameters in one IN (...): below every database's limit


class Base:
    def __init__(self, engine: Engine) -> None:
        self._engine = self.engine = engine

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with store_errors(), self._engine.connect() as c:
            yield c

    def check_writable(self) -> None:
        """Raises StoreError where no transaction can write, as in a file that is read only."""
        with self._write():
            pass

    @contextmanager
    def _write(self, lasting: bool = False) -> Iterator[Connection]:
        """One writing transaction; a `lasting` one is on the disk when it ends."""
        how = {"writes": True, "lasting": lasting}
        with store_errors(), self._engine.connect().execution_options(**how) as c, c.begin():
            lock_for_writing(c)
            yield c

    def _upsert(self, c: Connection, table: Table, rows: Sequence[Mapping[str, Any]], keep: bool = False) -> None:
        """INSERT ... ON CONFLICT; `keep` leaves the existing row as it is (immutable rows)."""
        insert = (sqlite if self._engine.dialect.name == "sqlite" else postgresql).insert
        statement: Any = insert(table)
        keys = [col.name for col in table.primary_key]
        if keep:
            statement = statement.on_conflict_do_nothing(index_elements=keys)
        else:
            rest = {col.name: statement.excluded[col.name] for col in table.columns if not col.primary_key}
            statement = statement.on_conflict_do_update(index_elements=keys, set_=rest)
        if rows:
            c.execute(statement, list(rows))

    def _bodies(self, c: Connection, cls: type[T], table: Table, where: Any = None) -> list[T]:
        query = select(table.c.body).order_by(*table.primary_key)
        query = query if where is None else query.where(where)
        return [load(cls, body) for (body,) in c.execute(query)]

    def _by_key(self, cls: type[T], table: Table, column: str, keys: Iterable[str]) -> Iterator[T]:
        wanted = sorted(set(keys))
        with self._read() as c:
            for i in range(0, len(wanted), CHUNK):
                yield from self._bodies(c, cls, table, table.c[column].in_(wanted[i : i + CHUNK]))
