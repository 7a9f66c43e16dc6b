"""A message as bytes, by hand: the same bytes from every version of Python.

RFC 5322 lines end in CRLF and are at most 76 octets here; header values that are not plain ASCII are encoded words (RFC
2047) in base64; the two parts are quoted-printable or base64 (RFC 2045), whichever is shorter. The boundary holds `=_`,
which neither encoding can produce. From, To, Message-ID and what lists need are the channel's to add,
and it may put a line of its own under both parts (`unpacked`, `packed`).
"""

from __future__ import annotations

import binascii
from base64 import b64encode
from collections.abc import Iterable

from digester.domain.cut import cut, line

_WORD = 39  # octets of text in an encoded word: with its marks 64, and with `Subject: ` 73 of at most 76 on a line
_LINE = 57  # octets of a line in base64
SUBJECT = 70  # code points
_PLAIN = 900  # octets of an ASCII value on one line; RFC 5322 allows 998


def header(text: str) -> str:
    """Any text as one harmless header value: one line, no control signs, nothing that reads as an encoded word."""
    return line(text).replace("=?", "= ?")


def field(name: str, value: str) -> bytes:
    """`Name: value`, folded and encoded, with its CRLF."""
    value = header(value)
    if value.isascii() and len(value) <= _PLAIN:
        return f"{name}: {value}\r\n".encode()
    folded = "\r\n ".join(words(value))
    return f"{name}: {folded}\r\n".encode()


def words(value: str) -> list[str]:
    """The value as encoded words."""
    return [f"=?utf-8?b?{b64encode(w).decode()}?=" for w in _pieces(value)]


def _pieces(value: str) -> Iterable[bytes]:
    """UTF-8 in pieces of at most 39 octets, none of which ends within a character."""
    piece = b""
    for sign in value:
        octets = sign.encode()
        if len(piece) + len(octets) > _WORD:
            yield piece
            piece = b""
        piece += octets
    yield piece


def message(fields: Iterable[tuple[str, str]], mark: str, text: str, page: str) -> bytes:
    """multipart/alternative of a plain and an HTML part; `mark` makes the boundary, letters and digits."""
    return packed(b"".join(field(name, value) for name, value in fields), mark, text, page)


def packed(head: bytes, mark: str, text: str, page: str) -> bytes:
    """The same under fields that are octets already, each with its CRLF."""
    boundary = f"=_digester_{mark}"
    head += f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'.encode()
    parts = (f"--{boundary}\r\n".encode() + _part(kind, body) for kind, body in (("plain", text), ("html", page)))
    return head + b"".join(parts) + f"--{boundary}--\r\n".encode()


def _part(kind: str, body: str) -> bytes:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    quoted = binascii.b2a_qp(body.encode(), istext=True).replace(b"\n", b"\r\n") + b"\r\n"
    octets = body.replace("\n", "\r\n").encode()
    shorter = _based_size(len(octets)) < len(quoted)
    name, encoded = ("base64", _based(octets)) if shorter else ("quoted-printable", quoted)
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {name}\r\n\r\n'
    return head.encode() + encoded


def _based(octets: bytes) -> bytes:
    """Base64 in lines of 76."""
    lines = (octets[i : i + _LINE] for i in range(0, len(octets), _LINE))
    return b"".join(binascii.b2a_base64(one, newline=False) + b"\r\n" for one in lines)


def _based_size(octets: int) -> int:
    """How long so many octets are in base64: four for three, and a line end for each line."""
    return 4 * -(-octets // 3) + 2 * -(-octets // _LINE)


def subject(title: str, names: Iterable[str], colon: str) -> str:
    """`RecSys Weekly 2026-W25: one thread · another`, at most 70 code points, cut at a word end."""
    told = " · ".join(name for name in names if name)
    return cut(header(f"{title}{colon}{told}" if told else title), SUBJECT)


def unpacked(octets: bytes) -> tuple[bytes, str, str]:
    """The fields of a message of ours that are not about its parts, its plain text and its page."""
    from email import message_from_bytes
    from email.policy import SMTP

    read = message_from_bytes(octets, policy=SMTP)
    text, page = (str(part.get_content()).replace("\r\n", "\n") for part in read.iter_parts())
    head = octets[: octets.index(b"MIME-Version: 1.0\r\n")]
    return head, text, page
