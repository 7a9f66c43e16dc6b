"""What the model is not asked about: works that a prefilter, learnt from its own past ratings, thinks too weak.

They keep the embedded rating under the editor's name, so that nobody asks again. Three things bound what that costs:
what the evidence alone rates high is asked about whatever the prefilter says, for it would be printed as high; a
sample of the rest is asked about too, and the report says how many of it the model rated high; and nothing is left out
before there are enough ratings to learn from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digester.analysis.prefilter import HIGH, LEAST, LEAST_HIGH, MOST, learn, split
from digester.domain.entries import subject_of
from digester.domain.issue import IssueKind
from digester.domain.model import Rating
from digester.pipeline import material
from digester.pipeline.archive import text_of
from digester.ports import Editor, Evidence, Store

BACK = timedelta(days=60)
TEXT = 2_000  # code points of title and abstract: a feed with whole articles is no dearer than one without


@dataclass(frozen=True)
class Cut:
    """The works that the model is asked about, which of them are there as the sample of the rejected (by subject), and
    the ratings of the works that are left out."""

    asked: Sequence[Evidence]
    audited: frozenset[str] = frozenset()
    left: Sequence[Rating] = ()
    notes: tuple[str, ...] = ()

    def counts(self, made: Iterable[Rating]) -> dict[str, int]:
        """For the report, after what was asked about was rated; without a cut there is nothing to count. A work of the
        sample counts when the model rated it."""
        if not self.left and not self.audited:
            return {}
        sample = [r.rating for r in made if r.work in self.audited and r.call_id]
        high = sum(r >= HIGH for r in sample)
        return {"prefiltered": len(self.left), "audited": len(sample), "audited_high": high}

    def told(self, made: Iterable[Rating]) -> tuple[str, ...]:
        n = self.counts(made)
        if not n.get("audited_high"):
            return self.notes
        rated = f"the model rates {n['audited_high']} of {n['audited']} audited works {HIGH} or more"
        return (*self.notes, f"the prefilter erred: {rated}")


def cut(
    store: Store, kind: IssueKind, judged: Sequence[Evidence], todo: Sequence[Evidence], editor: Editor,
    now: datetime, start: datetime,
) -> Cut:  # fmt: skip
    """What of `todo` is asked about. Shares are of everything `judged` for the window that begins at `start`, so that
    what a model did not answer is not cut once more by the next run."""
    if editor.embedded is editor or not todo:
        return Cut(todo)
    known = past(store, kind, judged, editor, start - BACK)
    model = learn([text for text, _ in known], [rating for _, rating in known])
    if model is None:
        return Cut(todo, notes=(_too_few([rating for _, rating in known]),))
    parts = split({subject_of(e.item): model.score(_text(e)) for e in judged}, model.keep)
    rejected = [e for e in todo if subject_of(e.item) not in parts.kept]
    weak = [r for r in editor.embedded.rate(kind.rubric, rejected, now) if r.rating < HIGH]
    left = [replace(r, editor=f"{editor.name}-{editor.version}") for r in weak if r.work in parts.left]
    audited = frozenset(r.work for r in weak if r.work in parts.audited)
    gone = {r.work for r in left}
    return Cut([e for e in todo if subject_of(e.item) not in gone], audited, left)


def _too_few(ratings: Sequence[int]) -> str:
    high = sum(r >= HIGH for r in ratings)
    has = f"it has {len(ratings)} ratings by the model to learn from, {high} of them {HIGH} or more"
    return f"the prefilter leaves nothing out yet: {has}, and needs {LEAST} and {LEAST_HIGH}"


def past(
    store: Store, kind: IssueKind, apart: Sequence[Evidence], editor: Editor, since: datetime
) -> list[tuple[str, int]]:
    """(text, rating) of the newest works that a model of this editor rated since, those of `apart` not among them.

    The moment of rating has no upper bound: the last weekly was rated after its own window, inside this one."""
    own = {subject_of(e.item) for e in apart}
    newest = store.model_ratings(editor.name, kind.rubric, since, MOST + len(own))
    rated = {r.work: r.rating for r in [r for r in newest if r.work not in own][:MOST]}
    items = material.by_subject(store.items_about(rated))
    return [(text_of(items[work])[:TEXT], n) for work, n in rated.items() if work in items]


def _text(e: Evidence) -> str:
    return text_of(e.item)[:TEXT]
