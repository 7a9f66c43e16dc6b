"""Models behind a ledger and a budget: no question is paid for twice, and none is asked that could break a cap.

A call is known by everything that could change its reply; its reply is kept when it arrives, before anything is made
of it. The ledger is written by the calling thread only.
"""

from __future__ import annotations

import hmac
import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date, datetime

from digester.domain.calls import (
    Answer,
    Ask,
    Caps,
    ModelCall,
    ModelFault,
    Price,
    Spend,
    Tally,
)
from digester.domain.ids import digest
from digester.llm import embeddings
from digester.llm.budget import Budget
from digester.llm.client import Client, Outcome, Provider
from digester.llm.received import Reply
from digester.llm.replies import rows_of
from digester.ports import Clock, Heard, Ledger, nobody

WIDTH = 8  # calls in flight
RUNG_DAYS = 14
GIVEN_UP = ModelFault("unreadable", "the model gives no usable answers and is not asked again")
PROBE = 100  # characters of the longest line of the instructions that no answer holds by chance
USELESS = 6  # unreadable answers in a row after which a run asks no more
KEY = "llm.key"  # of the workspace: what markers are made with
MOVES_ON = frozenset({"unreachable", "rate_limited", "quota", "key", "model", "deadline"})  # the next provider may do


def asked_id(p: Provider, ask: Ask) -> str:
    """The identity of a call: endpoint, model, instructions, data, schema, cap."""
    form = json.dumps([ask.row, ask.optional, ask.most], sort_keys=True)
    return digest("call", p.base_url, p.models[ask.tier], ask.system, ask.data, form)


def mark_of(providers: Sequence[Provider]) -> str:
    """Which models answer, and where: part of an editor's version. What compares texts rates and writes nothing."""
    chat = [p for p in providers if "embedding" not in p.models]
    return digest("models", *(f"{p.base_url} {sorted(p.models.items())}" for p in chat), size=4)


