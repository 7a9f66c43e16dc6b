"""A simulated quarter of arXiv announcements: how many papers are lost, and of those how many not named.

An invented category announces on every working day but holidays; some papers are held back a day, some are
cross-listed, the API's index is a day late at times, and the collector misses days at random and takes four
weeks of holiday.
Everything goes through the real kind, `collect` and store; only the network is a function of the simulated
time. A paper is found when it is stored with a day; a paper that is not is named when `coverage` says of its
own list and day what is unknown or missing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from digester.demo.run import world_folder
from digester.demo.server import answer
from digester.demo.world import Paper, World, load
from digester.domain.dates import is_listing_day, listing_day, window
from digester.domain.ids import item_id
from digester.domain.sources import Document, Request, Source, Validator
from digester.issues import KINDS as ISSUES
from digester.pipeline import collect, coverage, material
from digester.ports import Fetched, FetchError
from digester.sandbox import InlineSandbox
from digester.sources import KINDS
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore

LOST = "lost and not named"
CATEGORY, OTHER = "cs.IR", "cs.LG"
START, WEEKS = date(2026, 5, 4), 13
PER_DAY, HELD, CROSSED, MISSED_RUNS, LATE_INDEX = 24, 0.05, 0.1, 0.2, 0.25
HOLIDAY = range(40, 68)  # days of the quarter


@dataclass
class Simulated:
    """The Http port over `answer`: what the invented arXiv says at one moment."""

    world: World
    at: datetime
    late: timedelta = timedelta()
    requests: int = 0

    def fetches(self) -> Simulated:
        self.queue: list[tuple[Any, Request]] = []
        return self

    def add(self, tag: Any, request: Request, validator: Validator | None = None) -> None:
        self.queue.append((tag, request))

    def __iter__(self) -> Iterator[tuple[Any, Fetched | FetchError]]:
        while self.queue:
            tag, request = self.queue.pop(0)
            self.requests += 1
            at = self.at if request.route.startswith("listing:") else self.at - self.late
            reply = answer(self.world, at, request.url)
            if reply.status != 200:
                yield tag, FetchError("status", f"answers {reply.status}", reply.status)
            else:
                yield tag, Fetched(Document(request, request.url, reply.media_type, reply.body, self.at))


def papers(chance: random.Random) -> list[Paper]:
    """A quarter of announcements, by submission time; ids follow it."""
    found = []
    began = datetime.combine(START - timedelta(days=4), time(18), UTC)
    moments = sorted(began + timedelta(hours=chance.uniform(0, WEEKS * 7 * 24)) for _ in range(PER_DAY * 5 * WEEKS))
    for n, submitted in enumerate(moments):
        day = listing_day(submitted)
        for _ in range(chance.random() < HELD):
            day = next(d for k in range(1, 9) if is_listing_day(d := day + timedelta(days=k)))
        own = chance.random() >= CROSSED
        categories = (CATEGORY,) if own else (OTHER, CATEGORY)
        kind = "new" if own else "cross"
        found.append(
            Paper(
                f"2606.9{n:04}",
                day,
                kind,
                1,
                categories[0],
                categories,
                f"Paper {n}",
                ("Ada Loaf",),
                submitted,
                "An abstract.",
            )
        )
    return found


def quarter(seed: int) -> dict[str, int]:
    """Counts of one simulated quarter."""
    chance = random.Random(seed)  # noqa: S311 - a simulation that repeats
    announced = papers(chance)
    world = replace(load(world_folder()), papers=tuple(announced))
    engine = make_engine("sqlite://")
    migrate(engine)
    store, kind, http = SqlStore(engine), KINDS["arxiv"], Simulated(world, datetime.combine(START, time(12), UTC))
    source = Source("arxiv", "arxiv", "arXiv", kind.Params(categories=(CATEGORY,), site="arxiv.example"))
    last = START + timedelta(days=7 * WEEKS)
    days = [START + timedelta(days=n) for n in range((last - START).days)]
    runs = [d for n, d in enumerate(days) if n == 0 or (n not in HOLIDAY and chance.random() >= MISSED_RUNS)]
    for day in runs:
        http.at, http.late = datetime.combine(day, time(12), UTC), timedelta(days=chance.random() < LATE_INDEX)
        collect.run([source], KINDS, http, InlineSandbox(), store, http.at, lambda event: None)  # type: ignore[arg-type]
    counts = {
        "announced": 0,
        "found": 0,
        "found, on another day": 0,
        "named": 0,
        LOST: 0,
        "runs": len(runs),
        "requests": http.requests,
    }
    weekly = ISSUES["rec-weekly"]
    for n in range(WEEKS):
        span = window(weekly, f"{START.isocalendar()[0]}-W{START.isocalendar()[1] + n:02}")
        items, _ = material.drawn(store, weekly, "none", span)
        known = coverage.of(store, weekly, span, [source], items, {"arxiv"}, http.at)
        unknown = {b.day for b in known.batches if b.announced is None}
        missing = {i for b in known.batches for i in b.missing}
        for p in announced:
            if p.day in span.listing_days and p.day <= runs[-1]:
                counts["announced"] += 1
                named = p.day in unknown or p.id in missing
                day = _day(store, p)
                fate = ("found" if day == p.day else "found, on another day") if day else "named" if named else LOST
                counts[fate] += 1
    engine.dispose()
    return counts


def _day(store: SqlStore, paper: Paper) -> date | None:
    item = store.item(item_id("arxiv", paper.id))
    return item.entry.announced_at if item else None


def main() -> int:
    total: dict[str, int] = {}
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        for name, count in quarter(seed).items():
            total[name] = total.get(name, 0) + count
    for name, count in total.items():
        sys.stdout.write(f"{count:8}  {name}\n")
    return 1 if total[LOST] else 0


if __name__ == "__main__":
    sys.exit(main())
