"""Reading notes in the store, on both databases: immutable, one a paper, language, text and editor."""

from __future__ import annotations

from dataclasses import replace

from tests.store import samples as s
from tests.store.samples import HOUR, NOW

from digester.domain.notes import NoteRecord
from digester.store.sql import SqlStore

WORK = "arxiv:2606.00001"


def saved(store: SqlStore, *records: NoteRecord) -> None:
    for record in records:
        store.save_note(record)


def test_a_note_comes_back_whole(store: SqlStore) -> None:
    saved(store, s.note())
    assert store.note(WORK, "zh") == s.note()
    assert store.notes([WORK, "arxiv:none"]) == {WORK: [s.note()]}
    assert store.counts()["notes"] == 1


def test_a_work_without_a_note_has_none(store: SqlStore) -> None:
    saved(store, s.note())
    assert store.note(WORK, "en") is None
    assert store.note("arxiv:2606.00002", "zh") is None
    assert store.notes([]) == {}


def test_a_note_is_immutable(store: SqlStore) -> None:
    first = s.note()
    saved(store, first, replace(first, made_at=NOW + HOUR, dropped=9))
    assert store.notes([WORK])[WORK] == [first]


def test_a_changed_text_or_another_editor_is_a_further_note_and_the_newest_is_read(store: SqlStore) -> None:
    first, changed = s.note(), s.note(made=NOW + HOUR, input_hash="in2")
    other = s.note(made=NOW + 2 * HOUR, editor="llm-1")
    saved(store, other, first, changed)
    assert store.notes([WORK])[WORK] == [first, changed, other]
    assert store.note(WORK, "zh") == other


def test_a_later_revision_of_the_paper_is_newer_than_a_later_note_on_the_one_before(store: SqlStore) -> None:
    second, first = s.note(revision=2), s.note(made=NOW + HOUR)
    saved(store, second, first)
    assert store.note(WORK, "zh") == second


def test_all_notes_are_the_newest_of_each_work_and_language(store: SqlStore) -> None:
    assert list(store.notes_all()) == []
    later = s.note(made=NOW + HOUR, editor="llm-1")
    saved(store, s.note("arxiv:2606.00003"), later, s.note(), s.note(language="en"))
    assert list(store.notes_all()) == [s.note(language="en"), later, s.note("arxiv:2606.00003")]


def test_a_work_of_any_length_has_a_note(store: SqlStore) -> None:
    work = "url:https://a.example/" + "x" * 970
    saved(store, s.note(work))
    assert store.note(work, "zh") == s.note(work)
