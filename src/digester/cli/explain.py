"""explain and verify: where what is printed stands, and whether it does."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, emit, there, workspace
from digester.cli.items import ItemName, items_show
from digester.cli.steps import NAMED, Date, IssueName, target, unmade
from digester.domain.errors import NotFound, UsageError
from digester.domain.ids import issue_id

if TYPE_CHECKING:
    from digester.domain.issue import Issue
    from digester.pipeline.explain import Explained
    from digester.pipeline.verify import Report

REFUSED = 6
CITED = 5  # cited items in one answer for people; --json has all
explain_app = typer.Typer(no_args_is_help=True, help="Why something is printed: passages, rules and inputs.")
app.add_typer(explain_app, name="explain")


@explain_app.command("issue")
def explain_issue(
    issue: IssueName,
    date: Date = None,
    claim: Annotated[
        int | None, typer.Option("--claim", metavar="N", help="Only the statement with this number.")
    ] = None,
) -> None:
    """Every printed sentence and figure with the passages that hold it."""
    from digester import app as house
    from digester.pipeline import explain
    from digester.pipeline.verify import passages_of

    ws = workspace()
    with house.open_store(ws) as store:
        record = frozen(ws, store, issue, date)
        found = explain.issue(record, store.passages(passages_of(record)))
    chosen = [f for f in found if claim in (None, f.number)]
    if not chosen:
        raise NotFound(f"{record.id} has no statement {claim}", hint=f"they count from 1 to {len(found)}")
    emit([asdict(f) for f in chosen], [line for f in chosen for line in _lines(f)])


@explain_app.command("item")
def explain_item(item: ItemName) -> None:
    """Where an item came from, how it was judged, which words gave its rating, and where it is printed or left out."""
    items_show(item)


def frozen(ws: Any, store: Any, issue: str, date: str | None, draft: bool = False) -> Issue:
    """The frozen record of an issue as `target` knows it; with `draft` also one that was refused."""
    kind, period = target(ws, issue, date)
    record: Issue | None = store.issue(issue_id(kind.slug, period))
    if record is None and draft:
        record = store.issue(issue_id(kind.slug, period), 0)
    if record is None:
        raise unmade(kind, period)
    return record


def _lines(f: Explained) -> list[str]:
    lines = [f"[{f.number}] {f.kind}, {f.where}", f"    {f.text}"]
    if f.rule:
        lines.append(f"    rule: {f.rule}")
    lines += [f"    input: {k} = {v}" for k, v in (f.inputs or {}).items()]
    for s in f.stands:
        place = f"{s.level} {s.passage_id} [{s.start}:{s.end}]{f' {s.url}' if s.url else ''}"
        lines += [f"    {s.rule}: \u201c{s.words[:160]}\u201d in {place}", f"        {s.sentence}"]
    more = [f"    cites: {len(f.cites) - CITED} more"] if len(f.cites) > CITED else []
    return [*lines, *(f"    cites: {c}" for c in f.cites[:CITED]), *more, ""]


# ----------------------------------------------------------------- verify
@app.command()
def verify(
    issue: Annotated[str | None, typer.Argument(metavar="[ISSUE]", help=f"A frozen issue: {NAMED}")] = None,
    date: Date = None,
    file: Annotated[Path | None, typer.Option("--file", help="A draft of your own (Markdown or plain text).")] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="DIR", help="Its sources: .txt, .md, .html, .pdf.")
    ] = None,
) -> None:
    """Hold an issue, or any draft, against its sources; exit 6 when a statement is not supported."""
    if (issue is None) == (file is None):
        raise UsageError("name an ISSUE, or a draft with --file and --sources")
    if file is None:
        title, report = _issue(str(issue), date)
    elif sources is None:
        raise UsageError("--file needs --sources DIR", hint="a folder with the texts that the draft draws on")
    else:
        title, report = str(file), _draft(file, sources)
    if not report.checked:
        raise NotFound(f"{title} holds no statement to check", hint="is it the file that you meant?")
    emit({"subject": title, **asdict(report)}, _verdict(title, report))
    if report.findings:
        raise typer.Exit(REFUSED)


def _issue(name: str, date: str | None) -> tuple[str, Report]:
    from digester import app as house
    from digester.pipeline import verify as check

    ws = workspace()
    with house.open_store(ws) as store:
        record = frozen(ws, store, name, date)
        return record.id, check.issue(record, store.passages(check.passages_of(record)))


def _draft(file: Path, folder: Path) -> Report:
    from digester.cli.draft import sources
    from digester.files import read_text
    from digester.fulltext.markdown import paragraphs
    from digester.pipeline import verify as check

    passages, links = sources(folder)
    return check.draft(
        paragraphs(read_text(there(file, "--file names a text file"), "--file names a text file")), passages, links
    )


def _verdict(title: str, report: Report) -> list[str]:
    lines = [line for f in report.findings for line in (f"{f.where}: {f.text}", *(f"    {r}" for r in f.reasons))]
    bad = len(report.findings)
    return [*lines, f"{title}: {report.checked} statements checked, {bad or 'none'} unsupported"]
