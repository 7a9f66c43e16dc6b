"""JSON Schema (draft 7) of sources.yaml, for completion and hover in editors; `digester schema sources` prints it.

Built from the same dataclasses and registries that `load` checks with, so a new kind, parameter, issue or
output is in it by itself. Each kind is an `if`/`then` over the `kind` of a line: draft 7 is what editors'
YAML servers read, pydantic speaks 2020-12. A schema sees one value at a time; what needs two (doubled ids,
minimum above maximum) or knowledge (time zones, private hosts) is checked by `load` alone.
json-schema.org/draft-07; json-schema.org/draft/2020-12/release-notes for what differs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from digester.config import (
    EVIDENCE,
    ID,
    Bridges,
    ChannelLine,
    IssueSettings,
    Llm,
    Net,
    RecipientLine,
    Registries,
    SiteSettings,
    SourceLine,
    Workspace,
)

DRAFT = "http://json-schema.org/draft-07/schema#"
_ABOVE_ZERO = {"exclusiveMinimum": 0}


def sources_schema(known: Registries) -> dict[str, Any]:
    """The schema of a whole file as a JSON value; nothing in it depends on a workspace."""
    definitions: dict[str, Any] = {}
    net = _object(Net, definitions, deadline=_ABOVE_ZERO, max_bytes=_ABOVE_ZERO, hosts_in_flight=_ABOVE_ZERO)
    top = {
        "version": {"const": 1, "description": "of this format"},
        "workspace": _optional(_object(Workspace, definitions)),
        "net": _optional(net),
        "bridges": _optional(_object(Bridges, definitions)),
        "llm": _optional(
            _object(Llm, definitions, **dict.fromkeys(("in_flight", "deadline", "patience"), _ABOVE_ZERO))
        ),
        "site": _optional(_object(SiteSettings, definitions)),
        "sources": {"type": "array", "minItems": 1, "items": _source(known, definitions)},
        "topics": {
            "type": ["object", "null"],
            "description": "names of topics, each with the phrases that speak of it",
            "additionalProperties": {
                "anyOf": [{"type": "string"}, {"type": "array", "minItems": 1, "items": {"type": "string"}}]
            },
        },
        "issues": _optional(_issues(known, definitions)),
        "channels": _optional(_channels(known, definitions)),
        "recipients": {
            "type": ["array", "null"],
            "items": {"anyOf": [{"type": "string"}, _object(RecipientLine, definitions)]},
        },
    }
    whole = {"type": "object", "required": ["sources"], "additionalProperties": False, "properties": top}
    found = {"definitions": definitions} if definitions else {}
    return {"$schema": DRAFT, "title": "sources.yaml of digester", **whole, **found}


def _source(known: Registries, definitions: dict[str, Any]) -> dict[str, Any]:
    weight = {**_ABOVE_ZERO, "maximum": 10}
    common = _object(SourceLine, definitions, id={"pattern": _whole(ID)}, kind={"enum": list(known.params)},
                     weight=weight, evidence={"pattern": _whole(EVIDENCE)})  # fmt: skip
    del common["additionalProperties"]  # each kind adds its own, and closes the line
    names = tuple(common["properties"])
    kinds = [_kind(name, _object(params, definitions), names) for name, params in known.params.items()]
    return {**common, "allOf": kinds}


def _kind(name: str, params: dict[str, Any], common: tuple[str, ...]) -> dict[str, Any]:
    """What a line of this kind may hold: the keys of every source, and its own."""
    given: Mapping[str, Any] = params["properties"]
    own = {key: _filled(key, value) for key, value in given.items()}
    then = {**params, "properties": {**{key: {} for key in common}, **own}}
    return {"if": {"properties": {"kind": {"const": name}}, "required": ["kind"]}, "then": then}


def _filled(key: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A list that is given is not empty, and an address is one: `load` says so too."""
    more = {"minItems": 1} if value.get("type") == "array" else {"format": "uri"} if key == "url" else {}
    return {**value, **more}


def _issues(known: Registries, definitions: dict[str, Any]) -> dict[str, Any]:
    """Shipped issues by name, and issues of one's own."""
    outputs = {"anyOf": [{"type": "array", "items": {"enum": list(known.outputs)}}, {"type": "null"}]}
    one = _optional(_object(IssueSettings, definitions, outputs=outputs))
    own = {**one, "required": ["title", "cadence", "rubric"]}
    return {"type": "object", "properties": dict.fromkeys(known.issues, one), "additionalProperties": own}


def _channels(known: Registries, definitions: dict[str, Any]) -> dict[str, Any]:
    """Channels by name, each with the parameters of its kind."""
    common = _object(ChannelLine, definitions, kind={"enum": list(known.channels)})
    del common["additionalProperties"]
    names = tuple(common["properties"])
    kinds = [_kind(name, _object(kind.Params, definitions), names) for name, kind in known.channels.items()]
    return {"type": "object", "additionalProperties": {**common, "allOf": kinds}}


def _object(cls: type, definitions: dict[str, Any], **more: Mapping[str, Any]) -> dict[str, Any]:
    """A dataclass as a draft 7 object that knows its keys; what its docstring says of a key stands at the key."""
    from pydantic import TypeAdapter

    made: dict[str, Any] = _draft7(TypeAdapter(cls).json_schema())
    definitions.update(made.pop("definitions", {}))
    doc = " ".join((cls.__doc__ or "").split())
    for key, value in made.get("properties", {}).items():
        made["properties"][key] = {**_said(doc, key), **value, **more.get(key, {})}
    return {**made, "description": doc, "additionalProperties": False, "properties": made.get("properties", {})}


def _said(doc: str, key: str) -> dict[str, str]:
    """The clauses of a docstring that name `key`; nothing when there is none."""
    text = "; ".join(clause.rstrip(".") for clause in re.split(r"(?<=\.) |; ", doc) if f"`{key}" in clause)
    return {"description": text} if text else {}


def _optional(value: Mapping[str, Any]) -> dict[str, Any]:
    """A section may be there with nothing under it: YAML says null."""
    return {**value, "type": ["object", "null"]}


def _draft7(node: Any) -> Any:
    """2020-12 keywords under their draft 7 names."""
    if isinstance(node, list):
        return [_draft7(n) for n in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", "#/definitions/") if isinstance(node, str) else node
    if "prefixItems" in node:
        node = {**{k: v for k, v in node.items() if k != "prefixItems"}, "items": node["prefixItems"],
                "additionalItems": node.get("items", True)}  # fmt: skip
    return {"definitions" if k == "$defs" else k: _draft7(v) for k, v in node.items()}


def _whole(expression: str) -> str:
    """A schema's pattern is searched for, not matched (ECMA 262)."""
    return f"^(?:{expression})$"
