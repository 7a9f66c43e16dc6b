"""Rules that each kind of the registry keeps, so that a new file inherits them."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from digester.sources import KINDS

HEAVY = ("feedparser", "lxml", "arxiv", "nh3", "trafilatura", "requests", "httpx2", "pydantic")


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_says_its_name_what_it_is_and_what_it_takes(name: str) -> None:
    kind = KINDS[name]
    assert kind.name == name and kind.doc.endswith(".")
    assert dataclasses.is_dataclass(kind.Params)
    assert kind.Params.__pydantic_config__ == {"extra": "forbid"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("package", ["digester.sources", "digester.fulltext"])
def test_the_registry_loads_no_parser(package: str) -> None:
    code = f"import sys, {package}; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
