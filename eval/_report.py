"""What measures share: where the data lies, and how a share is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def data_folder() -> Path:
    """The folder that EVAL_DATA names; exits with code 2 where it is not set."""
    named = os.environ.get("EVAL_DATA", "")
    if not named or not Path(named).is_dir():
        print("EVAL_DATA names no folder; eval/README.md says where the data comes from", file=sys.stderr)
        raise SystemExit(2)
    return Path(named)


def share(rows: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """Rows of (ours, naive) as shares; the 95 % interval by the normal approximation."""
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
