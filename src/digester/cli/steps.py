"""Doing: run and regenerate, and what every command that works shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._interrupt import watch
from digester.cli._sending import NoSend, left_over, sent
from digester.cli._shell import PARTIAL, app, complain, emit, no_dry_run, options, progress, workspace
from digester.domain.dates import period_of
from digester.domain.errors import NotFound, UsageError
from digester.domain.ids import issue_id

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.issue import Issue, IssueKind
    from digester.domain.runs import StepReport

SHOWN = 20  # failures of a step
NAMED = "ai-daily, rec-weekly, ..., or with its period as in rec-weekly/2026-W25."
IssueName = Annotated[str, typer.Argument(metavar="ISSUE", help=NAMED)]
Date = Annotated[
    str | None, typer.Option("--date", metavar="D", help="2026-06-20, 2026-W25 or yesterday; default: the latest.")
]


Degraded = Annotated[
    bool, typer.Option("--publish-degraded", help="Publish an issue that would be refused, with a notice on it.")
]


@contextmanager
def working(
    command: str, kind: str = "", period: str = "", edits: bool = False, batch: bool = False
) -> Iterator[tuple[Workspace, Any, Any, Any]]:
    """Workspace, store, powers and tell, under the lock, recorded as a run; only one that `edits` may ask models."""
    from digester import app as house
    from digester.models import missing
    from digester.pipeline.record import new_id, recorded

    no_dry_run(command)
    ws = workspace()
    with ExitStack() as stack:
        store = stack.enter_context(house.open_store(ws))
        stack.enter_context(house.one_run(ws, store))
        run_id = new_id(store, command, kind, period, ws.now)
        powers = stack.enter_context(house.open_powers(ws, store, run_id if edits else "", batch))
        if edits and (why := missing(ws.settings.llm, ws.env)):
            complain(why)
        tell = stack.enter_context(progress(command))
        note = stack.enter_context(recorded(store, run_id, command, kind, period, ws.now))
        watch.note = lambda: house.note_interrupted(ws)
        try:
            yield ws, powers, tell, note
        finally:
            watch.note = None


def target(ws: Workspace, issue: str, date: str | None) -> tuple[IssueKind, str]:
    """The issue that `rec-weekly` with --date means, or `rec-weekly/2026-W25` as lists print it: every command that
    takes an issue asks here. Raises NotFound, UsageError."""
    slug, _, named = issue.partition("/")
    kind = ws.kind(slug)
    period = period_of(kind, named or date, ws.now)
    if named and date and period_of(kind, date, ws.now) != period:
        raise UsageError(f"{issue} and --date {date} name two issues", hint=f"leave --date away: {kind.slug}/{period}")
    return kind, period


def unmade(kind: IssueKind, period: str) -> NotFound:
    """What to say of an issue that is not there."""
    return NotFound(
        f"there is no issue {kind.slug} {period}",
        hint=f"`digester run {kind.slug} --date {period}` makes it; `digester issues list` shows what there is",
    )


@app.command()
def run(issue: IssueName, date: Date = None, publish_degraded: Degraded = False, no_send: NoSend = False) -> None:
    """Make one issue: collect, screen, enrich, assess, cluster, compose, freeze, publish, notes on the best papers, send."""
    from digester.app import write_artifacts
    from digester.notes import of_issue, write_notes
    from digester.pipeline.run import whole

    if options.dry_run:
        return _forecast(issue, date)
    kind, period = target(workspace(), issue, date)
    with working("run", kind.slug, period, edits=True) as (ws, powers, tell, note):
        refuse_early(ws, kind, period)
        result = whole(powers, kind, period, ws.settings.sources, ws.now, tell, degraded=publish_degraded, note=note)
        files = write_artifacts(ws.out, powers.store.artifacts(result.issue.id))
        files += write_notes(ws, of_issue(powers.store, result.issue, kind))
        mail = None if no_send else sent(ws, powers.store, tell)
        note(told := (mail,) if mail else ())
    show_result(result.issue, (*result.steps, *told), [str(f) for f in files], result.fresh)
    bad = exit_code(result.issue) or PARTIAL * bool(degraded(result.steps)) if result.fresh else 0
    if bad := bad or PARTIAL * any(left_over(m) for m in told):
        raise typer.Exit(bad)
    return None


def degraded(steps: tuple[StepReport, ...]) -> list[str]:
    """What an issue lacks: most of a model's part, a reached cap aside, which the embedded editor did; a language."""
    capped = any(s.capped for s in steps)
    found = [(n, s.done) for s in steps if (n := s.extra.get("without_model", 0)) and 2 * n > s.done]
    told = [f"{n} of {most} stories are rated or read without the model that is set" for n, most in found if not capped]
    return told + ["an edition is missing, see the notices"] * any(s.extra.get("missing_editions") for s in steps)


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
    lines += _cost_line(steps)
    found = "partial" if fresh else "partial when it was frozen"
    lines += [f"{found}: {reason}" for reason in (*_partial(issue), *degraded(steps))]
    lines += files
    emit(data, lines)


