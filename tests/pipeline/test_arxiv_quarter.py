"""One simulated quarter of `make bench`: no paper is lost without being named."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "arxiv_quarter.py"


@pytest.mark.slow
@pytest.mark.skipif(not BENCH.exists(), reason="bench/ is not part of this copy")
def test_F25_a_quarter_with_missed_runs_holidays_and_a_late_index_loses_no_paper() -> None:
    spec = importlib.util.spec_from_file_location("arxiv_quarter", BENCH)
    assert spec is not None and spec.loader is not None
    module = sys.modules["arxiv_quarter"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    counts = module.quarter(7)
    assert counts["announced"] > 1_400
    assert counts[module.LOST] == 0
    assert counts["found"] >= 0.95 * counts["announced"]
    assert counts["found, on another day"] <= 0.04 * counts["announced"]  # held back in days that were caught up
