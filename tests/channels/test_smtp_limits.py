"""Limits of mail servers: so many a minute, a day and a connection, and those that want to be asked twice (M09)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.servers.mailing import NOW, Post, channel, people, store_in
from tests.servers.raw_smtp import At, RawSmtp, Say

from digester.store.sql import SqlStore


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with store_in(tmp_path) as made:
        yield made


# ------------------------------------------------------------------------ pace
def test_M09_so_many_a_minute_means_so_long_between_two(server: RawSmtp, store: SqlStore) -> None:
    post = Post(store, channel(server.url, per_minute=30)).queue(people(5))
    post.send()
    assert post.channel.powers.clock.slept == [2.0] * 4
    assert len(server.taken) == 5


def test_M09_while_it_pauses_no_row_says_that_it_is_being_sent(server: RawSmtp, store: SqlStore) -> None:
    """Whoever kills a run that keeps a pace kills it in a pause, most likely."""
    post = Post(store, channel(server.url, per_minute=30)).queue(people(3))
    seen: list[list[str]] = []
    clock = post.channel.powers.clock
    clock.sleep = lambda seconds: seen.append(sorted(post.states().values()))
    post.send()
    assert seen == [["accepted", "pending", "pending"], ["accepted", "accepted", "pending"]]


def test_M09_asked_to_end_in_a_pause_nothing_more_is_sent(server: RawSmtp, store: SqlStore) -> None:
    post = Post(store, channel(server.url, per_minute=30)).queue(people(3))
    post.stopping = lambda: bool(post.channel.powers.clock.slept)
    post.send()
    assert sorted(post.states().values()) == ["accepted", "pending", "pending"]
    assert len(server.taken) == 1


@pytest.mark.parametrize(("batch", "connections"), [(1, 7), (3, 3), (7, 1), (100, 1), (0, 7)])
def test_M09_a_connection_carries_so_many(server: RawSmtp, store: SqlStore, batch: int, connections: int) -> None:
    Post(store, channel(server.url, batch=batch)).queue(people(7)).send()
    assert (len(server.taken), server.connections) == (7, connections)
    assert server.commands.count("quit") == connections


# ----------------------------------------------------------------------- quota
def test_M09_a_days_allowance_is_kept_and_the_rest_follows_the_days_after(server: RawSmtp, store: SqlStore) -> None:
    post = Post(store, channel(server.url, per_day=10)).queue(people(25))
    report = post.send()
    assert (report.done, report.failures[0].error) == (10, "10 messages a day were reached; the rest follows")
    assert post.later(hours=1).done == 0
    assert post.later(hours=22).done == 0
    assert post.later(hours=1).done == 10
    assert post.later(days=1).done == 5
    assert server.acceptances() == Counter(people(25))


def test_M09_what_is_in_doubt_counts_and_what_was_refused_does_not(server: RawSmtp, store: SqlStore) -> None:
    server.on("taken", Say(b"", hang_up=True), 1).on("RCPT", Say(b"550 no"), 2)
    post = Post(store, channel(server.url, per_day=4)).queue(people(8))
    post.send()
    assert Counter(post.states().values()) == {"accepted": 2, "in_doubt": 1, "failed": 1, "pending": 4}
    post.later(hours=2)  # one more: a refusal is no message
    assert Counter(post.states().values())["accepted"] == 3


def test_M09_a_quota_that_the_server_keeps_is_waited_for(server: RawSmtp, store: SqlStore) -> None:
    """454 for everybody from the eleventh on, until the next day."""
    open_until = 10

    def choose(at: At) -> Say | None:
        full = at.stage == "RCPT" and len(server.taken) >= open_until
        return Say(b"450 4.7.1 quota of the day exceeded") if full else None

    server.choose = choose
    post = Post(store, channel(server.url)).queue(people(15))
    assert post.send().done == 10
    assert {r.next_at for r in store.deliveries(states=("pending",))} == {NOW + timedelta(minutes=15)}
    for _ in range(4):
        assert post.later(hours=3).done == 0
    open_until = 100
    post.later(hours=12)
    assert server.acceptances() == Counter(people(15))


# ----------------------------------------------------------------- greylisting
def test_M09_a_server_that_wants_to_be_asked_again_is_asked_again(server: RawSmtp, store: SqlStore) -> None:
    """Who is new is told 450 and taken when a quarter of an hour has gone by, as greylisting does."""
    seen: dict[str, float] = {}
    post = Post(store, channel(server.url)).queue(people(6))

    def choose(at: At) -> Say | None:
        if at.stage != "RCPT":
            return None
        first = seen.setdefault(at.recipient, post.now.timestamp())
        return Say(b"450 4.2.0 greylisted") if post.now.timestamp() - first < 15 * 60 else None

    server.choose = choose
    assert post.send().done == 0
    assert post.later(minutes=5).seen == 0
    assert post.later(minutes=10).done == 6
    assert server.acceptances() == Counter(people(6))


def test_M09_who_is_put_off_again_and_again_is_asked_ever_less_often_and_given_up(
    server: RawSmtp, store: SqlStore
) -> None:
    server.on("RCPT", Say(b"450 4.2.1 mailbox busy"))
    post = Post(store, channel(server.url)).queue(people(1))
    waits = []
    while post.states()[people(1)[0]] == "pending":
        post.send()
        row = post.row(people(1)[0])
        if row.next_at:
            waits.append(row.next_at - post.now)
            post.now = row.next_at
    hours = [w.total_seconds() / 3600 for w in waits]
    assert hours[:7] == [0.25, 0.5, 1, 2, 4, 6, 6]
    assert row.state == "failed"
    assert row.last_error == "not accepted within 7 days; the last answer: 450 4.2.1 mailbox busy"
    assert len([c for c in server.commands if c.startswith("RCPT")]) == len(waits) == row.attempts < 40


def test_M09_a_person_who_sends_by_hand_does_not_wait(server: RawSmtp, store: SqlStore) -> None:
    server.on("RCPT", Say(b"450 greylisted"), 1)
    post = Post(store, channel(server.url)).queue(people(1))
    post.send()
    assert post.send().seen == 0
    assert post.send(at_once=True).done == 1


def test_M09_a_421_in_the_middle_is_a_new_connection_and_one_at_the_greeting_the_next_run(
    server: RawSmtp, store: SqlStore
) -> None:
    server.on("MAIL", Say(b"421 4.7.0 too many messages", hang_up=True), 3)
    server.on("connect", Say(b"421 4.7.0 too many connections", hang_up=True), 2)
    post = Post(store, channel(server.url)).queue(people(5))
    assert post.send().done == 2
    assert post.in_state("pending") == people(5)[2:]
    assert post.later(minutes=15).done == 3
    assert server.acceptances() == Counter(people(5))
