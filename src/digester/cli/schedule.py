"""tick, schedule, health: the newsroom without a person."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._interrupt import watch
from digester.cli._sending import NoSend, draining, left_over
from digester.cli._shell import PARTIAL, app, complain, emit, err, explain_error, no_dry_run, options, workspace
from digester.cli.steps import as_data, degraded, exit_code, step_lines, working
from digester.domain.errors import DigesterError, Locked, NothingToPublish

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.scheduler import Ticked, Waiting

NOTHING = 4
EVERY = 5  # minutes between two looks of `schedule`
HEARTBEAT = 60  # seconds


@app.command()
def tick(no_send: NoSend = False) -> None:
    """Do what is due: collect, make issues whose windows are over, publish, send. For cron, timers and CI runners."""
    if options.dry_run:
        return _plan()
    no_dry_run("tick")
    if code := _tick(not no_send):
        raise typer.Exit(code)
    return None


def _tick(send: bool, quietly: bool = False) -> int:
    """The exit code of one tick. One that finds nothing to do leaves no run, and with `quietly` says nothing."""
    from digester import app as house
    from digester import scheduler
    from digester.pipeline import due

    ws = workspace()
    due.check_clock(ws.now)
    with house.open_store(ws) as store:
        if not (found := scheduler.waiting(ws, store)):
            scheduler.beat(ws, store)
            if not quietly:
                emit({"due": 0, "skipped": [d.id for d in found.plan.skipped]}, ["nothing is due", *_next(ws)])
            return 0
    with working("tick", edits=True) as (ws, powers, tell, note), draining() as stopping:
        done = scheduler.tick(ws, powers, tell, note, stopping, send)
    _show(done)
    return _code(done)


def _code(done: Ticked) -> int:
    """1 when an issue failed, 3 when something is partial, 4 when all there was is a quiet day."""
    real = [e for _, e in done.failed if not isinstance(e, NothingToPublish)]
    if real:
        return real[0].exit_code
    partial = any(exit_code(r.issue) or degraded(r.steps) for r in done.made if r.fresh)
    if partial or any(left_over(s) for s in done.steps if s.step in ("send", "site")):
        return PARTIAL
    return NOTHING if done.failed and not done.made else 0


def _show(done: Ticked) -> None:
    lines = [line for s in done.steps for line in step_lines(s)]
    lines += [f"issue     {r.issue.id}: {len(r.issue.picks())} stories" for r in done.made]
    quiet = [e for _, e in done.failed if isinstance(e, NothingToPublish)]
    lines += [f"quiet     {e}" for e in quiet]
    lines += [f"failed    {d.id}: {e}" for d, e in done.failed if e not in quiet]
    lines += [
        f"skipped   {d.id}: too long ago; `digester run {d.kind} --date {d.period}` makes it" for d in done.skipped
    ]
    data = {
        "made": [r.issue.id for r in done.made],
        "failed": [{"issue": d.id, "error": str(e)} for d, e in done.failed],
        "skipped": [d.id for d in done.skipped],
        "steps": [as_data(s) for s in done.steps],
        "files": done.files,
    }
    emit(data, [*lines, *done.files])


def _plan() -> None:
    """--dry-run: what is due now; nothing is asked or written."""
    from digester import app as house
    from digester import scheduler

    ws = workspace()
    with house.open_store(ws, make=False) as store:
        found = scheduler.waiting(ws, store)
    p = found.plan
    data = {"sources": found.sources, "messages": found.messages, "issues": [d.id for d in p.now],
            "waiting": [d.id for d in p.waiting], "dead": [d.id for d in p.dead], "skipped": [d.id for d in p.skipped]}  # fmt: skip
    lines = [f"{found.sources} sources are due, {found.messages} messages wait", *_told(found), *_next(ws)]
    emit(data, lines)


def _told(found: Waiting) -> list[str]:
    groups = (("due", found.plan.now), ("tried later", found.plan.waiting), ("given up", found.plan.dead),
              ("too long ago", found.plan.skipped))  # fmt: skip
    return [f"{name:12} {d.id} since {d.since:%Y-%m-%d %H:%M} UTC" for name, found_ in groups for d in found_]


def _next(ws: Workspace) -> list[str]:
    from digester.pipeline import due

    found = due.next_due(ws.settings.issues, ws.now)
    return [f"next: {found[0]} at {found[1]:%Y-%m-%d %H:%M} UTC"] if found else []


# ------------------------------------------------------------------ schedule
@app.command()
def schedule(
    no_send: NoSend = False,
    every: Annotated[int, typer.Option("--every", min=1, max=60, metavar="MINUTES", help="Between two looks.")] = EVERY,
) -> None:
    """Stay and do what is due, when it is due; ends on SIGTERM or Ctrl-C after the message under way."""
    no_dry_run("schedule")
    ws = workspace()
    planner = _planner(ws, lambda: _look(not no_send), every)
    err(f"scheduling {len([k for k in ws.settings.issues.values() if k.enabled])} issues; {''.join(_next(ws))}")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a look that lasts longer than the pause is no warning
    with draining():
        planner.start()
        watch.stop.wait()
        planner.shutdown(wait=True)


def _planner(ws: Workspace, look: Any, every: int) -> Any:
    """APScheduler with one worker, so that two looks never overlap: each issue at its moment in its own zone, and a look
    every few minutes for sources, for what was missed and what failed. A late job still runs (no misfire grace), once
    however often it was missed (coalesce): what there is to do stands in the store."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.cron import CronTrigger
    from apscheduler.triggers.interval import IntervalTrigger

    planner = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1), "pulse": ThreadPoolExecutor(1)},
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        timezone="UTC",
    )
    planner.add_job(look, IntervalTrigger(minutes=every), id="look", next_run_time=ws.now)
    planner.add_job(_pulse, IntervalTrigger(seconds=HEARTBEAT), id="pulse", executor="pulse")
    for slug, kind in sorted(ws.settings.issues.items()):
        if kind.enabled:
            planner.add_job(look, CronTrigger(**cron_of(kind), timezone=kind.timezone), id=slug)
    return planner


