"""Links by which a person leaves: nobody can make one up, and none shows whose it is.

`<id>.<mark>`: the id is a keyed hash of the address, under which the store knows the person; the mark a keyed hash of the
id. Both are HMAC-SHA256 with the workspace's own key, cut to 128 bits. They do not end, since mail is read years later
(RFC 8058 asks for no session); a new key ends all of them.
"""

from __future__ import annotations

import hmac
import re

_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{32})")


def person_id(key: bytes, address_key: str) -> str:
    return _mac(key, "person", address_key)


def token_of(key: bytes, address_key: str) -> str:
    id_ = person_id(key, address_key)
    return f"{id_}.{_mac(key, 'unsubscribe', id_)}"


def id_in(key: bytes, token: str) -> str | None:
    """The person's id of a token that this workspace gave out, else None."""
    m = _TOKEN.fullmatch(token)
    return m[1] if m and hmac.compare_digest(m[2], _mac(key, "unsubscribe", m[1])) else None


def unsubscribe_url(base: str, key: bytes, address_key: str) -> str:
    return f"{base.rstrip('/')}/unsubscribe/{token_of(key, address_key)}"


def _mac(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\0".join(parts).encode(), "sha256").hexdigest()[:32]
