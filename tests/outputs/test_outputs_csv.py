"""CSV: no cell is a formula, everything comes back, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outputs.hostile_samples import HOSTILE, hostile
from tests.outputs.issue_samples import daily, weekly

from digester.analysis.ledger import ledger, rows_of
from digester.domain.issue import Issue
from digester.outputs import OUTPUTS
from digester.outputs.csv import body, guarded, unguarded, written
from digester.outputs.ledger import COLUMNS, csv_text

FORMULAS = (
    "=1+1", "+1.24%", "-11.1%", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "''@x", "' =1", "＝1+1", "＋1", "－1", "＠x",
    '=HYPERLINK("https://evil.example")', "=cmd|' /C calc'!A0",
)  # fmt: skip
PLAIN = ("CTR", "1.24", "a, b", 'say "x"', "two\nlines", "two\r\nlines", "it's", "'tis", "中文；", "", " x")
DANGEROUS = tuple("=+-@\t\r＝＋－＠")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def table(issue: Issue, language: str = "en") -> list[list[str]]:
    return read(OUTPUTS["csv"].render(issue, language).decode("utf-8-sig"))


@pytest.mark.parametrize("text", FORMULAS)
def test_r10_a_cell_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}" and unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_r10_any_other_cell_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(alphabet=st.one_of(st.sampled_from("=+-@\t\r\n '\",;"), st.characters(exclude_categories=["Cc", "Cs"]))),
                         min_size=2, max_size=2), max_size=4))  # fmt: skip
def test_r10_every_table_comes_back(rows: list[list[str]]) -> None:
    file = body(written(("a", "b"), rows)).decode("utf-8-sig")
    head, *back = read(file)
    assert head == ["a", "b"] and [[unguarded(c) for c in row] for row in back] == rows
    assert not any(c.lstrip(" \n").startswith(DANGEROUS) for row in back for c in row)


def test_control_characters_leave() -> None:
    assert guarded("a\x00b\x1b[31m\x85\ud800c") == "ab[31mc" and guarded("\x00=1") == "'=1"


@pytest.mark.parametrize("payload", (*HOSTILE, *FORMULAS))
def test_r10_no_field_of_an_issue_or_the_ledger_is_a_formula(payload: str) -> None:
    issue = hostile(payload)
    rows = [*table(issue), *read(csv_text(ledger(rows_of(issue))))]
    assert len(rows) > 3 and not any(c.lstrip(" \n").startswith(DANGEROUS) for row in rows for c in row)


def test_a_file_starts_with_a_byte_order_mark_and_lines_end_with_crlf() -> None:
    made = OUTPUTS["csv"].render(weekly(), "zh")
    assert made.startswith(b"\xef\xbb\xbf") and made.endswith(b"\r\n") and made.count(b"\n") == made.count(b"\r\n") == 5


def test_the_table_has_every_row_once_best_rated_first() -> None:
    head, *rows = table(weekly())
    assert head[:3] == ["rank", "rating", "title"] and [r[:2] for r in rows] == [
        ["1", "5"],
        ["2", "4"],
        ["3", "4"],
        ["4", "3"],
    ]
    assert rows[0][8:] == ["2606.90011", "2026-06-16"]
    assert rows[0][6].startswith("CTR +1.24% (online A/B, 10% of traffic for two weeks); GMV +0.83% (online A/B)")


def test_an_issue_without_a_complete_table_lists_its_items() -> None:
    head, *rows = table(daily(), "zh")
    assert len(rows) == len(daily().picks()) and head[0] == "序号"
    assert rows[0][1:4] == ["5", "Ostrelith 3 open weights", "Orrelune"]


def test_a_row_without_its_item_still_stands() -> None:
    issue = weekly()
    assert len(table(replace(issue, sections=issue.sections[:1]))) == 5


def test_r13_no_items_give_the_head_alone() -> None:
    assert len(table(replace(weekly(), rows=(), sections=()))) == 1


def test_the_ledger_keeps_numbers_numbers() -> None:
    head, *rows = read(csv_text(ledger(rows_of(weekly()))))
    assert tuple(head) == COLUMNS and len(rows) == 5
    by = [dict(zip(head, row, strict=True)) for row in rows]
    assert {(r["metric"], r["direction"], r["value"], r["unit"], r["hedge"]) for r in by} >= {
        ("p99 latency", "down", "11.1", "%", "up to"), ("CTR", "up", "1.24", "%", "")}  # fmt: skip
    assert all(float(r["value"]) > 0 for r in by)
