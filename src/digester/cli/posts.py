"""`digester import posts`: essays from elsewhere into the workspace's `posts/`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digester.cli._shell import PARTIAL, app, emit, options, workspace
from digester.domain.errors import NotFound

if TYPE_CHECKING:
    from digester.domain.posts import Post

import_app = typer.Typer(no_args_is_help=True, help="Bring in what was written elsewhere.")
app.add_typer(import_app, name="import")


@import_app.command("posts")
def import_posts(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Markdown files, or folders with such files.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite posts of the same name.")] = False,
) -> None:
    """Copy Markdown files, also as Notion exports them, into posts/; drafts and pages with a password are refused."""
    from digester import posts

    folder = workspace().home / posts.FOLDER
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise NotFound(f"no Markdown file in {', '.join(map(str, paths))}", hint="name files or folders with *.md")
    rows: list[dict[str, object]] = []
    taken: set[str] = set()
    for file in files:
        post, problems = posts.read_post(file)
        outcome = _outcome(folder, post, taken, force)
        if post and outcome == "imported":
            taken.add(post.name)
            if not options.dry_run:
                posts.save(folder, post)
        notes = [str(p) for p in problems]
        rows.append({"file": str(file), "outcome": outcome, "post": post.name if post else None, "notes": notes})
    lines = [line for row in rows for line in _lines(row)]
    emit(rows, lines)
    done = sum(row["outcome"] == "imported" for row in rows)
    if done < len(rows):
        raise typer.Exit(PARTIAL if done else 1)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.md")) if path.is_dir() else [path]


def _outcome(folder: Path, post: Post | None, taken: set[str], force: bool) -> str:
    if post is None:
        return "refused"
    if post.name in taken:
        return "twice"
    there = (folder / f"{post.name}.md").exists() or (folder / f"{post.name}.md").is_symlink()
    return "exists" if there and not force else "imported"


def _lines(row: dict[str, object]) -> list[str]:
    """A line for the file, and one for each note about it."""
    verb = "would be imported" if options.dry_run else "imported"
    said = {
        "imported": f"{verb} as posts/{row['post']}.md",
        "refused": "left out",
        "exists": f"left out: posts/{row['post']}.md exists already (--force overwrites it)",
        "twice": f"left out: another file of this import is posts/{row['post']}.md; rename one",
    }
    notes = row["notes"] if isinstance(row["notes"], list) else []
    return [f"{row['file']}: {said[str(row['outcome'])]}", *(f"  {note}" for note in notes)]
