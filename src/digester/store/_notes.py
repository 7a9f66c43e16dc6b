"""The table of reading notes. A note is immutable: a changed paper, or another editor, makes a further row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digester.domain.notes import NoteRecord
from digester.store import schema as t
from digester.store._base import Base
from digester.store.codec import dump, stamp


class NoteTables(Base):
    def save_note(self, record: NoteRecord) -> None:
        """Keeps the note for good; what is kept for the same text by the same editor stays as it is."""
        n = record.note
        row = {"work": n.work[:2100], "revision": n.revision, "language": n.language, "input_hash": record.input_hash,
               "editor": record.editor, "made_at": stamp(record.made_at), "body": dump(record)}  # fmt: skip
        with self._write() as c:
            self._upsert(c, t.notes, [row], keep=True)

    def notes(self, works: Iterable[str]) -> Mapping[str, Sequence[NoteRecord]]:
        """Every note of these works, the newest last: of the latest revision of the paper, then as they were made."""
        found: dict[str, list[NoteRecord]] = defaultdict(list)
        for record in self._by_key(NoteRecord, t.notes, "work", (w[:2100] for w in works)):
            found[record.note.work].append(record)
        return {work: sorted(records, key=_age) for work, records in found.items()}

    def note(self, work: str, language: str) -> NoteRecord | None:
        """The newest note of a work in a language."""
        found = [r for r in self.notes([work]).get(work, ()) if r.note.language == language]
        return found[-1] if found else None

    def notes_all(self) -> Sequence[NoteRecord]:
        """The newest note of each work in each language, by work and language."""
        with self._read() as c:
            records = sorted(self._bodies(c, NoteRecord, t.notes), key=_age)
        newest = {(r.note.work, r.note.language): r for r in records}
        return [newest[key] for key in sorted(newest)]


def _age(record: NoteRecord) -> tuple[int, str, str, str]:
    return record.note.revision, stamp(record.made_at), record.editor, record.input_hash
