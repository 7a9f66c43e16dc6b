"""Tables of LaTeXML pages, as they stand and as sentences, one a row, so that a figure in a cell can be quoted with its column.

Two columns read "label: value."; more read "label, header: value; header: value.". Spans are filled, header
rows of several levels joined. What has no header row is read by its first row all the same when that one
holds no figure.
"""

from __future__ import annotations

import re
from typing import Any

from digester.domain.model import TextTable
from digester.domain.text import plain
from digester.fulltext import _tree

MAX_ROWS, MAX_COLUMNS = 200, 40
Row = list[str]


def read(table: Any) -> tuple[Row, list[Row]]:
    """The header, [] for none, and the rows."""
    heads, rows = _parts(table)
    return _joined(heads), rows


def sentences(header: Row, rows: list[Row]) -> list[str]:
    return [s for row in rows if (s := _sentence(header, row))]


def kept(table: Any, header: Row, rows: list[Row]) -> TextTable | None:
    """The table with its caption; None for what has one column, no rows, or more of either than is read."""
    width = max((len(row) for row in rows), default=0)
    if not 1 < width < MAX_COLUMNS or len(rows) >= MAX_ROWS - 1:
        return None
    floats = (a for a in table.iterancestors() if _tree.has_class(a, "ltx_table") and _is_caption(a[0]))
    caption = next((plain(_tree.raw_text(a[0])) for a in floats), "")
    return TextTable(caption, tuple(header), tuple(tuple(row) for row in rows))


def captions_first(root: Any) -> None:
    """Puts captions that are printed below their tables in front of them: what is told of rows stands before them."""
    for figure in _tree.with_class(root, "ltx_table"):
        if (caption := next((c for c in figure if _is_caption(c)), None)) is not None:
            figure.insert(0, caption)


def _is_caption(element: Any) -> bool:
    return isinstance(element.tag, str) and _tree.has_class(element, "ltx_caption")


def _parts(table: Any) -> tuple[list[Row], list[Row]]:
    """Header rows and body rows with spans filled."""
    elements = [e for e in table.iter() if isinstance(e.tag, str) and _is_row(e)][:MAX_ROWS]
    grid = _filled([[c for c in row.iter() if _is_cell(c)] for row in elements])
    count = 0
    while count < len(elements) - 1 and _is_head(elements[count]):
        count += 1
    if not count and len(grid) > 1 and not any(re.search(r"\d", cell) for cell in grid[0]) and all(grid[0][1:]):
        count = 1
    return grid[:count], grid[count:]


def _is_row(element: Any) -> bool:
    return element.tag == "tr" or _tree.has_class(element, "ltx_tr")


def _is_cell(element: Any) -> bool:
    return element.tag in ("td", "th") or (isinstance(element.tag, str) and _tree.has_class(element, "ltx_td"))


def _is_head(row: Any) -> bool:
    cells = [c for c in row.iter() if _is_cell(c)]
    filled = [c for c in cells if plain(_tree.raw_text(c))]
    return any(a.tag == "thead" for a in row.iterancestors()) or (
        bool(filled)
        and all(
            (c.tag == "th" and not _tree.has_class(c, "ltx_th_row")) or _tree.has_class(c, "ltx_th_column")
            for c in filled
        )
    )


def _filled(rows: list[list[Any]]) -> list[Row]:
    """Cells repeated over the rows, headers also over the columns, that they span."""
    grid: list[Row] = []
    hanging: dict[int, tuple[int, str]] = {}
    for cells in rows:
        row: Row = []
        for cell in cells:
            _hang(row, hanging)
            text, down = plain(_tree.raw_text(cell)), _span(cell, "rowspan")
            for i in range(_span(cell, "colspan")):
                told = text if i == 0 or cell.tag == "th" else ""  # a wide body cell is said once
                if down > 1:
                    hanging[len(row)] = (down, told)
                row.append(told)
        _hang(row, hanging)
        hanging = {column: (left - 1, text) for column, (left, text) in hanging.items() if left > 1}
        grid.append(row[:MAX_COLUMNS])
    return grid


def _hang(row: Row, hanging: dict[int, tuple[int, str]]) -> None:
    """Adds what hangs down from rows above into the next free columns."""
    while len(row) in hanging and len(row) < MAX_COLUMNS:
        row.append(hanging[len(row)][1])


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value[:3]), MAX_COLUMNS)) if value.isascii() and value.isdigit() else 1


def _joined(heads: list[Row]) -> Row:
    """One header a column out of several levels, without doubles."""
    width = max((len(row) for row in heads), default=0)
    return [" ".join(dict.fromkeys(row[i] for row in heads if i < len(row) and row[i])) for i in range(width)]


def _sentence(header: Row, row: Row) -> str:
    label, cells = (row[0], list(enumerate(row))[1:]) if row else ("", [])
    if len(row) == 2:
        return _ended(f"{label}: {row[1]}" if label and row[1] else label or row[1])
    told = [f"{header[i]}: {cell}" if i < len(header) and header[i] else cell for i, cell in cells if cell]
    return _ended(f"{label}, {'; '.join(told)}" if label and told else label or "; ".join(told))


def _ended(text: str) -> str:
    return f"{text}." if text and text[-1] not in ".?!。" else text
