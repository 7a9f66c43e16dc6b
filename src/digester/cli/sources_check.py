"""`sources check`: which sources answer, moved, fell silent or died, and the line to put instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import PARTIAL, emit, options, table, workspace
from digester.cli.lists import sources_app

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.pipeline.check import Health

FINE = ("ok", "not configured")


@sources_app.command("check")
def sources_check(
    source: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these sources.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as the global --json.")] = False,
) -> None:
    """Ask each enabled source once and say how it is; nothing is stored. Exit 3 when a core source is not well."""
    from digester import app as house
    from digester.cli.single import chosen
    from digester.pipeline import check, collect
    from digester.sources import KINDS

    options.as_json |= as_json
    ws = workspace()
    sources = collect.todo(chosen(ws, source))
    with house.open_store(ws, make=False) as store:
        if options.dry_run:
            asks = collect.forecast(sources, KINDS, store, ws.now)
            return emit({"requests": [list(a) for a in asks]}, [f"{s:20} {u}" for s, u in asks])
        with house.open_powers(ws, store) as powers:
            found = check.run(sources, KINDS, powers.http, powers.sandbox, store.fetch_states(), ws.now)
    rows = [_row(h, ws) for h in found]
    emit(rows, _lines(rows))
    if any(h.source.core and h.verdict not in FINE for h in found):
        raise typer.Exit(PARTIAL)
    return None


def _row(health: Health, ws: Workspace) -> dict[str, Any]:
    newest = f"{health.newest:%Y-%m-%d}" if health.newest else None
    moved = health.verdict == "moved" and health.moved
    return {
        "id": health.source.id, "state": health.verdict, "core": health.source.core, "entries": health.entries,
        "newest": newest, "reason": health.reason, "replacement": _replacement(health, ws) if moved else None,
    }  # fmt: skip


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    cells = [[r["id"], r["state"], r["entries"], r["newest"] or "-", r["reason"][:200]] for r in rows]
    proposals = [f"{r['id']} in sources.yaml: {r['replacement']}" for r in rows if r["replacement"]]
    wrong = [r["id"] for r in rows if r["core"] and r["state"] not in FINE]
    alarm = [f"core sources that are not well: {', '.join(wrong)}"] if wrong else []
    return [*table(cells, ["id", "state", "entries", "newest", ""]), *proposals, *alarm]


def _replacement(health: Health, ws: Workspace) -> str | None:
    """The line of sources.yaml that holds the address, with the new one; None when no line holds it as it stands."""
    from digester.cli.sources_file import path_of, whole_text
    from digester.config import yamlfile
    from digester.config.append import replaced

    if health.moved is None:
        return None
    text = whole_text(path_of(ws))
    file = yamlfile.read(text)
    at = next((i for i, s in enumerate(ws.settings.sources) if s.id == health.source.id), 0)
    number = file.line(("sources", at, "url"))
    return replaced(text.splitlines()[number - 1] if number else "", *health.moved)
