"""Signatures: verified offline with the key that a domain would publish, over what one-click unsubscribing demands (M13)."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import dkim
import pytest
from tests.channels.strict_mail import complaints, fields
from tests.outputs.mail_reading import defects, parsed
from tests.servers.mailing import Post, channel, edition, people, row, store_in
from tests.servers.raw_smtp import RawSmtp

from digester.channels._dkim import SIGNED
from digester.domain.delivery import Accepted

LEAVES = {
    "unsubscribe": "https://news.example",
    "unsubscribe_mail": "leave@digest.example",
    "reply_to": "ed@digest.example",
}


@dataclass(frozen=True)
class Pair:
    private: str
    record: bytes  # as it stands in the domain's name server


@pytest.fixture(scope="module")
def pair() -> Pair:
    if which("openssl") is None:
        pytest.skip("openssl makes the key of this test")
    key = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True).stdout
    public = subprocess.run(
        ["openssl", "rsa", "-pubout", "-outform", "DER"], input=key, check=True, capture_output=True
    ).stdout
    return Pair(key.decode(), b"v=DKIM1; k=rsa; p=" + base64.b64encode(public))


@pytest.fixture
def server() -> Iterator[RawSmtp]:
    with RawSmtp() as running:
        yield running


def sent(server: RawSmtp, pair: Pair, to: str = "ana@mail.example") -> bytes:
    with channel(server.url, {"DKIM_KEY": pair.private}, dkim="s1", **LEAVES).open() as session:
        assert isinstance(session.deliver(edition(), row(to)), Accepted)
    return server.taken[-1].octets


def holds(octets: bytes, pair: Pair) -> bool:
    """Whether a receiver would believe it; the name server is the test."""
    asked: list[bytes] = []

    def names(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return pair.record

    right = bool(dkim.verify(octets, dnsfunc=names))
    assert not asked or asked == [b"s1._domainkey.digest.example."]
    return right


def tags(octets: bytes) -> dict[str, str]:
    value = next(f.value for f in fields(octets) if f.name == b"dkim-signature").decode()
    return {k.strip(): re.sub(r"\s", "", v) for k, _, v in (x.partition("=") for x in value.split(";"))}


def test_M13_the_signature_of_what_arrived_is_true_and_its_domain_is_the_senders(server: RawSmtp, pair: Pair) -> None:
    octets = sent(server, pair)
    assert holds(octets, pair)
    assert (tags(octets)["d"], tags(octets)["s"], tags(octets)["a"]) == ("digest.example", "s1", "rsa-sha256")
    assert tags(octets)["c"] == "relaxed/relaxed"
    assert parsed(octets)["From"].addresses[0].domain == tags(octets)["d"]
    assert "l" not in tags(octets)  # a length would let others append
    assert complaints(octets) == []
    assert defects(parsed(octets)) == []


def test_M13_it_covers_both_fields_for_unsubscribing_and_all_that_readers_see(server: RawSmtp, pair: Pair) -> None:
    octets = sent(server, pair)
    covered = tags(octets)["h"].lower().split(":")
    present = {f.name.decode() for f in fields(octets)} - {"dkim-signature"}
    assert {"list-unsubscribe", "list-unsubscribe-post", "from", "to", "subject", "date", "message-id"} <= set(covered)
    assert present - set(covered) <= {"precedence", "content-language"}
    assert {n.decode() for n in SIGNED} >= set(covered)


@pytest.mark.parametrize("name", ["List-Unsubscribe-Post", "List-Unsubscribe", "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "List-Id"])  # fmt: skip
@pytest.mark.parametrize("how", ["changed", "removed"])
def test_M13_whoever_changes_a_covered_field_breaks_it(server: RawSmtp, pair: Pair, name: str, how: str) -> None:
    octets = sent(server, pair)
    field = re.compile(rb"(?m)^" + name.encode() + rb": .*\r\n(?:[ \t].*\r\n)*")
    assert len(field.findall(octets.partition(b"\r\n\r\n")[0] + b"\r\n")) == 1
    evil = name.encode() + b": <https://evil.example>\r\n" if how == "changed" else b""
    assert not holds(field.sub(evil, octets, count=1), pair)


def test_M13_whoever_changes_the_body_breaks_it(server: RawSmtp, pair: Pair) -> None:
    octets = sent(server, pair)
    assert not holds(octets.replace(b"CODEWALK", b"EVILWALK", 1), pair)
    assert not holds(octets + b"more\r\n", pair)


def test_M13_relays_may_fold_and_space_as_they_do(server: RawSmtp, pair: Pair) -> None:
    octets = sent(server, pair)
    head, _, body = octets.partition(b"\r\n\r\n")
    folded = head.replace(b"To: ana", b"to:   ana").replace(b", <mailto", b",\r\n\t<mailto")
    assert folded != head
    assert holds(b"Received: by relay.example\r\n" + folded + b"\r\n\r\n" + body, pair)


def test_M13_a_message_to_an_address_in_another_script_is_signed_too(server: RawSmtp, pair: Pair) -> None:
    assert holds(sent(server, pair, "李雷@mail.example"), pair)


def test_M13_dots_are_doubled_behind_the_signature(server: RawSmtp, pair: Pair) -> None:
    sent(server, pair)
    assert holds(server.taken[-1].octets, pair)


@pytest.mark.parametrize("key", ["", "no key", "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----"])
def test_M13_a_key_that_is_none_stops_the_channel_and_is_not_shown(server: RawSmtp, tmp_path: Path, key: str) -> None:
    with store_in(tmp_path) as store:
        post = Post(store, channel(server.url, {"DKIM_KEY": key}, dkim="s1")).queue(people(2))
        report = post.send()
        assert post.in_state("pending") == people(2)
        assert "cannot be signed" in report.failures[0].error
        assert "canary" not in f"{report} {store.deliveries()}"
    assert server.connections == 0
