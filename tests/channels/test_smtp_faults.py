"""Servers that hang up, lose a reply, answer twice, late, endlessly or in octets that mean nothing (M05, M06, M11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers.mailing import Post, channel, people, store_in
from tests.servers.raw_smtp import At, RawSmtp, Say
from tests.servers.services import free_port

from digester.channels._smtp_session import DOUBTS, TRIES

ALL = people(4)
HIM = ALL[1]
BEFORE = ("connect", "EHLO", "MAIL", "RCPT", "DATA")  # stages at which the message cannot have been taken
HANG_UPS = [
    Say(b"", hang_up=True),
    Say(b"", reset=True),
    Say(b"25", hang_up=True),
    Say(b"250-half an answer\r\n", hang_up=True),
]
IDS = ["hangs up", "resets", "no code", "half an answer"]
BROKEN = {
    "not a code": b"hello there",
    "binary": bytes(range(256)).replace(b"\n", b"") + b"\r\n",
    "no end of line": b"2" * 100_000,
    "too many lines": b"250-more\r\n" * 5_000,
    "a code of its own": b"999 what?",
    "empty lines": b"\r\n\r\n\r\n",
    "another protocol": b"HTTP/1.1 400 Bad Request\r\n\r\n",
}


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


@pytest.fixture
def post(server: RawSmtp, tmp_path: Path) -> Iterator[Post]:
    with store_in(tmp_path) as store:
        yield Post(store, channel(server.url)).queue(ALL)


def once_each(server: RawSmtp, *recipients: str) -> bool:
    return server.acceptances() == Counter(recipients)


# -------------------------------------------------------------------- hang-ups
@pytest.mark.parametrize("say", HANG_UPS, ids=IDS)
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_M05_after_a_hang_up_before_the_end_of_the_data_the_message_goes_over_a_new_connection(
    server: RawSmtp, post: Post, stage: str, say: Say
) -> None:
    server.on(stage, say, 2)
    assert post.send().failures == ()
    assert once_each(server, *ALL)
    assert server.connections == 2


@pytest.mark.parametrize("stage", BEFORE)
def test_M05_a_server_that_always_hangs_up_stops_the_channel_and_nobody_fails(
    server: RawSmtp, post: Post, stage: str
) -> None:
    server.on(stage, Say(b"", hang_up=True))
    report = post.send()
    assert post.states() == dict.fromkeys(ALL, "pending")
    assert len(report.failures) == 1
    assert not server.taken
    server._plan.clear()
    post.later(minutes=30)
    assert once_each(server, *ALL)


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_M05_one_recipient_at_whom_the_server_always_hangs_up_keeps_nobody_else_waiting(
    server: RawSmtp, post: Post, stage: str
) -> None:
    server.choose = lambda at: Say(b"", hang_up=True) if (at.stage, at.recipient) == (stage, HIM) else None
    assert post.send().failures == ()
    assert post.states() == dict.fromkeys(ALL, "accepted") | {HIM: "pending"}
    assert f"lost {TRIES} times" in post.row(HIM).last_error
    assert once_each(server, *(set(ALL) - {HIM}))


@pytest.mark.parametrize("say", [Say(b"250 ok", hang_up=True), Say(b"250 ok", reset=True)], ids=["hangs up", "resets"])
@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "taken"])
def test_M05_a_hang_up_after_an_answer_costs_a_connection_and_nothing_else(
    server: RawSmtp, post: Post, stage: str, say: Say
) -> None:
    server.on(stage, say, 2 if stage != "EHLO" else 1)
    post.send()
    assert post.states() == dict.fromkeys(ALL, "accepted")
    assert once_each(server, *ALL)


@pytest.mark.parametrize("takes", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("say", HANG_UPS, ids=IDS)
def test_M05_a_reply_that_is_lost_after_the_whole_message_leaves_it_in_doubt_for_ever(
    server: RawSmtp, post: Post, say: Say, takes: bool
) -> None:
    lost = Say(say.octets, hang_up=say.hang_up, reset=say.reset, takes=takes)
    server.on("taken", lost, 2)
    report = post.send()
    assert (report.extra["in_doubt"], post.in_state("in_doubt")) == (1, [HIM])
    assert post.row(HIM).last_error.startswith(("no reply after the whole", "after the whole message: no code"))
    server._plan.clear()
    for _ in range(3):
        assert post.later(days=1).seen == 0
    assert once_each(server, *(set(ALL) - {HIM}), *([HIM] if takes else []))


def test_M05_while_the_message_is_sent_a_hang_up_means_it_was_not_taken(server: RawSmtp, post: Post) -> None:
    server.on("DATA", Say(b"354 go on", reset=True), 2)
    post.send()
    assert post.states()[HIM] in ("accepted", "in_doubt")  # whether the octets had left is up to the system
    assert server.acceptances() <= Counter(ALL)


def test_M05_doubt_after_doubt_stops_the_channel_before_everybody_is_in_it(server: RawSmtp, tmp_path: Path) -> None:
    server.on("taken", Say(b"", hang_up=True, takes=True))
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(people(20))
        report = post.send()
        assert (len(post.in_state("in_doubt")), len(post.in_state("pending"))) == (DOUBTS, 20 - DOUBTS)
        assert "in doubt" in report.failures[0].error


def test_M05_nobody_listens(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        post = Post(store, channel(f"smtp+plain://127.0.0.1:{free_port()}")).queue(ALL)
        report = post.send()
        assert post.states() == dict.fromkeys(ALL, "pending")
        assert report.failures[0].error == "the mail server cannot be used: ConnectionRefusedError: [Errno 111] Connection refused"  # fmt: skip


# ------------------------------------------------------------ odd good replies
@pytest.mark.parametrize(
    "say",
    [Say(b"500 what?"), Say(b"", hang_up=True), Say(b"", reset=True), Say(bytes(range(128, 256))), Say(b"2" * 9_000)],
    ids=["500", "hangs up", "resets", "binary", "too long"],
)
def test_M06_what_is_said_to_quit_changes_nothing(server: RawSmtp, post: Post, say: Say) -> None:
    server.on("QUIT", say)
    assert post.send().failures == ()
    assert post.states() == dict.fromkeys(ALL, "accepted")
    assert (server.commands[-1], server.connections) == ("quit", 1)


GOOD = {
    "many lines": b"250-one\r\n250-two\r\n250 three\r\n",
    "bare line feeds": b"250-one\n250 two\n",
    "no text": b"250\r\n",
    "binary": b"250 " + bytes(range(128, 256)) + b"\r\n",
    "a long line": b"250 " + b"x" * 1_500 + b"\r\n",
    "another 2xx": b"251 will forward\r\n",
}


@pytest.mark.parametrize("said", GOOD.values(), ids=list(GOOD))
@pytest.mark.parametrize("stage", ["RCPT", "taken"])
def test_M06_an_odd_yes_is_a_yes(server: RawSmtp, post: Post, stage: str, said: bytes) -> None:
    server.on(stage, Say(said))
    post.send()
    assert post.states() == dict.fromkeys(ALL, "accepted")
    assert once_each(server, *ALL)
    assert all(len(post.row(r).remote) <= 200 and post.row(r).remote.isprintable() for r in ALL)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "taken"])
def test_M06_an_answer_in_single_octets_is_waited_for(server: RawSmtp, post: Post, stage: str) -> None:
    said = {"DATA": b"354 go on", "taken": b"250 ok"}.get(stage, b"250-a\r\n250 b")
    server.on(stage, Say(said, pause=0.001))
    post.send()
    assert once_each(server, *ALL)


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT", "DATA", "taken"])
def test_M06_an_answer_given_twice_is_not_taken_for_that_to_the_next_command(
    server: RawSmtp, post: Post, stage: str
) -> None:
    once = {"EHLO": b"250 hi\r\n", "DATA": b"354 go on\r\n"}.get(stage, b"250 ok\r\n")
    server.on(stage, Say(once * 2), 1)
    post.send()
    assert post.states() == dict.fromkeys(ALL, "accepted")
    assert once_each(server, *ALL)


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_M06_a_refusal_behind_a_double_answer_is_nobody_elses(server: RawSmtp, post: Post, stage: str) -> None:
    """The second answer comes late, so that it is read as that to the next command."""

    def choose(at: At) -> Say | None:
        if (at.stage, at.n) == (stage, 1):
            good = b"354 go on\r\n" if stage == "DATA" else b"250 ok\r\n"
            return Say(good + b"250 ok\r\n", pause=0.0)
        return Say(b"550 no") if (at.stage, at.recipient) == ("RCPT", HIM) else None

    server.choose = choose
    post.send()
    states = post.states()
    assert states[HIM] == "failed"
    assert set(states.values()) <= {"accepted", "failed", "in_doubt"}
    accepted = [r for r, s in states.items() if s == "accepted"]
    assert server.acceptances() <= Counter(ALL)
    assert set(accepted) - {ALL[0]} <= set(server.acceptances())


@pytest.mark.parametrize("said", BROKEN.values(), ids=list(BROKEN))
def test_M06_an_answer_to_the_message_that_is_none_leaves_it_in_doubt(server: RawSmtp, post: Post, said: bytes) -> None:
    server.on("taken", Say(said, takes=True), 2)
    post.send()
    assert post.in_state("in_doubt") == [HIM]
    post.later(days=1)
    assert once_each(server, *ALL)


@pytest.mark.parametrize("code", [100, 220, 354, 334, 699])
def test_M06_an_answer_to_the_message_of_another_kind_is_no_refusal(server: RawSmtp, post: Post, code: int) -> None:
    server.on("taken", Say(f"{code} hm".encode(), takes=True), 2)
    post.send()
    post.later(days=1)
    assert post.row(HIM).state == ("accepted" if code // 100 == 2 else "in_doubt")
    assert once_each(server, *ALL)


@pytest.mark.parametrize("said", BROKEN.values(), ids=list(BROKEN))
@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
def test_M06_an_answer_that_is_none_before_the_end_of_the_data_costs_a_connection(
    server: RawSmtp, post: Post, stage: str, said: bytes
) -> None:
    server.on(stage, Say(said), 2)
    post.send()
    assert once_each(server, *ALL)
    assert post.states() == dict.fromkeys(ALL, "accepted")


# ------------------------------------------------------------------- deadlines
TARPITS = {
    "says nothing": Say(b"", silent=True),
    "an octet now and then": Say(b"2" * 50_000, pause=0.05),
    "a line now and then": Say(b"250-\r\n" * 50_000, pause=0.01),
}


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        ("connect", "says nothing"),
        ("EHLO", "a line now and then"),
        ("MAIL", "an octet now and then"),
        ("RCPT", "says nothing"),
        ("DATA", "a line now and then"),
        ("RSET", "an octet now and then"),
        ("QUIT", "says nothing"),
    ],
)
def test_M11_a_tarpit_ends_at_the_deadline_of_a_reply(server: RawSmtp, post: Post, stage: str, kind: str) -> None:
    post.channel.patience = 0.4
    server.on(stage, TARPITS[kind], 1)
    if stage == "RSET":
        server.on("RCPT", Say(b"450 not now"), 1)
    post.send()
    assert "in_doubt" not in post.states().values()
    post.channel.patience = 20
    post.later(hours=1)
    assert once_each(server, *ALL)


def test_M11_a_tarpit_after_the_message_ends_too_and_leaves_a_doubt(server: RawSmtp, post: Post) -> None:
    post.channel.patience = 0.2  # ten times that for this reply
    server.on("taken", Say(b"2" * 50_000, pause=0.05, takes=True), 1)
    post.send()
    assert post.in_state("in_doubt") == ALL[:1]
    assert once_each(server, *ALL)


@pytest.mark.parametrize("stage", ["connect", "EHLO", "MAIL", "RCPT", "DATA", "QUIT"])
@pytest.mark.parametrize("said", [b"250-flood\r\n" * 1_000, b"flood" * 10_000])
def test_M11_a_flood_is_left_and_costs_no_memory(server: RawSmtp, post: Post, stage: str, said: bytes) -> None:
    server.on(stage, Say(said, floods=True), 1)
    post.send()
    assert "in_doubt" not in post.states().values()
    post.later(hours=1)
    assert once_each(server, *ALL)
