"""The form of a weekly made of papers: themes as sections, threads in the overview, evidence in tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from digester.analysis import roles, threads
from digester.analysis.continuity import EarlierTheme, continued
from digester.domain.ids import theme_id
from digester.domain.issue import Thread
from digester.domain.model import Story
from digester.pipeline import papers, pictures, retold
from digester.pipeline.compose import Desk
from digester.pipeline.draft import Draft
from digester.ports import Brief, Outline, Store, ThreadOutline

DATA_SETS = "Data Sets and Benchmarks"
ALL = "Papers of the week"  # the heading of an issue without themes


def draft(desk: Desk, store: Store, stories: Sequence[Story]) -> tuple[Draft, tuple[Brief, ...]]:
    found = papers.chosen(desk, store, stories)
    groups = papers.by_theme(desk, store, found.kept)
    named = tuple((name, members) for name, members in groups if name)
    outline = Outline(
        desk.kind.slug, desk.period, found.census, found.kept, named, outlined(desk, named), desk.kind.languages
    )
    overview, takeaways, watch = desk.editor.write_weekly(outline)
    openers, heads = desk.editor.write_sections(groups, outline), desk.editor.headlines(found.kept, desk.kind.languages)
    sections = tuple(
        papers.section(desk, i, name, members, opener, heads, papers.FURTHER if named else ALL)
        for i, ((name, members), opener) in enumerate(zip(groups, openers, strict=True))
    )
    sections = pictures.placed(store, sections, found.kept)
    told = _written(desk, outline)
    return Draft(found.kept, overview, takeaways, told, sections, watch, found.census, found.left_out), found.all


def outlined(desk: Desk, named: Sequence[tuple[str, tuple[Brief, ...]]]) -> tuple[ThreadOutline, ...]:
    """Threads over the themes; data sets are what papers are tested on, not a line of development. A daily counts no weeks:
    it looks back at no issue."""
    members = {name: [_member(b) for b in group] for name, group in named if name != DATA_SETS}
    by_id = {b.story.id: b for _, group in named for b in group}
    before = _earlier(desk) if desk.kind.cadence == "weekly" else []
    made = []
    for theme, chosen in threads.order(members):
        step = threads.move(chosen, theme)
        holders = tuple(by_id[i] for i in step.holders)
        refs = {r for name, group in named if name == theme for b in group for r in b.item.refs}
        past = continued(theme, refs, before)
        made.append(ThreadOutline(
            theme_id(desk.kind.slug, desk.period, theme), theme, step.from_, step.to, tuple(by_id[m.id] for m in chosen),
            holders, past.weeks, past.since, past.before, len(desk.earlier) if before else 0, past.previous_id,
        ))  # fmt: skip
    return tuple(made)


def _earlier(desk: Desk) -> list[EarlierTheme]:
    """The themes of the earlier issues: their sections, whether they had a thread or not."""
    week = timedelta(days=7)
    return [
        EarlierTheme(
            theme_id(i.kind, i.period, s.theme), s.theme, i.period, round((desk.window.end - i.window.end) / week),
            frozenset(r for p in s.picks for r in retold.refs_of(p)),
        )
        for i in desk.earlier for s in i.sections if s.theme
    ]  # fmt: skip


def _written(desk: Desk, outline: Outline) -> tuple[Thread, ...]:
    """The threads as the editor writes them, each with the theme that it continues."""
    previous = {t.id: t.previous_id for t in outline.threads}
    return tuple(replace(t, previous_id=previous.get(t.id, "")) for t in desk.editor.write_threads(outline))


def _member(b: Brief) -> threads.Member:
    """A paper with its first organisation, a company's before others."""
    named = sorted(b.reading.organisations, key=lambda o: o.kind != "industry")
    abstract = b.evidence.passages[0]
    problem, mechanism = roles.of_the_existing(abstract), roles.all_of("mechanism", abstract, 1.0)
    org = named[0].name if named else ""
    return threads.Member(b.story.id, b.rating.rating, org, problem, mechanism, b.item.entry.title)
