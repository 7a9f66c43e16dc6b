"""What is sent, to whom, and what became of it.

A delivery is one message to one recipient through one channel: its row stands before anything is sent and is marked after.
The row is unique without the issue's revision, so that no correction is mailed a second time by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from digester.domain.issue import Artifact, Issue

State = Literal["pending", "sending", "accepted", "failed", "in_doubt"]
KEPT_TRYING = {"daily": timedelta(days=2), "weekly": timedelta(days=7)}  # after that a pending row is given up
PATIENCE = timedelta(minutes=15)  # before what was put off is tried again: greylisting asks for about so much
LONGEST_PATIENCE = timedelta(hours=6)


@dataclass(frozen=True)
class Delivery:
    """`recipient` is an address, or the part of what a channel without recipients posts ("" or "2/3"). `remote` is what
    the other side calls what it accepted, where it says so; `extra` a row that a person asked for beside the list."""

    issue_id: str
    language: str
    channel: str
    recipient: str
    revision: int
    message_id: str
    state: State
    queued_at: datetime
    changed_at: datetime
    attempts: int = 0
    last_error: str = ""
    next_at: datetime | None = None
    remote: str = ""
    extra: bool = False


# ------------------------------------------------------------------- outcomes
@dataclass(frozen=True)
class Accepted:
    """The other side took it."""

    remote: str = ""


@dataclass(frozen=True)
class Later:
    """Not now: tried again after `wait` seconds (None: by rule). `stop` when the channel serves nobody at the moment;
    then so many messages `before` this one were refused for that reason alone, and wait as well."""

    error: str
    wait: float | None = None
    stop: bool = False
    before: int = 0


@dataclass(frozen=True)
class Failed:
    """Never for this recipient."""

    error: str


@dataclass(frozen=True)
class InDoubt:
    """The other side may have taken it: a person decides."""

    error: str


Outcome = Accepted | Later | Failed | InDoubt


def marked(delivery: Delivery, outcome: Outcome, now: datetime) -> Delivery:
    """The row after an attempt."""
    row = replace(delivery, attempts=delivery.attempts + 1, changed_at=now, next_at=None)
    match outcome:
        case Accepted(remote):
            return replace(row, state="accepted", last_error="", remote=remote)
        case Failed(error):
            return replace(row, state="failed", last_error=error)
        case InDoubt(error):
            return replace(row, state="in_doubt", last_error=error)
        case Later(error, wait):
            return replace(row, state="pending", last_error=error, next_at=now + put_off(row.attempts, wait))


def put_off(attempts: int, wait: float | None) -> timedelta:
    """How long until the next attempt: what the other side asked for, else doubling from a quarter of an hour."""
    if wait is not None:
        return timedelta(seconds=min(max(wait, 1.0), LONGEST_PATIENCE.total_seconds()))
    return min(PATIENCE * (1 << min(max(attempts - 1, 0), 10)), LONGEST_PATIENCE)


# -------------------------------------------------------------------- edition
@dataclass(frozen=True)
class Edition:
    """An issue in one language as channels get it: the frozen record, its stored artifacts by output, the address of its
    web copy ("" without a site), and the name of the series it belongs to."""

    issue: Issue
    language: str
    series: str
    artifacts: Mapping[str, Artifact] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True)
class Counted:
    """What became of an edition in one channel, in rows."""

    channel: str
    language: str
    states: Mapping[str, int]

    def __str__(self) -> str:
        n = self.states
        waiting = n.get("pending", 0) + n.get("sending", 0)
        more = f", {waiting} waiting" if waiting else ""
        return (
            f"{self.channel} {self.language.upper()} {n.get('accepted', 0)} accepted, {n.get('failed', 0)} failed, "
            f"{n.get('in_doubt', 0)} in doubt{more}"
        )


def counted(rows: Iterable[Delivery]) -> list[Counted]:
    """Rows by channel and language, in this order."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        found.setdefault((row.channel, row.language), Counter())[row.state] += 1
    return [Counted(channel, language, states) for (channel, language), states in sorted(found.items())]
