"""What the machine did: attempts that failed, steps and runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Attempt:
    step: str
    subject: str
    input_hash: str
    tries: int
    last_error: str
    next_at: datetime | None
    dead: bool = False


@dataclass(frozen=True)
class Failure:
    subject: str
    error: str


@dataclass(frozen=True)
class StepReport:
    """One line of a run report. Counts are of subjects; `extra` holds step-specific counts. `notes` are for who
    reads the run, `details` (of single sources, of refused sentences) for who looks them up. `calls` were asked of models,
    `kept` answered from the ledger, `tokens` in and out, `cost` US dollars (None: a price is unknown); `capped` when a cap
    kept a question from being asked."""

    step: str
    seen: int = 0
    done: int = 0
    skipped: int = 0
    failures: tuple[Failure, ...] = ()
    extra: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    calls: int = 0
    kept: int = 0
    tokens: int = 0
    cost: float | None = 0.0
    capped: bool = False


@dataclass(frozen=True)
class Run:
    id: str
    trigger: str
    kind: str
    period: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str = "running"
    steps: tuple[StepReport, ...] = ()
