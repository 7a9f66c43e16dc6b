"""What is due, and doing it: sources whose time has come, issues whose windows are over, messages that wait.

`tick` does all of that once and ends; cron, systemd timers and CI runners call it as often as they like. `digester schedule`
calls the same from a process that stays. Both find in the store what to do, so neither knows of the other, and the lock of
the workspace lets one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from digester import app, delivery, notes, site
from digester.domain.dates import window
from digester.domain.errors import DigesterError, Locked, Offline, StoreError
from digester.domain.runs import Attempt, Failure, StepReport
from digester.domain.sources import FetchState, Source
from digester.pipeline import collect, due, health
from digester.pipeline.run import Powers, Result, collect_now, whole
from digester.ports import Tell

if TYPE_CHECKING:
    from digester.pipeline.due import Due, Plan

PACE = timedelta(hours=1)  # between two visits of a source while no issue is due
HEARTBEAT = "heartbeat"  # when a scheduler was last alive
BEHIND = "site.behind"  # said while issues are made and until the site shows them, also by a run that died in between
SITE = "site"
Note = Callable[[Sequence[StepReport]], None]


@dataclass
class Ticked:
    """What one tick did. `failed` are issues that could not be made, with the error."""

    made: list[Result] = field(default_factory=list)
    failed: list[tuple[Due, DigesterError]] = field(default_factory=list)
    steps: list[StepReport] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    skipped: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """What there is to do now, in counts of sources and messages, and the plan of issues."""

    sources: int
    messages: int
    plan: Plan

    def __bool__(self) -> bool:
        return bool(self.sources or self.messages or self.plan.now)


def plan_of(workspace: app.Workspace, store: Any) -> Plan:
    return due.plan(workspace.settings.issues, _newest(workspace, store), store.attempts(due.STEP), workspace.now)


def _newest(workspace: app.Workspace, store: Any) -> dict[str, str]:
    """Kind to the period of its newest frozen issue."""
    newest: dict[str, str] = {}
    for id_, _, state, _ in store.issues():  # newest window first
        slug, _, period = id_.partition("/")
        if state == "frozen" and slug in workspace.settings.issues:
            newest.setdefault(slug, period)
    return newest


def waiting(workspace: app.Workspace, store: Any) -> Waiting:
    """What is due, from the store alone: nothing is asked."""
    ready = len(_ready(workspace, store))
    messages = delivery.to_send(workspace, store)
    return Waiting(ready, messages, plan_of(workspace, store))


def _ready(workspace: app.Workspace, store: Any) -> list[Source]:
    """Sources that are asked between issues: not oftener than every hour, nor before they ask to be."""
    from digester.sources import KINDS

    states: Mapping[str, FetchState] = store.fetch_states()
    found = []
    for source in collect.todo(workspace.settings.sources):
        state = states.get(source.id, FetchState(source.id))
        requests = KINDS[source.kind].first(source, state, workspace.now)
        fresh = state.checked_at is not None and workspace.now - state.checked_at < PACE
        if not fresh and not health.waiting(state, requests[0].url if requests else "", workspace.now):
            found.append(source)
    return found


def tick(
    workspace: app.Workspace, powers: Powers, tell: Tell, note: Note, stopping: Callable[[], bool],
    send: bool = True,
) -> Ticked:  # fmt: skip
    """Collects, makes every issue that is due, publishes and sends. One issue that cannot be made costs the others
    nothing. Raises Refused for an impossible clock, and what ends a run whole (StoreError, Locked)."""
    due.check_clock(workspace.now)
    store: Any = powers.store
    done = Ticked()
    beat(workspace, store)
    plan = plan_of(workspace, store)
    done.skipped = plan.skipped
    attempts: Mapping[str, Attempt] = store.attempts(due.STEP)
    sources = collect.todo(workspace.settings.sources) if plan.now else _ready(workspace, store)
    if offline := _collect(workspace, powers, sources, tell, done):
        done.failed += [(one, offline) for one in plan.now]  # nobody's attempt: they wait for the network
    if behind := bool(store.kept(BEHIND)):
        _unfinished(workspace, powers, tell, done)
    for one in () if offline else plan.now:
        if stopping():
            break
        store.keep(BEHIND, "yes")
        _make(workspace, powers, one, attempts.get(one.id), tell, note, done)
    note(done.steps)
    if behind or any(r.fresh for r in done.made):
        _publish(workspace, store, done)
    elif plan.now:
        store.keep(BEHIND, "")
    if send and not stopping() and (report := sent(workspace, store, tell, stopping)):
        done.steps.append(report)
        note((report,))
    beat(workspace, store)
    return done


def beat(workspace: app.Workspace, store: Any) -> None:
    """Says that a scheduler is alive."""
    store.keep(HEARTBEAT, workspace.now.isoformat())


def age(workspace: app.Workspace, store: Any) -> timedelta | None:
    """How long ago that was; None when it never was, or the clock says it is still to come."""
    text = store.kept(HEARTBEAT)
    found = workspace.now - datetime.fromisoformat(text) if text else None
    return found if found is not None and found > -timedelta(minutes=5) else None


def _collect(
    workspace: app.Workspace, powers: Powers, sources: Sequence[Source], tell: Tell, done: Ticked
) -> Offline | None:
    if not sources:
        return None
    try:
        done.steps.append(collect_now(powers, sources, workspace.now, tell))
    except Offline as err:
        done.steps.append(StepReport("collect", failures=(Failure("network", str(err)),)))
        return err
    return None


def _make(
    workspace: app.Workspace, powers: Powers, one: Due, before: Attempt | None, tell: Tell, note: Note, done: Ticked
) -> None:
    kind, store = workspace.kind(one.kind), powers.store
    assert window(kind, one.period).end <= workspace.now  # noqa: S101 - the plan names what is over
    try:
        result = whole(
            powers, kind, one.period, workspace.settings.sources, workspace.now, tell, note=note, collected=True
        )
    except (StoreError, Locked):
        raise
    except DigesterError as err:
        store.save_attempt(due.failed(one, before, err, workspace.now))
        done.failed.append((one, err))
        return
    store.clear_attempt(due.STEP, one.id)
    done.made.append(result)
    done.files += _written(workspace, store, result)


def _unfinished(workspace: app.Workspace, powers: Powers, tell: Tell, done: Ticked) -> None:
    """Forms and files that a run which died did not get to: it may have frozen the newest issue of a kind and no more."""
    for slug, period in _newest(workspace, powers.store).items():
        result = whole(
            powers, workspace.kind(slug), period, workspace.settings.sources, workspace.now, tell, collected=True
        )
        done.files += _written(workspace, powers.store, result)


def _written(workspace: app.Workspace, store: Any, result: Result) -> list[str]:
    """The files of an issue and of its notes."""
    files = app.write_artifacts(workspace.out, store.artifacts(result.issue.id))
    noted = notes.of_issue(store, result.issue, workspace.kind(result.issue.kind))
    return [str(f) for f in (*files, *notes.write_notes(workspace, noted))]


def _publish(workspace: app.Workspace, store: Any, done: Ticked) -> None:
    """The site, where there is one already or an address for it. One that cannot be built is in the report, and is tried
    again at the next tick; mail that has a link to it waits for that by itself."""
    out = site.folder(workspace)
    try:
        if workspace.settings.site.url or (out / "index.html").is_file():
            site.build(workspace, store, out)
            done.files.append(str(out / "index.html"))
        store.keep(BEHIND, "")
    except (StoreError, Locked):
        raise
    except DigesterError as err:
        done.steps.append(StepReport(SITE, failures=(Failure(SITE, str(err)),)))


def sent(workspace: app.Workspace, store: Any, tell: Tell, stopping: Callable[[], bool]) -> StepReport | None:
    """An outbox that may not send is in the report and ends nothing."""
    try:
        return delivery.deliver(workspace, store, tell, stopping)
    except DigesterError as err:
        return StepReport("send", failures=(Failure("outbox", f"{err}{f' - {err.hint}' if err.hint else ''}"),))
