"""Private addresses are refused when the socket connects; the library's private seam is pinned here."""

from __future__ import annotations

import socket
from collections.abc import Iterable

import httpcore2
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.net.conftest import MakeDoor
from tests.servers.raw_http import RawServer, answer, redirect

from digester.domain.sources import Request
from digester.net import guard
from digester.net.http import Door
from digester.ports import Fetched, FetchError

PUBLIC = ("8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8")
PRIVATE = (
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "5f00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::",
)  # fmt: skip
SPELLINGS = (
    "127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1",
    "0x7f.0.0.1", "0x7f.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "x.localhost", "[::1]",
    "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]", "169.254.169.254", "2852039166", "0xa9fea9fe", "10.0.0.1", "012.0.0.1",
    "192.168.1.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fc00::1]",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_F10_these_are_not_public(address: str) -> None:
    assert not guard.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_these_are_public(address: str) -> None:
    assert guard.is_public(address)


@pytest.mark.parametrize("text", ["", "example.com", "1.2.3", "1.2.3.4.5", "\x00", "\ud800"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not guard.is_public(text)


@given(st.integers(0, 2**32 - 1))
def test_F10_every_spelling_of_an_address_is_judged_alike(number: int) -> None:
    dotted = socket.inet_ntoa(number.to_bytes(4, "big"))
    for spelling in (dotted, str(number), hex(number), f"0{number:o}", dotted + ".", f"[::ffff:{dotted}]"):
        assert guard.forbidden_literal(spelling) is not guard.is_public(dotted)


@given(st.text(max_size=30))
def test_judging_a_host_never_raises(text: str) -> None:
    guard.forbidden_literal(text)
    guard.is_public(text)


@pytest.mark.parametrize(
    "host", ["example.com", "8.8.8.8", "[2606:4700:4700::1111]", "localhost.example.com", "10.example", ""]
)
def test_names_and_public_addresses_are_no_forbidden_literals(host: str) -> None:
    assert not guard.forbidden_literal(host)


# ------------------------------------------------------------- through the door
@pytest.mark.parametrize("host", SPELLINGS)
def test_F10_the_door_refuses_every_spelling(make_door: MakeDoor, host: str) -> None:
    reply = make_door(allow=()).get(Request("r", f"http://{host}:1/"))
    assert isinstance(reply, FetchError)
    assert reply.fault == "forbidden"
    assert "net.allow_private_hosts" in reply.message


@pytest.mark.parametrize("host", SPELLINGS)
def test_F10_in_replay_the_original_literal_is_refused_all_the_same(
    replayed: Door, server: RawServer, host: str
) -> None:
    reply = replayed.get(Request("r", f"http://{host}/"))
    assert isinstance(reply, FetchError)
    assert reply.fault == "forbidden"
    assert server.seen == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "2130706433", "localhost", "a@10.0.0.1"])
def test_F10_a_redirect_into_the_private_net_is_refused(replayed: Door, server: RawServer, host: str) -> None:
    server.script["http://news.example/"] = redirect(f"http://{host}/latest/meta-data/")
    reply = replayed.get(Request("r", "http://news.example/"))
    assert isinstance(reply, FetchError)
    assert reply.fault == "forbidden"
    assert len(server.seen) == 1


def test_F10_replay_may_not_reach_the_replay_server_by_its_own_address(replayed: Door, server: RawServer) -> None:
    reply = replayed.get(Request("r", server.base + "/"))
    assert isinstance(reply, FetchError)
    assert reply.fault == "forbidden"


def test_F12_an_allowed_name_works_and_only_that_name(make_door: MakeDoor, server: RawServer) -> None:
    server.url("/", answer(b"mine"))
    for allow in ("127.0.0.1", f"127.0.0.1:{server.port}"):
        assert isinstance(make_door(allow=(allow,)).get(Request("r", server.base + "/")), Fetched)
    for allow in ("localhost", "127.0.0.1:1", "127.0.0.2", "127.0.0"):
        reply = make_door(allow=(allow,)).get(Request("r", server.base + "/"))
        assert isinstance(reply, FetchError)
        assert reply.fault == "forbidden"


def test_F12_an_allowed_port_may_be_the_default_one(make_door: MakeDoor) -> None:
    reply = make_door(allow=("127.0.0.1:80",)).get(Request("r", "http://127.0.0.1/"))
    assert not (isinstance(reply, FetchError) and reply.fault == "forbidden")


# ---------------------------------------------------------- the seam, pinned
def test_the_library_still_has_the_seam_and_it_holds_our_guard() -> None:
    plain = httpx2.HTTPTransport()
    assert isinstance(plain._pool._network_backend, httpcore2.SyncBackend)
    plain.close()
    guarded = guard.guarded_transport((), guard.Deadline())
    assert isinstance(guarded._pool._network_backend, guard.GuardedBackend)
    guarded.close()


def test_the_seam_is_really_used_when_connecting(server: RawServer) -> None:
    """Not through the door, whose own check comes first: the transport alone must refuse."""
    server.url("/", answer(b"x"))
    for allowed, reached in (((), False), (("127.0.0.1",), True)):
        with httpx2.Client(transport=guard.guarded_transport(allowed, guard.Deadline()), trust_env=False) as client:
            if reached:
                assert client.get(server.base + "/").content == b"x"
            else:
                with pytest.raises(httpx2.ConnectError):
                    client.get(server.base + "/")
                with pytest.raises(httpx2.ConnectError):
                    client.get(f"http://localhost:{server.port}/")
                assert server.seen == []


# -------------------------------------------------- resolution, with a fake net
class Network(httpcore2.NetworkBackend):
    """Remembers which literal addresses were connected to; those in `dead` refuse."""

    def __init__(self, dead: Iterable[str] = ()) -> None:
        self.dead, self.asked = frozenset(dead), list[str]()

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore2.NetworkStream:
        self.asked.append(host)
        if host in self.dead:
            raise httpcore2.ConnectError("refused")
        return httpcore2.MockStream([])


def backend(answers: Iterable[list[str]], network: Network, allowed: tuple[str, ...] = ()) -> guard.GuardedBackend:
    left = iter(answers)
    return guard.GuardedBackend(allowed, guard.Deadline(), lambda host, port: next(left), network)


def test_F11_the_address_that_was_checked_is_the_one_connected_to() -> None:
    """Rebinding: a second question would be answered with loopback, so there is none."""
    network = Network()
    backend([["8.8.8.8"], ["127.0.0.1"]], network).connect_tcp("rebind.example", 80)
    assert network.asked == ["8.8.8.8"]


@pytest.mark.parametrize("found", [["8.8.8.8", "127.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["::1"]])
def test_F11_one_private_address_among_the_answers_refuses_the_name(found: list[str]) -> None:
    network = Network()
    with pytest.raises(guard.ForbiddenAddress):
        backend([found], network).connect_tcp("mixed.example", 80)
    assert network.asked == []


def test_the_next_address_of_a_name_is_tried_when_one_is_dead() -> None:
    network = Network(dead=["2606:4700:4700::1111"])
    backend([["2606:4700:4700::1111", "1.1.1.1"]], network).connect_tcp("two.example", 80)
    assert network.asked == ["2606:4700:4700::1111", "1.1.1.1"]


def test_all_addresses_dead_is_a_connect_error() -> None:
    network = Network(dead=["1.1.1.1", "8.8.8.8"])
    with pytest.raises(httpcore2.ConnectError):
        backend([["1.1.1.1", "8.8.8.8", "1.1.1.1"]], network).connect_tcp("two.example", 80)
    assert network.asked == ["1.1.1.1", "8.8.8.8"]


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "no"), UnicodeError("label"), ValueError("NUL"), TimeoutError("dns")]
)
def test_F02_a_failed_resolution_is_a_connect_error(error: Exception) -> None:
    def fail(host: str, port: int) -> list[str]:
        raise error

    with pytest.raises(httpcore2.ConnectError, match="not resolved"):
        guard.GuardedBackend((), guard.Deadline(), fail, Network()).connect_tcp("x.example", 80)


def test_unix_sockets_are_never_connected_to() -> None:
    with pytest.raises(guard.ForbiddenAddress):
        backend([], Network()).connect_unix_socket("/var/run/docker.sock")
