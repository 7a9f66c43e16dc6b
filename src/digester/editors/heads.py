"""Headlines by a model for stories that it has not read: one question about all of them, figures as slots."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from digester.analysis import grounding, lint, promotion
from digester.domain.calls import Ask
from digester.domain.issue import Sentence
from digester.editors.answers import prose, rows_of
from digester.editors.reading import HEADLINE
from digester.editors.rewording import Desk, fact, masked
from digester.ports import Brief, Model, Unit

PER_CALL = 30


def headlines(
    model: Model, ask: Callable[[str, Mapping[int, Unit], str], Ask], briefs: Sequence[Brief], plain: Mapping[str, str],
    language: str,
) -> dict[str, str]:  # fmt: skip
    """Headlines by story id where the model's hold; `plain` are those of the embedded editor."""
    told = [b for b in briefs if not promotion.addresses(b.item.entry.title)]
    plans = {n: masked(plain[b.story.id]) for n, b in enumerate(told, 1)}
    units = {n: _unit(b, plans[n].text) for n, b in enumerate(told, 1)}
    desk = Desk({b.item.id: b for b in told})

    def take(n: int, row: Mapping[str, Any]) -> str | None:
        text = plans[n].filled(prose(row.get("text"), HEADLINE, language)).rstrip(".。")
        if not text or text.endswith("…") or not grounding.supported(text, desk.grounds[told[n - 1].item.id]).holds:
            return None
        line = Sentence("", "report", {language: text}, (told[n - 1].item.id,))
        return (
            None
            if any(v.hard or v.check == "tone" for v in lint.of_sentence(line, language, desk.picks(line)))
            else text
        )

    got = rows_of(model, units, lambda u: ask("headline", u, language), take, PER_CALL, again=0)
    return {told[n - 1].story.id: text for n, text in got.made.items()}


def _unit(b: Brief, say: str) -> Unit:
    about = fact(b)
    return [("title", b.item.entry.title), ("say", say), *([("about", about)] if about else [])]
