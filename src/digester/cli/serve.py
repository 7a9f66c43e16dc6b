"""serve: the server behind links to unsubscribe."""

from __future__ import annotations

from types import ModuleType
from typing import Annotated

import typer

from digester.cli._sending import draining
from digester.cli._shell import app, err, no_dry_run, options, workspace
from digester.domain.errors import DigesterError


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; only this machine by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any.")] = 8080,
) -> None:
    """Serve the links by which people unsubscribe, and /health, until SIGTERM. A web server with TLS stands before it."""
    from digester import app as house

    no_dry_run("serve")
    server = _server()
    ws = workspace()
    if not any(getattr(c.params, "unsubscribe", "") for c in ws.settings.channels):
        err("no channel leads here: `unsubscribe: https://...` of one of kind smtp names the address that people reach")
    with house.open_store(ws) as store, server.listening(host, port) as listener, draining() as stopping:
        place = f"[{host}]" if ":" in host else host
        err(f"unsubscribing at http://{place}:{listener.getsockname()[1]} until SIGTERM or Ctrl-C")
        server.Server(server.asgi(ws, store, options.moment), stopping).run([listener])


def _server() -> ModuleType:
    """Raises DigesterError where the extra is not installed."""
    try:
        from digester import serve as server
    except ModuleNotFoundError as missing:
        raise DigesterError(f"{missing.name} is not installed", hint='pip install "digester[serve]"') from missing
    return server
