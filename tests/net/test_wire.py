"""One exchange with a service that the operator named: what is known of a request without an answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.servers.raw_http import RawServer, answer, drip, raw, redirect, reset, stall

from digester.net import wire
from digester.net.wire import HttpWire
from digester.ports.delivery import Answered, Call, Unanswered


@pytest.fixture
def asker() -> Iterator[HttpWire]:
    made = HttpWire("digester-test/1", deadline=1.0)
    yield made
    made.close()


def test_a_request_goes_out_as_it_was_made_and_any_status_comes_back(server: RawServer, asker: HttpWire) -> None:
    url = server.url("/hook", answer(b'{"ok":true}', 418, X_Said="yes"))
    reply = asker.ask(Call("POST", url, {"X-Mark": "1"}, b"body"))
    assert isinstance(reply, Answered)
    assert (reply.status, reply.body, reply.headers["x-said"]) == (418, b'{"ok":true}', "yes")
    assert server.seen[0].headers["x-mark"] == "1"
    assert server.seen[0].headers["user-agent"] == "digester-test/1"


def test_M19_a_redirect_is_an_answer_and_is_not_followed(server: RawServer, asker: HttpWire) -> None:
    reply = asker.ask(Call("POST", server.url("/hook", redirect("http://127.0.0.1:1/private", 307))))
    assert isinstance(reply, Answered)
    assert reply.status == 307
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "behaviour",
    [reset(), stall(), drip(b"x" * 50, b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"), raw(b"nonsense\r\n\r\n")],
)
def test_a_lost_answer_may_have_been_read(server: RawServer, asker: HttpWire, behaviour: object) -> None:
    reply = asker.ask(Call("POST", server.url("/secret-path", behaviour), body=b"x"))  # type: ignore[arg-type]
    assert isinstance(reply, Unanswered)
    assert reply.sent
    assert "secret-path" not in reply.message and "127.0.0.1" in reply.message


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/secret", "http://nowhere.invalid/secret", "ftp://a.example/secret", "http://[", "nonsense"],
)
def test_what_could_not_be_asked_was_not_sent(asker: HttpWire, url: str) -> None:
    reply = asker.ask(Call("GET", url))
    assert isinstance(reply, Unanswered)
    assert not reply.sent
    assert "secret" not in reply.message


def test_M19_a_huge_answer_is_cut(server: RawServer, asker: HttpWire) -> None:
    reply = asker.ask(Call("GET", server.url("/", answer(b"x" * (wire.MAX_ANSWER + 5)))))
    assert isinstance(reply, Answered)
    assert len(reply.body) == wire.MAX_ANSWER


def test_a_header_that_would_begin_another_is_refused(server: RawServer, asker: HttpWire) -> None:
    reply = asker.ask(Call("GET", server.url("/", answer()), {"X-A": "1\r\nX-B: 2"}))
    assert isinstance(reply, Unanswered) or "x-b" not in server.seen[0].headers
