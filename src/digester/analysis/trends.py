"""How often the field speaks of a subject, week by week, and what changed: counts, shares, and the weeks before.

The change of the last week is its share of works in scope less the mean share of the weeks before that had any works,
in percentage points. Everything that it is computed from is part of the value.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Week:
    """A week's works in scope: how many, and how many of them speak of each subject. `themes` are those of its issue."""

    label: str
    works: int
    counts: Mapping[str, int]
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trend:
    """A subject over the weeks, in order. `shares` are per cent of a week's works, None for a week without any;
    `mean_before` is the mean of the known shares but the last, None when there are none, and then nothing changed
    that could be named. `published` are the weeks whose issue had it as a theme."""

    name: str
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]
    mean_before: float | None
    change: float | None
    published: tuple[str, ...]


def trends(weeks: Sequence[Week]) -> list[Trend]:
    """Every subject that any of the weeks (oldest first) has, by change: what rose most stands first, what cannot be
    compared last."""
    names = {name for w in weeks for name in (*w.counts, *w.themes) if w.counts.get(name) or name in w.themes}
    found = [_trend(name, weeks) for name in sorted(names)]
    return sorted(found, key=lambda t: (t.change is None, -(t.change or 0.0), -sum(t.counts), t.name))


def _trend(name: str, weeks: Sequence[Week]) -> Trend:
    counts = tuple(w.counts.get(name, 0) for w in weeks)
    shares = tuple(100 * n / w.works if w.works else None for n, w in zip(counts, weeks, strict=True))
    known = [s for s in shares[:-1] if s is not None]
    mean = math.fsum(known) / len(known) if known else None
    last = shares[-1] if shares else None
    change = last - mean if last is not None and mean is not None else None
    return Trend(name, counts, shares, mean, change, tuple(w.label for w in weeks if name in w.themes))
