"""What is published and what is left out, with the reason: nothing disappears without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A story as selection sees it. `rank` orders equals; `told` is the issue that told it already."""

    id: str
    rating: int
    rank: float
    source: str
    told: str = ""


@dataclass(frozen=True)
class Chosen:
    kept: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def choose(candidates: Sequence[Candidate], *, minimum_rating: int, most: int, per_source: int | None = None) -> Chosen:
    """Best first; equal ratings by rank, then id. `left_out` pairs an id with its reason."""
    kept: list[str] = []
    left: list[tuple[str, str]] = []
    by_source: dict[str, int] = {}
    for c in sorted(candidates, key=lambda c: (-c.rating, -c.rank, c.id)):
        reason = _refusal(c, minimum_rating, most, len(kept), per_source, by_source.get(c.source, 0))
        if reason:
            left.append((c.id, reason))
        else:
            kept.append(c.id)
            by_source[c.source] = by_source.get(c.source, 0) + 1
    return Chosen(tuple(kept), tuple(left))


def _refusal(c: Candidate, minimum: int, most: int, kept: int, per_source: int | None, of_source: int) -> str:
    if c.told:
        return f"told in {c.told}"
    if c.rating < minimum:
        return f"rated {c.rating}"
    if kept >= most:
        return f"beyond the {most} that fit"
    if per_source is not None and of_source >= per_source:
        return "enough from this source"
    return ""
