"""A scripted SMTP server on a raw loopback socket: it says exactly the octets, and the faults, a test names.

A dialogue has stages: connect, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, taken (after the whole message), RSET, QUIT.
Without a script each gets what a good server says. `server.on("RCPT", Say(b"450 later"), n=3)` names the answer to the third
RCPT of all, without `n` to every one; `server.choose` is asked first. `taken` holds the messages that the server took, also
those whose receipt was never heard of, with their octets as they came over the wire; `heard` every octet of every
connection that came in clear.

    with RawSmtp() as server:
        server.on("taken", Say(b"", hang_up=True, takes=True))   # the reply is lost
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

GOOD = {
    "connect": b"220 mail.example ESMTP",
    "HELO": b"250 mail.example",
    "STARTTLS": b"220 go on",
    "AUTH": b"235 welcome",
    "MAIL": b"250 sender ok",
    "RCPT": b"250 recipient ok",
    "DATA": b"354 end with a dot",
    "taken": b"250 taken as 1",
    "RSET": b"250 forgotten",
    "NOOP": b"250 ok",
    "QUIT": b"221 bye",
}
STAGES = ("connect", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "taken", "RSET", "QUIT")
EXTENSIONS = ("SIZE 10000000", "8BITMIME", "SMTPUTF8")
_END = b"\r\n.\r\n"
_PATH = re.compile(rb"<([^<>]*|\"[^\"]*\"@[^<>]*)>")


@dataclass(frozen=True)
class Say:
    """One answer. `octets` None is what a good server says; a line end is added where there is none. `pause` lies between
    single octets; `silent` says nothing until the server stops, `floods` never ends. `takes` decides whether a message is
    taken, else its answer does. `before` is called before anything is said, `after` after it was."""

    octets: bytes | None = None
    hang_up: bool = False
    reset: bool = False
    silent: bool = False
    floods: bool = False
    pause: float | None = None
    takes: bool | None = None
    before: Callable[[], object] | None = None
    after: Callable[[], object] | None = None


@dataclass(frozen=True)
class At:
    """Where a dialogue is: `n` counts the stage over all connections, from 1."""

    stage: str
    n: int
    recipient: str
    connection: int
    line: bytes = b""


@dataclass(frozen=True)
class Taken:
    recipient: str
    sender: str
    options: bytes
    wire: bytes  # as it came, up to the line of the final dot
    connection: int

    @property
    def octets(self) -> bytes:
        """The message itself: without the dots that were put before dots."""
        return re.sub(rb"(?m)^\.", b"", self.wire)


class RawSmtp:
    def __init__(self, tls: ssl.SSLContext | None = None, extensions: tuple[str, ...] = EXTENSIONS) -> None:
        self.tls, self.extensions, self.secure_extensions = tls, extensions, extensions
        self.at_once = False  # TLS from the first octet
        self.choose: Callable[[At], Say | None] = lambda at: None
        self.taken: list[Taken] = []
        self.commands: list[str] = []
        self.heard: list[bytes] = []
        self.events: list[At] = []
        self.stopped = threading.Event()
        self._plan: dict[tuple[str, int | None], Say] = {}
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._open: set[socket.socket] = set()
        self.connections = 0

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"smtp+plain://127.0.0.1:{self.port}"

    def on(self, stage: str, say: Say, n: int | None = None) -> Self:
        self._plan[stage, n] = say
        return self

    def acceptances(self) -> Counter[str]:
        """How often a message was taken, by recipient."""
        return Counter(t.recipient for t in list(self.taken))

    def answer(self, stage: str, recipient: str, connection: int, line: bytes = b"") -> Say:
        with self._lock:
            self._counts[stage] += 1
            at = At(stage, self._counts[stage], recipient, connection, line)
            self.events.append(at)
        return self.choose(at) or self._plan.get((stage, at.n)) or self._plan.get((stage, None)) or Say()

    # -------------------------------------------------------------- running
    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends all dialogues; then what was heard is known."""
        if self.stopped.is_set():
            return
        self.stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        with self._lock:
            for connection in self._open:
                _quietly(lambda c=connection: c.shutdown(socket.SHUT_RDWR))
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
                talk = Dialogue(self, connection, self.connections)
                thread = threading.Thread(target=_quietly, args=(talk.run,), daemon=True)
                self._threads.append(thread)
            thread.start()

    def forget(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)
        connection.close()


