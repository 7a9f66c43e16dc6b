"""The JSON record: canonical, whole, and read back as an equal Issue."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly

from digester.domain.issue import SCHEMA_VERSION, Issue
from digester.outputs.json import canonical, dump, load, schema


@pytest.mark.parametrize("issue", [weekly(), daily(), hostile("".join(HOSTILE))])
def test_roundtrip(issue: Issue) -> None:
    assert load(dump(issue)) == issue


def test_canonical() -> None:
    body = dump(weekly())
    text = body.decode()
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert "推荐周报" in text and '"2026-06-20T07:05:00Z"' in text


def test_what_is_not_a_record_is_refused() -> None:
    with pytest.raises(ValidationError):
        load(b'{"id": 3}')


def test_a_record_of_an_earlier_version_is_read_in_today_s_schema() -> None:
    old = json.loads(dump(weekly()))
    old["schema_version"] = 1
    old["notices"] = [n["en"] for n in old["notices"]]
    for section in old["sections"]:
        for pick in section["picks"]:
            pick["reason"] = pick["reason"].get("en", "")
    read = load(json.dumps(old).encode())
    assert read.schema_version == SCHEMA_VERSION
    assert [n["en"] for n in read.notices] == [n["en"] for n in weekly().notices]
    assert [p.reason.get("en") for p in read.picks()] == [p.reason.get("en") for p in weekly().picks()]


def test_schema_names_the_record() -> None:
    made = schema()
    assert made["title"] == "Issue" and "census" in made["required"]
    assert {"Pick", "Sentence", "Claim", "Support"} <= set(made["$defs"])
    json.dumps(made)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)


@given(VALUES)
def test_any_value_is_written_as_the_standard_encoder_writes_it(value: object) -> None:
    assert canonical(value) == json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)


def test_half_a_character_is_written_as_the_standard_encoder_writes_it() -> None:
    value = {"\ud800": ["a\udfff", '\x00\x7f\u2028"\\']}
    assert canonical(value) == json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"a": [{"b": -float("inf")}]}])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)
