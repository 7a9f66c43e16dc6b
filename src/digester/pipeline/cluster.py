"""cluster: the items of an issue into stories. Papers are stories by their work; news by reference and likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digester.analysis import stories
from digester.domain.entries import subject_of
from digester.domain.issue import IssueKind
from digester.domain.model import Item, Story
from digester.domain.runs import StepReport
from digester.pipeline import material
from digester.ports import Store


def todo(kind: IssueKind, items: Sequence[Item]) -> list[Item]:
    wanted = {"paper"} if kind.papers else {"article", "post"}
    return [i for i in items if i.entry.kind in wanted]


def run(store: Store, kind: IssueKind, items: Sequence[Item]) -> tuple[list[Story], StepReport]:
    members = todo(kind, items)
    scores = _scores(store, kind, members)
    texts = store.full_texts({subject_of(i) for i in members if i.entry.kind == "article"})
    whole = {i.id: texts[s].text for i in members if (s := subject_of(i)) in texts}
    members = [material.titled(i, texts.get(subject_of(i))) for i in members]
    found = stories.cluster(members, scores, whole)
    store.save_stories(found)
    merged = len(members) - len(found)
    return found, StepReport("cluster", len(members), len(found), extra={"merged": merged})


def _scores(store: Store, kind: IssueKind, items: Sequence[Item]) -> Mapping[str, float]:
    """The newest rating of each item, and how telling it is: the lead of a story is its best-rated item."""
    ratings = store.ratings({subject_of(i) for i in items}, kind.rubric)
    best = {s: rs[-1] for s, rs in ratings.items()}
    return {i.id: _score(best[s].rating, best[s].features) for i in items if (s := subject_of(i)) in best}


def _score(rating: int, features: Mapping[str, float]) -> float:
    return rating + 0.02 * sum(features.values()) + (0.3 if "primary" in features else 0.0)
