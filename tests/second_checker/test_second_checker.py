"""Every number, name, quotation and link of real issues stands in a stored source, by rules that share nothing with
the gate; and the proof that these rules find errors: planted ones, of every kind.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from tests.second_checker import html, markdown
from tests.second_checker.case import Finding
from tests.second_checker.check import check, check_record
from tests.second_checker.conftest import DAILY, WEEKLY, WEEKS, Printed
from tests.second_checker.evidence import Evidence
from tests.second_checker.planted import KINDS, plant, plant_record

HERE = Path(__file__).parent
OUTPUTS = ("markdown", "html")
DEMOS = (DAILY, WEEKLY)
EACH = 12  # planted errors of a kind on a page of the demo
KILLED = 0.95
slow = pytest.mark.slow


def findings(issue: Printed, output: str) -> list[Finding]:
    return check(output, issue.pages[output], issue.evidence)


# ------------------------------------------------------------ what is printed
@slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_all_that_the_demo_daily_prints_is_stored(demo: dict[str, Printed], output: str) -> None:
    found = findings(demo[DAILY], output)
    assert found == []


@slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_all_that_the_demo_weekly_prints_is_stored(demo: dict[str, Printed], output: str) -> None:
    found = findings(demo[WEEKLY], output)
    assert found == []


@slow
@pytest.mark.recorded
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("label", WEEKS)
def test_all_that_a_recorded_week_prints_is_stored(weeks: dict[str, Printed], label: str, output: str) -> None:
    assert findings(weeks[label], output) == []


@slow
@pytest.mark.parametrize("name", DEMOS)
def test_the_record_says_nothing_that_is_not_stored(demo: dict[str, Printed], name: str) -> None:
    assert check_record(demo[name].evidence) == []


@slow
@pytest.mark.recorded
@pytest.mark.parametrize("label", WEEKS)
def test_the_record_of_a_week_says_nothing_that_is_not_stored(weeks: dict[str, Printed], label: str) -> None:
    assert check_record(weeks[label].evidence) == []


@slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_the_daily_tells_each_story_once_and_counts_what_it_shows(demo: dict[str, Printed], output: str) -> None:
    assert [f for f in findings(demo[DAILY], output) if f.rule in ("once", "census")] == []


@slow
@pytest.mark.parametrize("output", OUTPUTS)
def test_works_in_scope_are_published_or_counted_as_left_out(demo: dict[str, Printed], output: str) -> None:
    assert [f for f in findings(demo[WEEKLY], output) if f.rule == "lost"] == []


# ------------------------------------------------------- it reads all of a page
@slow
@pytest.mark.parametrize("name", DEMOS)
def test_both_readers_find_the_same_statements(demo: dict[str, Printed], name: str) -> None:
    pages = [markdown.read(demo[name].pages["markdown"]), html.read(demo[name].pages["html"])]
    places = ("headline", "quote", "figures", "online", "row", "takeaway", "thread", "opener", "reason", "repository",
              "person", "moment", "batch", "organisation", "stars", "watch", "lead", "seen", "left_out", "figure", "credit")  # fmt: skip
    told = [{p: sorted(s.text[:5] if p == "stars" else s.text for s in page.of(p)) for p in places} for page in pages]
    del told[0]["batch"], told[1]["batch"]  # cells are compared by their rule
    assert told[0].keys() == told[1].keys()
    for place in told[0]:
        if place not in ("online", "row", "repository"):
            assert told[0][place] == told[1][place], place
        assert len(told[0][place]) == len(told[1][place]), place
    assert sum(len(texts) for texts in told[0].values()) > 80


# ------------------------------------------------------------------ it can fail
@slow
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("name", DEMOS)
def test_planted_errors_are_found(demo: dict[str, Printed], name: str, output: str) -> None:
    issue = demo[name]
    known = set(findings(issue, output))
    planted: Counter[str] = Counter()
    alive: Counter[str] = Counter()
    for kind, page in plant(output, issue.pages[output], issue.evidence.issue, EACH):
        planted[kind] += 1
        alive[kind] += not set(check(output, page, issue.evidence)) - known
    wanted = (
        set(KINDS) if name == WEEKLY else {"digit", "link", "quotation", "count", "sign", "unit", "stars", "author"}
    )
    assert wanted <= planted.keys()
    assert planted.total() >= 90
    assert 1 - alive.total() / planted.total() >= KILLED, alive
    assert all(alive[kind] <= 1 for kind in planted), alive


@slow
@pytest.mark.recorded
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("label", WEEKS)
def test_planted_errors_are_found_in_a_recorded_week(weeks: dict[str, Printed], label: str, output: str) -> None:
    issue = weeks[label]
    made = list(plant(output, issue.pages[output], issue.evidence.issue, EACH // 2))
    alive = Counter(kind for kind, page in made if not check(output, page, issue.evidence))
    assert len(made) >= 50
    assert 1 - alive.total() / len(made) >= KILLED, alive


@slow
def test_planted_errors_are_found_in_the_record(demo: dict[str, Printed]) -> None:
    stored = demo[WEEKLY].evidence
    planted: Counter[str] = Counter()
    alive: Counter[str] = Counter()
    for kind, issue in plant_record(stored.issue):
        planted[kind] += 1
        alive[kind] += not check_record(Evidence.like(stored, issue))
    assert planted.total() >= 60
    assert set(planted) == {"digit", "sign", "organisation", "quotation"}
    assert 1 - alive.total() / planted.total() >= KILLED, alive


# -------------------------------------------------------------- it is separate
def test_it_imports_nothing_of_what_it_checks() -> None:
    """By syntax: of the product only types and the reader of the record; of `digester.analysis` nothing at all."""
    allowed = ("digester.domain.issue", "digester.domain.model", "digester.outputs.json")
    seen = 0
    for file in sorted(HERE.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                seen += 1
                assert not name.startswith("digester.analysis"), f"{file.name} imports {name}"
                assert not name.startswith("digester") or name in allowed, f"{file.name} imports {name}"
                assert name not in ("importlib", "runpy"), f"{file.name} could import anything"
    assert seen > 40
