"""Workspaces that hold the invented records of a shape, put in through the Store port as a collected week would leave them.

The shapes are those of published issues that a reader knows: how many papers, of which ratings, companies and themes;
how many articles, posts, repositories and episodes. `seed_papers` and `seed_news` hold the texts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.pipeline import seed_news as news
from tests.pipeline.seed_papers import CENSUS, COMPANIES, THREADS, Row
from tests.servers.newsroom import Desk

from digester.domain.dates import week_days
from digester.domain.entries import subject_of, to_item
from digester.domain.ids import item_id
from digester.domain.issue import Issue
from digester.domain.model import Batch, Enclosure, Entry, FullText, Sighting, TextSection
from digester.domain.sources import FetchState
from digester.pipeline.material import passages_of
from digester.ports import Gathering

STEPS = ("screen", "assess", "cluster", "compose", "publish")


@dataclass(frozen=True)
class Shape:
    """An issue to make: its kind and period, when it is made, and the rows of its papers (none: the day of news)."""

    kind: str
    period: str
    now: str
    papers: tuple[Row, ...] = ()


SHAPES = {
    "census": Shape("rec-weekly", "2026-W09", "2026-02-28T07:05:00+00:00", CENSUS),
    "companies": Shape("rec-weekly", "2026-W25", "2026-06-20T07:05:00+00:00", COMPANIES),
    "threads": Shape("rec-weekly", "2026-W11", "2026-03-14T07:05:00+00:00", THREADS),
    "inventory": Shape("ai-daily", "2026-05-12", "2026-05-12T07:05:00+00:00"),
}


# ------------------------------------------------------------- the workspace
def filled(home: Path, shape: Shape) -> Desk:
    """A workspace with the shape's records in its store, and nothing done with them yet."""
    desk = Desk(home, shape.now)
    home.mkdir(parents=True)
    desk.write("\n".join(["version: 1", "sources:", *(_paper_lines() if shape.papers else _news_lines())]) + "\n")
    with desk.store() as store:
        for gathering in _papers(shape) if shape.papers else _news(shape):
            store.save_gathering(gathering, datetime.fromisoformat(shape.now))
        if not shape.papers:
            _transcribe(store, datetime.fromisoformat(shape.now))
    return desk


def made(desk: Desk, shape: Shape) -> Issue:
    """The issue, by the commands that make one of what is stored; no source is asked."""
    for step in STEPS:
        done = desk(step, shape.kind, "--date", shape.period)
        assert done.code == 0, done.said
    return desk.issue(shape.kind, shape.period)


def printed(desk: Desk, shape: Shape, end: str) -> str:
    """A file of the issue: `en.md`, `zh.html`, ..."""
    return (desk.home / "out" / shape.kind / f"{shape.period}.{end}").read_text("utf-8")


def text_of(page: str) -> str:
    """What a page of HTML says, a space for each element."""
    bare = re.sub(r"<(style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", bare)).split())


def _gathered(source: str, entries: Iterable[Entry], now: datetime, **more: Any) -> Gathering:
    items = tuple(to_item(source, e, None, now, first_visit=False) for e in entries)
    sightings = tuple(
        Sighting(source, i.id, now - timedelta(hours=2), n, i.entry.signals) for n, i in enumerate(items, 1)
    )
    state = FetchState(source, checked_at=now, succeeded_at=now)
    return Gathering(state, items, sightings, more.get("batches", ()), ())


# -------------------------------------------------------------------- papers
def _paper_lines() -> list[str]:
    return ["  - {id: arxiv, kind: arxiv, name: arXiv, site: arxiv.example, categories: [cs.IR], core: true}"]


def _papers(shape: Shape) -> list[Gathering]:
    """The papers of the five listing days, in turn, with the lists that announced them."""
    days = week_days(shape.period)
    entries = [_paper(n, row, day) for n, (row, day) in enumerate(zip(shape.papers, cycle(days)), 1)]
    lists = tuple(
        Batch("cs.IR", day, "listing", tuple(e.external_id for e in entries if e.announced_at == day)) for day in days
    )
    return [_gathered("arxiv", entries, datetime.fromisoformat(shape.now) - timedelta(hours=8), batches=lists)]


