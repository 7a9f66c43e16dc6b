"""Channels that say what a test says, and a workspace's rows, people and lines over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.servers.mailing import ISSUE, NOW, edition, issue, people, reader

from digester.domain.delivery import Accepted, Delivery, Edition, Outcome
from digester.domain.issue import Issue, IssueKind
from digester.domain.runs import StepReport
from digester.domain.subscribers import Subscriber
from digester.issues import KINDS
from digester.pipeline import send
from digester.store.sql import SqlStore

Says = Callable[[Delivery], Outcome]


def accepts(row: Delivery) -> Outcome:
    return Accepted("r")


@dataclass
class Talk:
    """A channel that says what `says` does; `sent` is what it was given."""

    name: str = "mail"
    says: Says = accepts
    personal: bool = True
    updates: bool = False
    daily: int = 0
    names: Sequence[str] = ("",)
    sent: list[Delivery] = field(default_factory=list)
    opened: int = 0
    kind: str = "talk"

    def parts(self, edition: Edition) -> Sequence[str]:
        return self.names

    @contextmanager
    def open(self) -> Iterator[Talk]:
        self.opened += 1
        yield self

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        self.sent.append(row)
        return self.says(row)

    def recipients(self) -> list[str]:
        return [r.recipient for r in self.sent]


@dataclass
class Desk:
    """One workspace's rows, people and channels."""

    store: SqlStore
    lines: list[send.Line]
    people: list[Subscriber] = field(default_factory=list)
    now: Any = NOW
    record: Issue = field(default_factory=issue)
    published: Callable[[str], str] = lambda url: ""
    stopping: Callable[[], bool] = lambda: False
    url: str = ""
    kinds: Mapping[str, IssueKind] = field(default_factory=lambda: KINDS)
    told: list[dict[str, Any]] = field(default_factory=list)

    def edition(self, record: Issue, language: str) -> Edition:
        return edition(b"", language, record, self.url)

    def queue(self) -> int:
        rows = send.planned(
            self.record, KINDS["rec-weekly"], self.lines, self.people, self.edition, lambda *parts: f"<{parts[3]}@x>", self.now
        )  # fmt: skip
        return send.queue(self.store, rows, self.lines, self.now)

    def send(self, at_once: bool = False, channel: str | None = None) -> StepReport:
        powers = send.Sending(
            self.store, self.lines, lambda id_: self.record if id_ == ISSUE else None, self.kinds, self.edition, self.published,
            self.people, self.stopping,
        )  # fmt: skip
        return send.run(powers, send.todo(self.store, self.now, None, channel, at_once), self.now, self.told.append)

    def later(self, **how: float) -> StepReport:
        self.now += timedelta(**how)
        return self.send()

    def states(self, channel: str = "mail", language: str = "en") -> dict[str, str]:
        return {r.recipient: r.state for r in self.store.deliveries(channel=channel) if r.language == language}


def desk(store: SqlStore, *channels: Talk, readers: Sequence[str] = (), **more: Any) -> Desk:
    named = readers or people(3)
    lines = [send.Line(c, ("en",) if c.personal else ()) for c in channels]  # type: ignore[arg-type]
    return Desk(store, lines, [reader(r) for r in named], **more)
