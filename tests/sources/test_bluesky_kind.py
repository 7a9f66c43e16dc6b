"""Bluesky: the request, bytes and facets, threads within a feed, whose words are whose."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import KINDS, _posts

NOW = datetime(2026, 7, 1, tzinfo=UTC)
KIND = KINDS["bluesky"]
DID = "did:plc:ada"


def source(**params: object) -> Source:
    return Source("s", "bluesky", "Ada", KIND.Params(**({"actor": "ada.example"} | params)))


def uri(key: str, did: str = DID) -> str:
    return f"at://{did}/app.bsky.feed.post/{key}"


def row(key: str, text: str, *, parent: str = "", did: str = DID, minute: int = 0, **more: Any) -> dict[str, Any]:
    record: dict[str, Any] = {"text": text, "createdAt": f"2026-06-30T10:{minute:02}:00Z"} | more.pop("record", {})
    if parent:
        record["reply"] = {"parent": {"uri": parent}}
    author = {"did": did, "handle": "ada.example", "displayName": "Ada"}
    return {"post": {"uri": uri(key, did), "author": author, "record": record} | more}


def parse(*rows: Any, **params: object) -> Parsed:
    body = json.dumps({"feed": rows}).encode()
    url = "https://x.example/"
    return KIND.parse(source(**params), Document(Request("feed", url), url, "application/json", body, NOW))


def only(*rows: Any, **params: object) -> Entry:
    (entry,) = parse(*rows, **params).entries
    return entry


def link(text: str, shown: str, to: str) -> dict[str, Any]:
    start = len(text[: text.index(shown)].encode())
    index = {"byteStart": start, "byteEnd": start + len(shown.encode())}
    return {"index": index, "features": [{"$type": "app.bsky.richtext.facet#link", "uri": to}]}


# ------------------------------------------------------------------- request
@pytest.mark.parametrize("actor", ["ada.example", "@ada.example"])
def test_first_asks_one_page_with_the_authors_own_threads(actor: str) -> None:
    (ask,) = KIND.first(source(actor=actor, site="view.example"), FetchState("s"), NOW)
    assert ask.url.startswith("https://view.example/xrpc/app.bsky.feed.getAuthorFeed?")
    asked = parse_qs(urlsplit(ask.url).query)
    assert asked == {"actor": ["ada.example"], "limit": ["50"], "filter": ["posts_and_author_threads"]}


# -------------------------------------------------------------------- facets
@pytest.mark.parametrize(
    ("text", "shown", "to", "becomes"),
    [
        ("see site.example/a/lo... now", "site.example/a/lo...", "https://site.example/a/long", "see https://site.example/a/long now"),
        ("看 site.example/a/lo… 好", "site.example/a/lo…", "https://www.site.example/a/long", "看 https://www.site.example/a/long 好"),
        ("my words... here", "words...", "https://site.example/", "my words... here"),
        ("good.example/x...", "good.example/x...", "https://evil.example/x", "good.example/x..."),
        ("read this paper", "this paper", "https://site.example/p", "read this paper"),
        ("a.example/b", "a.example/b", "https://a.example/b", "a.example/b"),
    ],
)  # fmt: skip
def test_only_a_shortened_address_is_written_out(text: str, shown: str, to: str, becomes: str) -> None:
    entry = only(row("k1", text, record={"facets": [link(text, shown, to)]}))
    assert entry.text == becomes and [x.url for x in entry.links] == [to]


def test_overlapping_facets_and_half_characters_do_no_harm() -> None:
    text = "é site.example/a... é"
    whole = link(text, "site.example/a...", "https://site.example/abc")
    half = {"index": {"byteStart": 1, "byteEnd": 20}, "features": whole["features"]}
    entry = only(row("k1", text, record={"facets": [whole, half, whole]}))
    assert entry.text.count("https://site.example/abc") == 1


def test_half_characters_from_json_are_gone() -> None:
    assert only(row("k1", "loaf \ud83d loaf")).text == "loaf loaf"


# ------------------------------------------------------------------- threads
def test_a_thread_is_one_entry_in_the_order_of_writing() -> None:
    rows = [row("c", "three", parent=uri("b"), minute=2), row("b", "two", parent=uri("a"), minute=1), row("a", "one")]
    entry = only(*rows)
    assert (entry.external_id, entry.text, entry.title) == (uri("a"), "one two three", "one")
    assert entry.published_at == datetime(2026, 6, 30, 10, tzinfo=UTC)


def test_a_reply_to_another_is_not_joined_even_if_that_post_is_there() -> None:
    rows = [row("b", "no", parent=uri("a", "did:plc:bob")), row("a", "their words", did="did:plc:bob")]
    parsed = parse(*rows)
    assert [e.text for e in parsed.entries] == ["their words"]
    assert parsed.notes == ("1 left out: replies to others or to posts not in the answer",)


def test_a_thread_whose_beginning_left_the_page_does_not_come_again() -> None:
    parsed = parse(row("c", "three", parent=uri("b")), row("b", "two", parent=uri("a")))
    assert parsed.entries == () and parsed.notes[0].startswith("2 left out: replies")


def test_a_circle_of_replies_ends() -> None:
    rows = [row(f"k{i}", "x", parent=uri(f"k{(i + 1) % 150}")) for i in range(150)]
    assert parse(*rows).entries == ()


def test_F25_more_rows_than_any_page_has_are_cut() -> None:
    assert len(parse(*(row(f"k{i}", f"t{i}") for i in range(_posts.MAX_ROWS + 50))).entries) == _posts.MAX_ROWS


# ------------------------------------------------------------------ who, when
def test_the_author_is_the_named_person_else_as_displayed() -> None:
    assert only(row("a", "x")).authors == ("Ada",)
    assert only(row("a", "x"), person="Ada Marlow").authors == ("Ada Marlow",)


@pytest.mark.parametrize(
    ("langs", "text", "language"),
    [(["zh-Hans"], "loaf", "zh"), (["en"], "面包的新论文很好", "en"), (["de"], "Brot", "en"), (["en", "zh"], "面包的新论文很好", "zh"), ("zh", "loaf", "en")],
)  # fmt: skip
def test_language_is_declared_or_seen(langs: object, text: str, language: str) -> None:
    assert only(row("a", text, record={"langs": langs})).language == language


def test_a_date_that_is_none_falls_back_to_when_it_was_indexed() -> None:
    entry = only(row("a", "x", record={"createdAt": "soon"}, indexedAt="2026-06-30T12:00:00+02:00"))
    assert entry.published_at == datetime(2026, 6, 30, 10, tzinfo=UTC)


def test_a_repost_is_counted_and_a_pinned_post_is_taken() -> None:
    repost = row("a", "theirs", did="did:plc:bob") | {"reason": {"$type": "app.bsky.feed.defs#reasonRepost"}}
    pinned = row("b", "mine") | {"reason": {"$type": "app.bsky.feed.defs#reasonPin"}}
    parsed = parse(repost, pinned)
    assert [e.text for e in parsed.entries] == ["mine"] and parsed.notes == ("1 left out: reposts",)


def test_a_page_of_reposts_only_is_no_error() -> None:
    assert parse(row("a", "x") | {"reason": {"$type": "app.bsky.feed.defs#reasonRepost"}}).entries == ()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"7", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000, b'{"feed": {}}']
)
def test_F25_what_is_no_feed_is_a_named_error(body: bytes) -> None:
    url = "https://x.example/"
    with pytest.raises(ParseError, match=r"^Bluesky"):
        KIND.parse(source(), Document(Request("feed", url), url, "application/json", body, NOW))
