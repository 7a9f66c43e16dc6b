"""Conformance of the number reader to published specifications, beside a plain regular expression.

The specifications are those of Recognizers-Text (numbers, percentages, currencies, ordinals; English and Chinese)
and quantulum3 (quantities with units). A case is a sentence with the spans and values it holds. It is right when

- each expected (span, value) is met by one figure of its own with an overlapping span and the same value: signed,
  to nine significant digits; a percentage may be read in percent or in percentage points, as the specification
  does not tell them apart; a currency must have a currency's unit, an ordinal be one;
- and no further figure of the tested type is read: for numbers figures without unit, for percentages those in
  percent or points, for currencies those in a currency, for ordinals the ordinals. Dates, versions and figures
  with another unit are other types. For dimensions (quantulum3) a further figure with a unit is wrong.

Expected entries without a value (`percent` alone) are not asked for. EXCLUDED states the reasons for
which cases are left out; their number is reported for each specification. quantulum3 prints the middle of a range,
so there the ends are joined before the comparison. The interval is the 95 % bootstrap interval of the share, seed 17.

    EVAL_DATA=FOLDER python eval/figures.py [--wrong]
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from digester.analysis.figures import Figure, read

ROUNDS, SEED = 2000, 17
EXCLUDED: dict[str, re.Pattern[str]] = {
    "a date, a telephone number or an address of the net: one figure or none here, several numbers there": re.compile(
        r"\d{1,2}/\d{1,2}/\d{4}|\d年.{0,4}月|\d{1,3}(?:\.\d{1,3}){3}|\+\d-\d{3}-\d{4}"
    ),
    "more than one decimal point in one run of digits": re.compile(r"\d\.\d+\.\d+\.\d"),
}


@dataclass(frozen=True)
class Expected:
    start: int
    end: int
    value: Decimal


@dataclass(frozen=True)
class Case:
    text: str
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Found:
    """A figure as the comparison sees it: signed value, type, span."""

    value: Decimal
    type: str
    start: int
    end: int


@dataclass(frozen=True)
class Suite:
    name: str
    file: str
    tested: str


SUITES = (
    Suite("EN Number", "recognizers/English_NumberModel.json", "number"),
    Suite("ZH Number", "recognizers/Chinese_NumberModel.json", "number"),
    Suite("EN Percent", "recognizers/English_PercentModel.json", "percent"),
    Suite("ZH Percent", "recognizers/Chinese_PercentModel.json", "percent"),
    Suite("EN Currency", "recognizers/English_CurrencyModel.json", "currency"),
    Suite("ZH Currency", "recognizers/Chinese_CurrencyModel.json", "currency"),
    Suite("EN Ordinal", "recognizers/English_OrdinalModel.json", "ordinal"),
    Suite("ZH Ordinal", "recognizers/Chinese_OrdinalModel.json", "ordinal"),
    Suite("EN Quantity", "quantulum3/quantities.json", "dimension"),
)


# -------------------------------------------------------------------- cases
def cases(path: Path) -> list[Case]:
    rows = json.loads(path.read_text(encoding="utf-8-sig"))
    return [_recognizers(row) if "Input" in row else _quantulum(row) for row in rows]


def _recognizers(row: dict[str, Any]) -> Case:
    spans = []
    for result in row["Results"]:
        resolution = result.get("Resolution") or {}
        value = _decimal(str(resolution.get("value") or resolution.get("offset") or "").rstrip("%"))
        start = result["Start"] if "Start" in result else row["Input"].lower().find(result["Text"].lower())
        if value is not None:
            spans.append(Expected(start, start + len(result["Text"]), value))
    return Case(row["Input"], tuple(spans))


def _quantulum(row: dict[str, Any]) -> Case:
    """The spans are searched from left to right."""
    spans, at = [], 0
    for result in row["res"]:
        start = max(row["req"].find(result["surface"], at), 0)
        at = start + len(result["surface"])
        spans.append(Expected(start, at, Decimal(str(result["value"]))))
    return Case(row["req"], tuple(spans))


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def reason(case: Case) -> str:
    return next((why for why, pattern in EXCLUDED.items() if pattern.search(case.text)), "")


# ------------------------------------------------------------------ readers
def ours(text: str) -> list[Found]:
    return [Found(-f.value if f.sign == "-" else f.value, _type(f), f.start, f.end) for f in read(text)]


def middled(text: str) -> list[Found]:
    """Our figures with the two ends of a range as one, at its middle, as quantulum3 prints them."""
    found: list[Found] = []
    for f, plain in zip(read(text), ours(text), strict=True):
        if f.end_of_range == "high" and found:
            low = found.pop()
            plain = Found((low.value + plain.value) / 2, plain.type, low.start, plain.end)
        found.append(plain)
    return found


def _type(figure: Figure) -> str:
    if figure.kind != "quantity":
        return figure.kind
    if figure.unit in ("cent", "penny") or (len(figure.unit) == 3 and figure.unit.isupper()):
        return "currency"
    return {"": "number", "%": "percent", "pp": "percent"}.get(figure.unit, "dimension")


_NAIVE = re.compile(r"-?\d[\d,]*(?:\.\d+)?( ?%)?")


def naive(text: str) -> list[Found]:
    """Digits with commas and a point, a percent sign behind; a dollar sign in front makes them a currency."""
    found = []
    for m in _NAIVE.finditer(text):
        value = _decimal(m[0].rstrip("% ").replace(",", ""))
        kind = "percent" if m[1] else "currency" if text[: m.start()].rstrip().endswith("$") else "number"
        if value is not None:
            found.append(Found(value, kind, m.start(), m.end()))
    return found


# ------------------------------------------------------------------ scoring
def right(case: Case, tested: str, reader: Callable[[str], list[Found]]) -> bool:
    found = reader(case.text)
    for wanted in case.expected:
        met = next((f for f in found if _meets(f, wanted, tested)), None)
        if met is None:
            return False
        found.remove(met)
    covered = [f for f in found if not any(f.start < w.end and w.start < f.end for w in case.expected)]
    return not any(f.type == tested for f in (covered if tested in ("currency", "dimension") else found))


def _meets(f: Found, wanted: Expected, tested: str) -> bool:
    typed = f.type == tested if tested in ("percent", "currency", "ordinal") else True
    return typed and f.start < wanted.end and wanted.start < f.end and _same(f.value, wanted.value)


def _same(a: Decimal, b: Decimal) -> bool:
    return abs(a - b) <= abs(b) * Decimal("1e-9")


def interval(outcomes: Sequence[bool]) -> tuple[float, float]:
    draw, n = random.Random(SEED), len(outcomes)
    shares = sorted(sum(draw.choices(outcomes, k=n)) / n for _ in range(ROUNDS))
    return shares[int(ROUNDS * 0.025)], shares[int(ROUNDS * 0.975) - 1]


def scored(data: Path, suite: Suite) -> dict[str, Any]:
    every = cases(data / "numbers" / suite.file)
    kept = [case for case in every if not reason(case)]
    reader = middled if suite.tested == "dimension" else ours
    outcomes = [right(case, suite.tested, reader) for case in kept]
    low, high = interval(outcomes)
    return {
        "n": len(kept), "right": round(sum(outcomes) / len(kept), 4), "low": round(low, 4), "high": round(high, 4),
        "naive": round(sum(right(case, suite.tested, naive) for case in kept) / len(kept), 4),
        "excluded": len(every) - len(kept), "reasons": sorted({reason(case) for case in every} - {""}),
    }  # fmt: skip


def measure(data: Path) -> dict[str, Any]:
    """By suite: n, share right, its interval, the naive share, cases excluded; "not measurable here" without data."""
    present = [suite for suite in SUITES if (data / "numbers" / suite.file).is_file()]
    return {"numbers": {suite.name: scored(data, suite) for suite in present} or "not measurable here"}


def table(measured: dict[str, Any]) -> Iterator[str]:
    yield f"{'suite':<14}{'n':>5}{'right':>9}{'95 % interval':>18}{'naive':>9}{'excluded':>10}"
    for name, row in measured["numbers"].items():
        between = f"{row['low']:.4f}-{row['high']:.4f}"
        yield f"{name:<14}{row['n']:>5}{row['right']:>9.4f}{between:>18}{row['naive']:>9.4f}{row['excluded']:>10}"


def wrong(data: Path) -> Iterator[str]:
    """The cases that are not right, for the one who mends the reader."""
    for suite in SUITES:
        reader = middled if suite.tested == "dimension" else ours
        for case in cases(data / "numbers" / suite.file):
            if not reason(case) and not right(case, suite.tested, reader):
                yield f"{suite.name}: {case.text!r}\n    expected {[(case.text[e.start : e.end], str(e.value)) for e in case.expected]}\n    read {[(case.text[f.start : f.end], str(f.value), f.type) for f in reader(case.text)]}"


def main(arguments: list[str]) -> int:
    measured = measure(Path(os.environ.get("EVAL_DATA", "")))
    if isinstance(measured["numbers"], str):
        print("eval-figures: not measurable here; EVAL_DATA names no folder with numbers/recognizers")
        return 0
    if "--wrong" in arguments:
        print("\n".join(wrong(Path(os.environ["EVAL_DATA"]))))
    print("\n".join(table(measured)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
