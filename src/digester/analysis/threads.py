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
LONGEST = 6  # words of a phrase in "from X to Y"
_COUNT = re.compile(r"\b(?:hundred|thousand|ten|dozen|\d+)s?\b")


@dataclass(frozen=True)
class Member:
    """A paper of a theme: its rating, first organisation, and its problem and mechanism sentences."""

    id: str
    rating: int
    organisation: str
    problem: str
    mechanism: str


@dataclass(frozen=True)
class Step:
    """From X to Y as the papers write it, and the ids of the papers that hold either; empty when not found."""

    from_: str = ""
    to: str = ""
    holders: tuple[str, ...] = ()


def move(members: Sequence[Member], theme: str = "") -> Step:
    """Where a line of work comes from and where it goes: both phrases stand in at least two of its papers.

    The theme's own name is no destination, and a phrase of both sides is neither. Of several the one most
    shared is taken, then the longest.
    """
    old = _named({m.id: m.problem for m in members if m.problem})
    new = _named({m.id: m.mechanism for m in members if m.mechanism})
    left = {p: ids for p, ids in old.items() if not any(_within(p.key, q.key) for q in new)}
    right = {q: ids for q, ids in new.items() if not _within(q.key, fold(theme)) and not _claimed(q, ids, old)}
    if not left or not right:
        return Step()
    x, y = (
        max(sorted(side, key=lambda p: p.key), key=lambda p: (len(side[p]) * len(p.key.split()), len(p.key)))
        for side in (left, right)
    )
    if max(len(x.surface.split()), len(y.surface.split())) > LONGEST:
        return Step()
    holders = left[x] | right[y]
    return Step(_lowered(x.surface), _lowered(y.surface), tuple(m.id for m in members if m.id in holders))


def _claimed(new: Phrase, holders: frozenset[str], old: Mapping[Phrase, frozenset[str]]) -> bool:
    """True when the phrase lives as much in what is criticised as in what is proposed."""
    return any(_within(new.key, p.key) and 2 * len(ids) > len(holders) for p, ids in old.items())


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
