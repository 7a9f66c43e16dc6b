"""The table of docs/quality.md: it is that of eval/report.json, and nothing that was measured is missing from it."""

from __future__ import annotations

import json
from pathlib import Path

from eval import all as report

from digester.demo.run import ISSUES

ROOT = Path(__file__).parents[2]
MEASURED = json.loads((ROOT / "eval" / "report.json").read_text("utf-8"))


def test_the_page_has_the_table_of_the_report() -> None:
    page = (ROOT / "docs" / "quality.md").read_text("utf-8")
    assert page.partition("<!-- table -->\n")[2].partition("<!-- end -->\n")[0] == report.table(MEASURED)


def test_stability_under_shuffles_and_every_issue_of_the_demo_stand_in_it() -> None:
    rows = {row.measure: row for row in report.rows(MEASURED)}
    assert rows["stories: orders of the input that give the same ones"].n == 20
    assert {f"lint, hard violations: demo {slug}" for slug, _, _ in ISSUES} <= set(rows)
    assert len({slug for slug, _, _ in ISSUES}) == 4
