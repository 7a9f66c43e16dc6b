"""The tables: a row for every paper, rated as in its card, and figures from users with sign, unit and measure."""

from __future__ import annotations

from collections.abc import Iterator

from digester.analysis import metrics
from digester.analysis.lint._lines import Violation
from digester.domain.issue import Issue


def check(issue: Issue) -> Iterator[Violation]:
    papers = {p.work: p for p in issue.picks() if p.kind == "paper"}
    rows = {r.work: r for r in issue.rows}
    for work in sorted(papers.keys() ^ rows.keys()):
        yield Violation("table-rows", True, "", "table", work, "in the table and in the sections, or in neither")
    for work in sorted(papers.keys() & rows.keys()):
        if papers[work].rating != rows[work].rating:
            yield Violation("table-rows", True, "", "table", work, f"rated {papers[work].rating} in its section")
    yield from _figures(issue)


def _figures(issue: Issue) -> Iterator[Violation]:
    for n, pick in enumerate(issue.picks(), 1):
        for c in pick.claims:
            words = f"{c.metric} {c.sign}{c.value}{c.unit}"
            if c.evidence in metrics.LIVE and not (c.sign and c.metric):
                yield Violation(
                    "table-figure", True, "", f"item {n}", words, "a figure from users has measure and sign"
                )
            if not c.unit and c.evidence in metrics.LIVE and "AUC" not in c.metric:
                yield Violation("table-figure", False, "", f"item {n}", words, "without a unit")
