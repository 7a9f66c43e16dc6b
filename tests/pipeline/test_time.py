"""Once and complete over time: dateless, edited, late, listed twice, replaced, trending for days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.servers.newsroom import NOON, Desk, Web, serve, world

from digester.demo.server import Reply
from digester.demo.world import Feed, FeedEntry, Paper, World
from digester.domain.ids import item_id

RSS = "application/rss+xml"
FEED = "https://small.example/feed"


@pytest.fixture
def own() -> Iterator[Web]:
    """A web of the test's own, whose time and world it may change."""
    with Web() as web:
        yield web


def at(desk: Desk, web: Web, moment: str) -> None:
    desk.now, web.at = moment, datetime.fromisoformat(moment)


def rss(*items: tuple[str, str, str]) -> Reply:
    """(id, text, date or nothing) as a feed."""
    rows = "".join(
        f"<item><guid>https://small.example/{i}</guid><link>https://small.example/{i}</link><title>Model {i} released</title>"
        f"<description>{text}</description>{f'<pubDate>{day}</pubDate>' if day else ''}</item>" for i, text, day in items
    )  # fmt: skip
    return Reply(
        200, RSS, f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{rows}</channel></rss>'.encode()
    )


def small(desk: Desk, web: Web) -> Desk:
    serve(desk, web)
    desk.write(desk.config.read_text("utf-8") + f"  - {{id: small, kind: rss, name: Small, url: '{FEED}'}}\n")
    return desk


def on(desk: Desk, day: str, source: str = "small") -> list[str]:
    rows = desk.json("items", "list", "--issue", "ai-daily", "--date", day)
    return [r["url"].rsplit("/", 1)[-1] for r in rows if r["source"] == source]


# ------------------------------------------------------------------ feeds
@pytest.mark.slow
def test_a_dateless_item_is_news_only_when_it_appeared_under_our_eyes(empty: Desk, own: Web) -> None:
    small(empty, own)
    at(empty, own, f"2026-06-15{NOON}")
    own.special[FEED] = rss(("old", "Text.", ""))
    empty("collect", "small")
    at(empty, own, f"2026-06-16{NOON}")
    own.special[FEED] = rss(("fresh", "Text.", ""), ("old", "Text.", ""))
    empty("collect", "small")
    at(empty, own, f"2026-06-18{NOON}")
    own.special[FEED] = rss(("fresh", "Text, edited.", ""), ("old", "Text, edited.", ""))
    assert empty.json("collect", "small")["revised"] == 2
    at(empty, own, "2026-06-25T12:00:00+00:00")
    found = {f"2026-06-{d}": on(empty, f"2026-06-{d}") for d in range(14, 25)}
    assert {day: ids for day, ids in found.items() if ids} == {"2026-06-17": ["fresh"]}


def test_a_dateless_item_of_a_first_visit_that_broke_is_no_news_either(empty: Desk, own: Web) -> None:
    small(empty, own)
    at(empty, own, f"2026-06-15{NOON}")
    own.special[FEED] = Reply(500, "text/plain", b"")
    empty("collect", "small", "trending")
    at(empty, own, f"2026-06-16{NOON}")
    own.special[FEED] = rss(("old", "Text.", ""))
    empty("collect", "small")
    assert on(empty, "2026-06-17") == []


def test_C09_a_date_in_the_future_is_no_date(empty: Desk, own: Web) -> None:
    small(empty, own)
    at(empty, own, f"2026-06-15{NOON}")
    own.special[FEED] = rss(("soon", "Text.", "Tue, 20 Jun 2028 10:00:00 GMT"))
    empty("collect", "small")
    assert on(empty, "2028-06-21") == on(empty, "2026-06-16") == []


def test_an_edited_item_is_a_revision_of_the_same_item_on_its_old_day(empty: Desk, own: Web) -> None:
    small(empty, own)
    day = "Mon, 15 Jun 2026 10:00:00 GMT"
    at(empty, own, f"2026-06-15{NOON}")
    own.special[FEED] = rss(("a", "We report 1.2 %.", day))
    assert empty.json("collect", "small")["new"] == 1
    at(empty, own, f"2026-06-17{NOON}")
    own.special[FEED] = rss(("a", "We report 2.1 %.", "Wed, 17 Jun 2026 10:00:00 GMT"))
    second = empty.json("collect", "small")
    assert (second["new"], second["revised"], second["known"]) == (0, 1, 0)
    assert on(empty, "2026-06-16") == ["a"]
    assert on(empty, "2026-06-18") == []
    with empty.store() as store:
        item = store.item(item_id("small", "https://small.example/a"))
        assert item.entry.text == "We report 2.1 %."
        assert item.revised_at == datetime.fromisoformat(empty.now)
        assert store.counts()["items"] == 1


