"""The channel listmonk against a listmonk of loopback that keeps campaigns, loses answers and refuses."""

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

from digester.channels._newsletter import apart, apart_page, content_of, mark_of
from digester.channels.listmonk import Listmonk, Params
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.domain.issue import Artifact, Issue
from digester.domain.mail import message
from digester.net.replay import VirtualClock
from digester.net.wire import HttpWire
from digester.outputs.email import Email
from digester.ports.delivery import ChannelPowers

NOW = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
TOKEN = "digest:canary-5f2e"


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
class Lists:
    """A listmonk: `campaigns` by number, `starts` each time one is set running."""

    campaigns: dict[int, dict[str, Any]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    filters: tuple[str, ...] = ("tag", "query")  # that it knows

    def __call__(self, asked: Asked) -> Said:
        url = urlsplit(asked.path)
        steps = url.path.removeprefix("/api/campaigns").strip("/").split("/")
        match asked.method, steps:
            case "GET", [""]:
                return reply({"data": {"results": self.found(parse_qs(url.query)), "total": 1}})
            case "POST", [""]:
                return self.made(asked.json)
            case "PUT", [number]:
                return self.changed(int(number), asked.json)
            case "PUT", [number, "status"]:
                return self.started(int(number), asked.json["status"])
        return reply({"message": "no such thing"}, 404)

    def found(self, asked: dict[str, list[str]]) -> list[dict[str, Any]]:
        def fits(campaign: dict[str, Any]) -> bool:
            tags, query = (asked.get(name, []) if name in self.filters else [] for name in ("tag", "query"))
            return all(t in campaign["tags"] for t in tags) and all(q in campaign["name"] for q in query)

        return [{**c, "body": ""} for c in self.campaigns.values() if fits(c)][: int(asked["per_page"][0])]

    def made(self, fields: dict[str, Any]) -> Said:
        number = len(self.campaigns) + 1
        self.campaigns[number] = {**fields, "id": number, "status": "draft"}
        return reply({"data": self.campaigns[number]})

    def changed(self, number: int, fields: dict[str, Any]) -> Said:
        if self.campaigns[number]["status"] != "draft":
            return reply({"message": "cannot update a running or finished campaign"}, 400)
        self.campaigns[number].update(fields)
        return reply({"data": self.campaigns[number]})

    def started(self, number: int, status: str) -> Said:
        if self.campaigns[number]["status"] not in ("draft", "paused"):
            return reply({"message": "only paused campaigns and drafts can be started"}, 400)
        self.campaigns[number]["status"] = status
        self.starts.append(number)
        return reply({"data": self.campaigns[number]})


def channel(wire: HttpWire, url: str, **given: Any) -> Listmonk:
    powers = ChannelPowers(wire, VirtualClock(NOW), {"LISTMONK_TOKEN": TOKEN}.__getitem__, b"key", Path())
    return Listmonk("letters", Params(url, (3, 5), **given), powers)


def sent(channel: Listmonk, revision: int = 1, of: Edition | None = None) -> Outcome:
    with channel.open() as session:
        return session.deliver(of or rendered(), row(revision))


# ------------------------------------------------------------------ what is sent
def test_a_draft_holds_both_parts_of_the_mail_and_is_not_started(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        assert sent(channel(wire, service.url + "/")) == Accepted("1")
    campaign = lists.campaigns[1]
    assert (campaign["status"], campaign["content_type"], campaign["type"]) == ("draft", "html", "regular")
    assert campaign["lists"] == [3, 5]
    assert campaign["subject"].startswith("RecSys Weekly 2026-W25: ")
    assert mark_of(row()) in campaign["tags"] and mark_of(row()) in campaign["name"]
    assert "In brief" in campaign["body"] and "In brief" in campaign["altbody"]
    assert {"template_id", "from_email"}.isdisjoint(campaign)
    assert not lists.starts
    assert {a.headers["authorization"] for a in service.asked} == {f"token {TOKEN}"}


def test_send_starts_the_campaign_with_template_and_sender(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url, send=True, template=4, sender="Digest <news@digest.example>")
        assert sent(made) == Accepted("1")
    assert lists.starts == [1]
    assert (lists.campaigns[1]["template_id"], lists.campaigns[1]["from_email"]) == (4, "Digest <news@digest.example>")


def test_the_page_has_no_frame_of_its_own(wire: HttpWire) -> None:
    page = content_of(rendered().artifacts["email"].body, "en", styled=True).page
    assert page.startswith("<style>") and page.endswith("</div>")
    assert all(word not in page for word in ("<html", "<body", "<head", "<title", "<!--", "<meta"))
    assert page.count("<table") == page.count("</table>")
    assert '<div lang="en" style="' in page


def test_an_edition_without_mail_fails_and_asks_nothing(wire: HttpWire) -> None:
    with Service() as service:
        outcome = sent(channel(wire, service.url), of=replace(rendered(), artifacts={}))
        assert not service.asked
    assert outcome == Failed("rec-weekly/2026-W25 has no e-mail output; add email to its outputs")


# --------------------------------------------------------------------- templates
@pytest.mark.parametrize(
    "text",
    [
        "{{ .Subscriber.Email }}",
        "{{{a}}}",
        "{{{{",
        '{{ env "SECRET" }}',
        "{{",
        "{%x%}",
        "{{-",
        "https://a.example@TrackLink",
    ],
)
def test_no_text_opens_a_template(text: str) -> None:
    for made in (apart(text), apart_page(f'<a href="https://a.example/?{text}">{text}</a>')):
        assert "{{" not in made and "@TrackLink" not in made
        assert "{%" not in made and "{#" not in made
        assert apart(made) == made


def test_addresses_in_the_page_stay_what_they_are() -> None:
    assert apart_page('<a href="https://a.example/{{x}}@TrackLink">{{x}}</a>') == (
        '<a href="https://a.example/%7B%7Bx%7D%7D%40TrackLink">{ {x}}</a>'
    )


@pytest.mark.parametrize("payload", ["{{ template `x` }}", "{{ UnsubscribeURL }} https://evil.example@TrackLink"])
def test_hostile_titles_open_no_template_in_any_field(wire: HttpWire, payload: str) -> None:
    lists = Lists()
    with Service(lists) as service:
        assert sent(channel(wire, service.url), of=edition(hostile(payload))) == Accepted("1")
    told = json.dumps({k: lists.campaigns[1][k] for k in ("name", "subject", "body", "altbody")})
    assert "{{" not in told and "@TrackLink" not in told
    assert "{ {" in told


def test_m01_a_subject_is_one_line() -> None:
    octets = message([("Subject", "a\r\nBcc: x@evil.example {{b}}")], "m", "text", "<body>page</body>")
    assert content_of(octets, "en", styled=True).subject == "a Bcc: x@evil.example { {b}}"


# ------------------------------------------------------------------------- once
def test_a_second_attempt_changes_the_draft_instead_of_making_another(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url)
        assert sent(made) == sent(made, 2, edition(replace(weekly(), revision=2))) == Accepted("1")
    assert len(lists.campaigns) == 1
    assert "revision 2" in lists.campaigns[1]["altbody"]


@pytest.mark.parametrize("status", ["scheduled", "running", "paused", "finished"])
def test_what_somebody_started_is_never_touched(wire: HttpWire, status: str) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url, send=True)
        sent(made)
        lists.campaigns[1]["status"] = status
        before = dict(lists.campaigns[1])
        asked = len(service.asked)
        assert sent(made, 2) == Accepted("1")
        assert {a.method for a in service.asked[asked:]} == {"GET"}
    assert lists.campaigns == {1: before}
    assert lists.starts == [1]


def test_a_cancelled_campaign_is_not_made_again(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url)
        sent(made)
        lists.campaigns[1]["status"] = "cancelled"
        assert sent(made) == Failed("campaign 1 was cancelled in listmonk")
    assert len(lists.campaigns) == 1


def test_a_state_nobody_knows_is_in_doubt(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url)
        sent(made)
        lists.campaigns[1]["status"] = "frozen\nsolid"
        assert sent(made) == InDoubt("campaign 1 is 'frozen solid' in listmonk")


def test_of_a_copy_and_the_one_that_ran_the_one_that_ran_counts(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url, send=True)
        sent(made)
        lists.campaigns[2] = {**lists.campaigns[1], "id": 2, "status": "draft"}
        assert sent(made) == Accepted("1")
    assert lists.starts == [1]


@pytest.mark.parametrize("filters", [(), ("tag",), ("query",)])
def test_it_is_found_by_servers_that_know_one_filter(wire: HttpWire, filters: tuple[str, ...]) -> None:
    lists = Lists(filters=filters)
    with Service(lists) as service:
        made = channel(wire, service.url)
        assert sent(made) == sent(made) == Accepted("1")
    assert len(lists.campaigns) == 1


@pytest.mark.parametrize("lost", ["tags", "name"])
def test_it_is_found_when_a_person_changed_its_tags_or_its_name(wire: HttpWire, lost: str) -> None:
    lists = Lists()
    with Service(lists) as service:
        made = channel(wire, service.url)
        sent(made)
        lists.campaigns[1][lost] = [] if lost == "tags" else "New name"
        assert sent(made) == Accepted("1")
    assert len(lists.campaigns) == 1


def test_campaigns_of_others_are_left_alone(wire: HttpWire) -> None:
    lists = Lists(filters=())
    lists.campaigns[1] = {"id": 1, "status": "draft", "name": "Theirs", "tags": ["digester"], "subject": "s"}
    with Service(lists) as service:
        assert sent(channel(wire, service.url, send=True)) == Accepted("2")
    assert lists.campaigns[1]["status"] == "draft"


def test_two_channels_and_two_languages_have_campaigns_of_their_own() -> None:
    marks = {mark_of(replace(row(), message_id=f"<{n}@digest.example>")) for n in ("a", "b")}
    assert len(marks) == 2
    assert mark_of(row(1)) == mark_of(row(2))


Fault = Callable[[Lists, Asked], Said]


def _lost(lists: Lists, asked: Asked) -> Said:
    lists(asked)
    return GONE


def _done_but(answer: Said) -> Fault:
    def run(lists: Lists, asked: Asked) -> Said:
        lists(asked)
        return answer

    return run


def _not_done(answer: Said) -> Fault:
    return lambda lists, asked: answer


FAULTS: dict[str, Fault] = {
    "answer lost": _lost,
    "not read": _not_done(GONE),
    "500 after": _done_but(reply({"message": "oh"}, 500)),
    "500 before": _not_done(reply({"message": "oh"}, 500)),
    "502 after": _done_but((502, {}, b"<html>")),
    "503": _not_done((503, {"Retry-After": "9"}, b"")),
    "429": _not_done((429, {}, b"")),
    "401": _not_done((401, {}, b"")),
    "403": _not_done(reply({"message": "invalid session"}, 403)),
    "404": _not_done((404, {}, b"")),
    "redirect": _not_done((302, {"Location": "http://127.0.0.1:1/"}, b"")),
    "200 and no JSON": _done_but((200, {}, b"<html>welcome")),
    "200 and no JSON, not done": _not_done((200, {}, b"<html>welcome")),
    "200 with an error": _not_done(reply({"message": "failed"})),
    "200 of other types": _done_but(reply({"data": [{"id": "1", "status": 3}]})),
    "200 of null": _not_done(reply(None)),
    "deep": _done_but(DEEP),
    "huge": _done_but(HUGE),
    "garbage": _done_but(GARBAGE),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("send", [False, True], ids=["draft", "send"])
def test_m19_any_fault_of_any_request_makes_one_campaign_started_once(wire: HttpWire, fault: Fault, send: bool) -> None:
    with Service() as service:
        made = channel(wire, service.url, send=send)
        for at in range(1, 5 if send else 4):
            lists, count = Lists(), iter(range(1, 99))
            service.default = lambda asked, at=at, lists=lists, count=count: (
                fault(lists, asked) if next(count) == at else lists(asked)
            )
            first = sent(made)
            assert isinstance(first, Accepted | Later)
            assert TOKEN not in str(first)
            assert sent(made) == sent(made) == Accepted("1")
            assert len(lists.campaigns) == 1
            assert lists.starts == ([1] if send else [])


def test_a_draft_that_a_person_starts_meanwhile_stands(wire: HttpWire) -> None:
    lists = Lists()

    def started_first(asked: Asked) -> Said:
        if asked.method == "PUT":
            lists.campaigns[1]["status"] = "running"
        return lists(asked)

    with Service(lists) as service:
        made = channel(wire, service.url, send=True)
        service.default = started_first
        assert sent(made) == Accepted("1")
        assert sent(made) == Accepted("1")
    assert not lists.starts


def test_a_start_that_is_answered_and_not_made_is_no_success(wire: HttpWire) -> None:
    lists = Lists()
    with Service(lists) as service:
        idle = reply({"data": {"id": 1, "status": "draft"}})
        service.default = lambda asked: idle if asked.path.endswith("/status") else lists(asked)
        made = channel(wire, service.url, send=True)
        assert sent(made) == Later("listmonk was told to start campaign 1 and did not")
        service.default = lists
        assert sent(made) == Accepted("1")
    assert lists.starts == [1]


# ---------------------------------------------------------------------- refusals
def test_m19_what_listmonk_says_about_a_refusal_is_one_short_line(wire: HttpWire) -> None:
    def refuse(asked: Asked) -> Said:
        wrong = reply({"message": "invalid list\n" + "x" * 5000}, 400)
        return wrong if asked.method == "POST" else reply({"data": {"results": []}})

    with Service(refuse) as service:
        outcome = sent(channel(wire, service.url))
    assert isinstance(outcome, Failed)
    assert outcome.error.startswith("listmonk answers 400: invalid list x")
    assert len(outcome.error) < 300


@pytest.mark.parametrize("status", [400, 422])
def test_a_search_that_is_refused_makes_nothing_and_fails_nobody(wire: HttpWire, status: int) -> None:
    with Service(reply({"message": {"odd": []}}, status)) as service:
        outcome = sent(channel(wire, service.url))
        assert {a.method for a in service.asked} == {"GET"}
    assert isinstance(outcome, Later) and outcome.stop


def test_m19_wait_is_as_long_as_asked(wire: HttpWire) -> None:
    with Service((429, {"Retry-After": "77"}, b"")) as service:
        assert sent(channel(wire, service.url)) == Later("listmonk answers 429", 77.0, stop=True)


def test_a_token_that_the_server_repeats_is_not_repeated(wire: HttpWire) -> None:
    with Service(reply({"message": f"no user for {TOKEN}"}, 400)) as service:
        outcome = sent(channel(wire, service.url))
    assert "no user for ***" in str(outcome) and TOKEN not in str(outcome)


def test_nobody_listens(wire: HttpWire) -> None:
    outcome = sent(channel(wire, f"http://127.0.0.1:{free_port()}"))
    assert isinstance(outcome, Later) and outcome.stop


@pytest.mark.parametrize("token", ["a:b\r\nX-Evil: 1", "ü:ö", ""])
def test_a_token_that_is_no_header_is_not_printed(wire: HttpWire, token: str) -> None:
    with Service(Lists()) as service:
        powers = ChannelPowers(wire, VirtualClock(NOW), {"LISTMONK_TOKEN": token}.__getitem__, b"key", Path())
        outcome = sent(Listmonk("letters", Params(service.url, (1,)), powers))
        assert all("x-evil" not in a.headers for a in service.asked)
    assert not token or token not in str(outcome)


@pytest.mark.parametrize(
    ("url", "lists"), [("lists.example", (1,)), ("ftp://lists.example", (1,)), ("https://a.example", ())]
)
def test_parameters_that_cannot_work_are_refused(url: str, lists: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no "):
        Params(url, lists)
