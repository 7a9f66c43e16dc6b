"""A second reader of mail, as strict as the first is lenient: what RFC 5322, 2045 and 2047 demand of octets, line by line.

It shares nothing with the program or with the standard library's parser; `complaints` is empty for a message in which
nothing is wrong, in the form in which it goes over the wire (RFC 5321: CRLF alone, 998 octets, no NUL).
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

ONCE = (
    b"date", b"from", b"sender", b"reply-to", b"to", b"cc", b"bcc", b"message-id", b"subject", b"mime-version", b"content-type",
    b"content-transfer-encoding", b"content-language", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post",
    b"auto-submitted", b"precedence",
)  # fmt: skip
NEEDED = (b"date", b"from", b"to", b"message-id", b"subject", b"mime-version", b"content-type")
ATEXT = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
ATOM8 = rb"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[\x80-\xff])"
QUOTED = rb'"(?:[ !#-\[\]-~]|\\[ -~])*"'
DOMAIN = rb"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
ADDRESS = rb"(?:" + ATOM8 + rb"+(?:\." + ATOM8 + rb"+)*|" + QUOTED + rb")@" + DOMAIN
WORD = rb"=\?utf-8\?b\?[A-Za-z0-9+/]+={0,2}\?="
PHRASE = rb"(?:" + QUOTED + rb"|(?:" + ATEXT + rb"+|" + WORD + rb")(?: (?:" + ATEXT + rb"+|" + WORD + rb"))*)"
URI = rb"<(?:https?://|mailto:)[!-;=?-~]+>"
DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
GRAMMAR = {
    b"date": DAY + rb", [0-3][0-9] " + MONTH + rb" [0-9]{4} [0-2][0-9]:[0-5][0-9]:[0-6][0-9] [+-][0-9]{4}",
    b"from": rb"(?:" + ADDRESS + rb"|" + PHRASE + rb" <" + ADDRESS + rb">)",
    b"to": ADDRESS,
    b"reply-to": ADDRESS,
    b"message-id": rb"<" + ATEXT + rb"+(?:\." + ATEXT + rb"+)*@" + DOMAIN + rb">",
    b"list-id": rb"<[A-Za-z0-9._-]+>",
    b"list-unsubscribe": URI + rb"(?:, " + URI + rb")*",
    b"list-unsubscribe-post": rb"List-Unsubscribe=One-Click",
    b"auto-submitted": rb"auto-generated",
    b"precedence": rb"bulk",
    b"mime-version": rb"1\.0",
    b"content-language": rb"[A-Za-z0-9-]+",
    b"content-transfer-encoding": rb"base64|quoted-printable",
}
KINDS = {
    b"content-type": re.compile(rb'multipart/alternative; boundary="([0-9A-Za-z=_]{1,70})"'),
    b"part": re.compile(rb'text/(plain|html); charset="utf-8"'),
}


@dataclass(frozen=True)
class Field:
    name: bytes
    value: bytes  # unfolded
    lines: tuple[bytes, ...]


def fields(octets: bytes) -> list[Field]:
    """Of the head, in order; names in small letters."""
    found: list[list[bytes]] = []
    for line in octets.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        if line[:1] in b" \t" and found:
            found[-1].append(line)
        else:
            found.append([line])
    parts = [(lines, lines[0].partition(b":")) for lines in found]
    return [Field(p[0].lower(), b"".join([p[2], *lines[1:]]).strip(b" "), tuple(lines)) for lines, p in parts]


def complaints(octets: bytes, utf8: bool = False) -> list[str]:
    """`utf8` for a message to an address in another script, whose To may have it as it is (RFC 6532)."""
    return [*_lines(octets), *_head(octets, utf8), *_body(octets)]


def _lines(octets: bytes) -> Iterator[str]:
    if not octets.endswith(b"\r\n"):
        yield "does not end with a line end"
    if b"\0" in octets:
        yield "holds a NUL"
    if re.search(rb"\r(?!\n)|(?<!\r)\n", octets):
        yield "has a line end that is not CRLF"
    for line in octets.split(b"\r\n"):
        if len(line) > 998:
            yield f"a line of {len(line)} octets"


def _head(octets: bytes, utf8: bool) -> Iterator[str]:
    read = fields(octets)
    count = Counter(f.name for f in read)
    yield from (f"{name.decode()} is missing" for name in NEEDED if not count[name])
    yield from (f"{name.decode()} stands {count[name]} times" for name in ONCE if count[name] > 1)
    for field in read:
        if not re.fullmatch(rb"[!-9;-~]+: .*", field.lines[0], re.DOTALL):
            yield f"{field.lines[0]!r} begins no field"
        if any(not line.strip() for line in field.lines):
            yield f"{field.name!r} has a line of spaces"
        if re.search(rb"[\x00-\x1f\x7f]", field.value):
            yield f"{field.name!r} holds control characters"
        if not field.value.isascii() and not (utf8 and field.name == b"to"):
            yield f"{field.name!r} is not ASCII"
        if (rule := GRAMMAR.get(field.name)) and not re.fullmatch(rule, field.value):
            yield f"{field.name.decode()}: {field.value!r} is against its grammar"
        yield from _words(field)


def _words(field: Field) -> Iterator[str]:
    """RFC 2047: at most 75 octets a word, 76 a line that holds one, and each is whole characters."""
    words = re.findall(rb"(?<![^ ])=\?[^ ]*", field.value)
    if not words:
        return
    if any(len(line) > 76 for line in field.lines):
        yield f"{field.name!r} has encoded words on a line of more than 76 octets"
    for word in words:
        if not re.fullmatch(WORD, word) or len(word) > 75:
            yield f"{word!r} is no encoded word"
            continue
        try:
            text = base64.b64decode(word.split(b"?")[3], validate=True).decode()
        except ValueError:
            yield f"{word!r} cannot be decoded"
            continue
        if re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", text):
            yield f"{word!r} hides a control character"


def _body(octets: bytes) -> Iterator[str]:
    kind = next((f.value for f in fields(octets) if f.name == b"content-type"), b"")
    m = KINDS[b"content-type"].fullmatch(kind)
    if not m:
        yield f"{kind!r} is not what we send"
        return
    body = octets.partition(b"\r\n\r\n")[2]
    mark = b"--" + m[1]
    opened, *parts = (b"\r\n" + body).split(b"\r\n" + mark)
    if opened or len(parts) != 3 or parts[2] != b"--\r\n":
        yield f"{len(parts) - 1} parts, or something before or after them"
        return
    for part, wanted in zip(parts[:2], (b"plain", b"html"), strict=True):
        yield from _part(part, wanted)


def _part(part: bytes, wanted: bytes) -> Iterator[str]:
    head, _, body = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    known = {f.name: f.value for f in fields(head + b"\r\n\r\n")}
    m = KINDS[b"part"].fullmatch(known.get(b"content-type", b""))
    if not m or m[1] != wanted or set(known) != {b"content-type", b"content-transfer-encoding"}:
        yield f"a part with {known}"
    lines = body.split(b"\r\n")
    rule = rb"[A-Za-z0-9+/]*={0,2}"
    if known.get(b"content-transfer-encoding") == b"quoted-printable":
        rule = rb"(?:[\t !-<>-~]|=[0-9A-F]{2})*=?"
    for line in lines:
        if len(line) > 76 or line[-1:] in (b" ", b"\t") or not re.fullmatch(rule, line):
            yield f"{line[:90]!r} is not encoded as said"
