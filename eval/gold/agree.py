"""Agreement of two labelling passes: Cohen's kappa over pairs of items, pairwise F1 and BCubed.

A pass makes of every pair of items one of three: `same` story, `followup` (the story of one names the other's),
`different`. Of n items there are n(n-1)/2 pairs and nearly all are different to everybody, so kappa over all pairs
says little; it is printed beside kappa over the *related* pairs: those that either pass calls same or follow-up,
and those of every item with its NEIGHBOURS most alike ones (cosine of idf-weighted words of title and lead, whatever
the labels say). `alike` is kappa over the latter alone: no pair is in there because of a label.

BCubed is macro over items (Amigo et al. 2009); pass 1 stands as the gold, F1 is symmetric.

    DIGESTER_TEST_DATA=FOLDER python -m eval.gold.agree PASS1.tsv PASS2.tsv [--pairs]
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from eval.gold import collect

NEIGHBOURS = 3
SAMPLES, SEED = 1000, 20260206
SAME, FOLLOWUP, DIFFERENT = "same", "followup", "different"
Pair = tuple[str, str]  # ids, in order


@dataclass(frozen=True)
class Pass:
    """Labels by item id. `follows` holds the stories that the item's story is a follow-up of."""

    story: Mapping[str, str]
    follows: Mapping[str, frozenset[str]]

    def relation(self, pair: Pair) -> str:
        a, b = self.story[pair[0]], self.story[pair[1]]
        if a == b:
            return SAME
        return FOLLOWUP if b in self.follows[pair[0]] or a in self.follows[pair[1]] else DIFFERENT


def read(file: Path) -> Pass:
    """A pass from its table; a link that stands on one item of a story holds for all of them."""
    rows = collect.table(file)
    story = {r["id"]: r["story"] for r in rows}
    linked: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        linked[r["story"]].update(x.strip() for x in r["followup_of"].split(",") if x.strip())
    return Pass(story, {i: frozenset(linked[s] - {s}) for i, s in story.items()})


# ------------------------------------------------------------------- pairs
def named(one: Pass) -> set[Pair]:
    """Pairs that a pass calls same or follow-up."""
    members: dict[str, list[str]] = defaultdict(list)
    for i in sorted(one.story):
        members[one.story[i]].append(i)
    found: set[Pair] = set()
    for ids in members.values():
        found.update(combinations(ids, 2))
        for other in one.follows[ids[0]]:
            found.update((min(i, j), max(i, j)) for i in ids for j in members.get(other, ()))
    return found


def alike(rows: Sequence[collect.Candidate]) -> set[Pair]:
    """Every item with its NEIGHBOURS most alike ones."""
    held = [collect.words(r) for r in rows]
    df = Counter(w for words in held for w in words)
    idf = {w: math.log(len(rows) / n) for w, n in df.items()}
    norm = [math.sqrt(sum(idf[w] ** 2 for w in words)) or 1.0 for words in held]
    found: set[Pair] = set()
    for i, mine in enumerate(held):
        near = [
            (-sum(idf[w] ** 2 for w in sorted(mine & other)) / norm[i] / norm[j], rows[j].id)
            for j, other in enumerate(held)
            if i != j
        ]
        for likeness, other_id in sorted(near)[:NEIGHBOURS]:
            if likeness < 0:
                found.add((min(rows[i].id, other_id), max(rows[i].id, other_id)))
    return found


# ----------------------------------------------------------------- figures
def kappa(counts: Counter[tuple[str, str]]) -> float:
    """Cohen's kappa of counted label pairs; 1 where both always give one and the same."""
    n = sum(counts.values())
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (a, b), k in counts.items():
        left[a] += k
        right[b] += k
    observed = sum(k for (a, b), k in counts.items() if a == b) / n
    expected = sum(k * right[c] for c, k in left.items()) / n**2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def interval(labels: Sequence[tuple[str, str]]) -> list[float]:
    """The middle 95 % of kappa over SAMPLES resamples of the pairs."""
    draw = random.Random(SEED)
    seen = sorted(kappa(Counter(draw.choices(labels, k=len(labels)))) for _ in range(SAMPLES))
    return [round(seen[int(0.025 * SAMPLES)], 3), round(seen[int(0.975 * SAMPLES) - 1], 3)]


