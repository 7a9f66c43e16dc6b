"""notes: the reading notes of papers, each a record of its own that never changes an issue.

A paper is told from what is stored: its text, rating and reading. Every sentence passes the gate; a note that tells
no method or no result is no note but a stub, and the reason is told instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digester.domain.entries import subject_of
from digester.domain.ids import story_id
from digester.domain.issue import Issue, IssueKind, Pick
from digester.domain.model import Item, Story
from digester.domain.notes import Note, NoteRecord, Paper, lacking
from digester.domain.runs import StepReport
from digester.domain.sources import Source
from digester.pipeline import excerpts, gate, material
from digester.pipeline.asked import counted, is_by
from digester.pipeline.enrich import request_for, ways
from digester.ports import Brief, Editor, Evidence, Store

TOLD = 5  # the rating from which a paper of a weekly has a note
WRITTEN = "written:"  # rules of sentences that a model wrote
NONE = "no note of"
UNREAD = "its text was not read yet"


@dataclass(frozen=True)
class Desk:
    """What notes are made with: the kind of issue whose rubric judges the papers, the sources by id, the editor, the time."""

    kind: IssueKind
    sources: Mapping[str, Source]
    editor: Editor
    now: datetime


def fives(issue: Issue) -> tuple[Pick, ...]:
    """The papers of an issue that have notes."""
    return tuple(p for p in issue.picks() if p.kind == "paper" and p.rating >= TOLD)


def of_issue(store: Store, issue: Issue) -> list[NoteRecord]:
    """The newest note of each of its best papers, in the languages of the issue."""
    found = (store.note(p.work, language) for p in fives(issue) for language in issue.languages)
    return [record for record in found if record is not None]


def evidence(store: Store, desk: Desk, item: Item) -> Evidence:
    """What is known of a paper now; its hash says which note is of exactly this."""
    text = store.full_texts([subject_of(item)]).get(subject_of(item))
    return material.evidence(item, text, desk.sources.get(item.source_id), desk.kind, desk.editor)


def brief(store: Store, desk: Desk, e: Evidence) -> Brief | None:
    """The paper as an editor is given it; None for one that was not read."""
    item, subject = e.item, subject_of(e.item)
    rating = material.current(store.ratings([subject], desk.kind.rubric).get(subject, ()), e.input_hash, desk.editor)
    reading = material.exact(store.readings([subject]).get(subject, ()), e.input_hash, desk.editor)
    if rating is None or reading is None:
        return None
    alone = Story(
        story_id(item.id), item.id, (item.id,), item.refs, item.entry.title, 0.0, item.first_seen_at, item.first_seen_at
    )
    source = desk.sources.get(item.source_id)
    return Brief(alone, e, rating, reading, source.name if source else item.source_id)


def todo(
    store: Store, desk: Desk, subjects: Iterable[Evidence], languages: Sequence[str], again: bool = True
) -> list[tuple[Evidence, str]]:
    """(paper, language) without a note by this editor; what another wrote in its place is to do. With `again` one on
    another text, or by another version of the editor, does not count."""
    subjects = list(subjects)
    known = store.notes(subject_of(e.item) for e in subjects)
    return [
        (e, language) for e in subjects for language in languages
        if not any(
            r.note.language == language and is_by(r.editor, desk.editor) and (r.input_hash == e.input_hash or not again)
            for r in known.get(subject_of(e.item), ())
        )
    ]  # fmt: skip


def do_one(store: Store, desk: Desk, e: Evidence, language: str) -> NoteRecord | str:
    """Writes and keeps the note; the reason in words where there is none to write."""
    return do_all(store, desk, [(e, language)])[0]


def do_all(store: Store, desk: Desk, wanted: Sequence[tuple[Evidence, str]]) -> list[NoteRecord | str]:
    """`do_one` for each paper and language; a model is asked for all of them side by side."""
    abouts = [brief(store, desk, e) for e, _ in wanted]
    told = [(i, about) for i, about in enumerate(abouts) if about]
    notes = desk.editor.write_notes([(about, wanted[i][1]) for i, about in told])
    made: list[NoteRecord | str] = [UNREAD] * len(wanted)
    for (i, about), written in zip(told, notes, strict=True):
        made[i] = _kept(store, desk, wanted[i][0], about, written)
    return made


def _kept(store: Store, desk: Desk, e: Evidence, about: Brief, written: Note | None) -> NoteRecord | str:
    if written is None:
        return "its text tells neither a method nor a result"
    note, dropped = gate.note(written, about, desk.editor)
    if reason := lacking(note.sections):
        return reason
    record = NoteRecord(
        note, _paper(about, desk.editor), e.item.id, e.input_hash, _label(note, desk.editor), desk.now,
        excerpts.of_note(note, about), dropped,
    )  # fmt: skip
    passages = {p.id: p for g in gate.grounds([about]).values() for p in g.passages}
    store.save_passages(passages.values(), desk.now)
    store.save_note(record)
    return record


def _label(note: Note, editor: Editor) -> str:
    """Who wrote it: where no sentence is a model's, the embedded editor in its place."""
    own = editor if any(s.rule.startswith(WRITTEN) for s in note.sentences()) else editor.embedded
    return f"{own.name}-{own.version}"


def _paper(about: Brief, editor: Editor) -> Paper:
    entry = about.item.entry
    day = entry.announced_at or (entry.published_at.date() if entry.published_at else None)
    return Paper(
        entry.title, entry.url, _pdf(about.item), entry.authors,
        tuple(editor.term(o.name) for o in about.reading.organisations), day, entry.language or "en", about.evidence.level,
    )  # fmt: skip


def _pdf(item: Item) -> str:
    asked = request_for(item)
    return next((r.url for r in ways(asked) if r.route == "pdf"), "") if asked else ""


def run(
    store: Store, issue: Issue, kind: IssueKind, sources: Sequence[Source], editor: Editor, now: datetime
) -> StepReport:
    """The notes of a frozen weekly of papers, once. A paper of which none can be told is counted and named: no failure."""
    desk = Desk(kind, {s.id: s for s in sources}, editor, now)
    items = store.items(p.lead_item_id for p in fives(issue))
    subjects = [evidence(store, desk, items[p.lead_item_id]) for p in fives(issue) if p.lead_item_id in items]
    open_ = todo(store, desk, subjects, issue.languages, again=False)
    made = [(e, language, done) for (e, language), done in zip(open_, do_all(store, desk, open_), strict=True)]
    refused: dict[str, list[str]] = {}
    for e, language, result in made:
        if isinstance(result, str):
            refused.setdefault(f"{subject_of(e.item)}: {result}", []).append(language)
    written = [r for _, _, r in made if isinstance(r, NoteRecord)]
    seen = len(subjects) * len(issue.languages)
    report = StepReport(
        "notes", seen, len(written), seen - len(open_),
        extra={"without_a_note": len(made) - len(written), "refused_sentences": sum(r.dropped for r in written)},
        notes=tuple(f"{NONE} {why} ({', '.join(languages)})" for why, languages in refused.items()),
    )  # fmt: skip
    return counted(report, editor.tally())
