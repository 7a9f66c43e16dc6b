"""Reading notes as files: composed like `app`, of which it is a part that only commands about notes need.

`out/notes/<name>.<language>.md` and `.html` are the program's; the pages that collect notes by topic are also a
person's, so they are read, changed where a note stands, and written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from digester.app import Workspace
from digester.domain.errors import DigesterError, UsageError
from digester.domain.issue import Issue, IssueKind
from digester.domain.notes import NoteRecord
from digester.domain.text import plain
from digester.files import write

FOLDER = "notes"
LARGEST = 20_000_000  # bytes of a collection page
_UNFIT = re.compile(r"[^\w.-]+")


def of_issue(store: Any, issue: Issue, kind: IssueKind) -> list[NoteRecord]:
    """The notes on an issue's best papers, where its kind has them."""
    from digester.pipeline import notes

    return notes.of_issue(store, issue) if kind.weekly_of_papers else []


def write_notes(workspace: Workspace, records: Iterable[NoteRecord]) -> list[Path]:
    """Each note as Markdown and as a page."""
    from digester.outputs import note

    overlay, folder, files = _overlay(workspace), workspace.out / FOLDER, []
    for record in records:
        files.append(write(folder / f"{record.name}.md", note.markdown(record, overlay)))
        files.append(write(folder / f"{record.name}.html", note.html(record, overlay)))
    return files


def collection(workspace: Workspace, topic: str, language: str) -> Path:
    """The page of a topic. Raises UsageError for a topic that gives no name of its own to a file."""
    name = _UNFIT.sub("-", plain(topic)).strip("-.")[:80]
    if not name:
        raise UsageError(f"{topic!r} is no name for a page", hint="--topic takes words, such as 推荐 or ranking")
    if re.fullmatch(r"\d{4}\.\d{4,5}", name) or re.search(r"-[0-9a-f]{8}\Z", name):
        raise UsageError(f"{topic!r} is what a paper's own file is called", hint="name the topic otherwise")
    return workspace.out / FOLDER / f"{name}.{language}.md"


def collect_note(workspace: Workspace, page: Path, topic: str, record: NoteRecord) -> Path:
    """The page with the note in its place; what a person wrote on it is kept. Raises DigesterError, the page untouched."""
    from digester.outputs import note
    from digester.outputs.note_collection import placed

    try:
        text = placed(_read(page), plain(topic), record.note.work, note.entry(record, _overlay(workspace)))
    except DigesterError as err:
        raise DigesterError(f"{page}: {err}", subject=str(page), hint=err.hint) from err
    return write(page, text.encode())


def _read(page: Path) -> str:
    try:
        if not page.exists():
            return ""
        if page.stat().st_size > LARGEST:
            raise DigesterError(f"larger than {LARGEST} bytes", hint="name another page with --collection")
        return page.read_bytes().decode("utf-8")
    except UnicodeDecodeError as err:
        raise DigesterError(f"not UTF-8 at byte {err.start}", hint="save the page as UTF-8") from None
    except OSError as err:
        raise DigesterError(f"cannot be read: {err.strerror}", hint="check the file and its permissions") from None


def _overlay(workspace: Workspace) -> Path | None:
    own = workspace.home / "templates"
    return own if own.is_dir() else None
