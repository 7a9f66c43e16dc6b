"""The issue as JSON: the whole record, all languages in one file, canonical bytes.

Keys are sorted and the indent fixed, so that equal records are equal bytes and a diff shows what
changed. `load` is the door back: pydantic checks the shape and gives an equal Issue.
"""

from __future__ import annotations

import json
from functools import lru_cache
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
    record = _adapter().dump_python(issue, mode="json")
    text = json.dumps(record, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return octets(f"{text}\n")


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