def pairwise(gold: Pass, other: Pass) -> dict[str, float]:
    """Precision, recall and F1 over pairs of one story."""
    a, b = ({p for p in named(x) if x.relation(p) == SAME} for x in (gold, other))
    hits = len(a & b)
    return _prf(hits / len(b) if b else 1.0, hits / len(a) if a else 1.0)


def bcubed(gold: Pass, other: Pass) -> dict[str, float]:
    """BCubed precision, recall and F1, macro over items."""
    mine, theirs = _groups(gold), _groups(other)
    ids = sorted(gold.story)
    shared = [(len(mine[i] & theirs[i]), len(theirs[i]), len(mine[i])) for i in ids]
    return _prf(sum(s / t for s, t, _ in shared) / len(ids), sum(s / m for s, _, m in shared) / len(ids))


def _groups(one: Pass) -> dict[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for i, s in one.story.items():
        members[s].add(i)
    return {i: members[s] for i, s in one.story.items()}


def _prf(p: float, r: float) -> dict[str, float]:
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r) if p + r else 0.0, 4)}


def size(one: Pass) -> dict[str, int]:
    many = [n for n in Counter(one.story.values()).values() if n > 1]
    links = {(one.story[i], s) for i, follows in one.follows.items() for s in follows}
    return {
        "items": len(one.story), "stories": len(set(one.story.values())), "stories_of_several": len(many),
        "items_in_those": sum(many), "largest": max(many, default=1), "followups": len(links),
    }  # fmt: skip


def compared(one: Pass, two: Pass, near: set[Pair]) -> dict[str, Any]:
    """All figures; `near` are the pairs of the likeness filter."""
    ids = sorted(one.story)
    either = named(one) | named(two)
    related = sorted(either | near)
    rows = [(one.relation(p), two.relation(p)) for p in related]
    counts = Counter(rows)
    everything = counts + Counter({(DIFFERENT, DIFFERENT): len(ids) * (len(ids) - 1) // 2 - len(rows)})
    by_filter = Counter((one.relation(p), two.relation(p)) for p in sorted(near))
    two_way = Counter((str(a == SAME), str(b == SAME)) for a, b in rows)
    return {
        "pass1": size(one), "pass2": size(two),
        "pairs": {"all": sum(everything.values()), "named_by_either": len(either), "alike": len(near), "related": len(rows)},
        "kappa_related": round(kappa(counts), 3), "kappa_related_95": interval(rows),
        "kappa_related_same_or_not": round(kappa(two_way), 3),
        "kappa_alike": round(kappa(by_filter), 3) if by_filter else None,
        "kappa_all": round(kappa(everything), 3),
        "table": {f"{a}/{b}": n for (a, b), n in sorted(counts.items())},
        "pairwise_same": pairwise(one, two), "bcubed": bcubed(one, two),
    }  # fmt: skip


def disagreements(one: Pass, two: Pass) -> list[tuple[Pair, str, str]]:
    pairs = sorted(named(one) | named(two))
    return [(p, one.relation(p), two.relation(p)) for p in pairs if one.relation(p) != two.relation(p)]


def main(arguments: list[str]) -> int:
    files = [Path(a) for a in arguments if not a.startswith("--")]
    data = Path(os.environ.get("DIGESTER_TEST_DATA", ""))
    if len(files) != 2:
        print("usage: python -m eval.gold.agree PASS1.tsv PASS2.tsv [--pairs]", file=sys.stderr)
        return 2
    one, two = map(read, files)
    if set(one.story) != set(two.story):
        print(f"the passes label different items: {len(set(one.story) ^ set(two.story))} in one only", file=sys.stderr)
        return 1
    known = [c for c in collect.candidates(data) if c.id in one.story] if (data / "web").is_dir() else []
    print(json.dumps(compared(one, two, alike(known)), indent=1))
    if "--pairs" in arguments:
        print("\n".join(f"{a} {b} {x} {y}" for (a, b), x, y in disagreements(one, two)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
