"""Whole collects over a scripted web: a fault costs its own source this visit, and nothing else, and nothing later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from tests.servers.raw_http import Behaviour, RawServer, answer, drip, endless, head, raw, redirect, reset, stall

from digester.domain.errors import Offline
from digester.domain.runs import StepReport
from digester.domain.sources import Document, FetchState, Parsed, Source
from digester.net.http import TRIES, Door, Limits
from digester.net.replay import VirtualClock
from digester.pipeline import collect, health
from digester.pipeline.run import collect_now
from digester.ports import Sandbox
from digester.sandbox import InlineSandbox, ProcessSandbox
from digester.sources import KINDS
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
LOGIN = answer(b"<!doctype html><html><body>Sign in to this network", Content_Type="text/html")


def feed(*titles: str) -> bytes:
    rows = "".join(f"<item><guid>{t}</guid><title>{t}</title><link>https://e.example/{t}</link></item>" for t in titles)
    return f'<rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'.encode()


def url_of(name: str) -> str:
    return f"https://{name}.example/feed"


@dataclass
class Newsroom:
    """Sources by name over one scripted server, one database, and a new door each morning."""

    server: RawServer
    store: SqlStore
    names: list[str] = field(default_factory=list)
    now: datetime = NOW
    sandbox: Sandbox = field(default_factory=InlineSandbox)
    kinds: dict[str, Any] = field(default_factory=lambda: dict(KINDS))
    events: list[dict[str, Any]] = field(default_factory=list)

    def says(self, name: str, behaviour: Behaviour) -> None:
        self.server.script[url_of(name)] = behaviour
        if name not in self.names:
            self.names.append(name)

    def sources(self) -> list[Source]:
        return [Source(n, "rss", n, KINDS["rss"].Params(url=url_of(n))) for n in self.names]

    def collect(self, do: Callable[..., StepReport] = collect.run, **limits: Any) -> StepReport:
        self.now += timedelta(days=1)
        door = Door(clock=VirtualClock(self.now), agent="digester-test/1", base=self.server.base,
                    limits=Limits(**{"deadline": 5.0, **limits}))  # fmt: skip
        try:
            return do(self.sources(), self.kinds, door, self.sandbox, self.store, self.now, self.events.append)
        finally:
            door.close()

    def state(self, name: str) -> FetchState:
        return self.store.fetch_states()[name]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    engine = make_engine(f"sqlite:///{tmp_path / 'digester.db'}")
    migrate(engine)
    with RawServer() as server:
        yield Newsroom(server, SqlStore(engine))
    engine.dispose()


def errors(report: StepReport) -> dict[str, str]:
    return {f.subject: f.error for f in report.failures}


# ------------------------------------------------------------- F01, F05, F06, P11
BAD: dict[str, tuple[Behaviour, str]] = {
    "reset": (reset(), "broke off"), "cut": (reset(head(200, length=999) + feed("half")), "broke off"),
    "slow": (drip(b"x", head(200)), "did not finish"), "silent": (stall(), "did not finish"),
    "endless": (endless(head(200), feed("again") * 99), "more than"), "lying": (answer(feed("x"), Content_Encoding="gzip"), "not gzip"),
    "gone": (answer(b"", 410), "410"), "login": (LOGIN, "HTML page"), "elsewhere": (redirect("ftp://e.example/"), "not http"),
    "inside": (redirect("http://169.254.169.254/"), "private address"), "empty": (answer(b""), "not a feed"),
}  # fmt: skip


def test_F01_every_fault_at_once_is_one_named_failure_each_and_healthy_sources_are_served(room: Newsroom) -> None:
    for name, (behaviour, _) in BAD.items():
        room.says(name, behaviour)
    for n in range(5):
        room.says(f"fine-{n}", answer(feed(f"a{n}", f"b{n}")))
    report = room.collect(deadline=0.4, max_bytes=100_000)
    found = errors(report)
    assert set(found) == set(BAD)
    assert all(said in found[name] and "\n" not in found[name] for name, (_, said) in BAD.items()), found
    assert (report.extra["new"], report.done) == (10, 5)
    assert not any(room.store.validators(name) for name in BAD)
    assert all(room.state(name).failures == 1 and room.state(name).next_check_at for name in BAD)


def test_F02_when_no_source_can_be_reached_the_run_says_offline_and_forgets_nothing(room: Newsroom) -> None:
    for n in range(3):
        room.says(f"s{n}", answer(feed("a"), ETag='"1"'))
    room.collect()
    known = [room.store.validators(n) for n in room.names]
    for n in room.names:
        room.says(n, reset())

    def whole(sources: Any, kinds: Any, http: Any, sandbox: Any, store: Any, now: Any, tell: Any) -> StepReport:
        powers: Any = SimpleNamespace(kinds=kinds, http=http, sandbox=sandbox, store=store)
        return collect_now(powers, sources, now, tell)

    with pytest.raises(Offline, match=r"3 tried"):
        room.collect(whole)
    assert [room.store.validators(n) for n in room.names] == known
    assert {room.state(n).succeeded_at for n in room.names} == {NOW + timedelta(days=1)}


# ------------------------------------------------------------------------- F13
def test_F13_a_captive_portal_changes_no_address_and_costs_one_visit(room: Newsroom) -> None:
    room.server.script["http://portal.example/login"] = LOGIN
    for n in range(3):
        room.says(f"s{n}", redirect("http://portal.example/login", 301))
    caught = room.collect()
    assert all("HTML page" in error for error in errors(caught).values())
    assert len(caught.failures) == 3 and not any("moved" in note for note in caught.details)
    for n in room.names:
        room.says(n, answer(feed(n)))
    room.server.seen.clear()
    assert (room.collect().extra["new"], errors(room.collect())) == (3, {})
    assert {s.path for s in room.server.seen} == {url_of(n) for n in room.names}


def test_F13_a_permanent_move_is_proposed_and_the_old_address_asked_again(room: Newsroom) -> None:
    room.says("s", redirect("https://new.example/feed", 301))
    room.server.script["https://new.example/feed"] = answer(feed("a"))
    since = room.now + timedelta(days=1)
    for _ in range(3):
        assert room.collect().details == ()  # a redirect of yesterday may be a mistake
    expected = f"s: moved permanently to https://new.example/feed (since {since:%Y-%m-%d}); change its address"
    assert room.collect().details == (expected,)
    room.server.seen.clear()
    room.collect()
    assert room.server.seen[0].path == url_of("s")
    room.says("s", answer(feed("a", "b")))
    assert room.collect().details == ()
    assert (room.state("s").moved_to, room.state("s").moved_at) == (None, None)


# ------------------------------------------------------------------------- F16
def test_F16_410_is_asked_once_and_told_until_the_address_changes(room: Newsroom) -> None:
    room.says("s", answer(b"", 410))
    assert "410" in errors(room.collect())["s"]
    room.server.seen.clear()
    report = room.collect()
    assert (report.details, report.failures) == (("s: gone for good (410); give it a new address or remove it",), ())
    assert room.server.seen == []
    room.server.script["https://s.example/other"] = answer(feed("a"))
    moved = [Source("s", "rss", "s", KINDS["rss"].Params(url="https://s.example/other"))]
    assert room.collect(lambda _, *rest: collect.run(moved, *rest)).extra["new"] == 1
    assert (room.state("s").gone, room.state("s").failures) == ("", 0)


# -------------------------------------------------------------------- F14, F15
@pytest.mark.parametrize("after", ["5", "86400", "-1", "1000000000000", "Sun, 21 Jun 2026 07:00:30 GMT", "soon"])
def test_F14_a_source_that_asks_to_wait_is_asked_three_times_and_then_left_alone(room: Newsroom, after: str) -> None:
    room.says("s", answer(b"", 429, Retry_After=after))
    assert "429" in errors(room.collect())["s"]
    assert len(room.server.seen) == TRIES
    assert errors(room.collect()) and errors(room.collect())
    due = room.state("s").next_check_at
    assert due is not None and due == room.now + health.backoff("s", 3)
    room.server.seen.clear()
    room.now -= timedelta(days=1)  # asked again at the same moment
    report = room.collect()
    assert "s: not asked before" in report.details[0] and "failed 3 times" in report.details[0]
    assert room.server.seen == []


def test_F15_after_a_storm_on_every_source_all_is_collected(room: Newsroom) -> None:
    for n in range(8):
        room.says(f"s{n}", answer(b"", (500, 502, 503, 504)[n % 4]))
    for _ in range(3):
        assert len(room.collect().failures) == 8
    assert {room.state(n).failures for n in room.names} == {3}
    waits = {(room.state(n).next_check_at or NOW) - room.now for n in room.names}
    assert len(waits) == 8 and timedelta(minutes=30) <= min(waits) <= max(waits) < timedelta(minutes=37.5)
    for n in room.names:
        room.says(n, answer(feed(n)))
    assert room.collect().extra["new"] == 8
    assert {(room.state(n).failures, room.state(n).last_error) for n in room.names} == {(0, None)}


# ------------------------------------------------------------------------- F17
def test_F17_an_etag_that_changes_over_an_equal_body_is_no_new_document(room: Newsroom) -> None:
    for n, etag in enumerate(('"1"', 'W/"2"', '"3"', "")):
        room.says("s", answer(feed("a"), ETag=etag))
        report = room.collect()
        assert (report.extra["parses"], report.extra["new"]) == ((1, 1) if n == 0 else (0, 0))
    assert [s.headers.get("if-none-match") for s in room.server.seen] == [None, '"1"', 'W/"2"', '"3"']


def test_F17_a_304_with_a_body_loses_nothing_and_has_nothing_parsed_again(room: Newsroom) -> None:
    """Twice, then a document that is new under the same weak tag: what was known stays known, what is new comes."""
    body = feed("poison")
    not_modified = raw(b"HTTP/1.1 304 X\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    counts = []
    for says in (answer(feed("a"), ETag='W/"1"'), not_modified, not_modified, answer(feed("a", "b"), ETag='W/"1"')):
        room.says("s", says)
        report = room.collect()
        counts.append((report.extra["parses"], report.extra["new"], report.extra["not_modified"]))
    assert counts == [(1, 1, 0), (0, 0, 1), (0, 0, 1), (1, 1, 0)]
    assert [s.headers.get("if-none-match") for s in room.server.seen] == [None, 'W/"1"', 'W/"1"', 'W/"1"']


def test_F17_304_to_a_question_without_condition_is_a_failure_and_not_a_quiet_day(room: Newsroom) -> None:
    room.says("s", answer(b"", 304))
    assert "304" in errors(room.collect())["s"]


# -------------------------------------------------------------------- P08, P09
def test_P09_an_item_that_was_taken_down_and_comes_again_is_not_new(room: Newsroom) -> None:
    found = []
    for titles in (("a", "b"), ("b",), ("a", "b")):
        room.says("s", answer(feed(*titles)))
        found.append(room.collect().extra["new"])
    assert found == [2, 0, 0]


def test_P08_a_text_that_changes_on_every_visit_stays_one_item(room: Newsroom) -> None:
    for n in range(4):
        room.says("s", answer(feed("a").replace(b"</item>", b"<description>seen %d times</description></item>" % n)))
        report = room.collect()
        assert (report.extra["new"], report.extra["revised"]) == ((1, 0) if n == 0 else (0, 1))


# ------------------------------------------------------------------------- P22
class Poisoned:
    """The rss kind, whose parser dies of one document."""

    name: ClassVar[str] = "rss"
    doc: ClassVar[str] = "x"
    Params: ClassVar[type] = KINDS["rss"].Params
    papers: ClassVar[bool] = False
    dates_are_changes: ClassVar[bool] = False
    given = staticmethod(KINDS["rss"].given)
    first, fingerprint = staticmethod(KINDS["rss"].first), staticmethod(KINDS["rss"].fingerprint)

    def parse(self, source: Source, document: Document) -> Parsed:
        import ctypes

        if b"poison" in document.body:
            ctypes.string_at(0)
        return KINDS["rss"].parse(source, document)


@pytest.mark.slow
def test_P22_a_document_that_kills_the_parser_costs_its_source_only(room: Newsroom) -> None:
    box = ProcessSandbox(20.0)
    room.sandbox, room.kinds["rss"] = box, Poisoned()
    for name in ("one", "poison", "two"):
        room.says(name, answer(feed(name)))
    try:
        report = room.collect()
    finally:
        box.close()
    assert set(errors(report)) == {"poison"}
    assert "parser process ended" in errors(report)["poison"]
    assert report.extra["new"] == 2
