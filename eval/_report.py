"""What every measure shares: where the data lies, intervals, and how a share is told."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
SAMPLES, SEED = 2000, 0


def data_folder() -> Path:
    """The folder that EVAL_DATA names; exits with code 2 where it is not set."""
    named = os.environ.get("EVAL_DATA", "")
    if not named or not Path(named).is_dir():
        print("EVAL_DATA names no folder; eval/README.md says where the data comes from", file=sys.stderr)
        raise SystemExit(2)
    return Path(named)


def interval(rows: Sequence[T], score: Callable[[Sequence[T]], float]) -> list[float]:
    """The 95 % bootstrap interval of a score over its rows (2,000 samples, seed 0)."""
    if not rows:
        return [0.0, 0.0]
    rng = random.Random(SEED)
    found = sorted(score(rng.choices(rows, k=len(rows))) for _ in range(SAMPLES))
    return [round(found[int(SAMPLES * q)], 4) for q in (0.025, 0.975)]


def share(rows: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """Rows of (ours, naive) as shares; the interval of a share by the normal approximation of its bootstrap."""
    n = len(rows)
    if not n:
        return {"n": 0}
    ours = sum(a for a, _ in rows) / n
    spread = 1.96 * (ours * (1 - ours) / n) ** 0.5
    low, high = max(0.0, ours - spread), min(1.0, ours + spread)
    return {
        "n": n,
        "ours": round(ours, 4),
        "interval": [round(low, 4), round(high, 4)],
        "naive": round(sum(b for _, b in rows) / n, 4),
    }
