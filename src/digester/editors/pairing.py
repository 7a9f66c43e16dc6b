"""Pairs of articles of which code is in doubt, judged by models: one story or two. An embedding model says what it can
by the directions of both texts; a model that reads is asked about the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from digester.analysis import promotion, stories
from digester.domain.calls import Ask, Tally
from digester.domain.model import Item
from digester.domain.text import one_line
from digester.editors.answers import rows_of
from digester.ports import Model, Prompts, Unit

PER_CALL, TEXT = 20, 320
EMBEDDED = 600  # characters: some models read no more than 512 tokens


class Pairing:
    """Implements `ports.PairJudge`; without `prompts` there is no model that reads."""

    def __init__(self, model: Model, prompts: Prompts | None) -> None:
        self._model, self._prompts = model, prompts

    def judge(self, doubt: stories.Doubt, items: Mapping[str, Item]) -> Mapping[frozenset[str], bool]:
        ids = doubt.ids if doubt.pairs else []
        vectors = self._model.vectors([_told(items[i], EMBEDDED) for i in ids])
        found = stories.by_vectors(doubt, {i: v for i, v in zip(ids, vectors, strict=True) if v})
        rest = [(items[a], items[b]) for a, b in doubt.pairs if frozenset((a, b)) not in found]
        return found | (judged(self._model, partial(self._ask, self._prompts), rest) if self._prompts else {})

    def tally(self) -> Tally:
        return self._model.tally()

    def _ask(self, prompts: Prompts, task: str, units: Mapping[int, Unit]) -> Ask:
        return prompts.ask(task, units.items(), {}, self._model.marker)


def judged(
    model: Model, ask: Callable[[str, Mapping[int, Unit]], Ask], pairs: Sequence[tuple[Item, Item]]
) -> dict[frozenset[str], bool]:
    """By the ids of both what the model says; what it does not say is left to code."""
    units = {n: [("a", _told(a, TEXT)), ("b", _told(b, TEXT))] for n, (a, b) in enumerate(pairs, 1)}

    def take(n: int, row: Mapping[str, Any]) -> bool | None:
        same = row.get("same")
        return same if isinstance(same, bool) else None

    got = rows_of(model, units, lambda u: ask("pairs", u), take, PER_CALL, again=0)
    return {frozenset((pairs[n - 1][0].id, pairs[n - 1][1].id)): same for n, same in got.made.items()}


def _told(item: Item, most: int) -> str:
    entry = item.entry
    title = "" if promotion.addresses(entry.title) else entry.title
    return one_line(f"{title}. {promotion.without(entry.text, 0, promotion.addresses)}", most)
