"""Values to JSON text and back. One TypeAdapter a type, built on first use: building costs more than using."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

from digester.domain.issue import Issue
from digester.domain.records import upgraded

T = TypeVar("T")


@cache
def _adapter(cls: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


def dump(value: object) -> str:
    """Compact JSON of a dataclass. Infinity and NaN stand as such: as null they could not be read again."""
    from pydantic_core import to_json

    return to_json(value, inf_nan_mode="constants").decode()


def load(cls: type[T], text: str) -> T:
    adapter: Any = _adapter(cast(Any, cls))
    return cast(T, adapter.validate_json(text))


def load_issue(text: str) -> Issue:
    """A frozen issue, also one that an earlier version wrote."""
    return cast(Issue, _adapter(Issue).validate_python(upgraded(json.loads(text)), strict=False))


def stamp(moment: datetime) -> str:
    """Fixed-width UTC text: sorts as time on every database."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def unstamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
