"""Looking: sources and issues."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Annotated, Any

import typer

from digester.cli._shell import app, as_json, emit, err, options, out, shown, table, workspace
from digester.cli.steps import Date, IssueName, target, unmade
from digester.domain.errors import NotFound
from digester.domain.ids import issue_id

sources_app = typer.Typer(no_args_is_help=True, help="The sources of this workspace.")
issues_app = typer.Typer(no_args_is_help=True, help="Issues made so far.")
app.add_typer(sources_app, name="sources")
app.add_typer(issues_app, name="issues")


@sources_app.command("list")
def sources_list() -> None:
    """Sources with kind, tags and how they last answered."""
    from digester import app as house

    ws = workspace()
    with house.open_store(ws) as store:
        states = store.fetch_states()
    rows = []
    for s in ws.settings.sources:
        state = states.get(s.id)
        how = (
            "off"
            if not s.enabled
            else "never asked"
            if state is None
            else f"failed: {state.last_error}"
            if state.failures
            else "ok"
        )
        rows.append(
            {
                "id": s.id,
                "kind": s.kind,
                "name": s.name,
                "tags": list(s.tags),
                "weight": s.weight,
                "core": s.core,
                "state": how,
            }
        )
    emit(rows, table([[r["id"], r["kind"], r["name"], r["state"]] for r in rows], ["id", "kind", "name", "state"]))


@sources_app.command("kinds")
def sources_kinds() -> None:
    """Source kinds and their parameters."""
    from digester.sources import KINDS

    data: list[dict[str, Any]] = [
        {"kind": k.name, "doc": k.doc, "params": {f.name: str(f.type) for f in fields(k.Params)}}
        for k in KINDS.values()
    ]
    emit(
        data,
        [
            line
            for d in data
            for line in (f"{d['kind']}: {d['doc']}", *(f"    {n}: {t}" for n, t in d["params"].items()))
        ],
    )


@sources_app.command("try")
def sources_try(source: Annotated[str, typer.Argument(help="Source id.")]) -> None:
    """Ask one source now and show what it yields; nothing is stored."""
    from digester import app as house
    from digester.domain.sources import FetchState, Parsed
    from digester.ports import Fetched, SandboxFailure
    from digester.sources import KINDS

    ws = workspace()
    found = next((s for s in ws.settings.sources if s.id == source), None)
    if found is None:
        raise NotFound(f"there is no source {source}", hint="`digester sources list` shows them")
    kind, results, failed = KINDS[found.kind], [], False
    if options.dry_run:
        asks = [r.url for r in kind.first(found, FetchState(found.id), ws.now)]
        return emit({"requests": asks}, [f"{len(asks)} first requests", *(f"  {u}" for u in asks)])
    if entries := tuple(kind.given(found)):
        results.append(_tried("given in the configuration", Parsed(entries)))
    with house.open_store(ws) as store, house.open_powers(ws, store) as powers:
        fetches = powers.http.fetches()
        for request in kind.first(found, FetchState(found.id), ws.now):
            fetches.add(request, request)
        for request, reply in fetches:
            parsed: Any = powers.sandbox.run(kind.parse, found, reply.document) if isinstance(reply, Fetched) else reply
            bad = isinstance(parsed, SandboxFailure) or not isinstance(reply, Fetched)
            failed |= bad
            results.append({"url": request.url, "error": parsed.message} if bad else _tried(request.url, parsed))
    lines = [
        line
        for r in results
        for line in (
            f"{r['url']}: {r.get('error') or str(len(r['entries'])) + ' entries'}",
            *(f"  {e['date'] or '----------'}  {e['title']}" for e in r.get("entries", ())[:10]),
        )
    ]
    emit(results, lines)
    if failed:
        raise typer.Exit(1)
    return None


def _tried(url: str, parsed: Any) -> dict[str, Any]:
    entries = [
        {"title": e.title, "url": e.url, "date": str(e.announced_at or e.published_at or "")[:10]}
        for e in parsed.entries
    ]
    return {"url": url, "entries": entries, "follow_ups": len(parsed.next_requests), "notes": list(parsed.notes)}


@issues_app.command("list")
def issues_list() -> None:
    """Issues with revision and state."""
    from digester import app as house

    with house.open_store(workspace()) as store:
        rows = [{"id": i, "revision": r, "state": s, "frozen_at": at} for i, r, s, at in store.issues()]
    if not rows:
        err("no issue yet; `digester run ai-daily` makes one")
    emit(
        rows,
        table(
            [[r["id"], r["revision"], r["state"], f"{r['frozen_at']:%Y-%m-%d %H:%M}"] for r in rows],
            ["issue", "rev", "state", "at"],
        ),
    )


@issues_app.command("show")
def issues_show(
    issue: IssueName,
    date: Date = None,
) -> None:
    """The frozen issue: Markdown, or with --json the record."""
    from digester import app as house

    ws = workspace()
    kind, period = target(ws, issue, date)
    with house.open_store(ws) as store:
        stored = store.artifacts(issue_id(kind.slug, period))
    artifacts = {a.output: a for a in reversed(stored)}  # in its first language
    wanted = artifacts.get("json" if options.as_json else "markdown")
    if wanted is None:
        raise unmade(kind, period)
    text = wanted.body.decode("utf-8").rstrip("\n")
    out(as_json(json.loads(text)) if options.as_json else "\n".join(shown(line) for line in text.split("\n")))
