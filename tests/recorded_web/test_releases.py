"""Every recorded feed of GitHub releases through the kind: how many, how many of them prereleases, since when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from digester.domain.sources import Document, Request, Source
from digester.sources import KINDS

NOW = datetime(2026, 11, 1, tzinfo=UTC)
KIND = KINDS["github_releases"]
EXPECTED = {  # repository: releases, prereleases among them, day of the newest
    "anthropics/anthropic-sdk-python": (6, 0, "2026-08-20"),
    "anthropics/claude-code": (6, 0, "2026-08-20"),
    "gulpjs/gulp": (10, 0, "2015-06-01"),
    "mistralai/client-python": (6, 0, "2026-08-13"),
    "modelcontextprotocol/servers": (4, 0, "2026-08-18"),
    "ollama/ollama": (6, 4, "2026-08-20"),
    "vllm-project/vllm": (4, 2, "2026-08-20"),
    "xai-org/xai-sdk-python": (6, 0, "2026-08-18"),
}


def read(row: dict[str, Any], body: bytes) -> tuple[str, tuple[int, int, str]]:
    url = row["source_url"]
    name = urlsplit(url).path.strip("/").removesuffix("/releases.atom")
    source = Source("s", "github_releases", "Recorded", KIND.Params(repositories=(name,), prereleases=True))
    found = KIND.parse(source, Document(Request("feed", url), url, row["content_type"], body, NOW))
    assert found.notes == () and all(e.external_id.startswith(f"{name.lower()}@") for e in found.entries)
    newest = max(e.published_at for e in found.entries if e.published_at)
    return name, (len(found.entries), sum(bool(e.categories) for e in found.entries), newest.date().isoformat())


def test_every_recorded_feed_of_releases_is_read_as_expected(web: Any) -> None:
    rows = [r for r in web.of_kind("feed") if str(r["source_url"]).endswith("/releases.atom")]
    assert dict(read(row, web.read(row)) for row in rows) == EXPECTED
