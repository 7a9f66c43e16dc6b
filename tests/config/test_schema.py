"""The JSON Schema of sources.yaml: draft 7, whole, true of the files we write, and false of wrong ones.

No validator is a dependency; `wrong` below knows the keywords that our schema uses, and says so when it
meets another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar

import pytest
import yaml

from digester import app
from digester.config import IssueSettings, Net, Registries, SourceLine, Workspace
from digester.config.schema import DRAFT, sources_schema
from digester.demo.run import sources_yaml, world_folder
from digester.demo.world import load as load_world
from digester.sources import KINDS

SCHEMA = sources_schema(app.registries())
LINE = SCHEMA["properties"]["sources"]["items"]
THEN = {rule["if"]["properties"]["kind"]["const"]: rule["then"] for rule in LINE["allOf"]}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
IGNORED = {"$schema", "definitions", "title", "description", "default", "format"}
CHECKS = {"type", "enum", "const", "pattern", "maximum", "exclusiveMinimum", "required", "properties", "minItems",
          "additionalProperties", "items", "allOf", "anyOf", "if", "then"}  # fmt: skip


@dataclass(frozen=True)
class Inner:
    depth: int = 1


@dataclass(frozen=True)
class Books:
    """`shelf` to look on."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    shelf: str
    pair: tuple[int, str] = (1, "a")
    inner: Inner = Inner()


def wrong(value: Any, schema: Any, path: str = "") -> list[str]:
    """Every place where `value` breaks a draft 7 schema; empty when it is valid."""
    if "$ref" in schema:  # in draft 7 it stands alone
        return wrong(value, SCHEMA["definitions"][schema["$ref"].removeprefix("#/definitions/")], path)
    assert not set(schema) - IGNORED - CHECKS, f"a keyword that this test does not know: {set(schema)}"
    found = [path + ": " + why for why in _simple(value, schema)]
    for part in schema.get("allOf", ()):
        holds = "if" not in part or not wrong(value, part["if"])
        found += wrong(value, part["then"] if "if" in part else part, path) if holds else []
    if "anyOf" in schema and all(wrong(value, s) for s in schema["anyOf"]):
        found.append(f"{path}: none of anyOf")
    if isinstance(value, list) and "items" in schema:
        found += [w for i, v in enumerate(value) for w in wrong(v, schema["items"], f"{path}[{i}]")]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [w for k, v in value.items() if k in known for w in wrong(v, known[k], f"{path}.{k}")]
        rest, unknown = schema.get("additionalProperties"), set(value) - set(known)
        found += [f"{path}.{k}: unknown" for k in unknown if rest is False]
        found += [w for k in unknown if isinstance(rest, dict) for w in wrong(value[k], rest, f"{path}.{k}")]
        found += [f"{path}.{k}: missing" for k in schema.get("required", ()) if k not in value]
    return found


def _simple(value: Any, schema: Any) -> Iterator[str]:
    if "type" in schema:
        names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if not any(_is(value, name) for name in names):
            yield f"no {names}"
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        yield "another value"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield "another pattern"
    if isinstance(value, int | float) and not (
        schema.get("exclusiveMinimum", value - 1) < value <= schema.get("maximum", value)
    ):
        yield "out of range"
    if isinstance(value, list) and len(value) < schema.get("minItems", 0):
        yield "too short"


def _is(value: Any, name: str) -> bool:
    if name in ("number", "integer"):
        return isinstance(value, int if name == "integer" else int | float) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


def with_line(**keys: Any) -> dict[str, Any]:
    return {"sources": [{"id": "a", "kind": "rss", "url": "https://a.example/", **keys}]}


