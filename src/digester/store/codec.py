"""Values to JSON text and back. One TypeAdapter a type, built on first use: building costs more than using."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def _adapter(cls: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def dump(value: object) -> str:
    """Compact JSON of a dataclass; lone surrogates were removed where text came in."""
    return str(_adapter(type(value)).dump_json(value).decode())


def load(cls: type[T], text: str) -> T:
    return _adapter(cls).validate_json(text)  # type: ignore[no-any-return]


def stamp(moment: datetime) -> str:
    """Fixed-width UTC text: sorts as time on every database."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def unstamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
