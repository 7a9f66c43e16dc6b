"""How long a run with a model takes beside what nothing can make shorter: its slowest host, and calls that wait for others.

    python -m bench.llm_wall

Waves are counted from what the model's server saw: the longest chain of calls of which each began after the one before it
had been answered. The floor of a run is latency x requests of its busiest host + waves x the model's latency. Everything
is asked over real sockets; a run is a process of its own, so its start counts, too.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench import wall as collection
from bench.llm import NOW, Desk, desk, hundred, show
from tests.servers.model import Call, ModelServer, slow
from tests.servers.newsroom import Web, world
from tests.servers.personalities import honest

from digester import app
from digester.demo.run import DAYS, EVENING, MORNING, sources_yaml
from digester.issues import KINDS
from digester.pipeline import assess, screen

LATENCY, NET = 3.0, 0.1  # seconds of an answer of the model, and of a page
RUNS = (("rec-weekly", "2026-W25", MORNING), ("ai-daily", "2026-06-20", MORNING), ("ai-weekly", "2026-W25", EVENING))


def waves(calls: Sequence[Call], latency: float) -> int:
    """The most calls of which each began after the one before had ended."""
    count, free = 0, float("-inf")
    for at in sorted(c.at for c in calls):
        if at >= free:
            count, free = count + 1, at + latency
    return count


def forget() -> None:
    """Drops what was remembered of texts: a run begins in a process that has seen none."""
    for kept in gc.get_objects():
        if type(kept).__name__ == "_lru_cache_wrapper":
            kept.cache_clear()


def measured(work: Callable[[Desk], Any], before: Callable[[Desk], Any] = lambda d: None) -> dict[str, Any]:
    """Wall of some work with a slow model beside its waves, and the seconds of CPU that it takes."""
    with desk() as d:  # imports
        before(d)
        work(d)
    with desk(slow(LATENCY, honest)) as d:
        before(d)
        forget()
        began, cpu = time.monotonic(), time.process_time()
        work(d)
        took, cpu = time.monotonic() - began, time.process_time() - cpu
        found = waves(d.server.calls, LATENCY)
    return {
        "waves": found,
        "wall": round(took, 2),
        "wall / (waves x latency)": round(took / (found * LATENCY), 3),
        "CPU seconds": round(cpu, 2),
    }


def rating_and_reading() -> dict[str, Any]:
    """A hundred papers, ten of them read, as an editor is asked; and behind the collection of 200 feeds (bench/wall.py)."""
    works = hundred()
    found = measured(lambda d: d.assess(works))
    slowest, everything = collection.measured()
    floor = slowest + found["waves"] * LATENCY
    return {**found, "slowest host": round(slowest, 2), "collection": round(everything, 2),
            "collection and wall / (slowest host + waves x latency)": round((everything + found["wall"]) / floor, 3)}  # fmt: skip


def step() -> dict[str, Any]:
    """The same as the pipeline's step gives and stores them."""
    kind, items = KINDS["rec-weekly"], [e.item for e in hundred()]

    def assessed(d: Desk) -> None:
        with d.editor() as editor:
            assess.run(d.store, kind, items, {}, editor, NOW)

    return measured(assessed, lambda d: screen.run(d.store, kind, items, {}, app.editor(), NOW))


class SlowWeb(Web):
    """The demo world, each page after NET seconds."""

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(NET)
        super()._answer(handler)


def whole(kind: str, period: str, at: str, home: Path) -> dict[str, Any]:
    """`digester run`, in a workspace that has collected the days before."""
    with SlowWeb(at=at) as web, ModelServer(slow(LATENCY, honest)) as model:
        (home / "sources.yaml").write_text(sources_yaml(web.base, world()), "utf-8")
        for day in DAYS:
            web.at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
            run(home, web.at.isoformat(), "collect")
        web.at = datetime.fromisoformat(at)
        web.log.clear()
        env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": model.url}
        began = time.monotonic()
        run(home, at, "run", kind, "--date", period, **env)
        took = time.monotonic() - began
        hosts = Counter(urlsplit(url).hostname for url, _ in web.log)
        found, calls = waves(model.calls, LATENCY), Counter(c.task for c in model.calls)
    floor = max(hosts.values()) * NET + found * LATENCY
    return {"requests of the busiest host": max(hosts.values()), "calls": dict(calls), "waves": found,
            "wall": round(took, 1), "wall / floor": round(took / floor, 2)}  # fmt: skip


def run(home: Path, now: str, *words: str, **env: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DIGESTER_")}
    command = [sys.executable, "-m", "digester", "--config", str(home / "sources.yaml"), "--now", now, *words]
    done = subprocess.run(command, env={**kept, **env}, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr)


def main() -> int:
    show({"rating and reading": rating_and_reading(), "the same as a step": step()})
    for kind, period, at in RUNS:
        with tempfile.TemporaryDirectory() as folder:
            show({f"digester run {kind}": whole(kind, period, at, Path(folder))})
    return 0


if __name__ == "__main__":
    sys.exit(main())
