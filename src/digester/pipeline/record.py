"""Every command that works leaves a Run: when, what for, which steps, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from digester.domain.errors import DigesterError
from digester.domain.ids import digest
from digester.domain.runs import Run, StepReport
from digester.ports import Store


def new_id(store: Store, trigger: str, kind: str, period: str, now: datetime) -> str:
    """The id of the run that begins now."""
    return digest(trigger, kind, period, now.isoformat(), str(store.counts()["runs"]), size=8)


@contextmanager
def recorded(
    store: Store, run_id: str, trigger: str, kind: str, period: str, now: datetime
) -> Iterator[Callable[[Sequence[StepReport]], None]]:
    """Opens a run and closes it as ok, crashed or with the name of its error; the yielded function notes its steps.
    Steps noted before an error are kept."""
    run = Run(run_id, trigger, kind, period, now)
    steps: list[StepReport] = []
    store.start_run(run)
    outcome = "crashed"
    try:
        yield steps.extend
        outcome = "ok"
    except DigesterError as err:
        outcome = type(err).__name__
        raise
    finally:
        store.end_run(replace(run, ended_at=now, outcome=outcome, steps=tuple(steps)))
