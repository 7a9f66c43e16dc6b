"""search: what frozen issues printed, by words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, emit, err, options, workspace
from digester.domain.errors import UsageError

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.search import Hit, Snippet

MOST_WORDS, LONGEST_WORD = 20, 200


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All must stand there; quote a phrase.")],
    kind: Annotated[str, typer.Option("--kind", metavar="ISSUE", help="In issues of this kind only.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="In issues that end on this day or later.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="LANG", help="In this edition only: en, zh.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many results.")] = 20,
) -> None:
    """Look for words in the frozen issues: headlines, titles, organisations and sentences, in every language."""
    from digester import app as house
    from digester.domain.dates import parse_day
    from digester.domain.search import snippet, words_of

    asked = words_of(words)
    if not asked or len(asked) > MOST_WORDS or max(map(len, asked)) > LONGEST_WORD:
        raise UsageError(
            f"there is nothing to look for: 1 to {MOST_WORDS} words of at most {LONGEST_WORD} signs",
            hint="digester search 'semantic id' feed",
        )
    moment = datetime.combine(parse_day(since), time(), UTC) if since else None
    ws = workspace()
    with house.open_store(ws, make=False) as store:
        hits = store.search(asked, kind=kind, language=language, since=moment, limit=limit)
    if not hits:
        _check(ws, kind, language)
        err("no frozen issue has all of these words; try fewer, or part of one")
    found = [(hit, snippet((hit.headline,), asked), snippet(hit.lines, asked)) for hit in hits]
    if hits or options.as_json:
        emit([_data(hit, piece) for hit, _, piece in found], [line for one in found for line in _lines(*one)])


def _check(ws: Workspace, kind: str, language: str) -> None:
    """Where nothing is found, whether there can be anything. Raises NotFound, UsageError."""
    if kind:
        ws.kind(kind)
    known = sorted({x for k in ws.settings.issues.values() for x in k.languages})
    if language and language not in known:
        raise UsageError(f"no issue has an edition in {language!r}", hint=f"known: {', '.join(known)}")


def _data(hit: Hit, piece: Snippet) -> dict[str, Any]:
    return {
        "issue": hit.issue, "kind": hit.kind, "number": hit.place, "language": hit.language, "ended": hit.ended,
        "headline": hit.headline, "snippet": piece.text, "marks": [list(mark) for mark in piece.marks], "url": hit.url,
    }  # fmt: skip


def _lines(hit: Hit, headline: Snippet, piece: Snippet) -> Sequence[str]:
    place = f"{hit.issue} ({hit.language}), {f'item {hit.place}' if hit.place else 'overview'}"
    return [place, f"  {_marked(headline)}", f"  {_marked(piece)}", *([f"  {hit.url}"] if hit.url else [])]


def _marked(piece: Snippet) -> str:
    """The words found stand in brackets."""
    text = piece.text
    for start, end in reversed(piece.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text
