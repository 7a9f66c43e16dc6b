"""What a prefilter that learnt from a rater's earlier scores loses of the works that the rater would call high.

Papers of 75 days with the scores of one language model: from the title (0 to 10), and for some from the abstract. High
is 8 or more from the abstract. The scores become ratings 1 to 5: high ones 4 and 5, the rest by score 1 (0, 1), 2 (2, 3)
and 3. Three sets: `all`; `chosen`, whose title has a 2 or more, as after a gate of scope; `cs.IR`. `days` learns once
from that many days and rates the 25 days after the first 50: recall by fixed shares kept, and by the share that is
learnt. `own` goes on day by day after the first seven, learning from the 60 days before but from nothing that it rejected
itself, the audited excepted. Shares are of the high papers, those of each day ranked by themselves. Nothing is drawn at
random.

    EVAL_DATA=FOLDER python -m eval.prefilter
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digester.analysis import prefilter
from digester.analysis.prefilter import Prefilter, Split

FILE = "paper_rating/paperbot_dev.jsonl.gz"
LEARNT, TESTED = (3, 7, 25, 50), 50  # days learnt from, and the day from which papers are tested
SETS = ("all", "chosen", "cs.IR")
SHARES = (0.15, 0.25, 0.4, 0.5)
WARM, BACK = 7, 60  # days without a prefilter, days it learns from


@dataclass(frozen=True)
class Paper:
    id: str
    text: str
    rating: int
    high: bool
    sets: tuple[str, ...] = ("all",)


Days = Sequence[Sequence[Paper]]


def papers(data: Path) -> Days:
    """Papers by day, in order of the days."""
    found: dict[str, list[Paper]] = defaultdict(list)
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = f"{row['title']}. {row['abstract']}"
            found[row["day"]].append(
                Paper(row["arxiv_id"], text, _rating(row), row["llm_rerank"] >= 8, tuple(_sets(row)))
            )
    return [found[day] for day in sorted(found)]


def _sets(row: Mapping[str, Any]) -> Iterable[str]:
    yield "all"
    if row["llm_prerank"] >= 2 or row["fine_ranked"]:
        yield "chosen"
    if "cs.IR" in row["categories"]:
        yield "cs.IR"


def _rating(row: Mapping[str, Any]) -> int:
    if row["llm_rerank"] >= 8:
        return 4 + (row["llm_rerank"] >= 9)
    score = row["llm_rerank"] if row["fine_ranked"] else row["llm_prerank"]
    return 1 if score <= 1 else 2 if score <= 3 else 3


def learnt(of: Iterable[Paper]) -> Prefilter | None:
    rated = list(of)
    return prefilter.learn([p.text for p in rated], [p.rating for p in rated])


def scored(model: Prefilter, day: Sequence[Paper]) -> dict[str, float]:
    return {p.id: model.score(p.text) for p in day}


def once(days: Days, back: int) -> dict[str, Any]:
    """Learnt from the `back` days before TESTED: the share of high papers kept, by the share of papers kept; and with
    the share that is learnt."""
    known = [p for day in days[TESTED - back : TESTED] for p in day]
    begun = time.process_time()
    model = learnt(known)
    took = time.process_time() - begun
    if model is None:
        return {"papers": len(known)}
    scores = [(scored(model, day), {p.id for p in day if p.high}) for day in days[TESTED:]]
    most = sum(len(high) for _, high in scores)

    def kept(share: float) -> float:
        return round(sum(len(prefilter.split(of, share).kept & high) for of, high in scores) / max(1, most), 4)

    return {
        "papers": len(known), "tested": sum(len(of) for of, _ in scores), "high": most, "seconds": round(took, 2),
        "recall": {f"{s:.0%}": kept(s) for s in SHARES}, "learnt": [round(model.keep, 4), kept(model.keep)],
    }  # fmt: skip


def own(days: Days) -> dict[str, Any]:
    """Learnt day by day from what it let pass: recall and share kept over all days that were cut, and over those of
    them from TESTED on."""
    asked = [list(day) for day in days[:WARM]]
    kept: list[tuple[int, Split, Sequence[Paper]]] = []
    audited: list[Paper] = []
    for n, day in enumerate(days[WARM:], WARM):
        known = [p for before in asked[-BACK:] for p in before][-prefilter.MOST :]
        model = learnt(known)
        if model is None:  # too little is known yet
            asked.append(list(day))
            continue
        cut = prefilter.split(scored(model, day), model.keep)
        audited += [p for p in day if p.id in cut.audited]
        kept.append((n, cut, day))
        asked.append([p for p in day if p.id not in cut.left])
    late = [(cut, day) for n, cut, day in kept if n >= TESTED]
    return {
        "days": len(kept), "whole": _told([(cut, day) for _, cut, day in kept]), "late": _told(late),
        "audited": len(audited), "audited_high": sum(p.high for p in audited),
    }  # fmt: skip


def _told(rows: Sequence[tuple[Split, Sequence[Paper]]]) -> dict[str, float]:
    papers = [(p, p.id in cut.kept) for cut, day in rows for p in day]
    high = [is_kept for p, is_kept in papers if p.high]
    kept = sum(is_kept for _, is_kept in papers) / max(1, len(papers))
    return {"kept": round(kept, 4), "high": len(high), "recall": round(sum(high) / max(1, len(high)), 4)}


def measure(data: Path) -> dict[str, Any]:
    """All figures, JSON-able. `data` is the folder of the evaluation sets."""
    if not (data / FILE).is_file():
        return {"prefilter": "not measurable here"}
    found = {}
    for name in SETS:
        days = [[p for p in day if name in p.sets] for day in papers(data)]
        found[name] = {"days": {str(n): once(days, n) for n in LEARNT}, "own": own(days)}
    return found


def main() -> int:
    data = Path(os.environ.get("EVAL_DATA", ""))
    if not (data / FILE).is_file():
        print(f"eval-prefilter: skipped; EVAL_DATA names no folder with {FILE}")
        return 0
    found = measure(data)
    for name, part in found.items():
        for n, row in part["days"].items():
            print(f"{name:<7}{n:>3} days learnt: {json.dumps(row)}")
        print(f"{name:<7}on its own labels: {json.dumps(part['own'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
