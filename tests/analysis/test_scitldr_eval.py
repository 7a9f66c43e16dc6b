"""The parts of `eval/scitldr.py` that need no data, and that it says why it measures nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from eval import scitldr

PAPER = {
    "title": "Codes for shelves",
    "source": [" Shops have shelves.", "In this paper, we propose codes for shelves of a shop. ", "Do they help?"],
    "target": ["Shelves of a shop get codes.", "Nothing of this."],
}


def test_the_first_of_the_best_is_chosen_and_said_without_its_opener() -> None:
    texts = scitldr.sentences(PAPER)
    assert texts[0] == "Shops have shelves."
    assert scitldr.first_of(texts, [1.0, 2.0, 2.0]) == texts[1]
    assert scitldr.said(texts[1]) == "we propose codes for shelves of a shop."
    assert max(scitldr.by_roles(texts)) == scitldr.by_roles(texts)[1]


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.1, 0.5, 0.3, 0.9, 0.4] * 20
    low, high = scitldr.interval(values)
    assert low < 44 < high
    assert scitldr.interval(values) == (low, high)


def test_the_reference_with_the_best_rouge_1_counts() -> None:
    pytest.importorskip("rouge_score")
    first, _, longest = scitldr.rouge("Shelves of a shop get codes.", PAPER["target"])
    assert first == longest == 1.0


def test_what_one_summary_would_choose_counts_against_the_others() -> None:
    pytest.importorskip("rouge_score")
    alone = {**PAPER, "target": ["Shops have shelves."]}
    two = {**PAPER, "target": ["Shops have shelves.", "Do they help?"]}
    found = scitldr.agreement([alone, two], lambda paper: 2)
    assert found == {"choices": 2, "ours": 50.0, "another_summary": 0.0, "best": 100.0}


def test_without_data_it_says_that_it_was_skipped(tmp_path: Path) -> None:
    env = {**{k: v for k, v in os.environ.items() if k != "EVAL_DATA"}, "EVAL_DATA": str(tmp_path)}
    script = [sys.executable, str(Path(scitldr.__file__))]
    done = subprocess.run(script, env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "skipped" in done.stdout
    assert "skipped" in scitldr.measure(tmp_path)["scitldr"]
