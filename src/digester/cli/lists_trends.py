"""trends: what the field speaks of, week by week, and what changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, emit, err, table, workspace
from digester.cli.steps import Date, target
from digester.domain.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digester.analysis.trends import Trend, Week

WEEKS = 12
COUNTED = (
    "counted: papers judged in scope, printed or not, whose title or abstract speaks of the subject, one perhaps for "
    "several; a theme of an issue has only what is printed, each paper in one theme"
)
SHOWN = 4  # the newest weeks whose counts stand in the table; --json has all


@app.command()
def trends(
    weeks: Annotated[
        int, typer.Option("--weeks", min=2, max=104, help="Weeks to look at, the last one counted.")
    ] = WEEKS,
    issue: Annotated[str, typer.Option("--issue", metavar="ISSUE", help="An issue of papers.")] = "rec-weekly",
    date: Date = None,
) -> None:
    """Subjects of the stored papers by week: counts, share of the papers in scope, and the change against before."""
    from digester import app as house
    from digester.analysis.trends import trends as found_in
    from digester.pipeline.archive import weeks_of

    ws = workspace()
    kind, period = target(ws, issue, date)
    if not kind.papers or kind.cadence != "weekly":
        raise UsageError(f"{kind.slug} is no weekly of papers, so it has no weeks to compare", hint="try rec-weekly")
    with house.open_store(ws) as store:
        found = weeks_of(store, kind, period, weeks)
    if not any(w.works for w in found):
        err(f"`digester run {kind.slug} --date {period}` collects and judges; --date names a week that was judged")
    rows = found_in(found)
    emit(_data(found, rows), _lines(found, rows))


def _data(weeks: Sequence[Week], rows: Sequence[Trend]) -> dict[str, Any]:
    return {"counted": COUNTED, "weeks": [{"week": w.label, "in_scope": w.works} for w in weeks],
            "trends": [asdict(t) for t in rows]}  # fmt: skip


def _lines(weeks: Sequence[Week], rows: Sequence[Trend]) -> list[str]:
    if not rows:
        return [f"{weeks[0].label} to {weeks[-1].label}: no paper was judged to be in scope"]
    newest = weeks[-SHOWN:]
    head = ["subject", *(w.label[5:] for w in newest), "share", "before", "change", "theme in"]
    known = sum(w.works > 0 for w in weeks)
    inputs = ", ".join(f"{w.label} {w.works}" for w in weeks if w.works)
    return [
        f"{weeks[0].label} to {weeks[-1].label}: {known} of {len(weeks)} weeks with papers in scope ({inputs})",
        *table([_row(t, newest) for t in rows], head),
        "share: per cent of the last week's papers in scope; before: mean share of the weeks before; change: in points",
        COUNTED,
    ]


def _row(t: Trend, newest: Sequence[Week]) -> list[object]:
    last = t.shares[-1]
    shares = ["-" if s is None else f"{s:.1f}" for s in (last, t.mean_before)]
    change = "-" if t.change is None else f"{t.change:+.1f}"
    counts = [n if w.works else "-" for n, w in zip(t.counts[-len(newest) :], newest, strict=True)]
    return [t.name, *counts, *shares, change, " ".join(p[5:] for p in t.published) or "-"]
