"""The web site: built into a folder, and served from it for a look."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digester.cli._shell import app, emit, err, no_dry_run, workspace

site_app = typer.Typer(no_args_is_help=True, help="The web site of all issues.")
app.add_typer(site_app, name="site")
SHOWN = 20


@site_app.command()
def build(
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the site; by default `site` in the folder of the issues.")
    ] = None,
    search: Annotated[
        bool, typer.Option("--search", help="With an index for searching in the browser (pagefind).")
    ] = False,
) -> None:
    """Bring the site to the frozen issues; writes what changed, and the folder changes as a whole."""
    from digester import app as house
    from digester import site

    no_dry_run("site build")
    ws = workspace()
    target = out or site.folder(ws)
    with house.open_store(ws, make=False) as store:
        done = site.build(ws, store, target, search)
    if lacking := site.without_address(ws.settings.site):
        err(lacking)
    for problem in site.unread(ws):
        err(f"essays: {problem}")
    lines = [f"{target}: {done.files} files, {len(done.written)} written, {len(done.removed)} removed"]
    lines += [f"  {path}" for path in done.written[:SHOWN]] if len(done.written) <= SHOWN else []
    lines.append(f"open {target / 'index.html'}")
    emit(
        {"folder": str(target), "files": done.files, "written": list(done.written), "removed": list(done.removed)},
        lines,
    )


@site_app.command()
def serve(
    out: Annotated[Path | None, typer.Option("--out", help="Folder of the site.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port on this machine; 0 takes any.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; only this machine by default.")
    ] = "127.0.0.1",
) -> None:
    """Serve the built site for a look, until Ctrl-C. To publish it, give the folder to any web server."""
    from digester import site
    from digester.preview import Preview

    no_dry_run("site serve")
    target = out or site.folder(workspace())
    with Preview(target, host, port) as server:
        err(f"{target} at {server.address} until Ctrl-C")
        server.serve_forever()
