"""smtplib with an end: replies by a deadline and of bounded length, nothing said in clear that is a secret.

smtplib's time limit is one of each read, so a server that sends an octet a second holds it for ever (a tarpit); here a whole
reply has the limit. What a server sent together with its answer to STARTTLS came in clear and is refused (RFC 3207, 6;
CVE-2011-0411 and its kin).
"""

from __future__ import annotations

import smtplib
import ssl
import time
from typing import Any

from digester.channels._smtp_server import REPLY, Server

TAKING = 10  # times as long for the reply to a whole message, as the RFC says: giving up on that one leaves a doubt
LINE, LINES = 2_000, 100  # octets of a line and lines of a reply; RFC 5321 says 512


class _Bounded(smtplib.SMTP):
    sock: Any  # None when closed: then an AttributeError says so
    _rest = b""
    patience = REPLY

    def getreply(self, times: int = 1) -> tuple[int, bytes]:
        """The code and text of a reply, within so many times the patience. Raises SMTPServerDisconnected."""
        until, texts = time.monotonic() + self.patience * times, []
        for _ in range(LINES):
            line = self._line(until)
            texts.append(line[4:].strip(b" \t\r\n"))
            if line[3:4] != b"-":
                return (int(line[:3]) if line[:3].isdigit() else -1), b"\n".join(texts)
        raise self._gone("the reply does not end")

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._rest:
            left = until - time.monotonic()
            if left <= 0 or len(self._rest) > LINE:
                raise self._gone("no reply in time" if left <= 0 else "a reply without an end of line")
            try:
                self.sock.settimeout(left)
                got = self.sock.recv(4096)
            except (OSError, AttributeError) as err:
                raise self._gone(f"{type(err).__name__} while waiting for a reply") from err
            if not got:
                raise self._gone("the connection was closed")
            self._rest += got
        self.sock.settimeout(self.patience)
        line, _, self._rest = self._rest.partition(b"\n")
        return line[:LINE]

    def _gone(self, why: str) -> smtplib.SMTPServerDisconnected:
        self.close()
        return smtplib.SMTPServerDisconnected(why)

    def send(self, s: str | bytes) -> None:  # type: ignore[override]
        """Nothing is said to a server that has answered what it was not asked yet: its next answers would be taken for
        those to other commands."""
        if self._rest:
            raise self._gone("a reply that nobody asked for")
        super().send(s)

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        answer = super().docmd(cmd, args)
        if cmd.upper() == "STARTTLS" and self._rest:
            raise self._gone("more than the answer to STARTTLS came in clear")
        return answer

    def close(self) -> None:
        self._rest = b""
        super().close()


class _Encrypted(_Bounded, smtplib.SMTP_SSL):
    """TLS from the first octet (RFC 8314)."""


def connected(server: Server, patience: float = REPLY, context: ssl.SSLContext | None = None) -> Any:
    """A client that is greeted, encrypted and logged in. Raises SMTPException or OSError, whose texts hold no password."""
    if context is None and server.scheme != "smtp+plain":
        context = ssl.create_default_context()
    kind: Any = type("Client", (_Encrypted if server.scheme == "smtps" else _Bounded,), {"patience": patience})
    how = {"context": context} if server.scheme == "smtps" else {}
    client = kind(server.host, server.port, timeout=patience, **how)
    try:
        client.ehlo_or_helo_if_needed()
        if server.scheme == "smtp":
            if not client.has_extn("starttls"):
                raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS; smtp+plain:// would send in clear")
            client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
        if server.user:
            _login(client, server)
    except BaseException:
        client.close()
        raise
    return client


def _login(client: Any, server: Server) -> None:
    """What is raised repeats nothing that the server says: it may repeat the password."""
    try:
        client.login(server.user, server.password)
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPNotSupportedError):
        raise
    except UnicodeEncodeError:
        raise smtplib.SMTPException("user name or password has characters outside ASCII") from None
    except (smtplib.SMTPException, ValueError) as err:
        code = getattr(err, "smtp_code", "")
        raise smtplib.SMTPException(f"{code} user name or password refused".strip()) from None
