"""coverage: what was announced, by category and day, what was seen of it, and where two routes disagree."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import PARTIAL, app, emit, table, workspace
from digester.cli.steps import Date, target
from digester.domain.dates import window
from digester.domain.errors import UsageError
from digester.domain.ids import issue_id

if TYPE_CHECKING:
    from digester.domain.issue import BatchCoverage, Coverage, Issue

HEAD = ["category", "day", "announced", "seen", "missing", "api", "api only", "route"]
SHOWN = 20  # ids in one line


@app.command()
def coverage(
    issue: Annotated[str, typer.Argument(metavar="[ISSUE]", help="An issue of papers.")] = "rec-weekly",
    date: Date = None,
) -> None:
    """Announced, seen and missing papers by category and day, and the two routes compared; exit 3 when incomplete."""
    from digester import app as house
    from digester.pipeline import coverage as judged
    from digester.pipeline import material
    from digester.sources import KINDS

    ws = workspace()
    kind, period = target(ws, issue, date)
    if not kind.papers:
        raise UsageError(f"{kind.slug} is not made of papers, so nothing is announced for it", hint="try rec-weekly")
    with house.open_store(ws) as store:
        span = window(kind, period)
        items, _ = material.drawn(store, kind, period, span)
        papers = {name for name, k in KINDS.items() if k.papers}
        found = judged.of(store, kind, span, ws.settings.sources, items, papers, ws.now)
        record = store.issue(issue_id(kind.slug, period))
    emit(_data(f"{kind.slug}/{period}", found, record), _lines(f"{kind.slug} {period}", found, record))
    if not found.complete or any(b.announced is None for b in found.batches):
        raise typer.Exit(PARTIAL)


def _data(identity: str, found: Coverage, record: Issue | None) -> dict[str, Any]:
    return {"issue": identity, "coverage": asdict(found), "census": asdict(record.census) if record else None}


def _lines(title: str, found: Coverage, record: Issue | None) -> list[str]:
    lines = [f"{title}: {found.answered} of {found.sources} sources answered"]
    lines += [f"  {name}: {reason}" for name, reason in found.failed]
    lines += table([_row(b) for b in found.batches], HEAD)
    for b in found.batches:
        lines += _named(b, "missing", b.missing) + _named(b, "API only", b.api_only)
    known = sum(b.announced or 0 for b in found.batches)
    unknown = sum(b.announced is None for b in found.batches)
    seen = sum(b.seen for b in found.batches)
    lines.append(f"{known} listed and {seen} seen, a cross-listed paper in each of its lists; {unknown} lists unknown")
    if record:
        c = record.census
        lines.append(f"{c.announced} announced, {c.in_scope} in scope, {c.published} published")
    return lines


def _row(b: BatchCoverage) -> list[object]:
    api = "-" if b.compared is None else b.compared
    announced = "unknown" if b.announced is None else b.announced
    only = "-" if b.compared is None else len(b.api_only)
    return [b.category, b.day, announced, b.seen, len(b.missing), api, only, b.route]


def _named(b: BatchCoverage, what: str, ids: tuple[str, ...]) -> list[str]:
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return [f"{what}, {b.category} {b.day}: {' '.join(ids[:SHOWN])}{more}"] if ids else []
