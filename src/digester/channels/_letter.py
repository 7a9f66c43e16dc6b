"""A stored e-mail as one recipient gets it: who it is from and to, how to leave, and the same said under both parts.

Only plain ASCII values and encoded words become fields, each on lines of its own, so that nothing an address or a name
holds can begin another one. RFC 5322; List-Id RFC 2919; List-Unsubscribe RFC 2369 and RFC 8058; Auto-Submitted RFC 3834.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from html import escape
from urllib.parse import quote

from digester.domain.cut import line
from digester.domain.ids import digest
from digester.domain.mail import header, packed, unpacked, words
from digester.domain.subscribers import NoAddress, plain_address

WIDTH = 76  # octets of a line where a field can be folded; RFC 2047 (2) wants that of lines with encoded words
_NO_LIST = re.compile(r"[^A-Za-z0-9._-]+")
LEAVE = {
    "en": ("You are on the mailing list of {series}.", "Unsubscribe"),
    "zh": ("您在“{series}”的邮件列表中。", "退订"),
}
_CLOSE = "</body>"


@dataclass(frozen=True)
class Sender:
    """`name` may be any text, `address` is an address."""

    name: str
    address: str

    @classmethod
    def of(cls, text: str) -> Sender:
        """`news@digest.example` or `Digest <news@digest.example>`. Raises NoAddress."""
        if any(sign in text for sign in "\r\n\0"):
            raise NoAddress("holds control characters")
        name, address = parseaddr(text)
        if not address:
            raise NoAddress("is no address such as Digest <news@digest.example>")
        return cls(line(name)[:60], plain_address(address))

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        name = header(self.name)
        if name.isascii():
            return formataddr((name, self.address))
        return f"{' '.join(words(name))} <{self.address}>"


def mailto(mailbox: str) -> str:
    """An address to write to in order to leave (RFC 6068)."""
    return f"mailto:{quote(mailbox, safe='@')}?subject=unsubscribe"


@dataclass(frozen=True)
class Letter:
    """What is the same for all recipients of an edition, taken apart once."""

    head: bytes
    text: str
    page: str
    mark: str
    series: str
    language: str

    @classmethod
    def of(cls, octets: bytes, series: str, language: str) -> Letter:
        head, text, page = unpacked(octets)
        return cls(head, text, page, digest(head.decode("ascii", "replace"), text, size=12), line(series), language)

    def to(self, fields: list[tuple[str, str]], leave: str) -> bytes:
        """The message with these fields on top; `leave` is an address of the web or of mail, "" for none."""
        head = b"".join(_field(name, value) for name, value in fields) + self.head
        return packed(head, self.mark, self.text + self._plain(leave), self._below(leave))

    def _plain(self, leave: str) -> str:
        why, verb = LEAVE.get(self.language, LEAVE["en"])
        return f"\n-- \n{why.format(series=self.series)}\n{verb}: {leave}\n" if leave else ""

    def _below(self, leave: str) -> str:
        if not leave:
            return self.page
        why, verb = LEAVE.get(self.language, LEAVE["en"])
        told = (
            f'<p style="margin:16px;text-align:center;font:13px/1.5 sans-serif;color:#595959">'
            f'{escape(why.format(series=self.series))} <a href="{escape(leave)}" style="color:#595959">{verb}</a></p>'
        )
        before, close, after = self.page.rpartition(_CLOSE)
        return f"{before}{told}{close}{after}" if close else f"{self.page}{told}"


def fields_of(
    sender: Sender, to: str, message_id: str, list_id: str, *, reply_to: str = "", leave: str = "", mailbox: str = ""
) -> Iterator[tuple[str, str]]:
    """The fields that a channel adds. With `leave`, an https address of the recipient's own, mail programs offer to
    unsubscribe by one click; `mailbox` takes a message instead."""
    yield "From", str(sender)
    yield "To", to
    if reply_to:
        yield "Reply-To", reply_to
    yield "Message-ID", message_id
    yield "List-Id", f"<{_NO_LIST.sub('-', list_id)[:255]}>"
    ways = [f"<{leave}>"] if leave else []
    ways += [f"<{mailto(mailbox)}>"] if mailbox else []
    if ways:
        yield "List-Unsubscribe", ", ".join(ways)
    if leave.startswith("https://"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    yield "Auto-Submitted", "auto-generated"
    yield "Precedence", "bulk"


def _field(name: str, value: str) -> bytes:
    """One field, whatever `value` holds, folded at its spaces; an address in another script stays as it is (RFC 6532), on
    servers that take it."""
    first, *rest = line(value).split(" ")
    lines = [f"{name}: {first}"]
    for word in rest:
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join([*lines, ""]).encode()
