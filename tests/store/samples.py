"""Values to store: every field filled, with text that is hard on encodings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from digester.domain.issue import (
    Artifact,
    BatchCoverage,
    Census,
    Coverage,
    Excerpt,
    Issue,
    Pick,
    Row,
    Section,
    Sentence,
    Thread,
    Window,
)
from digester.domain.model import (
    Affiliation,
    Batch,
    Claim,
    Enclosure,
    Entry,
    FullText,
    Item,
    Link,
    Organisation,
    Passage,
    Quotation,
    Rating,
    Reading,
    Sighting,
    Story,
    Support,
    TextSection,
)
from digester.domain.notes import Note, NoteRecord, Paper, Sections, Tip
from digester.domain.runs import Attempt, Failure, Run, StepReport
from digester.domain.sources import FetchState, Validator
from digester.ports import Gathering

NOW = datetime(2026, 6, 20, 7, 5, 0, 123456, tzinfo=UTC)
DAY = date(2026, 6, 19)
HARD = "中文 Ωé 🦊 'quoted' \"double\" ]; DROP TABLE items;-- %s :x \\ \u2028 {} مرحبا e\u0301"
HOUR = timedelta(hours=1)


def entry(n: int = 1, **changes: Any) -> Entry:
    full = Entry(
        f"2606.{n:05}", "article", f"https://a.example/{n}?q=中", HARD, HARD * 3, ("Ana Lumen", "李雷"), ("cs.IR", "cs.LG"),
        NOW - HOUR, None, None, None, "9 pages", ("Brackwater & Sons",), "zh", (Link("https://b.example/", HARD),),
        (Enclosure("https://c.example/a.mp3", "audio/mpeg", 2**40, "00:52:10"),), {"stars": 1.5, "points": 3.0}, 7,
    )  # fmt: skip
    return replace(full, **changes)


def paper(n: int = 1, day: date | None = DAY, **changes: Any) -> Entry:
    return entry(n, kind="paper", announced_at=day, version=1, announcement="new", **changes)


def item(n: int = 1, e: Entry | None = None, **changes: Any) -> Item:
    e = e or entry(n)
    full = Item(f"id{n}", "src", e, f"url:https://a.example/{n}", (f"url:https://a.example/{n}", "arxiv:2606.00001"),
                f"hash{n}", NOW, NOW - HOUR, NOW)  # fmt: skip
    return replace(full, **changes)


def sighting(n: int = 1, at: datetime = NOW) -> Sighting:
    return Sighting("src", f"id{n}", at, n, {"likes": 2.5})


def batch(day: date = DAY, category: str = "cs.IR", ids: tuple[str, ...] = ("2606.00001", "2606.00002")) -> Batch:
    return Batch(category, day, "listing", ids)


STATE = FetchState("src", {"next": [1, {"中": None}]}, NOW, NOW - HOUR, 3, HARD, NOW + HOUR)
VALIDATOR = Validator("https://a.example/feed?x=中", 'W/"1"', "Sat, 20 Jun 2026 07:00:00 GMT", "f" * 64)


def gathering(*items: Item, **changes: Any) -> Gathering:
    return replace(Gathering(STATE, items, (), (), ()), **changes)


SUPPORT = Support("p1", 0, 12, "quote")
PASSAGE = Passage("p1", "arxiv:2606.00001", "full_text", HARD)
CLAIM = Claim("CTR", "1.2", "%", "+", "online_ab", (SUPPORT,), "about", "in two markets")
FULL_TEXT = FullText(
    "arxiv:2606.00001",
    "in1",
    "ok",
    HARD,
    (TextSection("1 Intro", HARD),),
    (Affiliation("Ana", "Varn 大学", "a@v.example"),),
    "html",
)
RATING = Rating(
    "arxiv:2606.00001", "in1", "rec/1", "extractive/1", "abstract", NOW, 4, HARD, False, {"ab": 2.0}, (SUPPORT,)
)
READING = Reading(
    "arxiv:2606.00001", "in1", "extractive/1", "en", "SysName", (Quotation("result", HARD, SUPPORT),),
    (Organisation("Varn 大学", "academia", SUPPORT),), (CLAIM,), ("click-through", "点击率"),
)  # fmt: skip
ATTEMPT = Attempt("enrich", "arxiv:2606.00001", "in1", 2, HARD, NOW + HOUR, False)
STORY = Story("s1", "id1", ("id1", "id2"), ("arxiv:2606.00001",), HARD, 1.25, NOW - HOUR, NOW, ("s0",))
SENTENCE = Sentence("n1", "derived", {"en": HARD, "zh": HARD}, ("id1",), (SUPPORT,), "count", {"papers": "3"})


def pick(work: str = "arxiv:2606.00001", story: str = "s1") -> Pick:
    return Pick(
        story, work, "id1", "paper", HARD, "https://arxiv.org/abs/2606.00001", "arXiv", ("Ana",), 4, {"en": HARD}, "full_text",
        {"en": "Head", "zh": "标题"}, (SENTENCE,), (READING.organisations), (CLAIM,), (Link("https://b.example/"),),
        {"stars": 3.0}, {"venue": "RecSys"}, "en", NOW, DAY, True,
    )  # fmt: skip


def issue(
    period: str = "2026-06-20", *, kind: str = "ai_daily", end: datetime = NOW, picks: tuple[Pick, ...] = ()
) -> Issue:
    return Issue(
        f"{kind}/{period}", kind, period, 0, "draft", {"en": "AI Daily", "zh": "日报"}, {"en": "ai"}, {"en": ("a", "b")},
        {"en": "AI"}, {"en": HARD}, Window(end - timedelta(days=1), end, (DAY,)),
        Census(9, {"cs.IR": 9}, 5, 2, {"4": 2}, 1, 1, 0, {"rating": 3}, {"posts": 4}),
        Coverage(5, 4, 0.9, (("x", HARD),), ("y",), (BatchCoverage("cs.IR", DAY, 9, 8, "listing", ("2606.00009",)),)),
        (SENTENCE,), (SENTENCE,), (Thread("t1", {"en": "T"}, ("s1",), (SENTENCE,), "a", "b"),),
        (Section("top", {"en": "Top"}, (SENTENCE,), picks or (pick(),), "theme"),),
        (Row("arxiv:2606.00001", HARD, "https://arxiv.org/abs/2606.00001", 4, ("Varn",), "online_ab", "top", DAY),),
        (SENTENCE,), ({"en": "notice"},), {"en": HARD}, "extractive/1", NOW, ("en", "zh"),
    )  # fmt: skip


def artifact(revision: int = 1, output: str = "html", body: bytes = bytes(range(256)), **changes: Any) -> Artifact:
    full = Artifact("ai_daily/2026-06-20", revision, output, "en", "text/html", "中文.html", body, "c" * 64)
    return replace(full, **changes)


def run(name: str = "r1", at: datetime = NOW, **changes: Any) -> Run:
    full = Run(name, "cli", "ai_daily", "2026-06-20", at, None, "running",
               (StepReport("collect", 3, 2, 1, (Failure("src", HARD),), {"new": 2}, ("note",)),))  # fmt: skip
    return replace(full, **changes)


def note(
    work: str = "arxiv:2606.00001", language: str = "zh", revision: int = 1, made: datetime = NOW, **changes: Any
) -> NoteRecord:
    sections = Sections((SENTENCE,), (SENTENCE, SENTENCE), (SENTENCE,), (Tip(SENTENCE, SENTENCE, SENTENCE),))
    about = Paper(
        HARD, "https://arxiv.org/abs/2606.00001", "", ("Ana",), ({"en": "Varn", "zh": HARD},), DAY, "en", "full_text"
    )
    full = NoteRecord(
        Note(work, revision, language, "推荐", sections), about, "id1", "in1", "extractive-1", made,
        (Excerpt("p1", 0, 12, HARD, "https://arxiv.org/abs/2606.00001"),), 2,
    )  # fmt: skip
    return replace(full, **changes)


BERLIN_ISH = timezone(timedelta(hours=2))
