"""Stories that are told in several languages: for each language of the issue the article that tells a story in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digester.domain.entries import subject_of
from digester.domain.model import Item
from digester.domain.text import language_of
from digester.pipeline import material
from digester.pipeline.compose import Desk
from digester.ports import Brief, Store, Telling


def found(desk: Desk, store: Store, briefs: Sequence[Brief]) -> list[Brief]:
    """The briefs with what their stories' articles in other languages say, so that no page must quote a foreign one
    where there is one of its own."""
    return [replace(b, tellings=_of(desk, store, b)) if b.item.entry.kind == "article" else b for b in briefs]


def _of(desk: Desk, store: Store, b: Brief) -> dict[str, Telling]:
    items = [i for _, item_id, _ in b.also if (i := desk.items[item_id]).entry.kind == "article"]
    items = [i for i in items if _language(i) in desk.kind.languages and _language(i) != _language(b.item)]
    subjects = [subject_of(i) for i in items]
    texts, readings = store.full_texts(subjects), store.readings(subjects)
    told: dict[str, Telling] = {}
    for item in sorted(items, key=lambda i: (-_weight(desk, i), i.id)):
        evidence = desk.evidence(item, texts.get(subject_of(item)))
        reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash, desk.editor)
        if reading and reading.quotations:
            told.setdefault(
                _language(item), Telling(desk.name(item), item.id, item.entry.title, reading.quotations[:2])
            )
    return told


def _language(item: Item) -> str:
    """The language of its title: what a page would print."""
    return language_of(item.entry.title)


def _weight(desk: Desk, item: Item) -> float:
    source = desk.sources.get(item.source_id)
    return source.weight if source else 1.0
