"""Doing: run and regenerate, and what every command that works shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._interrupt import watch
from digester.cli._shell import PARTIAL, app, emit, no_dry_run, options, progress, workspace
from digester.domain.dates import period_of
from digester.domain.errors import NotFound, UsageError
from digester.domain.ids import issue_id

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.issue import Issue, IssueKind
    from digester.domain.runs import StepReport

IssueName = Annotated[str, typer.Argument(metavar="ISSUE", help="ai-daily, rec-weekly, ...")]
Date = Annotated[
    str | None, typer.Option("--date", metavar="D", help="2026-06-20, 2026-W25 or yesterday; default: the latest.")
]


Degraded = Annotated[
    bool, typer.Option("--publish-degraded", help="Publish an issue that would be refused, with a notice on it.")
]


@contextmanager
def working(command: str, kind: str = "", period: str = "") -> Iterator[tuple[Workspace, Any, Any, Any]]:
    """Workspace, store, powers and tell, under the lock, recorded as a run."""
    from digester import app as house
    from digester.pipeline.record import recorded

    no_dry_run(command)
    ws = workspace()
    with (
        house.open_store(ws) as store,
        house.one_run(ws, store),
        house.open_powers(ws, store) as powers,
        progress(command) as tell,
        recorded(store, command, kind, period, ws.now) as note,
    ):
        watch.note = lambda: house.note_interrupted(ws)
        try:
            yield ws, powers, tell, note
        finally:
            watch.note = None


def target(ws: Workspace, slug: str, date: str | None) -> tuple[IssueKind, str]:
    kind = ws.kind(slug)
    return kind, period_of(kind, date, ws.now)


@app.command()
def run(issue: IssueName, date: Date = None, publish_degraded: Degraded = False) -> None:
    """Make one issue: collect, screen, enrich, assess, cluster, compose, freeze, publish."""
    from digester.app import write_artifacts
    from digester.pipeline.run import whole

    if options.dry_run:
        return _forecast(issue, date)
    kind, period = target(workspace(), issue, date)
    with working("run", issue, period) as (ws, powers, tell, note):
        refuse_early(ws, kind, period)
        result = whole(powers, kind, period, ws.settings.sources, ws.now, tell, degraded=publish_degraded, note=note)
        files = write_artifacts(ws.out, powers.store.artifacts(result.issue.id))
    show_result(result.issue, result.steps, [str(f) for f in files], result.fresh)
    if result.fresh and (bad := exit_code(result.issue)):
        raise typer.Exit(bad)
    return None


def refuse_early(ws: Workspace, kind: IssueKind, period: str) -> None:
    """A frozen issue of an unfinished window would lose what is still to come."""
    from digester.domain.dates import window

    if ws.now < window(kind, period).end:
        raise UsageError(
            f"{kind.slug} {period} is not over yet", hint="pick an earlier --date, or wait until its window ends"
        )


def exit_code(issue: Issue) -> int:
    """3 when announced batches are incomplete or less than 80 % of the source weight answered."""
    return PARTIAL if _partial(issue) else 0


def _partial(issue: Issue) -> list[str]:
    """In what the issue is partial, in words; empty when it is whole."""
    c = issue.coverage
    unknown = sum(b.announced is None for b in c.batches)
    found = [f"{unknown} of {len(c.batches)} announcement lists are unknown"] if unknown else []
    found += ["announced papers are missing"] if not c.complete and not unknown else []
    return found + (
        [f"sources with {c.weight_answered:.0%} of the weight answered, 80% are needed"]
        if c.weight_answered < 0.8
        else []
    )


def show_result(issue: Issue, steps: tuple[StepReport, ...], files: list[str], fresh: bool) -> None:
    data = {
        "issue": issue.id, "revision": issue.revision, "state": issue.state, "fresh": fresh, "picks": len(issue.picks()),
        "files": files, "steps": [as_data(s) for s in steps],
        "coverage": {"sources": issue.coverage.sources, "answered": issue.coverage.answered, "failed": [list(f) for f in issue.coverage.failed]},
    }  # fmt: skip
    again = "; its files were written again" if files else ""
    lines = [] if fresh else [f"{issue.id} is frozen already (revision {issue.revision}){again}"]
    for step in steps:
        lines += step_lines(step)
    lines += [f"partial: {reason}" for reason in _partial(issue)]
    lines += files
    emit(data, lines)


def as_data(s: StepReport) -> dict[str, Any]:
    return {"step": s.step, "seen": s.seen, "done": s.done, "skipped": s.skipped, **dict(s.extra),
            "failures": [{"subject": f.subject, "error": f.error} for f in s.failures], "notes": list(s.notes)}  # fmt: skip


def step_lines(s: StepReport) -> list[str]:
    extra = ", ".join(f"{v} {k.replace('_', ' ')}" for k, v in s.extra.items() if v and k != "offline")
    lines = [f"{s.step:9} {s.done} of {s.seen}{f' ({extra})' if extra else ''}"]
    return lines + [f"          failed: {f.subject}: {f.error}" for f in s.failures[:20]]


def _forecast(issue: str, date: str | None) -> None:
    """--dry-run: the requests a run would begin with, by source; nothing is asked."""
    from digester import app as house
    from digester.pipeline import collect
    from digester.sources import KINDS

    ws = workspace()
    kind, period = target(ws, issue, date)
    with house.open_store(ws, make=False) as store:
        frozen = store.issue(issue_id(kind.slug, period)) is not None
        sources = [] if frozen else collect.todo(ws.settings.sources)
        asks = collect.forecast(sources, KINDS, store, ws.now)
    data = {
        "issue": issue_id(kind.slug, period),
        "frozen": frozen,
        "sources": len(sources),
        "requests": [list(a) for a in asks],
    }
    head = f"{issue} {period}: " + (
        "frozen already, nothing would be asked"
        if frozen
        else f"{len(asks)} first requests to {len(sources)} sources; follow-ups (API pages, full texts) depend on the answers"
    )
    emit(data, [head, *(f"  {s:20} {u}" for s, u in asks)])


@app.command()
def regenerate(
    issue: IssueName,
    date: Date = None,
    render: Annotated[
        bool, typer.Option("--render", help="Render the frozen record again and say what changed.")
    ] = False,
) -> None:
    """Write a past issue's stored bytes again; nothing is fetched, asked or composed."""
    from digester import app as house
    from digester.pipeline import publish

    no_dry_run("regenerate")
    ws = workspace()
    kind, period = target(ws, issue, date)
    identity = issue_id(kind.slug, period)
    with house.open_store(ws) as store:
        record, artifacts = store.issue(identity), store.artifacts(identity)
        if record is None or not artifacts:
            raise NotFound(
                f"there is no issue {issue} {period}",
                hint=f"`digester run {issue} --date {period}` makes it; `digester issues list` shows what there is",
            )
        changed: list[str] = []
        why: list[str] = []
        if render:
            outputs = house.outputs(ws.home)
            made_with = house.made_with(ws.home)
            again = [publish.render(record, outputs[a.output], a.language, made_with) for a in artifacts]
            changed = [a.filename for a, old in zip(again, artifacts, strict=True) if a.checksum != old.checksum]
            why = publish.changed(artifacts[0].made_with, made_with)
            artifacts = again
        files = [str(f) for f in house.write_artifacts(ws.out, artifacts)]
    notes = [
        f"{name}: bytes differ from the stored ones; changed since: {', '.join(why) or 'nothing that is known'}"
        for name in changed
    ] or (["rendered again: all bytes are the stored ones"] if render else [])
    emit(
        {
            "issue": identity,
            "revision": record.revision,
            "files": files,
            "changed": changed,
            "changed_since": why,
            "checksums": {a.filename: a.checksum for a in artifacts},
        },
        [*files, *notes],
    )
