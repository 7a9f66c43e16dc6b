"""The pace of calls to one provider whose limits nobody told us: additive increase, multiplicative decrease (AIMD).

The rate grows until the first 429. From then on two 429s are a measurement: a token bucket was empty at both, so the
calls it let through between them are what it was filled with, whatever its size. The rate goes a little below that and
creeps up again. Pure: time comes as seconds of one monotonic clock, no chance is in it, a lock is the caller's.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping

FIRST = 4.0  # calls a second to begin with
AT_ONCE = 4  # calls that begin at once: few servers have a smaller bucket
GAIN = 1.0  # calls a second more for each answer before the first 429
SHORT = 1.0  # seconds before the first 429 in which the rate that was too high is measured
CUT = 0.7  # of the rate then: how much of it a full bucket lent is not known
BELOW = 0.95  # of the measured rate: the bucket fills again, and the next 429 is many calls away
SMALL = 0.1  # of what the rate was above the measurement: a small bucket was full in between and measures low
ENOUGH = 6  # calls between two 429s that make a measurement, not a guess
CREEP = 0.0005  # of the rate for each answer, and as much again for each hundred since the last 429
CLIMB = 0.025  # of the rate for each second while it is a guess
TRUSTED = 90.0  # seconds after which a measurement is a guess: limits change, and some 429s are a crowd's
SLOWEST = 0.05  # calls a second
MEMORY = 120.0  # seconds; older 429s say nothing about now
OWN_PAUSE = 0.4  # seconds after a 429 that does not say how long; doubled while nothing gets through
MOST_PAUSE = 30.0
CLOSED = 2  # 429s with nothing between them that cut the rate; at more, a window is closed, which only time opens
STEP = 5.0  # seconds: most that one call's slot or answer is trusted to tell about time

_DURATION = re.compile(
    r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,6}(?:\.\d{1,9})?)s)?(?:(\d{1,9})ms)?"
)


class Pace:
    """When the next call may start, learnt from what became of the earlier ones.

    A call asks `delay`, waits that long, and asks `held` before it starts; 0.0 is leave to start. One call at a time
    should wait between the two, the others before `delay`: a slot once given comes no earlier when the rate grows.
    """

    def __init__(self, deadline: float = math.inf, at_once: int = AT_ONCE) -> None:
        """No pause goes beyond `deadline`, a time of the same clock; `at_once` calls need not wait at the
        beginning, and after a pause in which as many could have been made."""
        self._at_once, self._free = at_once, 0
        self.deadline = deadline
        self.rate = FIRST  # calls a second
        self._next = self._until = -math.inf  # the next free slot; the end of the pause
        self._settled = -math.inf  # calls that began before knew nothing of the last cut
        self._sent: list[float] = []  # starts of calls, ascending, without those that got a 429
        self._refused: list[float] = []  # starts of calls that cut the rate
        self._measured = False
        self._paced = False  # the last call had to wait: the rate is what limits
        self._answers, self._heard = 0, -math.inf  # since the last 429; time of the last answer
        self._empty = 0  # 429s in a row with nothing between them
        self._share, self._share_ends = math.inf, -math.inf

    def delay(self, now: float) -> float:
        """Seconds until the next call may start, 0.0 for at once; the slot is taken."""
        at = max(now, self._next, self._until)
        if not self._refused and (not self._sent or at - self._sent[-1] > self._at_once / self.rate):
            self._free = self._at_once  # a bucket of this size has filled again
        if self._free and not self._refused:
            self._free -= 1
            self._next = at
        else:
            self._next = at + 1 / (min(self.rate, self._share) if at < self._share_ends else self.rate)
        del self._sent[: bisect_left(self._sent, now - MEMORY)]
        self._sent.append(at)
        self._paced = at > now
        return at - now

    def held(self, now: float) -> float:
        """Seconds that a call whose slot has come must wait on, because a 429 came while it waited: it has a new slot
        and asks again then. 0.0: it may start."""
        if now >= self._until:
            return 0.0
        self._take_back(now)
        return self.delay(now)

    def ok(self, now: float) -> None:
        """A call was answered."""
        since, self._heard = min(max(now - self._heard, 0.0), STEP), now
        if not self._paced:
            return
        if not self._refused:
            self.rate += GAIN
            return
        self._answers += 1
        known = self._measured and now - self._refused[-1] < TRUSTED
        self.rate *= 1 + (CREEP * (1 + self._answers / 100) if known else CLIMB * since)

    def limited(self, now: float, retry_after: float | None = None, began: float | None = None) -> None:
        """A 429 was answered to the call that `began` then (None: just now). All calls pause for `retry_after` seconds,
        without it for a short while of our own. Calls that began before the last cut cut nothing again."""
        at = now if began is None else min(began, now)
        self._take_back(at)
        said = retry_after if retry_after is not None and math.isfinite(retry_after) else None
        pause = max(said or 0.0, 0.0)
        if fresh := at >= self._settled:
            self._empty = self._empty + 1 if self._refused and not self._between(self._refused[-1], at) else 0
            self._cut(now, at)
            if said is None or self._empty:
                pause = max(pause, self._own_pause(now - at))
        self._until = max(self._until, min(now + pause, self.deadline))
        if fresh:
            self._settled = self._until

    def headers(self, headers: Mapping[str, str], now: float) -> None:
        """Learns from the headers of an answer, names in lower case (platform.openai.com/docs/guides/rate-limits).

        What remains is spread over the time to the reset: exact for a window, and a token bucket, whose reset is when
        it is full, settles half full at the rate it is filled with. Anything unreadable is no news.
        """
        left = str(headers.get("x-ratelimit-remaining-requests") or "").strip()
        reset = _seconds(str(headers.get("x-ratelimit-reset-requests") or ""))
        if left.isascii() and left.isdigit() and reset:
            self._share, self._share_ends = max(float(left[:12]), 1.0) / reset, now + reset

    def _cut(self, now: float, at: float) -> None:
        """A lower rate, from the calls that got through until `at`."""
        del self._refused[: bisect_left(self._refused, now - MEMORY)]
        if not self._refused:
            self._measured = False
            self.rate = min(self.rate, self._recent(at)) * CUT
        elif self._empty <= CLOSED:
            filled = min(self.rate, self._filled(at))
            self.rate = (filled + (self.rate - filled) * SMALL) * BELOW
        self.rate = max(self.rate, SLOWEST)
        self._refused.append(at)
        self._answers, self._heard = 0, now

    def _recent(self, at: float) -> float:
        """Calls a second of the last SHORT seconds, or since the first call."""
        since = max(at - SHORT, self._sent[0]) if self._sent else at
        return max(self._between(since, at), 1) / max(at - since, 0.1)

    def _filled(self, at: float) -> float:
        """What the bucket was filled with, in calls a second: over the shortest stretch since a 429 with ENOUGH calls,
        else since the oldest, which is a guess."""
        for since in reversed(self._refused):
            passed = self._between(since, at)
            self._measured = passed >= ENOUGH
            if self._measured:
                break
        return (passed + 0.5) / max(at - since, 0.001)  # what was left in it at either end may be up to one call

    def _own_pause(self, took: float) -> float:
        """At least until a call's worth has come in and until the other refusals on their way have come back."""
        waits = min(1 / self.rate, STEP), min(took, STEP), OWN_PAUSE * 2.0 ** min(self._empty, 10)
        return min(max(waits), MOST_PAUSE)

    def _between(self, start: float, end: float) -> int:
        return max(bisect_left(self._sent, end) - bisect_right(self._sent, start), 0)

    def _take_back(self, began: float) -> None:
        """Strikes the call that began then."""
        if place := bisect_right(self._sent, began):
            del self._sent[place - 1]


def _seconds(text: str) -> float | None:
    """Seconds of `60ms`, `1s`, `6m0s`, `2m59.56s`, `1h`, `1d2h`; None for anything else."""
    found = _DURATION.fullmatch(text.strip().lower())
    if not found or not any(found.groups()):
        return None
    units = (86_400.0, 3_600.0, 60.0, 1.0, 0.001)
    return sum(float(part) * unit for part, unit in zip(found.groups(), units, strict=True) if part)
