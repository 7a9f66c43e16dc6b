"""What commands share that send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._interrupt import watch
from digester.domain.runs import StepReport

if TYPE_CHECKING:
    from digester.app import Workspace

NoSend = Annotated[bool, typer.Option("--no-send", help="Send nothing; `digester send` does later.")]


@contextmanager
def draining() -> Iterator[Callable[[], bool]]:
    """While something is sent, SIGINT and SIGTERM wait for the message under way: the function says that one came."""
    before, watch.drains = watch.drains, True
    try:
        yield watch.stop.is_set
    finally:
        watch.drains = before


def left_over(report: StepReport) -> bool:
    """Whether a person should look: something failed, waits, or is in doubt."""
    return bool(report.failures or any(report.extra.get(s) for s in ("failed", "in_doubt", "pending")))


def sent(ws: Workspace, store: Any, tell: Any) -> StepReport | None:
    """Sends as a part of a larger run: an outbox that may not send, or a broken channel, is in the report and ends
    nothing. None in a workspace without channels."""
    from digester import scheduler

    with draining() as stopping:
        return scheduler.sent(ws, store, tell, stopping)
