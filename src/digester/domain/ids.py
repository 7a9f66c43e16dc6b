"""Identities. An item is hash(source, publisher's id): never its title or date, which are edited."""

from __future__ import annotations

import hashlib


def digest(*parts: str, size: int = 16) -> str:
    """Hex digest over length-prefixed parts, so ("ab", "c") and ("a", "bc") differ."""
    made = hashlib.blake2b(digest_size=size)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        made.update(len(raw).to_bytes(8, "big") + raw)
    return made.hexdigest()


def item_id(source_id: str, external_id: str) -> str:
    return digest("item", source_id, external_id, size=10)


def passage_id(text: str) -> str:
    return digest("passage", text, size=10)


def story_id(first_item_id: str) -> str:
    return digest("story", first_item_id, size=8)


def issue_id(kind: str, period: str) -> str:
    return f"{kind}/{period}"


def theme_id(kind: str, period: str, name: str) -> str:
    """A theme of an issue, whether it has a thread or not."""
    return digest(kind, period, name, size=6)


def checksum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
