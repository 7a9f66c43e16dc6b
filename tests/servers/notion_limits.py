"""The limits of a request to Notion, checked as it does: what is wrong raises Bad. And what a reader sees of blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_TEXTS = ("paragraph", "quote", "heading_2", "heading_3", "bulleted_list_item")
_OPEN = ("bulleted_list_item", "table", "paragraph", "quote")
Json = dict[str, Any]


class Bad(Exception):
    """What Notion calls a validation error."""


def check_children(children: Any, depth: int = 0) -> None:
    """The limits of a request and of every block in it."""
    if depth == 0 and len(json.dumps(children, ensure_ascii=False).encode()) > 500_000:
        raise Bad("payload is larger than 500 KB")
    if depth == 0 and sum(1 for _ in every(children)) > 1000:
        raise Bad("more than 1000 blocks")
    if not isinstance(children, list) or not 0 < len(children) <= 100:
        raise Bad(f"children.length should be ≤ `100`, instead was `{len(children)}`")
    if depth > 2:
        raise Bad("nested deeper than two levels")
    for block in children:
        check_block(block, depth)


def check_block(block: Json, depth: int) -> None:
    kind = block["type"]
    inner = block[kind]
    if set(block) != {"object", "type", kind}:
        raise Bad("block")
    if kind in _TEXTS:
        check_rich(inner["rich_text"])
    elif kind == "equation":
        check_expression(inner)
    elif kind == "table":
        widths = {len(row["table_row"]["cells"]) for row in inner["children"]}
        if widths != {inner["table_width"]}:
            raise Bad("Number of cells in table row must match the table width")
    elif kind == "table_row":
        for cell in inner["cells"]:
            check_rich(cell)
    elif kind != "divider":
        raise Bad(f"type {kind}")
    if "children" in inner:
        if kind not in _OPEN:
            raise Bad(f"{kind} has no children")
        check_children(inner["children"], depth + 1)


def check_rich(pieces: Any) -> None:
    if not isinstance(pieces, list) or len(pieces) > 100:
        raise Bad("rich_text.length should be ≤ `100`")
    for piece in pieces:
        if piece["type"] == "equation":
            check_expression(piece["equation"])
            continue
        if len16(piece["text"]["content"]) > 2000:
            raise Bad("text.content.length should be ≤ `2000`")
        url = (piece["text"].get("link") or {}).get("url", "http://x.example")
        if len16(url) > 2000 or not url.startswith(("http://", "https://")) or not url.isprintable() or " " in url:
            raise Bad("Invalid URL for link.")


def check_expression(inner: Json) -> None:
    if not 0 < len16(inner["expression"]) <= 1000:
        raise Bad("equation.expression.length should be ≤ `1000`")


def len16(text: str) -> int:
    """The length that JavaScript gives."""
    return len(text.encode("utf-16-le")) // 2


def every(blocks: list[Json]) -> Iterator[Json]:
    """Blocks and the blocks under them, in reading order."""
    for block in blocks:
        yield block
        yield from every(block[block["type"]].get("children", []))


def text_of(blocks: list[Json]) -> str:
    """What can be read, a block a line, cells parted by bars."""
    return "\n".join(_line(block) for block in every(blocks))


def _line(block: Json) -> str:
    inner = block[block["type"]]
    if block["type"] == "table_row":
        return " | ".join(read(cell) for cell in inner["cells"])
    return f"${inner['expression']}$" if block["type"] == "equation" else read(inner.get("rich_text", []))


def read(pieces: list[Json]) -> str:
    return "".join(
        f"${p['equation']['expression']}$" if p["type"] == "equation" else p["text"]["content"] for p in pieces
    )
