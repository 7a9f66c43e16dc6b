"""What a visit makes of kinds that ask nothing, and of those whose dates are dates of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.servers.newsroom import MORNING, Desk, Web, serve

from digester.demo.server import Reply
from digester.domain.ids import item_id
from digester.domain.model import Item

pytestmark = pytest.mark.slow
AT = datetime.fromisoformat(MORNING).astimezone(UTC)
MAP = "https://quiet.example/sitemap.xml"
HAND = "  - {id: hand, kind: manual, items: [{url: 'https://talks.example/1', title: A talk}, {url: 'https://talks.example/2', title: Older, published: 2026-06-01}]}\n"
SITE = f"  - {{id: quiet, kind: sitemap, url: '{MAP}'}}\n"
SHOW = "  - {id: show, kind: podcast, url: 'https://show.example/feed'}\n"


def with_line(desk: Desk, web: Web, line: str) -> Desk:
    serve(desk, web)
    desk.write(desk.config.read_text("utf-8") + line)
    return desk


def later(desk: Desk, days: int) -> Desk:
    return replace(desk, now=(AT + timedelta(days=days)).isoformat())


def item(desk: Desk, source: str, external_id: str) -> Item:
    with desk.store() as store:
        found = store.item(item_id(source, external_id))
    assert found is not None
    return found  # type: ignore[no-any-return]


def site_map(**pages: str) -> Reply:
    inner = "".join(f"<url><loc>https://quiet.example/{p}</loc><lastmod>{d}</lastmod></url>" for p, d in pages.items())
    return Reply(200, "application/xml", f"<urlset>{inner}</urlset>".encode())


def test_items_given_by_hand_are_news_from_their_first_visit_on(empty: Desk, web: Web) -> None:
    with_line(empty, web, HAND)
    done = empty.json("collect", "hand")
    assert (done["new"], done["documents"], done["offline"], done["failures"]) == (2, 0, 0, [])
    assert item(empty, "hand", "https://talks.example/1").moment == AT
    assert item(empty, "hand", "https://talks.example/2").moment == datetime(2026, 6, 1, tzinfo=UTC)
    assert later(empty, 1).json("collect", "hand")["new"] == 0
    assert item(empty, "hand", "https://talks.example/1").moment == AT


def test_trying_a_source_given_by_hand_shows_its_items(empty: Desk, web: Web) -> None:
    with_line(empty, web, HAND)
    (tried,) = empty.json("sources", "try", "hand")
    assert [e["title"] for e in tried["entries"]] == ["A talk", "Older"]


def test_a_wrong_item_is_a_problem_of_the_configuration(empty: Desk, web: Web) -> None:
    with_line(empty, web, HAND.replace("https://talks.example/1", "https://me:hush@talks.example/1"))
    done = empty("collect", "hand")
    assert done.code == 5 and "url must be an http(s) address" in done.said and "hush" not in done.said


def test_an_expression_that_is_none_is_a_problem_of_the_configuration(empty: Desk, web: Web) -> None:
    with_line(empty, web, SITE.replace("}", ", match: '('}"))
    done = empty("collect", "quiet")
    assert done.code == 5 and "match is no regular expression" in done.said


def test_pages_of_a_first_visit_and_known_pages_that_change_are_no_news(empty: Desk) -> None:
    with Web() as web:
        with_line(empty, web, SITE)
        web.special[MAP] = site_map(old="2026-06-01", fresh=f"{AT:%Y-%m-%d}")
        assert empty.json("collect", "quiet")["new"] == 2
        next_day = later(empty, 1)
        changed = f"{AT + timedelta(days=1):%Y-%m-%d}"
        web.special[MAP] = site_map(old=changed, fresh=changed, added=changed)
        done = next_day.json("collect", "quiet")
    assert (done["new"], done["known"]) == (1, 2)
    moments = {p: item(empty, "quiet", f"https://quiet.example/{p}").moment for p in ("old", "fresh", "added")}
    assert moments == {"old": None, "fresh": None, "added": datetime.fromisoformat(changed).replace(tzinfo=UTC)}


def test_an_episode_of_a_podcast_is_stored_with_all_its_transcripts(empty: Desk) -> None:
    marks = "".join(f'<podcast:transcript url="/1.{e}"/>' for e in ("html", "srt", "vtt"))
    body = (
        '<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>x</title><item>'
        f"<title>T</title><guid>https://show.example/1</guid>{marks}</item></channel></rss>"
    )
    with Web() as web:
        with_line(empty, web, SHOW)
        web.special["https://show.example/feed"] = Reply(200, "application/rss+xml", body.encode())
        assert empty.json("collect", "show")["new"] == 1
    files = item(empty, "show", "https://show.example/1").entry.enclosures
    assert [f.url for f in files] == [f"https://show.example/1.{e}" for e in ("vtt", "srt", "html")]
