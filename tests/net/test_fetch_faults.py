"""Faults of the way out, each by its id: names, certificates, sockets, and what stays open afterwards.

The plain ones (redirects, bombs, slow servers, broken bodies) stand in test_http.py, test_guard.py,
test_inflate.py and test_manners.py; whole collects over faulty sources in tests/pipeline.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from tests.net.conftest import MakeDoor
from tests.servers.raw_http import (
    RawServer,
    answer,
)

from digester.domain.sources import Request
from digester.net import guard
from digester.net.http import Door, Limits
from digester.ports import Fetched, FetchError, Reply


def get(door: Door, url: str, *, page: bool = False) -> Reply:
    return door.get(Request("r", url, page=page))


def failed(reply: Reply) -> FetchError:
    assert isinstance(reply, FetchError), reply
    assert "\n" not in reply.message
    return reply


# -------------------------------------------------------------------- F02, F03
def raising(error: Exception) -> guard.Resolve:
    def resolve(host: str, port: int) -> list[str]:
        raise error

    return resolve


NAMES: dict[str, tuple[guard.Resolve, str]] = {
    "no such name": (raising(socket.gaierror(socket.EAI_NONAME, "Name or service not known")), "not known"),
    "server failure": (raising(socket.gaierror(socket.EAI_AGAIN, "Temporary failure")), "Temporary failure"),
    "timeout": (raising(TimeoutError("no answer in time")), "no answer in time"),
    "no address": (lambda host, port: [], "no address"),
}


@pytest.mark.parametrize("case", NAMES)
def test_F02_each_failure_of_a_name_is_told_apart(make_door: MakeDoor, case: str) -> None:
    resolve, said = NAMES[case]
    door = make_door(allow=(), resolve=resolve)
    reply = failed(get(door, "http://news.example/"))
    assert reply.fault == "dns"
    assert "news.example" in reply.message and said in reply.message
    assert door.requests == 1  # a name that is not known is not asked for three times


@pytest.fixture
def hanging() -> Iterator[guard.Resolve]:
    """A resolver that does not answer before the test is over."""
    over = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        over.wait()
        return ["127.0.0.1"]

    yield resolve
    over.set()


def test_F03_a_resolver_that_hangs_ends_at_the_overall_deadline(make_door: MakeDoor, hanging: guard.Resolve) -> None:
    reply = failed(get(make_door(allow=(), resolve=hanging, deadline=0.3), "http://slow.example/"))
    assert reply.fault == "dns"
    assert "no answer in time" in reply.message


def test_F03_one_name_that_hangs_holds_no_other_source_up(
    server: RawServer, make_door: MakeDoor, hanging: guard.Resolve
) -> None:
    """The others are answered before the one is given up: the server counts them while it still hangs."""
    batch = make_door(resolve=hanging, deadline=1.0).fetches()
    batch.add("slow", Request("r", "http://slow.example/"))
    for n in range(5):
        batch.add(n, Request("r", server.url(f"/{n}", answer(b"x"))))
    order = [tag for tag, reply in batch if isinstance(reply, Fetched) or tag == "slow"]
    assert order == [0, 1, 2, 3, 4, "slow"]


# ------------------------------------------------------------------------- F04
def openssl(*words: str) -> None:
    subprocess.run(["openssl", *words], check=True, capture_output=True, timeout=20)


class Authority:
    """A certificate authority of our own, and servers whose certificates it signed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cert, self.key = folder, folder / "ca.pem", folder / "ca.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=test authority", "-keyout", str(self.key), "-out", str(self.cert))  # fmt: skip

    def context(self, name: str, *, of: str = "IP:127.0.0.1", days: int = 2) -> ssl.SSLContext:
        """A server's context; `of` whom its certificate speaks, negative `days` for one that ran out."""
        key, asked, cert, more = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem", "ext"))
        more.write_text(f"subjectAltName={of}\n")
        openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
                "-keyout", str(key), "-out", str(asked))  # fmt: skip
        openssl("x509", "-req", "-in", str(asked), "-CA", str(self.cert), "-CAkey", str(self.key), "-set_serial", "7",
                "-days", str(days), "-extfile", str(more), "-out", str(cert))  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        return context


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if which("openssl") is None:
        pytest.skip("needs the openssl program to make certificates")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusting(make_door: MakeDoor, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Door:
    """A door that trusts the authority, so that only what a test names is wrong."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.cert))
    return make_door(deadline=5.0)


def test_F04_a_certificate_of_a_trusted_authority_is_taken(trusting: Door, authority: Authority) -> None:
    with RawServer(authority.context("good")) as server:
        assert isinstance(get(trusting, server.url("/", answer(b"x"))), Fetched)


@pytest.mark.parametrize(
    ("how", "said"),
    [({"days": -1}, "expired"), ({"of": "DNS:other.example"}, "not valid for"), ({"of": "IP:127.0.0.2"}, "not valid for")],
    ids=["expired", "another name", "another address"],
)  # fmt: skip
def test_F04_an_expired_or_foreign_certificate_is_refused(
    trusting: Door, authority: Authority, how: dict[str, object], said: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id.replace(" ", "-")
    with RawServer(authority.context(name, **how)) as server:  # type: ignore[arg-type]
        reply = failed(get(trusting, server.url("/", answer(b"secret"))))
        assert reply.fault == "connect"
        assert said in reply.message
        assert server.seen == []  # nothing was asked, neither at first nor in a later try


def test_F04_an_old_protocol_is_refused(trusting: Door, authority: Authority) -> None:
    context = authority.context("old")
    with pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with RawServer(context) as server:
        assert failed(get(trusting, server.url("/", answer(b"secret")))).fault == "connect"
        assert server.seen == []


@pytest.mark.parametrize(
    "says", [b"", b"\x16\x03\x03", b"\x16\x03\x03\x40\x00" + b"x" * 100, b"HTTP/1.1 200 OK\r\n\r\nx"]
)
def test_F04_a_handshake_that_breaks_off_is_an_error(trusting: Door, says: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1000)
                    connection.sendall(says)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        assert failed(get(trusting, f"https://127.0.0.1:{listener.getsockname()[1]}/")).fault == "connect"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_F05_a_handshake_without_end_ends_at_the_overall_deadline(trusting: Door) -> None:
    trusting.limits = Limits(deadline=0.3)
    with socket.create_server(("127.0.0.1", 0)) as listener:  # the kernel takes the connection, nobody answers
        assert failed(get(trusting, f"https://127.0.0.1:{listener.getsockname()[1]}/")).fault == "timeout"
