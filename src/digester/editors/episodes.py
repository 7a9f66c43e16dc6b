"""Takeaways of an episode by a model: a sentence for each of the moments that the embedded editor chose, with words of
the transcript that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from digester.analysis import gate, grounding, lint, promotion
from digester.analysis.grounding import Ground
from digester.domain.calls import Ask
from digester.domain.issue import Sentence
from digester.domain.model import Passage
from digester.domain.text import language_of, one_line
from digester.editors import composing
from digester.editors.answers import prose, rows_of
from digester.editors.rewording import Desk
from digester.ports import Brief, Model, Unit

TEXT, LIMIT = 1_600, 240


def digest(
    model: Model, ask: Callable[[str, Mapping[int, Unit], str], Ask], brief: Brief, own: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """The moments of `own` in the model's words, each at its time; as quoted where the words do not hold."""
    by_id = {p.id: p for p in brief.evidence.passages}
    chosen = {
        n: by_id[s.supports[0].passage_id]
        for n, s in enumerate(own, 1)
        if s.supports and s.supports[0].passage_id in by_id
    }
    units = {n: _unit(own[n - 1], p) for n, p in chosen.items()}
    language = language_of(" ".join(p.text[:1_000] for p in chosen.values()))
    grounds = Desk({brief.item.id: brief}).grounds

    def take(n: int, row: Mapping[str, Any]) -> Sentence | None:
        return _taken(row, own[n - 1], chosen[n], grounds, language, brief)

    got = rows_of(model, units, lambda u: ask("episode", u, language), take, len(own) or 1, again=1)
    return tuple(got.made.get(n, s) for n, s in enumerate(own, 1))


def _unit(s: Sentence, passage: Passage) -> Unit:
    """The stretch around the moment."""
    at = max(s.supports[0].start - TEXT // 3, 0)
    stretch = promotion.without(passage.text[at : at + TEXT], 0, promotion.addresses)
    return [("at", s.inputs.get("at", "")), ("text", one_line(stretch, TEXT))]


def _taken(
    row: Mapping[str, Any], own: Sentence, passage: Passage, grounds: Mapping[str, Ground], language: str, brief: Brief
) -> Sentence | None:
    text, words = prose(row.get("text"), LIMIT, language), row.get("quote")
    if not text or text.endswith("…") or not isinstance(words, str) or not 15 <= len(words) <= 800:
        return None
    found = grounding.verbatim(words, Ground((passage,)), cut=False)
    if not found.holds:
        return None
    made = composing.sentence(
        "report", {language: text, "en": text}, [brief.item.id], found.supports, "written:episode", own.inputs
    )
    broken = any(v.hard for v in lint.of_sentence(made, language, ()))
    return None if broken or not gate.judge(made, grounds).holds else replace(made, inputs=own.inputs)
