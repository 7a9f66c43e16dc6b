"""The demo: two issues and their site without key or network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from digester.cli._shell import app, emit, err, no_dry_run, progress


def _called() -> str:
    """How this program was called, so that the next command can be typed as printed."""
    path = Path(sys.argv[0])
    if path.name == "__main__.py":
        return "python -m digester"
    inside = path.is_absolute() and path.is_relative_to(Path.cwd())
    return str(path.relative_to(Path.cwd())) if inside else str(path) if "/" in sys.argv[0] else path.name


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--out", help="Folder for the demo's files.")] = Path("demo-out"),
) -> None:
    """Make the dailies and weeklies of an invented world served on loopback, their web site, and mail them to a server on
    this machine."""
    from digester.demo.run import MAIL, run
    from digester.notes import FOLDER

    no_dry_run("demo")
    with progress("demo") as tell:
        made = run(folder, tell, err)
    lines = []
    for result in made.results:
        c, issue = result.issue.census, result.issue
        lines.append(
            f"{issue.title['en']}: {len(issue.picks())} stories; coverage {issue.coverage.answered} of {issue.coverage.sources} sources"
        )
        lines += (
            [f"  in scope {c.in_scope} of {c.announced} announced, {c.with_online_ab} with online A/B"]
            if c.announced
            else []
        )
        lines += [f"  failed: {name}: {why}" for name, why in issue.coverage.failed]
    lines += ["", *(str(f) for f in made.files if f.parent.name != FOLDER)]
    if count := sum(f.parent.name == FOLDER for f in made.files):
        lines += [f"{count} files of notes on its best papers in {folder / FOLDER}"]
    lines += [""]
    lines.append(
        f"made from {made.items} items of {made.requests} requests to the invented web on loopback, in {made.seconds:.1f} s, no model"
    )
    pages = [f for f in made.files if f.suffix == ".html" and f.parent.name != FOLDER]
    noted = [f for f in made.files if f.suffix == ".html" and f.parent.name == FOLDER]
    name = _called()
    lines += [
        "",
        "what next:",
        *(f"  open {page}" for page in pages),
        *(f"  open {page}   a reading note" for page in noted[:1]),
        *(
            f"  open {mail}   as a reader got it"
            for mail in made.files
            if mail.parent.name == MAIL and mail == made.files[-1]
        ),
        f"  {name} init news                                   writes news/sources.yaml for live sources",
        f"  {name} --config news/sources.yaml run ai-daily",
    ]
    data = {
        "issues": [r.issue.id for r in made.results],
        "files": [str(f) for f in made.files],
        "items": made.items,
        "requests": made.requests,
        "mails": made.mails,
        "seconds": round(made.seconds, 2),
    }
    emit(data, lines)
