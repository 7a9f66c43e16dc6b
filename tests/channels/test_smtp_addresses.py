"""Addresses as they go over the wire: quoted, in other scripts, of other scripts' domains, and twice in a list (M03, M15, M17)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.channels.strict_mail import complaints
from tests.domain.test_subscribers import REFUSED, TAKEN, _published
from tests.outputs.mail_reading import defects, parsed
from tests.servers.mail import Receiver
from tests.servers.mailing import Post, channel, desk, edition, people, reader, row, store_in
from tests.servers.raw_smtp import RawSmtp, Say

from digester.channels._letter import Sender
from digester.domain.delivery import Accepted
from digester.domain.subscribers import NoAddress, address_of, key_of
from digester.pipeline.send import LEFT


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


def told(server: RawSmtp, address: str) -> bytes:
    """The octets that one address was sent, its envelope looked at."""
    with channel(server.url).open() as session:
        assert isinstance(session.deliver(edition(), row(address)), Accepted), address
    assert server.taken[-1].recipient == address
    assert f"RCPT TO:<{address}>" in server.commands
    assert ("SMTPUTF8 BODY=8BITMIME" in server.commands[1]) == (not address.isascii())
    octets = server.taken[-1].octets
    assert complaints(octets, utf8=not address.isascii()) == []
    assert not address.isascii() or defects(parsed(octets)) == []  # the parser counts other scripts as defects
    return octets


@pytest.mark.parametrize("address", TAKEN.values())
def test_M03_an_address_that_is_taken_reaches_the_envelope_and_one_field_as_it_is(
    server: RawSmtp, address: str
) -> None:
    assert told(server, address).count(f"\r\nTo: {address}\r\n".encode()) == 1


def test_M03_published_addresses_that_are_taken_are_mailed_as_they_are(server: RawSmtp) -> None:
    seen = 0
    for case in _published():
        try:
            address = address_of(case["data"])
        except NoAddress:
            continue
        server.commands.clear()
        told(server, address)
        seen += 1
    assert seen > 10


def test_M03_another_houses_server_takes_quoted_and_foreign_addresses() -> None:
    some = ['"a@b"@mail.example', "李雷@mail.example", "o'brien+news@mail.example", "ana@xn--bcher-kva.example"]
    with Receiver() as receiver, channel(receiver.url).open() as session:
        assert [session.deliver(edition(), row(a)) for a in some] == [Accepted("taken")] * 4
        assert sorted(receiver.box) == sorted(some)


def test_M03_after_a_foreign_address_plain_ones_are_sent_plainly_on_the_same_connection(server: RawSmtp) -> None:
    with channel(server.url).open() as session:
        for address in ("a@mail.example", "李雷@mail.example", "b@mail.example"):
            session.deliver(edition(), row(address))
    assert [b"SMTPUTF8" in t.options for t in server.taken] == [False, True, False]
    assert [t.octets.isascii() for t in server.taken] == [True, False, True]
    assert server.connections == 1


def test_M03_where_foreign_addresses_are_not_taken_theirs_fail_and_the_rest_is_served(tmp_path: Path) -> None:
    foreign = [f"李{n}@mail.example" for n in range(25)]  # more than refusals in a row that stop a channel
    with RawSmtp(extensions=("8BITMIME",)) as server, store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue([*foreign, "z@mail.example", "a@mail.example"])
        assert post.send().failures == ()
        assert (post.in_state("accepted"), post.in_state("failed")) == (
            ["a@mail.example", "z@mail.example"],
            sorted(foreign),
        )
        assert "SMTPUTF8" in post.row(foreign[0]).last_error
    assert not any("李" in c for c in server.commands)


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_M03_what_is_no_address_is_no_sender_either(text: str) -> None:
    for which in ("sender", "reply_to", "bounces", "unsubscribe_mail"):
        if not text and which != "sender":
            continue  # none
        if which == "sender" and text.startswith(("Ana <", "<", '"boss', "ana(", "(work)", "team:")):
            continue  # a name before it, which a sender may have
        with pytest.raises(ValueError, match=r"."):
            made = channel("smtp+plain://mail.example", **{which: text})
            assert made.sender.address == "ana@mail.example"  # the parser left the rest aside
            raise ValueError("one address")


@pytest.mark.parametrize("which", ["sender", "reply_to", "bounces", "unsubscribe_mail"])
def test_M03_our_own_addresses_are_ones_that_every_server_takes(which: str) -> None:
    with pytest.raises(NoAddress, match="not every mail server"):
        channel("smtp+plain://mail.example", **{which: "jörg@digest.example"})
    assert channel("smtp+plain://mail.example", **{which: "news@bücher.example"})


def test_M03_a_sender_has_a_name_or_none() -> None:
    assert str(Sender.of("news@digest.example")) == "news@digest.example"
    assert str(Sender.of('"Digest, Inc" <news@Digest.example>')) == '"Digest, Inc" <news@digest.example>'
    assert str(Sender.of("推荐 <news@digest.example>")) == "=?utf-8?b?5o6o6I2Q?= <news@digest.example>"


def test_bounces_go_where_the_channel_says(server: RawSmtp) -> None:
    with channel(server.url, bounces="bounces@digest.example").open() as session:
        session.deliver(edition(), row("ana@mail.example"))
    assert server.taken[0].sender == "bounces@digest.example"
    assert parsed(server.taken[0].octets)["From"] == "Digest <news@digest.example>"


def test_a_channel_whose_page_to_unsubscribe_is_none_is_refused() -> None:
    for bad in ("news.example", "javascript:x", "https://a b", "https://a>,<mailto:x@y.example", "https://a\r\nX: y"):
        with pytest.raises(ValueError, match="unsubscribe"):
            channel("smtp+plain://mail.example", unsubscribe=bad)


# ------------------------------------------------------------------- the list
def test_M15_spellings_of_one_person_are_mailed_once(server: RawSmtp, tmp_path: Path) -> None:
    named = ["ana@mail.example", "ANA@mail.example", "ana+news@mail.example", "b.e.n@gmail.com", "ben@googlemail.com"]
    done = desk(tmp_path / "w", named, server.url)("send", "rec-weekly", "--date", "2026-W25")
    assert done.code == 0, done.said
    assert server.acceptances() == Counter(["ana@mail.example", "b.e.n@gmail.com"])


@pytest.mark.parametrize("why", ["unsubscribed", "bounced", "complained", "by hand"])
def test_M15_who_is_suppressed_in_any_spelling_is_never_mailed(server: RawSmtp, tmp_path: Path, why: str) -> None:
    made = desk(tmp_path / "w", ["Ana+x@mail.example", "ben@mail.example"], server.url)
    with made.store() as store:
        store.save_subscribers([reader("ana@mail.example", standing="suppressed", why=why)])
    made("send", "rec-weekly", "--date", "2026-W25")
    assert server.acceptances() == Counter(["ben@mail.example"])
    done = made("send", "rec-weekly", "--date", "2026-W25", "--to", "ana+again@mail.example")
    assert server.acceptances()["ana@mail.example"] == 0
    assert done.code == 6, done.said


def test_M17_who_left_between_queueing_and_sending_is_not_mailed(server: RawSmtp, tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(people(3))
        store.save_subscribers([reader(people(3)[1], standing="suppressed", why="unsubscribed")])
        post.send()
        assert (post.row(people(3)[1]).state, post.row(people(3)[1]).last_error) == ("failed", LEFT)
        assert server.acceptances() == Counter([people(3)[0], people(3)[2]])


def test_M17_who_leaves_while_others_are_sent_theirs_is_not_mailed(server: RawSmtp, tmp_path: Path) -> None:
    first, second, third = people(3)
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(people(3))
        gone = reader(second, standing="suppressed", why="unsubscribed")
        server.on("taken", Say(before=lambda: store.save_subscribers([gone])), 1)
        post.send()
        assert post.states() == {first: "accepted", second: "failed", third: "accepted"}
        assert server.acceptances() == Counter([first, third])


def test_M17_who_is_erased_while_others_are_sent_theirs_leaves_no_trace(server: RawSmtp, tmp_path: Path) -> None:
    first, second, third = people(3)
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url)).queue(people(3))

        def forget() -> None:
            store.erase(key_of(first), "id:1", [first])
            store.erase(key_of(second), "id:2", [second])

        server.on("taken", Say(before=forget), 1)
        post.send()
        assert sorted(post.states()) == ["id:1", "id:2", third]
        assert server.acceptances() == Counter([first, third])
