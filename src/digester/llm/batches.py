"""Rating and reading of past weeks through the Batch API: half the price, within a day, the same ledger.

Questions are queued instead of asked, uploaded as JSON lines, one file a model, and the batch's id is kept in the
workspace; whoever asks again later finds the replies in the ledger. What belongs to a batch is not queued twice while it
runs (commands without --batch do not look at it); what it did not answer is asked again by the next.
platform.openai.com/docs/guides/batch
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from digester.domain.calls import Answer, Ask, ModelFault, Spend, TakenUp
from digester.domain.errors import DigesterError
from digester.llm import faults, ladder
from digester.llm.client import Client
from digester.llm.ledger import LedgerModel, asked_id, judged
from digester.llm.received import read
from digester.ports import Heard, nobody

OPEN = "llm.batches"  # under which name the open batches are kept
SHARE = 0.5  # of the price
QUEUED = ModelFault("queued", "queued for a batch; the same command later takes up the answers")
RUNNING = frozenset({"validating", "in_progress", "finalizing", "cancelling"})


class BatchModel(LedgerModel):
    """A ledger whose new questions wait for `submit`; only the first provider is used."""

    def __init__(self, client: Client, *args: Any, **how: Any) -> None:
        super().__init__([client], *args, **how)
        self._client, self._waiting = client, dict[str, tuple[Ask, Spend]]()

    def answer(self, asks: Iterable[Ask | None], heard: Heard = nobody) -> list[Answer | ModelFault]:
        """What is kept, else QUEUED; a question of a batch that runs is not queued again."""
        named = [(asked_id(self._client.provider, a), a) for a in asks if a]
        kept = self._known(dict(named))
        running = {name for batch in self._open().values() for name in batch}
        self._kept += sum(n in kept for n, _ in named)
        results = [judged(kept[n]) if n in kept else QUEUED if n in running else self._queue(n, a) for n, a in named]
        for place, result in enumerate(results):
            heard(place, result)
        return results

    def _queue(self, name: str, ask: Ask) -> ModelFault:
        if name not in self._waiting:
            spend = self._budget.reserve(name, ask, self._models(ask), SHARE)
            if isinstance(spend, ModelFault):
                return self._told([spend])[0]  # type: ignore[return-value]
            self._waiting[name] = (ask, spend)
        return QUEUED

    # ------------------------------------------------------------ the provider
    def submit(self) -> list[str]:
        """Uploads what waits and begins a batch for each model: their ids. Raises DigesterError when the provider does
        not take one; its questions are then settled as not asked."""
        begun = []
        for model in sorted({self._client.provider.models[a.tier] for a, _ in self._waiting.values()}):
            part = {n: v for n, v in self._waiting.items() if self._client.provider.models[v[0].tier] == model}
            begun.append(self._begin(model, part))
        self._waiting = {}
        return begun

    def _begin(self, model: str, part: Mapping[str, tuple[Ask, Spend]]) -> str:
        lines = "\n".join(_line(n, self._client, a) for n, (a, _) in part.items())
        try:
            file = self._client.sdk.files.create(file=("questions.jsonl", lines.encode()), purpose="batch")
            batch = self._client.sdk.batches.create(
                input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
            )
        except Exception as err:
            for _, spend in part.values():
                self._budget.settle(spend, None, 0)
            raise self._refused(err, model) from err
        self._keep({**self._open(), batch.id: {n: [asdict(a), asdict(s)] for n, (a, s) in part.items()}})
        return str(batch.id)

    def fetch(self) -> TakenUp:
        """Takes up what finished batches answered."""
        kept = failed = running = 0
        for name, questions in self._open().items():
            try:
                batch = self._client.sdk.batches.retrieve(name)
                lines = self._output(batch) if batch.status not in RUNNING else None
            except Exception as err:
                raise self._refused(err, "batch " + name) from err
            if lines is None:
                running += len(questions)
                continue
            got = self._taken(questions, lines)
            kept, failed = kept + got, failed + len(questions) - got
            self._keep({n: q for n, q in self._open().items() if n != name})
        return TakenUp(kept, failed, running)

    def _output(self, batch: Any) -> list[str]:
        if not batch.output_file_id:
            return []
        content: bytes = self._client.sdk.files.content(batch.output_file_id).content
        return content.decode("utf-8", "replace").splitlines()

    def _taken(self, questions: Mapping[str, Any], lines: Sequence[str]) -> int:
        """Keeps the replies of a batch and settles all of its reservations; how many replies there were."""
        bodies = dict(filter(None, map(_body, lines)))
        got = 0
        for name, (ask_, spend_) in questions.items():
            ask, spend = _ask(ask_), _spend(spend_)
            reply = read(ask, bodies[name], 0.0, self._client.provider.name) if name in bodies else None
            if reply is None or isinstance(reply, faults.Verdict):
                self._budget.settle(spend, None, int(reply is not None))
                continue
            self._budget.settle(spend, self._call(self._client.provider, ask, reply, spend.at, SHARE), 0)
            self._calls, got = self._calls + 1, got + 1
        return got

    # ------------------------------------------------------------ the workspace
    def _open(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = json.loads(self._ledger.kept(OPEN) or "{}")
        return found

    def _keep(self, open_: Mapping[str, Any]) -> None:
        self._ledger.keep(OPEN, json.dumps(open_, default=str))

    def _refused(self, err: Exception, what: str) -> DigesterError:
        p = self._client.provider
        fault = faults.verdict(err, p.base_url, what, p.key_name, self._clock.now()).fault
        return DigesterError(f"no batch: {fault.message}", hint="without --batch the questions are asked one by one")


def _line(name: str, client: Client, ask: Ask) -> str:
    body = ladder.body(ask, client.provider.models[ask.tier], client.rung, client.cap)
    return json.dumps({"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body})


def _body(line: str) -> tuple[str, bytes] | None:
    """(custom_id, body of the reply) of a line of the output; None for one without."""
    try:
        row = json.loads(line)
        if row["response"]["status_code"] != 200:
            return None
        return str(row["custom_id"]), json.dumps(row["response"]["body"]).encode()
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _ask(value: Mapping[str, Any]) -> Ask:
    return Ask(**{**value, "optional": tuple(value["optional"])})


def _spend(value: Mapping[str, Any]) -> Spend:
    from pydantic import TypeAdapter

    return TypeAdapter(Spend).validate_python(value)
