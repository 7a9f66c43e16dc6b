"""Finds words of a table of classes: name -> (English expressions, Chinese words), alternatives divided by bars.

One expression without groups looks for all of them at once, in small letters, so that the engine can skip by first
letter; which class a find belongs to is asked once for each form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

Find = Callable[[str], list[tuple[str, int]]]


def finder(table: Mapping[str, tuple[str, str]]) -> Find:
    """A function from a text to (class, place)."""
    english = re.compile(rf"\b(?:{'|'.join(e for e, _ in table.values())})\b")
    chinese = re.compile("|".join(c for _, c in table.values()))
    forms = [(name, re.compile(rf"(?:{e})|(?:{c})")) for name, (e, c) in table.items()]

    @lru_cache(10_000)
    def of(form: str) -> str:
        return next((name for name, expression in forms if expression.fullmatch(form)), "")

    def find(text: str) -> list[tuple[str, int]]:
        small = text.lower()
        found = [(of(m[0]), m.start()) for m in english.finditer(small)]
        if not small.isascii():
            found += [(of(m[0]), m.start()) for m in chinese.finditer(small)]
        return [(name, place) for name, place in found if name]

    return find
