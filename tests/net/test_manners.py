"""Gaps, Retry-After and robots.txt, all on a clock that passes by sleeping only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.net.conftest import NOW
from tests.servers.raw_http import Behaviour, RawServer, answer, in_turn, redirect, reset

from digester.domain.sources import Request
from digester.net.http import TRIES, Door
from digester.net.manners import MAX_RETRY_AFTER, Pace, fresh_seconds, pause, retry_after_seconds
from digester.net.replay import SystemClock, VirtualClock
from digester.ports import Fetched, FetchError, Reply


# ----------------------------------------------------------------- Retry-After
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0), (" 5 ", 5.0), ("0", 0.0), ("1000000000000", MAX_RETRY_AFTER), ("9" * 4000, MAX_RETRY_AFTER),
        ("Sat, 20 Jun 2026 07:00:30 GMT", 30.0), ("Sat, 20 Jun 2026 09:00:30 +0200", 30.0),
        ("Sat, 20 Jun 2026 06:00:00 GMT", 0.0), ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_RETRY_AFTER),
        ("Sat, 20 Jun 2026 07:00:30 -0000", 30.0),
        (None, None), ("", None), ("-5", None), ("5.5", None), ("soon", None), ("٥", None), ("1e3", None),
        ("Sat, 99 Foo 2026 07:00:00 GMT", None), ("Sat, 20 Jun 2026 07:00:30 +9999", None), ("\x00", None),
    ],
)  # fmt: skip
def test_F14_retry_after_is_read_and_capped(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@given(
    st.one_of(
        st.text(max_size=40),
        st.datetimes(timezones=st.just(UTC)).map(lambda d: d.strftime("%a, %d %b %Y %H:%M:%S GMT")),
    )
)
def test_F14_retry_after_never_raises_and_stays_in_bounds(value: str) -> None:
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or 0 <= seconds <= MAX_RETRY_AFTER


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "slept"),
    [
        ("5", 5.0),
        ("Sat, 20 Jun 2026 07:00:30 GMT", 30.0),
        ("-5", pause("127.0.0.1", 0, None)),
        ("1000000000000", 120.0),
        ("soon", pause("127.0.0.1", 0, None)),
        ("0", 0.25),
    ],
)
def test_F14_the_door_waits_as_told_then_asks_again(
    server: RawServer, door: Door, clock: VirtualClock, status: int, value: str, slept: float
) -> None:
    url = server.url("/", in_turn(answer(b"", status, Retry_After=value), answer(b"now")))
    assert isinstance(door.get(Request("r", url)), Fetched)
    assert clock.monotonic() == slept


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_F15_a_storm_is_asked_three_times_with_growing_pauses(
    server: RawServer, door: Door, clock: VirtualClock, status: int
) -> None:
    reply = door.get(Request("r", server.url("/", answer(b"", status))))
    assert isinstance(reply, FetchError)
    assert (reply.status, len(server.seen)) == (status, TRIES)
    assert clock.monotonic() == pytest.approx(pause("127.0.0.1", 0, None) + pause("127.0.0.1", 1, None))


def test_F15_hosts_that_fail_at_once_are_asked_again_one_after_the_other_and_the_same_in_every_run() -> None:
    """As many moments as hosts, all within a quarter of the pause; what a server says is never touched."""
    hosts = [f"host{n}.example" for n in range(200)]
    for attempt, least in enumerate((2.0, 8.0, 32.0)):
        pauses = [pause(h, attempt, None) for h in hosts]
        assert len(set(pauses)) == 200 and least <= min(pauses) <= max(pauses) < least * 1.25
        assert pauses == [pause(h, attempt, None) for h in hosts]
        assert {pause(h, attempt, said) for h in hosts for said in (0.0, 7.0, 120.0)} == {0.0, 7.0, 120.0}


def test_F14_the_error_carries_what_the_server_asked_for(server: RawServer, door: Door) -> None:
    reply = door.get(Request("r", server.url("/", answer(b"", 429, Retry_After="7"))))
    assert isinstance(reply, FetchError)
    assert reply.retry_after == 7.0


# ------------------------------------------------------------------------ pace
def test_F22_the_gap_of_a_host_is_kept_and_hosts_do_not_wait_for_each_other(clock: VirtualClock) -> None:
    pace = Pace(clock, {"slow.example": 3.0})
    times = []
    for host in ("slow.example", "slow.example", "other.example", "slow.example"):
        pace.wait(host)
        times.append((host, clock.monotonic()))
    assert times == [("slow.example", 0.0), ("slow.example", 3.0), ("other.example", 3.0), ("slow.example", 6.0)]
    assert pace.waited == 6.0


def test_F21_arxiv_gets_its_gaps(clock: VirtualClock) -> None:
    pace = Pace(clock)
    for host, gap in (("export.arxiv.org", 3.0), ("arxiv.org", 15.0), ("rss.arxiv.org", 1.0), ("x.example", 0.25)):
        began = clock.monotonic()
        pace.wait(host)
        pace.wait(host)
        assert clock.monotonic() - began == gap


def test_a_host_that_was_left_alone_is_asked_at_once(clock: VirtualClock) -> None:
    pace = Pace(clock)
    pace.wait("x.example")
    clock.sleep(60)
    pace.wait("x.example")
    assert pace.waited == 0.0


def test_the_larger_of_gap_and_crawl_delay_counts(clock: VirtualClock) -> None:
    pace = Pace(clock, {"x.example": 5.0})
    pace.wait("x.example", 1.0)
    pace.wait("x.example", 9.0)
    pace.wait("x.example")
    assert clock.monotonic() == 5.0 + 9.0


def test_the_clocks_agree_on_what_a_clock_is() -> None:
    real = SystemClock()
    began = real.monotonic()
    real.sleep(0)
    assert real.monotonic() >= began
    assert real.now().tzinfo is UTC
    virtual = VirtualClock(datetime(2026, 1, 1, tzinfo=UTC))
    virtual.sleep(-5)
    virtual.sleep(90)
    assert (virtual.now(), virtual.monotonic()) == (datetime(2026, 1, 1, 0, 1, 30, tzinfo=UTC), 90.0)


# ---------------------------------------------------------------------- robots
def page(door: Door, url: str) -> Reply:
    return door.get(Request("page", url, page=True))


def robots(server: RawServer, behaviour: Behaviour) -> str:
    server.url("/robots.txt", behaviour)
    return server.url("/page", answer(b"page"))


def test_F21_a_page_that_robots_txt_denies_is_not_asked_for(server: RawServer, door: Door) -> None:
    url = robots(server, answer(b"User-agent: *\nDisallow: /page\n"))
    reply = page(door, url)
    assert isinstance(reply, FetchError)
    assert reply.fault == "robots"
    assert server.asked("/page") == []


def test_F21_rules_for_our_own_name_count(server: RawServer, door: Door) -> None:
    url = robots(server, answer(b"User-agent: digester-test\nDisallow: /\n\nUser-agent: *\nAllow: /\n"))
    assert isinstance(page(door, url), FetchError)


def test_feeds_and_apis_do_not_ask_for_robots_txt(server: RawServer, door: Door) -> None:
    url = robots(server, answer(b"User-agent: *\nDisallow: /\n"))
    assert isinstance(door.get(Request("feed", url)), Fetched)
    assert server.asked("/robots.txt") == []


@pytest.mark.parametrize("behaviour", [answer(b"no", 404), answer(b"no", 410), answer(b"no", 403), answer(b""), reset(),
                                       answer(b"\xff\xfe\x00rubbish"), answer(b"<html>login</html>")])  # fmt: skip
def test_F21_no_rules_allow(server: RawServer, door: Door, behaviour: Behaviour) -> None:
    assert isinstance(page(door, robots(server, behaviour)), Fetched)


@pytest.mark.parametrize("status", [500, 503])
def test_F21_a_server_error_forbids(server: RawServer, door: Door, status: int) -> None:
    reply = page(door, robots(server, answer(b"", status)))
    assert isinstance(reply, FetchError)
    assert reply.fault == "robots"


def test_F21_robots_txt_is_read_once_a_run(server: RawServer, door: Door) -> None:
    url = robots(server, answer(b""))
    for _ in range(3):
        page(door, url)
    assert len(server.asked("/robots.txt")) == 1


def test_F21_crawl_delay_is_kept(server: RawServer, door: Door, clock: VirtualClock) -> None:
    url = robots(server, answer(b"User-agent: *\nCrawl-delay: 10\n"))
    page(door, url)
    began = clock.monotonic()
    page(door, url)
    page(door, url)
    assert clock.monotonic() - began == 20.0


def test_F21_a_giant_crawl_delay_is_capped(server: RawServer, door: Door, clock: VirtualClock) -> None:
    url = robots(server, answer(b"User-agent: *\nCrawl-delay: 86400\n"))
    page(door, url)
    page(door, url)
    assert 60.0 <= clock.monotonic() < 61.0


def test_F21_the_rules_hold_for_the_page_a_redirect_leads_to(server: RawServer, replayed: Door) -> None:
    server.script["http://a.example/robots.txt"] = answer(b"")
    server.script["http://a.example/"] = redirect("http://b.example/private")
    server.script["http://b.example/robots.txt"] = answer(b"User-agent: *\nDisallow: /private\n")
    server.script["http://b.example/private"] = answer(b"x")
    reply = page(replayed, "http://a.example/")
    assert isinstance(reply, FetchError)
    assert reply.fault == "robots"
    assert server.asked("http://b.example/private") == []


def test_F21_a_giant_robots_txt_is_read_up_to_a_limit(server: RawServer, door: Door) -> None:
    url = robots(server, answer(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"))
    assert isinstance(page(door, url), Fetched)


@pytest.mark.parametrize(
    ("said", "age", "seconds"),
    [
        ("max-age=600", "", 600.0),
        ("public, MAX-AGE=600", "100", 500.0),
        ("max-age=60", "600", 0.0),
        ("no-cache, max-age=600", "", None),
        ("no-store", "", None),
        ("", "", None),
        ("max-age=-1", "", None),
        ("max-age=soon", "x", None),
        ('max-age="60"', "", 60.0),
    ],
)
def test_how_long_an_answer_keeps(said: str, age: str, seconds: float | None) -> None:
    assert fresh_seconds(said, age) == seconds
