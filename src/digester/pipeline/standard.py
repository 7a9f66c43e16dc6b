"""The editorial standard over a whole record: a sentence that a model worded and that breaks it gives way to the one
that the embedded editor composed, or goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from digester.analysis import gate
from digester.analysis.lint import lines, lint
from digester.domain.issue import Issue, Sentence
from digester.domain.text import word_count
from digester.pipeline.draft import replaced
from digester.pipeline.gate import Gated
from digester.ports import Editor

TOO_LONG = "length-overview"  # of no single sentence
ROUNDS = 5  # a sentence that goes can bring another to light: a third mention is then the second


def held(gated: Gated, editor: Editor, compose: Callable[[Gated], Issue]) -> tuple[Gated, Issue]:
    """The draft and its record, with every sentence of a model that breaks a hard rule replaced or gone."""
    record = compose(gated)
    for _ in range(ROUNDS if editor.embedded is not editor else 0):
        if not (worse := _broken(record, gated, editor)):
            break
        gated = replace(gated, draft=replaced(gated.draft, worse))
        record = compose(gated)
    return gated, record


def _broken(record: Issue, gated: Gated, editor: Editor) -> dict[str, Sentence | None]:
    """By id the sentences of a model that break a hard rule where they stand, with what takes their place."""
    placed = {
        (lang, line.where): line.sentence for lang in record.languages for line in lines(record, lang) if line.sentence
    }
    wrong = [v for v in lint(record) if v.hard]
    found = [s for v in wrong if (s := placed.get((v.language, v.where))) is not None]
    for v in wrong:
        found += _wordy(record, v.language, editor) if v.check == TOO_LONG else []
    plain = {s.id: (s, editor.plain(s)) for s in found}
    return {i: _instead(p, gated) for i, (s, p) in plain.items() if p is None or p.text != s.text}


def _wordy(record: Issue, language: str, editor: Editor) -> list[Sentence]:
    """The sentences of an overview for which a model used more words than the embedded editor, whose overview fits."""
    told = (line.sentence for line in lines(record, language) if line.part in ("overview", "thread") and line.sentence)
    pairs = ((s, editor.plain(s)) for s in told)
    return [s for s, p in pairs if p and word_count(s.text.get(language, "")) > word_count(p.text.get(language, ""))]


def _instead(plain: Sentence | None, gated: Gated) -> Sentence | None:
    """The embedded editor's sentence, which passes the gate like any other or is not printed."""
    verdict = gate.judge(plain, gated.grounds) if plain else None
    if plain is None or verdict is None or not verdict.holds:
        return None
    return replace(plain, supports=tuple(dict.fromkeys((*plain.supports, *verdict.supports))))
