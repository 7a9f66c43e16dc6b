"""What may be spent and what was: room is reserved before a call and settled after it, in the store, so that a killed run
leaves its reservation and not a hole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digester.domain.calls import Ask, Caps, ModelCall, ModelFault, Price, Spend, Usage, exceeded, total
from digester.domain.ids import digest
from digester.llm.usage import at_most
from digester.ports import Clock, Ledger


class Budget:
    """The spending of a month, and the caps that hold for it. `prices` by model name."""

    def __init__(self, ledger: Ledger, clock: Clock, run_id: str, prices: Mapping[str, Price], caps: Caps) -> None:
        self._ledger, self._clock, self._run_id, self._prices, self._caps = ledger, clock, run_id, prices, caps
        month = clock.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        self._spends = {s.id: s for s in ledger.spends_since(month)}
        self._since: set[str] = set()

    def reserve(self, name: str, ask: Ask, models: Sequence[str], share: float = 1.0) -> Spend | ModelFault:
        """Room for the call `name` at what the dearest of these models may cost at most (times `share`), stored before it
        is made; or which cap it could break."""
        usage, now = at_most(ask), self._clock.now()
        costs = [self.cost(m, usage) for m in models]
        known = [c * share for c in costs if c is not None]
        spend = Spend(
            digest("spend", name, self._run_id, str(len(self._spends))), self._run_id, name, now, ask.task, models[0],
            "reserved", usage, max(known) if len(known) == len(costs) else None,
        )  # fmt: skip
        if cap := exceeded(self._caps, self._spends.values(), self._run_id, now, spend):
            return ModelFault("budget", f"the budget of {cap} is reached (llm in sources.yaml); `digester cost`")
        self._book(None, spend)
        return spend

    def cost(self, model: str, usage: Usage) -> float | None:
        price = self._prices.get(model)
        return price.of(usage) if price else None

    def settle(self, spend: Spend, call: ModelCall | None, lost: int) -> None:
        """What a reserved call came to: the reply's own cost, and for each try that was lost all that it could cost."""
        usage, cost = Usage(), 0.0 if not lost else None if spend.cost is None else spend.cost * lost
        for _ in range(lost):
            usage += spend.usage
        if call is None:
            self._book(None, replace(spend, state="lost" if lost else "settled", usage=usage, cost=cost))
            return
        whole = None if call.cost is None or cost is None else call.cost + cost
        self._book(
            call,
            replace(spend, call_id=call.id, model=call.model, state="settled", usage=call.usage + usage, cost=whole),
        )

    def _book(self, call: ModelCall | None, spend: Spend) -> None:
        self._ledger.save_call(call, spend)
        self._spends[spend.id] = spend
        self._since.add(spend.id)

    def since(self) -> tuple[Usage, float | None]:
        """Tokens and US dollars of what was reserved or settled since the last look."""
        found = total(self._spends[i] for i in self._since)
        self._since = set()
        return found
