"""Chinese statements over English sources: names, figures and measures are held against them without a translation."""

from __future__ import annotations

import pytest

from digester.analysis import figures, metrics
from digester.analysis.grounding import Ground, supported
from digester.domain.model import Passage

TEXT = (
    "Kestrelo presents LongWeir. In an online A/B test it raises seven-day retention by 0.34% and purchases by 1.6%; "
    "GMV rises by up to 4.3%, and p99 latency falls by 11.1%."
)
GROUND = Ground((Passage("p", "arxiv:2606.90012", "abstract", TEXT),))


@pytest.mark.parametrize(
    "text",
    ["Kestrelo的LongWeir：7 天留存 +0.34%。", "LongWeir（Kestrelo），线上 A/B：购买量+1.6%、GMV 最高 +4.3%。", "LongWeir：7天留存率+0.34%，延迟-11.1%。",
     "LongWeir 把购买量提升 1.6%。", "LongWeir：用户某项数 +1.6%。"],
)  # fmt: skip
def test_what_the_source_says_is_supported(text: str) -> None:
    assert supported(text, GROUND).refusals == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [("Gorvane的LongWeir有线上证据。", "name"), ("LongWeir和OtterRank都有线上证据。", "name"), ("LongWeir：收入+1.6%。", "metric"),
     ("LongWeir：点击率 +0.34%。", "metric"), ("LongWeir：购买量-1.6%。", "sign"), ("LongWeir：GMV+4.3%。", "hedge"), ("LongWeir：购买量+1.7%。", "number")],
)  # fmt: skip
def test_what_it_does_not_say_is_refused_by_its_rule(text: str, rule: str) -> None:
    assert {r.rule for r in supported(text, GROUND).refusals} == {rule}


def test_a_sign_behind_a_han_character_is_a_sign_and_a_dash_between_letters_none() -> None:
    assert [(f.sign, str(f.value)) for f in figures.read("收入+3.05%，延迟-11.1%")] == [("+", "3.05"), ("-", "11.1")]
    assert figures.read("GPT-4")[0].sign == ""


def test_the_longest_chinese_name_of_a_measure_counts() -> None:
    assert metrics.key("CTR") in metrics.key("点击率").split("|")
    assert metrics.key("CTR") not in metrics.key("点击量").split("|")
    assert any(k in metrics.key("watch time per user") for k in metrics.key("人均观看时长").split("|"))
    assert metrics.key("某项数") == ""


@pytest.mark.parametrize(
    ("long", "short"),
    [("gross merchandise volume", "GMV"), ("Daily Active Users", "DAU"), ("click-through rate", "CTR"), ("return on ad spend", "ROAS"), ("cost per mille", "CPM")],
)  # fmt: skip
def test_a_measure_written_out_is_that_of_its_letters(long: str, short: str) -> None:
    assert metrics.key(long).startswith(metrics.key(short))


@pytest.mark.parametrize(
    ("english", "chinese", "held"),
    [
        ("Dislikes rose by 3.4%.", "点赞 +3.4%。", False),
        ("Likes rose by 3.4%.", "点赞 +3.4%。", True),
        ("The number of reviews rose by 3.4%.", "浏览量 +3.4%。", False),
        ("Cost per click rose by 3.4%.", "点击 +3.4%。", False),
        ("Clicks per user rose by 3.4%.", "点击 +3.4%。", True),
        ("Search cost rose by 3.4%.", "搜索 +3.4%。", False),
    ],
)
def test_a_measure_inside_the_name_of_another_is_another(english: str, chinese: str, held: bool) -> None:
    ground = Ground((Passage("p", "arxiv:2606.90012", "abstract", english),))
    assert (supported(chinese, ground).refusals == ()) == held
