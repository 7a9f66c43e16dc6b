"""The rules of the second checker on sentences of its own: what a number, a direction and a quotation are."""

from __future__ import annotations

import pytest
from tests.second_checker.derived import readings
from tests.second_checker.numerals import alike, direction, numerals, same
from tests.second_checker.prose import quoted, verbatim


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("+1.24%", "clicks rise by 1.24 percent"),
        ("12,000", "12000 events"),
        ("240M", "serves 240 million"),
        ("4.3 亿", "430,000,000"),
        ("−11.1%", "latency changes by -11.1\\%"),
        ("0.72%", "watch time and likes by 0.72 and 1.18%"),
        ("6 ms", "it adds 6 milliseconds"),
    ],
)
def test_one_number_in_two_spellings_is_the_same(printed: str, source: str) -> None:
    wanted = numerals(alike(printed))[0]
    assert any(same(wanted, q) for q in numerals(alike(source)))


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("1.24%", "by 1.25%"),
        ("1.24%", "by 1.24 percentage points"),
        ("240M", "240 billion"),
        ("8 ms", "8 s"),
        ("14 days", "14 weeks"),
        ("5%", "p5 and FP5"),
        ("3", "a gain of 3%"),
    ],
)
def test_another_value_or_unit_is_another_number(printed: str, source: str) -> None:
    wanted = numerals(alike(printed))[0]
    assert not any(same(wanted, q) for q in numerals(alike(source)))


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("It cuts latency by 49% and increases clicks by 1.2%.", "-+"),
        ("A 34% reduction of machines, with 2% more sales.", "-+"),
        ("Revenue rose by 1.05% because fewer campaigns ended early.", "+"),
        ("Orders: -2.6%. Views: +3.1%.", "-+"),
        ("人均 GMV 提升 1.12%，时延下降 30%。", "+-"),
    ],
)
def test_the_word_that_governs_a_number_gives_its_direction(text: str, signs: str) -> None:
    found = alike(text)
    assert "".join(direction(found, n) for n in numerals(found)) == signs


def test_a_quotation_is_verbatim_or_none() -> None:
    source = "However, we propose a ranker — it reads ‘long’ histories."
    assert verbatim("We propose a ranker - it reads 'long' histories.", source)
    assert not verbatim("We propose the ranker - it reads 'long' histories.", source)
    assert not verbatim("We Propose a ranker", source)
    assert list(quoted("X says: “a “b” c” and 「丁」")) == ["a “b” c", "丁"]


def test_a_counting_sentence_is_read_with_its_slots() -> None:
    told = "Of 30 papers, 7 are about semantic IDs, 5 with online evidence."
    assert {"total": "30", "n": "7", "live": "5 with online evidence"}.items() <= readings("thread_open", told)[
        0
    ].items()
    assert readings("thread_open", "7 papers are worth reading.") == []
    assert readings("rest_open", "1 paper stands outside the themes, without online evidence.")
