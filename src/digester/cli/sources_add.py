"""`sources add`: the feed behind an address as a line of sources.yaml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import emit, err, options, workspace
from digester.cli.lists import sources_app
from digester.config.sources import ID
from digester.domain.errors import UsageError
from digester.domain.text import plain
from digester.domain.urls import host_of, http_url

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.cli.sources_find import Found
    from digester.domain.sources import Source

NO_FEED_YET = "unverified"  # a line that was found today stands in no dated page


@sources_app.command("add")
def sources_add(
    url: Annotated[str, typer.Argument(help="A site, a feed, a sitemap, or a profile on X, Bluesky or Mastodon.")],
    identity: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id; else made of its name.")] = None,
    tags: Annotated[str, typer.Option("--tags", metavar="A,B", help="Its tags.")] = "",
    show: Annotated[bool, typer.Option("--print", help="Print the line; leave sources.yaml as it is.")] = False,
) -> None:
    """Find the feed of a site and add it to sources.yaml, whose other lines stay as they are."""
    from digester import app as house
    from digester.cli import sources_file, sources_find

    ws = workspace()
    address = _address(url)
    if identity is not None and not re.fullmatch(ID, identity):
        raise UsageError(f"--id {identity!r} is no id", hint="letters, digits, '.', '-' and '_', such as openai-blog")
    if identity in {s.id for s in ws.settings.sources}:
        raise UsageError(f"there is a source {identity} already", hint="give another --id")
    if known := _known(ws, address):
        return _there(known)
    if options.dry_run:
        asks = sources_find.plan(address, ws.now)
        return emit({"requests": asks}, ["would ask, until one is a feed:", *(f"  {u}" for u in asks)])
    with house.open_store(ws, make=False) as store, house.open_powers(ws, store) as powers:
        found = sources_find.find(address, powers, ws.now)
    if known := sources_file.same(sources_find.as_source(found.candidate), ws):
        return _there(known)
    line = _line(found, identity or _free(ws, found, address), tags, address)
    if not show:
        sources_file.append(ws, [line])
    return _say(line, found, not show)


def _address(url: str) -> str:
    address = http_url(url if "://" in url else f"https://{url}")
    if address is None:
        raise UsageError(f"{plain(url)[:200]!r} is no http(s) address", hint="for example https://blog.example")
    return address


def _known(ws: Workspace, address: str) -> Source | None:
    """The source that asks this very address, or the service's one that it stands for: known without asking."""
    from digester.cli import sources_file, sources_find
    from digester.sources import _discover

    candidate = _discover.by_address(address) or _discover.Candidate("rss", {"url": address})
    return sources_file.same(sources_find.as_source(candidate), ws)


def _there(known: Source) -> None:
    off = "" if known.enabled else ", but it is not enabled"
    data = {"added": False, "id": known.id, "enabled": known.enabled}
    emit(data, [f"{known.id} is there already ({known.name}){off}"])


def _free(ws: Workspace, found: Found, address: str) -> str:
    from digester.cli.sources_file import free_id

    return free_id(found.candidate.name, address, (s.id for s in ws.settings.sources))


def _line(found: Found, identity: str, tags: str, address: str) -> dict[str, Any]:
    named = [t for t in (plain(t)[:60] for t in tags.split(",")) if t]
    c = found.candidate
    line: dict[str, Any] = {"id": identity, "kind": c.kind, "name": c.name or host_of(address), **c.params}
    return {**line, **({"tags": named} if named else {}), "evidence": NO_FEED_YET}


def _say(line: dict[str, Any], found: Found, added: bool) -> None:
    from digester.config.append import line_of

    newest = f"{found.newest:%Y-%m-%d}" if found.newest else None
    data = {"added": added, "id": line["id"], "line": line_of(line), "entries": found.entries, "newest": newest,
            "others": list(found.others), "note": found.note}  # fmt: skip
    yields = f"{found.entries} entries" + (f", newest {newest}" if newest else "")
    lines = [f"- {data['line']}", found.note if found.note.startswith("not configured") else yields]
    lines += [f"its page names another feed: {u}" for u in found.others]
    if found.note and not found.note.startswith("not configured"):
        err(found.note)
    emit(data, [*lines, f"added as {line['id']}" if added else "nothing was written"])
