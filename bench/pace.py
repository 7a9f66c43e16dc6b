"""The pace of calls to a provider with a hidden limit beside that of an oracle who knows it, on a virtual clock.

A token bucket lets calls through and answers them after LATENCY seconds; others it refuses with a 429 after REFUSAL
seconds and they are asked again. The oracle spends a bucket of its own with the same figures, in the same simulation:
as many workers, one of them at a time waiting for its slot. Each cell of the tables is the wall of all calls by that of
the oracle and the 429s by all answers; `!` where there are more than 3 % of them or the wall is over 1.5 times.
Deterministic: no chance, no threads, no sleeping.
"""

from __future__ import annotations

import heapq
import itertools
import math
import sys
from collections import deque
from dataclasses import dataclass, replace
from typing import Protocol

from digester.llm.pace import Pace

CALLS, LATENCY, REFUSAL = 200, 3.0, 0.2  # calls; seconds
PATIENCE = 300.0  # seconds after which a call that was refused is lost
RATES, BURSTS = (1, 2, 5, 20, 50), (1, 5, 10, 60)


@dataclass(frozen=True)
class Case:
    rate: float = 5.0
    burst: int = 10
    width: int = 20
    told: bool = False  # a 429 says Retry-After, in whole seconds
    headers: bool = False  # answers say what remains
    refusal: float = REFUSAL
    known: bool = True  # the pace is told when a refused call began


@dataclass(frozen=True)
class Result:
    wall: float
    refused: int
    lost: int

    @property
    def share(self) -> float:
        return self.refused / (self.refused + CALLS)


class Paced(Protocol):
    def delay(self, now: float) -> float: ...
    def held(self, now: float) -> float: ...
    def ok(self, now: float) -> None: ...
    def limited(self, now: float, retry_after: float | None, began: float | None) -> None: ...
    def headers(self, headers: dict[str, str], now: float) -> None: ...


class Bucket:
    """`burst` tokens at most, `rate` a second."""

    def __init__(self, case: Case) -> None:
        self.rate, self.burst = case.rate, case.burst
        self.full, self.at = float(case.burst), 0.0

    def wait(self, now: float) -> float:
        """Seconds from `now` until there is a token."""
        self.full, self.at = min(self.burst, self.full + (now - self.at) * self.rate), now
        return max((1 - self.full) / self.rate, 0.0)

    def take(self, now: float) -> bool:
        if self.wait(now) > 1e-9:
            return False
        self.full -= 1
        return True

    def headers(self) -> dict[str, str]:
        missing = self.burst - self.full
        return {
            "x-ratelimit-limit-requests": str(self.burst),
            "x-ratelimit-remaining-requests": str(math.floor(self.full + 1e-9)),
            "x-ratelimit-reset-requests": f"{missing / self.rate:.3f}s",
        }


class Oracle:
    """Knows the bucket; is never refused."""

    def __init__(self, case: Case) -> None:
        self._bucket = Bucket(case)

    def delay(self, now: float) -> float:
        at = max(now, self._bucket.at)
        at += self._bucket.wait(at)
        self._bucket.take(at)
        return at - now

    def held(self, now: float) -> float:
        return 0.0

    def ok(self, now: float) -> None: ...
    def limited(self, now: float, retry_after: float | None, began: float | None) -> None: ...
    def headers(self, headers: dict[str, str], now: float) -> None: ...


