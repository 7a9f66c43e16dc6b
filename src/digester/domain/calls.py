"""What was asked of models: kept replies, what they cost, and what a run may spend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

SpendState = Literal["reserved", "settled", "lost"]
Tier = Literal["fast", "strong", "embedding"]
FaultKind = Literal[
    "unreachable", "rate_limited", "quota", "key", "model", "request", "refused", "unreadable", "budget", "deadline", "queued",
]  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One question to a model: instructions for the system role, delimited data for the user role. `row` is the JSON
    Schema of the properties of one row of the answer, `optional` those that it may leave out; `most` caps the
    answer, in tokens; `version` names the prompt it was made from."""

    task: str
    version: str
    tier: Tier
    system: str
    data: str
    row: Mapping[str, Any]
    optional: tuple[str, ...] = ()
    most: int = 1_000


@dataclass(frozen=True)
class Answer:
    """The rows that could be read, as the model sent them: nothing in them is checked yet. `whole` is false when the
    answer broke off. `call_id` names the call in the ledger."""

    rows: tuple[Mapping[str, Any], ...]
    call_id: str
    whole: bool = True


@dataclass(frozen=True)
class ModelFault:
    """Why there is no answer. `message` is one line for people: what happened, what to do; no key, no text of a prompt."""

    kind: FaultKind
    message: str


@dataclass(frozen=True)
class Usage:
    """Tokens of one call. `cached` are those of `input` that the provider had kept; `estimated` when it did not say."""

    input: int = 0
    cached: int = 0
    output: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input + other.input, self.cached + other.cached, self.output + other.output,
            self.estimated or other.estimated,
        )  # fmt: skip


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens; `cached` input costs as much as other input where it is not given."""

    input: float
    output: float
    cached: float | None = None

    def of(self, usage: Usage) -> float:
        """What the tokens cost, in US dollars."""
        kept = self.input if self.cached is None else self.cached
        fresh = max(usage.input - usage.cached, 0)
        return (fresh * self.input + usage.cached * kept + usage.output * self.output) / 1_000_000


@dataclass(frozen=True)
class ModelCall:
    """A reply that was paid for, kept for ever: id = hash(endpoint, model, instructions, data, schema, cap).

    `request` is what was sent (system and data), `text` what came back as it came; `answered_by` the model that the
    provider says it was; `took` seconds; `cost` US dollars, None when no price is known."""

    id: str
    task: str
    provider: str
    model: str
    asked_at: datetime
    request: Mapping[str, str]
    text: str
    finish: str
    answered_by: str
    usage: Usage
    cost: float | None
    took: float


@dataclass(frozen=True)
class Spend:
    """Money and tokens of one try of a call. Reserved before it is asked at what it may cost at most, settled with what it
    cost; `lost` when no reply came although it may have been paid. What a killed run left reserved stays counted."""

    id: str
    run_id: str
    call_id: str
    at: datetime
    task: str
    model: str
    state: SpendState
    usage: Usage
    cost: float | None


@dataclass(frozen=True)
class Tally:
    """What the calls of a step or run came to. `kept` were answered from the ledger; `cost` is None as soon as one price
    is unknown; `faults` with how often each came, also those that another provider made good; `unanswered` questions have
    no answer."""

    calls: int = 0
    kept: int = 0
    usage: Usage = Usage()
    cost: float | None = 0.0
    faults: tuple[tuple[ModelFault, int], ...] = ()
    unanswered: int = 0


@dataclass(frozen=True)
class TakenUp:
    """What became of the open batches: replies kept, questions that were not answered, questions still under way."""

    kept: int = 0
    failed: int = 0
    running: int = 0


def total(spends: Iterable[Spend]) -> tuple[Usage, float | None]:
    """Tokens and US dollars of all; dollars are None as soon as one of them is unknown."""
    usage, cost = Usage(), 0.0
    known = True
    for s in spends:
        usage += s.usage
        known = known and s.cost is not None
        cost += s.cost or 0.0
    return usage, cost if known else None


@dataclass(frozen=True)
class Caps:
    """What may be spent by a run, a day, a month (UTC): US dollars and tokens (input and output); None is no cap."""

    usd_per_run: float | None = None
    usd_per_day: float | None = None
    usd_per_month: float | None = None
    tokens_per_run: int | None = None
    tokens_per_day: int | None = None
    tokens_per_month: int | None = None

    @property
    def money(self) -> bool:
        return not (self.usd_per_run is self.usd_per_day is self.usd_per_month is None)


def exceeded(caps: Caps, spends: Iterable[Spend], run_id: str, now: datetime, more: Spend) -> str:
    """The cap that one more call could break, in words; "" when it fits. `spends` are those of the month at least.

    A cost that is not known counts as nothing: whoever caps money names the prices (checked where they are read)."""
    month = [s for s in spends if (s.at.year, s.at.month) == (now.year, now.month)]
    day = [s for s in month if s.at.date() == now.date()]
    own = [s for s in spends if s.run_id == run_id]
    for name, made in (("run", own), ("day", day), ("month", month)):
        usage, _ = total(made)
        tokens = usage.input + usage.output + more.usage.input + more.usage.output
        usd = sum(s.cost or 0.0 for s in made) + (more.cost or 0.0)
        if (most := getattr(caps, f"tokens_per_{name}")) is not None and tokens > most:
            return f"{most} tokens a {name}"
        if (limit := getattr(caps, f"usd_per_{name}")) is not None and usd > limit:
            return f"{limit:g} US dollars a {name}"
    return ""
