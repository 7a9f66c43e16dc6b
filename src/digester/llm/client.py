"""One provider: a question over the `openai` SDK, down its ladder, at its pace, with our own retries and deadlines.

The SDK makes the request; the reply is read by us, because its `parse` loses text and usage of what it cannot read.
Faults are values. Blocking calls, used by many threads; all waiting is on the clock.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from digester.domain.calls import Ask, ModelFault, Tier
from digester.llm import embeddings, faults, ladder
from digester.llm.pace import Pace
from digester.llm.received import Reply, read
from digester.ports import Clock

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"  # a server of one's own asks for none; the SDK does
TRIES = 3  # of what was refused before any work was done
LOST = 2  # tries in all of what broke off after it was received: it may have been paid
PAUSES = (1.0, 4.0)  # seconds before the second and the third try
DOWN = 3  # faults in a row after which a provider is left alone for the rest of a run


class Wire(Protocol):
    """What carries requests: an HTTP client that the SDK takes, and a deadline for the calling thread."""

    @property
    def client(self) -> Any: ...
    def within(self, seconds: float) -> AbstractContextManager[None]: ...


@dataclass(frozen=True)
class Provider:
    """Where models are asked. `key_name` is the environment variable that holds the key; `key` is never shown."""

    name: str
    base_url: str
    models: Mapping[Tier, str]
    key_name: str = "OPENAI_API_KEY"
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class Outcome:
    """A reply or a fault; `lost` tries were received and not answered, so they may have been paid."""

    reply: Reply | None = None
    fault: ModelFault | None = None
    lost: int = 0


class Client:
    """Asks one provider. `deadline` seconds for one reply, `patience` seconds for its rate limits; `rung` is where on
    its ladder it was left."""

    def __init__(
        self, provider: Provider, wire: Wire, clock: Clock, *, deadline: float = 120.0, patience: float = 300.0,
        rung: str | None = None,
    ) -> None:  # fmt: skip
        self.provider = provider
        self.dead: ModelFault | None = None
        self._wire, self._clock, self._deadline, self._patience = wire, clock, deadline, patience
        self.rung = rung if rung in ladder.RUNGS else ladder.RUNGS[0]
        self.cap = ladder.CAPS[provider.base_url.rstrip("/") != OPENAI]
        self._pace, self._lock, self._turn = Pace(), threading.Lock(), threading.Lock()
        self._sdk: Any = None
        self._down, self._gone = 0, dict[str, ModelFault]()

    def call(self, ask: Ask) -> Outcome:
        """One answer, or why there is none; a provider that cannot work is not asked again."""
        name = self.provider.models[ask.tier]
        if gone := self.dead or self._gone.get(name):
            return Outcome(fault=gone)
        made = self._run(ask)
        with self._lock:
            kind = made.fault.kind if made.fault else ""
            self._down = self._down + 1 if kind in ("unreachable", "deadline") else 0
            if kind in ("quota", "key") or self._down >= DOWN:
                self.dead = made.fault
            elif kind == "model" and made.fault:
                self._gone[name] = made.fault  # its other model may well be there
        return made

    def _run(self, ask: Ask) -> Outcome:
        until, tries, lost = self._clock.monotonic() + self._patience, 0, 0
        rung, cap = self.rung, self.cap
        began_with = cap
        while True:
            if fault := self._wait(until):
                return Outcome(fault=fault, lost=lost)
            got = self._once(ask, rung, cap)
            if isinstance(got, Reply):
                self.rung, self.cap = rung, cap  # this works
                return Outcome(got, lost=lost)
            tries, lost = tries + 1, lost + got.lost
            if got.cap and cap == began_with:  # another thread may have learnt it meanwhile
                cap = ladder.CAPS[ladder.CAPS.index(cap) - 1]
            elif got.form and lost < LOST and rung != ladder.RUNGS[-1]:
                rung, tries = ladder.RUNGS[ladder.RUNGS.index(rung) + 1], 0
            elif not got.again or lost >= LOST or (tries >= TRIES and not got.limited) or self.dead:
                return Outcome(fault=got.fault, lost=lost)
            elif not got.limited:
                pause = max(PAUSES[min(tries, len(PAUSES)) - 1], got.retry_after or 0.0)
                if self._clock.monotonic() + pause > until:
                    return Outcome(fault=got.fault, lost=lost)
                self._clock.sleep(pause)

    def _once(self, ask: Ask, rung: str, cap: str) -> Reply | faults.Verdict:
        began, model = self._clock.monotonic(), self.provider.models[ask.tier]
        try:
            raw = self._post(ask, model, rung, cap)
        except Exception as err:  # noqa: BLE001 - the SDK's families end here as values, others re-raise
            got = faults.verdict(err, self.provider.base_url, model, self.provider.key_name, self._clock.now())
            if got.limited:
                with self._lock:
                    self._pace.limited(self._clock.monotonic(), got.retry_after, began)
            return got
        with self._lock:
            self._pace.headers(raw.headers, self._clock.monotonic())
            self._pace.ok(self._clock.monotonic())
        return read(ask, raw.content, self._clock.monotonic() - began, self.provider.name)

    @property
    def sdk(self) -> Any:
        """The SDK's client, made on first use."""
        with self._lock:
            self._sdk = self._sdk or _sdk(self.provider, self._wire.client)
            return self._sdk

    def _post(self, ask: Ask, model: str, rung: str, cap: str) -> Any:
        sdk = self.sdk
        with self._wire.within(self._deadline):
            if ask.tier == "embedding":
                return sdk.embeddings.with_raw_response.create(**embeddings.body(ask, model))
            return sdk.chat.completions.with_raw_response.create(**ladder.body(ask, model, rung, cap))

    def _wait(self, until: float) -> ModelFault | None:
        """Waits for the next slot of the pace, one call at a time; a fault when that would be too late."""
        with self._turn:
            ask = self._pace.delay
            while True:
                with self._lock:
                    now = self._clock.monotonic()
                    more = ask(now)
                if not more and ask == self._pace.held:
                    return None
                if now + more > until:
                    return ModelFault("rate_limited", f"{self.provider.name} is over its rate limit (llm.patience)")
                self._clock.sleep(more)
                ask = self._pace.held  # a 429 may have come while it waited


def _sdk(provider: Provider, client: Any) -> Any:
    """The SDK's client. What it reads from the environment for OpenAI (organisation, project, headers of one's own)
    goes to OpenAI only."""
    import openai

    sdk = openai.OpenAI(api_key=provider.key or NO_KEY, base_url=provider.base_url, max_retries=0, http_client=client)
    if provider.base_url.rstrip("/") != OPENAI:
        sdk.organization = sdk.project = None
        sdk._custom_headers = {}
    return sdk