class Simulation:
    """All calls of one case. Events are (seconds, order, what, call, when it began, headers)."""

    def __init__(self, pace: Paced, case: Case) -> None:
        self.pace, self.case, self.server = pace, case, Bucket(case)
        self.calls, self.free, self.waiting = deque(range(CALLS)), case.width, False
        self.first: dict[int, float] = {}
        self.done = self.refused = self.lost = 0
        self._events: list[tuple[float, int, str, int, float, dict[str, str]]] = []
        self._order = itertools.count()

    def run(self) -> Result:
        now = 0.0
        self._next(now)
        while self._events:
            now, _, what, call, began, headers = heapq.heappop(self._events)
            getattr(self, f"_{what}")(now, call, began, headers)
            self._next(now)
        return Result(now, self.refused, self.lost)

    def _at(self, when: float, what: str, call: int, began: float = 0.0, headers: dict[str, str] | None = None) -> None:
        heapq.heappush(self._events, (when, next(self._order), what, call, began, headers or {}))

    def _next(self, now: float) -> None:
        """The next call to the turnstile, where one waits at a time."""
        if self.calls and self.free and not self.waiting:
            call = self.calls.popleft()
            self.free, self.waiting = self.free - 1, True
            self.first.setdefault(call, now)
            self._at(now + self.pace.delay(now), "start", call)

    def _start(self, now: float, call: int, began: float, headers: dict[str, str]) -> None:
        if (more := self.pace.held(now)) > 0:
            self._at(now + more, "start", call)
            return
        self.waiting = False
        if self.server.take(now):
            self._at(now + LATENCY, "answered", call, now, self.server.headers() if self.case.headers else {})
        else:
            self._at(now + self.case.refusal, "limited", call, now)

    def _answered(self, now: float, call: int, began: float, headers: dict[str, str]) -> None:
        self.free, self.done = self.free + 1, self.done + 1
        self.pace.headers(headers, now)
        self.pace.ok(now)

    def _limited(self, now: float, call: int, began: float, headers: dict[str, str]) -> None:
        self.free, self.refused = self.free + 1, self.refused + 1
        told = float(math.ceil(1 / self.case.rate)) if self.case.told else None
        self.pace.limited(now, told, began if self.case.known else None)
        if now - self.first[call] > PATIENCE:
            self.lost += 1
        else:
            self.calls.appendleft(call)


def measured(case: Case) -> tuple[float, Result]:
    """Wall by that of the oracle, and what happened."""
    ours, best = Simulation(Pace(), case).run(), Simulation(Oracle(case), case).run()
    if best.refused:
        raise SystemExit("the oracle was refused: the simulation is wrong")
    return ours.wall / best.wall, ours


def cell(case: Case, most: float = 1.5) -> str:
    ratio, result = measured(case)
    lost = f" {result.lost} lost" if result.lost else ""
    return f"{ratio:5.2f} {result.share:5.1%}{'!' if ratio > most or result.share > 0.03 else ' '}{lost}"


def table(title: str, case: Case) -> str:
    rows = [f"\n{title}\n{'calls/s':>9}  " + "  ".join(f"{f'burst {b}':>13}" for b in BURSTS)]
    for rate in RATES:
        cells = "  ".join(f"{cell(replace(case, rate=rate, burst=burst)):>13}" for burst in BURSTS)
        rows.append(f"{rate:>9}  {cells}")
    return "\n".join(rows) + "\n"


def main() -> int:
    named = [Case(width=width, told=told) for width in (20, 64) for told in (False, True)]
    for case in named:
        said = "Retry-After" if case.told else "no Retry-After"
        sys.stdout.write(f"{cell(case, 1.15)}  5 calls/s, burst 10, width {case.width}, {said}\n")
    for width, told in itertools.product((20, 64), (False, True)):
        title = f"width {width}, {'Retry-After' if told else 'no Retry-After'}"
        sys.stdout.write(table(title, Case(width=width, told=told)))
    sys.stdout.write(table("width 64, the pace is not told when a refused call began", Case(width=64, known=False)))
    sys.stdout.write(table("width 64, headers say what remains", Case(width=64, headers=True)))
    sys.stdout.write(table(f"width 20, a 429 takes {LATENCY:g} s like an answer", Case(refusal=LATENCY)))
    figures = [measured(case) for case in named]
    worst = max(ratio for ratio, _ in figures)
    met = worst <= 1.15 and all(result.share <= 0.03 and not result.lost for _, result in figures)
    sys.stdout.write(f"\n{worst:8.3f}  wall / wall of the oracle, the worst of the four named cases\n")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