def _quietly(act: Callable[[], object]) -> None:
    """Clients that go away are what many of these tests are about."""
    try:
        act()
    except (OSError, _Ended):
        return


class _Ended(Exception):
    """This dialogue is over."""


@dataclass
class Dialogue:
    server: RawSmtp
    plain: socket.socket
    number: int
    _rest: bytes = b""
    _sender: str = ""
    _recipient: str = ""
    _options: bytes = b""
    _secure: bool = False
    _clear: bytearray = field(default_factory=bytearray)

    def run(self) -> None:
        self.connection: socket.socket = self.plain
        try:
            if self.server.at_once:
                self._encrypt()
            self._reply("connect")
            while True:
                self._command(self._until(b"\n"))
        finally:
            self.server.heard.append(bytes(self._clear))
            if self.connection is not self.plain:
                self.connection.close()
            self.server.forget(self.plain)

    def _command(self, line: bytes) -> None:
        text = line.rstrip(b"\r\n")
        verb = text[:8].upper() if text[:8].upper() == b"STARTTLS" else text[:4].upper()
        stage = verb.decode("latin-1")
        self.server.commands.append(text.decode("utf-8", "replace"))
        path = _PATH.search(text)
        if stage == "MAIL":
            self._sender, self._recipient = (path[1].decode() if path else ""), ""
            self._options = text.partition(b"> ")[2]
        if stage == "RCPT":
            self._recipient = path[1].decode() if path else ""
        code = self._reply(stage if stage == "EHLO" or stage in GOOD else "other", text)
        if stage == "DATA" and code.startswith(b"354"):
            self._message()
        if stage == "STARTTLS" and code.startswith(b"220"):
            self._encrypt()
        if stage == "QUIT":
            raise _Ended

    def _message(self) -> None:
        wire = self._until(_END, b"\r\n")[: -len(b".\r\n")]
        say = self.server.answer("taken", self._recipient, self.number)
        takes = say.takes if say.takes is not None else (say.octets is None or say.octets.startswith(b"2"))
        if takes:
            self.server.taken.append(Taken(self._recipient, self._sender, self._options, wire, self.number))
        self._say(say, GOOD["taken"])

    def _reply(self, stage: str, line: bytes = b"") -> bytes:
        say = self.server.answer(stage, self._recipient, self.number, line)
        good = self._hello() if stage == "EHLO" else GOOD.get(stage, b"500 what?")
        return self._say(say, good)

    def _hello(self) -> bytes:
        names = self.server.secure_extensions if self._secure else self.server.extensions
        lines = [b"mail.example", *(n.encode() for n in names)]
        return b"\r\n".join(b"250" + (b" " if n == len(lines) - 1 else b"-") + x for n, x in enumerate(lines))

    def _say(self, say: Say, good: bytes) -> bytes:
        octets = good if say.octets is None else say.octets
        if octets and not octets.endswith(b"\n"):
            octets += b"\r\n"
        if say.before:
            say.before()
        if say.silent:
            self.server.stopped.wait()
        if say.pause is None:
            self.connection.sendall(octets)
        else:
            for n in range(len(octets)):
                self.connection.sendall(octets[n : n + 1])
                if self.server.stopped.wait(say.pause):
                    break
        while say.floods and not self.server.stopped.is_set():
            self.connection.sendall(octets)
        if say.after:
            say.after()
        if say.reset:
            self.plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if say.hang_up or say.reset:
            raise _Ended
        return octets

    def _encrypt(self) -> None:
        assert self.server.tls is not None
        self.connection = self.server.tls.wrap_socket(self.plain, server_side=True)
        self._secure = True

    def _until(self, end: bytes, before: bytes = b"") -> bytes:
        """What came up to `end`, which may begin within `before`: a message may be a dot alone."""
        data = bytearray(self._rest)
        while (place := (before + data).find(end)) < 0:
            chunk = self.connection.recv(65536)
            if not chunk:
                raise _Ended
            if not self._secure:
                self._clear += chunk
            data += chunk
        place += len(end) - len(before)
        self._rest = bytes(data[place:])
        return bytes(data[:place])
