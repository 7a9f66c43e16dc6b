"""A payload in every text of a record: a walker over dataclasses, so that a field added tomorrow is planted, too.

The record is followed by its type hints. Text becomes the payload, wherever it stands; what is empty or None is filled,
since an empty field would show nothing; words of a Literal, numbers and times stay. Mappings keep their keys, which
select what is printed (languages, names of facts), and get the payload as one more. Because every name in the record
becomes the same payload, what cites still finds what it cites.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Say = Callable[[str], str]
_PLAIN: Mapping[Any, Any] = {
    bool: False, int: 1, float: 1.0, date: date(2026, 6, 16), datetime: datetime(2026, 6, 16, 8, tzinfo=UTC),
}  # fmt: skip
_hints = cache(get_type_hints)


def as_text(payload: str) -> Say:
    """Every text is the payload, addresses as well."""
    return lambda old: payload


def in_addresses(payload: str) -> Say:
    """Every text is the payload; what was an address stays one and holds it."""
    return lambda old: f"https://a.example/{payload}" if old.startswith("https://") else payload


def in_turn(payloads: Sequence[str], start: int = 0) -> Say:
    """Each text is the next payload, every other address holds one: a whole corpus in a few records."""
    turn = count(start)

    def say(old: str) -> str:
        n = next(turn)
        payload = payloads[n % len(payloads)]
        return f"https://a.example/{payload}" if n % 2 and old.startswith("https://") else payload

    return say


def planted(value: T, say: Say, keep: frozenset[str] = frozenset()) -> T:
    """The dataclass with every text said anew, but for the fields named `Class.field` in `keep`."""
    found: T = _planted(value, type(value), say, keep)
    return found


def _planted(value: Any, hint: Any, say: Say, keep: frozenset[str]) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _planted(value, next(p for p in parts if p is not NoneType), say, keep)
    if origin is Literal:
        return value if value is not None else parts[0]
    if hint is str:
        return say(value or "")
    if is_dataclass(hint):
        return _record(value, hint, say, keep)
    if origin is tuple:
        return _row(value, parts, say, keep)
    if origin is Mapping:
        return {k: _planted(v, parts[1], say, keep) for k, v in (value or {}).items()} | {
            say(""): _planted(None, parts[1], say, keep)
        }
    return _PLAIN[hint] if value is None else value


def _record(value: Any, hint: Any, say: Say, keep: frozenset[str]) -> Any:
    kinds = _hints(hint)
    kept = keep if value is not None else frozenset()  # where there is nothing, nothing can stay
    names = [f.name for f in fields(hint) if f.init and f"{hint.__name__}.{f.name}" not in kept]
    new = {name: _planted(getattr(value, name, None), kinds[name], say, keep) for name in names}
    return hint(**new) if value is None else replace(value, **new)


def _row(value: Any, parts: tuple[Any, ...], say: Say, keep: frozenset[str]) -> tuple[Any, ...]:
    if parts[-1] is Ellipsis:
        return tuple(_planted(one, parts[0], say, keep) for one in (value or (None,)))
    return tuple(_planted(one, part, say, keep) for one, part in zip(value or (None,) * len(parts), parts, strict=True))
