"""Every recorded feed, trending page and arXiv answer is read into entries, or fails with a named error.

The expectations are what may be kept of documents that are not ours: how many entries, from when to when,
on which hosts, and a SHA-256 of their normalised titles and addresses. To write them anew after a change
that is meant:

    DIGESTER_TEST_DATA=<folder> DIGESTER_UPDATE_EXPECTED=1 pytest tests/recorded_web/test_feeds.py

and review the difference: a file that loses entries or becomes an error is a loss of news.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digester.domain.entries import refs_of, to_item
from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, Parsed, Request, Source
from digester.domain.text import fold, plain
from digester.domain.urls import canonical, host_of, http_url
from digester.sources import KINDS

EXPECTED = Path(__file__).parent / "expected_feeds.json"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
FEEDS = ("feed", "podcast_feed", "x_rss", "antibot_page")
ROUTES = {"arxiv_api_atom": "api", "arxiv_rss": "listing:cs.AI", "github_trending": "daily"}


def source_of(row: dict[str, Any], url: str) -> Source:
    if row["kind"].startswith("arxiv"):
        return Source("s", "arxiv", "arXiv", KINDS["arxiv"].Params(categories=("cs.AI",)))
    if row["kind"] == "github_trending":
        return Source("s", "github_trending", "GitHub", KINDS["github_trending"].Params())
    entry_kind = {"podcast_feed": "episode", "x_rss": "post"}.get(row["kind"], "article")
    return Source("s", "rss", "Recorded", KINDS["rss"].Params(url=url, entry_kind=entry_kind))


def read(row: dict[str, Any], body: bytes) -> Parsed | ParseError:
    url = http_url(str(row["source_url"] or "")) or f"https://recorded.example/{row['path']}"
    source = source_of(row, url)
    request = Request(ROUTES.get(row["kind"], "feed"), url)
    try:
        return KINDS[source.kind].parse(source, Document(request, url, row["content_type"], body, NOW))
    except ParseError as err:
        return err


def hashed(entries: tuple[Entry, ...]) -> str:
    lines = (f"{fold(e.title)}\t{canonical(e.url)}" for e in entries)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def summary(found: Parsed | ParseError) -> dict[str, Any]:
    """What may be kept of a recorded document."""
    if isinstance(found, ParseError):
        return {"error": str(found).split(" error:")[0][:60]}  # what a server said is its own
    dates = sorted(e.published_at or e.announced_at for e in found.entries if e.published_at or e.announced_at)  # type: ignore[type-var]
    kept: dict[str, Any] = {
        "entries": len(found.entries),
        "dated": len(dates),
        "first": dates[0].isoformat()[:10] if dates else None,  # type: ignore[union-attr]
        "last": dates[-1].isoformat()[:10] if dates else None,  # type: ignore[union-attr]
        "hosts": dict(Counter(host_of(e.url) for e in found.entries).most_common(5)),
        "sha256": hashed(found.entries),
    }
    return kept | ({"tolerated": True} if found.notes else {})


@pytest.fixture(scope="module")
def found(web: Any) -> dict[str, Parsed | ParseError]:
    rows = web.of_kind(*FEEDS, *ROUTES)
    return {row["path"]: read(row, web.read(row)) for row in rows}


def entries(found: dict[str, Parsed | ParseError]) -> Iterator[tuple[str, Entry]]:
    for path, parsed in found.items():
        if isinstance(parsed, Parsed):
            yield from ((path, entry) for entry in parsed.entries)


def test_every_document_is_read_as_expected(found: dict[str, Parsed | ParseError]) -> None:
    seen = {path: summary(parsed) for path, parsed in sorted(found.items())}
    if os.environ.get("DIGESTER_UPDATE_EXPECTED"):
        rows = ",\n".join(f"{json.dumps(p)}: {json.dumps(s, ensure_ascii=False)}" for p, s in seen.items())
        EXPECTED.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    differ = [path for path in expected.keys() | seen.keys() if expected.get(path) != seen.get(path)]
    assert {p: (expected.get(p), seen.get(p)) for p in sorted(differ)[:5]} == {}, f"{len(differ)} differ"


def test_the_manifest_agrees_on_the_number_of_entries(web: Any, found: dict[str, Parsed | ParseError]) -> None:
    """The manifest counts what feedparser sees; doubles of an id within one feed are one entry of ours."""
    short = {}
    for row in web.of_kind("feed", "podcast_feed", "x_rss"):
        parsed = found[row["path"]]
        ours = len(parsed.entries) if isinstance(parsed, Parsed) else 0
        if ours != row.get("entries", ours):
            short[row["path"]] = (ours, row["entries"])
    assert len(short) <= 7 and all(ours < theirs for ours, theirs in short.values()), short


def test_a_document_with_entries_is_never_read_as_an_empty_feed(web: Any, found: dict[str, Any]) -> None:
    for row in web.of_kind("feed", "podcast_feed", "x_rss"):
        parsed = found[row["path"]]
        if isinstance(parsed, Parsed) and not parsed.entries:
            assert not re.search(rb"<(?:\w+:)?(?:item|entry)[\s>]", web.read(row)), row["path"]


def test_what_is_read_is_plain_text_and_http(found: dict[str, Parsed | ParseError]) -> None:
    for path, e in entries(found):
        assert e.title == plain(e.title) and e.text == plain(e.text), path
        assert e.external_id and http_url(e.url) == e.url, path
        assert all(http_url(link.url) == link.url for link in (*e.links, *e.enclosures)), path
        assert e.published_at is None or e.published_at.tzinfo is UTC, path


def test_ids_are_distinct_within_a_document(found: dict[str, Parsed | ParseError]) -> None:
    for path, parsed in found.items():
        if isinstance(parsed, Parsed):
            ids = [e.external_id for e in parsed.entries]
            assert len(ids) == len(set(ids)), path


def test_each_entry_becomes_an_item(found: dict[str, Parsed | ParseError]) -> None:
    for path, entry in entries(found):
        item = to_item("s", entry, None, NOW, first_visit=False)
        assert item.work and refs_of(item.entry) == item.refs, path
        assert item.moment is not None and item.moment <= NOW.replace(year=2027), path


def test_reading_twice_is_reading_once(web: Any, found: dict[str, Parsed | ParseError]) -> None:
    for row in web.of_kind("podcast_feed", "x_rss", *ROUTES):
        assert summary(read(row, web.read(row))) == summary(found[row["path"]]), row["path"]
