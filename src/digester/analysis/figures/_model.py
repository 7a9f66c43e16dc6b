"""What reading a number gives: the public `Figure` and the numeral that the readers hand to one another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["quantity", "date", "version", "ordinal"]
Sign = Literal["+", "-", ""]
End = Literal["", "low", "high"]

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Figure:
    """A number as a text prints it, read.

    `value` is the magnitude with scale words applied (1.2M is 1200000) and never negative; `step` one unit in
    the last printed place, scaled alike (1.2M: 100000; 3.49: 0.01; of fractions and number words the place of
    the last word). `unit` is canonical and "" for a count; basis points are "pp" with a hundredth of the value.
    `[start, end)` are code points of the whole span with sign, currency and unit.

    Of a date `unit` says what `value` holds: "date" yyyymmdd, "month" yyyymm, "day" mmdd, "quarter" and "half" yyyyq (q
    without a year), "year" yyyy, "decade" its first year, "time" hhmm. Of a version (also names of models,
    labels such as Section 3.2, arXiv ids) `value` is its first number; versions compare by their printed text.
    """

    value: Decimal
    step: Decimal
    unit: str
    sign: Sign
    hedge: str
    end_of_range: End
    kind: Kind
    words: bool
    start: int
    end: int


@dataclass(frozen=True)
class Numeral:
    """A number without its surroundings: `value` and `step` carry `scale` already. `unit` is None where the
    unit is still to be read; `start` may lie before the place where the reader was called (a sign in Chinese)."""

    value: Decimal
    step: Decimal
    start: int
    end: int
    scale: Decimal = ONE
    words: bool = False
    unit: str | None = None
    hedge: str = ""
    kind: Kind = "quantity"
    negative: bool = False
