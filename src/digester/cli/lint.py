"""lint: an issue against the editorial standard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, emit, workspace
from digester.cli.explain import REFUSED, frozen
from digester.cli.steps import Date, IssueName
from digester.domain.errors import NotFound

if TYPE_CHECKING:
    from digester.analysis.lint import Violation
    from digester.domain.issue import Issue

RECENT = 14  # issues before, in which no opening may stand already


@app.command()
def lint(
    issue: IssueName,
    date: Date = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="LANGUAGE", help="Only this one of its languages: en or zh.")
    ] = None,
) -> None:
    """Hold an issue against the editorial standard; exit 6 when it breaks a rule that is not advice."""
    from digester import app as house
    from digester.analysis.lint import lint as check

    ws = workspace()
    with house.open_store(ws) as store:
        record = frozen(ws, store, issue, date, draft=True)
        before = _before(store, record)
    if language is not None and language not in record.languages:
        raise NotFound(f"{record.id} is not in {language}", hint=f"it is in {', '.join(record.languages)}")
    found = check(record, [language] if language else None, before)
    hard = sum(v.hard for v in found)
    emit(
        {"subject": record.id, "hard": hard, "soft": len(found) - hard, "violations": [asdict(v) for v in found]},
        _lines(record, found),
    )
    if hard:
        raise typer.Exit(REFUSED)


def _before(store: Any, record: Issue) -> list[Issue]:
    """The issues of the kind before this one, the newest first."""
    ids = dict.fromkeys(i for i, _, state, _ in store.issues() if state == "frozen" and i.startswith(f"{record.kind}/"))
    earlier = [i for i in ids if i < record.id][:RECENT]
    return [old for i in earlier if (old := store.issue(i)) is not None]


def _lines(record: Issue, found: Sequence[Violation]) -> list[str]:
    lines = [
        f'{v.check}{"" if v.hard else " (advice)"}  {v.language or "-"}  {v.where}  "{v.words}"  {v.reason}' for v in found
    ]  # fmt: skip
    hard = Counter(v.check for v in found if v.hard)
    soft = Counter(v.check for v in found if not v.hard)
    for name, counts in (("violations", hard), ("advice", soft)):
        told = ", ".join(f"{check} {n}" for check, n in sorted(counts.items()))
        lines.append(f"{record.id}: {counts.total()} {name}{f' ({told})' if told else ''}")
    return lines
