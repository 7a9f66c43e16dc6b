"""A tiny invented world, written as the YAML files of the demo and read by its loader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digester.demo.server import DemoServer
from digester.demo.world import World, load

PAPERS_A = r"""
- id: "2606.90001"
  day: 2026-06-15
  announcement: new
  version: 1
  primary: cs.IR
  categories: [cs.IR, cs.LG]
  title: Ranking <fast> & "well" with $K$ lists
  authors: [Ana Lumen, Bo de Vries]
  submitted: 2026-06-12T09:31:07Z
  abstract: We lift clicks by 1.2\% with $K < 4$ lists & less work.
  comment: 9 pages & 2 figures
  html:
    authors:
      - {name: Ana Lumen, affiliation: "Brackwater & Sons, Ost", email: ana@brackwater.example}
      - {name: Bo de Vries, affiliation: University of Varn}
    sections:
      - title: Introduction
        paragraphs: ["It costs $3 and $4 a day.", "A second <paragraph>."]
      - title: Online A/B test
        paragraphs: [We ran it for two weeks.]
        table: {caption: Lifts, header: [Metric, Lift], rows: [[CTR, "+1.24%"], [Items, 12]]}
- id: "2606.90002"
  day: 2026-06-15
  announcement: cross
  version: 1
  primary: stat.ML
  categories: [stat.ML, cs.IR]
  title: Bounds
  authors: [Cy Mono]
  submitted: "2026-06-12T10:00:00+02:00"
  abstract: A bound.
"""
PAPERS_B = """
- id: "2606.90001"
  day: 2026-06-17
  announcement: replace
  version: 2
  primary: cs.IR
  categories: [cs.IR, cs.LG]
  title: Ranking, revised
  authors: [Ana Lumen]
  submitted: 2026-06-16 12:00:00
  abstract: Revised.
- id: "2606.90003"
  day: 2026-06-19
  announcement: new
  version: 1
  primary: cs.LG
  categories: [cs.LG]
  title: Learning
  authors: [Di Solo]
  submitted: 2026-06-18T10:00:00Z
  abstract: Learned.
"""
ENTRIES = """
  entries:
    - slug: fp8-serving
      title: FP8 <b>serving</b> & you
      published: 2026-06-19T14:00:00Z
      author: Eva Rho
      summary: Faster & cheaper, x < y.
      paragraphs: ["One & one.", "Two < three."]
      links: [{text: code & data, url: "https://github.example/lumora/kit?a=1&b=2"}]
    - slug: later
      title: Not yet there
      published: 2026-06-20T09:00:00Z
      author: Eva Rho
      summary: Later.
      paragraphs: [Later.]
    - slug: earlier
      title: Earlier words
      published: 2026-06-18T08:00:00Z
      author: Finn Osk
      summary: Earlier.
      paragraphs: [Earlier.]
"""
POSTS = """
- handle: mira
  name: Mira Okonjo-Vale
  role: Research lead, Halden Labs
  language: en
  posts:
    - {id: "100001", published: 2026-06-19T15:04:00Z, text: "Short & sweet, a < b.",
       links: ["https://arxiv.example/abs/2606.90001?x=1&y=2"]}
    - id: "100000"
      published: 2026-06-18T15:04:00Z
      text: |
        A long post of which the title can only show the beginning, because it goes on and on and on.
        It has a second line.
"""
TRENDING = """
daily:
  - {repo: lumora/serve-kit, description: "Serve <it> & more", language: Python, stars: 4210,
     forks: 310, today: 512}
  - {repo: osk/tables, description: Tables, language: Jupyter Notebook, stars: 99, forks: 1, today: 7}
weekly:
  - {repo: lumora/serve-kit, description: Serve it, language: Python, stars: 4210, forks: 310, today: 1512}
"""
PODCASTS = """
- id: signal-hour
  host: signalhour.example
  path: /rss
  title: Signal Hour
  language: en
  entries:
    - slug: "42"
      title: On <ranking>
      published: 2026-06-19T10:00:00Z
      guest: Gus Pell
      duration: "00:52:10"
      summary: A talk & a walk.
      transcript:
        - {start: "00:01:12.000", end: "00:01:40.000", speaker: Gus Pell, text: "If x < y & z."}
    - {slug: "41", title: Silent, published: 2026-06-12T10:00:00Z, duration: "10:00", summary: No words.}
"""


def feed(name: str, kind: str, *, full: bool, language: str = "en") -> str:
    whole = str(full).lower()
    return (
        f"- id: {name}\n  host: {name}.example\n  path: /feed.xml\n  format: {kind}\n  title: Blog & {name}\n"
        f"  language: {language}\n  tags: [engineering]\n  weight: 1\n  full_content: {whole}{ENTRIES}"
    )


def many(count: int) -> str:
    """A feed with `count` entries, one a minute."""
    head = feed("many", "rss2", full=False).partition("\n  entries:")[0] + "\n  entries:\n"
    same = "author: A, summary: S, paragraphs: [P]"
    rows = (f"    - {{slug: e{n}, title: E{n}, published: 2026-06-19T10:{n:02}:00Z, {same}}}" for n in range(count))
    return head + "\n".join(rows) + "\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    feeds = [
        feed("rssfull", "rss2", full=True),
        feed("atomfull", "atom", full=True),
        feed("rdffull", "rdf", full=True),
        feed("jsonfull", "jsonfeed", full=True),
        feed("rssbrief", "rss2", full=False, language="zh"),
        feed("atombrief", "atom", full=False),
        feed("rdfbrief", "rdf", full=False),
        feed("jsonbrief", "jsonfeed", full=False),
        many(25),
    ]
    files = {
        "papers-a.yaml": PAPERS_A,
        "papers-b.yaml": PAPERS_B,
        "feeds.yaml": "".join(feeds),
        "posts.yaml": POSTS,
        "trending.yaml": TRENDING,
        "podcasts.yaml": PODCASTS,
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def world(directory: Path) -> World:
    return load(directory)


@pytest.fixture
def demo(world: World) -> Iterator[DemoServer]:
    with DemoServer(world, datetime(2026, 6, 20, 7, tzinfo=UTC)) as server:
        yield server
