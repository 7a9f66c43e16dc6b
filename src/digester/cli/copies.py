"""backup and restore: the database as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digester.cli._shell import app, emit, no_dry_run, workspace


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes; it must not exist.")]) -> None:
    """Copy the SQLite database into one file, also while others work."""
    from digester import app as house
    from digester.store import copies

    no_dry_run("backup")
    ws = workspace()
    copies.file_of(ws.database)
    with house.open_store(ws) as store:
        copies.backup(store.engine, file)
    emit({"file": str(file), "bytes": file.stat().st_size}, [f"{file}  {file.stat().st_size:,} bytes"])


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `digester backup` made.")]) -> None:
    """Put a copy in the place of the database. Nothing is sent until `send --resolve` says what became of what waited."""
    from digester import app as house
    from digester.delivery import hold
    from digester.store import copies

    no_dry_run("restore")
    ws = workspace()
    target = copies.file_of(ws.database)
    with house.open_store(ws) as store, house.one_run(ws, store):
        store.engine.dispose()
        copies.restore(file, target)
    with house.open_store(ws) as store:
        hold.begin(store)
    emit({"database": str(target), "before": f"{target}.before"},
         [f"{target} is what {file} was; what it was before is {target}.before",
          "nothing is sent until `digester send --resolve sent` (what waits was sent) or `--resolve again`"])  # fmt: skip
