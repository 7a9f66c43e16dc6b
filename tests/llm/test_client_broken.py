"""A provider that refuses, breaks off or never ends: L03 to L05, over real sockets and the real SDK."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.llm.asking import GOOD, KEY, asking, client, fault, provider, text
from tests.servers.model import (
    ModelServer,
    Reply,
    Script,
    completion,
    cut,
    drip,
    error,
    gone,
    hang,
    raw,
    sequence,
)
from tests.servers.personalities import honest

from digester.llm.client import LOST, TRIES, Client
from digester.net.endpoint import MAX_BYTES, Endpoint
from digester.net.replay import VirtualClock


@pytest.fixture
def asked(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Iterator[Client]:
    yield client(server.url, wire, clock)


@pytest.fixture
def hurried(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Client:
    """The same with a deadline that a test can wait for."""
    return client(server.url, wire, clock, deadline=1.0)


# ---------------------------------------------------------------------- L03
@pytest.mark.parametrize(
    ("script", "kind", "told"),
    [
        (error(401, "invalid_api_key", "Incorrect API key provided."), "key", "OPENAI_API_KEY"),
        (error(403, None, "You are not allowed here."), "key", "OPENAI_API_KEY"),
        (error(404, "model_not_found", "The model `small` does not exist."), "model", "llm.fast"),
        (error(404, None, "This model is deprecated."), "model", "llm.strong"),
        (raw(b"<h1>Not Found</h1>", 404, "text/html"), "model", "llm.base_url"),
        (error(400, "context_length_exceeded", "This model's maximum context length is 4096."), "request", "too long"),
        (error(413, None, "prompt is too long"), "request", "too long"),
    ],
)
def test_L03_what_cannot_be_mended_by_asking_again_is_not_asked_again(
    server: ModelServer, asked: Client, clock: VirtualClock, script: Reply, kind: str, told: str
) -> None:
    server.script = script
    made = asked.call(asking())
    assert fault(made).kind == kind
    assert told in fault(made).message
    assert (len(server.calls), made.lost, clock.monotonic()) == (1, 0, 0)


def test_L03_a_wrong_base_url_is_named(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> None:
    wrong = server.url.removesuffix("/v1")
    made = client(wrong, wire, clock).call(asking())
    assert fault(made).kind == "model"
    assert f"nothing answers at {wrong}" in fault(made).message
    assert [c.path for c in server.log] == ["/chat/completions"]


def test_L03_a_refused_key_is_named_by_its_own_variable(
    server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    server.script = error(401, None, "No.")
    other = Client(provider(server.url, key_name="BACKUP_KEY"), wire, clock)
    assert "BACKUP_KEY" in fault(other.call(asking())).message


def test_L03_a_question_that_is_too_long_says_nothing_about_the_next(server: ModelServer, asked: Client) -> None:
    server.script = sequence(error(400, "context_length_exceeded", "Too long."), honest)
    assert fault(asked.call(asking())).kind == "request"
    assert text(asked.call(asking())) == GOOD


def test_L03_a_model_that_is_missing_takes_the_other_one_not_along(server: ModelServer, asked: Client) -> None:
    def script(call: Any) -> Reply:
        return (
            error(404, "model_not_found", "The model does not exist.")
            if call.body["model"] == "large"
            else honest(call)
        )

    server.script = script
    strong = [fault(asked.call(asking(tier="strong"))) for _ in range(2)]
    assert [f.kind for f in strong] == ["model"] * 2
    assert "'large'" in strong[0].message
    assert text(asked.call(asking())) == GOOD
    assert [c.body["model"] for c in server.calls] == ["large", "small"]


@pytest.mark.parametrize("status", [307, 400, 401, 402, 403, 404, 408, 409, 413, 418, 422, 429, 451, 500, 503])
@pytest.mark.parametrize("code", [KEY, "insufficient_quota", "context_length_exceeded", "max_tokens"])
def test_L03_no_message_holds_the_key_or_the_words_of_the_provider(
    server: ModelServer, asked: Client, status: int, code: str
) -> None:
    server.script = error(status, code, f"Zanzibar {KEY} {asking().data}", KEY)
    said = fault(asked.call(asking())).message
    assert "\n" not in said
    assert not any(word in said for word in ("Zanzibar", "canary", "title: A work", "sk-"))
    assert all(c.headers["authorization"] == f"Bearer {KEY}" for c in server.calls)


def test_L03_a_key_is_in_no_repr(wire: Endpoint, clock: VirtualClock) -> None:
    assert KEY not in repr(provider("http://127.0.0.1:1/v1"))


# ---------------------------------------------------------------------- L04
@pytest.mark.parametrize("script", [gone(), cut(0, honest), cut(20, honest), hang(b""), raw(b"x" * 9, 200)])
def test_L04_what_was_received_and_not_answered_counts_as_lost(
    server: ModelServer, hurried: Client, script: Script
) -> None:
    server.script = script
    made = hurried.call(asking())
    assert fault(made).kind in ("unreachable", "deadline", "unreadable")
    assert 1 <= len(server.calls) == made.lost <= LOST


def test_L04_a_connection_that_dies_is_tried_once_more(server: ModelServer, asked: Client, clock: VirtualClock) -> None:
    server.script = sequence(gone(), honest)
    made = asked.call(asking())
    assert text(made) == GOOD
    assert (len(server.calls), made.lost, clock.monotonic()) == (2, 1, 1.0)


def test_L04_refusals_between_do_not_make_it_more_than_one_retry(server: ModelServer, asked: Client) -> None:
    server.script = sequence(raw(b"", 503), gone(), raw(b"", 503), gone(), honest)
    made = asked.call(asking())
    assert made.lost <= LOST
    assert len(server.calls) <= TRIES


# ---------------------------------------------------------------------- L05
@pytest.mark.parametrize("script", [hang(b'{"id": "x", "choices": ['), drip(b" "), drip(b'{"id": ')])
def test_L05_a_body_that_does_not_end_is_left_at_the_deadline(
    server: ModelServer, hurried: Client, script: Script
) -> None:
    server.script = script
    made = hurried.call(asking())
    assert (fault(made).kind, len(server.calls), made.lost) == ("deadline", 1, 1)


@pytest.mark.parametrize("status", [200, 500])
def test_L05_a_body_over_the_cap_is_not_read(server: ModelServer, asked: Client, status: int) -> None:
    server.script = raw(b" " * (MAX_BYTES + 1), status)
    assert fault(asked.call(asking())).kind == "unreachable"
    assert len(server.calls) <= TRIES


def test_L05_a_body_just_under_the_cap_is_read(server: ModelServer, asked: Client) -> None:
    server.script = completion(GOOD + " " * (MAX_BYTES - 1_000))
    assert text(asked.call(asking())).startswith(GOOD)


def test_L01_a_server_that_says_when_to_come_back_is_given_the_time(
    server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    server.script = sequence(error(503, "busy", "no", headers={"Retry-After": "20"}), honest)
    made = client(server.url, wire, clock).call(asking())
    assert made.reply is not None
    assert clock.monotonic() >= 20
