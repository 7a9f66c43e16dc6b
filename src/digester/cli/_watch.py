"""What a person should look at: for `status`, and for a monitor that reads its exit code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digester.app import Workspace

RECENT = timedelta(days=7)  # failed messages are looked at so long


def problems(ws: Workspace, store: Any) -> list[str]:
    """Each in one line, with what to do; empty when all is well."""
    from digester import scheduler
    from digester.delivery import hold
    from digester.pipeline import due

    found = [f"overdue: {d.id}, due since {d.since:%Y-%m-%d %H:%M} UTC{_why(store, d.id)}; `digester run {d.kind} --date {d.period}` makes it"
             for d in due.overdue(scheduler.plan_of(ws, store), ws.now)]  # fmt: skip
    if why := store.kept(hold.HOLD):
        found.append(f"outbox: nothing is sent, {why}; {hold.RESOLVE}")
    doubtful = store.deliveries(states=("in_doubt",))
    late = [r for r in store.deliveries(states=("pending",)) if ws.now - r.queued_at > due.GRACE]
    failed = store.deliveries(states=("failed",), since=ws.now - RECENT)
    for state, some in (("in doubt", doubtful), ("waiting for hours", late), ("failed", failed)):
        if some:
            last = max(some, key=lambda r: r.changed_at)
            found.append(
                f"messages {state}: {len(some)}, of {last.issue_id} by {last.channel}: {last.last_error or 'not tried'}"
            )
    states = store.fetch_states()
    core = [s for s in ws.settings.sources if s.enabled and s.core and s.id in states and states[s.id].failures]
    return found + [f"core source {s.id}: {states[s.id].last_error}" for s in core]


def _why(store: Any, id_: str) -> str:
    attempt = store.attempts("issue").get(id_)
    return f", {attempt.tries} tries: {attempt.last_error}" if attempt else ""
