"""screen: every item of the window gets its first rating, on title and abstract alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digester.domain.entries import subject_of
from digester.domain.issue import IssueKind
from digester.domain.model import Item, Rating
from digester.domain.runs import StepReport
from digester.domain.sources import Source
from digester.pipeline import material
from digester.ports import Editor, Evidence, Store

CHUNK = 500  # ratings a transaction


def todo(
    store: Store, kind: IssueKind, items: Sequence[Item], sources: Mapping[str, Source], editor: Editor
) -> list[Evidence]:
    """Evidence of the subjects that have no rating for exactly this text, rubric and editor: the embedded one, for no
    model is asked about what may be out of scope."""
    editor = editor.embedded
    subjects = material.by_subject(i for i in items if i.entry.kind in material.JUDGED[kind.papers])
    known = store.ratings(subjects, kind.rubric)
    made = (material.evidence(i, None, sources.get(i.source_id), kind, editor) for i in subjects.values())
    return [e for e in made if all(r.input_hash != e.input_hash for r in known.get(subject_of(e.item), ()))]


def run(
    store: Store, kind: IssueKind, items: Sequence[Item], sources: Mapping[str, Source], editor: Editor, now: datetime
) -> StepReport:
    subjects = todo(store, kind, items, sources, editor)
    batch: list[Rating] = []
    for rating in editor.embedded.rate(kind.rubric, subjects, now):
        batch.append(rating)
        if len(batch) == CHUNK:
            store.save_ratings(batch)
            batch = []
    store.save_ratings(batch)
    return StepReport("screen", len(items), len(subjects), len(items) - len(subjects))
