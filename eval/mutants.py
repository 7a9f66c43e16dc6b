"""Mutation suite of the number check: wrong variants of true sentences are refused, right spellings are not.

    python -m eval.mutants [--sentences N]      (EVAL_DATA)

Every sentence of an abstract that holds a strict number (a unit, a decimal point, or ten and more) is changed
in the ways in which summaries go wrong, and in ways that change nothing; each variant is held against the
abstract it came from. Killed: refused. The naive baseline asks whether the digits occur in the abstract.
The generator knows nothing of the parser that it tests. Seed 0; a variant that equals another true reading of
the text is not excluded, so the rates are lower bounds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from eval._report import data_folder, share

from digester.analysis import grounding
from digester.analysis.tokens import sentences
from digester.domain.ids import passage_id
from digester.domain.model import Passage
from digester.domain.text import plain

STRICT = re.compile(
    r"(?<![\w.,/^_@%-])(?P<sign>(?<![\d%x)])[+-])?(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<unit>\s?%|x\b|×|\s?pp\b|\s?ms\b|\s(?:million|billion)\b|[KMB]\b)?(?![\w.,/^-]\w)"
)
METRICS = (
    "CTR", "CVR", "CTCVR", "GMV", "revenue", "latency", "retention", "watch time", "dwell time", "orders", "engagement", "click-through rate",
    "conversion rate", "AUC", "GAUC", "accuracy", "precision", "recall", "Recall", "Precision", "F1", "NDCG", "nDCG", "MRR", "MAP", "NDCG@5", "NDCG@10",
    "nDCG@10", "NDCG@20", "Recall@5", "Recall@10", "Recall@20", "HR@5", "HR@10", "MRR@10", "Hit@10", "throughput", "memory", "diversity", "coverage",
    "novelty", "fairness", "RMSE", "MAE", "BLEU", "ROUGE-L", "training time", "inference time", "cost",
)  # fmt: skip
_BEFORE = re.compile(r"\d% (?:relative |absolute )?(?:\w+ in )?$")  # "1.2% lift in CTR", "1.2% CTR"
_BEHIND = re.compile(
    r" (?:(?:by|of|to|is|at|reaches|improves by|increases by|improved by|increased by) )?[+-]?\d[\d.]*%"
)
SAME = {"click-through rate": "CTR", "conversion rate": "CVR"}
COMPANIES = (
    "Kuaishou",
    "Meituan",
    "Alibaba",
    "Pinterest",
    "Netflix",
    "Spotify",
    "Meta",
    "LinkedIn",
    "Airbnb",
    "Tencent",
)
OPPOSITE = (
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"), ("improves", "worsens"), ("improvement", "decline"),
    ("reduces", "raises"), ("reduced", "raised"), ("reduction", "increase"), ("gain", "loss"), ("gains", "losses"), ("higher", "lower"),
)  # fmt: skip
WORDS = dict(
    zip(
        ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        strict=True,
    )
)
Variant = tuple[str, str]  # kind, sentence


def numbers_of(sentence: str) -> list[re.Match[str]]:
    found = list(STRICT.finditer(sentence))
    return [m for m in found if m["unit"] or "." in m["n"] or float(m["n"].replace(",", "")) >= 10]


def put(sentence: str, m: re.Match[str], text: str) -> str:
    return sentence[: m.start()] + text + sentence[m.end() :]


# ---------------------------------------------------------------- mutants
def mutants(sentence: str, abstract: str, m: re.Match[str], rng: random.Random) -> Iterator[Variant]:
    sign, n, unit = m["sign"] or "", m["n"], m["unit"] or ""
    digits = [i for i, c in enumerate(n) if c.isdigit()]
    at = rng.choice(digits)
    other = rng.choice([d for d in "123456789" if d != n[at]])
    yield "digit", put(sentence, m, f"{sign}{n[:at]}{other}{n[at + 1 :]}{unit}")
    bare = n.replace(",", "")
    if "." in bare:
        yield "shift", put(sentence, m, f"{sign}{_plain(float(bare) / 10)}{unit}")
    yield "x10", put(sentence, m, f"{sign}{_plain(float(bare) * 10)}{unit}")
    for wrong in {"%": (" pp", "x"), "x": ("%",), "×": ("%",), "pp": ("%",), "ms": (" s",)}.get(unit.strip(), ()):
        yield "unit", put(sentence, m, f"{sign}{n}{wrong}")
    yield from _signs(sentence, m)
    same = [o for o in numbers_of(abstract) if (o["unit"] or "").strip() == unit.strip() and o["n"] != n]
    if same:
        yield "swap", put(sentence, m, f"{sign}{rng.choice(same)['n']}{unit}")


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _signs(sentence: str, m: re.Match[str]) -> Iterator[Variant]:
    if m["sign"]:
        yield "sign", put(sentence, m, f"{'-' if m['sign'] == '+' else '+'}{m['n']}{m['unit'] or ''}")
    if (m["unit"] or "").strip() != "%":
        return
    low, high = max(0, m.start() - 40), min(len(sentence), m.end() + 25)
    for a, b in (*OPPOSITE, *((b, a) for a, b in OPPOSITE)):
        found = re.search(rf"\b{a}\b", sentence[low:high])
        if found and not re.search(
            r"\d", sentence[low + found.end() : m.start()] + sentence[m.end() : low + found.start()]
        ):
            yield "sign", sentence[: low + found.start()] + b + sentence[low + found.end() :]
            return


def other_mutants(sentence: str, abstract: str, rng: random.Random) -> Iterator[Variant]:
    """Of a sentence as a whole: range ends, measures, organisations, years, versions."""
    for m in re.finditer(r"(?<![\w.])(\d+(?:\.\d+)?)\s?(?:-|–|to)\s?(\d+(?:\.\d+)?)(?=\s?(?:%|x|×))", sentence):
        wrong = _plain(float(m[2]) * 2 + 1)
        yield "range end", sentence[: m.start(2)] + wrong + sentence[m.end(2) :]
    if m := re.search(r"\b(?:19|20)\d\d\b", sentence):
        yield "year", sentence[: m.start()] + str(int(m[0]) + rng.choice((-1, 1))) + sentence[m.end() :]
    if m := re.search(r"\b[A-Z][A-Za-z]+-?(\d+(?:\.\d+)?)(?=[\s,.;)])", sentence):
        yield "version", sentence[: m.start(1)] + _plain(float(m[1]) + 1) + sentence[m.end(1) :]
    if m := re.search(rf"\b(?:{'|'.join(COMPANIES)})\b", sentence):
        away = [c for c in COMPANIES if c not in abstract]
        yield "organisation", sentence[: m.start()] + rng.choice(away) + sentence[m.end() :]
    yield from _metric_swap(sentence, rng)


def _metric_swap(sentence: str, rng: random.Random) -> Iterator[Variant]:
    """The value kept, its measure replaced by another one of the same sentence."""
    found = [m for name in METRICS for m in re.finditer(rf"(?<![\w@-]){re.escape(name)}(?![\w@-])", sentence)]
    beside = [m for m in found if _BEFORE.search(sentence[: m.start()]) or _BEHIND.match(sentence, m.end())]
    for chosen in beside:
        others = [m[0] for m in found if SAME.get(m[0], m[0]).lower() != SAME.get(chosen[0], chosen[0]).lower()]
        if others:
            yield "metric", sentence[: chosen.start()] + rng.choice(others) + sentence[chosen.end() :]


# ----------------------------------------------------------------- benign
def benign(sentence: str, m: re.Match[str]) -> Iterator[Variant]:
    sign, n, unit = m["sign"] or "", m["n"], (m["unit"] or "").strip()
    full = n.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    if unit == "%":
        for name, text in (
            ("percent", " percent"),
            ("per cent", " per cent"),
            ("full-width", "％"),
            ("spaced", " %"),
            ("nbsp", "\u00a0%"),
            ("latex", "\\%"),
        ):
            yield f"percent: {name}", put(sentence, m, f"{sign}{n}{text}")
        if m["sign"] == "-":
            yield "unicode minus", put(sentence, m, f"\u2212{n}%")
        if m["sign"] == "+":
            yield "plus dropped", put(sentence, m, f"{n}%")
    if unit in ("x", "×"):
        for name in (" times", "-fold", "×", "x", "\\times"):
            yield "x/times/fold", put(sentence, m, f"{sign}{n}{name}")
    if unit in ("million", "billion", "M", "B", "K"):
        yield from _scaled(sentence, m, unit)
    if not unit and n.isdigit() and int(n) >= 1000 and not 1900 <= int(n) <= 2100:
        yield "separator", put(sentence, m, f"{int(n):,}")
    if "," in n:
        yield "separator", put(sentence, m, n.replace(",", "") + (m["unit"] or ""))
    yield "full-width digits", put(sentence, m, f"{sign}{full}{m['unit'] or ''}")
    if (
        not unit
        and n in WORDS
        and sentence[m.end() : m.end() + 1] in (" ", "")
        and sentence[m.start() - 1 : m.start()] == " "
    ):
        yield "number word", put(sentence, m, WORDS[n])
    if "." in n and unit in ("%", "x", "×") and not sign and float(n) >= 1:
        before = re.search(
            r"(?:over|up to|about|nearly|almost|around|than|least|approximately|average of|as|roughly|~)(?: an?)? ?$",
            sentence[: m.start()],
        )
        if not before:
            yield (
                "rounded with a hedge",
                put(sentence, m, f"about {round(float(n) + 1e-9, len(n.split('.')[1]) - 1):g}{m['unit']}"),
            )


def _scaled(sentence: str, m: re.Match[str], unit: str) -> Iterator[Variant]:
    factor = {"million": 10**6, "M": 10**6, "billion": 10**9, "B": 10**9, "K": 10**3}[unit]
    value = float(m["n"].replace(",", "")) * factor
    long = {10**6: (" million", "M"), 10**9: (" billion", "B"), 10**3: (" thousand", "K")}[factor]
    for spelling in long:
        yield "K/M/B", put(sentence, m, f"{m['n']}{spelling}")
    if value % 10**4 == 0:
        yield (
            "wan/yi",
            put(sentence, m, f"{_plain(value / 10**4)} 万" if value < 10**8 else f"{_plain(value / 10**8)} 亿"),
        )


def benign_ranges(sentence: str) -> Iterator[Variant]:
    for m in re.finditer(r"(?<![\w.])(\d+(?:\.\d+)?)\s?[-–]\s?(\d+(?:\.\d+)?)(%|x|×)(?!\w)", sentence):
        a, b, unit = m[1], m[2], m[3]
        if re.search(r"(?:up to|about|over|nearly|as)(?: an?)? $", sentence[: m.start()]):
            continue
        for text in (f"{a}{unit} to {b}{unit}", f"{a} to {b}{unit}", f"{a}–{b}{unit}", f"between {a} and {b}{unit}"):
            yield "range", sentence[: m.start()] + text + sentence[m.end() :]


# ---------------------------------------------------------------- measure
def refused(sentence: str, ground: grounding.Ground) -> bool:
    """As the gate reads free prose: figures, names, evidence, and then the wording."""
    return not (grounding.supported(sentence, ground).holds and grounding.worded(sentence, ground).holds)


def naive(sentence: str, abstract: str) -> bool:
    """True when refused: a digit string of the sentence does not occur in the abstract."""
    known = set(re.findall(r"\d+(?:\.\d+)?", abstract))
    return any(n not in known for n in re.findall(r"\d+(?:\.\d+)?", sentence))


def measure(data: Path, limit: int | None = None) -> dict[str, Any]:
    """{"killed": {kind: share}, "benign": ..., "unchanged": ...}, each with n, ours, naive, interval."""
    path = data / "paper_rating" / "csir_dev.jsonl.gz"
    if not path.exists():
        return {"not measurable here": str(path.name)}
    rng = random.Random(0)
    counts: dict[str, dict[str, list[tuple[bool, bool]]]] = {
        "killed": defaultdict(list),
        "benign": defaultdict(list),
        "unchanged": defaultdict(list),
    }
    done = 0
    for row in _rows(path):
        text = plain(f"{row['title']}. {row['abstract']}")
        ground = grounding.Ground((Passage(passage_id(text), row["arxiv_id"], "abstract", text),))
        if not numbers_of(text):
            continue
        for start, end in sentences(text):
            if (limit is None or done < limit) and numbers_of(text[start:end]):
                done += 1
                _one(text[start:end], text, ground, rng, counts)
    return {
        "sentences": done,
        **{group: {kind: share(rows) for kind, rows in sorted(kinds.items())} for group, kinds in counts.items()},
    }


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") as lines:
        yield from map(json.loads, lines)


def _one(
    sentence: str,
    text: str,
    ground: grounding.Ground,
    rng: random.Random,
    counts: dict[str, dict[str, list[tuple[bool, bool]]]],
) -> None:
    def tell(group: str, variants: Iterator[Variant]) -> None:
        for kind, variant in variants:
            if variant != sentence:
                verdict = refused(variant, ground)
                counts[group][kind].append((verdict, naive(variant, text)))
                DEBUG(group, kind, variant, text, verdict, ground)

    counts["unchanged"]["true sentence"].append((refused(sentence, ground), naive(sentence, text)))
    DEBUG("unchanged", "true", sentence, text, counts["unchanged"]["true sentence"][-1][0], ground)
    for m in numbers_of(sentence):
        tell("killed", mutants(sentence, text, m, rng))
        tell("benign", benign(sentence, m))
    tell("killed", other_mutants(sentence, text, rng))
    tell("benign", benign_ranges(sentence))


DEBUG: Callable[..., None] = lambda *_: None  # noqa: E731 - set by whoever looks at single variants


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sentences", type=int, help="only the first N sentences")
    report = measure(data_folder(), parser.parse_args().sentences)
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
