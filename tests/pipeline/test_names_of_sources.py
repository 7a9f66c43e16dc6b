"""What a source is called where its item is told."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from digester.domain.ids import item_id
from digester.domain.model import Entry, Item
from digester.domain.sources import Source
from digester.pipeline.compose import Desk

NOW = datetime(2026, 6, 20, tzinfo=UTC)


def called(url: str, *tags: str, kind: str = "article") -> str:
    source = Source("board", "rss", "A Board", None, tags=tags)
    item = Item(item_id("board", "1"), "board", Entry("1", kind, url, "Ostrelith 3", ""), "w", ("w",), "h", NOW, NOW)  # type: ignore[arg-type]
    return Desk.name(cast(Desk, SimpleNamespace(sources={"board": source})), item)


@pytest.mark.parametrize(("url", "tags", "kind", "name"), [
    ("https://www.orrelune.example/ostrelith", ("community",), "article", "orrelune.example"),
    ("https://news.ycombinator.com/item?id=1", ("community",), "article", "A Board"),
    ("https://old.reddit.com/r/x", ("community",), "article", "A Board"),
    ("https://www.myproducthunt.com/x", ("community",), "article", "myproducthunt.com"),
    ("https://www.orrelune.example/ostrelith", ("labs", "mirror"), "article", "A Board"),
    ("https://github.com/orrelune/ostrelith", ("community",), "repository", "A Board"),
])  # fmt: skip
def test_a_link_board_says_nothing_of_what_it_points_at(url: str, tags: tuple[str, ...], kind: str, name: str) -> None:
    assert called(url, *tags, kind=kind) == name
