"""Shared by kinds that ask JSON APIs: bytes to values, and values to ours, whatever the answer holds.

An answer is somebody else's: a field may be missing, of another type, endless or nested without end. Each
reader here gives the value, or nothing; only an answer that is no answer at all is an error.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document
from digester.domain.text import plain
from digester.sources._feed import MAX_FIELD

ACCEPT = "application/json"
_LARGEST = 1e15  # of a count; larger ones are no counts


def load(document: Document, service: str) -> Any:
    """The JSON of an answer. Raises ParseError for what is none, naming the service."""
    if not document.body.strip():
        raise ParseError(f"{service}: empty body, not JSON")
    try:
        return json.loads(document.body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as err:
        what = "an HTML page" if b"<html" in document.body[:2000].lower() else f"broken JSON ({type(err).__name__})"
        raise ParseError(f"{service}: not JSON but {what}") from None


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def listed(value: object, service: str, what: str) -> list[Any]:
    """The rows an answer must have. Raises ParseError with what the service says instead, if it says something."""
    if isinstance(value, list):
        return value
    raise ParseError(f"{service}: an answer without {what}")


def said(answer: object, service: str) -> None:
    """Raises ParseError for `{"error": ..., "message": ...}`, the way these services report trouble."""
    fields = table(answer)
    if words := " ".join(w for w in (text(fields.get("error")), text(fields.get("message"))) if w):
        raise ParseError(f"{service} answers: {words[:200]}")


def all_unread(read: int, rows: int, service: str) -> None:
    """Raises ParseError when there are rows and none was understood: a changed answer is no quiet day."""
    if rows and not read:
        raise ParseError(f"{service}: none of {rows} rows can be read, the answer has changed shape")


def table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def tables(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def string(value: object) -> str:
    """The raw string, of bounded length; "" for what is none."""
    return value[:MAX_FIELD] if isinstance(value, str) else ""


def text(value: object) -> str:
    return plain(string(value))


def number(value: object) -> float | None:
    """A count: finite, not negative, no bool."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < _LARGEST:
        return None
    return float(value)


def counts(**values: object) -> dict[str, float]:
    """Signals by name, without those that the answer does not give."""
    return {name: n for name, value in values.items() if (n := number(value)) is not None}


def moment(value: object) -> datetime | None:
    """An ISO 8601 time with its offset, in UTC; None for what no calendar knows."""
    try:
        at = datetime.fromisoformat(string(value).strip())
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def distinct(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """One entry an id, the first, in the order of the answer."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.external_id, entry)
    return tuple(found.values())


def notes(**left_out: int) -> tuple[str, ...]:
    """`reposts=3` as "3 left out: reposts"; nothing for zero."""
    return tuple(f"{n} left out: {what.replace('_', ' ')}" for what, n in left_out.items() if n)
