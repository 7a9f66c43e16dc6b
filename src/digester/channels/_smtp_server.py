"""A mail server as the configuration names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

REPLY = 60.0  # seconds for one reply; RFC 5321 (4.5.3.2) allows minutes, which no list of recipients has
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}


@dataclass(frozen=True)
class Server:
    """A mail server as `SMTP_URL` names it. Raises ValueError for what names none; the text is never shown."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> Server:
        parts = urlsplit(url.strip())
        if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(
                "must be smtps://, smtp:// (STARTTLS) or smtp+plain:// with a host, such as smtp://user:password@mail.example:587"
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if user and parts.scheme == "smtp+plain":
            raise ValueError("would send the password in clear; use smtp:// or smtps://")
        return cls(parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], user, password)
