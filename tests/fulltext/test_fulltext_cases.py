"""Every pair in cases/: an invented page and what must be read from it. A new case is two files.

`DIGESTER_UPDATE_EXPECTED=1` writes the expected twins anew; the difference is then reviewed like code.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.fulltext import printed

from digester.domain.errors import ParseError
from digester.domain.sources import Document, Request
from digester.domain.text import plain
from digester.fulltext import EXTRACTORS

CASES = Path(__file__).parent / "cases"
TYPES = {
    ".html": "text/html", ".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json",
    ".pdf": "application/pdf", ".print": "application/pdf", ".txt": "text/plain",
}  # fmt: skip


def inputs() -> list[Path]:
    return sorted(p for p in CASES.rglob("*.*") if not p.name.endswith(".expected.json"))


def bytes_of(path: Path) -> bytes:
    """Printed pages stand in cases/ as the markup that `printed` makes a PDF of."""
    return printed.pdf(path.read_text(encoding="utf-8")) if path.suffix == ".print" else path.read_bytes()


def read(path: Path) -> dict[str, object]:
    url = f"https://site.example/{path.name}"
    moment = datetime(2026, 7, 1, tzinfo=UTC)
    document = Document(Request("page", url), url, TYPES[path.suffix], bytes_of(path), moment)
    try:
        found = json.loads(json.dumps(asdict(EXTRACTORS[path.parent.name](document))))
        for section in found["sections"]:
            if not section["tables"]:
                del section["tables"]  # most have none
        return {k: v for k, v in found.items() if v or k not in ("title", "pictures", "licence")}  # most state none
    except ParseError as err:
        return {"error": str(err)}


@pytest.mark.parametrize("path", inputs(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_case(path: Path) -> None:
    twin, found = path.with_suffix(".expected.json"), read(path)
    if os.environ.get("DIGESTER_UPDATE_EXPECTED"):
        twin.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(twin.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", inputs(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_is_read_is_plain_text(path: Path) -> None:
    """Positions of quotations are positions in these texts: `plain` must not change them."""
    found = read(path)
    texts = [found.get("text", ""), found.get("title", ""), *(s["text"] for s in found.get("sections", ()))]  # type: ignore[index,attr-defined]
    assert [plain(t) for t in texts] == texts


def test_each_case_has_both_files() -> None:
    expected = {p.name for p in CASES.rglob("*.expected.json")}
    assert expected == {p.with_suffix(".expected.json").name for p in inputs()}
