"""Tables with a column for each measure, as the extractor tells them: `Ours, CTR: +1.24%; GMV: +0.87%`.

Few of their rows are results of the paper: beside its own stand rivals, variants, levels, intervals and places. So a
table is read in two forms only, and left unread where anything is in doubt:

    measures across    one row is the paper's own system or says the difference, and all its cells are signed
    measures down      one column says the difference, and all its cells are signed

Columns (or rows) are measures when half of those with signed cells at least are called as measures are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digester.analysis import metrics
from digester.analysis.claims import rows

LONGEST = 700  # characters of a row
_CELL = re.compile(r"(?P<head>[^:;]{1,120}): (?P<cell>[^:;]{1,60})\Z")
_DIFFERENCE = (
    r"(?:(?:online|A/B(?: test)?|relative|rel\.?|absolute|abs\.?|average|avg\.?|mean|overall|total|observed|%) ){0,4}"
    r"(?:Δ ?%?|delta|(?:up)?lifts?|improvements?|improv\.|impr\.|gains?|changes?|diff(?:erence)?s?\.?|increments?|相对提升|提升|变化)"
)
_AGAINST = r"(?: ?\(%\))?(?: (?:over|vs\.?|versus|against|to|from|relative to|compared (?:to|with)) [\w .,/-]{2,40})?(?: ?\(%\))?"
_SAYS = re.compile(rf"(?:the )?{_DIFFERENCE}{_AGAINST}\Z", re.IGNORECASE)
_OURS = re.compile(
    r"(?:ours?|our (?:method|model|system|approach|framework)|(?:the )?proposed(?: (?:method|model|system|approach|framework))?)"
    r"(?: (?:vs\.?|versus|against|over) [\w .,/-]{2,40})?\Z|"
    r"本文(?:方法|模型|系统)?\Z|我们的(?:方法|模型|系统)\Z|"
    r"(?:treatment|test|experiment(?:al)?)(?: group| arm)? (?:vs\.?|versus|against|over) (?:the )?(?:control|base(?:line)?|production)(?: group| arm)?\Z",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?P<name>[^()]{1,60}?) ?\((?:ours?|this (?:work|paper)|proposed)\)\Z", re.IGNORECASE)
_BESIDE = re.compile(  # columns and rows that hold no result
    r"\bp[- ]?val(?:ue)?s?\b|\bp\Z|\bCIs?\b|\bconf(?:idence|\.)|\binterval|\bstd\b|\bs\.?e\.?\Z|\bstandard|\bsignifican|\bt-stat|\bz-score|"
    r"\bsamples?\b|\A(?:(?:test|experiment) )?(?:traffic|days|duration|period|dates?)\Z|\bparam(?:eter)?s?\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:(?:up to|about|over|at least|at most) )?[+\u2212-] ?\d")
_BLANK = re.compile(
    r"(?:[-\u2013\u2014/*†‡.]{0,6}|n/?a|n\.?s\.?|[+\u2212-]?0(?:\.0{1,6})?\s?(?:%|pp)?[*†‡]{0,3}|base(?:line)?|control)\Z",
    re.IGNORECASE,
)
_EDGE = re.compile(r"(?: ?\(%\)| ?[↑↓]){1,3}\Z")

Told = tuple[int, str, str]  # number of the row, measure, cell


@dataclass(frozen=True)
class Row:
    """A row without its header: its label, and its cells by the heads of their columns."""

    label: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """A result: the number of its row in the table, and the row of two columns that it would be."""

    row: int
    sentence: str


def parts(sentence: str) -> list[tuple[str, str]]:
    """(head, cell) of each column, the label of the row still before the first head; [] for what is no such row."""
    if len(sentence) > LONGEST or ", " not in sentence.partition(":")[0]:
        return []
    found = [_CELL.match(part) for part in sentence.split("; ")]
    return [(m["head"], m["cell"]) for m in found if m] if all(found) else []


def table(given: Sequence[list[tuple[str, str]]]) -> list[Row]:
    """The rows with their labels told from the head of their first column; [] where they do not fit one header."""
    ends: Counter[str] = Counter()
    for row in given:
        words = row[0][0].split(", ")
        ends.update(", ".join(words[i:]) for i in range(1, len(words)))
    heads = {head for row in given for head, _ in row[1:]} | {max(ends, key=lambda e: (ends[e], -len(e)), default="")}
    found = [_row(row, heads) for row in given]
    return [row for row in found if row] if all(found) else []


def _row(given: list[tuple[str, str]], heads: set[str]) -> Row | None:
    words = given[0][0].split(", ")
    for i in range(len(words) - 1, 0, -1):
        if (head := ", ".join(words[i:])) in heads:
            cells = {head: given[0][1], **dict(given[1:])}
            return Row(", ".join(words[:i]), cells) if len(cells) == len(given) else None
    return None


def results(rows_: Sequence[Row], own: str) -> Iterator[Cell]:
    """The paper's own results. `own` is the name of its system, "" when none is known."""
    heads = list(dict.fromkeys(head for row in rows_ for head in row.cells))
    says = [h for h in heads if is_difference(h)]
    if len(says) == 1:
        yield from _down(rows_, says[0])
    elif not says:
        yield from _across(rows_, own)


