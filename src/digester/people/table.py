"""A table of addresses as other programs write it, to entries; each line that holds none is refused by itself.

RFC 4180, also with semicolons or tabs, and as `outputs.csv` writes it: what was guarded from spreadsheets is itself again. A
`standing` column is ours: who is suppressed in the list that a file was exported from stays so.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digester.domain.subscribers import NoAddress, Standing, address_of
from digester.outputs.csv import unguarded

LANGUAGES = ("en", "zh")
HEADS = ("address", "email", "e-mail", "email address", "邮箱", "邮箱地址", "电子邮件")
DELIMITERS = (",", "\t", ";")
LOOKED_AT = 20  # rows by which the delimiter is found
QUOTED = 50  # lines that one field in quotes may run over
SHOWN = 80  # characters of what is refused


@dataclass(frozen=True)
class Refusal:
    """A line that was left out: its number, what stood where the address should, why."""

    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text!r} {self.reason}"


@dataclass(frozen=True)
class Entry:
    address: str
    languages: tuple[str, ...]
    standing: Standing = "active"
    why: str = ""


def languages_of(text: str) -> tuple[str, ...]:
    """`en;zh`, `zh-CN`, each once. Raises NoAddress for what no issue is written in."""
    named = [re.split(r"[-_]", word)[0].lower() for word in re.split(r"[;,|/\s]+", text) if word]
    if unknown := [x for x in named if x not in LANGUAGES]:
        raise NoAddress(f"has the language {unknown[0][:20]!r}; there are {' and '.join(LANGUAGES)}")
    return tuple(dict.fromkeys(named))


def table(octets: bytes) -> tuple[list[Entry], list[Refusal]]:
    """Addresses of a CSV file, with a head line or without, and the lines that hold none. UTF-8, or UTF-16 with its mark."""
    wide = octets.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = octets.decode("utf-16", "replace") if wide else octets.decode("utf-8", "surrogateescape")
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    delimiter = _delimiter(lines)
    head: Mapping[str, int] | None = None
    entries: list[Entry] = []
    refused: list[Refusal] = []
    for number, cells in _rows(lines, delimiter, refused):
        if head is None:
            head = _head(cells)
            if "address" in head:
                continue
        try:
            entries.append(_entry(cells, head))
        except NoAddress as err:
            refused.append(Refusal(number, _shown(_cell(cells, head, "address", _first(cells))), str(err)))
    return entries, sorted(refused, key=lambda r: r.line)


def _delimiter(lines: Sequence[str]) -> str:
    """By which the first lines fall into cells one of which is an address, or the head of its column."""
    for line in [x for x in lines if x.strip()][:LOOKED_AT]:
        for sign in DELIMITERS:
            cells = next(csv.reader([line[:1000]], delimiter=sign), [])
            if any(c.strip().lower() in HEADS or _is_address(c) for c in cells):
                return sign
    return DELIMITERS[0]


def _rows(lines: Sequence[str], delimiter: str, refused: list[Refusal]) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of rows that are not empty. A quote that is never closed costs its own line only."""
    at = 0
    while at < len(lines):
        number, row = at + 1, lines[at]
        at += 1
        if not row.strip():
            continue
        try:
            yield number, _cells(row, delimiter)
            continue
        except csv.Error as err:
            reason = f"is no row of a table: {err}"
        end = next((i for i in range(at, min(at + QUOTED, len(lines))) if lines[i].count('"') % 2), None)
        try:
            if row.count('"') % 2 and end is not None:
                yield number, _cells("\n".join(lines[number - 1 : end + 1]), delimiter)
                at = end + 1
                continue
        except csv.Error:
            pass
        refused.append(Refusal(number, _shown(row), reason))


def _cells(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text], delimiter=delimiter, strict=True), [])


def _head(cells: Sequence[str]) -> dict[str, int]:
    """Columns by name; empty when the first row is no head."""
    names = [c.strip().lower() for c in cells]
    if (address := next((i for i, n in enumerate(names) if n in HEADS), None)) is None:
        return {}
    spelled = {"languages": ("languages", "language"), "standing": ("standing",), "why": ("why",)}
    found = {own: i for own, ways in spelled.items() for i, n in enumerate(names) if n in ways}
    return {"address": address, **found}


def _entry(cells: Sequence[str], head: Mapping[str, int]) -> Entry:
    """Raises NoAddress. Without a head the second cell counts where it names languages."""
    address = address_of(unguarded(_cell(cells, head, "address", _first(cells))))
    if not head:
        return Entry(address, _perhaps(cells[1] if len(cells) > 1 else ""))
    standing = _cell(cells, head, "standing").strip().lower() or "active"
    if standing not in ("active", "suppressed"):
        raise NoAddress(f"has the standing {standing[:20]!r}; it is active or suppressed")
    why = unguarded(_cell(cells, head, "why")).strip()[:60]
    return Entry(address, languages_of(_cell(cells, head, "languages")), standing, why)  # type: ignore[arg-type]


def _perhaps(text: str) -> tuple[str, ...]:
    try:
        return languages_of(text)
    except NoAddress:
        return ()


def _cell(cells: Sequence[str], head: Mapping[str, int], name: str, otherwise: str = "") -> str:
    return (cells[head[name]] if head[name] < len(cells) else "") if name in head else otherwise


def _first(cells: Sequence[str]) -> str:
    return next((c for c in cells if "@" in c), cells[0] if cells else "")


def _is_address(text: str) -> bool:
    try:
        return bool(address_of(unguarded(text)))
    except NoAddress:
        return False


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:SHOWN]
