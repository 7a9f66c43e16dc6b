"""When nothing is sent until a person has looked.

`digester.sent` beside the database holds how often something was sent; a database that knows of less was restored from a
copy, and what it says to be waiting may long be in people's mail.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from digester import app
from digester.domain.errors import Refused
from digester.files import write

COUNT = "outbox.count"  # how often a run sent
HOLD = "outbox.hold"  # why nothing is sent, "" for no reason
UNTIL = "outbox.sent_until"  # windows that ended before are taken as sent
MARK = "digester.sent"
BEHIND = "the database knows of less than was sent: it was restored from a copy"
RESOLVE = "`digester send --resolve sent` takes what waited as sent, `--resolve again` sends it"


def begin(store: Any) -> None:
    """Nothing is sent from now on."""
    store.keep(HOLD, BEHIND)


def check(workspace: app.Workspace, store: Any, dry: bool = False) -> None:
    """Raises Refused while a person has to say what became of what was sent; with `dry` that is not even noted."""
    why = store.kept(HOLD) or (BEHIND if _behind(workspace, _count(store)) else "")
    if why and not dry:
        store.keep(HOLD, why)
    if why:
        raise Refused(f"nothing is sent: {why}", subject="outbox", hint=RESOLVE)


def count_on(workspace: app.Workspace, store: Any) -> None:
    """Counts on, in the database first: whoever dies in between leaves it ahead, which holds nothing up."""
    number = _count(store) + 1
    store.keep(COUNT, str(number))
    write(_mark(workspace), f"{number}\n".encode())


def _count(store: Any) -> int:
    return int(store.kept(COUNT) or 0)


def _behind(workspace: app.Workspace, known: int) -> bool:
    """Whether the mark beside the database says more; on SQLite a mark that is gone says so, too."""
    with suppress(OSError, ValueError):
        return int(_mark(workspace).read_text("ascii")) > known
    return known > 0 and workspace.database.startswith("sqlite")


def _mark(workspace: app.Workspace) -> Path:
    database = workspace.database
    beside = Path(database.removeprefix("sqlite:///")).parent if database.startswith("sqlite:///") else workspace.home
    return beside / MARK


def resolve(
    workspace: app.Workspace, store: Any, again: bool, issue: str | None = None, channel: str | None = None
) -> int:
    """What is in doubt, of an issue or a channel where one is named, is taken as sent, or is to be sent again. After a
    restore all of it is, what waited too, and with `again` false all windows until now are taken as sent. How many rows
    were changed."""
    now = workspace.now
    if held := bool(store.kept(HOLD)) or _behind(workspace, _count(store)):
        store.keep(HOLD, "")
        count_on(workspace, store)
        if not again:
            store.keep(UNTIL, now.isoformat())
    states = ("in_doubt", "pending") if held else ("in_doubt",)
    rows = store.deliveries(None if held else issue, states, None if held else channel)
    for row in rows:
        word = "taken as sent by hand" if not again else row.last_error
        store.mark(
            replace(
                row,
                state="pending" if again else "accepted",
                queued_at=now,
                changed_at=now,
                next_at=None,
                last_error=word,
            )
        )
    return len(rows)
