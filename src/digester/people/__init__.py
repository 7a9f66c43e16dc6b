"""Composition of the people who get mail: how they come onto the list, and every way off it.

Whoever left stays away: an import brings nobody back, `add` does, because somebody asks for this one address. Of an erased
person the list keeps no address but a mark, `id:` and their id, which is a keyed hash: a later import can tell that this
address is not to come back, and nobody without the workspace's key can tell whose it was. A new key ends what marks mean.

`since` is the moment from which a standing holds. Nothing here needs the lock of a run but what its caller takes it for:
leaving is one row, and must not wait for an issue to be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from digester.app import Workspace
from digester.domain.subscribers import Subscriber, key_of

if TYPE_CHECKING:
    from digester.people.table import Entry, Refusal

MARK = "id:"  # begins the key of who is known by their id only
EXPORTED = ("address", "languages", "standing", "since", "why")


def _id(key: bytes, person: str) -> str:
    from digester.channels._tokens import person_id

    return person_id(key, person)


def _known(store: Any, key: bytes, person: str) -> Subscriber | None:
    """The row of a person, or the mark of one who was erased."""
    return store.subscriber(person) or store.subscriber_by_id(_id(key, person))  # type: ignore[no-any-return]


# ------------------------------------------------------------------------- on
@dataclass
class Imported:
    """What became of the lines of a table: addresses taken, how many were known, who had left and stays so, what was
    refused."""

    taken: list[str] = field(default_factory=list)
    known: int = 0
    left: list[str] = field(default_factory=list)
    refused: Sequence[Refusal] = ()


def take(
    store: Any, key: bytes, entries: Iterable[Entry], languages: tuple[str, ...], now: datetime, dry: bool = False
) -> Imported:
    """Puts a table's people onto the list, each once; `languages` for those who name none. Nobody who is known changes but
    who is suppressed in the table: that holds here, too."""
    rows = {s.key: s for s in store.subscribers()}
    gone = {s.id for s in rows.values() if s.standing == "suppressed"}
    done, fresh, leaving = Imported(), list[Subscriber](), list[Subscriber]()
    for entry in entries:
        person = key_of(entry.address)
        if (id_ := _id(key, person)) in gone:
            done.left.append(entry.address)
            continue
        why = "" if entry.standing == "active" else entry.why or "left another list"
        if person in rows and why:
            leaving.append(replace(rows[person], standing="suppressed", since=now, why=why))
            done.left.append(entry.address)
        elif person in rows:
            done.known += 1
        else:
            row = Subscriber(person, entry.address, id_, entry.languages or languages, entry.standing, now, why)
            rows[person] = row
            fresh.append(row)
            (done.left if why else done.taken).append(entry.address)
        gone |= {id_} if why else set()
    if not dry:
        store.save_subscribers(fresh, fresh=True)
        for row in leaving:
            store.suppress(row)
    return done


def add(store: Any, key: bytes, address: str, languages: tuple[str, ...], now: datetime) -> str:
    """One address that somebody asks for: `added`, `taken back` when it had left, `changed` to other languages, `known`."""
    person = key_of(address)
    row = _known(store, key, person)
    if row and row.standing == "active" and languages in ((), row.languages):
        return "known"
    if row and row.standing == "active":
        store.save_subscribers([replace(row, languages=languages)])
        return "changed"
    if row and row.key.startswith(MARK):
        store.erase(row.key, row.key, ())
    kept = row.languages if row else ()
    store.save_subscribers([Subscriber(person, address, _id(key, person), languages or kept, "active", now)])
    return "taken back" if row else "added"


# ------------------------------------------------------------------------ off
def suppress(store: Any, key: bytes, address: str, why: str, now: datetime) -> bool:
    """From now on this person is not mailed, whoever puts them on a list; whether that is new."""
    person = key_of(address)
    row = _known(store, key, person) or Subscriber(person, address, _id(key, person), (), "active", now)
    return _suppress(store, row, why, now)


def _suppress(store: Any, row: Subscriber, why: str, now: datetime) -> bool:
    return bool(store.suppress(replace(row, standing="suppressed", since=now, why=why)))


def leave(workspace: Workspace, store: Any, key: bytes, id_: str, now: datetime) -> bool:
    """The person of a link to unsubscribe leaves, also one who is mailed without being on the list; whether that is new.
    Who was only ever sent a test is kept as a mark."""
    if (row := store.subscriber_by_id(id_)) is None:
        mailed = (a for a in _mailed(workspace, store) if _id(key, key_of(a)) == id_)
        address = next(mailed, "")
        row = Subscriber(key_of(address) if address else f"{MARK}{id_}", address, id_, (), "active", now)
    return _suppress(store, row, "unsubscribed", now)


def _mailed(workspace: Workspace, store: Any) -> Iterator[str]:
    """Addresses that get mail without being on the list: of sources.yaml, and by hand; the latest issues' first."""
    yield from (line.address for line in workspace.settings.recipients)
    for issue in dict.fromkeys(id_ for id_, *_ in store.issues()):
        yield from (r.recipient for r in store.deliveries(issue) if "@" in r.recipient)


def erase(store: Any, key: bytes, address: str, now: datetime) -> int:
    """Forgets an address, in whatever spelling it was mailed to: a mark stays on the list and in the outbox. How many rows
    of the outbox were changed. For the holder of the lock: a run would write its row again."""
    person = key_of(address)
    mark = f"{MARK}{_id(key, person)}"
    store.save_subscribers([Subscriber(mark, "", _id(key, person), (), "suppressed", now, "erased")])
    spelled = {r.recipient for r in store.deliveries() if "@" in r.recipient and key_of(r.recipient) == person}
    return int(store.erase(person, mark, spelled | {address}))


def stay_away(store: Any, key: bytes, rows: Iterable[Subscriber], now: datetime) -> int:
    """Whoever left, or was erased, by another copy of this list is gone from this one, too. For how many that is new."""
    number = 0
    for row in rows:
        there = store.subscriber_by_id(row.id)
        if row.key.startswith(MARK) and there and there.address:
            erase(store, key, there.address, now)
            number += 1
        else:
            number += store.suppress(row)
    return number


# ---------------------------------------------------------------------- lists
def listed(store: Any, suppressed: bool = False) -> list[Subscriber]:
    """Everybody, or those who are not mailed, by address; who is known by a mark only comes last."""
    rows = [s for s in store.subscribers() if not suppressed or s.standing == "suppressed"]
    return sorted(rows, key=lambda s: (not s.address, s.key))


def exported(store: Any) -> str:
    """The list as CSV that `import` reads again, people who left included; marks mean nothing elsewhere and stay."""
    from digester.outputs.csv import written

    rows = (
        (s.address, ";".join(s.languages), s.standing, s.since.isoformat(timespec="seconds"), s.why)
        for s in listed(store)
        if s.address
    )
    return written(EXPORTED, rows)
