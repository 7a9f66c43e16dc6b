"""Models: what they cost, and whether they answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, emit, no_dry_run, table, workspace
from digester.cli.steps import usd
from digester.domain.errors import DigesterError, NotFound, UsageError

if TYPE_CHECKING:
    from digester.domain.calls import Spend

BY: dict[str, Callable[[Spend], str]] = {
    "day": lambda s: s.at.date().isoformat(),
    "run": lambda s: s.run_id,
    "task": lambda s: s.task,
    "model": lambda s: s.model,
}
llm_app = typer.Typer(no_args_is_help=True, help="Language models.")
app.add_typer(llm_app, name="llm")


@app.command()
def cost(
    by: Annotated[str, typer.Option("--by", help="day, run, task or model.")] = "day",
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How far back, today included.")] = 31,
) -> None:
    """What models were asked and what it cost, from the ledger; nothing is asked."""
    from digester import app as house

    if by not in BY:
        raise UsageError(f"costs are not kept by {by!r}", hint=f"--by {', --by '.join(BY)}")
    ws = workspace()
    since = datetime.combine((ws.now - timedelta(days=days - 1)).date(), datetime.min.time(), ws.now.tzinfo)
    with house.open_store(ws) as store:
        spends = store.spends_since(since)
    rows = [_row(name, group) for name, group in _groups(spends, BY[by])]
    whole = _row("in all", spends)
    lines = [f"since {since.date()}: no model was asked"]
    if rows:
        shown = [
            [r["name"], r["calls"], f"{r['input']:,}", f"{r['cached']:,}", f"{r['output']:,}", usd(r["cost"])]
            for r in (*rows, whole)
        ]
        lines = table(shown, (by, "calls", "tokens in", "of these cached", "tokens out", "cost"))
    if whole["open"]:
        lines.append(
            f"{whole['open']} calls were reserved and not settled (a killed run, an open batch); they count at their most"
        )
    emit({"since": since.date(), "by": by, "rows": rows, "total": whole}, lines)


def _groups(spends: Iterable[Spend], key: Callable[[Spend], str]) -> list[tuple[str, list[Spend]]]:
    found: dict[str, list[Spend]] = defaultdict(list)
    for s in spends:
        found[key(s)].append(s)
    return sorted(found.items())


def _row(name: str, spends: Iterable[Spend]) -> dict[str, Any]:
    from digester.domain.calls import total

    made = list(spends)
    usage, money = total(made)
    return {"name": name, "calls": sum(s.usage.input > 0 for s in made), "input": usage.input, "cached": usage.cached, "output": usage.output,
            "cost": money, "estimated": usage.estimated, "open": sum(s.state == "reserved" for s in made)}  # fmt: skip


@llm_app.command("try")
def try_() -> None:
    """Ask each provider's models one small question now, and say what they understand and cost."""
    from digester import app as house
    from digester import models

    no_dry_run("llm try")
    ws = workspace()
    llm = ws.settings.llm
    named = models.named(llm, ws.env)
    if not named:
        raise NotFound(
            "no model is named",
            hint="set llm.fast in sources.yaml, or DIGESTER_LLM__FAST and a key; the embedded editor needs none",
        )
    if why := models.missing(llm, ws.env):
        raise DigesterError(why, hint=f"export {llm.key}=..., or name a base_url of your own")
    results = [models.tried(p, llm, house.clock_of(ws)) for p in named]
    found = [r for both in results for r in both]
    emit(found, [_line(r) for r in found])
    if not any(r["ok"] for r in found):
        raise typer.Exit(1)


def _line(r: dict[str, Any]) -> str:
    head = f"{r['provider']:12} {r['tier']:9} {r['model']:24}"
    if not r["ok"]:
        return f"{head} FAILED: {r['message']}"
    estimated = " (estimated)" if r["estimated"] else ""
    rung = f", {r['rung']}" if r["rung"] else ""
    return f"{head} ok{rung}, {r['tokens']} tokens{estimated}, {usd(r['cost'])}, {r['took']:.1f} s" + (
        f"; answers as {r['answered_by']}" if r["answered_by"] not in ("", r["model"]) else ""
    )