def test_a_feed_that_reorders_itself_is_neither_new_nor_revised(empty: Desk, own: Web) -> None:
    small(empty, own)
    a, b = ("a", "One.", "Mon, 15 Jun 2026 10:00:00 GMT"), ("b", "Two.", "Mon, 15 Jun 2026 09:00:00 GMT")
    own.special[FEED] = rss(a, b)
    empty("collect", "small")
    own.special[FEED] = rss(b, a)
    again = empty.json("collect", "small")
    assert (again["parses"], again["new"], again["revised"], again["known"]) == (1, 0, 0, 2)


@pytest.mark.parametrize("conditional", [True, False], ids=["304", "the same bytes"])
def test_an_unchanged_trending_page_is_still_a_sighting_of_today(empty: Desk, own: Web, conditional: bool) -> None:
    serve(empty, own)
    own.conditional = conditional
    for day in ("2026-06-17", "2026-06-18", "2026-06-19"):
        at(empty, own, f"{day}{NOON}")
        data = empty.json("collect", "trending")
        assert data["parses"] == (day == "2026-06-17")
    with empty.store() as store:
        item = next(iter(store.last_sightings(_trending_ids(store))))
        days = {s.seen_at.date().isoformat() for s in _sightings(store)}
        assert item.seen_at == datetime.fromisoformat(empty.now)
    assert days == {"2026-06-17", "2026-06-18", "2026-06-19"}


def _sightings(store: Any) -> Any:
    from digester.domain.issue import Window

    return store.sightings_in(
        Window(datetime.fromisoformat("2026-06-01T00:00:00+00:00"), datetime.fromisoformat("2026-07-01T00:00:00+00:00"))
    )


def _trending_ids(store: Any) -> set[str]:
    return {s.item_id for s in _sightings(store)}


# ---------------------------------------------------------------- late items
def shifted(feed: Feed, day: str, to: str) -> tuple[FeedEntry, ...]:
    """The entries of one day of a feed, as if written on another."""
    by = timedelta(days=(date.fromisoformat(to) - date.fromisoformat(day)).days)
    return tuple(replace(e, published=e.published + by) for e in feed.entries if e.published.date().isoformat() == day)


def three_days() -> tuple[World, FeedEntry, Any]:
    """The news of Friday on three days in a row, one feed a day, and an article and a post that come late."""
    w = world()
    friday = [f for f in w.feeds if shifted(f, "2026-06-19", "2026-06-19")]
    feeds = tuple(
        replace(f, entries=shifted(f, "2026-06-19", f"2026-06-{19 + i % 3}")) for i, f in enumerate(friday)
    )  # fmt: skip
    late = next(e for e in feeds[0].entries if e.published.hour >= 8)
    post = next(p for p in w.people[0].posts if p.published.isoformat() > "2026-06-19T08")
    feeds = (replace(feeds[0], entries=tuple(e for e in feeds[0].entries if e != late)), *feeds[1:])
    person = replace(w.people[0], posts=())
    return replace(w, papers=(), feeds=feeds, people=(person, *w.people[1:3]), podcasts=()), late, post


def arrive(w: World, late: FeedEntry, post: Any) -> World:
    feeds = (replace(w.feeds[0], entries=(*w.feeds[0].entries, late)), *w.feeds[1:])
    return replace(w, feeds=feeds, people=(replace(w.people[0], posts=(post,)), *w.people[1:]))


