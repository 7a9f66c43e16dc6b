"""What is queued for whom and when again, and posts of several parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.pipeline.talks import Desk, Talk, desk
from tests.servers.mailing import reader, store_in

from digester.domain.delivery import Accepted, Failed, InDoubt, Later, Outcome
from digester.issues import KINDS
from digester.pipeline import send
from digester.store.sql import SqlStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with store_in(tmp_path) as made:
        yield made


# -------------------------------------------------------------------- queueing
def test_every_reader_has_a_row_in_each_language_they_asked_for_and_who_asked_for_none_in_the_first(
    store: SqlStore,
) -> None:
    mail = Talk()
    made = Desk(store, [send.Line(mail)], [reader("a@m.example"), reader("b@m.example", "zh"), reader("c@m.example", "zh", "en"),
                                           reader("d@m.example", "fr"), reader("e@m.example", standing="suppressed")])  # fmt: skip
    assert made.queue() == 4
    assert sorted(made.states(language="en")) == ["a@m.example", "c@m.example"]
    assert sorted(made.states(language="zh")) == ["b@m.example", "c@m.example"]


def test_a_line_that_sends_one_language_has_that_for_its_first(store: SqlStore) -> None:
    made = Desk(store, [send.Line(Talk(), ("zh",))], [reader("a@m.example"), reader("b@m.example", "en")])
    made.queue()
    assert (made.states(language="zh"), made.states(language="en")) == ({"a@m.example": "pending"}, {})


def test_an_issue_is_queued_once_for_a_channel_and_a_language(store: SqlStore) -> None:
    made = desk(store, Talk())
    assert (made.queue(), made.queue()) == (3, 0)
    made.people.append(reader("later@mail.example"))
    assert made.queue() == 0
    made.lines.append(send.Line(Talk("second"), ("en",)))
    assert made.queue() == 4  # a channel that is new gets it whole, late readers included
    made.send()
    assert "later@mail.example" not in made.states("mail")


def test_an_issue_goes_to_the_channels_of_its_kind(store: SqlStore) -> None:
    lines = [send.Line(Talk("a")), send.Line(Talk("b"))]
    kind = replace(KINDS["rec-weekly"], channels=("b",))
    assert [x.channel.name for x in send.lines_of(kind, lines)] == ["b"]
    assert send.lines_of(replace(kind, channels=None), lines) == lines
    assert send.lines_of(replace(kind, channels=()), lines) == []


def test_a_correction_is_not_mailed_again_but_posted_over_what_was_posted(store: SqlStore) -> None:
    mail, page = Talk(), Talk("page", personal=False, updates=True)
    made = desk(store, mail, page)
    made.queue()
    made.send()
    made.record = replace(made.record, revision=2)
    assert made.queue() == 2  # the page in both languages
    report = made.send()
    assert (len(mail.sent), [r.revision for r in page.sent]) == (3, [1, 1, 2, 2])
    assert report.done == 2
    assert made.queue() == 0


@pytest.mark.parametrize(("outcome", "again"), [(Accepted(), 2), (Failed("no"), 2), (InDoubt("?"), 0), (Later("x"), 0)])
def test_what_is_in_doubt_or_waits_is_not_made_due_by_a_correction(
    store: SqlStore, outcome: Outcome, again: int
) -> None:
    made = desk(store, Talk("page", lambda row: outcome, personal=False, updates=True))
    made.queue()
    made.send()
    made.send()
    made.record = replace(made.record, revision=2)
    assert made.queue() == again


def test_what_waited_is_sent_and_noted_in_the_revision_of_the_day(store: SqlStore) -> None:
    page = Talk("page", personal=False, updates=True)
    made = desk(store, page)
    made.queue()
    made.record = replace(made.record, revision=2)
    made.queue()
    made.send()
    assert [r.revision for r in page.sent] == [r.revision for r in store.deliveries()] == [2, 2]
    assert made.queue() == 0


# ----------------------------------------------------------------------- parts
def test_parts_of_a_post_follow_one_another_and_wait_for_the_one_before(store: SqlStore) -> None:
    parts = [f"{n:02}/12" for n in range(1, 13)]
    chat = Talk("chat", lambda row: Later("429") if row.recipient == "03/12" and len(chat.sent) == 3 else Accepted(),
                personal=False, names=parts)  # fmt: skip
    made = Desk(store, [send.Line(chat, ("en",))])
    made.queue()
    made.send()
    assert chat.recipients() == parts[:3]
    made.send()  # the third is not due yet, and no later one goes before it
    assert chat.recipients() == parts[:3]
    made.later(minutes=15)
    assert chat.recipients() == [*parts[:3], *parts[2:]]


def test_after_a_part_that_is_refused_no_later_one_is_posted(store: SqlStore) -> None:
    chat = Talk("chat", lambda row: Failed("400") if row.recipient == "2/3" else Accepted(), personal=False,
                names=("1/3", "2/3", "3/3"))  # fmt: skip
    made = Desk(store, [send.Line(chat, ("en",))])
    made.queue()
    made.send()
    made.send()
    assert made.states("chat") == {"1/3": "accepted", "2/3": "failed", "3/3": "failed"}
    assert chat.recipients() == ["1/3", "2/3"]


@pytest.mark.parametrize("outcome", [Failed("no"), Later("not now"), InDoubt("?")])
def test_M21_places_that_are_no_parts_do_not_wait_for_one_another(store: SqlStore, outcome: Outcome) -> None:
    """Addresses of several services in one channel: one that is down keeps no other from its message."""
    places = ("discord-1a2b3c4d", "ntfy-5e6f7a8b", "tgram-9c0d1e2f")
    many = Talk("many", lambda row: outcome if row.recipient == places[0] else Accepted(), personal=False, names=places)
    made = Desk(store, [send.Line(many, ("en",))])
    made.queue()
    made.send()
    made.send()
    assert Counter(made.states("many").values())["accepted"] == 2
    assert many.recipients() == list(places)
