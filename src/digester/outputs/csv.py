"""The complete table of an issue as CSV, and how every table of this house becomes CSV.

RFC 4180: commas, quotes doubled, CRLF. Files are UTF-8 with a byte order mark, without which spreadsheets take Chinese
for Latin-1; read them as `utf-8-sig`. A cell that a spreadsheet would take for a formula gets an apostrophe in front,
which it does not show (OWASP, CSV Injection); `unguarded` takes it away again, so that nothing is lost. Numbers that
have a sign stand as a word (up, down) and a value, so that they stay numbers.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from digester.domain.cut import octets
from digester.domain.issue import Issue, Pick, Row
from digester.outputs._lines import Refs, references, safe
from digester.outputs._picks import figure
from digester.outputs._words import label, words

_FORMULA = re.compile(r"\A[\s']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")  # full-width signs, too: they count in East Asia
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # no spreadsheet shows them
_JOINT = "\u241f"  # the printable sign for a unit separator: in a cell it makes the row be looked at by cell
_RISKY = re.compile(rf"{_JOINT}[\s']*[=+\-@\uff1d\uff0b\uff0d\uff20]")
SIGNS: Mapping[str, str] = {"+": "up", "-": "down"}


def guarded(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if not text or text[0].isalnum():  # most cells
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a guarded cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text, every cell guarded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in head])
    writer.writerows(map(_guarded, rows))
    return text.getvalue()


def _guarded(row: Sequence[object]) -> Sequence[str]:
    """The row with every cell guarded; one in which nothing can be to guard, as most are, is not looked at by cell."""
    cells = ["" if cell is None else str(cell) for cell in row]
    told = _JOINT + _JOINT.join(cells)
    return cells if told.isprintable() and not _RISKY.search(told) else [guarded(cell) for cell in cells]


def body(text: str) -> bytes:
    """CSV text as the bytes of a file."""
    return codecs.BOM_UTF8 + octets(text)


class Csv:
    """One line an item: rank, rating, title, organisations, system, evidence, figures, address, arXiv id, day."""

    name: ClassVar[str] = "csv"
    media_type: ClassVar[str] = "text/csv"
    extension: ClassVar[str] = "csv"

    def render(self, issue: Issue, language: str) -> bytes:
        w, (refs, _) = words(language), references(issue, language)
        head = [w[k] for k in ("rank", "rating", "title", "organisation", "system", "evidence", "result", "address", "arxiv", "day")]  # fmt: skip
        rows = (_line(n, row, pick, language, refs) for n, (row, pick) in enumerate(_entries(issue), 1))
        return body(written(head, rows))


def _entries(issue: Issue) -> list[tuple[Row, Pick | None]]:
    """The lines of the complete table, best rated first, else in the order of the page; of an issue without such a table
    every item."""
    if not issue.rows:
        return [(_row(pick, s.slug), pick) for s in issue.sections for pick in s.picks]
    picks = {pick.work: pick for pick in reversed(issue.picks())}
    order = {section.slug: place for place, section in enumerate(issue.sections)}
    rows = sorted(issue.rows, key=lambda r: (-r.rating, order.get(r.section, len(order))))
    return [(row, picks.get(row.work)) for row in rows]


def _row(pick: Pick, section: str) -> Row:
    day = pick.announced_at or (pick.published_at.date() if pick.published_at else None)
    names = tuple(o.name for o in pick.organisations)
    return Row(pick.work, pick.title, pick.url, pick.rating, names, pick.facts.get("evidence", ""), section, day)


def _line(rank: int, row: Row, pick: Pick | None, language: str, refs: Refs) -> list[object]:
    scheme, _, number = row.work.partition(":")
    return [
        rank, row.rating or "", row.title, "; ".join(dict.fromkeys(refs.term(o, language) for o in row.organisations)),
        pick.facts.get("system", "") if pick else "", label("ev", row.evidence, language) if row.evidence else "",
        "; ".join(_figures(pick, language, refs)) if pick else "", safe(row.url), number if scheme == "arxiv" else "",
        row.announced_at.isoformat() if row.announced_at else "",
    ]  # fmt: skip


def _figures(pick: Pick, language: str, refs: Refs) -> list[str]:
    """`CTR +1.24% (online A/B, 10% of traffic)`: a figure never without its evidence."""
    w, told = words(language), (figure(claim, language, refs) for claim in pick.claims)
    return [
        f"{f.metric} {f.value}{w['open']}{w['comma'].join(t for t in (f.evidence, f.scope) if t)}{w['close']}"
        for f in told
    ]
