"""Pairs of articles of which code is in doubt, judged by a model: one story or two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from digester.analysis import promotion
from digester.domain.calls import Ask
from digester.domain.model import Item
from digester.domain.text import one_line
from digester.editors.answers import rows_of
from digester.ports import Model, Unit

PER_CALL, TEXT = 20, 320


def judged(
    model: Model, ask: Callable[[str, Mapping[int, Unit]], Ask], pairs: Sequence[tuple[Item, Item]]
) -> dict[frozenset[str], bool]:
    """By the ids of both what the model says; what it does not say is left to code."""
    units = {n: [("a", _told(a)), ("b", _told(b))] for n, (a, b) in enumerate(pairs, 1)}

    def take(n: int, row: Mapping[str, Any]) -> bool | None:
        same = row.get("same")
        return same if isinstance(same, bool) else None

    got = rows_of(model, units, lambda u: ask("pairs", u), take, PER_CALL, again=0)
    return {frozenset((pairs[n - 1][0].id, pairs[n - 1][1].id)): same for n, same in got.made.items()}


def _told(item: Item) -> str:
    entry = item.entry
    title = "" if promotion.addresses(entry.title) else entry.title
    return one_line(f"{title}. {promotion.without(entry.text, 0, promotion.addresses)}", TEXT)
