"""A model that is never asked: it counts what would be, for a forecast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digester.domain.calls import Answer, Ask, ModelFault, Price, Tally, Usage
from digester.llm.client import Provider
from digester.llm.ledger import asked_id, judged, mark_of, marker_of, workspace_key
from digester.llm.prompts import OVERHEAD
from digester.llm.usage import at_most
from digester.ports import Heard, Ledger, nobody

NOT_ASKED = ModelFault("budget", "a forecast asks nothing")


class CountingModel:
    """Implements `ports.Model` over a ledger that is only read. Tokens are estimates: of the input rather too many, of
    the answers what rows may have at most."""

    def __init__(self, providers: Sequence[Provider], ledger: Ledger, prices: Mapping[str, Price]) -> None:
        self._providers, self._ledger, self._prices = tuple(providers), ledger, prices
        self.mark = mark_of(providers)
        self.sum = Tally()
        self._key = workspace_key(ledger, make=False)

    def answer(self, asks: Iterable[Ask | None], heard: Heard = nobody) -> list[Answer | ModelFault]:
        results = [self._one(a) for a in asks if a]
        for place, result in enumerate(results):
            heard(place, result)
        return results

    def _one(self, ask: Ask) -> Answer | ModelFault:
        ids = [asked_id(p, ask) for p in self._providers]
        known = self._ledger.calls(ids)
        if found := next((known[i] for i in ids if i in known), None):
            self.sum = replace(self.sum, kept=self.sum.kept + 1)
            return judged(found)
        usage = at_most(ask)
        usage = Usage(usage.input, 0, max(usage.output - OVERHEAD, 1), estimated=True)
        price = self._prices.get(self._providers[0].models[ask.tier])
        cost = None if price is None or self.sum.cost is None else self.sum.cost + price.of(usage)
        self.sum = Tally(self.sum.calls + 1, self.sum.kept, self.sum.usage + usage, cost)
        return NOT_ASKED

    def vectors(self, texts: Sequence[str]) -> Sequence[None]:
        return [None] * len(texts)  # no forecast groups stories

    def marker(self, text: str) -> str:
        return marker_of(self._key, text)

    def tally(self) -> Tally:
        return Tally()
