"""Encryption and passwords: refused is what is not safe, and no password ever leaves in clear (M10)."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.servers.mail import Certificate, Receiver, certificate
from tests.servers.mailing import Post, channel, people, store_in
from tests.servers.raw_smtp import EXTENSIONS, RawSmtp, Say

from digester.channels._smtp_server import Server
from digester.channels.smtp import Smtp

ALL = people(3)
USER, PASSWORD = "news@digest.example", "canary-7f3a/@:9 word"
AUTH = (*EXTENSIONS, "AUTH PLAIN LOGIN")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("ours"))


@pytest.fixture
def server(ours: Certificate) -> Iterator[RawSmtp]:
    """Offers STARTTLS, and passwords behind it."""
    with RawSmtp(ours.server()) as running:
        running.extensions, running.secure_extensions = (*EXTENSIONS, "STARTTLS"), AUTH
        yield running


@pytest.fixture
def post(server: RawSmtp, ours: Certificate, tmp_path: Path) -> Iterator[Post]:
    with store_in(tmp_path) as store:
        yield Post(store, with_login(server, ours)).queue(ALL)


def with_login(server: Any, trust: Certificate | None, scheme: str = "smtp") -> Smtp:
    made = channel(f"{scheme}://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}")
    made.context = trust.trusting() if trust else None
    return made


def spellings(secret: str) -> list[bytes]:
    plain = [secret.encode(), f"\0{USER}\0{secret}".encode(), USER.encode()]
    return [x for p in plain for x in (p, base64.b64encode(p))]


def refused(server: RawSmtp, post: Post) -> str:
    """Why nothing was sent: nobody failed, nothing was taken, and no password was said in clear."""
    report = post.send()
    assert post.states() == dict.fromkeys(ALL, "pending")
    assert not server.taken
    server.stop()
    heard = b"".join(server.heard)
    assert not any(secret in heard for secret in spellings(PASSWORD))
    told = f"{report} {post.told} {post.store.deliveries()}"
    assert not any(secret.decode() in told for secret in spellings(PASSWORD))
    assert "MAIL" not in heard.decode("latin-1")
    return report.failures[0].error


# ------------------------------------------------------------------------ good
def test_M10_over_starttls_with_a_password_to_another_houses_server(ours: Certificate, tmp_path: Path) -> None:
    with Receiver(ours, "news", "word") as receiver, store_in(tmp_path) as store:
        made = channel(receiver.url)
        made.context = ours.trusting()
        post = Post(store, made).queue(ALL)
        assert post.send().done == 3
        assert all(m.secure and m.user == "news" for m in receiver.all)
        assert sorted(receiver.box) == ALL


def test_M10_over_tls_from_the_first_octet(ours: Certificate, tmp_path: Path) -> None:
    with RawSmtp(ours.server()) as server, store_in(tmp_path) as store:
        server.at_once, server.secure_extensions = True, AUTH
        post = Post(store, with_login(server, ours, "smtps")).queue(ALL)
        assert post.send().done == 3
        assert any(c.startswith("AUTH PLAIN ") for c in server.commands)
    assert b"".join(server.heard) == b""


def test_M10_in_clear_goes_nothing_but_the_greeting_and_starttls(server: RawSmtp, post: Post) -> None:
    assert post.send().done == 3
    server.stop()
    hello, starttls, rest = b"".join(server.heard).split(b"\r\n")
    assert (hello[:5], starttls, rest) == (b"ehlo ", b"STARTTLS", b"")


def test_M10_capabilities_are_asked_again_behind_tls(server: RawSmtp, post: Post) -> None:
    """What was offered in clear may be an attacker's: SIZE stands only there, and is not used."""
    server.secure_extensions = ("AUTH PLAIN",)
    post.send()
    assert len(server.taken) == 3
    assert not any("SIZE=" in c for c in server.commands)


# --------------------------------------------------------------------- refused
def test_M10_starttls_that_is_stripped_is_refused(server: RawSmtp, post: Post) -> None:
    server.extensions = AUTH
    assert "no STARTTLS" in refused(server, post)


@pytest.mark.parametrize("said", [b"454 TLS not available", b"502 unknown", b"250 ok", b"354 go", b"\xff\xfe", b""])
def test_M10_starttls_that_is_refused_sends_nothing(server: RawSmtp, post: Post, said: bytes) -> None:
    server.on("STARTTLS", Say(said, hang_up=not said))
    refused(server, post)


def test_M10_a_certificate_that_nobody_knows_is_refused(server: RawSmtp, post: Post) -> None:
    post.channel.context = None  # what the system trusts
    assert "certificate verify failed" in refused(server, post)


