"""Scores how items become stories: same event, follow-up or another one.

- ECB+ (development topics): documents of twin events of one topic; BCubed (Amigo et al. 2009, macro over items),
  pairwise F1 and NMI, beside plain average link on TF-IDF of the batch at a cosine distance of .96, and connected components at
  a cosine of .3.
- Own pairs (`gold/pairs.jsonl`, invented): dropped as copy, folded into a story, or apart.
- Decisions of a newsroom (openclaw): to which of the offered events a report belongs, or to a new one.
- Short views of ECB+ and the gold news of the recorded web (`short_texts`).
- Shuffles of the input: the share that gives the same partition.

On `tuned` topics and pairs the weights were fitted, on `held` ones not; features and thresholds were chosen with
the figures of both halves of the topics in sight.

    EVAL_DATA=FOLDER DIGESTER_TEST_DATA=FOLDER python eval/clustering.py
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from eval import short_texts

from digester.analysis import stories
from digester.analysis.stories import Settings
from digester.analysis.stories._linkage import average_link
from digester.analysis.tokens import terms
from digester.analysis.vectors import cosine, idf, vector

ECB, NEWSROOM = "clustering/ecb_dev.jsonl.gz", "clustering/openclaw_newsroom_v1.jsonl"
GOLD = Path(__file__).parent / "gold"
SEED, SHUFFLES, NAIVE = 20260131, 20, 0.04
Labels = list[int]


# ------------------------------------------------------------------ scores
def bcubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float, float]:
    """Precision, recall, F1 of BCubed, macro over items."""
    t, f, both = Counter(truth), Counter(found), Counter(zip(truth, found, strict=True))
    p = sum(n * n / f[b] for (_, b), n in both.items()) / len(truth)
    r = sum(n * n / t[a] for (a, _), n in both.items()) / len(truth)
    return p, r, 2 * p * r / (p + r)


def pairwise(truth: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    def pairs(of: Iterable[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(of).values())

    hits, all_ = pairs(zip(truth, found, strict=True)), pairs(truth) + pairs(found)
    return 2 * hits / all_ if all_ else 1.0


def nmi(truth: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """Mutual information over the arithmetic mean of both entropies."""
    n = len(truth)
    t, f = Counter(truth), Counter(found)
    shared = sum(
        c / n * math.log(n * c / (t[a] * f[b])) for (a, b), c in Counter(zip(truth, found, strict=True)).items()
    )
    entropy = sum(-c / n * math.log(c / n) for counts in (t, f) for c in counts.values()) / 2
    return shared / entropy if entropy else 1.0


def scores(truth: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, Any]:
    p, r, f = bcubed(truth, found)
    sizes = Counter(found)
    return {
        "n": len(truth), "stories": len(set(truth)), "clusters": len(sizes), "largest": max(sizes.values()),
        "precision": round(p, 4), "recall": round(r, 4), "f1": round(f, 4),
        "pairwise_f1": round(pairwise(truth, found), 4), "nmi": round(nmi(truth, found), 4),
    }  # fmt: skip


def labels(groups: Sequence[Sequence[int]]) -> Labels:
    of = {n: g for g, numbers in enumerate(groups) for n in numbers}
    return [of[n] for n in range(len(of))]


# --------------------------------------------------------------- baselines
def _cosines(texts: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Of words and pairs of words, with the frequencies of the batch."""
    bags = []
    for text in texts:
        found = terms(text)
        bags.append([*found, *(f"{a} {b}" for a, b in itertools.pairwise(found))])
    weights = idf(bags)
    vectors = [vector(b, weights) for b in bags]
    for j in range(len(vectors)):
        for i in range(j):
            yield i, j, cosine(vectors[i], vectors[j])


def naive(texts: Sequence[str]) -> tuple[Labels, Labels]:
    """(average link, connected components) at one distance, .96."""
    alike = {(i, j): c for i, j, c in _cosines(texts) if c > 0.0}
    alone = [[n] for n in range(len(texts))]
    average = labels(average_link(alone, alike, NAIVE))  # the plain method, not our likeness
    parent = list(range(len(texts)))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = x = parent[parent[x]]
        return x

    for (i, j), c in alike.items():
        if c >= 0.3:
            parent[root(i)] = root(j)
    return average, [root(n) for n in range(len(texts))]