def marker_of(key: bytes, text: str) -> str:
    """Eight hex digits of an HMAC over `text` under the workspace's key: its writer cannot know them."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:8]


def rung_name(provider: Provider) -> str:
    """Under which name the workspace keeps where on its ladder a provider stands."""
    return f"llm.rung {digest(provider.base_url, *sorted(provider.models.values()))}"


def rung_of(kept: str | None, today: date) -> str | None:
    """The rung that was kept, while it is not old: servers learn."""
    rung, _, day = (kept or "").partition(" ")
    try:
        return rung if (today - date.fromisoformat(day)).days <= RUNG_DAYS else None
    except ValueError:
        return None


@dataclass(frozen=True)
class _Asked:
    """What a thread brings back: the provider that answered last and what each try came to."""

    client: Client
    outcome: Outcome
    lost: int
    passed: tuple[ModelFault, ...] = ()  # why providers before it did not answer


@dataclass
class _Round:
    """What became of the questions of one `answer`: those that wait, are in flight, and have a result."""

    heard: Heard
    names: list[str] = field(default_factory=list)  # by place
    todo: deque[tuple[str, Ask]] = field(default_factory=deque)
    flying: dict[Future[_Asked], tuple[str, Ask, Spend]] = field(default_factory=dict)
    kept: dict[str, ModelCall | None] = field(default_factory=dict)  # what the ledger has of those it was asked for
    results: dict[str, Answer | ModelFault] = field(default_factory=dict)
    untold: list[int] = field(default_factory=list)

    def add(self, name: str, ask: Ask) -> None:
        if name in self.results:
            self.untold.append(len(self.names))
        elif name not in self.names:
            self.todo.append((name, ask))
        self.names.append(name)

    def ended(self, name: str, result: Answer | ModelFault) -> None:
        self.results[name] = result
        self.untold += (place for place, other in enumerate(self.names) if other == name)

    def tell(self) -> None:
        """What was not told before, in the order of the questions."""
        untold, self.untold = sorted(self.untold), []
        for place in untold:
            self.heard(place, self.results[self.names[place]])


class LedgerModel:
    """Implements `ports.Model`. `prices` by model name; `run_id` for what a run may spend."""

    def __init__(
        self, clients: Sequence[Client], ledger: Ledger, clock: Clock, *, run_id: str, prices: Mapping[str, Price],
        caps: Caps, width: int = WIDTH,
    ) -> None:  # fmt: skip
        self._clients, self._ledger, self._clock = tuple(clients), ledger, clock
        self._key, self._width = workspace_key(ledger), width
        self._budget = Budget(ledger, clock, run_id, prices, caps)
        self._calls, self._kept, self._faults = 0, 0, Counter[ModelFault]()
        self._useless, self._unanswered = 0, 0
        self._rungs = {c.provider.name: c.rung for c in clients}
        self.mark = mark_of([c.provider for c in clients])

    # ------------------------------------------------------------- answer
    def answer(self, asks: Iterable[Ask | None], heard: Heard = nobody) -> list[Answer | ModelFault]:
        """One result for each question in its order; equal questions are asked once."""
        given, now, more = iter(asks), _Round(heard), True
        with _Pool(self._width) as pool:
            while more or now.todo or now.flying:
                more = more and self._take(now, given)
                self._send(now, pool)
                now.tell()  # behind sending: who hears has much to check
                self._collect(now, block=not more)
        now.tell()
        return self._told([now.results[name] for name in now.names])

    def _take(self, now: _Round, given: Iterator[Ask | None]) -> bool:
        """Lets the caller make a question, or do something else; False when it has no more."""
        try:
            ask = next(given)
        except StopIteration:
            return False
        if ask:
            now.add(asked_id(self._serving(ask)[0].provider, ask), ask)
        return True

    def _send(self, now: _Round, pool: ThreadPoolExecutor) -> None:
        """As many questions as may be in flight; what is kept is not sent."""
        if unknown := {name: ask for name, ask in now.todo if name not in now.kept}:
            now.kept |= dict.fromkeys(unknown) | self._known(unknown)
        while now.todo and len(now.flying) < self._width:
            name, ask = now.todo.popleft()
            if call := now.kept[name]:
                self._kept += 1
                now.ended(name, judged(call))
            elif self._useless >= USELESS:
                now.ended(name, GIVEN_UP)
            elif isinstance(spend := self._budget.reserve(name, ask, self._models(ask)), ModelFault):
                if now.flying:  # what is reserved for calls in flight may come back
                    now.todo.appendleft((name, ask))
                    break
                now.ended(name, spend)
            else:
                now.flying[pool.submit(self._ask, ask)] = (name, ask, spend)

    def _collect(self, now: _Round, block: bool) -> None:
        """Keeps what has come; with `block` waits for something."""
        done = wait(now.flying, None if block else 0, FIRST_COMPLETED).done if now.flying else ()
        for future in done:
            name, ask, spend = now.flying.pop(future)
            got = self._settle(ask, spend, future.result())
            now.ended(name, got)
            useless = isinstance(got, ModelFault) and got.kind == "unreadable"
            self._useless = self._useless + 1 if useless else 0

    def _told(self, results: list[Answer | ModelFault]) -> list[Answer | ModelFault]:
        found = [r for r in results if isinstance(r, ModelFault)]
        self._faults.update(found)
        self._unanswered += len(found)
        return results

    def _serving(self, ask: Ask) -> list[Client]:
        return [c for c in self._clients if ask.tier in c.provider.models]

    def _models(self, ask: Ask) -> list[str]:
        return [c.provider.models[ask.tier] for c in self._serving(ask)]

    def _known(self, asks: Mapping[str, Ask]) -> dict[str, ModelCall]:
        """Kept replies, of whichever provider answered; by the name of the question at the first."""
        ids = {name: [asked_id(c.provider, ask) for c in self._serving(ask)] for name, ask in asks.items()}
        found = self._ledger.calls({i for own in ids.values() for i in own})
        return {name: found[i] for name, own in ids.items() for i in reversed(own) if i in found}

    def _ask(self, ask: Ask) -> _Asked:
        """Provider after provider, in a thread; the last fault when none answers."""
        serving = self._serving(ask)
        lost, outcome, client, passed = 0, Outcome(), serving[0], list[ModelFault]()
        for client in serving:
            outcome = client.call(ask)
            lost += outcome.lost
            if outcome.fault is None or outcome.fault.kind not in MOVES_ON:
                break
            passed.append(outcome.fault)
        return _Asked(client, outcome, lost, tuple(passed[: len(passed) - (outcome.fault is not None)]))

    def _settle(self, ask: Ask, spend: Spend, asked: _Asked) -> Answer | ModelFault:
        reply = asked.outcome.reply
        self._note_rung(asked.client)
        self._faults.update(asked.passed)
        self._calls += (reply is not None) + asked.lost
        call = self._call(asked.client.provider, ask, reply, spend.at) if reply else None
        self._budget.settle(spend, call, asked.lost)
        if call is None:
            return asked.outcome.fault or ModelFault("unreachable", "no provider answered")
        return judged(call)

    def _note_rung(self, client: Client) -> None:
        """Where on its ladder a provider stands, for the next run."""
        if self._rungs.get(client.provider.name) != client.rung:
            self._rungs[client.provider.name] = client.rung
            self._ledger.keep(rung_name(client.provider), f"{client.rung} {self._clock.now().date()}")

    def _call(self, p: Provider, ask: Ask, r: Reply, at: datetime, share: float = 1.0) -> ModelCall:
        """The reply as it is kept; `share` of the price is paid."""
        cost = self._budget.cost(p.models[ask.tier], r.usage)
        cost = r.cost if r.cost is not None else None if cost is None else cost * share
        return ModelCall(
            asked_id(p, ask), ask.task, p.name, p.models[ask.tier], at, {"system": ask.system, "data": ask.data},
            r.text, r.finish, r.model, r.usage, cost, r.took,
        )  # fmt: skip

    def vectors(self, texts: Sequence[str]) -> Sequence[Sequence[float] | None]:
        if not any("embedding" in c.provider.models for c in self._clients):
            return [None] * len(texts)
        return embeddings.vectors_of(self.answer([embeddings.ask_of(t) for t in texts]))

    # ------------------------------------------------------------ reports
    def marker(self, text: str) -> str:
        return marker_of(self._key, text)

    def tally(self) -> Tally:
        faults = tuple(sorted(self._faults.items(), key=lambda pair: pair[0].message))
        made = Tally(self._calls, self._kept, *self._budget.since(), faults, self._unanswered)
        self._calls, self._kept, self._faults, self._unanswered = 0, 0, Counter(), 0
        return made


class _Pool(ThreadPoolExecutor):
    """Threads that end with their work; on an interrupt what is not begun is dropped and nobody waits."""

    def __init__(self, width: int) -> None:
        super().__init__(width, thread_name_prefix="model")

    def __exit__(self, kind: object, *rest: object) -> None:
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)


def judged(call: ModelCall) -> Answer | ModelFault:
    """What a kept reply is worth: the same every time it is looked at."""
    if call.finish in ("content_filter", "refusal"):
        return ModelFault("refused", f"{call.model} at {call.provider} refused to answer ({call.finish})")
    if max(call.request["system"].splitlines(), key=len, default="?")[:PROBE] in call.text:
        return ModelFault("unreadable", f"{call.model} at {call.provider} repeats the question")
    found = rows_of(call.text)
    if not found.rows and call.finish != "length":
        return ModelFault("unreadable", f"{call.model} at {call.provider} answered no rows: {found.wrong or 'empty'}")
    return Answer(found.rows, call.id, found.whole and call.finish != "length")


def workspace_key(ledger: Ledger, make: bool = True) -> bytes:
    """The secret that markers are made with: made once, kept in the workspace (with `make` false it is not kept)."""
    import secrets

    if (key := ledger.kept(KEY)) is None:
        key = secrets.token_hex(16)
        if make:
            ledger.keep(KEY, key)
    return bytes.fromhex(key)