@pytest.mark.slow
def test_C09_late_items_enter_the_next_issue_marked_late_and_no_other(empty: Desk, own: Web) -> None:
    early, late, post = three_days()
    own.world = early
    serve(empty, own)
    empty.write(empty.config.read_text("utf-8") + "issues: {ai-daily: {minimum: 1}}\n")
    told: dict[str, list[tuple[str, bool]]] = {}
    for day in ("2026-06-20", "2026-06-21", "2026-06-22"):
        at(empty, own, f"{day}T07:05:00+00:00")
        done = empty("run", "ai-daily", "--date", day)
        if done.code == 4:
            continue
        assert done.code in (0, 3), done.said
        told[day] = [(p.url, p.late) for p in empty.issue("ai-daily", day).picks() if p.kind in ("article", "post")]
        own.world = arrive(early, late, post)
    assert len(told) >= 2
    twice = {u: n for u, n in Counter(u for picks in told.values() for u, _ in picks).items() if n > 1}
    assert twice == {}
    marked = {(day, url.rsplit("/", 1)[-1]) for day, picks in told.items() for url, is_late in picks if is_late}
    assert ("2026-06-21", late.slug) in marked
    assert ("2026-06-21", post.id) in marked
    assert {day for day, _ in marked} == {"2026-06-21"}
    listed = {r["url"].rsplit("/", 1)[-1]: r["late"] for r in empty.json("items", "list", "--date", "2026-06-21")}
    assert listed[late.slug] is True
    assert late.slug not in {r["url"].rsplit("/", 1)[-1] for r in empty.json("items", "list", "--date", "2026-06-22")}


@pytest.mark.slow
@pytest.mark.parametrize(("turn", "seen_at"), [("09:00", "08:00"), ("05:00", "06:00")])
def test_C11_a_schedule_that_changed_between_two_issues_leaves_no_gap_and_no_overlap(
    empty: Desk, own: Web, turn: str, seen_at: str
) -> None:
    """The item's moment lies between the old turn (07:00) and the new one: after it nobody's, before it everybody's."""
    small(empty, own)
    empty.write(empty.config.read_text("utf-8") + "issues: {ai-daily: {minimum: 1}}\n")
    own.special[FEED] = rss(("a", "Text.", f"Tue, 16 Jun 2026 {seen_at}:00 GMT"))
    at(empty, own, "2026-06-16T09:30:00+00:00")
    assert empty("run", "ai-daily", "--date", "2026-06-16").code in (0, 3)
    before = empty.issue("ai-daily", "2026-06-16")
    empty.change("ai-daily: {minimum: 1}", f'ai-daily: {{minimum: 1, window: "{turn}"}}')
    at(empty, own, "2026-06-17T09:30:00+00:00")
    assert empty("run", "ai-daily", "--date", "2026-06-17").code in (0, 3)
    assert empty.issue("ai-daily", "2026-06-17").window.start == before.window.end
    told = [day for day in ("2026-06-16", "2026-06-17")
            for p in empty.issue("ai-daily", day).picks() if p.url.endswith("/a")]  # fmt: skip
    assert told == (["2026-06-17"] if turn == "09:00" else ["2026-06-16"])


# ------------------------------------------------------------------- papers
def papers(*chosen: Paper) -> World:
    w = world()
    return replace(w, papers=chosen, feeds=(), people=(), podcasts=())


def rated(count: int) -> list[Paper]:
    return [p for p in world().papers if p.html and p.announcement == "new" and p.primary == "cs.IR"][:count]


def week(desk: Desk, web: Web, days: tuple[int, ...]) -> None:
    for day in days:
        at(desk, web, f"2026-06-{day:02}{NOON}")
        assert desk("collect", "arxiv").code == 0


def rows(desk: Desk, label: str) -> dict[str, Any]:
    return {
        r["url"].rsplit("/", 1)[-1]: r for r in desk.json("items", "list", "--issue", "rec-weekly", "--date", label)
    }


@pytest.mark.slow
def test_a_paper_listed_on_two_days_belongs_to_the_earliest(empty: Desk, own: Web) -> None:
    first = rated(1)[0]
    monday = replace(first, day=date(2026, 6, 15), submitted=datetime.fromisoformat("2026-06-12T09:00:00+00:00"))
    again = replace(monday, day=date(2026, 6, 18), announcement="cross")
    own.world = papers(monday, again)
    serve(empty, own)
    week(empty, own, (15, 16, 17, 18, 19))
    with empty.store() as store:
        item = store.item(item_id("arxiv", first.id))
        assert (item.entry.announced_at, item.entry.announcement) == (date(2026, 6, 15), "new")
        assert store.counts()["items"] == 1


