"""Mastodon: two routes and what the cursor keeps, HTML to words, links without people and hashtags."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from digester.domain.errors import ParseError
from digester.domain.model import Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.sources import KINDS

NOW = datetime(2026, 7, 1, tzinfo=UTC)
KIND = KINDS["mastodon"]


def source(**params: object) -> Source:
    return Source("s", "mastodon", "Ada", KIND.Params(**({"instance": "toots.example", "account": "ada"} | params)))


def status(known: str, content: str, **more: Any) -> dict[str, Any]:
    url = f"https://toots.example/@ada/{known}"
    account = {"id": "77", "display_name": "Ada"}
    return {
        "id": known,
        "url": url,
        "content": content,
        "account": account,
        "created_at": "2026-06-30T10:00:00Z",
    } | more


def parse_body(body: bytes, route: str = "statuses") -> Parsed:
    url = "https://toots.example/"
    return KIND.parse(source(), Document(Request(route, url), url, "application/json", body, NOW))


def parse(*rows: Any) -> Parsed:
    return parse_body(json.dumps(rows).encode())


def only(*rows: Any) -> Entry:
    (entry,) = parse(*rows).entries
    return entry


# ------------------------------------------------------------------ requests
@pytest.mark.parametrize(
    ("account", "asked"), [("ada", "ada"), ("@ada", "ada"), ("ada@far.example", "ada@far.example"), ("a&b=c", "a%26b%3Dc")]
)  # fmt: skip
def test_the_name_is_looked_up_first(account: str, asked: str) -> None:
    (ask,) = KIND.first(source(account=account), FetchState("s"), NOW)
    assert (ask.route, ask.url) == ("lookup", f"https://toots.example/api/v1/accounts/lookup?acct={asked}")


def test_the_id_is_kept_and_the_name_not_looked_up_again() -> None:
    found = parse_body(b'{"id": "77", "acct": "ada"}', "lookup")
    (next_ask,) = found.next_requests
    assert next_ask.url == "https://toots.example/api/v1/accounts/77/statuses?limit=40&exclude_replies=true"
    assert KIND.first(source(), FetchState("s", found.cursor or {}), NOW) == (next_ask,)


@pytest.mark.parametrize("params", [{"account": "bob"}, {"instance": "other.example"}])
def test_another_account_or_instance_is_looked_up_anew(params: dict[str, str]) -> None:
    cursor = {"account": "ada@toots.example", "id": "77"}
    (ask,) = KIND.first(source(**params), FetchState("s", cursor), NOW)
    assert ask.route == "lookup"


@pytest.mark.parametrize("known", [None, 77, "../x", "", "1?x=y"])
def test_F25_a_cursor_with_an_odd_id_is_not_followed(known: object) -> None:
    (ask,) = KIND.first(source(), FetchState("s", {"account": "ada@toots.example", "id": known}), NOW)
    assert ask.route == "lookup"


# --------------------------------------------------------------------- words
def test_blocks_are_apart_and_hidden_parts_of_an_address_are_whole() -> None:
    shown = '<span class="invisible">https://</span><span class="ellipsis">site.example/a</span><span class="invisible">bc</span>'
    entry = only(status("1", f'<p>One<br>two</p><p><a href="https://site.example/abc">{shown}</a></p>'))
    assert entry.text == "One two https://site.example/abc"


@pytest.mark.parametrize(
    "anchor",
    [
        '<a href="https://t.example/@bob" class="u-url mention">@<span>bob</span></a>',
        "<a class='mention hashtag' href='https://t.example/tags/x' rel='tag'>#x</a>",
        '<a class="hashtag" href="https://t.example/tag/x">#x</a>',
        '<a href="https://t.example/tag/x" rel="tag">#x</a>',
    ],
)
def test_people_and_hashtags_are_no_links(anchor: str) -> None:
    entry = only(status("1", f'<p>{anchor} and <a href="https://site.example/mention">this</a></p>'))
    assert [x.url for x in entry.links] == ["https://site.example/mention"]


def test_what_is_quoted_is_a_link_and_its_stand_in_no_words() -> None:
    content = '<p class="quote-inline">RE: <a href="https://o.example/1">o.example/1</a></p><p>Good.</p>'
    entry = only(status("1", content, quote={"state": "accepted", "quoted_status": {"url": "https://o.example/1"}}))
    assert (entry.text, [x.url for x in entry.links]) == ("Good.", ["https://o.example/1"])


def test_a_warning_stands_before_the_words_it_hides() -> None:
    assert only(status("1", "<p>bread</p>", spoiler_text="food:")).text == "food: bread"


def test_own_replies_are_joined_and_boosts_counted() -> None:
    boost = status("9", "", reblog={"content": "theirs"})
    parsed = parse(boost, status("2", "<p>two</p>", in_reply_to_id="1"), status("1", "<p>one</p>", favourites_count=3))
    (entry,) = parsed.entries
    assert (entry.external_id, entry.text, entry.signals) == ("1", "one two", {"likes": 3.0})
    assert parsed.notes == ("1 left out: reposts",)


def test_markup_without_end_is_read_in_time() -> None:
    started = time.process_time()
    for piece in ("<a ", '<p class="quote-inline">', '<a class="', "<p"):
        parse(status("1", piece * 30_000 + " end"))
    assert time.process_time() - started < 30


@pytest.mark.parametrize("route", ["lookup", "statuses"])
@pytest.mark.parametrize("body", [b"", b"null", b"7", b"{", b'{"error": "gone"}', b"<html>", b"[" * 100_000, b"{}"])
def test_F25_what_is_no_answer_is_a_named_error(route: str, body: bytes) -> None:
    with pytest.raises(ParseError, match=r"^Mastodon"):
        parse_body(body, route)
