"""Mail by SMTP (RFC 5321): a message for each recipient, one after another over one connection.

Each recipient has a transaction of its own, so that a refusal is theirs alone and no one sees who else reads. What goes
wrong before the end of the data is sent again over a new connection; a reply that is lost after it, or is none, leaves the
message in doubt, because nobody can know. What is refused for the whole connection (greeting, TLS, password, sender) stops
the channel and nobody's row is spent on it; so does what goes wrong with one message after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from digester.channels._letter import Letter, Sender, fields_of, mailto
from digester.channels._smtp_server import REPLY, Server
from digester.channels._tokens import unsubscribe_url
from digester.domain.delivery import Edition
from digester.domain.subscribers import NoAddress, plain_address
from digester.ports.delivery import ChannelPowers

if TYPE_CHECKING:
    from digester.channels._smtp_session import Mailing

_FORBID = {"extra": "forbid"}
_WEB = re.compile(r"https?://[!-;=?-~]+")


@dataclass(frozen=True)
class Params:
    """`sender` such as Digest <news@digest.example>; `server` the environment variable with the mail server, such as
    smtp://user:password@mail.example:587 (smtp:// demands STARTTLS, smtps:// is TLS at once, smtp+plain:// is for a server
    of this machine). `reply_to` an address; `bounces` where undeliverable mail goes, else to the sender. `unsubscribe` the
    public address of `digester serve`, for one click; `unsubscribe_mail` a mailbox instead or beside it. `list_id` names
    the list, else series and domain do. `per_minute` and `per_day` messages at most, `batch` over one connection. `dkim`
    is a selector: messages are then signed with the key in the variable `dkim_key`."""

    __pydantic_config__ = _FORBID
    sender: str
    server: str = "SMTP_URL"
    reply_to: str = ""
    bounces: str = ""
    unsubscribe: str = ""
    unsubscribe_mail: str = ""
    list_id: str = ""
    per_minute: float = 0
    per_day: int = 0
    batch: int = 100
    dkim: str = ""
    dkim_key: str = "DKIM_KEY"

    def __post_init__(self) -> None:
        if self.unsubscribe and not _WEB.fullmatch(self.unsubscribe):
            raise ValueError("unsubscribe is no address such as https://news.example")


class Smtp:
    kind: ClassVar[str] = "smtp"
    doc: ClassVar[str] = "Mail to recipients and subscribers over your mail server."
    personal: ClassVar[bool] = True
    updates: ClassVar[bool] = False
    Params: ClassVar[type] = Params

    def __init__(self, name: str, params: Any, powers: ChannelPowers) -> None:
        self.name, self.params, self.powers = name, params, powers
        self.sender = Sender.of(params.sender)
        self.bounces = _ours("bounces", params.bounces) or self.sender.address
        self.reply_to = _ours("reply_to", params.reply_to)
        self.mailbox = _ours("unsubscribe_mail", params.unsubscribe_mail)
        self.server = Server.of(powers.secret(params.server))
        self.daily: int = params.per_day
        self.patience = REPLY
        self.context: Any = None  # of TLS; None: what this system trusts

    @staticmethod
    def secrets(params: Any) -> Sequence[str]:
        return (params.server, *([params.dkim_key] if params.dkim else []))

    def parts(self, edition: Edition) -> Sequence[str]:
        return ()

    @contextmanager
    def open(self) -> Iterator[Mailing]:
        from digester.channels._smtp_session import Mailing  # smtplib and ssl: for who sends

        session = Mailing(self)
        try:
            yield session
        finally:
            session.leave()

    def message(self, letter: Letter, edition: Edition, to: str, message_id: str, key: str) -> bytes:
        """The octets for one recipient."""
        p, mailbox = self.params, self.mailbox
        leave = unsubscribe_url(p.unsubscribe, self.powers.key, key) if p.unsubscribe else ""
        list_id = p.list_id or f"{edition.issue.kind}.{self.sender.domain}"
        fields = fields_of(self.sender, to, message_id, list_id, reply_to=self.reply_to, leave=leave, mailbox=mailbox)
        octets = letter.to(list(fields), leave or (mailto(mailbox) if mailbox else ""))
        return self._signed(octets) if p.dkim else octets

    def _signed(self, octets: bytes) -> bytes:
        from digester.channels._dkim import signed

        return signed(octets, self.params.dkim, self.sender.domain, self.powers.secret(self.params.dkim_key))


def _ours(name: str, text: str) -> str:
    """An address among the parameters, "" for none. Raises NoAddress."""
    try:
        return plain_address(text) if text else ""
    except NoAddress as err:
        raise NoAddress(f"{name} {err}") from err
