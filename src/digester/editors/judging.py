"""Ratings by a model: twenty works a question, a number each, never far from what the evidence says.

The embedded rating stands beside each work as `rated`. A model moves it by one; by two with a verbatim quotation of the
work that names a test on users or a deployment. A paper becomes a 5 only with such words. What is out of scope
or withdrawn is not asked about, nor news rated 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digester.analysis import evidence as levels
from digester.analysis import grounding, metrics, promotion, rating
from digester.analysis.grounding import Ground
from digester.analysis.tokens import sentences
from digester.domain.calls import Ask
from digester.domain.model import Rating, Support
from digester.domain.text import one_line
from digester.editors.answers import Inquiry, ask_all
from digester.ports import Evidence, Model, Unit

PER_CALL = 20
TEXT, MORE = 900, 320  # characters of an abstract and of what the whole text adds
LEAST = 2  # ratings below are promotion, duplicates or rumours, and stay
TASKS = {rating.RECSYS: "rate-recsys", rating.AI: "rate-ai"}


@dataclass(frozen=True)
class Move:
    """A rating as the model would have it, with the words that show it."""

    rating: int
    supports: tuple[Support, ...] = ()


def worth_asking(first: Rating, e: Evidence) -> bool:
    return (
        first.in_scope and (first.rating >= LEAST or e.item.entry.kind == "paper") and "withdrawn" not in first.features
    )


def rate(
    model: Model, ask: Callable[[str, Mapping[int, Unit]], Ask], rubric: str, subjects: Sequence[Evidence],
    embedded: Iterable[Rating], editor: str, meanwhile: Callable[[Sequence[Rating]], Iterable[None]] = lambda first: (),
) -> Iterator[Rating]:  # fmt: skip
    """A rating for each subject in order: the model's under `editor`, else the embedded one as it is. While the first
    questions are in flight the next works get their embedded ratings, with which they are asked about; `meanwhile` is
    what else there is to do then, when all embedded ratings are known."""
    first: list[Rating] = []
    asked: dict[int, int] = {}

    def units() -> Iterator[tuple[int, Unit]]:
        for i, r in enumerate(embedded):
            first.append(r)
            if worth_asking(r, subjects[i]):
                n = len(asked) + 1
                asked[n] = i
                yield n, _unit(subjects[i], r)

    def take(n: int, row: Mapping[str, Any]) -> Move | None:
        return _move(row, first[asked[n]], subjects[asked[n]])

    inquiry = Inquiry(units(), lambda u: ask(TASKS[rubric.partition(":")[0]], u), take, PER_CALL)

    def idle() -> Iterator[None]:
        yield from meanwhile(first)

    ask_all(model, [inquiry], idle())
    got = inquiry.rows
    moves = {i: (got.made[n], got.calls[n]) for n, i in asked.items() if n in got.made}
    silent = {i for n, i in asked.items() if n not in got.made}
    for i, r in enumerate(first):
        if i in moves:
            move, call = moves[i]
            yield replace(r, editor=editor, rating=move.rating, evidence_rating=r.rating, call_id=call,
                          supports=(*r.supports, *move.supports))  # fmt: skip
        else:
            yield r if i in silent else replace(r, editor=editor)


def _unit(e: Evidence, first: Rating) -> Unit:
    entry = e.item.entry
    passage = promotion.readable(entry.title, e.passages[:1])[0].text
    body = passage[len(entry.title) + 1 :] if passage.startswith(entry.title) else passage
    source = (
        []
        if entry.kind == "paper"
        else [("source", "primary" if e.primary else "newsletter" if e.newsletter else "news")]
    )
    title = "" if promotion.addresses(entry.title) else entry.title
    return [
        ("title", title),
        *source,
        ("text", condensed(body, TEXT)),
        ("more", _more(e)),
        ("rated", str(first.rating)),
    ]


def condensed(text: str, limit: int) -> str:
    """A text of at most `limit` characters: whole sentences in their order, those that speak of live traffic and the
    ends of the text before the rest."""
    spans = sentences(text)
    if len(text) <= limit or len(spans) < 4:
        return one_line(text, limit)
    ends = {0, 1, len(spans) - 1}

    def rank(i: int) -> tuple[bool, bool, int]:
        return (levels.level_of(text[slice(*spans[i])]) not in metrics.LIVE, i not in ends, i)

    chosen, room = set(), limit
    for i in sorted(range(len(spans)), key=rank):
        length = spans[i][1] - spans[i][0] + 1
        if length <= room:
            chosen.add(i)
            room -= length
    return " ".join(text[slice(*spans[i])] for i in sorted(chosen)) or one_line(text, limit)


def _more(e: Evidence) -> str:
    """What of the whole text speaks of live traffic, a sentence or two."""
    found: list[str] = []
    for p in promotion.readable("", e.passages[1:]):
        for a, b in sentences(p.text):
            if levels.level_of(p.text[a:b]) in metrics.LIVE and "%" in p.text[a:b]:
                found.append(p.text[a:b])
                if sum(map(len, found)) > MORE // 2:
                    return one_line(" ".join(found), MORE)
    return one_line(" ".join(found), MORE)


def _move(row: Mapping[str, Any], first: Rating, e: Evidence) -> Move | None:
    """The row as a move inside its bound; None for a row without a rating."""
    wanted = row.get("r")
    if isinstance(wanted, bool) or not isinstance(wanted, int) or not 1 <= wanted <= 5:
        return None
    shown = _shown(row.get("q"), e)
    reach = 2 if shown else 1
    moved = min(max(wanted, first.rating - reach), first.rating + reach)
    if moved == 5 > first.rating and e.item.entry.kind == "paper" and not shown:
        moved = first.rating
    return Move(moved, shown if moved != first.rating else ())


def _shown(words: Any, e: Evidence) -> tuple[Support, ...]:
    """Where quoted words stand in the work; nothing unless they name a test on users or a deployment (news: hold a
    figure) and are not what promotes."""
    if not isinstance(words, str) or not 20 <= len(words) <= 600 or promotion.is_promotion(words):
        return ()
    live = levels.level_of(words) in metrics.LIVE if e.item.entry.kind == "paper" else any(c.isdigit() for c in words)
    found = grounding.verbatim(words, Ground(promotion.readable(e.item.entry.title, e.passages))) if live else None
    return found.supports if found and found.holds else ()
