"""What stands in a daily issue besides the news of feeds: releases, and pages known by a sitemap alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.servers.newsroom import Desk, Web

from digester.demo.server import Reply
from digester.domain.entries import subject_of
from digester.domain.issue import Issue

FEED, MAP = "https://news.example/feed", "https://quiet.example/sitemap.xml"
TAGS = "https://github.example/brook/{0}/releases.atom"
STORIES = (
    ("Orrelune releases Ostrelith {0}", "Orrelune releases Ostrelith {0} with open weights under Apache-2.0: {0}B parameters read photographs of plants. "),
    ("Pellucet opens Quillon {0}", "Pellucet makes Quillon {0} generally available: phone calls are transcribed at $0.{0} per hour, in 4{0} languages. "),
    ("Thornveld publishes Harrow {0}", "Thornveld publishes Harrow {0} under an MIT licence; its compiler builds shaders {0}% faster on laptops. "),
    ("Wexcombe launches Tamsin {0}", "Wexcombe launches Tamsin {0}, an API that plans routes of parcels, generally available at $3.{0} per month. "),
)  # fmt: skip
ARTICLE = (
    "Marrowby today releases Lantern 2 with open weights under Apache-2.0: 212B parameters, a 512,000-token context, at $0.60 per million tokens.",
    "On the public benchmark it is 12% above its predecessor, at half of the latency, because each layer reads the cache of the one below it.",
    "The weights, the training code and a report are on the page of the company; the older version stays available until the end of the year.",
)  # fmt: skip
pytestmark = pytest.mark.slow


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, web: Web) -> Desk:
    """A workspace of one feed of news; a test adds what it is about."""
    made = Desk(tmp_path)
    made.write(
        f'version: 1\nnet: {{replay: "{web.base}", contact: desk@digester.example}}\nsources:\n'
        f"  - {{id: news, kind: rss, name: News, url: '{FEED}', tags: [labs]}}\n"
    )
    return made


def with_line(desk: Desk, line: str) -> None:
    desk.write(desk.config.read_text("utf-8") + f"  - {line}\n")


def at(desk: Desk, web: Web, moment: str) -> None:
    desk.now, web.at = moment, datetime.fromisoformat(moment)


def news(day: int) -> Reply:
    """Four stories of the day before `day`, other ones each day."""
    rows = "".join(
        f"<item><guid>https://news.example/{day}-{i}</guid><link>https://news.example/{day}-{i}</link><title>{title.format(day)}"
        f"</title><pubDate>{day - 1} Jun 2026 15:00:00 GMT</pubDate><description>{text.format(day) * 9}</description></item>"
        for i, (title, text) in enumerate(STORIES)
    )
    return Reply(200, "application/rss+xml", f'<rss version="2.0"><channel>{rows}</channel></rss>'.encode())


def releases(repository: str, *rows: tuple[str, str, str]) -> Reply:
    """(tag, time, notes as HTML), newest first."""
    link = f"https://github.example/brook/{repository}/releases/tag"
    made = "".join(
        f'<entry><id>{tag}</id><link href="{link}/{tag}"/><title>{tag}</title><updated>{when}</updated>'
        f"<content type='html'>{notes.replace('<', '&lt;')}</content></entry>"
        for tag, when, notes in rows
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</title>{made}</feed>'
    return Reply(200, "application/atom+xml", feed.encode())


def daily(desk: Desk, web: Web, day: int) -> tuple[Issue, str]:
    """The issue of a day, made five minutes after its window, and its Markdown."""
    at(desk, web, f"2026-06-{day}T07:05:00+00:00")
    web.special[FEED] = news(day)
    done = desk("run", "ai-daily", "--date", f"2026-06-{day}")
    assert done.code == 0, done.said
    return desk.issue("ai-daily", f"2026-06-{day}"), (desk.home / f"out/ai-daily/2026-06-{day}.en.md").read_text(
        "utf-8"
    )


def told(issue: Issue, slug: str) -> list[str]:
    return [p.title for s in issue.sections if s.slug == slug for p in s.picks]


# --------------------------------------------------------------- releases
OLD = ("v1.0.0", "2026-06-01T10:00:00Z", "<p>The first one.</p>")
FIRST = ("v1.1.0", "2026-06-16T10:00:00Z",
         "<h2>What's Changed</h2><ul><li>fix(core): typo by @someone in #12</li><li>Batches are sorted once, which halves the time to the first token.</li></ul>")  # fmt: skip
SECOND = ("v1.2.0", "2026-06-17T10:00:00Z", "<ul><li>chore: bump by @robot in #13</li></ul>")


def released(desk: Desk, *repositories: str) -> None:
    names = ", ".join(f"brook/{r}" for r in repositories)
    with_line(desk, f"{{id: tools, kind: github_releases, name: Tools, site: github.example, repositories: [{names}]}}")


def test_two_releases_of_a_repository_on_two_days_are_each_told_once(desk: Desk, web: Web) -> None:
    released(desk, "brook")
    web.special[TAGS.format("brook")] = releases("brook", FIRST, OLD)
    one, page = daily(desk, web, 17)
    assert told(one, "releases") == ["brook v1.1.0"]
    assert "## Releases" in page and "Batches are sorted once, which halves the time to the first token." in page
    assert "https://github.example/brook/brook/releases/tag/v1.1.0" in page and "@someone" not in page
    web.special[TAGS.format("brook")] = releases("brook", SECOND, FIRST, OLD)
    two, page = daily(desk, web, 18)
    three, _ = daily(desk, web, 19)
    assert (told(two, "releases"), told(three, "releases")) == (["brook v1.2.0"], [])
    (pick,) = [p for p in two.picks() if p.kind == "release"]
    assert pick.sentences == () and "@robot" not in page  # nothing in its notes is fit to print
    assert (one.census.seen["releases"], two.census.seen["releases"]) == (1, 1) and "releases" not in three.census.seen
    with desk.store() as store:
        item = store.item(pick.lead_item_id)
    assert (item.work, item.refs[0], pick.work) == ("github:brook/brook", "github:brook/brook", subject_of(item))


def test_of_many_releases_the_newest_eight_are_told_two_a_repository(desk: Desk, web: Web) -> None:
    names = [f"tool{n}" for n in range(5)]
    released(desk, *names)
    for n, name in enumerate(names):
        rows = [(f"v{n}.{k}", f"2026-06-16T1{n}:0{k}:00Z", "") for k in (3, 2, 1)]
        web.special[TAGS.format(name)] = releases(name, *rows)
    issue, page = daily(desk, web, 17)
    expected = [f"tool{n} v{n}.{k}" for n in (4, 3, 2, 1) for k in (3, 2)]
    assert told(issue, "releases") == expected
    assert (issue.census.seen["releases"], issue.census.left_out["further releases"]) == (15, 7)
    assert Counter(page.count(f"[{t}]") for t in expected) == {1: 8}


def test_of_a_plain_feed_of_releases_prereleases_are_counted_and_not_told(desk: Desk, web: Web) -> None:
    with_line(desk, "{id: tools, kind: rss, name: Tools, url: 'https://github.example/brook/brook/releases.atom'}")
    early = ("v1.2.0-rc1", "2026-06-16T12:00:00Z", "<p>Try it.</p>")
    web.special[TAGS.format("brook")] = releases("brook", early, FIRST, OLD)
    issue, page = daily(desk, web, 17)
    assert told(issue, "releases") == ["brook v1.1.0"] and "rc1" not in page
    assert (issue.census.seen["releases"], issue.census.left_out["further releases"]) == (2, 1)


def test_of_a_source_of_everything_only_news_of_ai_are_told_and_the_rest_is_counted(desk: Desk, web: Web) -> None:
    with_line(desk, "{id: town, kind: rss, name: Town, url: 'https://town.example/feed', tags: [general]}")
    rows = (("boats", "Rowers of Eastmarle win by a length", "They release 3 boats; one of them said a robot timed the 12 races."),
            ("till", "A chatbot at the till of 40 shops", "The shops release a chatbot that answers 9,000 questions a day and costs $40."))  # fmt: skip
    items = "".join(
        f"<item><guid>{key}</guid><link>https://town.example/{key}?utm_source=rss</link><title>{title}</title>"
        f"<pubDate>16 Jun 2026 12:00:00 GMT</pubDate><description>{text}</description></item>" for key, title, text in rows
    )  # fmt: skip
    web.special["https://town.example/feed"] = Reply(
        200, "application/rss+xml", f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    )
    issue, page = daily(desk, web, 17)
    assert "A chatbot at the till" in page and "Rowers" not in page and "utm_source" not in page
    assert issue.census.left_out["out of scope"] == 1


def test_a_release_that_two_sources_name_is_told_once(desk: Desk, web: Web) -> None:
    released(desk, "brook")
    with_line(
        desk, "{id: again, kind: github_releases, name: Again, site: github.example, repositories: [brook/brook]}"
    )
    web.special[TAGS.format("brook")] = releases("brook", FIRST)
    issue, _ = daily(desk, web, 17)
    assert told(issue, "releases") == ["brook v1.1.0"] and issue.census.seen["releases"] == 1


# ----------------------------------------------------------------- topics
TRENDING, SEARCH = "https://github.example/trending?since=daily", "https://api.github.example/search/repositories"


def trending(*rows: tuple[str, int]) -> Reply:
    """(name, stars of the day)."""
    made = "".join(
        f"<article class='Box-row'><h2><a href='/{name}'>x</a></h2><p>{name} draws maps of rivers from photographs.</p>"
        f"<span class='float-sm-right'>{stars} stars today</span></article>"
        for name, stars in rows
    )
    return Reply(200, "text/html", f"<html><body>{made}</body></html>".encode())


def topic(*rows: tuple[str, int]) -> Reply:
    """(name, stars), of repositories made an hour ago."""
    items = [
        {
            "full_name": n,
            "stargazers_count": stars,
            "description": "A recommender.",
            "created_at": "2026-06-17T06:00:00Z",
        }
        for n, stars in rows
    ]
    return Reply(200, "application/json", json.dumps({"total_count": len(rows), "items": items}).encode())


def test_repositories_of_a_topic_are_counted_and_change_nothing_in_what_trends(desk: Desk, web: Web) -> None:
    """Their stars are a total: one that trends as well has the gain of the trending page, and is counted once."""
    with_line(desk, "{id: trending, kind: github_trending, name: Trending, site: github.example}")
    with_line(desk, "{id: topic, kind: github_topic, name: Topic, site: github.example, topics: [recommender-system]}")
    web.special[TRENDING] = trending(*((f"brook/map{n}", 100 - n) for n in range(7)))
    web.special[SEARCH + "*"] = topic(
        ("big/one", 90_000), ("brook/map6", 50_000), *((f"small/r{n}", 12) for n in range(20))
    )
    issue, page = daily(desk, web, 17)
    assert told(issue, "trending") == [f"brook/map{n}" for n in range(5)]
    assert "big/one" not in page and "small/r" not in page
    assert issue.census.seen["repositories"] == 7 + 21
    with desk.store() as store:
        assert len([i for i in store.items_in(issue.window) if i.source_id == "topic"]) == 0  # of the first visit
    web.special[SEARCH + "*"] = topic(("late/comer", 15), ("big/one", 90_001))
    later, page = daily(desk, web, 18)
    assert told(later, "trending") == ["brook/map5", "brook/map6"] and "late/comer" not in page


# --------------------------------------------------------------- podcasts
def test_an_episode_names_its_guests_and_not_its_host(desk: Desk, web: Web) -> None:
    person = "<podcast:person role='{0}'>{1}</podcast:person>".format
    rows = "".join(
        f"<item><guid>{n}</guid><link>https://show.example/{n}</link><title>Episode {n}</title><pubDate>16 Jun 2026 1{n}:00:00 GMT"
        f"</pubDate><description>We talk about shelves.</description>{people}</item>"
        for n, people in enumerate(("", person("host", "Mira Oldacre") + person("Guest", "Tomas Reed")))
    )
    with_line(desk, "{id: show, kind: podcast, name: Show, url: 'https://show.example/feed'}")
    feed = f'<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>{person("host", "Mira Oldacre")}{rows}</channel></rss>'
    web.special["https://show.example/feed"] = Reply(200, "application/rss+xml", feed.encode())
    issue, page = daily(desk, web, 17)
    assert [p.facts.get("guest") for p in issue.picks() if p.kind == "episode"] == ["Tomas Reed", None]
    assert "Guest: Tomas Reed" in page and "Oldacre" not in page


# --------------------------------------------------------------- sitemaps
TITLE = "Lantern 2: open weights at half the latency"


def site_map(*pages: str) -> Reply:
    rows = "".join(
        f"<url><loc>https://quiet.example/{p}</loc><lastmod>2026-06-16T12:00:00Z</lastmod></url>" for p in pages
    )
    return Reply(200, "application/xml", f"<urlset>{rows}</urlset>".encode())


def page_of(title: str) -> Reply:
    body = "".join(f"<p>{text}</p>" for text in ARTICLE)
    return Reply(200, "text/html", f"<html><head><title>{title} | Quiet</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode())  # fmt: skip


@pytest.fixture
def quiet(desk: Desk, web: Web) -> Desk:
    """The workspace with a site that has a sitemap only, whose first visit is over."""
    with_line(desk, f"{{id: quiet, kind: sitemap, name: Quiet, url: '{MAP}', tags: [labs]}}")
    web.special[MAP] = site_map("old-page")
    at(desk, web, "2026-06-15T12:00:00+00:00")
    assert desk.json("collect", "quiet")["new"] == 1
    return desk


def test_a_new_page_of_a_sitemap_is_read_judged_by_its_text_and_told_under_its_own_title(quiet: Desk, web: Web) -> None:
    web.special[MAP] = site_map("blog/10-ways-to-lantern", "old-page")
    web.special["https://quiet.example/blog/10-ways-to-lantern"] = page_of(TITLE)
    issue, page = daily(quiet, web, 17)
    (pick,) = [p for p in issue.picks() if p.source == "Quiet"]
    assert (pick.title, pick.headline["en"], pick.level) == (TITLE, TITLE, "full_text")
    assert pick.rating >= 4 and pick.sentences and TITLE in page and "10 ways" not in page
    assert len(web.asked("quiet.example/blog/10-ways-to-lantern")) == 1 and not web.asked("old-page")
    with quiet.store() as store:
        first, *_, last = store.ratings([pick.work], "ai-1")[pick.work]
    assert (first.level, first.rating) == ("abstract", 1) and last.rating >= 4
    assert json.loads((quiet.home / "out/ai-daily/2026-06-17.json").read_text("utf-8"))


def test_a_page_that_cannot_be_read_keeps_the_rating_of_its_address(quiet: Desk, web: Web) -> None:
    web.special[MAP] = site_map("blog/10-ways-to-lantern", "old-page")
    web.special["https://quiet.example/blog/10-ways-to-lantern"] = Reply(404, "text/html", b"gone")
    issue, _ = daily(quiet, web, 17)
    assert [p for p in issue.picks() if p.source == "Quiet"] == []


WALLS = {
    "paywall": f"<p>{ARTICLE[0]}</p><p>Subscribe to continue reading.</p>",
    "cookies": "<p>We value your privacy.</p><button>Accept all cookies</button>",
    "script": "<noscript>Please enable JavaScript.</noscript><div id='root'></div>",
    "missing": f"<title>Page not found</title><p>{ARTICLE[0]}</p>",
    "login": f"<p>{ARTICLE[0]}</p><form><input type='password'></form>",
}


def test_P19_what_stands_on_a_wall_is_not_told_as_news(quiet: Desk, web: Web) -> None:
    web.special[MAP] = site_map(*(f"blog/{name}" for name in WALLS), "old-page")
    for name, body in WALLS.items():
        page = f"<html><body>{body}</body></html>".encode()
        web.special[f"https://quiet.example/blog/{name}"] = Reply(200, "text/html", page)
    issue, page = daily(quiet, web, 17)
    assert len(web.asked("quiet.example/blog/")) == len(WALLS)
    assert [p for p in issue.picks() if p.source == "Quiet"] == [] and "Marrowby" not in page
    with quiet.store() as store:
        works = [subject_of(i) for i in store.items_in(issue.window) if i.source_id == "quiet"]
        outcomes = Counter(t.outcome for t in store.full_texts(works).values())
    assert outcomes == {"paywalled": 2, "consent_wall": 1, "needs_javascript": 1, "gone": 1}


def test_a_run_reads_forty_pages_without_a_text_the_newest_first(quiet: Desk, web: Web) -> None:
    urls = [f"blog/p{n:02}" for n in range(45)]
    rows = "".join(
        f"<url><loc>https://quiet.example/{u}</loc><lastmod>2026-06-16T12:{n:02}:00Z</lastmod></url>"
        for n, u in enumerate(urls)
    )
    quiet.change("kind: sitemap,", "kind: sitemap, newest: 100,")
    web.special |= {
        MAP: Reply(200, "application/xml", f"<urlset>{rows}</urlset>".encode()),
        "https://quiet.example/blog/*": page_of(TITLE),
        FEED: news(17),
    }
    at(quiet, web, "2026-06-17T07:05:00+00:00")
    assert quiet.json("collect", "quiet")["new"] == 45
    day: tuple[Any, ...] = ("ai-daily", "--date", "2026-06-17")
    quiet("screen", *day)
    quiet("enrich", *day)
    asked = {url.rpartition("/")[2] for url, _ in web.asked("/blog/")}
    assert asked == {f"p{n:02}" for n in range(5, 45)}
    quiet("enrich", *day)
    assert len(web.asked("/blog/")) == 45