def _paper(n: int, row: Row, day: date) -> Entry:
    key = f"{day:%y%m}.9{n:04}"
    authors = (f"Ines Halvard{chr(96 + n)}", f"Tomas Brekk{chr(96 + n)}")
    return Entry(
        key, "paper", f"https://arxiv.example/abs/{key}", row[2], row[3], authors, ("cs.IR",),
        datetime.combine(day, datetime.min.time(), UTC) - timedelta(days=2), day, 1, "new",
    )  # fmt: skip


# ---------------------------------------------------------------------- news
def _handle(name: str) -> str:
    return name.split()[0].lower()


def _news_lines() -> list[str]:
    feeds = [
        f'  - {{id: {i}, kind: rss, name: "{name}", url: "https://{i}.example/feed"{f", tags: [{tag}]" if tag else ""}}}'
        for i, name, tag in news.SOURCES
    ]
    people = [
        f'  - {{id: {_handle(p)}, kind: rss, name: "{p}", url: "https://{_handle(p)}.example/rss", entry_kind: post,'
        f' person: "{p}", role: "Engineer"}}'
        for p in news.PEOPLE
    ]
    return [
        *feeds, *people, "  - {id: trending, kind: github_trending, name: GitHub trending, site: github.example, since: daily}",
        '  - {id: gradient, kind: rss, name: "The Quiet Gradient", url: "https://gradient.example/rss", entry_kind: episode}',
    ]  # fmt: skip


def _news(shape: Shape) -> list[Gathering]:
    """Everything of the day before the issue, an hour or less apart."""
    now = datetime.fromisoformat(shape.now)
    found = [_gathered(i, _articles(i, now), now) for i, _, _ in news.SOURCES]
    found += [_gathered(_handle(p), _posts(n, now), now) for n, p in enumerate(news.PEOPLE)]
    found.append(_gathered("trending", _repositories(), now))
    return [*found, _gathered("gradient", [_episode(now)], now)]


def _articles(source: str, now: datetime) -> list[Entry]:
    rows: Sequence[tuple[int, tuple[str, str, str]]] = [(n, a) for n, a in enumerate(news.ARTICLES) if a[0] == source]
    return [
        Entry(f"{source}-{n}", "article", f"https://{source}.example/{n}", title, text, language="en",
              published_at=now - timedelta(hours=3, minutes=40 * n))
        for n, (_, title, text) in rows
    ]  # fmt: skip


def _posts(person: int, now: datetime) -> list[Entry]:
    name = news.PEOPLE[person]
    return [
        Entry(f"{_handle(name)}-{n}", "post", f"https://{_handle(name)}.example/{n}", text, text, (name,), language="en",
              published_at=now - timedelta(hours=2, minutes=20 * n))
        for n, text in enumerate(news.POSTS[2 * person : 2 * person + 2], 2 * person)
    ]  # fmt: skip


def _repositories() -> list[Entry]:
    return [
        Entry(name, "repository", f"https://github.example/{name}", name, about, categories=(language,),
              signals={"stars": stars, "stars_daily": today}, position=n)
        for n, (name, language, about, stars, today) in enumerate(news.REPOSITORIES, 1)
    ]  # fmt: skip


def _episode(now: datetime) -> Entry:
    title, about, guest, duration = news.EPISODE
    sound = Enclosure("https://gradient.example/18.mp3", "audio/mpeg", 40_000_000, duration)
    return Entry("18", "episode", "https://gradient.example/18", title, about, (guest,), language="en", guests=(guest,),
                 enclosures=(sound,), published_at=now - timedelta(hours=9))  # fmt: skip


def _transcribe(store: Any, now: datetime) -> None:
    """The transcript of the episode, as the step `enrich` would have left it."""
    (item,) = store.items([item_id("gradient", "18")]).values()
    sections = tuple(TextSection(at, text) for at, text in news.TRANSCRIPT)
    whole = FullText(
        subject_of(item), "transcript", "ok", " ".join(s.text for s in sections), sections, (), "transcript"
    )
    store.save_full_text(whole, passages_of(item, whole), now)
