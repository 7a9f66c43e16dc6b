"""A story that an issue told stays out of the next ones, unless it has something new: then it says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.second_checker.check import check
from tests.second_checker.evidence import Evidence
from tests.servers.newsroom import Desk, Web

from digester.demo.server import Reply
from digester.domain.issue import Issue

FEED, ECHO, TRENDS = (
    "https://news.example/feed",
    "https://echo.example/feed",
    "https://github.example/trending?since=daily",
)
STORIES = (
    ("Orrelune releases Ostrelith {0}", "Orrelune releases Ostrelith {0} with open weights under Apache-2.0: {0}B parameters read photographs of plants. "),
    ("Pellucet opens Quillon {0}", "Pellucet makes Quillon {0} generally available: phone calls are transcribed at $0.{0} per hour, in 4{0} languages. "),
    ("Thornveld publishes Harrow {0}", "Thornveld publishes Harrow {0} under an MIT licence; its compiler builds shaders {0}% faster on laptops. "),
    ("Wexcombe launches Tamsin {0}", "Wexcombe launches Tamsin {0}, an API that plans routes of parcels, generally available at $3.{0} per month. "),
)  # fmt: skip
SAID = "Marrowby opens Lantern 2, a robot hand that folds laundry, with open weights under Apache-2.0 and 212 joints. "
LANTERN = ("17-x", "https://news.example/lantern", "Marrowby opens Lantern 2", SAID * 5)
pytestmark = pytest.mark.slow


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, web: Web) -> Desk:
    """One feed of labs, one that repeats what others wrote, and a trending page."""
    made = Desk(tmp_path)
    made.write(
        f'version: 1\nnet: {{replay: "{web.base}", contact: desk@digester.example}}\nsources:\n'
        f"  - {{id: news, kind: rss, name: News, url: '{FEED}', tags: [labs]}}\n"
        f"  - {{id: echo, kind: rss, name: Echo, url: '{ECHO}'}}\n"
        "  - {id: trending, kind: github_trending, name: Trending, site: github.example}\n"
        "  - {id: tools, kind: github_releases, name: Tools, site: github.example, repositories: [brook/map0]}\n"
    )
    web.special[ECHO] = feed()
    web.special[TRENDS] = trending(("brook/map0", 900, 40))
    web.special["https://github.example/brook/map0/releases.atom"] = tags()
    return made


def feed(*rows: tuple[str, str, str, str]) -> Reply:
    """(id, address, title, text), all of the afternoon before the issue of that day's number in the id."""
    made = "".join(
        f"<item><guid>{key}</guid><link>{url}</link><title>{title}</title><pubDate>{int(key[:2]) - 1} Jun 2026 15:00:00 GMT"
        f"</pubDate><description>{text}</description></item>"
        for key, url, title, text in rows
    )
    return Reply(200, "application/rss+xml", f'<rss version="2.0"><channel>{made}</channel></rss>'.encode())


def news(day: int) -> Reply:
    rows = [(f"{day}-{i}", f"https://news.example/{day}-{i}", t.format(day), d.format(day) * 9) for i, (t, d) in enumerate(STORIES)]  # fmt: skip
    return feed(*rows, *([LANTERN] if day == 17 else []))


def trending(*rows: tuple[str, int, int]) -> Reply:
    """(name, stars, stars of the day)."""
    made = "".join(
        f"<article class='Box-row'><h2><a href='/{name}'>x</a></h2><p>{name} draws maps of rivers from photographs.</p>"
        f"<a href='/{name}/stargazers'>{stars}</a><span class='float-sm-right'>{today} stars today</span></article>"
        for name, stars, today in rows
    )
    return Reply(200, "text/html", f"<html><body>{made}</body></html>".encode())


