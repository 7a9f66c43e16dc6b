"""The seams of delivery: a channel, one exchange with a service over HTTP, and the outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from digester.domain.delivery import Delivery, Edition, Outcome
from digester.domain.subscribers import Subscriber
from digester.ports import Clock


# ----------------------------------------------------------------- services
@dataclass(frozen=True)
class Call:
    """A request to a service that the operator named. `url` and headers may hold secrets: neither is ever printed."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Answered:
    """Whatever status came back; header names in lower case, the body at most a megabyte."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Unanswered:
    """No answer. `message` names no secret; `sent` says whether the service may have read the request."""

    message: str
    sent: bool


class Wire(Protocol):
    """HTTP to the operator's own services: no redirect is followed, nothing is retried, and it ends at its deadline."""

    def ask(self, call: Call) -> Answered | Unanswered: ...


# ----------------------------------------------------------------- channels
class Session(Protocol):
    """A channel while it is open. One that keeps a pace has `pause()`, too, which is called between two messages."""

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        """One attempt for one row, which is marked as being sent; never raises for what the other side did."""


class Channel(Protocol):
    """One file in channels/ each, one line in the registry there.

    `personal` channels have a row for every subscriber, the others one for each of `parts`. With `updates` a further
    revision of an issue is sent over what was accepted before.
    """

    name: str
    kind: ClassVar[str]
    personal: ClassVar[bool]
    updates: ClassVar[bool]
    daily: int  # rows accepted in 24 hours at most, 0 for any number

    def parts(self, edition: Edition) -> Sequence[str]: ...
    def open(self) -> AbstractContextManager[Session]: ...


# ------------------------------------------------------------------- outbox
class Outbox(Protocol):
    """Rows of deliveries and the people who get them."""

    def queue(self, rows: Iterable[Delivery]) -> int:
        """Rows that were not there before; existing ones stay as they are."""

    def deliveries(
        self, issue_id: str | None = None, states: Sequence[str] = (), channel: str | None = None
    ) -> Sequence[Delivery]: ...
    def delivery(self, issue_id: str, language: str, channel: str, recipient: str) -> Delivery | None: ...
    def mark(self, row: Delivery) -> None: ...
    def doubt(self, now: datetime, harmless: Collection[str] = ()) -> int:
        """Rows that were being sent when a run ended: nobody knows what became of them; where sending again is harmless
        they wait again."""

    def subscribers(self) -> Sequence[Subscriber]: ...
    def subscriber(self, key: str) -> Subscriber | None: ...
    def save_subscribers(self, subscribers: Iterable[Subscriber], fresh: bool = False) -> None: ...
    def suppress(self, row: Subscriber) -> bool: ...
    def erase(self, key: str, mark: str, addresses: Iterable[str]) -> int:
        """Forgets an address everywhere; its deliveries keep `mark` in its place. How many rows were changed."""

    def claim(self, row: Delivery, before: Delivery | None = None) -> bool:
        """In one transaction: what became of the message before, and that this one is being sent. False when it waits no
        more: another sender has it, or it was erased."""

    def sent_since(self, channel: str, moment: datetime) -> int:
        """Rows that a channel's other side took, or may have taken, after the moment."""


# --------------------------------------------------------------- what they get
@dataclass(frozen=True)
class ChannelPowers:
    """What a channel may use. `secret` reads a variable of the environment by name; `key` is the workspace's own, for
    ids and tokens that nobody can make up; `out` the folder of the workspace's files."""

    wire: Wire
    clock: Clock
    secret: Callable[[str], str]
    key: bytes
    out: str


class ChannelKind(Protocol):
    """The class of a channel: its parameters in sources.yaml, and the variables that must be set for it to work."""

    kind: ClassVar[str]
    doc: ClassVar[str]
    updates: ClassVar[bool]
    Params: ClassVar[type]

    def __call__(self, name: str, params: Any, powers: ChannelPowers) -> Channel: ...
    def secrets(self, params: Any) -> Sequence[str]: ...
