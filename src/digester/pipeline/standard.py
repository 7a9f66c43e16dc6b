"""The editorial standard over a whole record: a sentence that a model worded and that breaks it gives way to the one
that the embedded editor composed, or goes."""

from __future__ import annotations

from digester.analysis.lint import lines, lint
from digester.domain.issue import Issue, Sentence
from digester.ports import Editor

ROUNDS = 5  # a sentence that goes can bring another to light: a third mention is then the second


def broken(record: Issue, editor: Editor) -> dict[str, Sentence | None]:
    """By id the sentences of a model that break a hard rule where they stand, with what takes their place."""
    if editor.embedded is editor:
        return {}
    placed = {
        (lang, line.where): line.sentence for lang in record.languages for line in lines(record, lang) if line.sentence
    }
    found = (placed.get((v.language, v.where)) for v in lint(record) if v.hard)
    return {s.id: editor.plain(s) for s in found if s is not None and editor.plain(s) != s}
