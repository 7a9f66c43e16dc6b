"""Invented issues for the site, written into memory: a build as path to bytes, and many issues at little cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from tests.fulltext.drawn import png
from tests.outputs.issue_samples import DRAWING, daily, weekly

from digester.analysis.ledger import rows_of
from digester.domain.issue import Issue, Window
from digester.domain.notes import NoteRecord
from digester.domain.posts import Post
from digester.domain.site import Site, card_of
from digester.outputs.site import SitePages
from digester.ports import Leaf, Shelf


def later(issue: Issue, days: int) -> Issue:
    """The same issue some days later, under its own name."""
    shift = timedelta(days=days)
    window = Window(issue.window.start + shift, issue.window.end + shift)
    period = window.end.date().isoformat()
    return replace(
        issue, id=f"{issue.kind}/{period}", period=period, window=window, frozen_at=issue.frozen_at + shift,
        title={k: t.replace(issue.period, period) for k, t in issue.title.items()},
        slug={k: t.replace(issue.period, period) for k, t in issue.slug.items()},
    )  # fmt: skip


def dailies(count: int) -> list[Issue]:
    """Newest first."""
    return [later(daily(), n) for n in reversed(range(count))]


def shelf(
    issues: Iterable[Issue], site: Site | None = None, others: Iterable[str] = (), posts: Sequence[Post] = (),
    notes: Sequence[NoteRecord] = (),
) -> Shelf:  # fmt: skip
    known = {i.id: i for i in issues}
    read: Callable[[str], Issue] = known.__getitem__
    newest = sorted(known.values(), key=lambda i: i.window.end, reverse=True)
    cards = [replace(card_of(i), results=rows_of(i)) for i in newest]
    return Shelf(site or Site(), cards, read, frozenset(others), posts, notes, {DRAWING.name: png()}.get)


def leaves(given: Shelf) -> dict[str, Leaf]:
    made = list(SitePages().leaves(given))
    found = {leaf.path: leaf for leaf in made}
    assert len(found) == len(made), "two pages at one path"
    return found


def built(given: Shelf) -> dict[str, bytes]:
    return {path: leaf.body() for path, leaf in leaves(given).items()}


BOTH = [daily(), weekly()]