# ------------------------------------------------------------------- structure
def test_it_is_draft_7_without_a_word_of_later_drafts() -> None:
    assert SCHEMA["$schema"] == DRAFT
    later = {"$defs", "prefixItems", "unevaluatedProperties", "dependentRequired", "$dynamicRef", "minContains"}
    assert not [n for n in nodes(SCHEMA) if later & set(n)]
    assert "#/$defs" not in str(SCHEMA)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_there_with_every_parameter_and_forbids_the_rest(kind: str) -> None:
    own, params = THEN[kind], fields(KINDS[kind].Params)
    assert kind in LINE["properties"]["kind"]["enum"]
    assert set(own["properties"]) == {f.name for f in (*params, *fields(SourceLine))}
    assert own["additionalProperties"] is False
    needed = {f.name for f in params if f.default is MISSING and f.default_factory is MISSING}
    assert set(own.get("required", ())) == needed
    assert own["description"] == " ".join(str(KINDS[kind].Params.__doc__).split())


@pytest.mark.parametrize(("section", "cls"), [("workspace", Workspace), ("net", Net)])
def test_every_key_of_a_section_is_there(section: str, cls: type) -> None:
    found = SCHEMA["properties"][section]
    assert set(found["properties"]) == {f.name for f in fields(cls)}  # type: ignore[arg-type]
    assert found["additionalProperties"] is False
    assert all(value.get("description") for value in found["properties"].values())


def test_every_issue_and_output_is_there() -> None:
    known, issues = app.registries(), SCHEMA["properties"]["issues"]
    assert set(issues["properties"]) == set(known.issues)
    for one in issues["properties"].values():
        assert set(one["properties"]) == {f.name for f in fields(IssueSettings)}
        assert one["properties"]["outputs"]["anyOf"][0]["items"]["enum"] == list(known.outputs)


def test_every_key_of_a_source_says_what_it_is() -> None:
    assert [k for k, value in LINE["properties"].items() if not value.get("description")] == []


def test_a_new_kind_is_in_it_by_itself() -> None:
    made = sources_schema(Registries({"books": Books}, {}, ()))
    then = made["properties"]["sources"]["items"]["allOf"][0]["then"]
    assert made["properties"]["sources"]["items"]["properties"]["kind"]["enum"] == ["books"]
    assert then["properties"]["shelf"]["description"] == "`shelf` to look on"
    assert [item["type"] for item in then["properties"]["pair"]["items"]] == ["integer", "string"]
    assert "Inner" in made["definitions"]
    assert "#/definitions/Inner" in str(then["properties"]["inner"])


# ----------------------------------------------------------------------- truth
def test_the_shipped_file_is_valid() -> None:
    assert wrong(yaml.safe_load(app.data_file(app.CONFIG).read_text("utf-8")), SCHEMA) == []


def test_the_demo_file_is_valid() -> None:
    text = sources_yaml("http://127.0.0.1:8000", load_world(world_folder()))
    assert wrong(yaml.safe_load(text), SCHEMA) == []


def test_sections_may_be_empty_and_settings_left_out() -> None:
    file = {**with_line(), "workspace": None, "net": {}, "issues": {"ai-daily": None, "rec-weekly": {"maximum": 9}}}
    assert wrong(file, SCHEMA) == []


@pytest.mark.parametrize(
    "file",
    [
        {}, {"sources": []}, {**with_line(), "sauces": []}, {**with_line(), "version": 2},
        {**with_line(), "net": {"deadline": 0}}, {**with_line(), "net": {"deadlin": 3}},
        {**with_line(), "issues": {"ai-dayly": {}}}, {**with_line(), "issues": {"ai-daily": {"outputs": ["pdf"]}}},
        with_line(kind="rsss"), with_line(id="a b"), with_line(weight=0), with_line(weight=11), with_line(core="very"),
        with_line(language="de"), with_line(categories=["cs.IR"]), with_line(entry_kind="book"),
        with_line(evidence="hearsay"), with_line(evidence="cited(somewhere)"),
        {"sources": [{"id": "a", "kind": "rss"}]}, {"sources": [{"id": "a", "url": "https://a.example/"}]},
        {"sources": [{"id": "a", "kind": "arxiv", "categories": []}]},
    ],
    ids=str,
)  # fmt: skip
def test_what_load_refuses_is_marked(file: dict[str, Any]) -> None:
    assert wrong(file, SCHEMA)
