"""`sources export` and `sources import`: the workspace's feeds as OPML and back; nobody is asked for anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import emit, err, masked, options, out, there, workspace
from digester.cli.lists import sources_app
from digester.domain.errors import DigesterError, NotFound, UsageError

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.sources._opml import Listed, Outline


@sources_app.command("export")
def sources_export() -> None:
    """The feeds of sources.yaml as OPML 2.0 on stdout; folders are first tags."""
    from digester.sources import _opml

    sources = workspace().settings.sources
    feeds = [s for s in sources if _opml.is_feed(s)]
    left = sorted({s.kind for s in sources if s not in feeds})
    if len(feeds) < len(sources):
        err(f"{len(sources) - len(feeds)} sources that are no feeds for others are left out: {', '.join(left)}")
    if options.as_json:
        emit([{"url": s.params.url, "name": s.name, "tags": list(s.tags)} for s in feeds], [])
    else:
        out(masked('<?xml version="1.0" encoding="UTF-8"?>\n' + _opml.write(feeds)).rstrip("\n"))


@sources_app.command("import")
def sources_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file of another reader.")],
    enable: Annotated[bool, typer.Option("--enable", help="Enable what is added; else `enabled: false`.")] = False,
) -> None:
    """Add the feeds of an OPML file to sources.yaml, folders as tags; nothing is asked of the network."""
    from digester.cli import sources_file
    from digester.config.append import line_of

    ws = workspace()
    listed = _listed(ws, file)
    if not listed.feeds:
        raise NotFound(f"{file} names no feed", hint="; ".join(listed.bad[:3]))
    new, doubles = _new(ws, listed.feeds)
    lines = _lines(ws, new, enable)
    if lines and not options.dry_run:
        sources_file.append(ws, lines)
    data: dict[str, Any] = {"added": 0 if options.dry_run else len(lines), "doubles": doubles, "bad": list(listed.bad),
            "lines": [line_of(line) for line in lines]}  # fmt: skip
    said = [f"- {text}" for text in data["lines"]] if options.dry_run else []
    said += [f"left out: {b}" for b in listed.bad]
    verb = "would be added" if options.dry_run else "added"
    emit(data, [*said, f"{len(lines)} {verb}, {doubles} there already, {len(listed.bad)} left out"])


def _listed(ws: Workspace, file: Path) -> Listed:
    """The list as the sandbox reads it."""
    from digester import app as house
    from digester.ports import SandboxFailure
    from digester.sources import _opml

    try:
        with there(file, "name the OPML file that the other reader has written").open("rb") as stream:
            body = stream.read(_opml.MAX_BYTES + 1)
    except OSError as problem:
        raise DigesterError(f"cannot read {file}: {problem.strerror}") from problem
    with house.open_store(ws, make=False) as store, house.open_powers(ws, store) as powers:
        listed = powers.sandbox.run(_opml.parse, body)
    if isinstance(listed, SandboxFailure):
        message = listed.message.removeprefix("ParseError: ")
        raise UsageError(f"{file}: {message}", hint="export the list of the other reader as OPML again")
    return listed


def _new(ws: Workspace, feeds: tuple[Outline, ...]) -> tuple[list[Outline], int]:
    """The feeds that are not there yet, each once, and how many were."""
    from digester.cli import sources_file
    from digester.cli.sources_find import as_source
    from digester.sources._discover import Candidate

    known = {a for s in ws.settings.sources for a in sources_file.addresses(s, ws)}
    new: list[Outline] = []
    for feed in feeds:
        asks = sources_file.addresses(as_source(Candidate("rss", {"url": feed.url})), ws)
        if not asks & known:
            new.append(feed)
        known |= asks
    return new, len(feeds) - len(new)


def _lines(ws: Workspace, feeds: list[Outline], enable: bool) -> list[dict[str, Any]]:
    from digester.cli.sources_file import free_id

    taken = {s.id for s in ws.settings.sources}
    lines = []
    for feed in feeds:
        line: dict[str, Any] = {
            "id": free_id(feed.name, feed.url, taken),
            "kind": "rss",
            "name": feed.name,
            "url": feed.url,
        }
        taken.add(line["id"])
        line |= {"tags": list(feed.tags)} if feed.tags else {}
        lines.append({**line, **({} if enable else {"enabled": False}), "evidence": "unverified"})
    return lines
