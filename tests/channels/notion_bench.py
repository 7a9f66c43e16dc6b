"""A Notion on loopback with a channel that writes to it, over a real socket and on a clock that passes by sleeping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.outputs.issue_samples import weekly
from tests.servers.notion import DATABASE, TOKEN, Fault, Notion, Page
from tests.servers.notion_limits import text_of
from tests.servers.services import Service

from digester.channels.notion import Notion as Channel
from digester.channels.notion import Params
from digester.domain.delivery import Accepted, Delivery, Edition, Outcome
from digester.domain.issue import Issue
from digester.net.replay import VirtualClock
from digester.net.wire import HttpWire
from digester.ports.delivery import Answered, Call, ChannelPowers, Unanswered, Wire

NOW = datetime(2026, 6, 20, 7, 6, tzinfo=UTC)
SLUG = "rec-weekly-en-2026-W25"


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Killing:
    """A wire that ends the process before the request of a number, or when its answer is there."""

    inner: Wire
    at: int
    after: bool
    asked: int = 0

    def ask(self, call: Call) -> Answered | Unanswered:
        number, self.asked = self.asked, self.asked + 1
        if number == self.at and not self.after:
            raise Killed
        answer = self.inner.ask(call)
        if number == self.at:
            raise Killed
        return answer


@dataclass
class Bench:
    notion: Notion
    service: Service
    wire: Wire
    clock: VirtualClock

    def again(self, pages: Mapping[str, Page] | None = None) -> None:
        """A fresh Notion, with a copy of these pages."""
        self.clock = VirtualClock(NOW)
        self.notion = Notion(self.clock)
        self.notion.pages = deepcopy(dict(pages or {}))
        self.service.default = self.notion

    def channel(self, wire: Wire | None = None, **params: Any) -> Channel:
        given = {"database": DATABASE, "server": self.service.url, **params}
        powers = ChannelPowers(wire or self.wire, self.clock, lambda _: TOKEN, b"key", Path("unused"))
        return Channel("site", Params(**given), powers)

    def send(
        self, issue: Issue | None = None, language: str = "en", remote: str = "", *,
        wire: Wire | None = None, force: bool = False, **params: Any,
    ) -> Outcome:  # fmt: skip
        issue = issue or weekly()
        channel = self.channel(wire, **params)
        channel.force = force
        with channel.open() as session:
            return session.deliver(edition(issue, language), row(issue, language, remote))

    def sent(self, issue: Issue | None = None, language: str = "en", remote: str = "", **more: Any) -> str:
        """What the outbox keeps of a delivery that must be accepted."""
        outcome = self.send(issue, language, remote, **more)
        assert isinstance(outcome, Accepted), outcome
        return outcome.remote

    def text(self, slug: str = SLUG) -> str:
        (page,) = self.notion.by_slug(slug)
        return text_of(page.children)


@contextmanager
def bench(types: dict[str, str] | None = None) -> Iterator[Bench]:
    clock = VirtualClock(NOW)
    notion = Notion(clock, types)
    wire = HttpWire("digester-test/1")
    try:
        with notion.service() as service:
            yield Bench(notion, service, wire, clock)
    finally:
        wire.close()


def edition(issue: Issue, language: str = "en") -> Edition:
    return Edition(issue, language, "Series", {}, "https://digest.example/a")


def row(issue: Issue, language: str = "en", remote: str = "") -> Delivery:
    return Delivery(
        issue.id, language, "site", "", issue.revision, "<1@digest.example>", "sending", NOW, NOW, remote=remote
    )


def corrected() -> Issue:
    """The second revision: a takeaway fewer, another summary."""
    issue = weekly()
    return replace(issue, revision=2, takeaways=issue.takeaways[:2], summary={"en": "Corrected.", "zh": "更正。"})


def long_issue(times: int = 4) -> Issue:
    """An issue whose page takes several requests."""
    issue = weekly()
    return replace(issue, sections=issue.sections * times)


# ----------------------------------------------------------------- rounds
@dataclass(frozen=True)
class Round:
    """A delivery before any fault: the pages that were there, what is sent, what it asks, the texts it may publish."""

    pages: dict[str, Page]
    remote: str
    issue: Issue
    requests: list[tuple[str, str]]
    texts: tuple[str, ...]


@cache
def a_round(name: str) -> Round:
    """`new`, with content in several requests; `short`, in one; `correction` of a page."""
    before, issue = {"new": (None, long_issue()), "short": (None, weekly()), "correction": (weekly(), corrected())}[
        name
    ]
    with bench() as there:
        remote = there.sent(before) if before else ""
        pages, old = deepcopy(there.notion.pages), [there.text()] if before else []
        done = len(there.notion.asked)
        there.clock.sleep(60)
        there.sent(issue, remote=remote)
        return Round(pages, remote, issue, there.notion.asked[done:], (*old, there.text()))


def begin(there: Bench, round_: Round, faults: dict[int, Fault] | None = None) -> None:
    there.again(round_.pages)
    there.notion.faults = faults or {}


def whole(there: Bench, round_: Round) -> None:
    """Whatever looks finished is finished: the old page or the new one."""
    for page in there.notion.pages.values():
        assert page.plain("status") != "Published" or text_of(page.children) in round_.texts


def finished(there: Bench, round_: Round) -> None:
    """One page, whole and published."""
    assert len(there.notion.pages) == 1
    assert there.text() == round_.texts[-1]
    assert there.notion.by_slug(SLUG)[0].plain("status") == "Published"