@pytest.mark.parametrize(("names", "days"), [("DNS:mail.example", 1), ("IP:127.0.0.2", 1)])
def test_M10_a_certificate_for_somebody_else_is_refused(tmp_path: Path, names: str, days: int) -> None:
    theirs = certificate(tmp_path / "theirs", names, days)
    with RawSmtp(theirs.server()) as server, store_in(tmp_path) as store:
        server.extensions, server.secure_extensions = (*EXTENSIONS, "STARTTLS"), AUTH
        post = Post(store, with_login(server, theirs)).queue(ALL)
        assert "certificate" in refused(server, post)


def test_M10_an_old_version_of_tls_is_refused(ours: Certificate, tmp_path: Path) -> None:
    old = ours.server()
    old.minimum_version, old.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, ssl.TLSVersion.TLSv1_2
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with RawSmtp(old) as server, store_in(tmp_path) as store:
        server.extensions, server.secure_extensions = (*EXTENSIONS, "STARTTLS"), AUTH
        refused(server, Post(store, with_login(server, ours)).queue(ALL))


@pytest.mark.parametrize(
    "behind",
    [b"250 queued\r\n", b"235 welcome\r\n", b"250-evil\r\n250 AUTH PLAIN\r\n", b"2", b"\x16\x03\x01"],
)
def test_M10_what_came_in_clear_behind_the_answer_to_starttls_is_refused(
    server: RawSmtp, post: Post, behind: bytes
) -> None:
    """An attacker's answers would be read as those of the encrypted server (CVE-2011-0411)."""
    server.on("STARTTLS", Say(b"220 go on\r\n" + behind + b"\n"))
    assert "in clear" in refused(server, post)


def test_M10_a_password_that_is_asked_for_in_clear_only_is_not_given(server: RawSmtp, post: Post) -> None:
    server.extensions, server.secure_extensions = (*AUTH, "STARTTLS"), EXTENSIONS
    assert "AUTH extension not supported" in refused(server, post)


@pytest.mark.parametrize(
    "say", [Say(b"535 5.7.8 wrong"), Say(b"454 later"), Say(b"534 no"), Say(b"421 bye"), Say(b"xx")]
)
def test_M10_a_refused_password_stops_the_channel(server: RawSmtp, post: Post, say: Say) -> None:
    server.on("AUTH", say)
    refused(server, post)


def test_M10_a_server_that_repeats_the_password_is_not_repeated(server: RawSmtp, post: Post) -> None:
    secret = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
    server.on("AUTH", Say(b"535 AUTH PLAIN " + secret + b" refused for " + PASSWORD.encode()))
    assert refused(server, post) == "the mail server cannot be used: SMTPException: 535 user name or password refused"


@pytest.mark.parametrize("challenge", [b"334 " + base64.b64encode(b"more"), b"334 not base64 \xff", b"334 "])
def test_M10_a_login_that_never_ends_is_left(server: RawSmtp, post: Post, challenge: bytes) -> None:
    server.on("AUTH", Say(challenge)).on("other", Say(challenge))
    refused(server, post)


def test_M10_a_password_outside_ascii_is_named_as_such(server: RawSmtp, ours: Certificate, tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        made = channel(f"smtp://news:{quote('gehüm-é')}@127.0.0.1:{server.port}")
        made.context = ours.trusting()
        error = Post(store, made).queue(ALL).send().failures[0].error
    assert error.endswith("user name or password has characters outside ASCII")


def test_M10_a_tls_handshake_with_no_end_ends(tmp_path: Path, ours: Certificate) -> None:
    with RawSmtp() as server, store_in(tmp_path) as store:
        server.on("connect", Say(b"\x16\x03\x03\x02\x00", silent=False)).on("other", Say(b"", silent=True))
        made = with_login(server, ours, "smtps")
        made.patience = 0.4
        report = Post(store, made).queue(ALL).send()
        assert report.extra["pending"] == 3


# ----------------------------------------------------------------- the address
@pytest.mark.parametrize(
    "url",
    [
        "", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example/path", "smtp://mail.example?x=1",
        "smtp+plain://u:p@mail.example", "smtp://mail.example:99999", "smtp://mail.example:port", "smtp://[::1",
        "smtp://u:se cret@mail.example:0x19",
    ],
)  # fmt: skip
def test_M10_an_address_that_names_no_server_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Server.of(url)
    assert "se cret" not in str(caught.value)


def test_M10_neither_server_nor_channel_shows_the_password() -> None:
    made = Server.of("smtps://me:canary-1@mail.example")
    assert (made.port, made.user, made.password) == (465, "me", "canary-1")
    assert "canary-1" not in f"{made!r} {made}"
