"""The workspace itself: init, status, doctor, schema, config show."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from digester.cli._shell import app, as_json, emit, err, no_dry_run, out, workspace
from digester.domain.errors import DigesterError, NotFound, UsageError

_DATABASE = "check its permissions and that it is a database; move it away or name another in workspace.database"
SCHEMA = "sources.schema.json"
PROBE = 1 << 20  # bytes that a folder must take
config_app = typer.Typer(no_args_is_help=True, help="The settings in force.")
app.add_typer(config_app, name="config")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The workspace; made if absent.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing sources.yaml.")] = False,
) -> None:
    """Write a commented sources.yaml to start from, and its schema for editors."""
    from digester.app import CONFIG, registries
    from digester.config.schema import sources_schema
    from digester.files import data_file

    no_dry_run("init")
    target = folder / CONFIG
    try:
        if target.exists() and not force:
            raise UsageError(f"{target} exists already", hint="--force overwrites it, or name another folder")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SCHEMA).write_text(as_json(sources_schema(registries())) + "\n", "utf-8")
        target.write_text(f"# yaml-language-server: $schema={SCHEMA}\n" + data_file(CONFIG).read_text("utf-8"), "utf-8")
    except OSError as problem:
        raise DigesterError(
            f"cannot write {target}: {problem.strerror}", hint="check the folder and its permissions"
        ) from problem
    out(str(target))
    err(
        f"next: edit it, then `digester --config {target} sources try ID` and `digester --config {target} run ai-daily`"
    )


@app.command()
def status(
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when a person should look: for monitors.")] = False,
) -> None:
    """Last runs, what is stored, the health of the sources, what is overdue and what waits to be sent."""
    from digester import app as house
    from digester.cli._watch import problems
    from digester.pipeline.coverage import REMEMBERED
    from digester.pipeline.health import LOOKED_BACK, record
    from digester.pipeline.health import health as judged

    ws = workspace()
    with house.open_store(ws) as store:
        counts, runs, states, issues = store.counts(), store.runs(LOOKED_BACK), store.fetch_states(), store.issues()[:5]
        moments = store.moments(ws.now - REMEMBERED, ws.now)
        sent, wrong = store.delivery_counts(), problems(ws, store)
    health = {s.id: judged(states.get(s.id), moments.get(s.id, ()), ws.now) for s in ws.settings.sources if s.enabled}
    past = record(runs)
    runs = runs[:5]
    failing = [s for s in ws.settings.sources if s.id in states and states[s.id].failures]
    data = {
        "counts": counts,
        "runs": [{"id": r.id, "trigger": r.trigger, "kind": r.kind, "period": r.period, "started_at": r.started_at, "outcome": r.outcome} for r in runs],
        "failing": [{"id": s.id, "error": states[s.id].last_error, "failures": states[s.id].failures} for s in failing],
        "issues": [{"id": i, "revision": r, "state": s} for i, r, s, _ in issues],
        "sources": [_health(name, how, states.get(name), moments.get(name, ()), past) for name, how in health.items()],
        "outbox": dict(sent), "problems": wrong,
    }  # fmt: skip
    lines = ["stored   " + ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items())]
    lines += [
        f"run      {r.started_at:%Y-%m-%d %H:%M}  {r.trigger} {r.kind} {r.period}".rstrip() + f"  {_said(r.outcome)}"
        for r in runs
    ]
    lines += [f"issue    {i} revision {r}: {s}" for i, r, s, _ in issues]
    lines += [
        f"failing  {s.id}: {states[s.id].last_error} ({states[s.id].failures} times; {past.of(s.id)})" for s in failing
    ] or ["failing  no source"]
    lines += [f"{how:8} {name}" for name, how in health.items() if how not in ("ok", "failed")]
    lines += (
        ["outbox   " + ", ".join(f"{n} {state.replace('_', ' ')}" for state, n in sorted(sent.items()))] if sent else []
    )
    emit(data, [*lines, *(f"LOOK     {line}" for line in wrong)])
    if strict and wrong:
        raise typer.Exit(1)


def _said(outcome: str) -> str:
    """`NothingToPublish`, as a program reads it, in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", outcome).lower()


def _health(name: str, how: str, state: Any, moments: Any, past: Any) -> dict[str, Any]:
    from digester.pipeline.health import usual_interval

    interval = usual_interval(moments)
    return {
        "id": name, "health": how, "checked_at": state and state.checked_at, "succeeded_at": state and state.succeeded_at,
        "failures": state.failures if state else 0, "collections": past.collections, "failed_collections": past.failed[name],
        "next_check_at": state and state.next_check_at,
        "moved_to": state and state.moved_to, "newest": max(moments, default=None),
        "usual_interval_hours": round(interval.total_seconds() / 3600, 1) if interval is not None else None,
    }  # fmt: skip


@app.command()
def doctor() -> None:
    """Look at the workspace: settings, database, folders, prompts, models, channels, templates; says what to do about each finding."""
    checks = list(_checks())
    emit(
        [{"check": n, "ok": ok, "message": m} for n, ok, m in checks],
        [f"{'ok  ' if ok else 'BAD '} {n:10} {m}" for n, ok, m in checks],
    )
    if not all(ok for _, ok, _ in checks):
        raise typer.Exit(1)


