"""What holds of every text: printed values read back, spans stand, reading is a function and linear."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import figures
from digester.analysis.figures import read

_HAN = "零一二三四五六七八九"
_ALPHABET = (
    "0123456789.,%+-\u2212\u2013 x×kMB$/^(){}\\eE万亿千百十二三两半点分之第年月日至约成折倍零 一aonethirdhalfmillion\n"
)


def _chinese(n: int) -> str:
    """The reading of 1 to 99,999,999 in full, as a writer prints it."""
    if n >= 10_000:
        high, low = divmod(n, 10_000)
        return _chinese(high) + "万" + (("零" if low < 1000 else "") + _chinese(low) if low else "")
    digits, out = f"{n:04d}", ""
    for i, digit in enumerate(digits):
        if digit != "0":
            out += _HAN[int(digit)] + ("千", "百", "十", "")[i]
        elif out and not out.endswith("零") and int(digits[i:]):
            out += "零"
    return out


_SMALL = (
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _english(n: int) -> str:
    if n < 20:
        return _SMALL[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f"-{_SMALL[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_SMALL[n // 100]} hundred" + (f" and {_english(n % 100)}" if n % 100 else "")
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if n >= scale:
            rest = n % scale
            return f"{_english(n // scale)} {word}" + (
                f" {'and ' if rest < 100 else ''}{_english(rest)}" if rest else ""
            )
    raise AssertionError(n)


@given(st.integers(2, 10**9 - 1))
def test_english_words_read_back(n: int) -> None:
    (figure,) = read(f"We saw {_english(n)} rows.")
    assert (figure.value, figure.unit, figure.words) == (n, "", True)


@given(st.integers(10, 99_999_999))
def test_chinese_numerals_read_back(n: int) -> None:
    (figure,) = read(f"共有{_chinese(n)}条。")
    assert (figure.value, figure.words) == (n, True)


@given(st.integers(10_000, 10**12), st.sampled_from(["{:,}", "{}", "{:_}"]))
def test_separators_do_not_change_a_value(n: int, form: str) -> None:
    (figure,) = read(f"We saw {form.format(n)} rows.")
    assert (figure.value, figure.step) == (n, 1)


@given(
    st.decimals("0.01", "9999", places=2),
    st.sampled_from([("%", "%"), (" %", "%"), ("％", "%"), (" percent", "%"), (" per cent", "%"), ("\\%", "%"), (" pp", "pp"), (" 个百分点", "pp"), ("x", "x"), ("×", "x"), (" times", "x"), (" ms", "ms"), ("倍", "x")]),
    st.sampled_from(["", "+", "-", "\u2212"]),
)  # fmt: skip
def test_a_value_in_any_spelling_of_its_unit_reads_back(value: Decimal, unit: tuple[str, str], sign: str) -> None:
    text = f"CTR {sign}{value}{unit[0]}."
    (figure,) = read(text)
    assert (figure.value, figure.unit, figure.step) == (value, unit[1], Decimal("0.01"))
    assert figure.sign == ("-" if sign == "\u2212" else sign)
    assert text[figure.start : figure.end] == f"{sign}{value}{unit[0]}"


@given(
    st.decimals("0.1", "999", places=1),
    st.sampled_from([("k", 3), ("M", 6), ("B", 9), (" million", 6), (" billion", 9), ("万", 4), (" 亿", 8)]),
)
def test_a_scaled_value_reads_back(value: Decimal, scale: tuple[str, int]) -> None:
    (figure,) = read(f"about {value}{scale[0]} rows")
    assert (figure.value, figure.step, figure.hedge) == (
        value.scaleb(scale[1]),
        Decimal("0.1").scaleb(scale[1]),
        "about",
    )


@given(st.text(alphabet=_ALPHABET, max_size=60))
def test_spans_stand_in_order_and_hold_what_was_read(text: str) -> None:
    end = 0
    for figure in read(text):
        assert end <= figure.start < figure.end <= len(text)
        assert figure.value >= 0
        assert figure.step > 0 or figure.value == 0
        assert text[figure.start : figure.end].strip() == text[figure.start : figure.end]
        end = figure.end


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing_and_alike_each_time(text: str) -> None:
    assert read(text) == read(text)


@given(st.text(alphabet=_ALPHABET, max_size=40), st.text(alphabet=_ALPHABET, max_size=40))
def test_a_further_paragraph_changes_no_earlier_figure(text: str, more: str) -> None:
    before = [f for f in read(text) if f.end < len(text.rstrip())]
    assert read(f"{text}\n\n{more}")[: len(before)] == tuple(before)


@given(st.text(alphabet=_ALPHABET, max_size=40), st.integers(11, 99))
def test_a_figure_behind_a_sentence_end_is_read_as_if_alone(text: str, n: int) -> None:
    sentence = f"We measured it on {n} machines."
    alone = read(sentence)
    shift = len(text) + 2
    found = read(f"{text}\n\n{sentence}")[-1]
    assert (found.value, found.start - shift) == (alone[0].value, alone[0].start)


# ------------------------------------------------------------------ linear
UNITS = [
    "9",
    "1,",
    "1 ",
    "十",
    "%",
    "a",
    "1.",
    "one hundred and ",
    "百分之",
    "1:",
    " ",
    "-1",
    "三又",
    "((",
    "1a",
    "up to ",
    "1,000,",
    "万",
    "2601.21770",
]
MOST = 24  # of time for eight times the text: half-way between what is linear and what is quadratic


def _expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(figures.__path__):
        for name, value in vars(importlib.import_module(f"{figures.__name__}.{module.name}")).items():
            for i, found in enumerate(value if isinstance(value, list | tuple) else [value]):
                if isinstance(found, re.Pattern):
                    yield f"{module.name}.{name}[{i}]", found


def _best(work: Callable[[str], object], text: str, enough: float) -> float:
    """Seconds of the quickest of three runs; the first run below `enough` is quick enough."""
    quickest = float("inf")
    for _ in range(3):
        started = process_time()
        work(text)
        quickest = min(quickest, process_time() - started)
        if quickest < enough:
            break
    return quickest


def _is_linear(work: Callable[[str], object], unit: str, size: int, enough: float) -> bool:
    """Whether `size` code points take at most MOST times what their eighth takes, or less than `enough` seconds.

    What is quadratic takes 64 times as long at every try; a machine with other work to do does not slow five down.
    """
    whole = unit * (size // len(unit))
    for _ in range(5):
        took = _best(work, whole, enough)
        if took < enough or took <= MOST * _best(work, whole[: len(whole) // 8], 0):
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(name for name, _ in _expressions()))
def test_every_expression_is_linear(name: str) -> None:
    pattern = dict(_expressions())[name]

    def search(text: str) -> int:
        return sum(1 for _ in pattern.finditer(text))

    for unit in UNITS:  # a quadratic search of 20,000 code points takes seconds
        assert _is_linear(search, unit, 20_000, 0.03), unit


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_reading_is_linear(unit: str) -> None:
    assert _is_linear(read, unit, 20_000, 0.03)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["9", "%", "a", " ", "1.1.1.", "分之", "零"])
def test_reading_a_long_run_is_linear(unit: str) -> None:
    assert _is_linear(read, unit, 100_000, 0.1)


def test_the_measure_of_linearity_finds_what_is_not() -> None:
    assert not _is_linear(re.compile(r"9+x").findall, "9", 8_000, 0.01)
