"""The tables in which a paper prints its results, cut to a size that a note holds; cells as they stand.

A table of results has figures, and its caption or its heading speaks of tests; tables of settings, data or symbols are
none. Tests on users come first, then tables that name the work itself. Rows and columns that are cut are never the
paper's own row or the column of differences, and how many there were is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digester.analysis import evidence as levels
from digester.analysis import gate, promotion
from digester.analysis.claims import columns
from digester.domain.model import Passage, Support, TextTable
from digester.domain.notes import ResultTable
from digester.editors.notes._page import NOWHERE, TESTS, Page

MOST, ROWS, COLUMNS = 3, 12, 6
CAPTION, CELL = 300, 80  # characters
FIGURES = 2  # cells with a figure at least
_SETTINGS = re.compile(
    r"\b(?:statistics|hyper-?param\w+|settings?|notations?|symbols?|examples?|case stud\w+|prompts?|templates?|schedule|"
    r"summary of (?:the )?data|data ?sets? (?:used|summary)|features? (?:used|list)|list of|taxonomy|glossary|configurations? of)\b|"
    r"统计|超参|符号|示例",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\b(?:results?|performance|comparisons?|compared|lifts?|gains?|improvements?|A/B|online|offline|ablations?|against|versus|vs)\b|"
    r"结果|对比|提升|线上|离线|消融",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


def of(page: Page) -> tuple[ResultTable, ...]:
    """At most MOST tables, in the order of the text; none of which a cell is not in the text as it may be printed."""
    e = page.brief.evidence
    stored = {p.text: p for p in e.passages}
    system = page.brief.reading.system
    found: list[tuple[tuple[bool, bool, int], ResultTable]] = []
    for section in e.full_text.sections if e.full_text else ():
        passage = stored.get(f"{section.heading}. {section.text}") or stored.get(section.text)
        for table in section.tables if passage and not NOWHERE.search(section.heading) else ():
            made = _made(table, passage, system) if passage and _is_of_results(table, section.heading) else None
            if made:
                live = levels.level_of(table.caption) or levels.level_of(section.heading)
                own = any(_is_own(row[0], system) for row in table.rows)
                found.append(((live != "online_ab", not own, len(found)), made))
    chosen = sorted(found, key=lambda f: f[0])[:MOST]
    return tuple(made for _, made in sorted(chosen, key=lambda f: f[0][2]))


def _is_of_results(table: TextTable, heading: str) -> bool:
    told = TESTS.search(heading) or _RESULTS.search(table.caption)
    figures = sum(bool(re.search(r"\d", cell)) for row in table.rows for cell in row[1:])
    labels = [row[0] for row in table.rows if _LETTER.search(row[0])]
    return bool(told and figures >= FIGURES and labels) and not _SETTINGS.search(table.caption)


def _made(table: TextTable, passage: Passage, system: str) -> ResultTable | None:
    """The table with its place; None where it promotes, has cells like paragraphs or is not told by its passage."""
    width = max(len(row) for row in table.rows)
    rows = _chosen([_is_own(row[0], system) for row in table.rows], ROWS)
    head = table.head or ("",) * width
    across = _chosen([i == 0 or columns.is_difference(h) for i, h in enumerate(head)], COLUMNS)
    caption = table.caption if len(table.caption) <= CAPTION else ""
    kept = tuple(_row(table.rows[r], across) for r in rows)
    head = _row(table.head, across) if table.head else ()
    said = [cell for row in (head, *kept) for cell in row]
    if any(len(cell) > CELL or "http" in cell for cell in said) or any(
        promotion.is_promotion(t) for t in (caption, *said) if t
    ):
        return None
    support = _place(passage, caption or next(row[0] for row in table.rows if row[0]))
    made = ResultTable(caption, head, kept, len(table.rows), width, support) if support else None
    readable = promotion.readable("", [passage])
    return made if made and gate.table(made, readable) else None


def _is_own(label: str, system: str) -> bool:
    return columns.is_own(label, system) or columns.is_difference(label)


def _chosen(must: Sequence[bool], most: int) -> list[int]:
    """At most `most` places in order: those that must stand, and the first of the others."""
    ranked = sorted(range(len(must)), key=lambda i: (not must[i], i))
    return sorted(ranked[:most])


def _row(cells: Sequence[str], across: Sequence[int]) -> tuple[str, ...]:
    return tuple(cells[i] if i < len(cells) else "" for i in across)


def _place(passage: Passage, words: str) -> Support | None:
    at = passage.text.find(words)
    return Support(passage.id, at, at + len(words), "table") if at >= 0 else None
