"""The issue as JSON: the whole record, all languages in one file, canonical bytes.

Keys are sorted and the indent fixed, so that equal records are equal bytes and a diff shows what
changed. `load` is the door back: pydantic checks the shape and gives an equal Issue.
"""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, ClassVar

from digester.domain.cut import octets
from digester.domain.issue import Issue
from digester.domain.records import upgraded

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Issue]:
    from pydantic import TypeAdapter

    return TypeAdapter(Issue)


def dump(issue: Issue) -> bytes:
    """The canonical bytes of a record."""
    return octets(f"{canonical(_adapter().dump_python(issue, mode='json'))}\n")


def canonical(value: Any, line: str = "\n") -> str:
    """What `json.dumps` makes with `sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False`, in half its time: with an
    indent the standard encoder is a generator for each level. `line` begins a line at this depth; keys are text."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    inner = f"{line} "
    if isinstance(value, dict) and value:
        parts = [f"{encode_basestring(key)}: {canonical(value[key], inner)}" for key in sorted(value)]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{inner}{f',{inner}'.join([canonical(one, inner) for one in value])}{line}]"
    return json.dumps(value, allow_nan=False)


def load(body: bytes) -> Issue:
    """The record of canonical bytes, also of an earlier version; raises ValueError for anything else."""
    return _adapter().validate_python(upgraded(json.loads(body)), strict=False)


def schema() -> dict[str, Any]:
    """The JSON Schema of the record, for `digester schema issue`."""
    body = _adapter().json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}


class Json:
    name: ClassVar[str] = "json"
    media_type: ClassVar[str] = "application/json"
    extension: ClassVar[str] = "json"

    def render(self, issue: Issue, language: str) -> bytes:
        """The same bytes for every language: the record holds them all."""
        return dump(issue)
