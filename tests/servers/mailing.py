"""Mail to send in tests: a channel with an outbox and one invented issue, and a whole workspace of the same.

`Post` is the channel of kind smtp with a real store; `post.send()` does what a run does with what is queued, at `post.now`.
`desk` is a workspace folder with the issue frozen in it, for the command line.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.outputs.issue_samples import weekly
from tests.servers.newsroom import Desk

from digester import app
from digester.channels.smtp import Smtp
from digester.domain.delivery import Delivery, Edition
from digester.domain.issue import Artifact, Issue
from digester.domain.runs import StepReport
from digester.domain.subscribers import Subscriber, key_of
from digester.issues import KINDS
from digester.outputs import OUTPUTS
from digester.pipeline import send
from digester.ports.delivery import ChannelPowers
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

NOW = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
KEY = bytes(range(32))
SENDER = "Digest <news@digest.example>"
PATIENCE = 20.0  # seconds that the channels of tests wait for a reply; a busy machine is no fault
ISSUE = "rec-weekly/2026-W25"


@cache
def issue() -> Issue:
    return weekly()


@cache
def mail(language: str = "en") -> bytes:
    return OUTPUTS["email"].render(issue(), language)


def artifact(body: bytes, language: str = "en", revision: int = 1) -> Artifact:
    return Artifact(ISSUE, revision, "email", language, "message/rfc822", f"w.{language}.eml", body, "c", "m")


def edition(body: bytes | None = None, language: str = "en", record: Issue | None = None, url: str = "") -> Edition:
    octets = mail(language) if body is None else body
    return Edition(record or issue(), language, "RecSys Weekly", {"email": artifact(octets, language)}, url)


class StillClock:
    """Time moves only by sleeping, which is kept."""

    def __init__(self, now: datetime = NOW) -> None:
        self.at, self.slept = now, list[float]()

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)


class NoWire:
    def ask(self, call: Any) -> Any:
        raise AssertionError("mail asks nothing over HTTP")


def channel(url: str, secrets: Mapping[str, str] | None = None, **params: Any) -> Smtp:
    """A channel of kind smtp named `mail`."""
    known = {"SMTP_URL": url, **(secrets or {})}
    powers = ChannelPowers(NoWire(), StillClock(), lambda name: known.get(name, ""), KEY, "")
    made = Smtp("mail", Smtp.Params(**{"sender": SENDER, **params}), powers)
    made.patience = PATIENCE
    return made


def row(recipient: str, **changes: Any) -> Delivery:
    id_ = f"<{hashlib.sha256(recipient.encode()).hexdigest()[:32]}@digest.example>"
    return replace(Delivery(ISSUE, "en", "mail", recipient, 1, id_, "pending", NOW, NOW), **changes)


def reader(address: str, *languages: str, **changes: Any) -> Subscriber:
    key = key_of(address)
    return replace(Subscriber(key, address, f"id-{key}"[:40], languages, "active", NOW), **changes)


def people(number: int) -> list[str]:
    return [f"r{n:04}@mail.example" for n in range(number)]


@dataclass
class Post:
    """A channel, an outbox and an issue; rows are queued by `queue`, tried by `send`."""

    store: SqlStore
    channel: Any
    now: datetime = NOW
    told: list[dict[str, Any]] = field(default_factory=list)
    stopping: Callable[[], bool] = lambda: False
    edition: Edition = field(default_factory=edition)

    def queue(self, recipients: Sequence[str]) -> Post:
        self.store.queue([row(r, queued_at=self.now, changed_at=self.now) for r in recipients])
        return self

    def send(self, at_once: bool = False) -> StepReport:
        known = {s.key: s for s in self.store.subscribers()}
        listed = {key_of(r.recipient): reader(r.recipient) for r in self.store.deliveries() if "@" in r.recipient}
        powers = send.Sending(
            self.store, [send.Line(self.channel)], lambda id_: self.edition.issue if id_ == ISSUE else None, KINDS,
            lambda record, language: self.edition, lambda url: "", list((listed | known).values()), self.stopping,
        )  # fmt: skip
        rows = send.todo(self.store, self.now, at_once=at_once)
        return send.run(powers, rows, self.now, self.told.append)

    def later(self, **how: float) -> StepReport:
        self.now += timedelta(**how)
        return self.send()

    def row(self, recipient: str) -> Delivery:
        found = self.store.delivery(ISSUE, "en", "mail", recipient)
        assert found is not None
        return found

    def states(self) -> dict[str, str]:
        return {r.recipient: r.state for r in self.store.deliveries()}

    def in_state(self, state: str) -> list[str]:
        return sorted(r for r, s in self.states().items() if s == state)


@contextmanager
def store_in(folder: Path) -> Iterator[SqlStore]:
    path = folder / "outbox.db"
    path.write_bytes(_empty())
    engine = make_engine(f"sqlite:///{path}")
    yield SqlStore(engine)
    engine.dispose()


@cache
def _empty() -> bytes:
    """An empty database: migrating one costs more than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        engine = make_engine(f"sqlite:///{path}")
        migrate(engine)
        engine.dispose()
        return path.read_bytes()


# ------------------------------------------------------------- the workspace
SOURCES = """\
version: 1
sources:
  - {{id: a, kind: rss, name: A, url: "https://a.example/feed"}}
channels:
{channels}
recipients: {recipients}
"""
MAIL = '  mail: {kind: smtp, sender: "Digest <news@digest.example>", languages: [en]}\n'


def desk(home: Path, recipients: Sequence[str], url: str, channels: str = MAIL, more: str = "") -> Desk:
    """A workspace in which the weekly of 2026-W25 is frozen and published, an hour after its window."""
    home.mkdir(parents=True, exist_ok=True)
    made = Desk(home, NOW.isoformat(), {"SMTP_URL": url})
    made.write(SOURCES.format(channels=channels, recipients=f"[{', '.join(recipients)}]") + more)
    with app.open_store(made.workspace()) as store:
        store.freeze(issue())
        store.save_artifacts([artifact(mail(x), x) for x in issue().languages])
    return made
