"""A weekly remembers the themes of the weeks before: what a thread continues, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from tests.servers.newsroom import WEEKLY, Desk

from digester import app
from digester.domain.dates import window
from digester.domain.ids import theme_id
from digester.domain.issue import Issue, Thread
from digester.pipeline import cluster, compose, material, papers_weekly
from digester.ports import Editor, Outline

pytestmark = pytest.mark.slow


def weeks_before(issue: Issue, *agos: int) -> Iterator[Issue]:
    """The issue as if it had been made so many weeks earlier, of other papers under the same themes."""
    for ago in agos:
        back, period = timedelta(weeks=ago), f"2026-W{25 - ago}"
        span = replace(issue.window, start=issue.window.start - back, end=issue.window.end - back)
        sections = tuple(
            replace(s, picks=tuple(
                replace(p, work=f"old:{ago}-{i}-{n}", story_id=f"old-{ago}-{i}-{n}", url=f"https://old.example/{ago}-{i}-{n}", links=())
                for n, p in enumerate(s.picks)
            )) for i, s in enumerate(issue.sections)
        )  # fmt: skip
        yield replace(issue, id=f"rec-weekly/{period}", period=period, window=span, sections=sections)


class Listening:
    """The editor, with the outline that it was given."""

    def __init__(self, editor: Editor) -> None:
        self._editor, self.outline = editor, cast(Outline, None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._editor, name)

    def write_threads(self, outline: Outline) -> tuple[Thread, ...]:
        self.outline = outline
        return self._editor.write_threads(outline)


def outline(made: Desk, earlier: tuple[Issue, ...]) -> Outline:
    """What the editor of the weekly is told, drafted once more after these issues."""
    ws = app.open_workspace(made.home / app.CONFIG, {}, made.issue(*WEEKLY).frozen_at)
    kind, period = ws.kind(WEEKLY[0]), WEEKLY[1]
    span, editor = window(kind, period), Listening(app.editor(made.home))
    with app.open_store(ws) as store:
        items, late = material.drawn(store, kind, period, span)
        stories, _ = cluster.run(store, kind, items, span)
        by_source = {s.id: s for s in ws.settings.sources}
        desk = compose.Desk(
            kind, period, span, cast(Editor, editor), by_source, {i.id: i for i in items}, late, {}, ws.now, earlier
        )
        papers_weekly.draft(desk, store, stories)
    return editor.outline


def test_threads_say_what_they_continue_and_for_how_many_weeks(made: Desk) -> None:
    issue = made.issue(*WEEKLY)
    alone = outline(made, ())
    assert {(t.weeks, t.since, t.before, t.back, t.previous_id) for t in alone.threads} == {(1, "", 0, 0, "")}
    found = outline(made, tuple(weeks_before(issue, 1, 2, 5)))
    for t in found.threads:
        assert (t.weeks, t.since, t.before, t.back) == (3, "2026-W23", 3, 3)
        assert t.previous_id == theme_id("rec-weekly", "2026-W24", t.theme)
    assert [t.id for t in found.threads] == [t.id for t in alone.threads]
    assert {t.id for t in issue.threads} <= {t.id for t in found.threads}  # not every one can be told


def test_a_run_reads_the_past_from_the_store_and_keeps_it_in_the_record(made: Desk, collected: Desk) -> None:
    (before,) = weeks_before(made.issue(*WEEKLY), 1)
    (far,) = weeks_before(made.issue(*WEEKLY), 14)
    with collected.store() as store:
        store.freeze(before)
        store.freeze(replace(far, sections=()))
    done = collected("run", *WEEKLY[:1], "--date", WEEKLY[1])
    assert done.code == 0, done.said
    issue = collected.issue(*WEEKLY)
    assert len(issue.threads) >= 2
    for t in issue.threads:
        assert t.previous_id == theme_id("rec-weekly", "2026-W24", t.name["en"])
