"""Scores the figures that `claims_of` finds in abstracts which mention an A/B test, against labels.

Percentages only (the labels hold no others). Per paper a multiset match: `value` asks for the number and that it
comes from users (evidence online_ab or deployed), `signed` for its sign too, `tuple` for the measure as well.
A label's sign `~` (direction not stated) matches any; either end of a labelled range matches, the other end is
then neutral. Measures match by alias or by Dice overlap of their words >= ALIKE. `published` is the precision of
what an issue may print, by the whole tuple. Beside each figure: n, a 95 % bootstrap interval over papers (fixed
seed) and a naive reader (all percentages of a sentence, cue words, nearest well-known measure).

    EVAL_DATA=FOLDER python eval/abtest.py [--misses] [--half 0|1]
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from digester.analysis.claims import claims_of
from digester.analysis.metrics import LIVE, published
from digester.domain.ids import passage_id
from digester.domain.model import Claim, Passage
from digester.domain.text import plain

ALIKE = 0.6
SAMPLES, SEED = 2000, 20260101
ABSENT = "not measurable here"
FILE = Path("abtest") / "abtest_dev.jsonl"
ALIASES = {
    "click through rate": "ctr", "clickthrough rate": "ctr", "post click conversion rate": "cvr", "conversion rate": "cvr",
    "gross merchandise volume": "gmv", "gross merchandise value": "gmv", "gross transaction value": "gtv", "daily active users": "dau",
    "monthly active users": "mau", "average revenue per user": "arpu", "cost per mille": "cpm", "effective cost per mille": "ecpm",
    "revenue per mille": "rpm", "return on ad spend": "roas", "return on investment": "roi", "lifetime value": "ltv",
    "lifetime": "lt", "video views": "vv", "item page views": "ipv", "page views": "pv", "transaction volume": "tv",
    "advertiser value": "advv", "cost per action": "cpa", "cost per click": "cpc",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    value: Decimal
    sign: str
    metric: str


@dataclass(frozen=True)
class Labelled:
    value: Decimal
    high: Decimal | None
    sign: str
    metric: str

    def has_value(self, f: Found) -> bool:
        return f.value in (self.value, self.high)

    def is_signed(self, f: Found) -> bool:
        return self.has_value(f) and self.sign in ("~", f.sign)

    def is_whole(self, f: Found) -> bool:
        return self.is_signed(f) and same_measure(self.metric, f.metric)


Agrees = Callable[[Labelled, Found], bool]
Counts = tuple[int, int, int]  # matched, found, labelled
MATCHES: Mapping[str, Agrees] = {
    "value": Labelled.has_value, "signed": Labelled.is_signed, "tuple": Labelled.is_whole,
}  # fmt: skip


# ---------------------------------------------------------------- measures
def names(metric: str) -> set[str]:
    """A measure's spellings: as a whole, without its bracket, the bracket alone; aliases folded."""
    bracket = re.search(r"\(([^()]*)\)", metric)
    forms = [metric, re.sub(r"\([^()]*\)", " ", metric), bracket[1] if bracket else metric]
    return {_folded(form) for form in forms} - {""}


def _folded(name: str) -> str:
    bare = " ".join(re.findall(r"[a-z0-9>@\u3400-\u9fff]+", name.lower().replace("-", " ")))
    for long, short in ALIASES.items():
        bare = re.sub(rf"\b{long}s?\b", short, bare)
    return bare


def same_measure(a: str, b: str) -> bool:
    return any(_alike(set(x.split()), set(y.split())) >= ALIKE for x in names(a) for y in names(b))


def _alike(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))


# ----------------------------------------------------------------- readers
def _found(claims: Iterable[Claim]) -> list[Found]:
    return [
        Found(Decimal(c.value.replace(",", "")), c.sign, c.metric)
        for c in claims
        if c.evidence in LIVE and c.unit in ("%", "pp")
    ]


def abstract(row: Mapping[str, Any]) -> Passage:
    text = plain(row["abstract"])
    return Passage(passage_id(text), f"arxiv:{row['arxiv_id']}", "abstract", text)


def ours(row: Mapping[str, Any]) -> list[Found]:
    return _found(c for c, _ in claims_of([abstract(row)]))


def printed(row: Mapping[str, Any]) -> list[Found]:
    return _found(published(c for c, _ in claims_of([abstract(row)])))


def naive(row: Mapping[str, Any]) -> list[Found]:
    """Every percentage of a sentence with an online cue and no offline one, with the nearest measure."""
    found = []
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", abstract(row).text):
        if not re.search(r"A/B|online|deploy|live|production", sentence) or "offline" in sentence:
            continue
        known = list(
            re.finditer(
                r"CTR|CVR|GMV|[Rr]evenue|[Cc]lick\S*|[Cc]onversion|[Tt]ime|[Rr]etention|\b[A-Z]{2,5}\b", sentence
            )
        )
        for m in re.finditer(r"([+-]?)(\d+(?:\.\d+)?)\s?%", sentence):
            near = min(known, key=lambda k: abs(k.start() - m.start()), default=None)
            down = re.search(r"reduc|decreas|drop|lower", sentence[max(0, m.start() - 40) : m.end() + 20])
            found.append(Found(Decimal(m[2]), m[1] or "+-"[bool(down)], near[0] if near else ""))
    return found


