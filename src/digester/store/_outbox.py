"""The outbox and the people who get mail.

A row is committed before its message is sent and again after; on SQLite these commits wait for the disk, so that not even a
power cut forgets that something was sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select, update

from digester.domain.delivery import Delivery
from digester.domain.subscribers import Subscriber
from digester.store import schema as t
from digester.store._base import CHUNK, Base
from digester.store.codec import dump, stamp

_D = t.deliveries
_MARK = update(_D).where(*(col == bindparam(f"its_{col.name}") for col in _D.primary_key))
_CLAIM = _MARK.where(_D.c.state == "pending")

DIED = "the run ended while this was being sent"


class OutboxTables(Base):
    def queue(self, rows: Iterable[Delivery]) -> int:
        """Rows that were not there before; existing ones stay as they are."""
        wanted = [_row(row) for row in rows]
        count = select(func.count()).select_from(t.deliveries)
        with self._write(lasting=True) as c:
            before = int(c.execute(count).scalar() or 0)
            for i in range(0, len(wanted), CHUNK):
                self._upsert(c, t.deliveries, wanted[i : i + CHUNK], keep=True)
            return int(c.execute(count).scalar() or 0) - before

    def delivery_counts(self) -> Mapping[str, int]:
        """How many rows are in each state."""
        d = t.deliveries.c
        with self._read() as c:
            return {state: int(n) for state, n in c.execute(select(d.state, func.count()).group_by(d.state))}

    def deliveries(
        self, issue_id: str | None = None, states: Sequence[str] = (), channel: str | None = None,
        since: datetime | None = None,
    ) -> Sequence[Delivery]:  # fmt: skip
        """Rows by issue, language, channel and recipient; `since` they changed last."""
        d = t.deliveries.c
        where = [d.issue_id == issue_id] if issue_id is not None else []
        where += [d.state.in_(states)] if states else []
        where += [d.channel == channel] if channel is not None else []
        where += [d.changed_at >= stamp(since)] if since is not None else []
        with self._read() as c:
            return self._bodies(c, Delivery, t.deliveries, and_(*where) if where else None)

    def delivery(self, issue_id: str, language: str, channel: str, recipient: str) -> Delivery | None:
        where = _is(issue_id, language, channel, recipient)
        with self._read() as c:
            found = self._bodies(c, Delivery, t.deliveries, where)
        return found[0] if found else None

    def claim(self, row: Delivery, before: Delivery | None = None) -> bool:
        """In one transaction: what became of the message before, and that this one is being sent. False when it waits no
        more: another sender has it, or it was erased."""
        with self._write(lasting=True) as c:
            if before:
                c.execute(_MARK, _named(before))
            return bool(c.execute(_CLAIM, _named(row)).rowcount)

    def mark(self, row: Delivery) -> None:
        """Changes a row that is there: what was erased in the meantime does not come back."""
        with self._write(lasting=True) as c:
            c.execute(_MARK, _named(row))

    def sent_since(self, channel: str, moment: datetime) -> int:
        """Rows that a channel's other side took, or may have taken, after the moment."""
        d = t.deliveries.c
        where = and_(d.channel == channel, d.state.in_(("accepted", "in_doubt")), d.changed_at > stamp(moment))
        with self._read() as c:
            return int(c.execute(select(func.count()).select_from(t.deliveries).where(where)).scalar() or 0)

    def doubt(self, now: datetime, harmless: Collection[str] = ()) -> int:
        """Rows that were being sent when a run ended are in doubt; in channels where sending again is `harmless`, since
        they find what they made, they wait again. For the holder of the lock: nobody else sends. How many rows."""
        with self._write(lasting=True) as c:
            left = self._bodies(c, Delivery, t.deliveries, t.deliveries.c.state == "sending")
            rows = [replace(r, state="pending" if r.channel in harmless else "in_doubt", changed_at=now, last_error=DIED)
                    for r in left]  # fmt: skip
            self._upsert(c, t.deliveries, [_row(r) for r in rows])
        return len(left)

    # -------------------------------------------------------------- people
    def subscribers(self) -> Sequence[Subscriber]:
        with self._read() as c:
            return self._bodies(c, Subscriber, t.subscribers)

    def subscriber(self, key: str) -> Subscriber | None:
        return next(self._by_key(Subscriber, t.subscribers, "key", [key]), None)

    def subscriber_by_id(self, id_: str) -> Subscriber | None:
        return next(self._by_key(Subscriber, t.subscribers, "id", [id_]), None)

    def save_subscribers(self, subscribers: Iterable[Subscriber], fresh: bool = False) -> None:
        """`fresh` ones are not put in the place of anybody who is there by now."""
        rows = [_person(s) for s in subscribers]
        with self._write(lasting=True) as c:
            for i in range(0, len(rows), CHUNK):
                self._upsert(c, t.subscribers, rows[i : i + CHUNK], keep=fresh)

    def suppress(self, row: Subscriber) -> bool:
        """Suppresses whoever has the id of `row`, else keeps `row`; False when that is so already. Reads and writes in one
        transaction, so that nobody who is erased meanwhile comes back with an address."""
        with self._write(lasting=True) as c:
            known = self._bodies(c, Subscriber, t.subscribers, t.subscribers.c.id == row.id)
            if any(s.standing == "suppressed" for s in known):
                return False
            mine = [replace(s, standing="suppressed", since=row.since, why=row.why) for s in known] or [row]
            self._upsert(c, t.subscribers, [_person(s) for s in mine])
        return True

    def erase(self, key: str, mark: str, addresses: Iterable[str]) -> int:
        """Forgets an address: its row among the people, and its name in rows of deliveries, which keep `mark` in its place
        so that counts stay true. How many deliveries were changed."""
        d = t.deliveries
        with self._write(lasting=True) as c:
            c.execute(delete(t.subscribers).where(t.subscribers.c.key == key))
            rows = self._bodies(c, Delivery, d, d.c.recipient.in_(sorted(set(addresses))))
            for row in rows:
                c.execute(delete(d).where(_same(row)))
                self._upsert(c, d, [_row(_forgotten(row, mark))])
        return len(rows)


def _is(issue_id: str, language: str, channel: str, recipient: str) -> Any:
    d = t.deliveries.c
    return and_(d.issue_id == issue_id, d.language == language, d.channel == channel, d.recipient == recipient)


def _same(row: Delivery) -> Any:
    return _is(row.issue_id, row.language, row.channel, row.recipient)


def _named(row: Delivery) -> dict[str, Any]:
    """Values for statements that change one row, made once because making them costs more than running them."""
    values = _row(row)
    return {f"its_{col.name}": values.pop(col.name) for col in _D.primary_key} | values


def _person(s: Subscriber) -> dict[str, Any]:
    return {"key": s.key, "id": s.id, "body": dump(s)}


def _forgotten(row: Delivery, mark: str) -> Delivery:
    """The row without the address, which servers like to repeat; what was still to be sent is not."""
    state = "failed" if row.state in ("pending", "sending") else row.state
    return replace(row, recipient=mark, state=state, last_error="", remote="", message_id="", next_at=None)


def _row(row: Delivery) -> dict[str, Any]:
    return {
        "issue_id": row.issue_id, "language": row.language, "channel": row.channel, "recipient": row.recipient,
        "state": row.state, "changed_at": stamp(row.changed_at), "body": dump(row),
    }  # fmt: skip
