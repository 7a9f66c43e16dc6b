"""What a person should look at: for `status`, and for a monitor that reads its exit code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.delivery import Delivery

RECENT = timedelta(days=7)  # failed messages are looked at so long
FEW = 20  # one recipient in so many whose server refuses is the ordinary wear of a list


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
    failed = _many(store, store.deliveries(states=("failed",), since=ws.now - RECENT))
    for state, some in (("in doubt", doubtful), ("waiting for hours", late), ("failed", failed)):
        if some:
            last = max(some, key=lambda r: r.changed_at)
            found.append(
                f"messages {state}: {len(some)}, of {last.issue_id} by {last.channel}: {last.last_error or 'not tried'}"
            )
    states = store.fetch_states()
    core = [s for s in ws.settings.sources if s.enabled and s.core and s.id in states and states[s.id].failures]
    return found + [f"core source {s.id}: {states[s.id].last_error}" for s in core]


def _many(store: Any, failed: Sequence[Delivery]) -> list[Delivery]:
    """Without the single readers of a list whose mail was refused; what a channel posts is never left out."""
    groups: dict[tuple[str, str], list[Delivery]] = {}
    for row in failed:
        groups.setdefault((row.issue_id, row.channel), []).append(row)
    kept = []
    for (issue, channel), rows in groups.items():
        people = [r for r in rows if "@" in r.recipient]
        sent = len(store.deliveries(issue, channel=channel)) if people else 0
        kept += rows if len(people) * FEW > sent else [r for r in rows if r not in people]
    return kept


def _why(store: Any, id_: str) -> str:
    attempt = store.attempts("issue").get(id_)
    return f", {attempt.tries} tries: {attempt.last_error}" if attempt else ""
