"""Threads "from X to Y": found only when both phrases stand in at least two papers of a theme.

X comes from problem sentences (existing, conventional, suffer ...), Y from the sentences that state the
mechanism. Without such a pair the plain theme name stands; nothing is forced (EDITORIAL, checklist 1-2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digester.analysis.phrases import Phrase, fold, shared

MOST_PAPERS = 4
_COUNT = re.compile(r"\b(?:hundred|thousand|ten|dozen|\d+)s?\b")


@dataclass(frozen=True)
class Member:
    """A paper of a theme: its rating, first organisation, and its problem and mechanism sentences."""

    id: str
    rating: int
    organisation: str
    problem: str
    mechanism: str


def move(members: Sequence[Member], theme: str = "") -> tuple[str, str]:
    """(X, Y) as written in the papers, or two empty strings.

    The theme's own name is no destination. A phrase that stands on both sides in two papers or more says neither where they come from nor where
    they go; the most shared, then the longest phrase of each side is taken.
    """
    old = _named({m.id: m.problem for m in members if m.problem})
    new = _named({m.id: m.mechanism for m in members if m.mechanism})
    left = {p: ids for p, ids in old.items() if not any(_within(p.key, q.key) for q in new)}
    right = {
        q: ids for q, ids in new.items()
        if not _within(q.key, fold(theme)) and not any(_within(q.key, p.key) and 2 * len(old[p]) > len(ids) for p in old)
    }  # fmt: skip
    if not left or not right:
        return "", ""
    x, y = (
        max(sorted(side, key=lambda p: p.key), key=lambda p: (len(side[p]) * len(p.key.split()), len(p.key)))
        for side in (left, right)
    )
    return (
        (_lowered(x.surface), _lowered(y.surface))
        if max(len(x.surface.split()), len(y.surface.split())) <= 6
        else ("", "")
    )


def _lowered(surface: str) -> str:
    """As inside a sentence: words of a title lose their capital, acronyms and `Semantic IDs` keep theirs."""
    if any(w[1:] != w[1:].lower() for w in surface.split()):
        return surface
    return surface.lower()


def _named(texts: Mapping[str, str]) -> dict[Phrase, frozenset[str]]:
    """Technical noun phrases in at least two texts: no subjects, no counts ("hundreds of events")."""
    return {
        p: ids for p, ids in shared(texts, 2).items() if not p.key.startswith("subject:") and not _COUNT.search(p.key)
    }


def _within(a: str, b: str) -> bool:
    """True when all words of `a` are words of `b`."""
    return set(a.split()) <= set(b.split())


def eligible(members: Sequence[Member]) -> tuple[Member, ...]:
    """The two to four papers of a thread, best first; empty unless one is rated 4 and two organisations or
    two rated papers stand behind it."""
    best = sorted(members, key=lambda m: (-m.rating, not m.organisation, m.id))[:MOST_PAPERS]
    if len(best) < 2 or best[0].rating < 4:
        return ()
    organisations = {m.organisation for m in best if m.organisation}
    named = [m for m in best if m.organisation]
    if len(named) >= 2 and len(organisations) < 2:
        return ()
    return tuple(best)


def order(themes: Mapping[str, Sequence[Member]], most: int = 3) -> list[tuple[str, tuple[Member, ...]]]:
    """The themes that carry a thread, strongest first; a paper is in one thread only."""
    taken: set[str] = set()
    found: list[tuple[str, tuple[Member, ...]]] = []
    ranked = sorted(themes, key=lambda t: (-sum(m.rating - 2 for m in themes[t]), fold(t)))
    for theme in ranked:
        chosen = eligible([m for m in themes[theme] if m.id not in taken])
        if chosen and len(found) < most:
            found.append((theme, chosen))
            taken |= {m.id for m in chosen}
    return found