def naive_link(texts: Sequence[tuple[str, str]]) -> Labels:
    return naive([f"{a} {b}" for a, b in texts])[0]


# --------------------------------------------------------------------- ECB+
def _lines(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    return [json.loads(line) for line in text.splitlines() if line]


def topic(story: str) -> int:
    return int("".join(c for c in story if c.isdigit()))


def tuned_topics(docs: Sequence[dict[str, Any]]) -> set[int]:
    topics = sorted({topic(d["story"]) for d in docs})
    random.Random(0).shuffle(topics)
    return set(topics[: len(topics) // 2])


def ours(texts: Sequence[tuple[str, str]]) -> Labels:
    return labels(stories.grouped(texts))


def ecb(path: Path) -> dict[str, Any]:
    docs = _lines(path)
    tuned = tuned_topics(docs)
    parts: dict[str, Callable[[dict[str, Any]], bool]] = {
        "all": lambda d: True,
        "tuned": lambda d: topic(d["story"]) in tuned,
        "held": lambda d: topic(d["story"]) not in tuned,
    }
    found: dict[str, Any] = {}
    for name, chosen in parts.items():
        of = [d for d in docs if chosen(d)]
        truth = [d["story"] for d in of]
        average, components = naive([d["text"] for d in of])
        found[name] = {
            "ours": scores(truth, ours([("", d["text"]) for d in of])),
            "naive_average_link": scores(truth, average),
            "naive_components": scores(truth, components),
        }
    return found


def shuffles(texts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Partitions of the same texts in other orders, compared by the texts that are together."""

    def partition(order: Sequence[int]) -> frozenset[frozenset[int]]:
        groups = stories.grouped([texts[n] for n in order])
        return frozenset(frozenset(order[k] for k in g) for g in groups)

    rng, order = random.Random(SEED), list(range(len(texts)))
    first, same = partition(order), 0
    for _ in range(SHUFFLES):
        rng.shuffle(order)
        same += partition(order) == first
    return {"n": SHUFFLES, "same": same}


# ---------------------------------------------------------------- own pairs
def half(group: str) -> str:
    """Groups whose names begin with `h-` were written after the configuration was frozen, and measured once."""
    return "held" if group.startswith("h-") else "tuned"


def _ratio(hits: int, of: int) -> dict[str, Any]:
    return {"value": round(hits / of, 4) if of else None, "n": of}


def pair_scores(rows: Sequence[dict[str, Any]], said: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """`said`: (dropped as a copy, folded into one story) a pair."""
    dropped = [r for r, (d, _) in zip(rows, said, strict=True) if d]
    folded = [r for r, (_, f) in zip(rows, said, strict=True) if f]
    wrong = Counter(r["kind"] for r in folded if r["label"] != "same")
    return {
        "n": len(rows), "labels": dict(sorted(Counter(r["label"] for r in rows).items())),
        "drop_precision": _ratio(sum(r["copy"] for r in dropped), len(dropped)),
        "drop_recall": _ratio(sum(r["copy"] for r in dropped), sum(r["copy"] for r in rows)),
        "fold_precision": _ratio(sum(r["label"] == "same" for r in folded), len(folded)),
        "fold_recall": _ratio(sum(r["label"] == "same" for r in folded), sum(r["label"] == "same" for r in rows)),
        "wrongly_folded": dict(sorted(wrong.items())),
    }  # fmt: skip


def pair_decisions(rows: Sequence[dict[str, Any]], settings: Settings = stories.SETTINGS) -> list[tuple[bool, bool]]:
    """Each pair by itself, with all texts of the file as archive."""
    texts = [[(r[s]["title"], r[s]["lead"]) for s in "ab"] for r in rows]
    archive = stories.background(stories.words_of(*t) for t in sorted({t for pair in texts for t in pair}))
    return [
        (bool(stories.copies({"a": a, "b": b}, "ab", settings)), len(stories.grouped([a, b], archive, settings)) == 1)
        for a, b in texts
    ]


def naive_decisions(rows: Sequence[dict[str, Any]]) -> list[tuple[bool, bool]]:
    """Cosine of words of headline and lead: .9 for a copy, .36 for one story."""
    bags = [[terms(f"{r[s]['title']}. {r[s]['lead']}") for s in "ab"] for r in rows]
    weights = idf([b for pair in bags for b in pair])
    alike = [cosine(vector(a, weights), vector(b, weights)) for a, b in bags]
    return [(c >= 0.9, c >= 0.36) for c in alike]


def pairs() -> dict[str, Any]:
    rows = _lines(GOLD / "pairs.jsonl")
    found: dict[str, Any] = {}
    for name in ("all", "tuned", "held"):
        of = [r for r in rows if name in ("all", half(r["group"]))]
        found[name] = {"ours": pair_scores(of, pair_decisions(of)), "naive": pair_scores(of, naive_decisions(of))}
    return found


# ----------------------------------------------------------------- newsroom
def newsroom(path: Path) -> dict[str, Any]:
    """Reports that had candidates: the right event, or rightly none. The labels are a model's, reviewed by rule."""
    rows = [r for r in _lines(path) if r["replay"]["candidate_events"]]
    archive = stories.background(
        stories.words_of(r["link"]["title"] or "", r["link"]["description"] or "") for r in rows
    )
    said, first = [], []
    for r in rows:
        report = (r["link"]["title"] or "", r["link"]["description"] or "")
        events = sorted(r["replay"]["candidate_events"], key=lambda c: c["rank"])
        groups = stories.grouped([report, *((c["summary_en"] or "", "") for c in events)], archive)
        together = [n for g in groups if 0 in g for n in g if n]
        said.append(events[min(together) - 1]["id"] if together else "new_event")
        first.append(events[0]["id"])
    truth = [r["labels"]["event_id_or_new_event"] for r in rows]
    return {
        "n": len(rows),
        "ours": _accuracy(truth, said), "first_candidate": _accuracy(truth, first),
        "always_new": _accuracy(truth, ["new_event"] * len(rows)),
    }  # fmt: skip


def _accuracy(truth: Sequence[Any], said: Sequence[Any]) -> dict[str, Any]:
    rows = list(zip(truth, said, strict=True))
    new, old = [r for r in rows if r[0] == "new_event"], [r for r in rows if r[0] != "new_event"]
    return {k: _ratio(sum(a == b for a, b in of), len(of)) for k, of in (("all", rows), ("assign", old), ("new", new))}


def measure(data: Path) -> dict[str, Any]:
    """All figures, JSON-able. `data` is the folder of the evaluation sets; what is absent is said."""
    found: dict[str, Any] = {"pairs": pairs()}
    if (data / ECB).is_file():
        found["ecb_dev"] = ecb(data / ECB)
        found["shuffles"] = shuffles([("", d["text"]) for d in _lines(data / ECB)[:150]])
    else:
        found["ecb_dev"] = "not measurable here"
    found["newsroom"] = newsroom(data / NEWSROOM) if (data / NEWSROOM).is_file() else "not measurable here"
    if (data / ECB).is_file():
        found["short"] = short_texts.of_documents(_lines(data / ECB), ours, naive_link, scores)
    recorded = Path(os.environ.get("DIGESTER_TEST_DATA", ""))
    web = (recorded / "web" / "MANIFEST.jsonl").is_file()
    found["ai_news"] = short_texts.of_news(recorded, ours, naive_link, scores) if web else "not measurable here"
    return found


def main() -> int:
    found = measure(Path(os.environ.get("EVAL_DATA", "")))
    for name, value in found.items():
        if not isinstance(value, dict):
            print(f"{name:<12}{value}")
            continue
        for part, figures in value.items():
            rows = figures.items() if isinstance(figures, dict) else [("", figures)]
            for key, row in rows:
                print(f"{name:<12}{part:<18}{key:<20}{row}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
