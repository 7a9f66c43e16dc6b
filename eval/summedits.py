"""Scores the wording check on SummEdits: whole claims, edited numbers, and sentences taken from their source.

Claims: balanced accuracy by domain, averaged; the interval resamples the rows of each domain. No weight of the
check is fitted; what one could choose is the limit, so it is also chosen on the other domains and tested on the one
left out. Numbers: a strict number (with a unit, a decimal point, or 10 and more) of an inconsistent summary that its
consistent seed does not have counts as edited; the seed is read for that alone. Verbatim: sentences of abstracts
against their own abstract, where any finding is wrong. Swapped: one-sentence summaries that people wrote of papers
(SciTLDR), against their own abstract and another's; people add what the abstract does not say, so not all can pass.

    EVAL_DATA=FOLDER python eval/summedits.py
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import mean
from typing import Any

from digester.analysis.tokens import sentences
from digester.analysis.wording import LIMIT, Finding, Prepared, findings, supported, weight

CLAIMS = "summedits/summedits_dev.jsonl.gz"
ABSTRACTS = "paper_rating/csir_dev.jsonl.gz"
SUMMARIES = "scitldr/dev.jsonl.gz"
ABSENT = "not measurable here"
SAMPLES = 2000
SENTENCES = 2000
LIMITS = (0.5, LIMIT, 1.5, 2.0)
_STRICT = re.compile(
    r"(?<![\w.,])(?P<sign>[$€£¥]\s?)?(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>\s?%|[\s-]?(?:percent|thousand|million|billion|seconds?|minutes?|hours?|days?|weeks?|months?|years?|x|k|m)\b)?(?!\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_CAPITAL = re.compile(r"(?<![.!?\n]\s)(?<!^)\b[A-Z]\w+")


@dataclass(frozen=True)
class Row:
    domain: str
    consistent: bool
    summary: str
    doc: str
    seed: str
    found: tuple[Finding, ...]


@dataclass(frozen=True)
class Number:
    """A strict number of a summary: was it edited, does the check flag it, does the naive rule."""

    edited: bool
    flagged: bool
    naive: bool


# -------------------------------------------------------------------- rows
def rows(path: Path) -> Iterator[Row]:
    prepared = cache(Prepared.of)
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        row = json.loads(line)
        found = findings(row["summary"], prepared(row["doc"]))
        yield Row(row["domain"], bool(row["label"]), row["summary"], row["doc"], row["original_summary"], found)


def naive(row: Row) -> bool:
    """The baseline: supported unless a capitalised word or a strict number is new."""
    words = set(re.findall(r"\w+", row.doc.lower()))
    names = {m[0].lower() for m in _CAPITAL.finditer(row.summary)}
    return names <= words and not any(n.naive for n in numbers(row))


# ------------------------------------------------------------------ claims
def accuracy(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Balanced accuracy of (consistent, supported) pairs."""
    sides = [[ours is gold for gold, ours in pairs if gold is side] for side in (True, False)]
    return mean(mean(s) for s in sides if s)


def by_domain(rows: Sequence[Row], rule: Callable[[Row], bool]) -> dict[str, list[tuple[bool, bool]]]:
    found: dict[str, list[tuple[bool, bool]]] = {}
    for row in rows:
        found.setdefault(row.domain, []).append((row.consistent, rule(row)))
    return found


def below(limit: float) -> Callable[[Row], bool]:
    return lambda row: weight(row.found) < limit


def interval(pairs: Mapping[str, Sequence[tuple[bool, bool]]]) -> list[float]:
    """95 % bootstrap interval of the mean over domains."""
    draw = random.Random(0)
    means = sorted(mean(accuracy(draw.choices(of, k=len(of))) for of in pairs.values()) for _ in range(SAMPLES))
    return [round(means[int(SAMPLES * 0.025)], 4), round(means[int(SAMPLES * 0.975)], 4)]


def left_out(rows: Sequence[Row]) -> dict[str, float]:
    """Accuracy on each domain with the limit that is best on the others."""
    by_limit = {limit: by_domain(rows, below(limit)) for limit in LIMITS}
    found = {}
    for domain in sorted({r.domain for r in rows}):
        best = max(LIMITS, key=lambda limit: mean(accuracy(p) for d, p in by_limit[limit].items() if d != domain))
        found[domain] = round(accuracy(by_limit[best][domain]), 4)
    return found