def cron_of(kind: Any) -> dict[str, Any]:
    """The fields of the moment at which an issue is due, in its own zone: its turn and `publish_after`."""
    at = kind.turn + kind.publish_after
    days, rest = divmod(at, timedelta(days=1))
    minutes = int(rest.total_seconds()) // 60
    fields: dict[str, Any] = {"hour": minutes // 60, "minute": minutes % 60, "second": 1}
    if kind.cadence == "weekly":  # 0 is Monday there as here
        fields["day_of_week"] = (kind.weekday + days) % 7
    return fields


def _look(send: bool) -> None:
    """One tick of the schedule: whatever goes wrong is said and tried again at the next."""
    if watch.stop.is_set():
        return
    try:
        _tick(send, quietly=True)
    except Locked as busy:
        complain(f"digester: {busy}; the next look is in a few minutes")
    except DigesterError as problem:
        explain_error(problem)
    except typer.Exit:
        pass


def _pulse() -> None:
    """Says that the process is alive, also while a long look is under way."""
    from digester import app as house
    from digester import scheduler

    try:
        ws = workspace()
        with house.open_store(ws) as store:
            scheduler.beat(ws, store)
    except DigesterError as problem:
        explain_error(problem)


@app.command()
def health(
    within: Annotated[
        int, typer.Option("--within", min=1, metavar="MINUTES", help="How old the last look may be.")
    ] = 60,
) -> None:
    """Whether a scheduler is alive: exit 0 or 1, for container engines and monitors."""
    from digester import app as house
    from digester import scheduler

    ws = workspace()
    with house.open_store(ws, make=False) as store:
        age = scheduler.age(ws, store)
    ok = age is not None and age <= timedelta(minutes=within)
    told = "no scheduler was ever here" if age is None else f"last look {int(age.total_seconds() // 60)} minutes ago"
    emit({"ok": ok, "seconds": None if age is None else int(age.total_seconds())}, [f"{'ok' if ok else 'BAD'}: {told}"])
    if not ok:
        raise typer.Exit(1)