def tags(*rows: tuple[str, str]) -> Reply:
    made = "".join(
        f"<entry><id>{tag}</id><link href='https://github.example/brook/map0/releases/tag/{tag}'/><title>{tag}</title>"
        f"<updated>{when}</updated><content type='html'></content></entry>"
        for tag, when in rows
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Releases</title>{made}</feed>'
    return Reply(200, "application/atom+xml", body.encode())


def daily(desk: Desk, web: Web, day: int) -> tuple[Issue, str]:
    """The issue of a day and its Markdown."""
    desk.now = f"2026-06-{day}T07:05:00+00:00"
    web.at = datetime.fromisoformat(desk.now)
    web.special[FEED] = news(day)
    done = desk("run", "ai-daily", "--date", f"2026-06-{day}")
    assert done.code == 0, done.said
    return desk.issue("ai-daily", f"2026-06-{day}"), (desk.home / f"out/ai-daily/2026-06-{day}.en.md").read_text("utf-8")  # fmt: skip


def test_the_same_page_told_again_is_left_out_and_says_where_it_was_told(desk: Desk, web: Web) -> None:
    daily(desk, web, 17)
    web.special[ECHO] = feed(("18-a", "https://news.example/lantern", "Lantern 2 is out", SAID * 5))
    issue, page = daily(desk, web, 18)
    assert [p.title for p in issue.picks() if p.source == "Echo"] == []
    assert issue.census.left_out["told"] == 2 and "2 told before" in page
    with desk.store() as store:
        titles = {i.entry.title for i in store.items(issue.left_out["told in ai-daily/2026-06-17"]).values()}
    assert titles == {"Lantern 2 is out", "brook/map0"}


def test_with_a_new_figure_it_comes_back_marked(desk: Desk, web: Web) -> None:
    daily(desk, web, 17)
    text = "Marrowby opens Lantern 2, a robot hand with open weights under Apache-2.0, for rent at $45 per hour. "
    web.special[ECHO] = feed(("18-a", "https://news.example/lantern", "Lantern 2 is for rent", text * 5))
    issue, page = daily(desk, web, 18)
    (pick,) = [p for p in issue.picks() if p.source == "Echo"]
    assert (pick.told, pick.new) == ("ai-daily/2026-06-17", "new figures")
    assert page.count("Told in ai-daily/2026-06-17; since then: new figures") == 1
    html = (desk.home / "out/ai-daily/2026-06-18.en.html").read_text("utf-8")
    assert html.count("Told in ai-daily/2026-06-17; since then: new figures") == 1
    assert {p.told for p in issue.picks() if p.source == "News"} == {""}


def test_a_repository_comes_back_with_a_release_or_twice_the_stars(desk: Desk, web: Web) -> None:
    def trends(day: int) -> list[tuple[str, str, str]]:
        return [(p.title, p.told, p.new) for p in daily(desk, web, day)[0].picks() if p.kind == "repository"]

    assert trends(17) == [("brook/map0", "", "")]
    web.special[TRENDS] = trending(("brook/map0", 950, 50))
    assert trends(18) == []
    with desk.store() as store:
        assert "told in ai-daily/2026-06-17" in store.issue("ai-daily/2026-06-18").left_out
    web.special[TRENDS] = trending(("brook/map0", 1800, 850))
    assert trends(19) == [("brook/map0", "ai-daily/2026-06-17", "twice the stars")]
    web.special[TRENDS] = trending(("brook/map0", 1900, 60))
    web.special["https://github.example/brook/map0/releases.atom"] = tags(("v2", "2026-06-19T10:00:00Z"))
    assert trends(20) == [("brook/map0", "ai-daily/2026-06-19", "new release")]


def test_the_second_checker_follows_the_mark_to_the_issue_that_told_it(desk: Desk, web: Web) -> None:
    daily(desk, web, 17)
    text = "Marrowby opens Lantern 2, a robot hand with open weights under Apache-2.0, for rent at $45 per hour. "
    web.special[ECHO] = feed(("18-a", "https://news.example/lantern", "Lantern 2 is for rent", text * 5))
    issue, page = daily(desk, web, 18)
    for output, name in (("markdown", "md"), ("html", "html")):
        body = (desk.home / f"out/ai-daily/2026-06-18.en.{name}").read_text("utf-8")
        evidence = Evidence(desk.home / "digester.db", desk.config, issue)
        assert [f for f in check(output, body, evidence) if f.rule in ("meta", "lost", "left_out", "unknown")] == []
    false = replace(issue, sections=tuple(replace(s, picks=tuple(replace(p, told="ai-daily/2026-06-10") if p.told else p for p in s.picks)) for s in issue.sections))  # fmt: skip
    assert not any(evidence.told(p.told, p) for p in false.picks() if p.told) and page
