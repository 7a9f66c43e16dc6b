"""Threads "from X to Y": found only when both phrases stand in at least two papers of a theme.

X comes from problem sentences (existing, conventional, suffer ...), Y from the sentences that state the
mechanism. Without such a pair the plain theme name stands; nothing is forced (EDITORIAL, checklist 1-2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digester.analysis.phrases import Phrase, fold, holds, shared

MOST_PAPERS = 4
LEAST = 4  # the rating that one of them needs
MOST_PHRASES = 150  # of each side: every pair of them is looked at
LONGEST = 6  # words of a phrase in "from X to Y"
_HANGING = re.compile(  # the end of what waits for a noun: "graph neural", "end-to-end"
    r"\b(?:neural|sequential|generative|conversational|contextual|semantic|industrial|multi-?modal|personali[sz]ed|collaborative|temporal|causal|"
    r"hierarchical|sparse|dense|lifelong|long-?term|real-?time|large-?scale|end to end|end-to-end|cross-?domain|multi-?task)$"
)
_COUNT = re.compile(r"\b(?:hundred|thousand|ten|dozen|\d+)s?\b")


@dataclass(frozen=True)
class Member:
    """A paper of a theme: its rating, first organisation, title, and its problem and mechanism sentences."""

    id: str
    rating: int
    organisation: str
    problem: str
    mechanism: str
    title: str = ""


@dataclass(frozen=True)
class Step:
    """From X to Y as the papers write it, and the ids of the papers that hold either; empty when not found."""

    from_: str = ""
    to: str = ""
    holders: tuple[str, ...] = ()


def move(members: Sequence[Member], theme: str = "") -> Step:
    """Where a line of work comes from and where it goes: both phrases stand in at least two of its papers, and one of
    these makes the whole move.

    A title counts for the destination, but not titles alone: they say what papers are about, not what they do. The
    theme's own name is no destination, and a phrase of both sides is neither. Of several pairs the one most shared
    is taken, then the longest.
    """
    old = _named({m.id: m.problem for m in members if m.problem})
    new = _named({m.id: f"{m.title}. {m.mechanism}" for m in members if m.mechanism})
    left = {p: ids for p, ids in old.items() if _short(p) and not any(_within(p.key, q.key) for q in new)}
    right = {
        q: ids for q, ids in new.items()
        if _short(q) and any(holds(q.key, m.mechanism) for m in members) and not _within(q.key, fold(theme)) and not _claimed(q, ids, old)
    }  # fmt: skip
    pairs = [(x, y) for x in left for y in right if left[x] & right[y]]
    if not pairs:
        return Step()
    x, y = max(
        sorted(pairs, key=lambda xy: (xy[0].key, xy[1].key)),
        key=lambda xy: len(left[xy[0]]) * len(xy[0].key.split()) + len(right[xy[1]]) * len(xy[1].key.split()),
    )
    holders = left[x] | right[y]
    return Step(_lowered(x.surface), _lowered(y.surface), tuple(m.id for m in members if m.id in holders))


def common(said: Mapping[str, str], theme: str = "") -> tuple[str, frozenset[str]]:
    """The phrase that most of these texts share, with those that hold it; ("", none) where no two do. The theme's own
    name is no such phrase: it is what all of them are about."""
    found = {
        p: ids for p, ids in _named({k: text for k, text in said.items() if text}).items()
        if _short(p) and not _within(p.key, fold(theme))
    }  # fmt: skip
    if not found:
        return "", frozenset()
    best = max(sorted(found, key=lambda p: p.key), key=lambda p: (len(found[p]), len(p.key.split())))
    return _lowered(best.surface), found[best]


def _short(p: Phrase) -> bool:
    return len(p.surface.split()) <= LONGEST


def _claimed(new: Phrase, holders: frozenset[str], old: Mapping[Phrase, frozenset[str]]) -> bool:
    """True when the phrase lives as much in what is criticised as in what is proposed."""
    return any(_within(new.key, p.key) and 2 * len(ids) > len(holders) for p, ids in old.items())


def _lowered(surface: str) -> str:
    """As inside a sentence: words of a title lose their capital, acronyms and `Semantic IDs` keep theirs."""
    if any(w[1:] != w[1:].lower() for w in re.split(r"[\s-]", surface)):
        return surface
    return surface.lower()


def _named(texts: Mapping[str, str]) -> dict[Phrase, frozenset[str]]:
    """Technical noun phrases in at least two texts: no subjects, no counts ("hundreds of events"), none without
    its noun; the best of them."""
    found = {
        p: ids
        for p, ids in shared(texts, 2).items()
        if not p.key.startswith("subject:") and not _COUNT.search(p.key) and not _HANGING.search(p.key)
    }
    best = sorted(found, key=lambda p: (-len(found[p]) * len(p.key.split()), p.key))[:MOST_PHRASES]
    return {p: found[p] for p in best}


def _within(a: str, b: str) -> bool:
    """True when all words of `a` are words of `b`."""
    return set(a.split()) <= set(b.split())


def eligible(members: Sequence[Member]) -> tuple[Member, ...]:
    """The two to four papers of a thread, best first; empty unless one is rated 4 and two named organisations stand
    behind it. The best papers of two organisations are always among them."""
    best = sorted(members, key=lambda m: (-m.rating, not m.organisation, m.id))
    first = next((m for m in best if m.organisation), None)
    second = next((m for m in best if first and m.organisation not in ("", first.organisation)), None)
    if first is None or second is None or best[0].rating < LEAST:
        return ()
    others = [m for m in best if m not in (first, second)][: MOST_PAPERS - 2]
    return tuple(m for m in best if m in (first, second, *others))


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
