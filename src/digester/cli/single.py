"""Each step of a run as a command of its own."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from digester.cli._shell import PARTIAL, app, emit, options, workspace
from digester.cli.steps import (
    Date,
    Degraded,
    IssueName,
    as_data,
    degraded,
    exit_code,
    refuse_early,
    show_result,
    step_lines,
    target,
    unmade,
    working,
)
from digester.domain.errors import NotFound, UsageError
from digester.domain.ids import issue_id


@app.command()
def collect(source: Annotated[list[str] | None, typer.Argument(help="Only these sources.")] = None) -> None:
    """Fetch all enabled sources once and store what is new."""
    from digester.pipeline import collect as step
    from digester.pipeline.run import collect_now

    if options.dry_run:
        return _forecast_collect(source)
    with working("collect") as (ws, powers, tell, note):
        sources = chosen(ws, source)
        report = collect_now(powers, step.todo(sources), ws.now, tell, every=bool(source))
        note((report,))
    emit(as_data(report), step_lines(report))
    if report.failures and len(report.failures) == report.seen:
        raise typer.Exit(1)
    return None


def _forecast_collect(names: list[str] | None) -> None:
    from digester import app as house
    from digester.pipeline import collect as step
    from digester.sources import KINDS

    ws = workspace()
    with house.open_store(ws, make=False) as store:
        asks = step.forecast(step.todo(chosen(ws, names)), KINDS, store, ws.now)
    emit({"requests": [list(a) for a in asks]}, [f"{len(asks)} first requests", *(f"  {s:20} {u}" for s, u in asks)])


def chosen(ws: Any, names: list[str] | None) -> Any:
    by_id = {s.id: s for s in ws.settings.sources}
    unknown = [n for n in names or () if n not in by_id]
    if unknown:
        raise NotFound(f"there is no source {', '.join(unknown)}", hint="`digester sources list` shows them")
    if off := [n for n in names or () if not by_id[n].enabled]:
        raise UsageError(
            f"{', '.join(off)} is disabled", hint="`digester sources try ID` asks it once; `enabled: true` for good"
        )
    return [by_id[n] for n in names] if names else list(ws.settings.sources)


def _one_step(name: str, issue: str, date: str | None) -> None:
    """One of the steps over the items of one window."""
    from digester.pipeline import run as runs

    kind, period = target(workspace(), issue, date)
    with working(name, kind.slug, period, edits=name == "assess") as (ws, powers, tell, note):
        report = runs.one_step(name, powers, kind, period, ws.settings.sources, ws.now, tell)
        note((report,))
    emit(as_data(report), step_lines(report))


@app.command()
def screen(issue: IssueName, date: Date = None) -> None:
    """Scope gate and first rating on title and abstract."""
    _one_step("screen", issue, date)


@app.command()
def enrich(issue: IssueName, date: Date = None) -> None:
    """Fetch whole texts of what will be judged."""
    _one_step("enrich", issue, date)


@app.command()
def assess(
    issue: IssueName,
    date: Date = None,
    batch: Annotated[
        bool,
        typer.Option("--batch", help="Ask models through the Batch API: half the price, within a day. For backfills."),
    ] = False,
) -> None:
    """Final rating and reading with whatever full text there is."""
    if batch:
        return _assess_by_batch(issue, date)
    _one_step("assess", issue, date)
    return None


def _assess_by_batch(issue: str, date: str | None) -> None:
    """Takes up what finished batches answered, judges with it, and queues what is still to ask."""
    from digester.pipeline import run as runs

    kind, period = target(workspace(), issue, date)
    with working("assess", kind.slug, period, edits=True, batch=True) as (ws, powers, tell, note):
        if powers.queue is None:
            raise UsageError(
                "no model is set, so there is nothing to ask", hint="set llm.fast in sources.yaml and a key"
            )
        got = powers.queue.fetch()
        report = runs.one_step("assess", powers, kind, period, ws.settings.sources, ws.now, tell)
        note((report,))
        begun = powers.queue.submit()
    data = {"answered": got.kept, "unanswered": got.failed, "under_way": got.running, "begun": list(begun)}
    lines = [f"batches   {got.kept} answers taken up, {got.failed} without one, {got.running} under way"]
    lines += [f"begun     {name}; the same command later takes up its answers" for name in begun]
    emit({**as_data(report), "batches": data}, [*step_lines(report), *lines])
    if begun or got.running:
        raise typer.Exit(PARTIAL)


@app.command()
def pictures(issue: IssueName, date: Date = None) -> None:
    """Fetch figures of the best papers whose licence lets others show them."""
    _one_step("pictures", issue, date)


@app.command()
def cluster(issue: IssueName, date: Date = None) -> None:
    """Group the items of the window into stories."""
    _one_step("cluster", issue, date)


@app.command()
def compose(issue: IssueName, date: Date = None, publish_degraded: Degraded = False) -> None:
    """Compose and freeze the issue from what is stored; no source is asked."""
    from digester.pipeline.run import compose_now

    kind, period = target(workspace(), issue, date)
    with working("compose", kind.slug, period, edits=True) as (ws, powers, _, note):
        if known := powers.store.issue(issue_id(kind.slug, period)):
            return show_result(known, (), [], False)
        refuse_early(ws, kind, period)
        made, steps = compose_now(powers, kind, period, ws.settings.sources, ws.now, degraded=publish_degraded)
        note(tuple(steps))
    show_result(made, tuple(steps), [], True)
    if bad := exit_code(made) or PARTIAL * bool(degraded(tuple(steps))):
        raise typer.Exit(bad)
    return None


@app.command()
def publish(issue: IssueName, date: Date = None) -> None:
    """Render the frozen issue into its outputs, write the files, and queue what channels will send."""
    from digester import delivery
    from digester.app import write_artifacts
    from digester.pipeline import publish as step

    kind, period = target(workspace(), issue, date)
    with working("publish", kind.slug, period) as (ws, powers, _, note):
        record = powers.store.issue(issue_id(kind.slug, period))
        if record is None:
            raise unmade(kind, period)
        report = step.run(powers.store, record, kind, powers.outputs, powers.made_with)
        note((report,))
        files = [str(f) for f in write_artifacts(ws.out, powers.store.artifacts(record.id))]
        with delivery.open_channels(ws, powers.store) as channels:
            delivery.queue_due(ws, powers.store, channels)
    show_result(record, (report,), files, True)
