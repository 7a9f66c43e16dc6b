"""The Notion channel among faults: refusals, lost replies and kills at every request never make two pages or half a one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
from tests.channels.notion_bench import (
    NOW,
    SLUG,
    Bench,
    a_round,
    begin,
    bench,
    edition,
    long_issue,
    row,
    whole,
)
from tests.outputs.issue_samples import daily
from tests.servers.notion import TOKEN, Fault, error
from tests.servers.services import DEEP, GARBAGE, HUGE, Said, free_port, reply, text

from digester.channels._notion.upsert import Kept
from digester.domain.delivery import Accepted, Failed, Later


@pytest.fixture
def there() -> Iterator[Bench]:
    with bench() as made:
        yield made


@pytest.fixture(scope="module")
def shared() -> Iterator[Bench]:
    """One service for the tests that go through every request; each round begins anew."""
    with bench() as made:
        yield made


MADE = 4  # the request that makes the page


# ------------------------------------------------------------ in the middle
def test_M19_content_that_arrived_twice_is_seen_before_the_page_is_published(there: Bench) -> None:
    """A request without an answer that Notion carries out twice, or that an earlier attempt left under way."""
    doubled = there.notion.watch

    def twice() -> None:
        if there.notion.asked[-1][1].endswith("/children") and there.notion.asked[-1][0] == "PATCH":
            (page,) = there.notion.pages.values()
            page.children = [*page.children, *page.children[:3]]
            there.notion.watch = doubled

    there.notion.watch = twice
    outcome = there.send()
    assert isinstance(outcome, Later) and "stays a draft" in outcome.error
    assert there.notion.by_slug(SLUG)[0].plain("status") == "Draft"
    there.sent()
    assert there.text() == a_round("short").texts[-1]


def test_a_refusal_in_the_middle_leaves_a_draft(there: Bench) -> None:
    there.notion.faults[6] = Fault(error(400, "validation_error", f"body failed validation: {'long ' * 200}"))
    outcome = there.send(long_issue())
    assert isinstance(outcome, Failed) and "body failed validation" in outcome.error and len(outcome.error) < 300
    assert there.notion.by_slug(SLUG)[0].plain("status") == "Draft"


# ------------------------------------------------------------------------ pace
def test_M19_requests_come_no_faster_than_three_in_a_second(there: Bench) -> None:
    channel = there.channel()
    for issue in (long_issue(30), daily()):
        with channel.open() as session:
            assert isinstance(session.deliver(edition(issue), row(issue)), Accepted)
    at = there.notion.at
    assert len(at) > 30 and all(b - a >= 1.0 for a, b in zip(at, at[3:], strict=False))
    assert not there.notion.refused


@pytest.mark.parametrize("value", ["900", format_datetime(NOW + timedelta(seconds=900), usegmt=True)])
def test_M19_a_long_429_is_left_to_the_outbox(there: Bench, value: str) -> None:
    there.notion.faults[3] = Fault(error(429, "rate_limited", "slow", Retry_After=value))
    outcome = there.send()
    assert isinstance(outcome, Later) and outcome.stop
    assert outcome.wait == pytest.approx(900, abs=3)
    assert there.clock.monotonic() < 3


def test_M19_a_service_that_only_says_429_is_given_up_for_now(there: Bench) -> None:
    there.notion.faults = {n: Fault(error(429, "rate_limited", "slow", Retry_After="2")) for n in range(50)}
    assert isinstance(there.send(), Later)
    assert len(there.notion.asked) == 4


# -------------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("status", "code", "todo"),
    [
        (401, "unauthorized", "check the variable with the token"),
        (403, "restricted_resource", "capabilities"),
        (404, "object_not_found", "share the database with the integration"),
    ],
)
def test_M21_a_key_or_database_that_is_refused_stops_this_channel_and_says_what_to_do(
    there: Bench, status: int, code: str, todo: str
) -> None:
    there.notion.faults[0] = Fault(error(status, code, "no"))
    outcome = there.send()
    assert isinstance(outcome, Later) and outcome.stop and todo in outcome.error
    assert len(there.notion.asked) == 1


def test_M21_a_service_that_is_down_is_asked_once_and_left_for_later(there: Bench) -> None:
    outcome = there.send(server=f"http://127.0.0.1:{free_port()}")
    assert isinstance(outcome, Later) and outcome.stop
    assert there.clock.monotonic() == 0


def test_a_conflict_is_repeated_where_that_is_harmless_and_else_delivered_later(there: Bench) -> None:
    there.notion.faults[3] = Fault(error(409, "conflict_error", "try again"))
    there.notion.faults[5] = Fault(error(409, "conflict_error", "try again"))
    outcome = there.send()
    assert isinstance(outcome, Later) and "409" in outcome.error and not outcome.stop
    assert there.notion.asked[3] == there.notion.asked[4]


def test_a_validation_error_about_the_database_is_a_fault_of_the_configuration(there: Bench) -> None:
    there.notion.faults[0] = Fault(error(400, "validation_error", "is a page, not a database"))
    outcome = there.send()
    assert isinstance(outcome, Later) and outcome.stop and "is a page, not a database" in outcome.error


def test_M19_a_redirect_is_not_followed(there: Bench) -> None:
    there.notion.faults[0] = Fault(text("", 302, Location="http://169.254.169.254/"))
    assert isinstance(there.send(), Later)
    assert len(there.notion.asked) == 1


# ------------------------------------------------------------- what it may say
ODD: list[Said] = [
    DEEP, HUGE, GARBAGE, text("<html>", 200), text("", 200), reply([]), reply(None), reply("x"), reply({}),
    reply({"results": {}}), reply({"results": [1]}), reply({"results": [{}]}), reply({"id": 7}), reply({"id": "../x"}),
    reply({"data_sources": [{"id": "x/../../y", "name": 3}]}), reply({"properties": [1]}),
    reply({"properties": {"slug": 1, "status": {"type": 3}}}), reply({"object": "error", "status": 400, "message": "no"}),
    reply({"object": "error", "status": "x", "message": [1]}), reply({"id": "a" * 32, "last_edited_by": "me"}),
    reply({"id": "a" * 32, "properties": {"slug": {"rich_text": [{"plain_text": 1}, 2]}}}),
    reply({"results": [], "has_more": True, "next_cursor": "?x=1"}),
]  # fmt: skip


@pytest.mark.parametrize("said", ODD)
def test_M19_whatever_notion_says_is_an_outcome_and_no_error_of_ours(shared: Bench, said: Said) -> None:
    """At every request of a new page and of a correction; no address is made of what it says but of ids."""
    short, correction = a_round("short"), a_round("correction")
    assert short.requests[MADE] == ("POST", "/v1/pages")
    for round_, at in ((short, MADE), *((correction, at) for at in range(len(correction.requests)))):
        begin(shared, round_, {at: Fault(said)})
        outcome = shared.send(round_.issue, remote=round_.remote)
        assert isinstance(outcome, Accepted | Later | Failed)
        whole(shared, round_)
        assert not any(sign in path for _, path in shared.notion.asked for sign in ("..", "?", "%"))


def test_a_page_whose_list_of_blocks_is_longer_than_is_kept_is_read_in_shorter_ones(there: Bench) -> None:
    listing = next(n for n, (m, p) in enumerate(a_round("short").requests) if m == "GET" and p.endswith("/children"))
    there.notion.faults[listing] = Fault(HUGE)
    there.sent()
    assert there.text() == a_round("short").texts[-1]


@pytest.mark.parametrize(
    "remote", ["", "x", "[]", "{}", "[" * 100_000, '{"page": "../x"}', '{"page": 1, "edited": {}}']
)
def test_whatever_the_outbox_kept_is_read(there: Bench, remote: str) -> None:
    assert Kept.of(remote).page == ""
    there.sent(remote=remote)


# --------------------------------------------------------------------- secrets
def test_M19_the_token_is_in_no_error_and_in_nothing_that_is_kept(there: Bench) -> None:
    said = [error(s, "x", f"Bearer {TOKEN} is wrong") for s in (400, 401, 403, 404, 409, 500)]
    for fault in said:
        there.notion.faults = {len(there.notion.asked) + n: Fault(fault) for n in range(9)}
        assert TOKEN not in repr(there.send())
    there.notion.faults = {}
    assert TOKEN not in there.sent() and TOKEN not in json.dumps([vars(p) for p in there.notion.pages.values()])
