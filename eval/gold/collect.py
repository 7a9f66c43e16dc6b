"""The items of the gold set for news clustering: which recorded entries are in it, and its labels joined to them.

The repository holds no text of the recordings: `ai_news.tsv` names items by id and by a hash of what was
labelled, and `load` finds both in the recorded web again. Candidates are the entries of four parts, each a
list of recordings and a span of days (UTC, both ends inside):

- `ai`     30 Jan - 17 Feb 2026: feeds of AI houses, of people and of technology desks;
- `papers` the same days: Hugging Face daily papers;
- `world`  the same days: front pages of general news, for near topics and for stories that many tell;
- `past`   13 Nov 2025 - 29 Jan 2026: the feeds of `ai`, which reach further back than the fortnight;
- `zh`     8 - 17 June 2021: WeChat accounts on AI and software, the only Chinese feeds that were recorded.

A feed about everything passes only entries with a word of the trade (WORDS) in title or lead. One page told twice by
captures of one publisher (same host, same title) is one item. Of a part with more candidates than its quota
stay: at most `SHARE` of it by a word of the trade in the title (TRADE), then by strongest link (rare words shared
with an item of another source within NEAR), the rest drawn with SEED.

    DIGESTER_TEST_DATA=FOLDER python eval/gold/collect.py OUT.jsonl
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from digester.domain.errors import ParseError
from digester.domain.ids import item_id
from digester.domain.model import Entry
from digester.domain.sources import Document, Request, Source
from digester.domain.text import fold, language_of
from digester.domain.urls import host_of
from digester.sources import hf_papers, rss

LEAD = 500  # characters of the text that a reader is shown
SEED, SHARE, NEAR = 20260206, 0.75, timedelta(days=12)
RARE = 8  # a word is rare when no more candidates have it
SHORTEST_POST = 60  # characters; shorter posts are greetings
TABLE = Path(__file__).parent / "ai_news.tsv"

# Wide on purpose: near topics keep the set from being trivial.
WORDS = re.compile(
    r"\bA\.I\.|\b(?:AIs?|AGI|artificial intelligence|machine learning|deep learning|neural|LLMs?|GPTs?|GPT-[\w.]+|ChatGPT|OpenAI|"
    r"Anthropic|Claude|Gemini|DeepMind|Google|Microsoft|Meta|Apple|Amazon|Nvidia|AMD|Intel|xAI|Grok|DeepSeek|Qwen|Alibaba|"
    r"Mistral|Hugging Face|chatbots?|chips?|semiconductors?|robots?|robotics?|humanoids?|deepfakes?|algorithms?|software|"
    r"open[- ]source|data cent(?:er|re)s?|startups?|tech|technology|TikTok|social media|Silicon Valley|Waymo|self-driving|"
    r"autonomous|Musk|Altman|Zuckerberg|SpaceX|Tesla|drones?|GPUs?|agents?|agentic|coding|code|models?|cyber\w*|hack\w*|"
    r"Moltbook|OpenClaw|nanochat|micrograd|Vibe)\b"
)
# Narrow: what of general news an AI daily might carry.
TRADE = re.compile(
    r"\bA\.I\.|\b(?:AI|ChatGPT|OpenAI|Google|Microsoft|Meta|Musk|Grok|X|TikTok|Shein|Temu|robots?|[Hh]umanoid|chips?|[Dd]eepfakes?|"
    r"big tech|[Ss]ocial [Mm]edia|digital|online|[Dd]rones?|Netflix|data privacy)\b"
)
_DESKS = ("feeds/kagi/time.com*", "feeds/kagi/stratechery*", "feeds/kagi/restofworld*")
_BLOGS = (
    "feeds/kagi/geohot*", "feeds/kagi/humanwhocodes*", "feeds/kagi/feeds.transistor.fm*", "feeds/kagi/james-simon*",
    "feeds/kagi/afarshadblog*", "feeds/kagi/elijahpotter*", "feeds/kagi/shep.ca*", "feeds/kagi/racc.blog*",
    "feeds/kagi/remimercier*", "feeds/kagi/jtemporal*", "feeds/kagi/boat.karlnelson*", "feeds/kagi/telescoper*",
    "social/x/karpathy.xml", "social/x/elonmusk-xcancel.rss",
)  # fmt: skip
_NO_NEWS = (  # lists without dates of their own: every entry carries the time of the capture
    "*thinkingmachines_blog.xml", "*trending_datasets.xml", "*github_trends_*", "*dagster*", "*-status.xml",
)  # fmt: skip
_LISTS, RECORDED = "*trending_models.xml", datetime(2026, 2, 6, 21, 32, 14, tzinfo=UTC)
_WORLD = (
    "*aljazeera*", "*allafrica*", "*feeds.bbci*", "*ndtvnews*", "*feeds.npr*", "*washingtonpost*", "*japantoday*",
    "*csmonitor*", "*rss.dw.com*", "*rss.nytimes*", "*www.abc.net.au*", "*al-monitor*", "*cbsnews*",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """`about` are recordings of the trade itself, `among` those of which only entries with WORDS count."""

    name: str
    since: date
    until: date
    quota: int
    about: tuple[str, ...] = ()
    among: tuple[str, ...] = ()


PARTS = (
    Part("ai", date(2026, 1, 30), date(2026, 2, 17), 200, ("feeds/ai/*",), _DESKS + _BLOGS),
    Part("papers", date(2026, 1, 30), date(2026, 2, 17), 30, ("hf_papers/*",)),
    Part("world", date(2026, 1, 30), date(2026, 2, 17), 100, _WORLD),
    Part("past", date(2025, 11, 13), date(2026, 1, 29), 220, ("feeds/ai/*",), _DESKS),
    Part("zh", date(2021, 6, 8), date(2021, 6, 17), 200, ("feeds/zh/*",)),
)


class Candidate(NamedTuple):
    id: str
    hash: str
    part: str
    title: str
    lead: str
    date: str  # ISO 8601, UTC
    source: str  # path of the recording
    language: str  # "en" or "zh"


class Labelled(NamedTuple):
    """A row for scoring. `story` and `followup_of` are labels of the table, `followup_of` "" for none."""

    id: str
    title: str
    lead: str
    date: str
    source: str
    language: str
    story: str
    followup_of: str


# -------------------------------------------------------------- recordings
def recordings(data: Path) -> Iterator[tuple[str, str, str, bytes]]:
    """(path, address, media type, body) of every recording that a part names, in order of path."""
    web = data / "web"
    rows = [json.loads(line) for line in (web / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in sorted(rows, key=lambda r: str(r["path"])):
        if not any(fnmatch(row["path"], g) for p in PARTS for g in p.about + p.among):
            continue
        file = web / (row.get("file") or row["path"])
        body = file.read_bytes()
        body = gzip.decompress(body) if file.suffix == ".gz" else body
        yield row["path"], row.get("source_url") or "https://recorded.example/", row.get("content_type") or "", body


def entries(path: str, address: str, media: str, body: bytes) -> tuple[Entry, ...]:
    """What the project's own parsers read; () for what is no feed. A list that dates nothing is of the day it was recorded."""
    papers = path.startswith("hf_papers/")
    kind = hf_papers.HfPapers() if papers else rss.Rss()
    post: Any = "post" if path.startswith("social/") else "article"
    params = hf_papers.Params() if papers else rss.Params(address, entry_kind=post)
    document = Document(Request("feed", address), address, media, body, datetime(2026, 2, 18, tzinfo=UTC))
    try:
        found = kind.parse(Source(path, "rss", path, params), document).entries
    except ParseError:
        return ()
    return tuple(replace(e, published_at=RECORDED) for e in found) if fnmatch(path, _LISTS) else found


