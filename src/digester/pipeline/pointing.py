"""Who points to a paper: people, link boards, curated lists. An item of its work that announces nothing is a sighting of
it (domain.entries.work_of); it orders papers of one rating and is linked to, and is no part of the rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from digester.domain.model import Item
from digester.domain.urls import ref_of
from digester.ports import Store


def to(store: Store, works: Iterable[str], until: datetime | None = None) -> Mapping[str, tuple[Item, ...]]:
    """By work the first item of each source that points to it, the earliest first; with `until` those before."""
    found: dict[str, dict[str, Item]] = {}
    for item in sorted(store.items_about(works), key=lambda i: (i.first_seen_at, i.id)):
        if item.entry.announced_at is None and not (until and item.moment and item.moment >= until):
            found.setdefault(item.work, {}).setdefault(item.source_id, item)
    return {work: tuple(items.values()) for work, items in found.items()}


def place(item: Item) -> str:
    """Where it points from: its own page, or what it links to first where its address is the paper's."""
    itself = ref_of(item.entry.url) == item.work
    return next((link.url for link in item.entry.links), item.entry.url) if itself else item.entry.url
