"""The ledger's tables: replies that were paid for, what they cost, and small values that the workspace keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from digester.domain.calls import ModelCall, Spend
from digester.store import schema as t
from digester.store._base import Base
from digester.store.codec import dump, stamp


class LedgerTables(Base):
    def calls(self, ids: Iterable[str]) -> Mapping[str, ModelCall]:
        """The kept replies among these calls, by id."""
        return {c.id: c for c in self._by_key(ModelCall, t.model_calls, "id", ids)}

    def save_call(self, call: ModelCall | None, spend: Spend) -> None:
        """A reply with what it cost, in one transaction; without a reply what is reserved for one, or was lost."""
        row = {"id": spend.id, "at": stamp(spend.at), "run_id": spend.run_id, "body": dump(spend)}
        with self._write() as c:
            if call is not None:
                self._upsert(c, t.model_calls, [{"id": call.id, "made_at": stamp(call.asked_at), "body": dump(call)}])
            self._upsert(c, t.spends, [row])

    def spends_since(self, moment: datetime) -> Sequence[Spend]:
        with self._read() as c:
            return self._bodies(c, Spend, t.spends, t.spends.c.at >= stamp(moment))

    def kept(self, name: str) -> str | None:
        """A small value of the workspace, None when there is none."""
        with self._read() as c:
            body = c.execute(select(t.kept.c.body).where(t.kept.c.name == name)).scalar()
        return None if body is None else str(body)

    def keep(self, name: str, value: str) -> None:
        with self._write() as c:
            self._upsert(c, t.kept, [{"name": name, "body": value}])
