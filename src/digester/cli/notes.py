"""note: reading notes of single papers, or of the best papers of an issue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from digester.cli._shell import PARTIAL, app, emit, no_dry_run, workspace
from digester.cli.explain import frozen
from digester.cli.steps import as_data, step_lines, working
from digester.domain.entries import subject_of
from digester.domain.errors import NotFound, Refused, UsageError

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.model import Item
    from digester.domain.notes import NoteRecord
    from digester.domain.runs import StepReport
    from digester.pipeline.notes import Desk

Languages = Literal["en", "zh", "both"]
WEEKLY = "rec-weekly"
NO_NOTE = "a note needs a method and a result in the paper's own text; later versions of it may have them"


@app.command()
def note(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="arXiv id or address, work, item id, or ISSUE: its papers rated 5."),
    ],
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="T", help="Also on the page out/notes/T.LANGUAGE.md, under T.")
    ] = None,
    language: Annotated[Languages, typer.Option("--language", help="en, zh or both.")] = "both",
    collection: Annotated[
        Path | None, typer.Option("--collection", metavar="FILE", help="Another page than that of the topic.")
    ] = None,
) -> None:
    """Write reading notes: background, method, results and what differs, each sentence as the paper has it."""
    no_dry_run("note")
    _check(topic, language, collection)
    with working("note", edits=True) as (ws, powers, tell, noted):
        desk = _desk(ws, powers)
        papers = _papers(ws, powers, ids)
        steps = _prepared(powers, desk, papers, tell)
        languages = ("en", "zh") if language == "both" else (language,)
        made, refused, fresh = _written(powers.store, desk, papers, languages)
        steps.append(_counted(desk, made, refused, fresh))
        noted(steps)
        files = _files(ws, made, topic, collection)
    _show(made, refused, steps, files)


def _check(topic: str | None, language: str, collection: Path | None) -> None:
    """Raises UsageError for options that do not go together, before anything is asked."""
    from digester.notes import collection as page

    if collection is not None and language == "both":
        raise UsageError("one page holds one language", hint="name it: --language en or --language zh")
    if collection is not None and topic is None:
        raise UsageError("--collection needs --topic", hint="the heading that the note stands under")
    if topic is not None:
        page(workspace(), topic, "en")


def _desk(ws: Workspace, powers: Any) -> Desk:
    """Papers are judged as the weekly of papers judges them."""
    from digester.pipeline.notes import Desk

    return Desk(ws.kind(WEEKLY), {s.id: s for s in ws.settings.sources}, powers.editor, ws.now)


def _papers(ws: Workspace, powers: Any, ids: Sequence[str]) -> list[Item]:
    """The papers that the names mean, each once, in their order. Raises NotFound, Offline."""
    found: dict[str, Item] = {}
    for name in ids:
        for item in _of_issue(ws, powers.store, name) if _is_issue(ws, name) else [_paper(ws, powers, name)]:
            found.setdefault(subject_of(item), item)
    return list(found.values())


def _is_issue(ws: Workspace, name: str) -> bool:
    return name.partition("/")[0] in ws.settings.issues


def _of_issue(ws: Workspace, store: Any, name: str) -> list[Item]:
    from digester.pipeline import notes

    record = frozen(ws, store, name, None)
    picks = notes.fives(record)
    items = store.items(p.lead_item_id for p in picks)
    if not items:
        raise NotFound(f"{record.id} has no stored paper rated {notes.TOLD}", hint="name the paper itself")
    return [items[p.lead_item_id] for p in picks if p.lead_item_id in items]


def _paper(ws: Workspace, powers: Any, name: str) -> Item:
    from digester.pipeline import one_paper

    item = one_paper.stored(powers.store, name)
    if item is not None and one_paper.version_of(name) <= (item.entry.version or 1):
        return item
    work = one_paper.work_of(name)
    if not work.startswith("arxiv:"):
        raise NotFound(f"{name} is no stored paper", hint=one_paper.HINT)
    return _asked(ws, powers, work, name)


def _asked(ws: Workspace, powers: Any, work: str, name: str) -> Item:
    """The paper from arXiv, as an item of the workspace's own arXiv source where it has one."""
    from digester.domain.sources import Source
    from digester.pipeline import one_paper
    from digester.sources import arxiv

    plain = Source("arxiv", "arxiv", "arXiv", arxiv.Params(()))
    source = next((s for s in ws.settings.sources if s.kind == "arxiv"), plain)
    version = one_paper.version_of(name)
    identity = work.partition(":")[2] + (f"v{version}" if version else "")
    requests = arxiv.by_id(source.params.site, [identity])
    return one_paper.fetched(
        work, source, powers.kinds["arxiv"], requests, powers.http, powers.sandbox, powers.store, ws.now
    )


