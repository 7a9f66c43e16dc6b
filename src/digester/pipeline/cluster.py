"""cluster: the items of an issue into stories. Papers are stories by their work; news by reference and likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from digester.analysis import stories
from digester.domain.entries import subject_of
from digester.domain.issue import IssueKind, Window
from digester.domain.model import Item, Story
from digester.domain.runs import StepReport
from digester.pipeline import material
from digester.pipeline.asked import counted
from digester.ports import PairJudge, Store

BEFORE = timedelta(days=14)  # of articles that say which words are everybody's, and of stories that go on


def todo(kind: IssueKind, items: Sequence[Item]) -> list[Item]:
    wanted = {"paper"} if kind.papers else {"article", "post"}
    return [i for i in items if i.entry.kind in wanted]


def run(
    store: Store, kind: IssueKind, items: Sequence[Item], span: Window, judge: PairJudge | None = None
) -> tuple[list[Story], StepReport]:
    """Stories over the items of a window, each with those of its items that are in it; what was one story in the days
    before stays one and keeps its id. A judge is asked about pairs of news in doubt."""
    members = todo(kind, items)
    scores = _scores(store, kind, members)
    texts = store.full_texts({subject_of(i) for i in members if i.entry.kind == "article"})
    whole = {i.id: texts[s].text for i in members if (s := subject_of(i)) in texts}
    members = [material.titled(i, texts.get(subject_of(i))) for i in members]
    known = store.stories_since(span.start - BEFORE)
    archive = _archive(store, kind, span)
    judged: Mapping[frozenset[str], bool] = {}
    if judge and not kind.papers:
        doubt = stories.doubtful(members, whole, archive=archive, known=known)
        judged = judge.judge(doubt, {i.id: i for i in members})
    found = stories.cluster(members, scores, whole, archive=archive, known=known, judged=judged)
    store.save_stories(found)
    here = {i.id for i in members}
    found = [replace(s, item_ids=tuple(i for i in s.item_ids if i in here)) for s in found]
    merged = len(members) - len(found)
    report = StepReport("cluster", len(members), len(found), extra={"merged": merged})
    return found, counted(report, judge.tally()) if judge else report


def _archive(store: Store, kind: IssueKind, span: Window) -> stories.Background:
    """How often terms stood in the articles of the days before: the story of the day must not make its words common."""
    if kind.papers:
        return stories.Background()
    before = todo(kind, store.items_in(Window(span.start - BEFORE, span.start)))
    articles = (i.entry for i in before if i.entry.kind == "article")
    return stories.background(stories.words_of(e.title, e.text) for e in articles)


def _scores(store: Store, kind: IssueKind, items: Sequence[Item]) -> Mapping[str, float]:
    """The newest rating of each item, and how telling it is: the lead of a story is its best-rated item."""
    ratings = store.ratings({subject_of(i) for i in items}, kind.rubric)
    best = {s: rs[-1] for s, rs in ratings.items()}
    return {i.id: _score(best[s].rating, best[s].features) for i in items if (s := subject_of(i)) in best}


def _score(rating: int, features: Mapping[str, float]) -> float:
    return rating + 0.02 * sum(features.values()) + (0.3 if "primary" in features else 0.0)
