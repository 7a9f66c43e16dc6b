"""What a run would ask models about, from what is stored: nothing is fetched, asked or written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digester.domain.dates import window
from digester.domain.entries import subject_of
from digester.domain.issue import IssueKind
from digester.domain.sources import Source
from digester.pipeline import material
from digester.pipeline.assess import READ_FROM
from digester.ports import Editor, Store


def assess(
    store: Store, kind: IssueKind, period: str, sources: Sequence[Source], editor: Editor, now: datetime
) -> Mapping[str, int]:
    """Goes through rating and reading of the items that are stored for a period with an editor whose model counts.
    Whole texts that are not fetched yet are not known, so ratings are taken from what is."""
    items, _ = material.drawn(store, kind, period, window(kind, period))
    by_id, subjects = {s.id: s for s in sources}, material.by_subject(items)
    texts = store.full_texts(subjects)
    found = [
        material.evidence(i, texts.get(s), by_id.get(i.source_id), kind.rubric, editor) for s, i in subjects.items()
    ]
    judged = [e for e in found if e.item.entry.kind in material.JUDGED[kind.papers]]
    known, read = store.ratings(subjects, kind.rubric), store.readings(subjects)
    todo = [e for e in judged if not material.done(known.get(subject_of(e.item), ()), e, editor)]
    list(editor.rate(kind.rubric, todo, now))
    rated = zip(judged, editor.embedded.rate(kind.rubric, judged, now), strict=True)
    worth = [(e, r.rating) for e, r in rated if r.in_scope and r.rating >= READ_FROM]
    unread = [(e, r) for e, r in worth if not material.done(read.get(subject_of(e.item), ()), e, editor)]
    list(editor.read(unread, now))
    return {"items": len(items), "rated": len(todo), "read": len(unread)}
