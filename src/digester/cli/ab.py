"""ab: the A/B ledger, every online figure that frozen issues printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from digester.cli._shell import app, emit, err, options, out, table, workspace
from digester.domain.errors import UsageError

if TYPE_CHECKING:
    from digester.domain.results import Result

WIDEST = 40  # characters of a name in the table; csv and json have it whole


@app.command()
def ab(
    org: Annotated[str, typer.Option("--org", metavar="NAME", help="Organisations whose name holds this.")] = "",
    metric: Annotated[str, typer.Option("--metric", metavar="NAME", help="Metrics whose name holds this.")] = "",
    surface: Annotated[str, typer.Option("--surface", metavar="NAME", help="Where it ran: feed, search, ads ...")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="Announced on this day or later.")] = "",
    form: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="What stdout carries; --json is json.")
    ] = "table",
) -> None:
    """Figures of online tests and deployments in frozen issues: who, what, where, how much, on which words."""
    from digester import app as house
    from digester.analysis.ledger import ledger, matches, rows_of
    from digester.analysis.surfaces import SURFACES
    from digester.domain.dates import parse_day
    from digester.outputs.ledger import csv_text, plain
    from digester.pipeline.archive import standing

    if surface and surface not in SURFACES:
        raise UsageError(f"{surface!r} is no surface of the ledger", hint=f"known: {', '.join(SURFACES)}")
    day = parse_day(since).isoformat() if since else ""
    with house.open_store(workspace(), make=False) as store:
        found = ledger(row for issue in standing(store) for row in rows_of(issue))
    rows = [r for r in found if matches(r, org=org, metric=metric, surface=surface, since=day)]
    if not rows:
        err(_nothing(len(found)))
    if form == "csv" and not options.as_json:
        return out(csv_text(rows).removesuffix("\n"))
    options.as_json |= form == "json"
    return emit(plain(rows), _lines(rows)) if rows or options.as_json else None


def _nothing(of: int) -> str:
    if of:
        return f"none of the {of} figures of the ledger is like this; `digester ab` shows them all"
    return "no frozen issue has a figure of an online test yet; `digester run rec-weekly` makes an issue"


def _lines(rows: Sequence[Result]) -> list[str]:
    from digester.outputs._format import figure

    head = ["day", "organisation", "system", "surface", "metric", "result", "traffic", "days", "evidence"]
    lines = [
        [r.day or "-", _short(", ".join(r.organisations)), _short(r.system or r.title), ", ".join(r.surfaces) or "-",
         _short(r.metric), _short(figure(r, "en")), _short(r.traffic), r.days or "-", r.evidence.replace("_", " ")]
        for r in rows
    ]  # fmt: skip
    return table(lines, head)


def _short(text: str) -> str:
    text = " ".join(text.split()) or "-"
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1].rstrip()}…"
