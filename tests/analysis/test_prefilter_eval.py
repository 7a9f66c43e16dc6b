"""`eval/prefilter.py` on works made for it, and on its data where that is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from eval import prefilter as measure
from eval.prefilter import Paper

from digester.analysis.prefilter import LEAST

DATA = Path(os.environ.get("EVAL_DATA", ""))


def day(n: int, size: int = 60) -> list[Paper]:
    """A tenth of the papers is high, and says so."""
    return [
        Paper(f"{n}.{i}", f"{'deployed live' if i % 10 == 0 else 'method'} n{n} p{i}", 5 if i % 10 == 0 else 2, i % 10 == 0)
        for i in range(size)
    ]  # fmt: skip


def test_works_that_say_what_they_are_are_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "TESTED", 10)
    days = [day(n) for n in range(12)]
    found = measure.own(days)
    assert found["whole"] == {"kept": 0.4, "high": 5 * 6, "recall": 1.0}
    assert found["late"] == {"kept": 0.4, "high": 2 * 6, "recall": 1.0}
    assert (found["days"], found["audited"], found["audited_high"]) == (5, 5 * 2, 0)
    assert measure.once(days, 6)["recall"]["15%"] == 1.0
    assert measure.once(days, 3) == {"papers": 180}, "too few to learn from"


def test_before_there_is_enough_nothing_is_cut() -> None:
    days = [day(n, 10) for n in range(LEAST // 10 - 1)]
    assert measure.own(days)["days"] == 0


def test_without_data_it_says_so(tmp_path: Path) -> None:
    assert measure.measure(tmp_path) == {"prefilter": "not measurable here"}


@pytest.mark.recorded
@pytest.mark.skipif(not (DATA / measure.FILE).is_file(), reason="EVAL_DATA names no folder with rated papers")
def test_a_week_of_ratings_is_enough_to_keep_nearly_all_high_papers_among_40_percent() -> None:
    found = measure.once(measure.papers(DATA), 7)
    assert (found["papers"], found["tested"], found["high"]) == (1027, 3791, 350)
    assert found["recall"]["40%"] >= 0.96
    share, recall = found["learnt"]
    assert 0.4 <= share <= 0.5 and recall >= 0.96
    assert found["seconds"] < 5