def claims(rows: Sequence[Row]) -> dict[str, Any]:
    ours, theirs = by_domain(rows, below(LIMIT)), by_domain(rows, naive)
    return {
        "n": len(rows),
        "balanced_accuracy": round(mean(accuracy(p) for p in ours.values()), 4),
        "interval": interval(ours),
        "naive": round(mean(accuracy(p) for p in theirs.values()), 4),
        "domains": {domain: round(accuracy(p), 4) for domain, p in sorted(ours.items())},
        "left_out": left_out(rows),
        "consistent_kept": round(mean(ours for p in ours.values() for gold, ours in p if gold), 4),
        "inconsistent_refused": round(mean(not ours for p in ours.values() for gold, ours in p if not gold), 4),
    }


# ----------------------------------------------------------------- numbers
def strict(text: str) -> Iterator[re.Match[str]]:
    for m in _STRICT.finditer(text):
        if m["sign"] or m["unit"] or "." in m["value"] or float(m["value"].replace(",", "")) >= 10:
            yield m


def values(text: str) -> set[str]:
    return set(_DIGITS.findall(text.replace(",", "")))


def numbers(row: Row) -> Iterator[Number]:
    flagged = [(f.start, f.end) for f in row.found if f.kind in ("number", "binding")]
    seed, doc = values(row.seed), values(row.doc)
    for m in strict(row.summary):
        value = m["value"].replace(",", "")
        ours = any(start < m.end() and m.start() < end for start, end in flagged)
        yield Number(not row.consistent and value not in seed, ours, value not in doc)


def rates(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """Precision and recall of (edited, flagged) pairs."""
    hits = sum(a and b for a, b in pairs)
    return {
        "precision": round(hits / max(1, sum(b for _, b in pairs)), 4),
        "recall": round(hits / max(1, sum(a for a, _ in pairs)), 4),
    }


def edits(rows: Sequence[Row]) -> dict[str, Any]:
    found = [n for row in rows for n in numbers(row)]
    return {
        "n": len(found),
        "edited": sum(n.edited for n in found),
        **rates([(n.edited, n.flagged) for n in found]),
        "naive": rates([(n.edited, n.naive) for n in found]),
    }


# ---------------------------------------------------------------- verbatim
def own_sentences(path: Path) -> Iterator[tuple[str, str]]:
    """(sentence, its abstract)"""
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        abstract = json.loads(line)["abstract"]
        yield from ((abstract[a:b], abstract) for a, b in sentences(abstract))


def verbatim(path: Path) -> dict[str, int]:
    sampled = list(islice(own_sentences(path), SENTENCES))
    return {"n": len(sampled), "with_findings": sum(bool(findings(s, abstract)) for s, abstract in sampled)}


# ----------------------------------------------------------------- swapped
def swapped(path: Path) -> dict[str, Any]:
    papers = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    sources = [Prepared.of(" ".join(p["source"])) for p in papers]
    own = [supported(p["target"][0], s) for p, s in zip(papers, sources, strict=True)]
    other = [supported(p["target"][0], sources[i - 1]) for i, p in enumerate(papers)]
    return {"n": len(papers), "own_pass": round(mean(own), 4), "swapped_refused": round(1 - mean(other), 4)}


def measure(data: Path) -> dict[str, Any]:
    """All figures of the folder `data`; the text ABSENT where a file is not there."""
    have = list(rows(data / CLAIMS)) if (data / CLAIMS).is_file() else []
    return {
        "claims": claims(have) if have else ABSENT,
        "numbers": edits(have) if have else ABSENT,
        "verbatim": verbatim(data / ABSTRACTS) if (data / ABSTRACTS).is_file() else ABSENT,
        "swapped": swapped(data / SUMMARIES) if (data / SUMMARIES).is_file() else ABSENT,
    }


def main() -> int:
    if not os.environ.get("EVAL_DATA"):
        print("eval-summedits: skipped; EVAL_DATA names no folder")
        return 0
    print(json.dumps(measure(Path(os.environ["EVAL_DATA"])), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
