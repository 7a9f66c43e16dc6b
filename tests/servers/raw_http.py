"""A scripted HTTP server on a raw loopback socket: it says exactly the bytes, and the faults, a test names.

`script` maps a path (in replay: the original URL) to a behaviour, a function that is given the socket. Each
connection carries one request; every request is kept in `seen`. Faults last as long as the server does:
nothing here sleeps for a fixed time, a dripping body ends with the server.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

Behaviour = Callable[["Exchange"], None]


@dataclass(frozen=True)
class Seen:
    path: str
    headers: dict[str, str]
    raw: bytes


@dataclass(frozen=True)
class Exchange:
    """One request being answered; `wait` pauses and ends early (True) when the server stops."""

    seen: Seen
    connection: socket.socket
    stopped: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def wait(self, seconds: float) -> bool:
        return self.stopped.wait(seconds)


# ------------------------------------------------------------------ behaviours
def head(status: int, headers: Iterable[tuple[str, str]] = (), length: int | None = None) -> bytes:
    pairs = [*headers, ("Connection", "close")]
    if length is not None and not any(k.lower() == "content-length" for k, _ in pairs):
        pairs.append(("Content-Length", str(length)))
    return (f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in pairs) + "\r\n").encode("latin-1")


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Behaviour:
    """A whole answer. Header names are given with _ for -: `Content_Type="text/xml"`."""
    pairs = [(k.replace("_", "-"), v) for k, v in headers.items()]
    return lambda x: x.send(head(status, pairs, len(body)) + body)


def redirect(location: str, status: int = 302) -> Behaviour:
    return answer(b"", status, Location=location)


def raw(data: bytes) -> Behaviour:
    return lambda x: x.send(data)


def truncate(body: bytes, declared: int, **headers: str) -> Behaviour:
    """Fewer bytes than declared, then the end of the connection."""
    pairs = [(k.replace("_", "-"), v) for k, v in headers.items()]
    return lambda x: x.send(head(200, pairs, declared) + body)


def drip(data: bytes, before: bytes = b"", pause: float = 0.05) -> Behaviour:
    """`before` at once, then a byte of `data` now and then, again and again."""

    def run(x: Exchange) -> None:
        x.send(before)
        while True:
            for byte in data:
                if x.wait(pause):
                    return
                x.send(bytes([byte]))

    return run


def stall(before: bytes = b"") -> Behaviour:
    """Says `before` and then nothing more."""

    def run(x: Exchange) -> None:
        x.send(before)
        x.stopped.wait()

    return run


def endless(before: bytes, block: bytes) -> Behaviour:
    def run(x: Exchange) -> None:
        x.send(before)
        while not x.stopped.is_set():
            x.send(block)

    return run


def reset(before: bytes = b"") -> Behaviour:
    """Sends `before` and then a TCP reset."""

    def run(x: Exchange) -> None:
        x.send(before)
        x.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return run


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One behaviour a request, the last one for all that follow."""
    left = list(behaviours)
    return lambda x: (left.pop(0) if len(left) > 1 else left[0])(x)


# ---------------------------------------------------------------------- server
class RawServer:
    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.script: dict[str, Behaviour] = {}
        self.seen: list[Seen] = []
        self._tls, self._stopped, self._lock = tls, threading.Event(), threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._open: set[socket.socket] = set()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def base(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    def url(self, path: str, behaviour: Behaviour | None = None) -> str:
        """The address of `path`, scripted when a behaviour is given."""
        if behaviour is not None:
            self.script[path] = behaviour
        return self.base + path

    def asked(self, path: str) -> list[Seen]:
        return [s for s in self.seen if s.path == path]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        with self._lock:
            for connection in self._open:
                _quietly(lambda c=connection: c.shutdown(socket.SHUT_RDWR))
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=_quietly, args=(lambda c=connection: self._serve(c),), daemon=True)
            with self._lock:
                self._open.add(connection)
                self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        connection = plain
        try:
            if self._tls:
                connection = self._tls.wrap_socket(plain, server_side=True)
            seen = _read_request(connection)
            if seen is not None:
                self.seen.append(seen)
                exchange = Exchange(seen, connection, self._stopped)
                self.script.get(seen.path, answer(b"no such path", 404))(exchange)
        finally:
            with self._lock:
                self._open.discard(plain)
            connection.close()
            plain.close()


def _quietly(act: Callable[[], object]) -> None:
    """Clients that go away are what many of these tests are about."""
    try:
        act()
    except OSError:
        return


def _read_request(connection: socket.socket) -> Seen | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        data += chunk
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    target = first.split(" ")[1]
    if target.startswith("/__by_url?u="):
        target = unquote(target.partition("u=")[2])
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    return Seen(target, headers, data)
