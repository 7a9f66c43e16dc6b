"""One connection to a mail server and what is said over it, for the channel smtp (see there)."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digester.channels._letter import Letter
from digester.channels._smtp_client import TAKING, connected
from digester.domain.cut import cut, line
from digester.domain.delivery import Accepted, Delivery, Edition, Failed, InDoubt, Later, Outcome
from digester.domain.subscribers import key_of

if TYPE_CHECKING:
    from digester.channels.smtp import Smtp

TRIES = 3  # connections for one message
REFUSED, LOST, DOUBTS = 20, 2, 3  # messages one after another, after which the fault is not the recipients'
SAID = 200  # code points of what a server says that are repeated
_FAULTS = (smtplib.SMTPException, OSError, ValueError)


class Mailing:
    """One connection at a time, opened when there is something to send."""

    def __init__(self, channel: Smtp) -> None:
        self._channel = channel
        self._client: Any = None
        self._carried = 0  # messages over this connection
        self._refused = self._lost = self._doubts = 0  # in a row
        self.pause = self._wait if channel.params.per_minute > 0 else None
        self._letters: dict[tuple[str, str], Letter] = {}

    def deliver(self, edition: Edition, row: Delivery) -> Outcome:
        if self._doubts >= DOUBTS:
            return Later(
                f"{DOUBTS} messages in a row are in doubt; look at the mail server before more are sent", stop=True
            )
        try:
            octets = self._octets(edition, row)
        except ValueError as err:  # everyone's message is so
            return Later(str(err), stop=True)
        outcome = self._in_a_row(self._carry(row.recipient, octets))
        return _unnamed(outcome, row.recipient)

    def _octets(self, edition: Edition, row: Delivery) -> bytes:
        """Raises ValueError for a stored e-mail that cannot be sent."""
        artifact = edition.artifacts.get("email")
        if artifact is None:
            raise ValueError(f"{row.issue_id} has no e-mail output; add email to its outputs")
        which = (row.issue_id, row.language)
        try:
            letter = self._letters.get(which) or Letter.of(artifact.body, edition.series, edition.language)
        except (ValueError, LookupError) as err:
            raise ValueError(f"the stored e-mail of {row.issue_id} cannot be read ({type(err).__name__})") from err
        self._letters = {which: letter}
        octets = self._channel.message(letter, edition, row.recipient, row.message_id, key_of(row.recipient))
        if not octets.count(b"\r") == octets.count(b"\n") == octets.count(b"\r\n"):
            raise ValueError(f"the stored e-mail of {row.issue_id} has a line end that is not CRLF")
        return octets

    def _wait(self) -> None:
        self._channel.powers.clock.sleep(60 / self._channel.params.per_minute)

    def _in_a_row(self, outcome: Outcome) -> Outcome:
        """The outcome; what befalls one message after another stops the channel, and spares the rest their rows."""
        refused = isinstance(outcome, Failed) and outcome.error[:1] == "5"
        self._refused = self._refused + 1 if refused else 0
        self._doubts = self._doubts + 1 if isinstance(outcome, InDoubt) else 0
        if isinstance(outcome, Failed) and self._refused >= REFUSED:
            told = f"refused {REFUSED} times in a row, the last time with {outcome.error}"
            return Later(told, stop=True, before=REFUSED - 1)
        return outcome

    def _carry(self, to: str, octets: bytes) -> Outcome:
        lost = Later("")
        for _ in range(TRIES):
            try:
                client = self._connection()
            except _FAULTS as err:
                return Later(f"the mail server cannot be used: {_why(err)}", stop=True)
            try:
                outcome = _transaction(client, self._channel, to, octets)
            except _FAULTS as err:
                lost = Later(f"the connection was lost {TRIES} times: {_why(err)}", stop=self._lost + 1 >= LOST)
                self._drop()
                continue
            if isinstance(outcome, Later) and outcome.error.startswith("421"):
                lost = replace(outcome, stop=True)  # it closes; a new connection may be served
                self._drop()
                continue
            self._carried, self._lost = self._carried + 1, 0
            if isinstance(outcome, InDoubt) or not (isinstance(outcome, Accepted) or self._reset(client)):
                self._drop()
            return outcome
        self._lost += 1
        return lost

    def _connection(self) -> Any:
        if self._client is not None and self._carried >= max(self._channel.params.batch, 1):
            self.leave()
        if self._client is None:
            self._client = connected(self._channel.server, self._channel.patience, self._channel.context)
            self._carried = 0
        return self._client

    def _reset(self, client: Any) -> bool:
        with suppress(smtplib.SMTPException, OSError):
            return int(client.rset()[0]) == 250
        return False

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    def leave(self) -> None:
        """QUIT; what was accepted stays so, whatever the server says to that."""
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
        self._drop()


def _transaction(client: Any, channel: Smtp, to: str, octets: bytes) -> Outcome:
    """MAIL, RCPT, DATA for one recipient. Raises SMTPException or OSError while the message cannot have been taken."""
    options = f" SIZE={len(octets)}" if client.has_extn("size") else ""
    if not to.isascii():
        if not client.has_extn("smtputf8"):
            return Failed("the mail server takes no addresses in other scripts (SMTPUTF8)")
        options += " SMTPUTF8 BODY=8BITMIME"
        client.command_encoding = "utf-8"
    code, text = client.docmd("MAIL", f"FROM:<{channel.bounces}>{options}")
    if code // 100 == 5:
        return Later(f"the sender is refused: {_said(code, text)}", stop=True)
    if code // 100 != 2:
        return _judged(code, text)
    code, text = client.docmd("RCPT", f"TO:<{to}>")
    if code // 100 != 2:
        return _judged(code, text)
    code, text = client.docmd("DATA")
    if code != 354:
        return _judged(code, text)
    client.send(octets.replace(b"\n.", b"\n..") + b".\r\n")  # its first line is a field
    try:
        code, text = client.getreply(TAKING)
    except (smtplib.SMTPException, OSError) as err:
        return InDoubt(f"no reply after the whole message: {_why(err)}")
    if code // 100 == 2:
        return Accepted(_text(text))
    return _judged(code, text) if code // 100 in (4, 5) else InDoubt(f"after the whole message: {_said(code, text)}")


def _judged(code: int, text: bytes) -> Outcome:
    """What a refusal means: 5xx is for good, 4xx is not. Raises SMTPServerDisconnected for what answers something else."""
    if code // 100 == 5:
        return Failed(_said(code, text))
    if code // 100 == 4:
        return Later(_said(code, text))
    raise smtplib.SMTPServerDisconnected(f"an answer that is none: {_said(code, text)}")


def _unnamed(outcome: Outcome, address: str) -> Outcome:
    """The outcome without the recipient's address, which servers like to repeat: it stands in its own row alone, so that it
    can be erased."""

    def short(text: str) -> str:
        if address.lower() in text.lower():
            text = re.sub(re.escape(address), "(the recipient)", text, flags=re.IGNORECASE)
        return cut(text, SAID)

    if isinstance(outcome, Accepted):
        return Accepted(short(outcome.remote))
    return replace(outcome, error=short(outcome.error))


def _said(code: int, text: bytes) -> str:
    return f"{code} {_text(text)}".strip() if code > 0 else f"no code, but {_text(text)!r}"


def _text(text: bytes) -> str:
    return line(text[:2000].decode("utf-8", "replace"))


def _why(err: Exception) -> str:
    if isinstance(err, smtplib.SMTPResponseException):
        reply = err.smtp_error
        return _said(err.smtp_code, reply if isinstance(reply, bytes) else str(reply).encode())
    return line(f"{type(err).__name__}: {err}")