def _checks() -> Any:
    """(name, ok, message) in the order in which faults build on one another."""
    from digester import app as house
    from digester import models, site

    try:
        ws = workspace()
    except DigesterError as problem:
        yield "settings", False, f"{problem.subject}: {problem}" + (f" - {problem.hint}" if problem.hint else "")
        return
    yield "settings", True, f"{len(ws.settings.sources)} sources, {len(ws.settings.issues)} issues"
    try:
        with house.open_store(ws) as store:
            items = store.counts()["items"]
            store.check_writable()
            yield "database", True, f"{store.engine.dialect.name}, {items} items"
    except DigesterError as problem:
        yield "database", False, f"{_masked(ws.database)}: {problem} - {_DATABASE}"
    yield _modes(ws.database)
    yield _folder("home", ws.home, "its permissions and free space")
    yield _folder("out", ws.out, "workspace.out, its permissions or free space")
    yield _checked("prompts", lambda: (house.editor(ws.home), models.prompts(ws.home)))
    yield _model(ws)
    yield _channels(ws)
    yield _checked("templates", lambda: house.check_templates(ws.home))
    yield "site", True, site.without_address(ws.settings.site) or ws.settings.site.url
    yield (
        "root",
        True,
        "runs as root: prefer a user of its own"
        if hasattr(os, "geteuid") and os.geteuid() == 0
        else "runs as a plain user",
    )


def _model(ws: Any) -> tuple[str, bool, str]:
    """Whether a model could be asked; none is asked here."""
    from digester import models

    try:
        named = models.named(ws.settings.llm, ws.env)
    except DigesterError as problem:
        return "model", False, f"{problem.subject}: {problem}"
    if why := models.missing(ws.settings.llm, ws.env):
        return "model", False, why
    told = ", ".join(f"{p.name}: {' and '.join(dict.fromkeys(p.models.values()))}" for p in named)
    return "model", True, told or "none is named: the embedded editor works"


def _channels(ws: Any) -> tuple[str, bool, str]:
    """Whether the channels could be used; none is asked here."""
    from digester import app as house
    from digester import delivery

    try:
        with house.open_store(ws, make=False) as store, delivery.open_channels(ws, store, dry=True) as channels:
            absent = channels.absent
            able = [x.channel.name for x in channels.lines]
    except DigesterError as problem:
        return "channels", False, f"{problem.subject}: {problem}".removeprefix(": ")
    if absent:
        return "channels", False, "; ".join(f"{name}: {why}" for name, why in absent.items())
    return "channels", True, ", ".join(able) or "none is set: issues are files"


def _checked(name: str, check: Callable[[], object]) -> tuple[str, bool, str]:
    try:
        check()
    except DigesterError as problem:
        return name, False, f"{problem.subject}: {problem}"
    return name, True, "complete"


def _modes(database: str) -> tuple[str, bool, str]:
    """An SQLite file is made with mode 0600; someone may have changed that."""
    path = Path(database.removeprefix("sqlite:///"))
    if database.startswith("sqlite") and path.is_file() and path.stat().st_mode & 0o077:
        return "modes", False, f"{path} may be read by others - chmod 600 {path}"
    return "modes", True, "private"


def _folder(name: str, path: Path, change: str) -> tuple[str, bool, str]:
    probe = path / ".digester-probe"
    try:
        path.mkdir(parents=True, exist_ok=True)
        try:
            probe.write_bytes(bytes(PROBE))  # a full disk takes an empty file
        finally:
            probe.unlink(missing_ok=True)
    except OSError as problem:
        return name, False, f"{path} cannot be written: {problem.strerror} - change {change}"
    return name, True, str(path)


@app.command()
def schema(what: Annotated[str, typer.Argument(help="What to describe: issue, sources.")] = "issue") -> None:
    """JSON Schema of the issue record, or of sources.yaml."""
    from digester.app import registries
    from digester.config.schema import sources_schema
    from digester.outputs.json import schema as issue_schema

    known: dict[str, Callable[[], Any]] = {"issue": issue_schema, "sources": lambda: sources_schema(registries())}
    if what not in known:
        raise NotFound(f"there is no schema called {what!r}", hint=f"known: {', '.join(known)}")
    out(as_json(known[what]()))


@config_app.command("show")
def config_show() -> None:
    """The settings in force after file and environment."""
    from dataclasses import asdict

    ws = workspace()
    s = ws.settings
    database = _masked(ws.database)
    data = {
        "home": str(ws.home),
        "database": database,
        "out": str(ws.out),
        "net": asdict(s.net),
        "llm": asdict(s.llm),
        "issues": sorted(s.issues),
        "sources": [x.id for x in s.sources],
        "channels": {c.name: c.kind for c in s.channels},
        "recipients": len(s.recipients),
    }
    lines = [
        f"home      {ws.home}",
        f"database  {database}",
        f"out       {ws.out}",
        *(f"net.{k:20} {v}" for k, v in asdict(s.net).items()),
        *(f"llm.{k:20} {v}" for k, v in asdict(s.llm).items() if v not in ("", None, (), {})),
        f"issues    {', '.join(sorted(s.issues))}",
        f"sources   {len(s.sources)}",
        f"channels  {', '.join(f'{c.name} ({c.kind})' for c in s.channels) or 'none'}",
    ]
    emit(data, lines)


def _masked(url: str) -> str:
    """A database address without its password, which may hold any character, in either place it can have."""
    scheme, sep, rest = url.partition("://")
    user, at, place = rest.rpartition("@")
    rest = f"{user.partition(':')[0]}:***@{place}" if at and ":" in user else rest
    return scheme + sep + re.sub(r"([?&][^=&?]{0,999}(?:pass|key|token|secret)[^=&?]{0,999}=)[^&]*", r"\1***", rest)
