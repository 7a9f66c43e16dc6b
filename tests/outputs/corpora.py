"""The hostile inputs that other projects published, where DIGESTER_TEST_DATA names them (SECURITY.md says what they are)."""

from __future__ import annotations

import base64
import json
import os
from functools import cache
from pathlib import Path

import pytest

NAMES = (
    "xss_bleach",
    "xss_lines",
    "svg",
    "strings",
    "injection_lines",
    "html_tree",
    "html_tokenizer",
    "xml_attack_lines",
)


@cache
def _read(folder: Path, name: str) -> tuple[str, ...]:
    rows = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").split("\n") if line]
    return tuple(_text(row) for row in rows)


def _text(row: dict[str, object]) -> str:
    data = row["data"] if isinstance(row["data"], str) else json.dumps(row["data"])
    return base64.b64decode(data).decode("utf-8", "surrogateescape") if row["enc"] == "base64" else data


def corpus(*names: str) -> tuple[str, ...]:
    """The texts of these families, else of all that speak to a page."""
    folder = Path(os.environ.get("DIGESTER_TEST_DATA", "/nowhere")) / "hostile"
    if not folder.is_dir():
        pytest.skip("DIGESTER_TEST_DATA names no folder with hostile inputs")
    return tuple(text for name in names or NAMES for text in _read(folder, name))
