"""A mail server of this machine for the demo: takes whatever is sent to it and keeps it. RFC 5321 as far as one client of
ours speaks it; nothing is passed on.
"""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass
from typing import Any, Self

_SIMPLE = {b"EHLO": b"250 demo\r\n", b"HELO": b"250 demo\r\n", b"RSET": b"250 ok\r\n", b"NOOP": b"250 ok\r\n"}


@dataclass(frozen=True)
class Received:
    """One message as it came: who it was for, and its octets."""

    recipient: str
    octets: bytes


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Any = self.server
        self.wfile.write(b"220 demo\r\n")
        recipient = ""
        while line := self.rfile.readline(1000):
            verb = line[:4].upper()
            if verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            if verb == b"RCPT":
                recipient = line.decode("utf-8", "replace").partition("<")[2].partition(">")[0]
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                box.received.append(Received(recipient, self._message()))
            self.wfile.write(_SIMPLE.get(verb, b"250 ok\r\n"))

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline(1000)) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


class Mailbox(socketserver.ThreadingTCPServer):
    """On a free port of the loopback interface, while it is entered."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.received: list[Received] = []

    @property
    def url(self) -> str:
        return f"smtp+plain://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
