"""Figures in text: signs, units and hedges as they are written, and the numbers a text holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis.figures import not_significant, numbers, quantities


def one(text: str) -> tuple[str, str, str, str | None]:
    (q,) = quantities(text)
    return q.sign, q.value, q.unit, q.hedge


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("CTR +1.24%", "+"), ("latency -11.1%", "-"), ("latency \u221211.1%", "-"), ("latency \u201311.1%", "-"),
        ("latency (\u22120.3%)", "-"), ("error \u00b10.3%", ""), ("a gain of 3%", ""), ("CTR + 1.24%", "+"),
        ("AUC +1.05%/-1.10%", "+-"),
    ],
)  # fmt: skip
def test_a_sign_is_read_as_it_is_written(text: str, sign: str) -> None:
    assert "".join(q.sign for q in quantities(text)) == sign


@pytest.mark.parametrize(
    "text",
    ["53-398x faster", "2\u20133% more", "3%-5% of users", "10%\u201315% of it", "2 \u2013 3% more", "12-18 ms", "top-10% of users",
     "the cost - 3% of revenue - is low", "2x-3x faster"],
)  # fmt: skip
def test_the_dash_of_a_range_or_a_pause_is_no_minus(text: str) -> None:
    assert [q.sign for q in quantities(text)] == [""] * len(quantities(text))
    assert quantities(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4%", "4", "%"), ("4 %", "4", "%"), ("4 percent", "4", "%"), ("4 per cent", "4", "%"), ("４".replace("４", "4") + "％", "4", "%"),
        ("1.5 percentage points", "1.5", "pp"), ("1 percentage point", "1", "pp"), ("2.1 pp", "2.1", "pp"), ("提升2个百分点", "2", "pp"),
        ("3x", "3", "x"), ("3×", "3", "x"), ("3 times", "3", "x"), ("3-fold", "3", "x"), ("3 fold", "3", "x"), ("快3倍", "3", "x"),
        ("6 ms", "6", "ms"), ("6 milliseconds", "6", "ms"), ("6ms", "6", "ms"), ("1,240%", "1,240", "%"), ("1,240.5 ms", "1,240.5", "ms"),
    ],
)  # fmt: skip
def test_units_under_all_their_spellings(text: str, value: str, unit: str) -> None:
    assert one(text)[1:3] == (value, unit)


@pytest.mark.parametrize("text", ["v2.3x", "40 xylophones", "12 messages", "30 users", "a 4 percentile", "3 msgs"])
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("up to 31%", "up to"), ("Up to a 31% cut", "up to"), ("at least 4%", "at least"), ("about 4%", "about"), ("approximately 4 ms", "approximately"),
        ("more than 4%", "more than"), ("no more than 4%", "no more than"), ("an average of 4%", "an average of"), ("约4%", "约"), ("最高 4%", "最高"),
        ("a turnover 4% higher", None), ("exactly 4%", None), ("nearly all; 4%", None),
    ],
)  # fmt: skip
def test_a_hedge_stays_with_its_figure(text: str, hedge: str | None) -> None:
    assert one(text)[3] == hedge


def test_the_number_of_a_quantity_ignores_separators() -> None:
    assert quantities("1,240.5 ms")[0].number == 1240.5


@pytest.mark.parametrize(
    "clause",
    [
        "not significant",
        "was not statistically significant",
        "statistically insignificant",
        "no significant change",
        "a non-significant lift",
        "不显著",
    ],
)
def test_not_significant_is_understood(clause: str) -> None:
    assert not_significant(clause)


@pytest.mark.parametrize("clause", ["a significant lift", "significantly better", "statistically significant"])
def test_significant_is_not_taken_for_its_opposite(clause: str) -> None:
    assert not not_significant(clause)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,240 users", {"1240"}), ("3.50 and 3.5", {"3.5"}), ("007", {"7"}), ("0.0", {"0"}), ("2026-06-19", {"2026", "6", "19"}),
        ("GPT4 and 12B", {"4", "12"}), ("1,24", {"1", "24"}), ("none", set()), ("100", {"100"}), ("10.0", {"10"}), ("0.5", {"0.5"}),
    ],
)  # fmt: skip
def test_numbers_are_normalised_so_that_spellings_compare(text: str, found: set[str]) -> None:
    assert {n if not n.startswith(".") else "0" + n for n in numbers(text)} == found


@given(st.integers(0, 10**9))
def test_thousand_separators_do_not_change_a_number(n: int) -> None:
    assert numbers(f"{n:,}") == numbers(str(n)) == {str(n)}


@given(st.text(alphabet="0123456789.,%+-\u2212\u2013x ms", max_size=80))
def test_quantities_stand_where_they_say(text: str) -> None:
    end = 0
    for q in quantities(text):
        assert end <= q.start < q.end <= len(text)
        assert q.value in text[q.start : q.end]
        assert q.number >= 0
        end = q.end


def test_long_runs_of_digits_and_commas_are_read_to_the_end() -> None:
    for unit in ("1,", "1.", "9", "-1 ", "1,000,"):
        assert isinstance(quantities(unit * 20_000), list)
        assert isinstance(numbers(unit * 4_000), frozenset)
