"""A provider that is away or asks for patience: L01 and L02, over real sockets and the real SDK."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
from tests.llm.asking import GOOD, asking, client, fault, text
from tests.llm.conftest import START
from tests.servers.model import (
    ModelServer,
    Reply,
    error,
    hang,
    limited,
    raw,
    sequence,
)
from tests.servers.personalities import honest

from digester.llm.client import DOWN, TRIES, Client
from digester.net.endpoint import Endpoint
from digester.net.replay import SystemClock, VirtualClock


@pytest.fixture
def asked(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Iterator[Client]:
    yield client(server.url, wire, clock)


@pytest.fixture
def hurried(server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Client:
    """The same with a deadline that a test can wait for."""
    return client(server.url, wire, clock, deadline=1.0)


# ---------------------------------------------------------------------- L01
@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "http://nowhere.invalid/v1", "http://[::1]:1/v1"])
def test_L01_a_server_that_is_not_there_is_tried_thrice_and_named(
    url: str, wire: Endpoint, clock: VirtualClock
) -> None:
    made = client(url, wire, clock).call(asking())
    assert fault(made).kind == "unreachable"
    assert url.split("/")[2] in fault(made).message
    assert made.lost == 0  # nothing was received, nothing can have been paid
    assert clock.monotonic() == 5.0  # one second, then four


def test_L01_tls_to_a_plain_port_is_a_server_that_cannot_be_reached(
    server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    made = client(server.url.replace("http:", "https:"), wire, clock).call(asking())
    assert (fault(made).kind, made.lost) == ("unreachable", 0)
    assert server.log == []


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529, 408, 409])
def test_L01_a_gateway_that_answers_html_is_tried_thrice(server: ModelServer, asked: Client, status: int) -> None:
    server.script = raw(b"<h1>Bad gateway</h1>", status, "text/html")
    made = asked.call(asking())
    assert fault(made).kind == "unreachable"
    assert str(status) in fault(made).message
    assert (len(server.calls), made.lost) == (TRIES, 0)


def test_L01_a_short_outage_is_waited_out(server: ModelServer, asked: Client, clock: VirtualClock) -> None:
    server.script = sequence(raw(b"", 502), raw(b"", 503), honest)
    assert text(asked.call(asking())) == GOOD
    assert clock.monotonic() == 5.0


def test_L01_a_server_that_hangs_is_left_at_the_deadline(server: ModelServer, hurried: Client) -> None:
    server.script = hang()
    made = hurried.call(asking())
    assert fault(made).kind == "deadline"
    assert "llm.deadline" in fault(made).message
    assert (len(server.calls), made.lost) == (1, 1)  # it may be writing an answer that is paid: no second one


def test_L01_the_circuit_opens_after_faults_in_a_row(server: ModelServer, asked: Client) -> None:
    server.script = raw(b"", 502)
    said = [fault(asked.call(asking(n))) for n in range(DOWN)]
    assert len(server.calls) == DOWN * TRIES
    assert fault(asked.call(asking())) == said[-1]
    assert len(server.calls) == DOWN * TRIES


def test_L01_one_answer_closes_the_circuit_again(server: ModelServer, asked: Client) -> None:
    down = [raw(b"", 502)] * TRIES * (DOWN - 1)
    server.script = sequence(*down, honest, *down, honest)
    said = [asked.call(asking()).reply is not None for _ in range(2 * DOWN)]
    assert said == [False, False, True] * 2


# ---------------------------------------------------------------------- L02
def waits(seconds: int) -> str:
    return format_datetime(START + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"Retry-After": "7"}, 7, 30),
        ({"retry-after-ms": "2500"}, 2.5, 30),
        ({"retry-after-ms": "2500", "Retry-After": "200"}, 2.5, 30),
        ({"Retry-After": waits(9)}, 9, 30),
        ({"Retry-After": waits(-60)}, 0, 30),  # a date that has passed
        ({"Retry-After": "0"}, 0, 30),
        ({"Retry-After": "soon"}, 0, 60),
        ({"Retry-After": "-5"}, 0, 60),
        ({}, 0, 60),
    ],
)
def test_L02_a_rate_limit_is_waited_for(
    server: ModelServer, asked: Client, clock: VirtualClock, headers: dict[str, str], least: float, most: float
) -> None:
    server.script = sequence(error(429, "rate_limit_exceeded", "Slow down.", "requests", headers), honest)
    made = asked.call(asking())
    assert text(made) == GOOD
    assert (len(server.calls), made.lost) == (2, 0)
    assert least <= clock.monotonic() <= most


@pytest.mark.parametrize("told", ["1000000000", waits(10**6), "9" * 40, "301"])
def test_L02_a_wait_beyond_patience_is_a_fault_at_once(
    server: ModelServer, asked: Client, clock: VirtualClock, told: str
) -> None:
    server.script = error(429, "rate_limit_exceeded", "Slow down.", "requests", {"Retry-After": told})
    assert fault(asked.call(asking())).kind == "rate_limited"
    assert len(server.calls) == 1
    assert clock.monotonic() == 0


@pytest.mark.parametrize("headers", [{"Retry-After": "0"}, {"Retry-After": "5"}, {}])
def test_L02_a_limit_that_never_ends_is_asked_at_most_as_often_as_patience_allows(
    server: ModelServer, asked: Client, clock: VirtualClock, headers: dict[str, str]
) -> None:
    server.script = error(429, "rate_limit_exceeded", "Slow down.", "requests", headers)
    assert fault(asked.call(asking())).kind == "rate_limited"
    assert 1 < len(server.calls) <= 120
    assert clock.monotonic() <= 300


def test_L02_a_bucket_refills_while_the_client_waits(server: ModelServer, wire: Endpoint) -> None:
    server.script = limited(3, 1, honest, "retry-after-ms")
    asked = client(server.url, wire, SystemClock())
    assert [text(asked.call(asking())) for _ in range(2)] == [GOOD] * 2


QUOTA: list[Reply] = [
    error(429, "insufficient_quota", "You exceeded your current quota, please check your plan.", "insufficient_quota"),
    error(402, None, "Insufficient Balance"),
    error(403, None, "Your organisation has been suspended."),
    error(403, "billing_hard_limit_reached", "Billing hard limit has been reached."),
    error(429, None, "Your credit balance is too low."),
]


@pytest.mark.parametrize("script", QUOTA)
def test_L02_an_exhausted_quota_is_not_asked_again(
    server: ModelServer, asked: Client, clock: VirtualClock, script: Reply
) -> None:
    server.script = script
    first, second = asked.call(asking(1)), asked.call(asking(2))
    assert fault(first).kind == "quota"
    assert fault(second) == fault(first)
    assert (len(server.calls), first.lost, clock.monotonic()) == (1, 0, 0)


@pytest.mark.parametrize(
    "told",
    [  # OpenAI (arc53/DocsGPT#287) and Groq (elizaOS/eliza#4040) name their pages for billing in a rate limit
        "Rate limit reached for m on requests per min. Limit: 3 / min. Please try again in 20s. Please add a payment "
        "method to your account. Visit https://platform.openai.com/account/billing to add a payment method.",
        "Rate limit reached for model m on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try "
        "again in 4.77s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing",
    ],
)
@pytest.mark.parametrize("code", ["rate_limit_exceeded", None])
def test_L02_a_rate_limit_that_speaks_of_billing_is_still_one(
    server: ModelServer, asked: Client, told: str, code: str | None
) -> None:
    server.script = sequence(error(429, code, told, "requests", {"Retry-After": "20"}), honest)
    assert text(asked.call(asking())) == GOOD
