"""Where requests really go: to the address itself, or all to one replay server (`net.replay: BASE`).

In replay every URL is asked as `BASE/__by_url?u=URL` over a real socket while items keep their
original URLs. Names are not resolved; only the connection to BASE is exempt from the guard.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class VirtualClock:
    """Time that only passes by sleeping: waits of a replayed run are computed, not slept."""

    def __init__(self, start: datetime) -> None:
        self._start, self._slept, self._lock = start, 0.0, threading.Lock()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._slept)

    def monotonic(self) -> float:
        return self._slept

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._slept += max(seconds, 0.0)


def replayed(base: str, url: str) -> str:
    return f"{base.rstrip('/')}/__by_url?u={quote(url, safe='')}"


def base_host(base: str) -> str:
    """host:port of BASE, the one private address a replayed run may connect to."""
    parts = urlsplit(base)
    return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
