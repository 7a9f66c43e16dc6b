"""Every recorded podcast through the podcast kind, against what may be kept of it: counts and hosts.

`DIGESTER_UPDATE_EXPECTED=1` writes the expectations anew; the difference is reviewed like code.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digester.domain.entries import to_item
from digester.domain.model import Enclosure
from digester.domain.sources import Document, Parsed, Request, Source
from digester.domain.urls import host_of, http_url
from digester.pipeline.enrich import request_for
from digester.sources import KINDS

EXPECTED = Path(__file__).parent / "expected_podcasts.json"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
KIND = KINDS["podcast"]
CLOCK = re.compile(r"\d{2}:[0-5]\d:[0-5]\d")


def read(row: dict[str, Any], body: bytes) -> Parsed:
    url = http_url(str(row["source_url"] or "")) or f"https://recorded.example/{row['path']}"
    source = Source("s", "podcast", "Recorded", KIND.Params(url=url))
    return KIND.parse(source, Document(Request("feed", url), url, row["content_type"], body, NOW))


def summary(found: Parsed) -> dict[str, Any]:
    files = [f for e in found.entries for f in e.enclosures]
    asked = [r for e in found.entries if (r := request_for(to_item("s", e, None, NOW, first_visit=False)))]
    return {
        "entries": len(found.entries),
        "files": dict(sorted(Counter(_sort(f) for f in files).items())),
        "durations": sum(f.duration is not None for f in files),
        "transcripts_asked": len(asked),
        "named": sum(bool(e.authors) for e in found.entries),
        "hosts": dict(Counter(host_of(f.url) for f in files).most_common(5)),
        "notes": list(found.notes),
    }


def _sort(f: Enclosure) -> str:
    return f.media_type.partition("/")[0] if f.media_type.startswith(("audio/", "video/")) else f.media_type


@pytest.fixture(scope="module")
def found(web: Any) -> dict[str, Parsed]:
    return {row["path"]: read(row, web.read(row)) for row in web.of_kind("podcast_feed")}


def test_every_podcast_is_read_as_expected(found: dict[str, Parsed]) -> None:
    seen = {path: summary(parsed) for path, parsed in sorted(found.items())}
    if os.environ.get("DIGESTER_UPDATE_EXPECTED"):
        rows = ",\n".join(f"{json.dumps(p)}: {json.dumps(s)}" for p, s in seen.items())
        EXPECTED.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    assert seen == json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_no_transcript_that_a_feed_names_is_lost(web: Any, found: dict[str, Parsed]) -> None:
    """Counted in the bytes, by another way than the kind's; doubles of an address within an episode are one."""
    for row in web.of_kind("podcast_feed"):
        items = re.findall(rb"<item[\s>].*?</item>", web.read(row), re.DOTALL)
        named = sum(len(set(re.findall(rb"""<podcast:transcript[^>]*?\surl=["']([^"']+)""", i))) for i in items)
        kinds = ("text/vtt", "text/plain", "text/html", "application/json", "application/x-subrip")
        ours = sum(f.media_type in kinds for e in found[row["path"]].entries for f in e.enclosures)
        assert ours == named, row["path"]


def test_what_is_read_is_http_and_durations_are_times(found: dict[str, Parsed]) -> None:
    for path, parsed in found.items():
        for f in (f for e in parsed.entries for f in e.enclosures):
            assert http_url(f.url) == f.url and (f.duration is None or CLOCK.fullmatch(f.duration)), path


def test_the_manifest_agrees_on_the_number_of_episodes(web: Any, found: dict[str, Parsed]) -> None:
    counts = {row["path"]: row["entries"] for row in web.of_kind("podcast_feed")}
    assert {path: len(parsed.entries) for path, parsed in found.items()} == counts
