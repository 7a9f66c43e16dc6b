"""Scores the organisations that are read out of titles and abstracts, beside plain look-up of the table's names.

The labels are those under which papers were put on a daily list, one organisation a paper at most; so a company
that a text states and the label does not is counted as wrong here though it may be a second one of the same paper.
What is compared are houses: "Kling Team" and "Kuaishou" are one. First pages with labels are in no data set at
hand: what is read out of author blocks is not measurable here and reported so.

    EVAL_DATA=FOLDER python eval/organisations.py
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digester.analysis import affiliations, houses, names
from digester.domain.model import Passage

SEED, ROUNDS = 20260131, 1_000
LABELS, PAPERS, INDUSTRIAL = (
    "hf_daily/hf_daily_dev.jsonl.gz",
    "paper_rating/csir_dev.jsonl.gz",
    "paper_rating/industry_dev_ids.tsv",
)


@dataclass(frozen=True)
class Row:
    """One paper: its houses by label, by our rules and by look-up, and whether it has a label."""

    labelled: bool
    truth: frozenset[str]
    ours: frozenset[str]
    lookup: frozenset[str]


# ------------------------------------------------------------------ reading
def text_of(paper: dict[str, Any]) -> str:
    return " ".join(f"{paper['title']}. {paper.get('abstract') or ''}".split())


def stated(text: str) -> frozenset[str]:
    """Houses of the table that our rules read out of running text."""
    found = (houses.house_of(o.name) for o in names.in_text([Passage("eval", "eval", "abstract", text)]))
    return frozenset(h.name for h in found if h)


def lookup(text: str) -> frozenset[str]:
    """The naive baseline: every name of the table that stands in the text gives its house."""
    return frozenset(m.house.name for m in houses.find(text))


def of_label(label: str) -> frozenset[str]:
    """The companies of the table that a label names."""
    whole = houses.house_of(label)
    if whole:
        return frozenset({whole.name} if whole.kind == "company" else ())
    found = (houses.house_of(n.name) for n in affiliations.organisations(label) if n.kind == "industry")
    return frozenset(h.name for h in found if h)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def rows(data: Path) -> Iterator[Row]:
    for paper in _lines(data / LABELS):
        label, text = paper["organization"] or "", text_of(paper)
        yield Row(bool(label), of_label(label), stated(text), lookup(text))


# ------------------------------------------------------------------ scoring
def interval(ratio: Callable[[Sequence[Any]], float | None], of: Sequence[Any]) -> list[float] | None:
    """95 % bootstrap interval of a ratio over resampled papers; None where nothing can be counted."""
    rng = random.Random(SEED)
    drawn = (ratio(rng.choices(of, k=len(of))) for _ in range(ROUNDS)) if of else ()
    values = sorted(v for v in drawn if v is not None)
    return [round(values[int(len(values) * q)], 4) for q in (0.025, 0.975)] if values else None


def _figure(pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Hits over counts of (hits, count) a paper, with n and interval."""

    def ratio(of: Iterable[tuple[int, int]]) -> float | None:
        hits, count = (sum(x) for x in zip(*of, strict=True))
        return hits / count if count else None

    value = ratio(pairs) if pairs else None
    return {"value": None if value is None else round(value, 4), "n": sum(n for _, n in pairs), "interval": interval(ratio, pairs)}  # fmt: skip


def scores(found: Sequence[Row], pick: Callable[[Row], frozenset[str]]) -> dict[str, Any]:
    """Precision over the houses named where the label is a company, recall over those papers, and recall over
    those of them whose text holds a name of the labelled house at all."""
    firms = [r for r in found if r.truth]
    in_reach = [r for r in firms if r.truth & r.lookup]
    return {
        "precision": _figure([(len(pick(r) & r.truth), len(pick(r))) for r in firms]),
        "recall": _figure([(int(bool(pick(r) & r.truth)), 1) for r in firms]),
        "recall_where_named": _figure([(int(bool(pick(r) & r.truth)), 1) for r in in_reach]),
        "named_where_label_is_no_known_company": _figure([(int(bool(pick(r))), 1) for r in found if r.labelled and not r.truth]),
    }  # fmt: skip


def industrial(data: Path) -> dict[str, Any]:
    """How many papers on lists of industrial work get a house from title and abstract; who is not listed is no negative."""
    ids = {line.split("\t")[0] for line in (data / INDUSTRIAL).read_text(encoding="utf-8").splitlines()}
    texts = [text_of(p) for p in _lines(data / PAPERS) if str(p.get("arxiv_id") or p.get("id")) in ids]
    return {
        "ours": _figure([(int(bool(stated(t))), 1) for t in texts]),
        "lookup": _figure([(int(bool(lookup(t))), 1) for t in texts]),
    }


def measure(data: Path) -> dict[str, Any]:
    """All figures, JSON-able. `data` is the folder of the evaluation sets."""
    if not (data / LABELS).is_file():
        return {"organisations": "not measurable here"}
    found = list(rows(data))
    labels = {p["organization"] for p in _lines(data / LABELS) if p["organization"]}
    return {
        "houses": len(houses.table()),
        "papers": len(found),
        "papers_labelled": sum(r.labelled for r in found),
        "papers_labelled_with_a_known_company": sum(bool(r.truth) for r in found),
        "labels": len(labels),
        "labels_that_are_known_companies": sum(bool(of_label(label)) for label in labels),
        "ours": scores(found, lambda r: r.ours),
        "lookup": scores(found, lambda r: r.lookup),
        "industrial_papers_with_a_house": industrial(data),
        "first_pages": "not measurable here: no labelled first pages",
    }


def _shown(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return "nothing to count"
    low, high = figure["interval"]
    return f"{figure['value']:.3f} [{low:.3f}, {high:.3f}] n={figure['n']}"


def main() -> int:
    data = Path(os.environ.get("EVAL_DATA", ""))
    if not (data / LABELS).is_file():
        print(f"eval-organisations: skipped; EVAL_DATA names no folder with {LABELS}")
        return 0
    found = measure(data)
    for key, value in found.items():
        if not isinstance(value, dict):
            print(f"{key:<42}{value}")
    for key in found["ours"]:
        print(f"{key:<42}{_shown(found['ours'][key]):<38}look-up {_shown(found['lookup'][key])}")
    named = found["industrial_papers_with_a_house"]
    print(f"{'industrial_papers_with_a_house':<42}{_shown(named['ours']):<38}look-up {_shown(named['lookup'])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
