"""Of two sentences of a news text, the one that has the news."""

from __future__ import annotations

import pytest

from digester.analysis.newsworth import told_by, worth

BETTER = {
    "the result before the set-up of its test": (
        "GMV per user rose by 1.87 % and CTR by 2.31 %, both with p < 0.01; orders per user rose by 0.66 %.",
        "The online A/B test ran for 21 days on 6.4 % of traffic.",
    ),
    "no pronoun without its noun": (
        "Reads at the 99th percentile fell from 19 to 7 milliseconds, and the store needs 38 % less memory.",
        "They are buffered for 400 ms, which no ranking metric noticed in a one-week online test.",
    ),
    "what was found before what was looked at": (
        "Between the best and the worst run of the same model lie 6.2 points in the mean and 11.4 at most.",
        "We then looked at 48 published comparisons on these benchmarks.",
    ),
    "the duty before the exemption": (
        "Platforms with more than 20 million monthly users in Europe must from today publish the main signals of their systems.",
        "Online experiments on less than 1 % of users are exempt.",
    ),
    "what is before what could be": (
        "Quessendale is in advanced talks to buy Nestrel for about $640M in cash and shares.",
        "An agreement could be signed within two weeks, but the talks may still fail.",
    ),
    "the test before the background": (
        "In a three-week online A/B test repeated taps fell by 35 % and sessions per user rose by 0.3 %.",
        "Before, the signal went through the ordinary pipeline and reached the ranker after about ten minutes for 14 % of users.",
    ),
    "中文：结果先于设置": (
        "线上 A/B 显示人均 GMV +1.12%，CTR +2.04%。",
        "实验持续 14 天，使用 8% 流量。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BETTER)
def test_the_sentence_with_the_news_is_worth_more(case: str) -> None:
    better, other = BETTER[case]
    assert worth(better) > worth(other)


def test_a_prohibition_is_no_guess() -> None:
    assert worth("The city may not rank 40 applicants.") > worth("The city may rank 40 applicants.")


def test_a_headline_tells_the_share_of_words_that_it_has() -> None:
    assert told_by("Caddis ranks the feed", "Caddis ranks the feed.") == 1.0
    assert told_by("Caddis ranks the feed", "Orders rose by 0.66 %.") == 0.0
    assert told_by("", "") == 0.0
