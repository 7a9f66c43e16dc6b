"""What the demo's issues print of tests on users, held against the tables of the invented papers they come from.

The papers say their results twice: in sentences, which is how issues get most of them, and in a table of name, sign,
number and significance. The tables are read here from the YAML, not from a page and by no reader of figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import digester.demo
from digester.demo.run import run
from digester.domain.model import Claim

DATA = Path(str(digester.demo.__file__)).parent / "data"
pytestmark = pytest.mark.slow
ISSUES = ("rec-weekly/2026-W25", "rec-daily/2026-06-18")
_CELL = re.compile(
    r"(?P<hedge>up to )?(?P<sign>[+-])(?P<value>[\d.]+) ?(?P<unit>%|ms)\*?(?P<none> \(not significant\))?"
)


class Cell(NamedTuple):
    """One row of a table: its label in lower-case words, and what it says."""

    label: str
    sign: str
    value: str
    unit: str
    hedge: str | None


def cells() -> Iterator[tuple[str, Cell]]:
    """(paper, row) of every table with a signed change under a section on a test on users."""
    for file in sorted(DATA.glob("papers-*.yaml")):
        for paper in yaml.safe_load(file.read_text("utf-8")):
            for section in (paper.get("html") or {}).get("sections", ()):
                for label, *told in (section.get("table") or {}).get("rows", ()) if online(section) else ():
                    if m := _CELL.fullmatch(str(told[0])):
                        hedge = "not significant" if m["none"] else (m["hedge"] or "").strip() or None
                        yield paper["id"], Cell(label.lower(), m["sign"], m["value"], m["unit"], hedge)


def online(section: Any) -> bool:
    return section["title"].lower().startswith(("online", "deployment")) and "table" in section


def words(text: str) -> set[str]:
    return {w.rstrip("s") for w in re.findall(r"[a-z]{3,}", text.lower())} - {"per", "the", "user"}


@pytest.fixture(scope="module")
def demo_issues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    run(folder, lambda event: None, lambda line: None)
    return folder


@pytest.fixture(scope="module")
def printed(demo_issues: Path) -> dict[str, list[dict[str, Any]]]:
    """The live claims of each paper, from the issues as JSON."""
    found: dict[str, list[dict[str, Any]]] = {}
    for issue in ISSUES:
        record = json.loads((demo_issues / f"{issue}.json").read_text("utf-8"))
        for section in record["sections"]:
            for pick in section["picks"]:
                live = [c for c in pick["claims"] if c["evidence"] in ("online_ab", "deployed")]
                found.setdefault(pick["work"].partition(":")[2], []).extend(live)
    return found


def test_no_figure_has_another_sign_measure_or_significance_than_its_row(
    printed: dict[str, list[dict[str, Any]]],
) -> None:
    wrong = []
    for paper, row in cells():
        same = [c for c in printed.get(paper, ()) if (c["value"], c["unit"]) == (row.value, row.unit)]
        named = [c for c in same if words(c["metric"]) & words(row.label)]
        wrong += [(paper, row, c["metric"]) for c in same if not named]
        wrong += [(paper, row, c) for c in named if (c["sign"], c["hedge"]) != (row.sign, row.hedge)]
    assert wrong == []


def test_what_is_bad_or_not_significant_in_a_table_is_printed_as_well_as_what_is_good(
    printed: dict[str, list[dict[str, Any]]],
) -> None:
    rows = [(p, r) for p, r in cells() if p in printed]
    lost = [(p, r) for p, r in rows if not any((c["value"], c["sign"]) == (r.value, r.sign) for c in printed[p])]
    assert len(rows) >= 50
    assert {r.label for _, r in lost} <= {"budget exhausted before 18:00"}  # a colon in a label makes no row


def test_a_figure_of_a_group_says_which(printed: dict[str, list[dict[str, Any]]]) -> None:
    for paper, row in cells():
        name, comma, group = row.label.partition(", ")
        for c in printed.get(paper, ()) if comma else ():
            if (c["value"], c["sign"]) == (row.value, row.sign) and words(c["metric"]) & words(name):
                assert words(Claim("", "", "", "", "stated", (), scope=c["scope"]).place) & words(group) or group in (
                    c["scope"] or ""
                )
