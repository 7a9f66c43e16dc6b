"""items: what the sources yielded, how it was judged, where it is printed and why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digester.cli._shell import app, emit, err, table, workspace
from digester.cli.steps import NAMED, Date, target
from digester.domain.errors import NotFound

if TYPE_CHECKING:
    from digester.app import Workspace
    from digester.domain.issue import IssueKind
    from digester.domain.model import Item, Passage, Rating
    from digester.pipeline.left import Left

ItemName = Annotated[
    str, typer.Argument(metavar="ITEM", help="Item id, arXiv id or address, or a work such as arxiv:2606.12345.")
]
items_app = typer.Typer(no_args_is_help=True, help="What the sources yielded.")
app.add_typer(items_app, name="items")


@items_app.command("list")
def items_list(
    issue: Annotated[str, typer.Option("--issue", metavar="ISSUE", help=f"Of its window: {NAMED}")] = "ai-daily",
    date: Date = None,
    left_out: Annotated[
        bool,
        typer.Option("--left-out", help="What the issue does not print, with the reason."),
    ] = False,
) -> None:
    """Items that belong to an issue's window, with their rating."""
    from digester import app as house
    from digester.domain.entries import subject_of
    from digester.pipeline.material import drawn, span_of

    ws = workspace()
    kind, period = target(ws, issue, date)
    if left_out:
        return _left_out(ws, kind, period)
    with house.open_store(ws) as store:
        items, late = drawn(store, kind, period, span_of(store, kind, period))
        ratings = store.ratings({subject_of(i) for i in items}, kind.rubric)
    rows: list[dict[str, Any]] = []
    for i in sorted(items, key=lambda i: (i.source_id, i.id)):
        rated = ratings.get(subject_of(i), ())
        rows.append({"id": i.id, "source": i.source_id, "kind": i.entry.kind, "rating": rated[-1].rating if rated else None,
                     "reason": rated[-1].reason if rated else "", "late": i.id in late, "title": i.entry.title, "url": i.entry.url})  # fmt: skip
    if not rows:
        err(f"no item in the window of {kind.slug} {period}; `digester collect` fetches what is there now")
    emit(
        rows,
        table(
            [[r["id"], r["rating"] or "-", r["source"], r["title"][:90]] for r in rows], ["id", "r", "source", "title"]
        ),
    )
    return None


def _left_out(ws: Workspace, kind: IssueKind, period: str) -> None:
    """From the record: what was left out when the issue was frozen, whatever was judged since."""
    from digester import app as house
    from digester.pipeline.left import short

    with house.open_store(ws) as store:
        left = _kept(store, kind, period)
        items = store.items(i for ids in left.values() for i in ids)
    rows: list[dict[str, Any]] = []
    for reason in sorted(left, key=lambda r: (-len(left[r]), r)):
        for i in sorted((items[k] for k in left[reason]), key=lambda i: (i.source_id, i.id)):
            rows.append({"id": i.id, "counted": short(reason), "reason": reason, "source": i.source_id, "kind": i.entry.kind,
                         "title": i.entry.title, "url": i.entry.url})  # fmt: skip
    lines = [[r["id"], r["reason"], r["source"], r["title"][:80]] for r in rows]
    emit(rows, table(lines, ["id", "left out", "source", "title"]))


def _kept(store: Any, kind: IssueKind, period: str) -> Left:
    """What the frozen issue left out; without one what the refused draft did, else what the ratings say of each item."""
    from digester.domain.entries import subject_of
    from digester.domain.ids import issue_id
    from digester.pipeline import left
    from digester.pipeline.material import drawn, span_of

    identity = issue_id(kind.slug, period)
    if record := store.issue(identity):
        return record.left_out  # type: ignore[no-any-return]
    if draft := store.issue(identity, 0):
        err(f"{identity} was refused; this is what its draft left out")
        return draft.left_out  # type: ignore[no-any-return]
    items, _ = drawn(store, kind, period, span_of(store, kind, period))
    ratings = store.ratings({subject_of(i) for i in items}, kind.rubric)
    if not ratings:
        raise NotFound(
            f"there is no issue {kind.slug} {period}, and nothing was judged for it",
            hint=f"`digester run {kind.slug} --date {period}` collects, judges and makes it",
        )
    err(f"there is no issue {kind.slug} {period}; this is what the stored ratings say")
    return left.unprinted(items, ratings, kind.papers)


@items_app.command("show")
def items_show(item: ItemName) -> None:
    """One item: what its source said, how it was judged, where it is printed or why it is not."""
    from digester import app as house
    from digester.domain.entries import subject_of
    from digester.pipeline import pointing, printed

    ws = workspace()
    with house.open_store(ws) as store:
        found = named(store, item)
        pointed = [i for i in pointing.to(store, [found.work]).get(found.work, ()) if i.id != found.id]
        subject = subject_of(found)
        rubrics = {kind.rubric: None for kind in ws.settings.issues.values()}  # issues share them
        ratings = [r for rubric in rubrics for r in store.ratings([subject], rubric).get(subject, ())]
        text = store.full_texts([subject]).get(subject)
        passages = printed.passages(store, found, text, ratings)
        places = printed.places(store, found, ws.settings.issues)
    e = found.entry
    data = {"id": found.id, "work": found.work, "refs": list(found.refs), "first_seen_at": found.first_seen_at, "entry": asdict(e),
            "full_text": text.outcome if text else None, "ratings": [_rated(r, passages) for r in ratings],
            "pointed_to": [{"source": i.source_id, "url": pointing.place(i)} for i in pointed],
            "issues": [asdict(p) for p in places]}  # fmt: skip
    lines = [
        e.title,
        e.url,
        f"{e.kind} of {found.source_id}, first seen {found.first_seen_at:%Y-%m-%d %H:%M} UTC",
        f"work {found.work}",
    ]
    lines += [f"full text: {text.outcome}"] if text else []
    for r in ratings:
        lines += _rating_lines(r, passages)
    lines += [f"pointed to by {i.source_id}: {pointing.place(i)}" for i in pointed]
    lines += [p.line for p in places] or ["in no issue so far"]
    emit(data, [*lines, "", e.text[:1500]])


def named(store: Any, name: str) -> Item:
    """The item that a name means, in every form that commands take. Raises NotFound."""
    from digester.pipeline import one_paper

    found = one_paper.item(store, name) if name.isascii() else None
    if found is None:
        raise NotFound(f"there is no item {name}", hint=one_paper.HINT)
    return found


def _rated(rating: Rating, passages: Mapping[str, Passage]) -> dict[str, Any]:
    from digester.pipeline.explain import points

    told = [{"name": n, "points": v, "words": words} for n, v, words in points(rating, passages)]
    return {**asdict(rating), "points": told}


def _rating_lines(rating: Rating, passages: Mapping[str, Passage]) -> list[str]:
    from digester.domain.text import one_line
    from digester.pipeline.explain import points

    return [
        f"rated {rating.rating} ({rating.rubric}, {rating.level}): {rating.reason}",
        *(
            f"  {value:+.1f} {name}{f': {one_line(told, 90)}' if told else ''}"
            for name, value, told in points(rating, passages)
            if value
        ),
    ]