@pytest.mark.slow
def test_a_paper_listed_again_next_week_stays_in_its_week_and_coverage_is_complete(empty: Desk, own: Web) -> None:
    before, *others = rated(5)
    friday = replace(before, day=date(2026, 6, 12), submitted=datetime.fromisoformat("2026-06-10T09:00:00+00:00"))
    again = replace(friday, day=date(2026, 6, 15), announcement="cross")
    own.world = papers(friday, again, *others)
    serve(empty, own)
    week(empty, own, (12, 15, 16, 17, 18, 19))
    assert before.id in rows(empty, "2026-W24")
    assert before.id not in rows(empty, "2026-W25")
    at(empty, own, "2026-06-20T07:05:00+00:00")
    empty("run", "rec-weekly", "--date", "2026-W25")
    issue = empty.issue("rec-weekly", "2026-W25")
    assert [b.missing for b in issue.coverage.batches if b.missing] == []
    assert f"arxiv:{before.id}" not in {p.work for p in issue.picks()}


@pytest.mark.slow
def test_a_post_edited_before_the_issue_is_quoted_as_it_reads_now(empty: Desk, own: Web) -> None:
    w = own.world = replace(world(), papers=(), podcasts=())
    serve(empty, own)
    at(empty, own, "2026-06-20T05:00:00+00:00")
    old = "We measured 41 % fewer tokens in our retrieval benchmark last night."
    new = "We measured 14 % fewer tokens in our retrieval benchmark last night, not more."
    person = next(p for p in w.people if any(x.published.isoformat() > "2026-06-19T08" for x in p.posts))
    post = next(x for x in person.posts if x.published.isoformat() > "2026-06-19T08")
    for text in (old, new):
        edited = replace(person, posts=(replace(post, text=text),))
        own.world = replace(w, people=tuple(edited if p == person else p for p in w.people))
        assert empty("collect").code in (0, 3)
        for step in ("screen", "assess"):
            assert empty(step, "ai-daily", "--date", "2026-06-20").code in (0, 3)
        empty.now = (datetime.fromisoformat(empty.now) + timedelta(minutes=10)).isoformat()
    at(empty, own, "2026-06-20T07:05:00+00:00")
    assert empty("run", "ai-daily", "--date", "2026-06-20").code in (0, 3)
    printed = " ".join(x.text["en"] for p in empty.issue("ai-daily", "2026-06-20").picks() for x in p.sentences)
    assert "14 % fewer" in printed
    assert "41 % fewer" not in printed


def test_replacements_are_no_news(collected: Desk) -> None:
    replaced = {p.id for p in world().papers if p.announcement == "replace"}
    announced = {p.id for p in world().papers if p.announcement != "replace"}
    assert replaced - announced
    assert not (replaced - announced) & set(rows(collected, "2026-W25"))


@pytest.mark.slow
def test_a_replacement_of_a_published_paper_does_not_bring_it_back(empty: Desk, own: Web) -> None:
    chosen = rated(4)
    newer = [replace(p, day=date(2026, 6, 23), version=2, announcement="replace", abstract=p.abstract + " Revised.",
                     submitted=datetime.fromisoformat("2026-06-22T09:00:00+00:00")) for p in chosen]  # fmt: skip
    own.world = papers(*chosen, *newer)
    serve(empty, own)
    week(empty, own, (15, 16, 17, 18, 19))
    at(empty, own, "2026-06-20T07:05:00+00:00")
    assert empty("run", "rec-weekly", "--date", "2026-W25").code in (0, 3)
    before = empty.files()
    week(empty, own, (22, 23, 24))
    with empty.store() as store:
        items = [store.item(item_id("arxiv", p.id)) for p in chosen]
    assert all(i.revised_at and i.entry.version == 2 for i in items)
    assert {i.entry.announced_at for i in items} <= {date(2026, 6, d) for d in range(15, 20)}
    assert rows(empty, "2026-W26") == {}
    at(empty, own, "2026-06-27T07:05:00+00:00")
    assert empty("run", "rec-weekly", "--date", "2026-W26").code == 4
    assert empty("regenerate", "rec-weekly", "--date", "2026-W25").code == 0
    assert empty.files() == before
