"""Looking: sources, items, issues."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, as_json, emit, options, out, shown, table, workspace
from digester.domain.dates import period_of
from digester.domain.errors import NotFound
from digester.domain.ids import issue_id

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.issue import IssueKind

sources_app = typer.Typer(no_args_is_help=True, help="The sources of this workspace.")
items_app = typer.Typer(no_args_is_help=True, help="What the sources yielded.")
issues_app = typer.Typer(no_args_is_help=True, help="Issues made so far.")
app.add_typer(sources_app, name="sources")
app.add_typer(items_app, name="items")
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


@items_app.command("list")
def items_list(
    issue: Annotated[str, typer.Option("--issue", metavar="ISSUE", help="Items of this issue's window.")] = "ai-daily",
    date: Annotated[str | None, typer.Option("--date", metavar="D", help="Period of the issue.")] = None,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="What the frozen issue does not print, with the reason.")
    ] = False,
) -> None:
    """Items that belong to an issue's window, with their rating."""
    from digester import app as house
    from digester.domain.entries import subject_of
    from digester.pipeline.material import drawn, span_of

    ws = workspace()
    kind = ws.kind(issue)
    period = period_of(kind, date, ws.now)
    if left_out:
        return _left_out(ws, kind, period)
    with house.open_store(ws) as store:
        items, late = drawn(store, kind, period, span_of(store, kind, period))
        ratings = store.ratings({subject_of(i) for i in items}, kind.rubric)
    rows: list[dict[str, Any]] = []
    for i in sorted(items, key=lambda i: (i.source_id, i.id)):
        rated = ratings.get(subject_of(i), ())
        rows.append({"id": i.id, "source": i.source_id, "kind": i.entry.kind, "rating": rated[-1].rating if rated else None,
                     "reason": rated[-1].reason if rated else "", "late": i.id in late, "title": i.entry.title, "url": i.entry.url})  # fmt: skip
    emit(
        rows,
        table(
            [[r["id"], r["rating"] or "-", r["source"], r["title"][:90]] for r in rows], ["id", "r", "source", "title"]
        ),
    )
    return None


def _left_out(ws: Workspace, kind: IssueKind, period: str) -> None:
    """From the record: what was left out when the issue was frozen, whatever was judged since."""
    from digester import app as house
    from digester.pipeline.left import short

    identity = issue_id(kind.slug, period)
    with house.open_store(ws) as store:
        record = store.issue(identity)
        if record is None:
            raise NotFound(
                f"there is no issue {kind.slug} {period}", hint=f"`digester run {kind.slug} --date {period}`"
            )
        items = store.items(i for ids in record.left_out.values() for i in ids)
    rows: list[dict[str, Any]] = []
    for reason in sorted(record.left_out, key=lambda r: (-len(record.left_out[r]), r)):
        for i in sorted((items[k] for k in record.left_out[reason]), key=lambda i: (i.source_id, i.id)):
            rows.append({"id": i.id, "counted": short(reason), "reason": reason, "source": i.source_id, "kind": i.entry.kind,
                         "title": i.entry.title, "url": i.entry.url})  # fmt: skip
    lines = [[r["id"], r["reason"], r["source"], r["title"][:80]] for r in rows]
    emit(rows, table(lines, ["id", "left out", "source", "title"]))


@items_app.command("show")
def items_show(item: Annotated[str, typer.Argument(help="Item id.")]) -> None:
    """One item: what its source said, its ratings and reading."""
    from digester import app as house
    from digester.domain.entries import subject_of
    from digester.domain.text import one_line
    from digester.pipeline.explain import points

    ws = workspace()
    with house.open_store(ws) as store:
        found = store.item(item) if item.isascii() else None
        if found is None:
            raise NotFound(f"there is no item {item}", hint="`digester items list --issue ISSUE --date D` shows ids")
        subject = subject_of(found)
        ratings = [
            r for kind in ws.settings.issues.values() for r in store.ratings([subject], kind.rubric).get(subject, ())
        ]
        text = store.full_texts([subject]).get(subject)
        passages = store.passages({s.passage_id for r in ratings for s in r.supports})
    e = found.entry
    data = {"id": found.id, "work": found.work, "refs": list(found.refs), "first_seen_at": found.first_seen_at, "entry": asdict(e),
            "full_text": text.outcome if text else None, "ratings": [asdict(r) for r in ratings]}  # fmt: skip
    lines = [
        e.title,
        e.url,
        f"{e.kind} of {found.source_id}, first seen {found.first_seen_at:%Y-%m-%d %H:%M} UTC",
        f"work {found.work}",
    ]
    lines += [f"full text: {text.outcome}"] if text else []
    for r in ratings:
        lines.append(f"rated {r.rating} ({r.rubric}, {r.level}): {r.reason}")
        lines += [
            f"  {value:+.1f} {name}{f': {one_line(told, 90)}' if told else ''}"
            for name, value, told in points(r, passages)
            if value
        ]
    emit(data, [*lines, "", e.text[:1500]])


@issues_app.command("list")
def issues_list() -> None:
    """Issues with revision and state."""
    from digester import app as house

    with house.open_store(workspace()) as store:
        rows = [{"id": i, "revision": r, "state": s, "frozen_at": at} for i, r, s, at in store.issues()]
    emit(
        rows,
        table(
            [[r["id"], r["revision"], r["state"], f"{r['frozen_at']:%Y-%m-%d %H:%M}"] for r in rows],
            ["issue", "rev", "state", "at"],
        ),
    )


@issues_app.command("show")
def issues_show(
    issue: Annotated[str, typer.Argument(metavar="ISSUE")],
    date: Annotated[str | None, typer.Option("--date", metavar="D", help="Period of the issue.")] = None,
) -> None:
    """The frozen issue: Markdown, or with --json the record."""
    from digester import app as house

    ws = workspace()
    kind = ws.kind(issue)
    identity = issue_id(kind.slug, period_of(kind, date, ws.now))
    with house.open_store(ws) as store:
        artifacts = {a.output: a for a in store.artifacts(identity)}
    wanted = artifacts.get("json" if options.as_json else "markdown")
    if wanted is None:
        raise NotFound(
            f"there is no issue {identity.replace('/', ' ')}",
            hint=f"`digester run {identity.replace('/', ' --date ')}` makes it",
        )
    text = wanted.body.decode("utf-8").rstrip("\n")
    out(as_json(json.loads(text)) if options.as_json else "\n".join(shown(line) for line in text.split("\n")))
