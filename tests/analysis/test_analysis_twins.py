"""T04: the same title in letters that look alike is one story, and is printed as its source wrote it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from tests.analysis.test_analysis_stories import OTHERS, RELEASE, groups

from digester.domain.model import Item
from digester.domain.text import fold


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def mathematical(text: str) -> str:
    return "".join(
        chr(0x1D400 + ord(c) - 65) if c.isupper() else chr(0x1D41A + ord(c) - 97) if c.isascii() and c.islower() else c
        for c in text
    )


def twin(item: Item, write: object) -> Item:
    entry = replace(item.entry, external_id="t", url="https://t.example/", title=write(item.entry.title))  # type: ignore[operator]
    return replace(
        item, id="t", source_id="src-t", work="url:https://t.example/", refs=("url:https://t.example/",), entry=entry
    )


@pytest.mark.parametrize("write", [wide, mathematical, str.upper, lambda t: unicodedata.normalize("NFD", t)])
def test_t04_titles_in_twin_letters_are_one_story(write: object) -> None:
    first = RELEASE[0]
    other = twin(first, write)
    assert frozenset({"a", "t"}) in groups([first, other, *OTHERS])


@pytest.mark.parametrize("write", [wide, mathematical])
def test_t04_twins_are_alike_for_comparison_only(write: object) -> None:
    title = "Orrelune Releases"
    assert fold(write(title)) == fold(title) and write(title) != title  # type: ignore[operator]
