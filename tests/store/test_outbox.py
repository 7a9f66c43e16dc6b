"""The outbox in the store, on both databases: a row once, claimed by one, in doubt when a run died, erased without a trace."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from tests.store.samples import HARD, HOUR, NOW

from digester.domain.delivery import Accepted, Delivery, Failed, InDoubt, Later, State, marked
from digester.domain.subscribers import Subscriber
from digester.store import schema as t
from digester.store.sql import SqlStore

STATES = get_args(State)

ANA, BEN = "ana.lumen@mail.example", "ben@mail.example"
ISSUE = "rec-weekly/2026-W25"


def row(recipient: str = ANA, **changes: object) -> Delivery:
    made = Delivery(ISSUE, "en", "mail", recipient, 1, f"<{len(recipient)}@digest.example>", "pending", NOW, NOW)
    return replace(made, **changes)


def person(address: str = ANA, **changes: object) -> Subscriber:
    return replace(Subscriber(address, address, f"id-{address[:3]}", ("en",), "active", NOW), **changes)


def everything(store: SqlStore) -> str:
    """All that stands in any table."""
    with store.engine.connect() as c:
        return repr([list(c.execute(select(table))) for table in t.metadata.sorted_tables])


# ------------------------------------------------------------------------ rows
def test_a_row_comes_back_whole(store: SqlStore) -> None:
    full = row(attempts=3, state="in_doubt", last_error=HARD, next_at=NOW + HOUR, remote=HARD, changed_at=NOW + HOUR)
    assert store.queue([full]) == 1
    assert store.delivery(ISSUE, "en", "mail", ANA) == full
    assert store.deliveries() == [full]


def test_a_row_is_queued_once_whatever_its_revision_and_stays_as_it_is(store: SqlStore) -> None:
    first = row(state="accepted", remote="r")
    assert store.queue([first, row(BEN)]) == 2
    assert store.queue([row(revision=2), row(BEN, revision=9), row("c@mail.example")]) == 1
    assert store.delivery(ISSUE, "en", "mail", ANA) == first
    assert [r.revision for r in store.deliveries()] == [1, 1, 1]


@pytest.mark.parametrize("change", [{"language": "zh"}, {"channel": "other"}, {"recipient": BEN}, {"issue_id": "x/1"}])
def test_a_row_is_another_by_issue_language_channel_or_recipient(store: SqlStore, change: dict[str, str]) -> None:
    assert store.queue([row(), row(**change)]) == 2


def test_recipients_are_told_apart_to_the_letter(store: SqlStore) -> None:
    spelled = [ANA, ANA.upper(), f" {ANA}", f"{ANA} ", "Ana.lumen@mail.example", "李@mail.example", ""]
    assert store.queue([row(r) for r in spelled]) == len(spelled)


def test_many_rows_are_queued_whole(store: SqlStore) -> None:
    many = [row(f"r{n}@mail.example") for n in range(1000)]
    assert store.queue(many) == 1000
    assert store.queue(many) == 0
    assert len(store.deliveries(ISSUE, ("pending",), "mail")) == 1000


def test_rows_are_found_by_issue_state_and_channel(store: SqlStore) -> None:
    rows = [row(f"{s}{n}", state=s, channel=f"c{n}") for s in STATES for n in range(2)]
    store.queue(rows)
    assert [r.state for r in store.deliveries(ISSUE, ("failed", "in_doubt"), "c1")] == ["failed", "in_doubt"]
    assert store.deliveries("another") == []
    assert len(store.deliveries()) == 2 * len(STATES)


def test_nothing_queued_is_nothing(store: SqlStore) -> None:
    assert store.queue([]) == 0
    assert store.delivery(ISSUE, "en", "mail", ANA) is None
    assert store.doubt(NOW) == 0


# ----------------------------------------------------------------------- marks
@pytest.mark.parametrize("outcome", [Accepted("r"), Failed("f"), InDoubt("d"), Later("l"), Later("l", 7.0, stop=True)])
def test_a_mark_changes_its_row_and_no_other(store: SqlStore, outcome: Accepted | Failed | InDoubt | Later) -> None:
    store.queue([row(), row(BEN)])
    done = marked(row(), outcome, NOW + HOUR)
    store.mark(done)
    assert store.delivery(ISSUE, "en", "mail", ANA) == done
    assert store.delivery(ISSUE, "en", "mail", BEN) == row(BEN)


def test_a_mark_makes_no_row(store: SqlStore) -> None:
    store.mark(row(state="accepted"))
    assert store.deliveries() == []


def test_a_row_is_claimed_once(store: SqlStore) -> None:
    store.queue([row()])
    sending = row(state="sending", changed_at=NOW + HOUR)
    assert [store.claim(sending), store.claim(sending)] == [True, False]
    assert store.deliveries() == [sending]


@pytest.mark.parametrize("state", [s for s in STATES if s != "pending"])
def test_what_does_not_wait_cannot_be_claimed(store: SqlStore, state: str) -> None:
    store.queue([row(state=state)])
    assert not store.claim(row(state="sending"))
    assert store.deliveries() == [row(state=state)]


def test_what_became_of_the_one_before_is_noted_with_the_claim(store: SqlStore) -> None:
    store.queue([row(), row(BEN)])
    store.claim(row(state="sending"))
    assert store.claim(row(BEN, state="sending"), row(state="accepted"))
    assert {r.recipient: r.state for r in store.deliveries()} == {ANA: "accepted", BEN: "sending"}
    assert not store.claim(row("gone@mail.example", state="sending"), row(BEN, state="failed"))
    assert {r.recipient: r.state for r in store.deliveries()} == {ANA: "accepted", BEN: "failed"}


def test_of_many_senders_one_claims(store: SqlStore) -> None:
    rows = [row(f"r{n}@mail.example") for n in range(20)]
    store.queue(rows)
    won: list[str] = []
    start = threading.Barrier(4)

    def claim_all() -> None:
        start.wait()
        won.extend(r.recipient for r in rows if store.claim(replace(r, state="sending")))

    threads = [threading.Thread(target=claim_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(won) == sorted(r.recipient for r in rows)


def test_what_was_being_sent_when_a_run_ended_is_in_doubt_once(store: SqlStore) -> None:
    store.queue([row(state="sending", attempts=2), row(BEN), row("c@mail.example", state="accepted")])
    assert [store.doubt(NOW + HOUR), store.doubt(NOW + 2 * HOUR)] == [1, 0]
    (left,) = store.deliveries(states=("in_doubt",))
    assert (left.recipient, left.changed_at, left.attempts) == (ANA, NOW + HOUR, 2)
    assert left.last_error == "the run ended while this was being sent"


def test_what_was_sent_since_a_moment_is_counted_with_what_is_in_doubt(store: SqlStore) -> None:
    ages = {"a": ("accepted", 0), "b": ("in_doubt", 1), "c": ("accepted", 24), "d": ("failed", 1), "e": ("pending", 0)}
    store.queue([row(r, state=s, changed_at=NOW - hours * HOUR) for r, (s, hours) in ages.items()])
    assert store.sent_since("mail", NOW - timedelta(days=1)) == 2
    assert store.sent_since("mail", NOW - timedelta(days=2)) == 3
    assert store.sent_since("other", NOW - timedelta(days=2)) == 0


def test_queueing_is_whole_or_not_at_all(engine: Engine) -> None:
    store = SqlStore(engine)
    halves = [row(), row("\ud800half@mail.example")]
    with pytest.raises(Exception, match=r"the database said no|surrogate"):
        store.queue(halves)
    assert store.deliveries() == []


# ---------------------------------------------------------------------- people
def test_people_come_back_and_are_found_by_key_and_by_id(store: SqlStore) -> None:
    ana, ben = person(why=HARD), person(BEN, standing="suppressed", languages=())
    store.save_subscribers([ben, ana])
    assert store.subscribers() == [ana, ben]
    assert (store.subscriber(ANA), store.subscriber_by_id("id-ben"), store.subscriber("x")) == (ana, ben, None)
    store.save_subscribers([replace(ana, standing="suppressed")])
    assert store.subscriber(ANA) == replace(ana, standing="suppressed")


def test_an_erased_address_stands_in_no_table(store: SqlStore) -> None:
    spelled = [ANA, "Ana.Lumen+x@mail.example"]
    told = f"550 5.1.1 <{ANA}> unknown"
    store.save_subscribers([person(), person(BEN)])
    store.queue([
        *(row(r, state=s, language=s, last_error=told, remote=ANA, message_id=f"<{ANA}>") for r in spelled for s in STATES),
        row(BEN),
    ])  # fmt: skip
    assert store.erase(ANA, "id:7", spelled) == 2 * len(STATES)
    found = everything(store).lower()
    assert ANA not in found
    assert "lumen" not in found
    assert store.subscribers() == [person(BEN)]
    left = {r.language: r.state for r in store.deliveries() if r.recipient == "id:7"}
    assert left == {s: "failed" if s in ("pending", "sending") else s for s in STATES}
    assert store.delivery(ISSUE, "en", "mail", BEN) == row(BEN)


def test_what_is_erased_while_it_is_sent_does_not_come_back(store: SqlStore) -> None:
    store.queue([row()])
    sending = row(state="sending")
    store.claim(sending)
    store.erase(ANA, "id:7", [ANA])
    store.mark(marked(sending, Accepted(f"<{ANA}> taken"), NOW))
    assert ANA not in everything(store)


def test_erasing_nobody_changes_nothing(store: SqlStore) -> None:
    store.save_subscribers([person(BEN)])
    store.queue([row(BEN)])
    assert store.erase(ANA, "id:7", [ANA]) == store.erase(ANA, "id:7", []) == 0
    assert (store.subscribers(), store.deliveries()) == ([person(BEN)], [row(BEN)])


# ------------------------------------------------------------------ properties
addresses = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(addresses, st.integers(1, 3)), max_size=8))
def test_any_recipients_are_queued_once_each(store: SqlStore, recipients: list[tuple[str, int]]) -> None:
    before = {r.recipient for r in store.deliveries()}
    wanted = {r for r, _ in recipients}
    assert store.queue([row(r, revision=n) for r, n in recipients]) == len(wanted - before)
    assert {r.recipient for r in store.deliveries()} == before | wanted
