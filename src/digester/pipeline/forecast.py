"""What a run would ask models about, from what is stored: nothing is fetched, asked or written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digester.domain.entries import subject_of
from digester.domain.issue import IssueKind
from digester.domain.sources import Source
from digester.pipeline import material, prefilter
from digester.pipeline.assess import READ_FROM
from digester.ports import Editor, Store


def assess(
    store: Store, kind: IssueKind, period: str, sources: Sequence[Source], editor: Editor, now: datetime,
    learns: bool = False,
) -> Mapping[str, int]:  # fmt: skip
    """Goes through rating and reading of the items that are stored for a period with an editor whose model counts.
    Whole texts that are not fetched yet are not known, so ratings are taken from what is."""
    span = material.span_of(store, kind, period)
    items, _ = material.drawn(store, kind, period, span)
    by_id = {s.id: s for s in sources}
    subjects = {s: i for s, i in material.by_subject(items).items() if i.entry.kind in material.JUDGED[kind.papers]}
    texts, ratings, readings = (
        store.full_texts(subjects), store.ratings(subjects, kind.rubric), store.readings(subjects),
    )  # fmt: skip
    found = [material.evidence(i, texts.get(s), by_id.get(i.source_id), kind, editor) for s, i in subjects.items()]
    new = [e for e in found if not ratings.get(subject_of(e.item))]  # not screened yet
    first = {r.work: [r] for r in editor.embedded.rate(kind.rubric, new, now)}
    known = {s: ratings.get(s) or first[s] for s in subjects}
    least = 1 if kind.papers else READ_FROM
    judged = [e for e in found if any(r.in_scope and r.rating >= least for r in known[subject_of(e.item)])]
    todo = [e for e in judged if not material.done(known[subject_of(e.item)], e, editor)]
    cut = prefilter.cut(store, kind, judged, todo, editor, now, span.start) if learns else prefilter.Cut(todo)
    # by kept replies, else by the evidence alone
    made = {r.work: r for r in [*editor.rate(kind.rubric, cut.asked, now), *cut.left]}
    rated = [
        (e, made.get(s) or material.current(known[s], e.input_hash, editor))
        for e in judged
        for s in [subject_of(e.item)]
    ]
    worth = [(e, r.rating) for e, r in rated if r is not None and r.in_scope and r.rating >= READ_FROM]
    unread = [(e, r) for e, r in worth if not material.done(readings.get(subject_of(e.item), ()), e, editor)]
    list(editor.read(unread, now))
    return {"items": len(items), "rated": len(cut.asked), "read": len(unread)}
