"""assess: with the whole text in hand the final rating, and the reading of what may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digester.domain.entries import is_bare, subject_of
from digester.domain.issue import IssueKind
from digester.domain.model import Item, Rating
from digester.domain.runs import StepReport
from digester.domain.sources import Source
from digester.pipeline import material, prefilter
from digester.pipeline.asked import counted
from digester.ports import Editor, Evidence, Store

READ_FROM = 2  # ratings below are never published, so never read


def subjects(
    store: Store, kind: IssueKind, items: Sequence[Item], sources: Mapping[str, Source], editor: Editor
) -> list[Evidence]:
    """Evidence with full texts of everything that could be published; of what had no text before it was read, the
    first rating knew the title at most, and does not count."""
    by_subject = material.by_subject(items)
    texts = store.full_texts(by_subject)
    ratings = store.ratings(by_subject, kind.rubric)
    found = []
    for subject, item in by_subject.items():
        judged = item.entry.kind in material.JUDGED[kind.papers]
        read = is_bare(item.entry) and subject in texts and texts[subject].outcome == "ok"
        if (
            judged
            and not read
            and not any(r.in_scope and r.rating >= (1 if kind.papers else READ_FROM) for r in ratings.get(subject, ()))
        ):
            continue
        found.append(material.evidence(item, texts.get(subject), sources.get(item.source_id), kind, editor))
    return found


def run(
    store: Store, kind: IssueKind, items: Sequence[Item], sources: Mapping[str, Source], editor: Editor, now: datetime,
    start: datetime | None = None,
) -> StepReport:  # fmt: skip
    """Rates and reads; with `start`, that of the window, a prefilter decides what the model is asked to rate."""
    candidates = subjects(store, kind, items, sources, editor)
    known = store.ratings([subject_of(e.item) for e in candidates], kind.rubric)
    judged = [e for e in candidates if e.item.entry.kind in material.JUDGED[kind.papers]]
    todo = [e for e in judged if not material.done(known.get(subject_of(e.item), ()), e, editor)]
    cut = prefilter.cut(store, kind, judged, todo, editor, now, start) if start else prefilter.Cut(todo)
    made = [*editor.rate(kind.rubric, cut.asked, now), *cut.left]
    store.save_ratings(made)
    rated = store.ratings([subject_of(e.item) for e in candidates], kind.rubric)
    read = store.readings([subject_of(e.item) for e in candidates])
    wanted = [(e, _worth(e, rated, kind, editor)) for e in candidates]
    unread = [
        (e, r) for e, r in wanted if r is not None and not material.done(read.get(subject_of(e.item), ()), e, editor)
    ]
    _read(store, unread, editor, now)
    report = StepReport(
        "assess", len(candidates), len(todo), len(candidates) - len(todo), extra={"read": len(unread), **cut.counts(made)},
        notes=cut.told(made),
    )  # fmt: skip
    return counted(report, editor.tally())


def _read(store: Store, unread: Sequence[tuple[Evidence, int]], editor: Editor, now: datetime) -> None:
    for (evidence, _), reading in zip(unread, editor.read(unread, now), strict=True):
        store.save_passages(material.all_passages([evidence]), now)
        store.save_reading(reading, now)


def named(store: Store, evidence: Sequence[Evidence], rubric: str, editor: Editor, now: datetime) -> StepReport:
    """Rates and reads what a person named, whatever its subject and however it is rated; what is done is not done again."""
    subjects = [subject_of(e.item) for e in evidence]
    known, read = store.ratings(subjects, rubric), store.readings(subjects)
    unrated = [e for e in evidence if not material.done(known.get(subject_of(e.item), ()), e, editor)]
    store.save_ratings(list(editor.rate(rubric, unrated, now)))
    rated = store.ratings(subjects, rubric)
    unread = []
    for e in evidence:
        rating = material.current(rated.get(subject_of(e.item), ()), e.input_hash, editor)
        if rating is not None and not material.done(read.get(subject_of(e.item), ()), e, editor):
            unread.append((e, rating.rating))
    _read(store, unread, editor, now)
    done = len(unrated)
    report = StepReport("assess", len(evidence), done, len(evidence) - done, extra={"read": len(unread)})
    return counted(report, editor.tally())


def _worth(e: Evidence, rated: Mapping[str, Sequence[Rating]], kind: IssueKind, editor: Editor) -> int | None:
    """The rating of what could be published, 0 for what is not rated; None for what nobody will read."""
    if e.item.entry.kind not in material.JUDGED[kind.papers]:
        return 0
    rating = material.current(rated.get(subject_of(e.item), ()), e.input_hash, editor)
    return rating.rating if rating is not None and rating.in_scope and rating.rating >= READ_FROM else None
