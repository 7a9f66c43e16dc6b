"""Mail that is refused, at every stage of the dialogue and with every kind of code (M04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.servers.mailing import NOW, Post, channel, people, store_in
from tests.servers.raw_smtp import At, RawSmtp, Say

from digester.channels._smtp_session import REFUSED

TEMPORARY = (400, 432, 450, 451, 452, 454, 455, 471, 499)
LASTING = (500, 501, 502, 503, 504, 521, 530, 541, 550, 551, 552, 553, 554, 555, 571, 599)
PERSONAL = ("RCPT", "DATA", "taken")  # stages whose answer is about one recipient
ALL = people(4)
HIM = ALL[1]


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


@pytest.fixture
def post(server: RawSmtp, tmp_path: Path) -> Iterator[Post]:
    with store_in(tmp_path) as store:
        yield Post(store, channel(server.url)).queue(ALL)


def refuse(server: RawSmtp, stage: str, octets: bytes, recipient: str = HIM, **how: bool) -> None:
    """What is said about this recipient whenever it comes to this stage."""
    said = Say(octets, **how)
    server.choose = lambda at: said if (at.stage, at.recipient) == (stage, recipient) else None


def once_each(server: RawSmtp, *recipients: str) -> bool:
    return server.acceptances() == Counter(recipients)


# --------------------------------------------------------------- one recipient
@pytest.mark.parametrize("stage", PERSONAL)
def test_M04_each_4xx_puts_off_its_recipient_and_each_5xx_fails_it_and_the_rest_is_served(
    server: RawSmtp, tmp_path: Path, stage: str
) -> None:
    """One recipient for each code, and one who is served between two of them."""
    theirs = {f"r{code}@mail.example": code for code in (*TEMPORARY, *LASTING)}
    served = [f"r{code}-served@mail.example" for code in theirs.values()]

    def choose(at: At) -> Say | None:
        code = theirs.get(at.recipient) if at.stage == stage else None
        return Say(f"{code} 4.7.1 <{at.recipient}> not now".encode()) if code else None

    server.choose = choose
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue([*theirs, *served])
        report = post.send()
        assert report.failures == ()
        for recipient, code in theirs.items():
            row = post.row(recipient)
            due = NOW + timedelta(minutes=15) if code < 500 else None
            assert (row.state, row.attempts, row.next_at) == ("pending" if due else "failed", 1, due)
            assert row.last_error == f"{code} 4.7.1 <(the recipient)> not now"
        assert once_each(server, *served)
        assert (post.later(minutes=14).seen, post.later(minutes=1).seen) == (0, len(TEMPORARY))
        server.choose = lambda at: None
        assert post.later(minutes=30).done == len(TEMPORARY)
        assert once_each(server, *served, *(r for r, code in theirs.items() if code < 500))


@pytest.mark.parametrize("stage", PERSONAL)
@pytest.mark.parametrize("n", [1, 2, 4])
@pytest.mark.parametrize("code", [450, 550])
def test_M04_whichever_recipient_it_is_the_others_are_served(
    server: RawSmtp, post: Post, stage: str, n: int, code: int
) -> None:
    server.on(stage, Say(f"{code} not this one".encode()), n)
    post.send()
    assert post.states() == dict.fromkeys(ALL, "accepted") | {ALL[n - 1]: "pending" if code == 450 else "failed"}
    assert once_each(server, *(r for r in ALL if r != ALL[n - 1]))


def test_M04_after_a_refusal_the_transaction_is_reset_on_the_same_connection(server: RawSmtp, post: Post) -> None:
    refuse(server, "RCPT", b"550 no")
    post.send()
    assert server.connections == 1
    assert [c.split(":")[0] for c in server.commands[4:7]] == ["MAIL FROM", "RCPT TO", "rset"]


@pytest.mark.parametrize(
    "say", [Say(b"451 cannot"), Say(b"502 what?"), Say(b"", hang_up=True), Say(b"250", reset=True)]
)
def test_M04_a_reset_that_fails_costs_a_connection_and_nothing_else(server: RawSmtp, post: Post, say: Say) -> None:
    refuse(server, "RCPT", b"550 no")
    server.on("RSET", say)
    post.send()
    assert (server.connections, post.in_state("failed")) == (2, [HIM])
    assert once_each(server, *(set(ALL) - {HIM}))


def test_M04_a_sender_that_is_put_off_is_one_messages_fault(server: RawSmtp, post: Post) -> None:
    server.on("MAIL", Say(b"452 4.3.1 no room"), 2)
    post.send()
    assert post.states() == dict.fromkeys(ALL, "accepted") | {HIM: "pending"}


# ------------------------------------------------------- the whole connection
STOPPED = [
    ("connect", b"554 5.7.1 no service for you"),
    ("connect", b"421 4.3.2 not now"),
    ("connect", b"450 greylisted"),
    ("connect", b"250 a greeting that is none"),
    ("EHLO", b"550 no"),
    ("EHLO", b"421 not now"),
    ("MAIL", b"550 5.7.1 sender rejected"),
    ("MAIL", b"530 5.7.0 authentication required"),
    ("MAIL", b"552 too big"),
    ("MAIL", b"553 5.1.8 no such domain"),
    ("MAIL", b"421 too many"),
    ("RCPT", b"421 too many"),
    ("DATA", b"421 too many"),
    ("taken", b"421 4.3.0 no disk"),
]


@pytest.mark.parametrize(("stage", "said"), STOPPED, ids=lambda x: x if isinstance(x, str) else str(x[:3]))
def test_M04_what_is_refused_for_everybody_stops_the_channel_and_nobody_fails(
    server: RawSmtp, post: Post, stage: str, said: bytes
) -> None:
    server.on(stage, Say(said)).on("HELO", Say(said if stage == "EHLO" else None))
    report = post.send()
    assert post.states() == dict.fromkeys(ALL, "pending")
    assert [post.row(r).attempts for r in ALL] == [1, 0, 0, 0]
    assert len(report.failures) == 1
    assert said[:3].decode() in report.failures[0].error
    assert not server.taken
    server._plan.clear()
    assert post.later(minutes=15).done == 4
    assert once_each(server, *ALL)


@pytest.mark.parametrize("stage", ["MAIL", *PERSONAL])
def test_M04_a_421_is_answered_by_a_new_connection(server: RawSmtp, post: Post, stage: str) -> None:
    server.on(stage, Say(b"421 4.7.0 enough for one connection", hang_up=True), 2)
    post.send()
    assert once_each(server, *ALL)
    assert server.connections == 2


def test_M04_a_server_that_knows_no_ehlo_is_greeted_the_old_way(server: RawSmtp, post: Post) -> None:
    server.on("EHLO", Say(b"502 unknown"))
    post.send()
    assert once_each(server, *ALL)
    assert "SIZE" not in server.commands[2]


def test_M04_what_everybody_is_refused_stops_after_some_and_spares_the_rest(server: RawSmtp, tmp_path: Path) -> None:
    many = people(REFUSED + 30)
    server.on("RCPT", Say(b"550 5.7.1 relaying denied"))
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(many)
        report = post.send()
        assert (len(post.in_state("failed")), len(post.in_state("pending"))) == (0, len(many))
        assert (
            report.failures[0].error
            == f"refused {REFUSED} times in a row, the last time with 550 5.7.1 relaying denied"
        )
        post.send()
        server._plan.clear()
        post.later(minutes=60)
        assert once_each(server, *many)


def test_M04_some_that_are_refused_in_a_row_do_not_keep_the_others_from_their_mail(
    server: RawSmtp, tmp_path: Path
) -> None:
    many = people(REFUSED + 30)
    server.choose = lambda at: Say(b"550 5.1.1 no such user") if at.stage == "RCPT" and at.n <= REFUSED + 5 else None
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(many)
        post.send()
        post.later(minutes=10)
        assert once_each(server, *many[REFUSED + 5 :])
        assert len(post.in_state("failed")) == 5


def test_M04_refusals_between_which_one_is_taken_stop_nothing(server: RawSmtp, tmp_path: Path) -> None:
    def choose(at: At) -> Say | None:
        return Say(b"550 no") if at.stage == "RCPT" and at.n % 10 else None

    server.choose = choose
    many = people(60)
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(many)
        assert post.send().failures == ()
        assert once_each(server, *many[9::10])


def test_M04_a_message_that_is_larger_than_the_server_takes_says_how_large_it_is(server: RawSmtp, post: Post) -> None:
    server.on("MAIL", Say(b"552 5.3.4 too large"))
    report = post.send()
    size = int(server.commands[1].partition("SIZE=")[2])
    assert size > 10_000
    assert "sender is refused: 552 5.3.4 too large" in report.failures[0].error