def part_of(path: str, entry: Entry) -> str | None:
    """The name of the part that takes the entry, None for none."""
    if entry.published_at is None or any(fnmatch(path, g) for g in _NO_NEWS):
        return None
    if entry.kind == "post" and len(entry.text) < SHORTEST_POST:
        return None
    day, told = entry.published_at.date(), bool(WORDS.search(f"{entry.title} {entry.text[:LEAD]}"))
    for part in PARTS:
        globs = part.about + part.among if told else part.about
        if part.since <= day <= part.until and any(fnmatch(path, g) for g in globs):
            return part.name
    return None


def text_hash(title: str, text: str) -> str:
    return hashlib.sha256(f"{title}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def candidates(data: Path) -> list[Candidate]:
    """All candidates, one a publisher's page, ordered by part, date and id."""
    found: dict[tuple[str, str], Candidate] = {}
    for path, address, media, body in recordings(data):
        for e in entries(path, address, media, body):
            part = part_of(path, e)
            if part is None or e.published_at is None or language_of(f"{e.title} {e.text[:LEAD]}") not in ("en", "zh"):
                continue
            at = e.published_at.astimezone(UTC).isoformat()
            key = item_id(path, e.external_id)
            row = Candidate(key, text_hash(e.title, e.text), part, e.title, e.text[:LEAD], at, path, _language(e))
            found.setdefault((_publisher(path, e), fold(e.title)), row)
    order = {p.name: i for i, p in enumerate(PARTS)}
    return sorted(found.values(), key=lambda c: (order[c.part], c.date, c.id))


def _language(e: Entry) -> str:
    return "zh" if language_of(f"{e.title} {e.text[:LEAD]}") == "zh" else "en"


def _publisher(path: str, e: Entry) -> str:
    """Who tells it: an aggregator or an account is its recording, everybody else the host of the page."""
    apart = "hackernews" in path or path.startswith(("feeds/zh/", "social/"))
    return path if apart else host_of(e.url)


# --------------------------------------------------------------- selection
def words(c: Candidate) -> set[str]:
    """Words of title and lead for English, pairs of Han characters and Latin words for Chinese."""
    text = fold(f"{c.title} {c.lead}")
    han = re.findall(r"(?=([\u3400-\u9fff]{2}))", text) if c.language == "zh" else []
    return {*re.findall(r"[a-z][a-z0-9.+-]{2,40}", text), *han}


def links(rows: Sequence[Candidate]) -> dict[str, float]:
    """Per item the weight of its strongest link: the sum of log(n / df) over rare words shared with an item of
    another source within NEAR."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for word in sorted(words(row)):
            holders[word].append(i)
    shared: dict[tuple[int, int], list[float]] = defaultdict(list)
    for having in holders.values():
        if 2 <= len(having) <= RARE:
            weight = math.log(len(rows) / len(having))
            for k, i in enumerate(having):
                for j in having[k + 1 :]:
                    shared[i, j].append(weight)
    best: dict[str, float] = defaultdict(float)
    for (i, j), weights in shared.items():
        a, b = rows[i], rows[j]
        apart = abs(datetime.fromisoformat(a.date) - datetime.fromisoformat(b.date))
        if a.source != b.source and apart <= NEAR:
            for row in (a, b):
                best[row.id] = max(best[row.id], sum(weights))
    return best


def selected(rows: Sequence[Candidate]) -> list[Candidate]:
    """The working list: every part down to its quota, in the order of `rows`."""
    strength = links(rows)
    kept: set[str] = set()
    for part in PARTS:
        own = [r for r in rows if r.part == part.name]
        telling = [r for r in own if r.id in strength or TRADE.search(r.title)]
        telling.sort(key=lambda r: (not TRADE.search(r.title), -strength.get(r.id, 0.0), r.id))
        first = [r.id for r in telling[: round(part.quota * SHARE)]]
        rest = sorted(r.id for r in own if r.id not in set(first))
        drawn = random.Random(SEED).sample(rest, min(len(rest), part.quota - len(first)))
        kept.update(first, drawn)
    return [r for r in rows if r.id in kept]


# ------------------------------------------------------------------ labels
def table(file: Path = TABLE) -> list[dict[str, str]]:
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def load(directory: Path, data: Path) -> list[Labelled]:
    """The labelled items of `directory`/ai_news.tsv with the texts recorded in `data` (DIGESTER_TEST_DATA), in
    the order of the table. What is missing, or whose text is not the labelled one, is told on stderr and left out."""
    known = {c.id: c for c in candidates(data)}
    found, missing, changed = [], [], []
    for row in table(directory / TABLE.name):
        c = known.get(row["id"])
        if c is None:
            missing.append(row["id"])
        elif c.hash != row["hash"]:
            changed.append(row["id"])
        else:
            found.append(
                Labelled(c.id, c.title, c.lead, c.date, c.source, c.language, row["story"], row["followup_of"])
            )
    for what, ids in (("not recorded", missing), ("recorded with another text", changed)):
        if ids:
            print(f"gold: {len(ids)} items {what}: {' '.join(ids[:5])}", file=sys.stderr)
    return found


def parts(directory: Path, data: Path) -> Mapping[str, str]:
    """Item id to the name of its part."""
    ids = {row["id"] for row in table(directory / TABLE.name)}
    return {c.id: c.part for c in candidates(data) if c.id in ids}


def written(rows: Iterable[Candidate]) -> str:
    return "".join(json.dumps(r._asdict(), ensure_ascii=False) + "\n" for r in rows)


def main(arguments: list[str]) -> int:
    data = Path(os.environ.get("DIGESTER_TEST_DATA", ""))
    if len(arguments) != 1 or not (data / "web" / "MANIFEST.jsonl").is_file():
        print("usage: DIGESTER_TEST_DATA=FOLDER python eval/gold/collect.py OUT.jsonl", file=sys.stderr)
        return 2
    rows = candidates(data)
    chosen = selected(rows)
    Path(arguments[0]).write_text(written(chosen), encoding="utf-8")
    for part in PARTS:
        print(part.name, sum(r.part == part.name for r in chosen), "of", sum(r.part == part.name for r in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
