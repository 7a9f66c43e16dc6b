"""What belongs together because it says so: items of one work, and a post that points to exactly one of the items.

An article that links to another may only mention it, so articles also have to be alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from digester.domain.model import Item


class Union:
    """Disjoint sets of names; the least name of a set stands for it."""

    def __init__(self, names: Iterable[str]) -> None:
        self._parent = {n: n for n in names}

    def root(self, name: str) -> str:
        while self._parent[name] != name:
            self._parent[name] = name = self._parent[self._parent[name]]
        return name

    def join(self, a: str, b: str) -> None:
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low


def by_reference(items: Sequence[Item], together: Iterable[Sequence[str]] = ()) -> list[list[Item]]:
    """Groups of items (sorted by id); `together` are ids that were told as one before."""
    sets = Union(i.id for i in items)
    owners = {i.work: i.id for i in items}
    owners.update({ref: i.id for i in items for ref in i.refs[:1]})
    first: dict[str, str] = {}
    for item in items:
        sets.join(item.id, first.setdefault(item.work, item.id))
        if item.entry.kind == "post":
            own = {owners[r] for r in item.refs[1:] if r in owners and owners[r] != item.id}
            if len(own) == 1:
                sets.join(item.id, own.pop())
    for ids in together:
        for other in ids[1:]:
            sets.join(ids[0], other)
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[sets.root(item.id)].append(item)
    return [groups[k] for k in sorted(groups)]