def as_data(s: StepReport) -> dict[str, Any]:
    model = (
        {"model": {"calls": s.calls, "kept": s.kept, "tokens": s.tokens, "cost": s.cost}} if s.calls or s.kept else {}
    )
    return {"step": s.step, "seen": s.seen, "done": s.done, "skipped": s.skipped, **dict(s.extra), **model,
            "failures": [{"subject": f.subject, "error": f.error} for f in s.failures], "notes": [*s.details, *s.notes]}  # fmt: skip


def step_lines(s: StepReport) -> list[str]:
    told = {} if s.step == "send" else s.extra
    extra = ", ".join(f"{v} {k.replace('_', ' ')}" for k, v in told.items() if v and k != "offline")
    waits = f", {s.skipped} not asked yet: `digester status` says when" if s.step == "collect" and s.skipped else ""
    lines = [f"{s.step:9} {s.done} of {s.seen}{f' ({extra})' if extra else ''}{waits}"]
    if s.calls or s.kept:
        kept = f", {s.kept} kept replies" if s.kept else ""
        lines.append(f"          model: {s.calls} calls{kept}, {s.tokens:,} tokens, {usd(s.cost)}")
    lines += [f"          {n}" for n in s.notes]
    lines += [f"          failed: {f.subject}: {f.error}" for f in s.failures[:SHOWN]]
    more = len(s.failures) - SHOWN
    return lines + ([f"          and {more} more; --json has all"] if more > 0 else [])


def usd(cost: float | None) -> str:
    """US dollars; a price that is not known is never nothing."""
    return "cost unknown (llm.prices)" if cost is None else f"{cost:.4f} US dollars"


def _cost_line(steps: tuple[StepReport, ...]) -> list[str]:
    """What the whole run asked of models."""
    asked = [s for s in steps if s.calls or s.kept]
    if not asked:
        return []
    cost = None if any(s.cost is None for s in asked) else sum(s.cost or 0.0 for s in asked)
    calls, kept, tokens = sum(s.calls for s in asked), sum(s.kept for s in asked), sum(s.tokens for s in asked)
    return [f"model     {calls} calls, {kept} kept replies, {tokens:,} tokens, {usd(cost)}"]


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
        model = None if frozen else _model_forecast(ws, store, kind, period)
    data = {
        "issue": issue_id(kind.slug, period),
        "frozen": frozen,
        "sources": len(sources),
        "requests": [list(a) for a in asks],
        "model": model,
    }
    head = f"{kind.slug} {period}: " + (
        "frozen already, nothing would be asked"
        if frozen
        else f"{len(asks)} first requests to {len(sources)} sources; follow-ups (API pages, full texts) depend on the answers"
    )
    emit(data, [head, *_model_lines(model), *(f"  {s:20} {u}" for s, u in asks)])


def _model_forecast(ws: Workspace, store: Any, kind: IssueKind, period: str) -> dict[str, Any] | None:
    """Calls, tokens and US dollars that rating and reading of what is stored would take; None without a model."""
    from digester import app as house
    from digester import models
    from digester.pipeline import forecast

    if not ws.settings.llm.fast or (counting := models.counting(ws.settings.llm, ws.env, store)) is None:
        return None
    editor = models.editor_of(house.editor(ws.home), counting, ws.home)
    seen = forecast.assess(store, kind, period, ws.settings.sources, editor, ws.now, ws.settings.llm.prefilter)
    t = counting.sum
    writing = models.WRITING[kind.cadence] * len(kind.languages)
    return {"calls": t.calls, "kept": t.kept, "input": t.usage.input, "output": t.usage.output, "cost": t.cost,
            "writing_calls": writing, **seen}  # fmt: skip


def _model_lines(model: dict[str, Any] | None) -> list[str]:
    if model is None:
        return []
    return [
        f"model: {model['calls']} calls to rate {model['rated']} and read {model['read']} of {model['items']} stored items "
        f"({model['kept']} replies are kept), about {model['input']:,} tokens in, at most {model['output']:,} out, {usd(model['cost'])}",
        f"model: about {model['writing_calls']} more to word the issue; what is still to be collected is not counted",
    ]


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
            raise unmade(kind, period)
        changed: list[str] = []
        why: list[str] = []
        if render:
            outputs = house.outputs(ws.home, ws.settings.site)
            made_with = house.made_with(ws.home)
            again = [
                publish.render(record, outputs[a.output], a.language, made_with) if a.output in outputs else a
                for a in artifacts
            ]
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
