"""The channel buttondown against a Buttondown of loopback that keeps e-mails, loses answers and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.outputs.hostile_samples import hostile
from tests.outputs.issue_samples import weekly
from tests.servers.services import DEEP, GARBAGE, GONE, HUGE, Asked, Said, Service, free_port, reply

from digester.channels._newsletter import mark_of
from digester.channels.buttondown import MODE, PAGES, Buttondown, Params
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.domain.issue import Artifact, Issue
from digester.net.replay import VirtualClock
from digester.net.wire import HttpWire
from digester.outputs.email import Email
from digester.ports.delivery import ChannelPowers

NOW = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
KEY = "canary-77aa90c1"


@cache
def rendered() -> Edition:
    return edition(weekly())


def edition(issue: Issue) -> Edition:
    body = Email().render(issue, "en")
    artifact = Artifact(issue.id, issue.revision, "email", "en", "message/rfc822", "issue.eml", body, "")
    return Edition(issue, "en", "RecSys Weekly", {"email": artifact}, "https://news.example/w25.html")


def row(revision: int = 1) -> Delivery:
    return Delivery(
        "rec-weekly/2026-W25", "en", "letters", "", revision, "<one@digest.example>", "sending", NOW, NOW
    )  # fmt: skip


@pytest.fixture(scope="module")
def wire() -> Iterator[HttpWire]:
    made = HttpWire("digester-test", deadline=5)
    yield made
    made.close()


@dataclass
class Letters:
    """A Buttondown: `emails` by id, `sends` each time one is set to be sent. `keys` are what was asked once before."""

    emails: dict[str, dict[str, Any]] = field(default_factory=dict)
    sends: list[str] = field(default_factory=list)
    keys: dict[str, Said] = field(default_factory=dict)
    hidden: bool = False  # its list is behind
    more: int = 0  # pages of others before ours

    def __call__(self, asked: Asked) -> Said:
        url = urlsplit(asked.path)
        name = url.path.removeprefix("/v1/emails").strip("/")
        match asked.method:
            case "GET":
                return self.listed(parse_qs(url.query))
            case "POST":
                key = asked.headers["x-idempotency-key"]
                if key not in self.keys:
                    self.keys[key] = self.made(asked.json)
                return self.keys[key]
            case "PATCH" if name in self.emails:
                return self.changed(name, asked.json)
        return reply({"detail": "Not found."}, 404)

    def listed(self, asked: dict[str, list[str]]) -> Said:
        page = int(asked["page"][0])
        if page <= self.more:
            others = [{"id": f"other-{page}-{n}", "status": "sent", "metadata": {}} for n in range(3)]
            return reply({"results": others, "next": "http://127.0.0.1:1/steal", "count": 99})
        mine = [e for e in self.emails.values() if e["status"] in asked["status"] and not self.hidden]
        return reply({"results": [{k: v for k, v in e.items() if k != "body"} for e in mine], "next": None})

    def made(self, fields: dict[str, Any]) -> Said:
        if any(e["slug"] == fields["slug"] for e in self.emails.values()):
            return reply({"code": "slug_invalid", "detail": "already in use"}, 400)
        name = f"7c0{len(self.emails)}-a"
        self.emails[name] = {**fields, "id": name}
        return reply(self.emails[name], 201)

    def changed(self, name: str, fields: dict[str, Any]) -> Said:
        if self.emails[name]["status"] != "draft":
            return reply({"code": "status_invalid", "detail": "no draft"}, 400)
        self.emails[name].update(fields)
        if fields["status"] == "about_to_send":
            self.sends.append(name)
        return reply(self.emails[name])


def channel(wire: HttpWire, url: str, **given: Any) -> Buttondown:
    powers = ChannelPowers(wire, VirtualClock(NOW), {"BUTTONDOWN_API_KEY": KEY}.__getitem__, b"key", Path())
    return Buttondown("letters", Params(server=url, **given), powers)


def sent(channel: Buttondown, revision: int = 1, of: Edition | None = None) -> Outcome:
    with channel.open() as session:
        return session.deliver(of or rendered(), row(revision))


# ------------------------------------------------------------------ what is sent
def test_a_draft_is_made_and_nothing_is_sent(wire: HttpWire) -> None:
    letters = Letters()
    with Service(letters) as service:
        assert sent(channel(wire, service.url + "/")) == Accepted("7c00-a")
    email = letters.emails["7c00-a"]
    assert email["status"] == "draft" and not letters.sends
    assert email["subject"].startswith("RecSys Weekly 2026-W25: ")
    assert email["body"].startswith(f'{MODE}\n<div lang="en"') and "In brief" in email["body"]
    assert all(word not in email["body"] for word in ("<style", "<html", "<body"))
    assert email["metadata"] == {"digester": mark_of(row())}
    assert email["slug"].startswith("rec-weekly-2026-w25-en-")


def test_every_change_names_its_status_and_every_request_the_version(wire: HttpWire) -> None:
    letters = Letters()
    with Service(letters) as service:
        made = channel(wire, service.url, send=True)
        assert sent(made) == Accepted("7c00-a")
        changes = [a for a in service.asked if a.method != "GET"]
        assert [(a.method, a.json["status"]) for a in changes] == [("POST", "draft"), ("PATCH", "about_to_send")]
        assert {a.headers["x-api-version"] for a in service.asked} == {"2026-04-01"}
        assert {a.headers["authorization"] for a in service.asked} == {f"Token {KEY}"}
    assert letters.sends == ["7c00-a"]


def test_the_list_is_of_our_time_and_of_every_state(wire: HttpWire) -> None:
    with Service(Letters()) as service:
        sent(channel(wire, service.url))
        asked = parse_qs(urlsplit(service.asked[0].path).query)
    assert asked["creation_date__start"] == ["2026-06-19"]
    assert {"draft", "about_to_send", "in_flight", "sent", "deleted"} <= set(asked["status"])


def test_an_edition_without_mail_fails_and_asks_nothing(wire: HttpWire) -> None:
    with Service() as service:
        outcome = sent(channel(wire, service.url), of=replace(rendered(), artifacts={}))
        assert not service.asked
    assert outcome == Failed("rec-weekly/2026-W25 has no e-mail output; add email to its outputs")


@pytest.mark.parametrize(
    "payload", ["{{ subscriber.email }}", "{% if subscriber %}x{% endif %}", "{# note #}", "{{{%{#"]
)
def test_hostile_titles_open_no_tag(wire: HttpWire, payload: str) -> None:
    letters = Letters()
    with Service(letters) as service:
        assert sent(channel(wire, service.url), of=edition(hostile(payload))) == Accepted("7c00-a")
    told = json.dumps([letters.emails["7c00-a"][k] for k in ("subject", "body", "slug")])
    assert all(sign not in told for sign in ("{{", "{%", "{#"))
    assert "{ " in told


# ------------------------------------------------------------------------- once
def test_a_second_attempt_changes_the_draft_instead_of_making_another(wire: HttpWire) -> None:
    letters = Letters()
    with Service(letters) as service:
        made = channel(wire, service.url)
        assert sent(made) == sent(made, 2, edition(replace(weekly(), revision=2))) == Accepted("7c00-a")
    assert len(letters.emails) == 1
    assert "revision 2" in letters.emails["7c00-a"]["body"]
    assert letters.emails["7c00-a"]["status"] == "draft"


@pytest.mark.parametrize(
    "status", ["about_to_send", "scheduled", "in_flight", "throttled", "paused", "sent", "resending"]
)
def test_what_is_being_sent_is_never_touched(wire: HttpWire, status: str) -> None:
    letters = Letters()
    with Service(letters) as service:
        made = channel(wire, service.url, send=True)
        sent(made)
        letters.emails["7c00-a"]["status"] = status
        asked = len(service.asked)
        assert sent(made, 2) == Accepted("7c00-a")
        assert {a.method for a in service.asked[asked:]} == {"GET"}
    assert letters.sends == ["7c00-a"]


@pytest.mark.parametrize("status", ["deleted", "errored", "suppressed"])
def test_what_ended_there_is_not_made_again(wire: HttpWire, status: str) -> None:
    letters = Letters()
    with Service(letters) as service:
        made = channel(wire, service.url)
        sent(made)
        letters.emails["7c00-a"]["status"] = status
        assert sent(made) == Failed(f"e-mail 7c00-a is {status} at Buttondown")
    assert len(letters.emails) == 1


def test_a_state_nobody_knows_is_in_doubt(wire: HttpWire) -> None:
    known = {"id": "a", "status": "levitating", "metadata": {"digester": mark_of(row())}}
    with Service(reply({"results": [known], "next": None})) as service:
        assert sent(channel(wire, service.url)) == InDoubt("e-mail a is 'levitating' at Buttondown")


def test_of_two_drafts_and_one_that_was_sent_the_sent_one_counts(wire: HttpWire) -> None:
    letters = Letters()
    with Service(letters) as service:
        made = channel(wire, service.url, send=True)
        sent(made)
        letters.emails["0"] = {**letters.emails["7c00-a"], "id": "0", "status": "draft", "slug": "copy"}
        assert sent(made) == Accepted("7c00-a")
    assert letters.sends == ["7c00-a"]


def test_it_is_found_behind_pages_of_others_and_no_address_of_the_answer_is_followed(wire: HttpWire) -> None:
    letters = Letters(more=3)
    with Service(letters) as service:
        made = channel(wire, service.url)
        assert sent(made) == sent(made) == Accepted("7c00-a")
        assert all(a.path.startswith("/v1/emails") for a in service.asked)
    assert len(letters.emails) == 1


def test_a_list_without_end_is_in_doubt_and_nothing_is_made(wire: HttpWire) -> None:
    letters = Letters(more=10**6)
    with Service(letters) as service:
        assert isinstance(sent(channel(wire, service.url)), InDoubt)
        assert len(service.asked) == PAGES
    assert not letters.emails


def test_a_list_that_is_behind_makes_no_second_one(wire: HttpWire) -> None:
    """The idempotency key gives the first answer again; after a correction the slug is refused, and a person decides."""
    letters = Letters(hidden=True)
    with Service(letters) as service:
        made = channel(wire, service.url)
        assert sent(made) == sent(made) == Accepted("7c00-a")
        outcome = sent(made, 2, edition(replace(weekly(), revision=2)))
        assert isinstance(outcome, InDoubt) and "slug_invalid already in use" in outcome.error
    assert len(letters.emails) == 1


def test_a_draft_that_a_person_sends_meanwhile_stands(wire: HttpWire) -> None:
    letters = Letters()

    def sent_first(asked: Asked) -> Said:
        if asked.method == "PATCH":
            letters.emails["7c00-a"]["status"] = "in_flight"
        return letters(asked)

    with Service(sent_first) as service:
        made = channel(wire, service.url, send=True)
        assert sent(made) == sent(made) == Accepted("7c00-a")
    assert not letters.sends


Fault = Callable[[Letters, Asked], Said]


def _done_but(answer: Said) -> Fault:
    def run(letters: Letters, asked: Asked) -> Said:
        letters(asked)
        return answer

    return run


def _not_done(answer: Said) -> Fault:
    return lambda letters, asked: answer


FAULTS: dict[str, Fault] = {
    "answer lost": _done_but(GONE),
    "not read": _not_done(GONE),
    "500 after": _done_but(reply({"detail": "oh"}, 500)),
    "500 before": _not_done(reply({"detail": "oh"}, 500)),
    "504 after": _done_but((504, {}, b"<html>")),
    "503": _not_done((503, {"Retry-After": "9"}, b"")),
    "429": _not_done((429, {}, b"")),
    "401": _not_done(reply({"detail": "Invalid token"}, 401)),
    "403": _not_done((403, {}, b"")),
    "404": _not_done((404, {}, b"")),
    "409": _not_done((409, {}, b"")),
    "redirect": _not_done((307, {"Location": "http://127.0.0.1:1/"}, b"")),
    "200 and no JSON": _done_but((200, {}, b"<html>welcome")),
    "200 and no JSON, not done": _not_done((200, {}, b"<html>welcome")),
    "200 with an error": _not_done(reply({"detail": "failed", "code": 7})),
    "200 of other types": _done_but(reply({"id": {"a": 1}, "status": [], "results": "no"})),
    "200 of null": _not_done(reply(None)),
    "deep": _done_but(DEEP),
    "huge": _done_but(HUGE),
    "garbage": _done_but(GARBAGE),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("send", [False, True], ids=["draft", "send"])
def test_m19_any_fault_of_any_request_makes_one_email_sent_once(wire: HttpWire, fault: Fault, send: bool) -> None:
    with Service() as service:
        made = channel(wire, service.url, send=send)
        for at in range(1, 4 if send else 3):
            letters, count = Letters(), iter(range(1, 99))
            service.default = lambda asked, at=at, letters=letters, count=count: (
                fault(letters, asked) if next(count) == at else letters(asked)
            )
            first = sent(made)
            assert isinstance(first, Accepted | Later)
            assert KEY not in str(first)
            assert sent(made) == sent(made) == Accepted("7c00-a")
            assert len(letters.emails) == 1
            assert letters.sends == (["7c00-a"] if send else [])


def test_a_send_that_is_answered_and_not_made_is_no_success(wire: HttpWire) -> None:
    letters = Letters()
    with Service(letters) as service:
        idle = reply({"id": "7c00-a", "status": "draft"})
        service.default = lambda asked: idle if asked.method == "PATCH" else letters(asked)
        made = channel(wire, service.url, send=True)
        assert sent(made) == Later("Buttondown was told to send e-mail 7c00-a and did not")
        service.default = letters
        assert sent(made) == Accepted("7c00-a")
    assert letters.sends == ["7c00-a"]


# ---------------------------------------------------------------------- refusals
def test_m19_what_buttondown_says_about_a_refusal_is_one_short_line(wire: HttpWire) -> None:
    def refuse(asked: Asked) -> Said:
        wrong = reply({"code": "subject_invalid", "detail": "too\nbad" + "x" * 5000}, 400)
        return wrong if asked.method == "POST" else reply({"results": [], "next": None})

    with Service(refuse) as service:
        outcome = sent(channel(wire, service.url))
    assert isinstance(outcome, Failed)
    assert outcome.error.startswith("Buttondown answers 400: subject_invalid too badx")
    assert len(outcome.error) < 300


@pytest.mark.parametrize("status", [400, 422])
def test_a_list_that_is_refused_makes_nothing_and_fails_nobody(wire: HttpWire, status: int) -> None:
    with Service(reply({"detail": {"odd": []}}, status)) as service:
        outcome = sent(channel(wire, service.url))
        assert {a.method for a in service.asked} == {"GET"}
    assert isinstance(outcome, Later) and outcome.stop


@pytest.mark.parametrize("name", ["../subscribers/1", "a/b", "", "x" * 99, "?", None, 7])
def test_an_id_that_is_none_is_never_part_of_an_address(wire: HttpWire, name: object) -> None:
    def answer(asked: Asked) -> Said:
        return reply({"results": [], "next": None} if asked.method == "GET" else {"id": name, "status": "draft"})

    with Service(answer) as service:
        assert isinstance(sent(channel(wire, service.url, send=True)), Later)
        assert {urlsplit(a.path).path for a in service.asked} == {"/v1/emails"}


def test_m19_wait_is_as_long_as_asked(wire: HttpWire) -> None:
    with Service((429, {"Retry-After": "77"}, b"")) as service:
        assert sent(channel(wire, service.url)) == Later("Buttondown answers 429", 77.0, stop=True)


def test_nobody_listens(wire: HttpWire) -> None:
    outcome = sent(channel(wire, f"http://127.0.0.1:{free_port()}"))
    assert isinstance(outcome, Later) and outcome.stop
