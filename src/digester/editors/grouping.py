"""Topics of posts by a model: a short heading for each, from one question about all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from digester.analysis import promotion
from digester.domain.calls import Ask
from digester.domain.text import one_line
from digester.editors.answers import prose, rows_of
from digester.ports import Brief, Model, Unit

PER_CALL, TEXT, TOPIC = 30, 300, 40


def topics(
    model: Model, ask: Callable[[str, Mapping[int, Unit]], Ask], posts: Sequence[Brief], plain: Mapping[str, str]
) -> dict[str, str]:
    """The topic of each post by item id; the embedded editor's (`plain`) where the model has none that can be printed."""
    units = {n: _unit(b) for n, b in enumerate(posts, 1)}

    def take(n: int, row: Mapping[str, Any]) -> str | None:
        text = prose(row.get("topic"), TOPIC, "en").rstrip(".")
        fit = 1 <= len(text.split()) <= 4 and not any(c.isdigit() for c in text) and not text.endswith("…")
        return (text[:1].upper() + text[1:] if text.islower() else text) if text and fit else None

    got = rows_of(model, units, lambda u: ask("posts", u), take, PER_CALL, again=1)
    return dict(plain) | {posts[n - 1].item.id: topic for n, topic in got.made.items()}


def _unit(b: Brief) -> Unit:
    entry = b.item.entry
    text = promotion.without(b.evidence.passages[0].text, 0, promotion.addresses)
    return [("person", b.facts.get("person", "")), ("text", one_line(text, TEXT) or entry.kind)]
