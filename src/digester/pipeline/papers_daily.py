"""The form of a daily made of papers: up to three trends, then a card for each paper."""

from __future__ import annotations

from collections.abc import Sequence

from digester.domain.issue import Sentence, Thread
from digester.domain.model import Story
from digester.pipeline import papers
from digester.pipeline.compose import Desk
from digester.pipeline.draft import Draft
from digester.pipeline.papers_weekly import outlined
from digester.ports import Brief, Outline, Store

TRENDS, SHARED = 3, 2  # papers that share a theme make a trend
DIGEST = "Daily digest"


def draft(desk: Desk, store: Store, stories: Sequence[Story]) -> tuple[Draft, tuple[Brief, ...]]:
    found = papers.chosen(desk, store, stories)
    groups = papers.by_theme(desk, store, found.kept, SHARED)
    named = tuple((name, members) for name, members in groups if name)
    outline = Outline(
        desk.kind.slug,
        desk.period,
        found.census,
        found.kept,
        named,
        outlined(desk, named),
        desk.kind.languages,
        cadence="daily",
    )
    threads = desk.editor.write_threads(outline)[:TRENDS]
    takeaways = _others(desk, outline, threads)
    heads = desk.editor.headlines(found.kept, desk.kind.languages)
    section = papers.section(desk, 0, "", found.kept, (), heads, DIGEST)
    return Draft(found.kept, (), takeaways, threads, (section,), (), found.census, found.left_out), found.all


def _others(desk: Desk, outline: Outline, threads: Sequence[Thread]) -> tuple[Sentence, ...]:
    """What stands beside the trends: the best of the papers that are in none, a line each; nothing is asked where trends fill the place."""
    if len(threads) >= TRENDS:
        return ()
    told = {i for t in threads for i in t.picks}
    rest = [b for b in outline.briefs if b.story.id not in told]
    _, takeaways, _ = desk.editor.write_weekly(outline)
    mine = {b.item.id for b in rest}
    return tuple(s for s in takeaways if set(s.cites) <= mine)[: TRENDS - len(threads)]