def _prepared(powers: Any, desk: Desk, papers: Sequence[Item], tell: Any) -> list[StepReport]:
    """What is missing of what a note is made from: whole texts, ratings, readings."""
    from digester.pipeline import assess, enrich, notes

    lacking = enrich.lacking(powers.store, papers, desk.now)
    read = enrich.read(powers.store, papers, lacking, powers.http, powers.sandbox, powers.extractors, desk.now, tell)
    subjects = [notes.evidence(powers.store, desk, item) for item in papers]
    return [read, assess.named(powers.store, subjects, desk.kind.rubric, desk.editor, desk.now)]


def _written(
    store: Any, desk: Desk, papers: Sequence[Item], languages: Sequence[str]
) -> tuple[list[NoteRecord], list[tuple[str, str, str]], int]:
    """The notes, those that were there already too; (work, language, reason) of what has none; how many are new."""
    from digester.pipeline import notes

    subjects = [notes.evidence(store, desk, item) for item in papers]
    missing = {(e.item.id, language) for e, language in notes.todo(store, desk, subjects, languages)}
    made: list[NoteRecord] = []
    refused = []
    for e in subjects:
        for language in languages:
            work = subject_of(e.item)
            told = (
                notes.do_one(store, desk, e, language)
                if (e.item.id, language) in missing
                else store.note(work, language)
            )
            if isinstance(told, str):
                refused.append((work, language, told))
            else:
                made.append(told)
    return made, refused, len(missing) - len(refused)


def _counted(desk: Desk, made: Sequence[NoteRecord], refused: Sequence[tuple[str, str, str]], fresh: int) -> StepReport:
    from digester.domain.runs import StepReport
    from digester.pipeline.asked import counted
    from digester.pipeline.notes import NONE

    told = tuple(f"{NONE} {work}: {why} ({language})" for work, language, why in refused)
    report = StepReport(
        "notes", len(made) + len(refused), fresh, len(made) - fresh, extra={"without_a_note": len(refused)}, notes=told
    )
    return counted(report, desk.editor.tally())


def _files(ws: Workspace, made: Sequence[NoteRecord], topic: str | None, page: Path | None) -> list[str]:
    from digester.notes import collect_note, collection, write_notes

    files = write_notes(ws, made)
    if topic is not None:
        files += [collect_note(ws, page or collection(ws, topic, r.note.language), topic, r) for r in made]
    return list(dict.fromkeys(str(f) for f in files))


def _show(
    made: Sequence[NoteRecord],
    refused: Sequence[tuple[str, str, str]],
    steps: Sequence[StepReport],
    files: Sequence[str],
) -> None:
    """What there is now; exit 6 when nothing is, 3 when something is missing."""
    data = {
        "notes": [{"work": r.note.work, "language": r.note.language, "editor": r.editor, "level": r.paper.level,
                   "method": len(r.note.sections.method), "results": len(r.note.sections.results)} for r in made],
        "refused": [{"work": work, "language": language, "reason": why} for work, language, why in refused],
        "files": list(files), "steps": [as_data(s) for s in steps],
    }  # fmt: skip
    if not made:
        work, _, why = refused[0]
        raise Refused(f"no note of {work}: {why}", subject=work, hint=NO_NOTE)
    emit(data, [*(line for s in steps for line in step_lines(s)), *files])
    if refused:
        raise typer.Exit(PARTIAL)
