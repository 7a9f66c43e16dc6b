"""What is published and what is left out, with the reason: nothing disappears without a word.

Ratings decide: a candidate never gives its place to one rated lower. Only among equals does variety speak, by
maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998): the next one is that with the best mix of rank and
of what the chosen ones do not have yet. `per_source` keeps a loud source from filling an issue; it never bars a 5.

What was told before stays out, unless something is new in it (analysis.developments): then it is chosen like others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

BEST = 5
RELEVANCE = 0.7  # what rank counts among equals; the rest is variety


@dataclass(frozen=True)
class Candidate:
    """A story as selection sees it. `rank` orders equals, `traits` (organisations, themes, source ...) are what makes
    two of them alike; `told` is the issue that told it already, `new` what it has since."""

    id: str
    rating: int
    rank: float
    source: str
    told: str = ""
    new: str = ""
    traits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    kept: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def choose(candidates: Sequence[Candidate], *, minimum_rating: int, most: int, per_source: int | None = None) -> Chosen:
    """Best rating first; among equals by rank and variety, then id. `left_out` pairs an id with its reason."""
    best_first = sorted(candidates, key=lambda c: (-c.rating, -c.rank, c.id))
    left = [(c.id, reason) for c in best_first if (reason := _refusal(c, minimum_rating))]
    fit = [c for c in best_first if not _refusal(c, minimum_rating)]
    kept: list[Candidate] = []
    seen: Counter[str] = Counter()  # traits of what is kept
    for _, group in groupby(fit, key=lambda c: c.rating):
        equals = list(group)
        places = {c.id: _place(c, equals) for c in equals}
        while equals:
            if len(kept) >= most:
                left += [(c.id, f"beyond the {most} that fit") for c in equals]
                break
            best = max(equals, key=lambda c: RELEVANCE * places[c.id] - (1 - RELEVANCE) * _repeated(c, seen))
            equals.remove(best)
            if _loud(best, kept, per_source):
                left.append((best.id, "enough from this source"))
            else:
                kept.append(best)
                seen.update(set(best.traits))
    return Chosen(tuple(c.id for c in kept), tuple(left))


def _refusal(c: Candidate, minimum: int) -> str:
    if c.told and not c.new:
        return f"told in {c.told}"
    return f"rated {c.rating}" if c.rating < minimum else ""


def _place(c: Candidate, equals: Sequence[Candidate]) -> float:
    """Its rank between the lowest (0) and the highest (1) of its equals, which are sorted."""
    high, low = equals[0].rank, equals[-1].rank
    return (c.rank - low) / (high - low) if high > low else 0.0


def _repeated(c: Candidate, seen: Mapping[str, int]) -> float:
    """0 when nothing that was kept shares a trait with it, towards 1 when all of its traits were seen often."""
    own = sorted(set(c.traits))
    return sum(seen.get(t, 0) / (1 + seen.get(t, 0)) for t in own) / len(own) if own else 0.0


def _loud(c: Candidate, kept: Sequence[Candidate], per_source: int | None) -> bool:
    return per_source is not None and c.rating < BEST and sum(k.source == c.source for k in kept) >= per_source
