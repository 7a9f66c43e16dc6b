"""Themes: groups of works named by a phrase they share. Found, not configured.

Greedy cover: the phrase that covers most of what is left, weighed by how telling it is (rare in the
background, written in titles). What no phrase covers is a leftover group and is not called a theme.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digester.analysis.phrases import Phrase, fold, holds, overlap, shared, title_case


@dataclass(frozen=True)
class Group:
    """Members in the order given; `phrase` None for the leftover group."""

    phrase: Phrase | None
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        return title_case(self.phrase.surface) if self.phrase else ""


def group(
    texts: Mapping[str, str], titles: Mapping[str, str], weights: Mapping[str, float], background: Mapping[str, int], total: int,
    most: int = 5, minimum: int = 3,
) -> list[Group]:  # fmt: skip
    """At most `most` themes of at least `minimum` members, largest first, and the leftover group last.

    `weights` say how much each member counts (ratings); `background` is in how many of `total` texts of
    the period a folded phrase stands, so that what everybody writes names nothing.
    """
    phrases = shared(texts, minimum)
    left = set(texts)
    groups: list[Group] = []
    while len(groups) < most and len(left) >= minimum:
        best = _best(phrases, left, titles, weights, background, total, len(texts), minimum, [g.phrase for g in groups])
        if best is None:
            break
        members = [m for m in texts if m in phrases[best] and m in left]
        groups.append(Group(best, tuple(members)))
        left -= set(members)
    _adopt(groups, left, texts, minimum)
    groups.sort(key=lambda g: (-len(g.members), g.name))
    rest = tuple(m for m in texts if m in left)
    return [*groups, Group(None, rest)] if rest else groups


def _best(
    phrases: Mapping[Phrase, frozenset[str]], left: set[str], titles: Mapping[str, str], weights: Mapping[str, float],
    background: Mapping[str, int], total: int, size: int, minimum: int, taken: Sequence[Phrase | None],
) -> Phrase | None:  # fmt: skip
    def score(p: Phrase) -> float:
        members = phrases[p] & left
        if len(members) < minimum or (len(phrases[p]) > 0.6 * size and size > 8):
            return 0.0
        if any(t and _alike(t, p) for t in taken):
            return 0.0
        rarity = math.log((2 + total) / (1 + background.get(p.key, 0)))
        in_titles = sum(1 for m in members if holds(p.key, titles[m]))
        mass = math.fsum(weights[m] for m in sorted(members))
        return mass * rarity * (1 + in_titles / len(members)) * (1.6 if p.key.startswith("subject:") else 1.0)

    best = max(sorted(phrases, key=lambda p: p.key), key=score, default=None)
    return best if best is not None and score(best) > 0 else None


def _alike(a: Phrase, b: Phrase) -> bool:
    return overlap(fold(a.surface).split(), fold(b.surface).split()) >= 0.99


def _adopt(groups: list[Group], left: set[str], texts: Mapping[str, str], minimum: int) -> None:
    """Leftovers join a theme whose phrase words they all hold, in any order (`IDs ... semantic`)."""
    for name in sorted(left):
        held = set(fold(texts[name]).split())
        for i, g in enumerate(groups):
            if g.phrase and not g.phrase.key.startswith("subject:") and set(fold(g.phrase.surface).split()) <= held:
                order = [m for m in texts if m in (*g.members, name)]
                groups[i] = Group(g.phrase, tuple(order))
                left.discard(name)
                break
