"""Ratios of one run on the demo world: what a second collection costs beside the first, where the time goes.

Prints ratios, not seconds: machines differ, the shape of a run does not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from digester import app
from digester.demo import run as demo
from digester.demo import world as worlds
from digester.demo.server import DemoServer
from digester.pipeline import run as runs


def timed(shares: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = work()
    shares[name] = time.perf_counter() - began
    return result


def main() -> int:
    world, shares = worlds.load(demo.world_folder()), {}
    with tempfile.TemporaryDirectory() as folder, DemoServer(world, demo._at(demo.MORNING)) as server:
        home = Path(folder)
        (home / app.CONFIG).write_text(demo.sources_yaml(server.base, world), "utf-8")
        ws = app.open_workspace(home / app.CONFIG, {}, demo._at(demo.MORNING))
        sources, kind = [s for s in ws.settings.sources if s.enabled], ws.kind("rec-weekly")
        with app.open_store(ws) as store, app.open_powers(ws, store) as powers:
            tell: Callable[[object], None] = lambda event: None  # noqa: E731
            first = timed(shares, "collect", lambda: runs.collect_now(powers, sources, ws.now, tell))
            asked = len(server.log)
            again = timed(shares, "collect again", lambda: runs.collect_now(powers, sources, ws.now, tell))
            asked_again = len(server.log) - asked
            timed(shares, "prepare", lambda: runs.prepare(powers, kind, "2026-W25", sources, ws.now, tell))
            timed(shares, "compose", lambda: runs.compose_now(powers, kind, "2026-W25", sources, ws.now))
    total = sum(shares.values())
    rows = [
        ("requests, second collection / first", asked_again / asked),
        ("parses, second collection / first", again.extra["parses"] / first.extra["parses"]),
        ("new items, second collection / first", again.extra["new"] / first.extra["new"]),
        *((f"share of the time: {name}", seconds / total) for name, seconds in shares.items()),
    ]
    for name, ratio in rows:
        sys.stdout.write(f"{ratio:8.3f}  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
