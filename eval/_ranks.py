"""Orders of papers against lists: AUC by mid-ranks, average precision, recall and precision of the best."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

SEED = 20260228
Tally = list[list[int]]  # for each score, best first: listed papers, papers


def auc(tally: Tally) -> float | None:
    """The chance that a listed paper stands above another one, ties half (Mann-Whitney by mid-ranks)."""
    listed, total = sum(t for t, _ in tally), sum(n for _, n in tally)
    above, won = 0, 0.0  # others above
    for t, n in tally:
        won += t * (total - listed - above - (n - t) / 2)
        above += n - t
    return won / (listed * (total - listed)) if 0 < listed < total else None


def precision(tally: Tally) -> float | None:
    """Average precision; papers of one score are taken at once, so that their order does not matter."""
    hits = seen = 0
    area = 0.0
    for t, n in tally:
        hits, seen = hits + t, seen + n
        area += t * hits / seen if seen else 0.0
    return area / hits if hits else None


def tallies(values: Sequence[float], truth: Sequence[bool], rounds: int = 0) -> Iterator[Tally]:
    """The tally of all papers, then those of `rounds` resamples of them."""
    place = {v: i for i, v in enumerate(sorted(set(values), reverse=True))}
    cases = [(place[v], t) for v, t in zip(values, truth, strict=True)]
    rng = random.Random(SEED)
    for drawn in (cases, *(rng.choices(cases, k=len(cases)) for _ in range(rounds))):
        tally = [[0, 0] for _ in place]
        for at, t in drawn:
            tally[at][0] += t
            tally[at][1] += 1
        yield tally


def recall(values: Sequence[float], truth: Sequence[bool], months: Sequence[str], share: float) -> float:
    """Listed papers among the best `share` of each month; of equals at the cut, their expected number."""
    hits = 0.0
    for month in sorted(set(months)):
        rows = sorted(((s, t) for s, t, m in zip(values, truth, months, strict=True) if m == month), reverse=True)
        room = round(len(rows) * share)
        cut = rows[room - 1][0]
        above, level = [t for s, t in rows if s > cut], [t for s, t in rows if s == cut]
        hits += sum(above) + sum(level) * (room - len(above)) / len(level)
    return hits / max(1, sum(truth))


def weekly(values: Sequence[float], truth: Sequence[bool], weeks: Sequence[str], room: int = 20) -> float:
    """The share of listed papers among the best `room` of each week (all of a smaller one); equals by their order."""
    kept: list[bool] = []
    for week in sorted(set(weeks)):
        at = sorted((i for i, w in enumerate(weeks) if w == week), key=lambda i: (-values[i], i))
        kept += [truth[i] for i in at[:room]]
    return sum(kept) / max(1, len(kept))
