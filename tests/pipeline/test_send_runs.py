"""What a run of sends does with what is queued, over channels that say what a test says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pipeline.talks import Talk, accepts, desk
from tests.servers.mailing import ISSUE, NOW, people, reader, store_in

from digester.domain.delivery import Accepted, Delivery, Failed, InDoubt, Later, Outcome, marked, put_off
from digester.domain.errors import DigesterError
from digester.issues import KINDS
from digester.pipeline import send
from digester.store.sql import SqlStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with store_in(tmp_path) as made:
        yield made


# --------------------------------------------------------------------- sending
def test_each_row_is_sent_once_and_says_what_became_of_it(store: SqlStore) -> None:
    says = {
        "r0000@mail.example": Accepted("id"),
        "r0001@mail.example": Failed("550"),
        "r0002@mail.example": InDoubt("?"),
    }
    mail = Talk(says=lambda row: says[row.recipient])
    made = desk(store, mail)
    made.queue()
    report = made.send()
    assert made.states() == {"r0000@mail.example": "accepted", "r0001@mail.example": "failed", "r0002@mail.example": "in_doubt"}  # fmt: skip
    assert (report.seen, report.done, report.extra) == (3, 1, {"failed": 1, "in_doubt": 1, "pending": 0})
    assert report.notes == ("mail EN 1 accepted, 1 failed, 1 in doubt",)
    assert mail.opened == 1
    assert {r.state for r in mail.sent} == {"sending"}
    assert [e["state"] for e in made.told] == ["accepted", "failed", "in_doubt"]
    assert made.later(days=1).seen == 0
    assert len(mail.sent) == 3


def test_while_a_row_is_sent_the_store_says_so_and_that_the_one_before_was_taken_with_the_next(store: SqlStore) -> None:
    seen: list[list[str]] = []
    mail = Talk(says=lambda row: (seen.append([r.state for r in store.deliveries()]), Accepted())[1])
    made = desk(store, mail)
    made.queue()
    made.send()
    assert seen == [["sending", "pending", "pending"], ["accepted", "sending", "pending"], ["accepted", "accepted", "sending"]]  # fmt: skip
    assert set(made.states().values()) == {"accepted"}


def test_a_run_that_dies_in_a_message_leaves_one_in_doubt_which_nobody_sends(store: SqlStore) -> None:
    def dies(row: Delivery) -> Outcome:
        if row.recipient == people(3)[1]:
            raise RuntimeError("the power went")
        return Accepted()

    mail = Talk(says=dies)
    made = desk(store, mail)
    made.queue()
    with pytest.raises(RuntimeError):
        made.send()
    assert list(made.states().values()) == ["accepted", "sending", "pending"]
    store.doubt(NOW)
    mail.says = accepts
    made.send()
    assert list(made.states().values()) == ["accepted", "in_doubt", "accepted"]
    assert Counter(mail.recipients()) == Counter(people(3))


def test_asked_to_end_it_ends_between_two_messages_and_none_says_that_it_is_being_sent(store: SqlStore) -> None:
    mail = Talk()
    made = desk(store, mail, stopping=lambda: len(mail.sent) == 2)
    made.queue()
    report = made.send()
    assert list(made.states().values()) == ["accepted", "accepted", "pending"]
    assert report.failures[0].error == "the process was asked to end"
    made.stopping = lambda: False
    made.send()
    assert mail.recipients() == people(3)


def test_asked_to_end_before_it_began_it_opens_nothing(store: SqlStore) -> None:
    mail = Talk()
    made = desk(store, mail, stopping=lambda: True)
    made.queue()
    made.send()
    assert (mail.opened, set(made.states().values())) == (0, {"pending"})


def test_what_a_library_lacks_puts_the_channel_off(store: SqlStore) -> None:
    def lacks(row: Delivery) -> Outcome:
        raise DigesterError("dkimpy is not installed", hint="install it")

    made = desk(store, Talk(says=lacks))
    made.queue()
    assert made.send().failures[0].error == "dkimpy is not installed; install it"
    assert set(made.states().values()) == {"pending"}


# -------------------------------------------------------------- what is left out
def test_M17_who_left_is_marked_so_and_not_mailed(store: SqlStore) -> None:
    mail = Talk()
    made = desk(store, mail)
    made.queue()
    made.people[1] = replace(made.people[1], standing="suppressed")
    made.send()
    assert mail.recipients() == [people(3)[0], people(3)[2]]
    row = store.delivery(ISSUE, "en", "mail", people(3)[1])
    assert row
    assert (row.state, row.last_error, row.attempts) == ("failed", send.LEFT, 0)


def test_M17_who_leaves_during_the_run_is_not_mailed(store: SqlStore) -> None:
    def leaves(row: Delivery) -> Outcome:
        store.save_subscribers([reader(people(3)[1], standing="suppressed")])
        return Accepted()

    mail = Talk(says=leaves)
    made = desk(store, mail)
    made.queue()
    made.send()
    assert mail.recipients() == [people(3)[0], people(3)[2]]


@pytest.mark.parametrize(("kind", "days"), [("rec-weekly", 7), ("rec-daily", 2), ("unknown", 7)])
def test_what_is_put_off_too_long_is_given_up(store: SqlStore, kind: str, days: int) -> None:
    mail = Talk(says=lambda row: Later("451 no"))
    made = desk(store, mail, readers=people(1))
    made.queue()
    made.kinds = {"rec-weekly": KINDS[kind]} if kind in KINDS else {}
    made.send()
    made.later(days=days)
    assert made.states() == {people(1)[0]: "pending"}
    tries = len(mail.sent)
    made.later(days=1)
    row = store.deliveries()[0]
    assert (row.state, row.last_error) == ("failed", f"not accepted within {days} days; the last answer: 451 no")
    assert len(mail.sent) == tries


def test_nothing_is_sent_before_its_web_copy_can_be_read(store: SqlStore) -> None:
    mail, asked = Talk(), []
    made = desk(
        store, mail, url="https://news.example/w25/", published=lambda url: (asked.append(url), "answers 404")[1]
    )
    made.queue()
    report = made.send()
    assert (mail.opened, set(made.states().values())) == (0, {"pending"})
    assert report.failures[0].error == "waits for its web copy: answers 404"
    assert asked == ["https://news.example/w25/"]
    made.published = lambda url: ""
    assert made.send().done == 3


def test_a_days_allowance_is_resumed_the_next_day(store: SqlStore) -> None:
    mail = Talk(daily=2)
    made = desk(store, mail, readers=people(5))
    made.queue()
    assert [made.send().done, made.later(hours=23).done, made.later(hours=1).done, made.later(days=1).done] == [
        2,
        0,
        2,
        1,
    ]
    assert mail.recipients() == people(5)


def test_rows_of_a_channel_or_an_issue_that_is_gone_wait(store: SqlStore) -> None:
    mail = Talk()
    made = desk(store, mail)
    made.queue()
    lines, made.lines = made.lines, []
    assert made.send().extra["pending"] == 3
    made.lines, record = lines, made.record
    store.queue([replace(store.deliveries()[0], issue_id="rec-weekly/2020-W01")])
    made.record = record
    made.send()
    assert store.deliveries("rec-weekly/2020-W01")[0].state == "pending"
    assert len(mail.sent) == 3


# ----------------------------------------------------------- channels together
def test_M21_one_channel_down_three_up_each_once_and_the_one_retried_alone(store: SqlStore) -> None:
    down = Talk("b", lambda row: Later("down", stop=True))
    up = [Talk("a"), Talk("c", personal=False), Talk("d", personal=False, updates=True)]
    made = desk(store, up[0], down, *up[1:])
    made.queue()
    report = made.send()
    assert [(f.subject, f.error) for f in report.failures] == [(f"b {ISSUE} en", "down")]
    assert [len(c.sent) for c in up] == [3, 2, 2]
    assert (len(down.sent), Counter(made.states("b").values())) == (1, {"pending": 3})
    down.says = accepts
    made.later(minutes=15)
    assert Counter(down.recipients()) == Counter({people(3)[0]: 2, people(3)[1]: 1, people(3)[2]: 1})
    assert [len(c.sent) for c in up] == [3, 2, 2]


def test_M21_a_channel_that_stopped_is_left_alone_for_the_rest_of_the_run(store: SqlStore) -> None:
    down = Talk("page", lambda row: Later("down", stop=True), personal=False)
    made = desk(store, down)
    made.queue()
    made.send()
    assert len(down.sent) == 1  # of two languages


def test_only_one_channel_is_sent_to_when_it_is_named(store: SqlStore) -> None:
    one, two = Talk("one"), Talk("two")
    made = desk(store, one, two)
    made.queue()
    made.send(channel="two")
    assert (len(one.sent), len(two.sent)) == (0, 3)


# ------------------------------------------------------------------ properties
@given(st.integers(1, 10_000), st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=True)))
def test_whatever_is_asked_for_the_next_try_is_soon_enough_and_not_at_once(attempts: int, wait: float | None) -> None:
    assert timedelta(seconds=1) <= put_off(attempts, wait) <= timedelta(hours=6)


@given(
    st.sampled_from([Accepted("r"), Failed("f"), InDoubt("d"), Later("l"), Later("l", 5.0, stop=True)]),
    st.integers(0, 50),
)
def test_a_mark_counts_the_attempt_and_is_due_only_when_it_waits(outcome: Outcome, attempts: int) -> None:
    before = Delivery(ISSUE, "en", "mail", "a@m.example", 1, "<x@y>", "sending", NOW, NOW, attempts, "old", NOW)
    after = marked(before, outcome, NOW)
    assert after.attempts == attempts + 1
    assert (after.state == "pending") == (after.next_at is not None) == isinstance(outcome, Later)
    assert (after.last_error == "") == isinstance(outcome, Accepted)
    assert (after.message_id, after.queued_at) == (before.message_id, before.queued_at)
