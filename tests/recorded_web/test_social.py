"""Every recorded Bluesky, Mastodon, Hacker News and Hugging Face answer is read into entries, or named.

Expectations are as in test_feeds: counts, dates, hosts, and SHA-256 of normalised titles and of links. To
write them anew after a change that is meant:

    DIGESTER_TEST_DATA=<folder> DIGESTER_UPDATE_EXPECTED=1 pytest tests/recorded_web/test_social.py

The kinds ask for a person's feed. Recordings of other calls of the same services hold the same posts in
other wrappings (one post, a thread, a search); `unwrapped` gives them the feed's.
"""

from __future__ import annotations

import hashlib
import json
import os
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

EXPECTED = Path(__file__).parent / "expected_social.json"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
ROWS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "bluesky_api": ("bluesky", "feed", {"actor": "recorded.example"}),
    "mastodon_api": ("mastodon", "statuses", {"instance": "mastodon.social", "account": "recorded"}),
    "hn_algolia": ("hacker_news", "search", {"queries": ("AI",)}),
    "hf_daily_papers": ("hf_papers", "page:0", {}),
    "x_rss": ("x", "nitter", {"account": "recorded"}),
    "antibot_page": ("x", "nitter", {"account": "recorded"}),
}


def unwrapped(kind: str, answer: Any) -> Any:
    """The answer as its kind asks for it, where the recording is of another call of the same service."""
    if kind == "bluesky_api" and "post" in answer:
        return {"feed": [answer, *({"post": answer["reply"]["root"]} for _ in range("reply" in answer))]}
    if kind == "bluesky_api" and "posts" in answer:
        return {"feed": [{"post": post} for post in answer["posts"]]}
    if kind == "mastodon_api" and "ancestors" in answer:
        return answer["descendants"][::-1] + answer["ancestors"][::-1]
    if kind == "mastodon_api" and "statuses" in answer:
        return answer["statuses"]
    return [answer] if kind == "mastodon_api" and "content" in answer else answer


def read(row: dict[str, Any], body: bytes) -> Parsed | ParseError:
    name, route, params = ROWS[row["kind"]]
    if name != "x":  # its feeds need no unwrapping
        same = unwrapped(row["kind"], answer := json.loads(body))
        body = body if same is answer else json.dumps(same).encode()
    url = http_url(str(row["source_url"] or "")) or f"https://recorded.example/{row['path']}"
    route = "lookup" if row["path"].endswith("/account.json") else route
    request = Request(route, url)
    source = Source("s", name, "Recorded", KINDS[name].Params(**params))
    try:
        return KINDS[name].parse(source, Document(request, url, row["content_type"], body, NOW))
    except ParseError as err:
        return err


def hashed(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def summary(found: Parsed | ParseError) -> dict[str, Any]:
    """What may be kept of a recorded answer."""
    if isinstance(found, ParseError):
        return {"error": str(found)[:60]}
    dates = sorted(e.published_at for e in found.entries if e.published_at)
    signals = Counter(name for e in found.entries for name in e.signals)
    kept: dict[str, Any] = {
        "entries": len(found.entries),
        "dated": len(dates),
        "first": dates[0].isoformat()[:10] if dates else None,
        "last": dates[-1].isoformat()[:10] if dates else None,
        "hosts": sorted({host_of(e.url) for e in found.entries})[:5],
        "kinds": sorted({e.kind for e in found.entries}),
        "signals": dict(sorted(signals.items())),
        "affiliated": sum(1 for e in found.entries if e.affiliations),
        "links": sum(len(e.links) for e in found.entries),
        "titles_sha256": hashed(f"{fold(e.title)}\t{canonical(e.url)}" for e in found.entries),
        "links_sha256": hashed(str(canonical(link.url)) for e in found.entries for link in e.links),
    }
    extra = {"asks": len(found.next_requests), "notes": list(found.notes)}
    return {name: value for name, value in (kept | extra).items() if value or name == "entries"}


@pytest.fixture(scope="module")
def found(web: Any) -> dict[str, Parsed | ParseError]:
    return {row["path"]: read(row, web.read(row)) for row in web.of_kind(*ROWS)}


def entries(found: dict[str, Parsed | ParseError]) -> Iterator[tuple[str, Entry]]:
    for path, parsed in found.items():
        if isinstance(parsed, Parsed):
            yield from ((path, entry) for entry in parsed.entries)


def test_every_answer_is_read_as_expected(found: dict[str, Parsed | ParseError]) -> None:
    seen = {path: summary(parsed) for path, parsed in sorted(found.items())}
    if os.environ.get("DIGESTER_UPDATE_EXPECTED"):
        rows = ",\n".join(f"{json.dumps(p)}: {json.dumps(s, ensure_ascii=False)}" for p, s in seen.items())
        EXPECTED.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    differ = [path for path in expected.keys() | seen.keys() if expected.get(path) != seen.get(path)]
    assert {p: (expected.get(p), seen.get(p)) for p in sorted(differ)[:5]} == {}, f"{len(differ)} differ"


def test_only_what_holds_no_posts_is_an_error(found: dict[str, Parsed | ParseError]) -> None:
    errors = {path for path, parsed in found.items() if isinstance(parsed, ParseError)}
    assert errors == {
        "social/bluesky/profile.json",
        "social/mastodon/trends-links.json",
        "social/x/cz_binance-placeholder.rss",
        "social/x/elonmusk-rsshub-empty-2025-03.xml",
        "social/x/elonmusk-xcancel.rss",  # addresses without the number of a post: nothing could be followed
        "social/x/xcancel-antibot.html",
    }


def test_no_row_of_the_papers_and_stories_is_lost(web: Any, found: dict[str, Parsed | ParseError]) -> None:
    for row in web.of_kind("hn_algolia", "hf_daily_papers"):
        answer, parsed = json.loads(web.read(row)), found[row["path"]]
        rows = answer["hits"] if row["kind"] == "hn_algolia" else answer
        assert isinstance(parsed, Parsed) and len(parsed.entries) == len(rows), row["path"]
        assert [e.position for e in parsed.entries] == list(range(1, len(rows) + 1)), row["path"]


def test_each_paper_of_a_day_has_what_a_paper_needs(found: dict[str, Parsed | ParseError]) -> None:
    for path, e in entries(found):
        if e.kind == "paper":
            assert e.text and e.authors and e.published_at and e.announced_at is None, path
            assert refs_of(e)[0] == f"arxiv:{e.external_id}" and e.signals.keys() == {"upvotes", "comments"}, path


def test_what_is_read_is_plain_text_and_http(found: dict[str, Parsed | ParseError]) -> None:
    for path, e in entries(found):
        assert e.title == plain(e.title) and e.text == plain(e.text), path
        assert e.external_id and http_url(e.url) == e.url, path
        assert all(http_url(link.url) == link.url and link.text == plain(link.text) for link in e.links), path
        assert e.published_at is None or e.published_at.tzinfo is UTC, path


def test_ids_are_distinct_and_each_entry_becomes_an_item(found: dict[str, Parsed | ParseError]) -> None:
    for path, parsed in found.items():
        if isinstance(parsed, Parsed):
            assert len({e.external_id for e in parsed.entries}) == len(parsed.entries), path
    for path, entry in entries(found):
        item = to_item("s", entry, None, NOW, first_visit=False)
        assert item.work and item.refs and item.moment is not None, path