def _down(rows_: Sequence[Row], head: str) -> Iterator[Cell]:
    told = [
        (n, row.label, row.cells[head])
        for n, row in enumerate(rows_)
        if head in row.cells and not _BESIDE.search(row.label)
    ]
    if _all_signed([cell for _, _, cell in told]) and len({label for _, label, _ in told}) == len(told):
        yield from _measured(told)


def _across(rows_: Sequence[Row], own: str) -> Iterator[Cell]:
    found = [told for n in range(len(rows_)) if (told := _signed_row(rows_, n, own))]
    if len(found) == 1:
        yield from _measured(found[0])


def _signed_row(rows_: Sequence[Row], n: int, own: str) -> list[Told]:
    """The cells of a row of results; [] for one of rivals, of levels, or in a column of levels."""
    says, label = _SAYS.match(rows_[n].label), rows_[n].label
    told = [(n, head, cell) for head, cell in rows_[n].cells.items() if not _BESIDE.search(head)]
    if not (says or is_own(label, own)) or not _all_signed([cell for _, _, cell in told]):
        return []
    others = [row.cells.get(head, "") for row in rows_ for _, head, _ in told if row is not rows_[n]]
    return told if says or all(_SIGNED.match(c) or _BLANK.match(c) for c in others) else []


def is_own(label: str, own: str) -> bool:
    """Whether a row is called as the paper's system is: no variant of it, no rival."""
    marked = _MARKED.match(label)
    return bool(_OURS.match(label) or marked or (own and label.casefold() == own.casefold()))


def is_difference(head: str) -> bool:
    """Whether a row or a column is called a difference: `Relative lift (%)`, `Δ`, `Change vs. control`."""
    return bool(_SAYS.match(_bare(head))) and not _BESIDE.search(head)


def _all_signed(cells: Sequence[str]) -> bool:
    """A cell without a sign is a level, and then the signs of the others may be those of levels, too."""
    return any(_SIGNED.match(c) for c in cells) and all(_SIGNED.match(c) or _BLANK.match(c) for c in cells)


def _measured(told: Sequence[Told]) -> Iterator[Cell]:
    signed = [(n, _bare(name), cell) for n, name, cell in told if _SIGNED.match(cell)]
    families = [rows.family(name) for _, name, _ in signed if metrics.find(name)]
    if 2 * len(families) >= len(signed):
        yield from (Cell(n, f"{name}: {cell}") for n, name, cell in signed if rows.family(name) != "offline")


def _bare(head: str) -> str:
    """A head without unit and arrow: `CTR (%) ↑` is CTR."""
    return _EDGE.sub("", head).strip()
