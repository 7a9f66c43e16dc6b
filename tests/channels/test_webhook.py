"""The channel webhook against a service of loopback: what is signed, and what an answer means."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.channels.editions import NOW, SECRET
from tests.outputs.issue_samples import weekly
from tests.servers.services import GARBAGE, GONE, Answer, Service, free_port, text

from digester.channels.webhook import Webhook
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, Later, Outcome
from digester.domain.issue import Artifact, Issue
from digester.net.replay import VirtualClock
from digester.net.wire import HttpWire
from digester.outputs import OUTPUTS
from digester.ports.delivery import ChannelPowers

KEY = b"a key of 24 octets......"
ROW = Delivery("rec-weekly/2026-W25", "en", "hook", "", 1, "<one@digest.example>", "sending", NOW, NOW)


@pytest.fixture
def service() -> Iterator[Service]:
    with Service((204, {}, b"")) as running:
        yield running


def edition(issue: Issue | None = None) -> Edition:
    record = issue or weekly()
    body = OUTPUTS["json"].render(record, "")
    artifact = Artifact(record.id, record.revision, "json", "", "application/json", "issue.json", body, "")
    return Edition(record, "en", "RecSys Weekly", {"json": artifact}, "https://news.example/w25.html")


def sent(url: str, key: str = f"whsec_{base64.b64encode(KEY).decode()}", *, row: Delivery = ROW,
         what: Edition | None = None) -> Outcome:  # fmt: skip
    wire = HttpWire("digester-test", deadline=5)
    known = {"WEBHOOK_URL": url, "WEBHOOK_SECRET": key}
    powers = ChannelPowers(wire, VirtualClock(NOW), known.__getitem__, b"key", "")
    try:
        with Webhook("hook", Webhook.Params(), powers).open() as session:
            return session.deliver(what or edition(), row)
    finally:
        wire.close()


def test_the_record_is_posted_and_signed_as_standard_webhooks_say(service: Service) -> None:
    assert sent(f"{service.url}/issues") == Accepted("one@digest.example.1")
    (asked,) = service.asked
    assert (asked.method, asked.path) == ("POST", "/issues")
    at = asked.headers["webhook-timestamp"]
    content = f"{asked.headers['webhook-id']}.{at}.".encode() + asked.body
    mark = base64.b64encode(hmac.new(KEY, content, hashlib.sha256).digest()).decode()
    assert (at, asked.headers["webhook-signature"]) == (str(int(NOW.timestamp())), f"v1,{mark}")
    assert asked.json["type"] == "issue.published"
    assert asked.json["data"]["issue"]["id"] == "rec-weekly/2026-W25"
    assert (asked.json["data"]["language"], asked.json["data"]["url"]) == ("en", "https://news.example/w25.html")


def test_a_secret_that_is_no_base64_is_a_key_as_it_stands(service: Service) -> None:
    sent(service.url, "any words")
    (asked,) = service.asked
    content = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    mark = base64.b64encode(hmac.new(b"any words", content, hashlib.sha256).digest()).decode()
    assert asked.headers["webhook-signature"] == f"v1,{mark}"


def test_M19_every_attempt_has_one_id_and_a_correction_has_another(service: Service) -> None:
    service.say(GONE)
    for row in (ROW, ROW, replace(ROW, revision=2)):
        sent(service.url, row=row, what=edition(replace(weekly(), revision=row.revision)))
    ids = [asked.headers["webhook-id"] for asked in service.asked]
    assert ids[0] == ids[1] != ids[2]
    assert [asked.json["type"] for asked in service.asked] == ["issue.published"] * 2 + ["issue.corrected"]


ANSWERS: list[tuple[str, Answer, type, bool]] = [
    ("200", text("thanks"), Accepted, False),
    ("204", (204, {}, b""), Accepted, False),
    ("301", (301, {"Location": "http://127.0.0.1:1/"}, b""), Later, True),
    ("400", text("no", 400), Failed, False),
    ("413", text("too large", 413), Failed, False),
    ("404 with the address", text(f"no hook /T0/{SECRET}", 404), Later, True),
    ("400 with the address", text(f"no hook /T0/{SECRET}", 400), Failed, False),
    ("429", text("", 429, Retry_After="37"), Later, True),
    ("500", text("", 500), Later, False),
    ("no answer", GONE, Later, False),
    ("no HTTP", GARBAGE, Later, False),
]


@pytest.mark.parametrize(("answer", "expected", "stops"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS])
def test_M19_what_an_answer_means(service: Service, answer: Answer, expected: type, stops: bool) -> None:
    service.say(answer)
    outcome = sent(f"{service.url}/T0/{SECRET}")
    assert (type(outcome), getattr(outcome, "stop", False)) == (expected, stops), outcome
    assert SECRET not in repr(outcome)
    assert len(service.asked) == 1


def test_nobody_listens_and_no_record() -> None:
    outcome = sent(f"http://127.0.0.1:{free_port()}/{SECRET}")
    assert isinstance(outcome, Later) and outcome.stop and SECRET not in repr(outcome)
    outcome = sent("http://127.0.0.1:1", what=replace(edition(), artifacts={}))
    assert isinstance(outcome, Later) and "add json to its outputs" in outcome.error
