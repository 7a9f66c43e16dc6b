"""Composition of language models: settings and environment to providers, ledger, budget, prompts, editor.

Nothing here asks a model. A key that is missing is a normal condition: the issues are then edited without a model, and
the reason is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digester.config import API_KEY, Llm
from digester.domain.calls import Ask, Caps, Price
from digester.domain.errors import ConfigError, Problem
from digester.files import in_force, read_text, secret
from digester.ports import Clock, Editor, Ledger, Model, PairJudge

if TYPE_CHECKING:
    from digester.llm.client import Client, Provider
    from digester.llm.counting import CountingModel
    from digester.llm.prompts import Prompts

WRITING = {"daily": 5, "weekly": 6}  # calls a language, about, that wording an issue takes


def providers(llm: Llm, env: Mapping[str, str]) -> list[Provider]:
    """The providers in the order in which they are asked; none when no model is named."""
    from digester.llm.client import OPENAI, Provider

    found = []
    if llm.fast:
        models = {"fast": llm.fast, "strong": llm.strong or llm.fast}
        name = API_KEY if API_KEY in env else llm.key
        found.append(Provider("default", llm.base_url or OPENAI, models, name, _key(env, name)))  # type: ignore[arg-type]
    for p in llm.providers:
        models = {"fast": p.fast, "strong": p.strong or p.fast}
        found.append(Provider(p.name, p.base_url, models, p.key or "none", _key(env, p.key)))  # type: ignore[arg-type]
    return found


def embedder(llm: Llm, env: Mapping[str, str]) -> Provider | None:
    """Where vectors of texts are asked for; None when no model is named for that."""
    from digester.llm.client import OPENAI, Provider

    if not llm.embedding:
        return None
    name = API_KEY if API_KEY in env else llm.key
    return Provider("embedding", llm.base_url or OPENAI, {"embedding": llm.embedding}, name, _key(env, name))


def named(llm: Llm, env: Mapping[str, str]) -> list[Provider]:
    """Every provider that is named, for words and for vectors."""
    return [*providers(llm, env), *filter(None, [embedder(llm, env)])]


def missing(llm: Llm, env: Mapping[str, str]) -> str:
    """Why a model that is named cannot be asked; "" when it can, or none is named."""
    for_words, other = providers(llm, env), embedder(llm, env)
    if for_words and not any(map(_open, for_words)):
        return f"llm.fast is {llm.fast!r}, but {llm.key} is not set: the issues are edited without a model"
    if other and not _open(other):
        return f"llm.embedding is {llm.embedding!r}, but {llm.key} is not set: reports in doubt are not compared by it"
    return ""


def _open(p: Provider) -> bool:
    """Only OpenAI itself asks for a key in any case."""
    from digester.llm.client import OPENAI

    return bool(p.key) or not p.base_url.startswith(OPENAI)


def _asked(llm: Llm, env: Mapping[str, str]) -> list[Provider]:
    """The providers that can be asked for words; none when all of them lack their key."""
    found = providers(llm, env)
    return found if any(map(_open, found)) else []


def _key(env: Mapping[str, str], name: str) -> str:
    """The key in a variable; raises ConfigError for one that cannot be meant, without showing it."""
    value = (env[name] if name in env else secret(env, name)) if name else ""
    wrong = "is empty; unset it or give a key" if name in env and not value.strip() else ""
    wrong = wrong or ("holds white space or a line end" if value != "".join(value.split()) else "")
    wrong = wrong or ("is no plain ASCII text" if not value.isascii() or not value.isprintable() else "")
    wrong = wrong or (
        "is a placeholder" if value.startswith(("<", "$")) or value.lower() in ("changeme", "your-key") else ""
    )
    if wrong:
        raise ConfigError((Problem(0, name, wrong),), subject="environment")
    return value


def prompts(overlay: Path | None = None) -> Prompts:
    """The prompts in force. Raises ConfigError with everything that is wrong in them."""
    from digester.llm.prompts import STYLES, TASKS, load

    files = {name: in_force(f"prompts/{name}.md", overlay) for name in (*TASKS, *STYLES)}
    return load({name: (read_text(file, "reinstall digester"), str(file)) for name, file in files.items()})


@contextmanager
def open_model(
    llm: Llm, env: Mapping[str, str], ledger: Ledger, clock: Clock, run_id: str, batch: bool = False
) -> Iterator[Model | None]:
    """The model of a run, closed at its end; None when none is named or none can be asked. With `batch` questions are
    queued for the first provider's Batch API."""
    from digester.llm.batches import BatchModel
    from digester.llm.ledger import LedgerModel

    asked, other = _asked(llm, env), embedder(llm, env)
    if other and _open(other) and not batch:
        asked.append(other)
    if not asked:
        yield None
        return
    caps = Caps(llm.usd_per_run, llm.usd_per_day, llm.usd_per_month,
                llm.tokens_per_run, llm.tokens_per_day, llm.tokens_per_month)  # fmt: skip
    with ExitStack() as stack:
        clients = [_client(p, llm, ledger, clock, stack) for p in asked]
        how: dict[str, Any] = {"run_id": run_id, "prices": prices(llm), "caps": caps, "width": llm.in_flight}
        yield BatchModel(clients[0], ledger, clock, **how) if batch else LedgerModel(clients, ledger, clock, **how)


