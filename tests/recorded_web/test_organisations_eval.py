"""`eval/organisations.py` on its labels: our rules are surer than plain look-up, and it says what it cannot measure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from eval import organisations

ROOT = Path(organisations.__file__).parents[1]


@pytest.fixture(scope="module")
def figures(web: Any) -> dict[str, Any]:
    data = web.folder.parent / "eval"
    if not (data / organisations.LABELS).is_file():
        pytest.skip("no evaluation sets beside the recorded web")
    return organisations.measure(data)


def test_what_is_named_agrees_with_labels_more_often_than_by_look_up(figures: dict[str, Any]) -> None:
    ours, lookup = figures["ours"], figures["lookup"]
    assert ours["precision"]["value"] > 0.8 > lookup["precision"]["value"]
    assert ours["named_where_label_is_no_known_company"]["value"] < 0.02
    assert figures["industrial_papers_with_a_house"]["ours"]["value"] > 0.2


def test_figures_are_json_and_first_pages_are_not_measured(figures: dict[str, Any]) -> None:
    assert json.loads(json.dumps(figures)) == figures
    assert figures["first_pages"].startswith("not measurable")
    assert figures["houses"] >= 300 and figures["labels_that_are_known_companies"] > 100


@pytest.mark.parametrize(
    ("label", "houses"),
    [("Kling Team", {"Kuaishou"}), ("Adobe Research", {"Adobe"}), ("University of Varnholm", set()), ("Kestrelo", set()), ("AI at Meta", {"Meta"})],
)  # fmt: skip
def test_labels_are_compared_as_houses(label: str, houses: set[str]) -> None:
    assert organisations.of_label(label) == houses


def test_a_row_is_scored_by_its_houses() -> None:
    k, b, none = frozenset({"Kuaishou"}), frozenset({"Kuaishou", "Baidu"}), frozenset[str]()
    rows = [
        organisations.Row(True, k, k, b),
        organisations.Row(True, k, none, none),
        organisations.Row(True, none, none, k),
    ]
    ours, lookup = organisations.scores(rows, lambda r: r.ours), organisations.scores(rows, lambda r: r.lookup)
    assert (ours["precision"]["value"], ours["recall"]["value"], ours["recall_where_named"]["value"]) == (1.0, 0.5, 1.0)
    assert (lookup["precision"]["value"], lookup["precision"]["n"]) == (0.5, 2)
    assert lookup["named_where_label_is_no_known_company"]["value"] == 1.0
    assert organisations.scores([], lambda r: r.ours)["precision"] == {"value": None, "n": 0, "interval": None}


def test_without_data_it_says_that_it_was_skipped() -> None:
    env = {k: v for k, v in os.environ.items() if k != "EVAL_DATA"}
    script = [sys.executable, str(ROOT / "eval" / "organisations.py")]
    done = subprocess.run(script, env=env, capture_output=True, text=True)
    assert done.returncode == 0 and "skipped" in done.stdout
