"""Politeness: a gap per host, Retry-After with a cap, robots.txt for pages made for people."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from digester.domain.jitter import stretch
from digester.ports import Clock

# Seconds between two requests. arXiv asks for one API request every three seconds (arXiv API terms of
# use) and for 15 s between pages (arxiv.org/robots.txt).
HOST_GAPS: Mapping[str, float] = {"export.arxiv.org": 3.0, "arxiv.org": 15.0, "rss.arxiv.org": 1.0}
DEFAULT_GAP = 0.25
MAX_RETRY_AFTER = 120.0
FIRST_PAUSE = 2.0  # seconds before the second try; four times as long before each further one


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header (RFC 9110 10.2.3: delay or HTTP date), capped; None for garbage."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), MAX_RETRY_AFTER)


def pause(host: str, attempt: int, said: float | None) -> float:
    """Seconds until a host is asked again after its `attempt`-th failure, counted from 0: exactly what it `said`, else
    ever longer, and not the same for all hosts."""
    return said if said is not None else FIRST_PAUSE * 4**attempt * stretch(host, attempt)


def fresh_seconds(cache_control: str, age: str) -> float | None:
    """How long an answer keeps: max-age less Age (RFC 9111 4.2); None where the server does not say."""
    said = {
        name.strip().lower(): value.strip(' "')
        for name, _, value in (d.partition("=") for d in cache_control.split(","))
    }
    if "no-cache" in said or "no-store" in said:
        return None
    limit = said.get("max-age", "")
    if not (limit.isascii() and limit.isdigit()):
        return None
    spent = float(age[:10]) if age.isascii() and age.isdigit() else 0.0
    return max(float(limit[:10]) - spent, 0.0)


@dataclass
class Pace:
    """Minimum gap between requests to one host, for all threads of this process."""

    clock: Clock
    gaps: Mapping[str, float] = field(default_factory=lambda: HOST_GAPS)
    waited: float = 0.0
    _next: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str, gap: float | None = None) -> None:
        """Returns when `host` may be asked; reserves the next slot before sleeping."""
        with self._lock:
            now = self.clock.monotonic()
            at = max(now, self._next.get(host, 0.0))
            self._next[host] = at + max(self.gaps.get(host, DEFAULT_GAP), gap or 0.0)
            self.waited += at - now
        if at > now:
            self.clock.sleep(at - now)


class Robots:
    """robots.txt by host (RFC 9309), read once a run. An unreachable one allows, a 5xx one forbids."""

    def __init__(self, agent: str) -> None:
        self._agent, self._rules = agent, {}  # type: ignore[var-annotated]

    def knows(self, host: str) -> bool:
        return host in self._rules

    def learn(self, host: str, status: int | None, body: bytes) -> None:
        from protego import Protego

        if status is not None and status >= 500:
            self._rules[host] = Protego.parse("User-agent: *\nDisallow: /")
        else:
            text = body[:512_000].decode("utf-8", "replace") if status == 200 else ""
            self._rules[host] = Protego.parse(text)

    def allows(self, host: str, url: str) -> bool:
        return bool(self._rules[host].can_fetch(url, self._agent))

    def delay(self, host: str) -> float | None:
        delay = self._rules[host].crawl_delay(self._agent)
        return min(float(delay), 60.0) if delay else None
