"""Blocks of a Notion page, and how they are parted into requests.

Limits are those of developers.notion.com, Request limits and Append block children: 100 children in an array, 1,000 blocks
and 500 KB in a request, two levels of nesting (one is used here). What would be longer becomes several blocks: a paragraph
goes on in the next one, a table begins again with its header.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from digester.channels._notion.rich import Cell, Piece, groups, plain, rich

Block = dict[str, Any]
CHILDREN = 100
BLOCKS = 1_000
OCTETS = 400_000  # of a request, whose limit is 500 KB
_NESTED = 200_000  # octets of the children of one block


def encoded(value: object) -> bytes:
    """As it goes out: half a character (a lone surrogate) has no octets and becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "replace")


def paragraph(pieces: Iterable[Piece]) -> list[Block]:
    """Text; a formula that stands for itself becomes a block between two paragraphs."""
    made: list[Block] = []
    open_: list[Piece] = []
    for piece in pieces:
        if piece.formula == "block":
            made += [*_texts("paragraph", open_), _block("equation", {"expression": piece.content})]
            open_ = []
        else:
            open_.append(piece)
    return [*made, *_texts("paragraph", open_)]


def quote(pieces: Iterable[Piece]) -> list[Block]:
    return _texts("quote", pieces)


def heading(level: int, pieces: Sequence[Piece]) -> list[Block]:
    return [_block(f"heading_{level}", {"rich_text": told})] if (told := rich(pieces)) else []


def bullets(pieces: Iterable[Piece], children: Sequence[Block] = ()) -> list[Block]:
    """A line of a list with the lines under it; more than one block holds are under the same line again."""
    made = _texts("bulleted_list_item", pieces)
    if not made or not children:
        return made
    last = made.pop()
    for some in _filled(children, CHILDREN, _NESTED):
        made.append(_block("bulleted_list_item", {**last["bulleted_list_item"], "children": some}))
    return made


def divider() -> Block:
    return _block("divider", {})


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> list[Block]:
    """A table with a header row; several when one would hold too much. Every row has as many cells as the header."""
    head = _row([plain(name) for name in header])
    made = []
    for some in _filled((_row(row) for row in rows), CHILDREN - 1, _NESTED):
        inner = {"table_width": len(header), "has_column_header": True, "has_row_header": False}
        made.append(_block("table", {**inner, "children": [head, *some]}))
    return made


def requests(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks in order, in as few requests as the limits allow."""
    some: list[Block] = []
    number = octets = 0
    for block in blocks:
        its, size = 1 + len(block[block["type"]].get("children", ())), len(encoded(block)) + 1
        if some and (len(some) == CHILDREN or number + its > BLOCKS or octets + size > OCTETS):
            yield some
            some, number, octets = [], 0, 0
        some.append(block)
        number, octets = number + its, octets + size
    if some:
        yield some


def _filled(blocks: Iterable[Block], most: int, octets: int) -> Iterator[list[Block]]:
    some: list[Block] = []
    size = 0
    for block in blocks:
        its = len(encoded(block))
        if some and (len(some) == most or size + its > octets):
            yield some
            some, size = [], 0
        some.append(block)
        size += its
    if some:
        yield some


def _texts(kind: str, pieces: Iterable[Piece]) -> list[Block]:
    return [_block(kind, {"rich_text": rich(some)}) for some in groups(pieces)]


def _row(cells: Sequence[Cell]) -> Block:
    return _block("table_row", {"cells": [rich(cell) for cell in cells]})


def _block(kind: str, inner: dict[str, Any]) -> Block:
    return {"object": "block", "type": kind, kind: inner}