def _client(provider: Provider, llm: Llm, ledger: Ledger, clock: Clock, stack: ExitStack) -> Client:
    from digester.llm.client import Client
    from digester.llm.ledger import rung_name, rung_of
    from digester.net.endpoint import endpoint

    wire = endpoint()
    stack.callback(wire.close)
    return Client(
        provider,
        wire,
        clock,
        deadline=llm.deadline,
        patience=llm.patience,
        rung=rung_of(ledger.kept(rung_name(provider)), clock.now().date()),
    )


def counting(llm: Llm, env: Mapping[str, str], ledger: Ledger) -> CountingModel | None:
    """The model of a forecast; None when none would be asked."""
    from digester.llm.counting import CountingModel

    if not (asked := _asked(llm, env)):
        return None
    return CountingModel(asked, ledger, prices(llm))


def prices(llm: Llm) -> dict[str, Price]:
    return {name: Price(p.input, p.output, p.cached) for name, p in llm.prices.items()}


TRY = Ask(
    "try", "1", "fast", 'Answer with one JSON object and nothing else: {"rows": [{"n": 1, "text": "..."}]}, where text is the word '
    "that stands in the data.", "@00000000 1\nword: digester\n@00000000 end",
    {"n": {"type": "integer"}, "text": {"type": "string"}}, most=1_000,
)  # fmt: skip


def tried(provider: Provider, llm: Llm, clock: Clock) -> list[dict[str, Any]]:
    """One small question to each model of a provider, outside the ledger: what came of it, as plain values."""
    from digester.llm.client import Client
    from digester.llm.embeddings import ask_of
    from digester.llm.replies import rows_of
    from digester.net.endpoint import endpoint

    found, wire = [], endpoint()
    try:
        for model in dict.fromkeys(provider.models.values()):  # one that serves both tiers is asked once
            tier = next(t for t, m in provider.models.items() if m == model)
            client = Client(provider, wire, clock, deadline=llm.deadline, patience=min(llm.patience, 30.0))
            got = client.call(ask_of("digester") if tier == "embedding" else replace(TRY, tier=tier))
            head = {"provider": provider.name, "host": provider.base_url, "tier": tier, "model": model}
            if got.reply is None:
                found.append({**head, "ok": False, "message": got.fault.message if got.fault else ""})
                continue
            r, price = got.reply, prices(llm).get(model)
            rows = rows_of(r.text).rows
            cost = r.cost if r.cost is not None else price.of(r.usage) if price else None
            rung = "" if tier == "embedding" else client.rung
            told = {"rung": rung, "tokens": r.usage.input + r.usage.output, "estimated": r.usage.estimated,
                    "cost": cost, "took": round(r.took, 2), "answered_by": r.model}  # fmt: skip
            found.append({**head, "ok": bool(rows), "message": "" if rows else "it answered no rows", **told})
    finally:
        wire.close()
    return found


def editor_of(embedded: Any, model: Model | None, home: Path) -> Editor:
    """The editor that asks `model`, or the embedded one where there is none."""
    from digester.editors.llm import LlmEditor

    return LlmEditor(embedded, model, prompts(home)) if model else embedded


def desk_of(
    llm: Llm, env: Mapping[str, str], embedded: Any, model: Model | None, home: Path
) -> tuple[Editor, PairJudge | None]:
    """Who edits, and who says of reports in doubt whether they tell one story, with the model of `open_model`."""
    from digester.editors.pairing import Pairing

    reads = bool(_asked(llm, env))
    judge = Pairing(model, prompts(home) if reads else None) if model else None
    return editor_of(embedded, model if reads else None, home), judge
