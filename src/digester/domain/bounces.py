"""What other mail servers say about mail of ours: bounces and complaints, from bytes to findings.

A bounce is a multipart/report of delivery status (RFC 3464 with the codes of RFC 3463; RFC 6533 for addresses in other
scripts), a complaint one of feedback (RFC 5965); each brings back the message, or its fields, that it is about. Such mail is
often broken and easily forged: the reading is by hand, one pass over lines, so that no bytes make it raise or recurse, and a
finding is only what somebody says. Whether the Message-ID is one that was given out is for the caller to look up.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from digester.domain.cut import cut, line

LARGEST = 1_000_000  # octets of a report that are read: the returned message stands last
PARTS, RECIPIENTS, DEEP = 20, 50, 3
SAID = 200  # code points kept of what a server said
COMPLAINTS = ("abuse", "fraud", "opt-out")  # kinds of feedback by which a person wants no more mail; not-spam is none
_FIRST = re.compile(rb"(?:\A|(?<=\n\n))From [^\n]*\n")
_BOUNDARY = re.compile(r'(?i)\bboundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))')
_ID = re.compile(r"<[^<>\s]{1,250}>")
_STATUS = re.compile(r"(?<![0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])")
_GIVEN = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")  # a character as RFC 6533 writes it in plain ASCII
_FIELDS = ("text/rfc822-headers", "message/global-headers", "message/rfc822", "message/global")
_STATUSES = ("message/delivery-status", "message/global-delivery-status")

Kind = Literal["bounce", "delay", "complaint"]
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Finding:
    """`message_id` of the message that came back, with its brackets; `recipients` as the report names them, in its words
    (none in a complaint, whose senders hide them); `status` such as 5.1.1, "" when it says none."""

    kind: Kind
    message_id: str
    recipients: tuple[str, ...] = ()
    status: str = ""
    said: str = ""

    @property
    def unknown(self) -> bool:
        """Whether the mailbox does not exist (RFC 3463, X.1.1)."""
        return self.kind == "bounce" and self.status == "5.1.1"

    @property
    def lasting(self) -> bool:
        """Whether it will be so next time, too, because of the address: not a 4.x.x, and nothing about the message or its
        sender (5.3, 5.5, 5.6, 5.7), which would empty a whole list when the sender is blocked."""
        return self.kind == "bounce" and self.status.startswith(("5.0.", "5.1.", "5.2.", "5.4."))


def messages(octets: bytes) -> list[bytes]:
    """The messages of an mbox, or the one message of any other file."""
    text = octets.replace(b"\r\n", b"\n")
    return [m for m in _FIRST.split(text)[1:] if m.strip()] if text.startswith(b"From ") else [text]


def findings(octets: bytes) -> list[Finding]:
    """What a message says about mail of ours, nothing when it is no report of either kind."""
    parts = list(_parts(octets[:LARGEST].replace(b"\r\n", b"\n").replace(b"\r", b"\n"), DEEP))
    message_id = next((m for kind, body in parts if kind in _FIELDS and (m := _message_id(body))), "")
    if not message_id:
        return []
    found = [f for kind, body in parts if kind in _STATUSES for f in _bounces(message_id, body)]
    return found + [
        f for kind, body in parts if kind == "message/feedback-report" for f in _complaints(message_id, body)
    ]


# ------------------------------------------------------------------- findings
def _message_id(body: bytes) -> str:
    found = _ID.search(_split(body.lstrip(b"\n"))[0].get("message-id", ""))
    return found[0] if found else ""


def _bounces(message_id: str, body: bytes) -> Iterator[Finding]:
    """One for each recipient that the report names; what was delivered or handed on is none."""
    for group in re.split(rb"\n[ \t]*\n", body.strip(b"\n"))[: RECIPIENTS + 1]:
        fields = _fields(group)
        named = tuple(a for k in ("final-recipient", "original-recipient") if (a := _address(fields.get(k, ""))))
        action = fields.get("action", "").strip().lower()
        if named and action in ("failed", "delayed"):
            kind: Kind = "bounce" if action == "failed" else "delay"
            said = fields.get("diagnostic-code", "")
            yield Finding(kind, message_id, named, _status(fields.get("status", ""), said), cut(line(said), SAID))


def _status(status: str, said: str) -> str:
    """The code of the report; when that tells nothing but its class, the one that the server's reply holds."""
    own, replied = _STATUS.search(status), _STATUS.search(said)
    if own and not own[1].endswith(".0.0"):
        return own[1]
    better = replied if replied and (own is None or replied[1][0] == own[1][0]) else own
    return better[1] if better else ""


def _complaints(message_id: str, body: bytes) -> Iterator[Finding]:
    kind = _fields(body.strip(b"\n")).get("feedback-type", "").strip().lower()
    if kind in COMPLAINTS:
        yield Finding("complaint", message_id, said=kind)


def _address(value: str) -> str:
    """`rfc822; me@mail.example`, also in brackets."""
    text = (value.partition(";")[2] or value).strip().strip("<>").strip()
    return _GIVEN.sub(lambda m: chr(n) if (n := int(m[1], 16)) <= 0x10FFFF else m[0], text) if "@" in text else ""


# ---------------------------------------------------------------------- parts
def _parts(octets: bytes, deep: int) -> Iterator[tuple[str, bytes]]:
    """(media type, content) of each part; a report may stand in another multipart, but not in a returned message."""
    fields, body = _split(octets)
    kind = fields.get("content-type", "text/plain")
    media = kind.partition(";")[0].strip().lower()
    if not media.startswith("multipart/"):
        yield media, _decoded(body, fields.get("content-transfer-encoding", ""))
    elif deep and (m := _BOUNDARY.search(kind)):
        mark = re.escape((m[1] or m[2]).rstrip().encode("utf-8", "replace"))
        for part in re.split(rb"(?m)^--" + mark + rb"(?:--)?[ \t]*(?:\n|\Z)", body, maxsplit=PARTS)[1:]:
            yield from _parts(part, deep - 1)


def _split(octets: bytes) -> tuple[Fields, bytes]:
    if octets.startswith(b"\n"):
        return {}, octets[1:]
    head, _, body = octets.partition(b"\n\n")
    return _fields(head), body


def _fields(head: bytes) -> Fields:
    """Fields by name in small letters, unfolded; of two of one name the first."""
    found: dict[str, str] = {}
    for row in re.sub(rb"\n[ \t]+", b" ", head).split(b"\n"):
        name, colon, value = row.decode("utf-8", "replace").partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _decoded(body: bytes, encoding: str) -> bytes:
    """The content of a part, which some servers encode against the rule; as it stands when that is broken."""
    try:
        match encoding.strip().lower():
            case "base64":
                return binascii.a2b_base64(body).replace(b"\r\n", b"\n")
            case "quoted-printable":
                return binascii.a2b_qp(body).replace(b"\r\n", b"\n")
    except ValueError:
        pass
    return body
