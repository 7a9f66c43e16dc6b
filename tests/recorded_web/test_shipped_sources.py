"""`evidence: recorded` in the shipped sources.yaml is true: that very address was recorded, and we read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from digester import app, config
from digester.domain.sources import Document, FetchState, Request, Source
from digester.sources import KINDS

SHIPPED = config.load(app.data_file(app.CONFIG).read_text("utf-8"), {}, app.registries()).sources
RECORDED = [s for s in SHIPPED if s.evidence == "recorded"]


def place(url: str) -> str:
    """Scheme apart: http of a site that went to https names the same feed."""
    return url.partition("://")[2]


def captures(source: Source, web: Any) -> list[tuple[Request, dict[str, Any]]]:
    """Recordings of what the source would ask on the day of the recording."""
    found = []
    for row in web.rows:
        if not row["source_url"] or len(row["captured"] or "") != len("2026-01-01"):
            continue
        then = datetime.fromisoformat(row["captured"]).replace(hour=12, tzinfo=UTC)
        asked = KINDS[source.kind].first(source, FetchState(source.id), then) if _likely(source, row) else ()
        found += [(request, row) for request in asked if place(request.url) == place(row["source_url"])]
    return found


def _likely(source: Source, row: dict[str, Any]) -> bool:
    return source.kind != "rss" or place(source.params.url) == place(row["source_url"])


def newest(found: list[tuple[Request, dict[str, Any]]]) -> tuple[Request, dict[str, Any]]:
    return max(found, key=lambda pair: str(pair[1]["captured"]))


@pytest.mark.parametrize("source", RECORDED, ids=lambda s: s.id)
def test_a_recorded_source_was_recorded_at_its_address_and_is_read(source: Source, web: Any) -> None:
    found = captures(source, web)
    assert found, f"no recording of {source.id}"
    request, row = newest(found)
    document = Document(request, request.url, row["content_type"], web.read(row), datetime(2026, 11, 1, tzinfo=UTC))
    assert KINDS[source.kind].parse(source, document).entries
