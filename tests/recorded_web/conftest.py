"""The recorded web: real documents, which are not ours and so are not in this repository.

DIGESTER_TEST_DATA names a folder that holds `web/MANIFEST.jsonl` and the files it lists; without it these
tests are skipped. What is committed of the recordings are counts, dates, hosts and hashes, never a text.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test of this folder is marked `recorded`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.recorded)


class RecordedWeb:
    """The manifest's rows, and the bytes of a row as they were served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        lines = (folder / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines()
        self.rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]

    def of_kind(self, *kinds: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["kind"] in kinds]

    def read(self, row: dict[str, Any]) -> bytes:
        path = self.folder / (row.get("file") or row["path"])
        body = path.read_bytes()
        return gzip.decompress(body) if path.suffix == ".gz" else body


@pytest.fixture(scope="session")
def web() -> RecordedWeb:
    named = os.environ.get("DIGESTER_TEST_DATA")
    if not named:
        pytest.skip("DIGESTER_TEST_DATA is not set: it names the folder of the recorded web")
    folder = Path(named) / "web"
    if not (folder / "MANIFEST.jsonl").is_file():
        pytest.fail(f"DIGESTER_TEST_DATA={named} holds no web/MANIFEST.jsonl")
    return RecordedWeb(folder)