# ----------------------------------------------------------------- scoring
def labels(row: Mapping[str, Any]) -> list[Labelled]:
    return [
        Labelled(Decimal(o["value"]), Decimal(o["high"]) if o["high"] else None, o["sign"], o["metric"])
        for o in row["online"]
    ]


def matched(
    gold: Sequence[Labelled], found: Sequence[Found], agrees: Agrees
) -> tuple[list[Found], list[Labelled], Counts]:
    """(false alarms, misses, counts) of one paper; each label is taken once."""
    missing, wrong = list(gold), []
    for f in found:
        hit = next((g for g in missing if agrees(g, f)), None)
        if hit:
            missing.remove(hit)
        else:
            wrong.append(f)
    taken = [g for g in gold if g not in missing]
    wrong = [f for f in wrong if not any(g.high is not None and g.has_value(f) for g in taken)]
    hits = len(gold) - len(missing)
    return wrong, missing, (hits, hits + len(wrong), len(gold))


def scores(counts: Sequence[Counts]) -> dict[str, float]:
    hits, found, gold = (sum(column) for column in zip(*counts, strict=True))
    return {
        "p": hits / found if found else 1.0,
        "r": hits / gold if gold else 1.0,
        "f1": 2 * hits / (found + gold) if found + gold else 1.0,
    }


def interval(counts: Sequence[Counts], name: str) -> tuple[float, float]:
    """The middle 95 % of `name` over SAMPLES resamples of the papers."""
    draw = random.Random(SEED)
    seen = sorted(scores(draw.choices(counts, k=len(counts)))[name] for _ in range(SAMPLES))
    return round(seen[int(0.025 * SAMPLES)], 4), round(seen[int(0.975 * SAMPLES) - 1], 4)


def scored(
    rows: Sequence[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], list[Found]], agrees: Agrees
) -> dict[str, Any]:
    counts = [matched(labels(row), read(row), agrees)[2] for row in rows]
    shown = {k: round(v, 4) for k, v in scores(counts).items()}
    hits, found, gold = (sum(column) for column in zip(*counts, strict=True))
    return {
        **shown,
        "hits": hits,
        "found": found,
        "labelled": gold,
        "f1_95": interval(counts, "f1"),
        "p_95": interval(counts, "p"),
    }


def load(data: Path, half: int | None = None) -> list[dict[str, Any]]:
    """The labelled abstracts; a half is every second line, from the first (0) or the second (1)."""
    rows = [json.loads(line) for line in (data / FILE).read_text(encoding="utf-8").splitlines()]
    return rows if half is None else rows[half::2]


def measure(data: Path, half: int | None = None) -> dict[str, Any]:
    """{papers, ours: {value, signed, tuple, published}, naive: {value, signed, tuple}}, or why there is none."""
    if not (data / FILE).is_file():
        return {"abtest": ABSENT}
    rows = load(data, half)
    us = {name: scored(rows, ours, agrees) for name, agrees in MATCHES.items()}
    us["published"] = scored(rows, printed, Labelled.is_whole)
    return {
        "papers": len(rows),
        "ours": us,
        "naive": {name: scored(rows, naive, agrees) for name, agrees in MATCHES.items()},
    }


def misses(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for row in rows:
        wrong, missing, _ = matched(labels(row), ours(row), Labelled.is_whole)
        yield from (f"{row['arxiv_id']} found  {f.metric} {f.sign}{f.value}" for f in wrong)
        yield from (f"{row['arxiv_id']} missed {g.metric} {g.sign}{g.value}" for g in missing)


def table(result: Mapping[str, Any]) -> Iterable[str]:
    yield f"{'':<18}{'P':>7}{'R':>7}{'F1':>7}  {'95 % of F1':<18}{'95 % of P':<18} hits/found/labelled ({result['papers']} papers)"
    for who in ("ours", "naive"):
        for name, s in result[who].items():
            yield (
                f"{who + ' ' + name:<18}{s['p']:>7.3f}{s['r']:>7.3f}{s['f1']:>7.3f}  {s['f1_95']!s:<18}{s['p_95']!s:<18} "
                f"{s['hits']}/{s['found']}/{s['labelled']}"
            )


def main(arguments: list[str]) -> int:
    data = Path(os.environ.get("EVAL_DATA", ""))
    half = int(arguments[arguments.index("--half") + 1]) if "--half" in arguments else None
    result = measure(data, half)
    if "papers" not in result:
        print(f"eval-abtest: {ABSENT}; EVAL_DATA names no folder with {FILE}")
        return 0
    if "--misses" in arguments:
        print("\n".join(misses(load(data, half))))
    print(json.dumps(result) if "--json" in arguments else "\n".join(table(result)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
