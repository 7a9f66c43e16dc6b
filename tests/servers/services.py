"""A scripted HTTP service on loopback, for channels: it keeps what it was asked, and says what a test queued.

An answer is (status, headers, body); octets, which are sent as they are and then the connection ends (`GONE`: none at
all, the request was read and the connection drops); `NEVER`: nothing until the service stops; `Drip`: octets one by one;
or a function of the request that gives one of these. When the queue is empty `default` answers. No connection is kept.

    with Service() as service:
        service.say({"ok": True}, (429, {"Retry-After": "7"}, b""), GONE)
        ...
        assert service.asked[0].json["text"] == "..."
"""

from __future__ import annotations

import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self


@dataclass(frozen=True)
class Asked:
    """One request; header names in lower case, `path` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Drip:
    """Octets sent one by one, again and again until somebody stops: `pause` seconds between them."""

    data: bytes = b" "
    pause: float = 0.02


class _Never:
    """No answer for as long as the service runs."""


Whole = tuple[int, Mapping[str, str], bytes]
Said = Whole | bytes | Drip | _Never
Answer = Said | Callable[[Asked], Said]

NEVER: Final = _Never()
GONE: Final = b""
HUGE: Final[Whole] = (200, {"Content-Type": "application/json"}, b'{"a": "' + b"x" * 1_000_000 + b'"}')
GARBAGE: Final = b"\x00\xff not HTTP at all\r\n\r\n"
DEEP: Final[Whole] = (200, {"Content-Type": "application/json"}, b"[" * 100_000)


def reply(value: object, status: int = 200, **headers: str) -> Whole:
    """An answer in JSON. Header names are given with _ for -: `Retry_After="7"`."""
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    return status, {"Content-Type": "application/json", **named}, json.dumps(value).encode()


def text(body: str, status: int = 200, **headers: str) -> Whole:
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    return status, {"Content-Type": "text/plain; charset=utf-8", **named}, body.encode()


def free_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class Service:
    """`asked` holds the requests in order of arrival, `answers` what is still to be said."""

    def __init__(self, default: Answer = (200, {}, b"")) -> None:
        self.default = default
        self.asked: list[Asked] = []
        self.answers: deque[Answer] = deque()
        self.stopped = threading.Event()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self._server.server_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, *answers: Answer | dict[str, Any]) -> Self:
        """Queues answers; a dictionary is an answer 200 in JSON."""
        self.answers.extend(reply(a) if isinstance(a, dict) else a for a in answers)
        return self

    def answer(self, asked: Asked) -> Said:
        with self._lock:
            self.asked.append(asked)
            said = self.answers.popleft() if self.answers else self.default
        return said(asked) if callable(said) else said

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), partial(_Handler, self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()  # joins the threads of its requests


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def __init__(self, service: Service, *given: Any) -> None:
        self._service = service
        super().__init__(*given)

    def _any(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {k.lower(): v for k, v in self.headers.items()}
        said = self._service.answer(Asked(self.command, self.path, headers, body))
        with suppress(OSError):
            self._send(said)

    def _send(self, said: Said) -> None:
        if isinstance(said, _Never):
            self._service.stopped.wait()
        elif isinstance(said, bytes):
            self.wfile.write(said)
        elif isinstance(said, Drip):
            self._drip(said)
        else:
            self._whole(*said)

    def _whole(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)

    def _drip(self, drip: Drip) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not self._service.stopped.is_set():
            for octet in drip.data:
                self.wfile.write(bytes([octet]))
                if self._service.stopped.wait(drip.pause):
                    return

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _any

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""
