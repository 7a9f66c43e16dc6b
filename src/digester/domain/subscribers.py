"""People who get mail, and which addresses are one person's.

An address is read as RFC 5321 (Mailbox) and 6531 write it, alone: no display name, comment, group or route, whatever mail
programs make of those. What is stored is what is mailed; `key` is what two addresses are compared by.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MOST = 254  # octets of a path without its brackets (RFC 5321, 4.5.3.1.3 and erratum 1690)
LOCAL = 64  # octets before the @
_ATOM = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\U0010ffff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\x80-\U0010ffff-]+)*"
)
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])*"')
_ESCAPED = re.compile(r"\\(.)")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_TWO_WAYS = re.compile("[\u00df\u1e9e\u03c2]")  # IDNA 2003 rewrites these letters, 2008 keeps them: two owners
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})  # dots before the @ mean nothing there

Standing = Literal["active", "suppressed"]


@dataclass(frozen=True)
class Subscriber:
    """`key` identifies the person, `id` stands in links of theirs; `languages` empty means the first one of an issue.
    A suppressed one is never mailed; `why` says who wished so (unsubscribed, bounced, complained, by hand)."""

    key: str
    address: str
    id: str
    languages: tuple[str, ...]
    standing: Standing
    since: datetime
    why: str = ""


class NoAddress(ValueError):
    """Why a text is no address that can be mailed."""


def address_of(text: str) -> str:
    """The address, its domain in small ASCII letters (IDNA). Raises NoAddress with the reason."""
    text = text.strip(" \t")
    if len(text) > MOST:
        raise NoAddress(f"has more than {MOST} octets")
    local, at, domain = text.rpartition("@")
    if not at:
        raise NoAddress("has no @")
    if any(unicodedata.category(sign)[0] in "CZ" for sign in text):
        raise NoAddress("holds a space, or characters that are not seen")
    if not (_ATOM.fullmatch(local) or _QUOTED.fullmatch(local)):
        raise NoAddress("is more than an address, or has characters before the @ that need quotes")
    if len(local.encode()) > LOCAL:
        raise NoAddress(f"has more than {LOCAL} octets before the @")
    address = f"{local}@{_domain(domain)}"
    if len(address.encode()) > MOST:
        raise NoAddress(f"has more than {MOST} octets")
    return address


def plain_address(text: str) -> str:
    """An address of ours, which every server must take: those in other scripts are not. Raises NoAddress."""
    address = address_of(text)
    if not address.isascii():
        raise NoAddress("has characters before the @ that not every mail server takes")
    return address


def _domain(name: str) -> str:
    if _TWO_WAYS.search(name):
        raise NoAddress("has a domain that mail servers read in two ways; write it as xn--")
    try:
        ascii_ = name.encode("idna").decode().lower() if not name.isascii() else name.lower()
    except UnicodeError as err:
        raise NoAddress("has a domain that is no domain name") from err
    labels = ascii_.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise NoAddress("has a domain that is no domain name")
    return ascii_


def key_of(address: str) -> str:
    """What two addresses are compared by: case, quotes, a `+tag`, and where they mean nothing dots are left aside."""
    local, _, domain = address.rpartition("@")
    if local.startswith('"'):
        local = _ESCAPED.sub(r"\1", local[1:-1])
    local = unicodedata.normalize("NFC", local.lower())
    local = local.partition("+")[0] or local
    local = (domain in _DOTLESS and local.replace(".", "")) or local
    return f"{local}@{'gmail.com' if domain in _DOTLESS else domain}"
