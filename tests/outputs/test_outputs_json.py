"""The JSON record: canonical, whole, and read back as an equal Issue."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly

from digester.domain.issue import Issue
from digester.outputs.json import dump, load, schema


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


def test_schema_names_the_record() -> None:
    made = schema()
    assert made["title"] == "Issue" and "census" in made["required"]
    assert {"Pick", "Sentence", "Claim", "Support"} <= set(made["$defs"])
    json.dumps(made)
