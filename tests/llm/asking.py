"""Questions to ask, and the client that asks them: what the tests of the model layer share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from digester.domain.calls import Answer, Ask, Caps, ModelFault, Price
from digester.llm.client import Client, Outcome, Provider
from digester.llm.ledger import LedgerModel
from digester.net.endpoint import Endpoint
from digester.ports import Clock, Ledger

KEY = "sk-canary-0123456789abcdef"
ROW = {"n": {"type": "integer"}, "r": {"type": "integer"}}
GOOD = '{"rows": [{"n": 1, "r": 4}]}'
NO_CAPS = Caps()
Make = Callable[..., LedgerModel]


def asking(rated: int = 4, **changes: Any) -> Ask:
    """A question that an honest model answers with one row: n 1, r `rated`."""
    data = f"@0123abcd 1\ntitle: A work\nrated: {rated}\n@0123abcd end"
    return replace(Ask("rate-ai", "v1", "fast", "Task: rate-ai\n\nAnswer in rows.", data, ROW, most=100), **changes)


def provider(url: str, name: str = "default", **changes: Any) -> Provider:
    return replace(Provider(name, url, {"fast": "small", "strong": "large"}, key=KEY), **changes)


def client(url: str, wire: Endpoint, clock: Clock, *, deadline: float = 10.0, **how: Any) -> Client:
    return Client(provider(url), wire, clock, deadline=deadline, **how)


def model(
    ledger: Ledger, clock: Clock, *clients: Client, run: str = "run-1", caps: Caps = NO_CAPS,
    prices: Mapping[str, Price] | None = None, width: int = 8,
) -> LedgerModel:  # fmt: skip
    return LedgerModel(clients, ledger, clock, run_id=run, prices=prices or {}, caps=caps, width=width)


def fault(outcome: Outcome) -> ModelFault:
    assert outcome.reply is None
    assert outcome.fault is not None
    return outcome.fault


def text(outcome: Outcome) -> str:
    assert outcome.fault is None, outcome.fault
    assert outcome.reply is not None
    return outcome.reply.text


def rated(answers: list[Answer | ModelFault]) -> list[Any]:
    """The ratings of answers with one row each; a fault stands as its kind."""
    return [a.kind if isinstance(a, ModelFault) else a.rows[0]["r"] for a in answers]


def questions(n: int) -> list[Ask]:
    """Different questions; the k-th has k in its title and is rated 1 to 5 in turn."""
    return [asking(k % 5 + 1, data=asking(k % 5 + 1).data.replace("A work", f"Work {k}.")) for k in range(n)]
