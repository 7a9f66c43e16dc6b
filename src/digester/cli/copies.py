"""backup and restore: the database as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digester.cli._shell import app, emit, no_dry_run, workspace
from digester.domain.errors import StoreError

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.subscribers import Subscriber


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
    from digester import people
    from digester.delivery import hold, workspace_key
    from digester.store import copies
    from digester.store.engine import make_engine, one_run

    no_dry_run("restore")
    ws = workspace()
    target = copies.file_of(ws.database)
    with one_run(make_engine(ws.database), ws.home):  # asks nothing of the database, which may be broken
        left = _left(ws)
        copies.restore(file, target)
        with house.open_store(ws) as store:
            hold.begin(store)
            away = people.stay_away(store, workspace_key(store), left or (), ws.now)
    told = (
        "what it was before cannot be read: who left since the copy was made is on the list again"
        if left is None
        else f"{away} people who left since the copy was made stay away"
    )
    emit({"database": str(target), "before": f"{target}.before", "stay_away": None if left is None else away},
         [f"{target} is what {file} was; what it was before is {target}.before", *([told] if left is None or away else []),
          "nothing is sent until `digester send --resolve sent` (what waits was sent) or `--resolve again`"])  # fmt: skip


def _left(ws: Workspace) -> list[Subscriber] | None:
    """Who is not mailed any more; None when the database cannot be read."""
    from digester import app as house
    from digester import people

    try:
        with house.open_store(ws) as store:
            return people.listed(store, suppressed=True)
    except StoreError:
        return None
