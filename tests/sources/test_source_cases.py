"""Every pair in cases/<kind>/: an invented document and what its kind must make of it.

A new case is two files: the expected twin also says what the case is given (parameters, route).
`DIGESTER_UPDATE_EXPECTED=1` writes the twins anew, keeping what is given; the difference is then reviewed
like code.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from digester.domain.errors import ParseError
from digester.domain.sources import Document, Request, Source
from digester.sources import KINDS

CASES = Path(__file__).parent / "cases"
TYPES = {".xml": "application/xml", ".json": "application/json", ".html": "text/html", ".txt": "text/plain"}
USUAL: dict[str, dict[str, Any]] = {
    "rss": {"route": "feed", "params": {"url": "https://feeds.example/feed"}},
    "arxiv": {"route": "listing:cs.IR", "params": {"categories": ["cs.IR"]}},
    "github_trending": {"route": "daily", "params": {}},
    "bluesky": {"route": "feed", "params": {"actor": "ada.example"}},
    "mastodon": {"route": "statuses", "params": {"instance": "toots.example", "account": "ada"}},
    "x": {"route": "api", "params": {"account": "ada"}},
    "hacker_news": {"route": "search", "params": {"queries": ["loaf"]}},
    "hf_papers": {"route": "page:0", "params": {}},
    "github_releases": {"route": "feed", "params": {"repositories": ["lantern/oven"]}},
    "github_topic": {"route": "topic", "params": {"topics": ["recommender-system"]}},
    "sitemap": {"route": "later:0", "params": {"url": "https://feeds.example/sitemap.xml"}},
    "podcast": {"route": "feed", "params": {"url": "https://feeds.example/feed"}},
}


def inputs() -> list[Path]:
    return sorted(p for p in CASES.rglob("*.*") if not p.name.endswith(".expected.json"))


def given(path: Path) -> dict[str, Any]:
    """What the twin says, else the usual of the kind."""
    twin = path.with_suffix(".expected.json")
    said = json.loads(twin.read_text(encoding="utf-8")).get("given", {}) if twin.exists() else {}
    return USUAL[path.parent.name] | said


def parse(path: Path) -> dict[str, Any]:
    kind, settings = KINDS[path.parent.name], given(path)
    params = {k: tuple(v) if isinstance(v, list) else v for k, v in settings["params"].items()}
    source = Source("s", kind.name, "Invented", kind.Params(**params))
    url = f"https://feeds.example/{path.name}"
    request = Request(settings["route"], url)
    document = Document(request, url, TYPES[path.suffix], path.read_bytes(), datetime(2026, 7, 1, tzinfo=UTC))
    try:
        return {name: value for name, value in asdict(kind.parse(source, document)).items() if value}
    except ParseError as err:
        return {"error": str(err)}


def as_json(value: object) -> Any:
    """As the twin holds it: no empty fields, times in ISO format."""
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items() if v not in (None, "", (), {}, [])}
    if isinstance(value, (list, tuple)):
        return [as_json(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("path", inputs(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_case(path: Path) -> None:
    twin, found = path.with_suffix(".expected.json"), as_json(parse(path))
    if os.environ.get("DIGESTER_UPDATE_EXPECTED"):
        whole = {"given": given(path), "expected": found}
        twin.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(twin.read_text(encoding="utf-8"))["expected"]


def test_each_case_has_both_files() -> None:
    expected = {p.relative_to(CASES) for p in CASES.rglob("*.expected.json")}
    assert expected == {p.with_suffix(".expected.json").relative_to(CASES) for p in inputs()}
