"""Bridges and tokens: what a workspace completes, and what is not configured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.net.conftest import NOW
from tests.servers.raw_http import RawServer, answer, redirect

from digester.domain.sources import Request
from digester.net.http import Door, Limits
from digester.net.replay import VirtualClock
from digester.net.routes import Routes
from digester.ports import Fetched, FetchError

CANARY = "tok-CANARY-7"
API = "https://api.example/posts"


@pytest.fixture
def door(server: RawServer) -> Iterator[Door]:
    routes = Routes(
        {"rsshub": "https://hub.example/base/", "nitter": ""}, {"GOOD": CANARY, "BAD": "two words", "VOID": " "}
    )
    made = Door(clock=VirtualClock(NOW), agent="t/1", limits=Limits(), base=server.base, routes=routes)
    yield made
    made.close()


def test_a_bridge_address_is_asked_below_its_base(server: RawServer, door: Door) -> None:
    server.script["https://hub.example/base/36kr/news?limit=5"] = answer(b"yes")
    reply = door.get(Request("feed", "rsshub://36kr/news?limit=5"))
    assert isinstance(reply, Fetched)
    assert (reply.document.body, reply.document.url) == (b"yes", "https://hub.example/base/36kr/news?limit=5")


@pytest.mark.parametrize("url", ["nitter://ada/rss", "wewe://feeds/1"])
def test_a_bridge_that_is_not_set_is_not_configured_and_asks_nothing(server: RawServer, door: Door, url: str) -> None:
    reply = door.get(Request("feed", url))
    assert reply == FetchError("not_configured", f"not configured: bridges.{url.split(':')[0]} is not set")
    assert door.requests == 0


@pytest.mark.parametrize(
    "url", ["rsshub://../../admin", "rsshub:///etc", "rsshub://a b", "rsshub://user@host", "gopher://x/"]
)
def test_an_address_that_leaves_its_bridge_is_refused(door: Door, url: str) -> None:
    reply = door.get(Request("feed", url))
    assert isinstance(reply, FetchError)
    assert reply.fault == "protocol"


def sent(server: RawServer) -> list[str]:
    return [value for x in server.seen for name, value in x.headers.items() if name.lower() == "authorization"]


def test_a_token_is_sent_to_its_own_host_over_https_only(server: RawServer, door: Door) -> None:
    server.script[API] = answer(b"{}")
    assert isinstance(door.get(Request("api", API, bearer="GOOD")), Fetched)
    assert sent(server) == [f"Bearer {CANARY}"]
    server.script[API] = redirect("https://elsewhere.example/")
    server.script["https://elsewhere.example/"] = answer(b"{}")
    server.script["http://api.example/posts"] = answer(b"{}")
    assert isinstance(door.get(Request("api", API, bearer="GOOD")), Fetched)
    assert isinstance(door.get(Request("api", "http://api.example/posts", bearer="GOOD")), Fetched)
    assert sent(server) == [f"Bearer {CANARY}"] * 2


@pytest.mark.parametrize(("name", "said"), [("NONE", "not set"), ("VOID", "not set"), ("BAD", "no token has")])
def test_a_token_that_is_missing_or_broken_is_named_and_not_shown(door: Door, name: str, said: str) -> None:
    reply = door.get(Request("api", API, bearer=name))
    assert isinstance(reply, FetchError)
    assert reply.fault == "not_configured"
    assert name in reply.message
    assert said in reply.message
    assert "two words" not in reply.message
    assert door.requests == 0
