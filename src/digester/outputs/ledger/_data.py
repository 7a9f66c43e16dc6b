"""The A/B ledger as data: CSV for spreadsheets, JSON for programs. docs/ledger.md describes the columns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from digester.analysis.ledger import as_plain
from digester.domain.cut import octets
from digester.domain.results import Result
from digester.outputs import _format as fmt
from digester.outputs.csv import SIGNS, written

COLUMNS = (
    "day", "organisation", "system", "surface", "metric", "direction", "value", "unit", "hedge", "traffic", "days", "scope",
    "evidence", "quotation", "link", "title", "work", "issue", "also_in",
)  # fmt: skip


def csv_text(rows: Iterable[Result]) -> str:
    """The rows as CSV; the sign of a figure is the column `direction` (up, down), so that `value` stays a number."""
    return written(COLUMNS, (_cells(r) for r in rows))


def _cells(r: Result) -> list[object]:
    return [
        r.day, "; ".join(r.organisations), r.system, "; ".join(r.surfaces), r.metric, SIGNS.get(r.sign, ""), r.value, r.unit,
        r.hedge, r.traffic, r.days, r.scope, r.evidence, r.quotation, r.url, r.title, r.work, r.issue, "; ".join(r.later),
    ]  # fmt: skip


def plain(rows: Iterable[Result]) -> list[dict[str, Any]]:
    """The rows as values that JSON has, with the figure as English pages print it."""
    return [{**as_plain(r), "figure": fmt.figure(r, "en")} for r in rows]


def _row(r: Result) -> dict[str, Any]:
    row = {**vars(r), "figure": fmt.figure(r, "en")}
    del row["mark"]
    return row


def json_body(rows: Iterable[Result]) -> bytes:
    """Canonical bytes: keys sorted, a line a row."""
    encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False).encode
    lines = ",\n".join(encode(_row(r)) for r in rows)
    return octets(f"[\n{lines}\n]\n")
