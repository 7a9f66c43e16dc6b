"""A sample of `make eval-extract`: every sixteenth article with a gold text, through both extractors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from eval import extract

ROOT = Path(extract.__file__).parents[1]


@pytest.fixture(scope="module")
def scores(web: Any) -> list[extract.Score]:
    return list(extract.scored(web.folder, list(extract.rows(web.folder))[::16]))


def test_a_sample_is_read_no_worse_than_by_bare_trafilatura(scores: list[extract.Score]) -> None:
    assert len(scores) == 20 and len({s.folder for s in scores}) >= 4
    assert not extract.below(scores), "\n".join(extract.table(scores))
    assert mean(s.ours for s in scores) > 0.85


def test_the_table_names_each_folder_and_the_total(scores: list[extract.Score]) -> None:
    lines = list(extract.table(scores))
    assert [line.split()[0] for line in lines[1:]] == [*sorted({s.folder for s in scores}), "total"]
    assert lines[-1].split()[1] == "20"


@pytest.mark.parametrize(
    ("text", "gold", "f1"),
    [
        ("one two", extract.Gold("two one"), 1.0),
        ("one two three four", extract.Gold("one two"), 2 / 3),
        ("面包好", extract.Gold("面包"), 0.8),
        ("", extract.Gold("words"), 0.0),
        ("a wanted part, and more", extract.Gold(wanted=("a wanted part", "not there")), 0.75),
        ("a wanted part and a menu", extract.Gold(wanted=("a wanted part",), unwanted=("a menu",)), 0.75),
    ],
)
def test_f1_is_of_tokens(text: str, gold: extract.Gold, f1: float) -> None:
    assert extract.f1(text, gold) == pytest.approx(f1)


@pytest.mark.parametrize(("ours", "worse"), [(0.9, False), (0.8951, False), (0.894, True)])
def test_worse_is_more_than_the_tolerance(ours: float, worse: bool) -> None:
    assert extract.below([extract.Score("articles/x/1.html", ours, 0.9)]) is worse


def test_markdown_gold_is_its_words() -> None:
    raw = '```json\n{"title": "x"}\n```\nA [link](https://a.example/b "t") and ![art](c.png) <sup>1</sup>.'
    assert extract.tokens(extract.GOLD[".md"](raw).text) == ["a", "link", "and", "1"]


def test_without_recordings_it_says_that_it_was_skipped() -> None:
    env = {k: v for k, v in os.environ.items() if k != "DIGESTER_TEST_DATA"}
    done = subprocess.run([sys.executable, str(ROOT / "eval" / "extract.py")], env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "skipped" in done.stdout
