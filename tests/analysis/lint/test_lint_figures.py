"""Figures carry sign, unit, hedge and evidence; counts, shares and sizes are no figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.lint.clean_issues import claim, daily, told, weekly, with_pick

from digester.analysis.lint import lint
from digester.domain.issue import Issue

WEEKLY = weekly()


def checks(issue: Issue, language: str = "en") -> dict[str, bool]:
    return {v.check: v.hard for v in lint(issue, [language]) if v.language == language}


WRONG = [
    ("figure-sign", "SIDLoom reaches CTR 1.24% (online A/B)."),
    ("figure-unit", "SIDLoom reaches CTR +1.24 (online A/B)."),
    ("figure-evidence", "SIDLoom lifts CTR by 1.24%."),
    ("figure-evidence", "SIDLoom reports revenue +3.05%."),
    ("figure-evidence", "SIDLoom changes hours of joy by +1.24%."),
    ("figures-mixed", "SIDLoom reports NDCG@10 +4.2% and CTR +1.24% (online A/B)."),
    ("figure-evidence", "SIDLoom reports CTR +1.24% (offline)."),
    ("figures-many", "Online A/B: SIDLoom reports CTR +1.24%, GMV +0.5% and revenue +0.3%."),
]
RIGHT = [
    "SIDLoom reports CTR +1.24% (online A/B).",
    "Online A/B: SIDLoom lifts CTR by 1.24%.",
    "SIDLoom cuts latency by 11.1% in production.",
    "SIDLoom reports NDCG@10 +4.2% offline and CTR +1.24% in an online A/B test.",
    "SIDLoom reports NDCG@10 +4.2% on public benchmarks.",
    "SIDLoom was tested on 10% of users for 21 days.",
    "SIDLoom has 1.2B parameters and 212 layers.",
    "SIDLoom reports retention up by 0.3% to 0.5% and CTR +1.24% (online A/B).",
    "SIDLoom reads 9 of the 30 lists.",
]
CHINESE = [
    ("figure-sign", "SIDLoom 线上 A/B：CTR 1.24%。"),
    ("figure-evidence", "SIDLoom 的 CTR +1.24%。"),
    ("figure-evidence", "SIDLoom 使 CTR 提升 1.24%。"),
    ("figure-evidence", "SIDLoom 的观看时长 +2.1%。"),
    ("figure-evidence", "SIDLoom 使成本降低 49%。"),
    ("figures-mixed", "SIDLoom 线上 A/B：NDCG@10 +4.2%，CTR +1.24%。"),
]
CHINESE_RIGHT = [
    "SIDLoom 线上 A/B：CTR +1.24%。",
    "SIDLoom 离线 NDCG@10 +4.2%，线上 CTR +1.24%。",
    "SIDLoom 用 10% 流量测试 21 天。",
    "SIDLoom 离线成本降低 49%。",
    "其中 38% 的物品没有点击。",
]


@pytest.mark.parametrize(("check", "text"), WRONG)
def test_a_figure_without_what_must_travel_with_it(check: str, text: str) -> None:
    assert checks(told(WEEKLY, text)) == {check: check != "figures-many"}


@pytest.mark.parametrize("text", RIGHT)
def test_a_figure_with_everything_and_what_is_no_figure(text: str) -> None:
    assert checks(told(WEEKLY, text)) == {}


@pytest.mark.parametrize(("check", "text"), CHINESE)
def test_a_chinese_figure_without_what_must_travel_with_it(check: str, text: str) -> None:
    assert checks(told(WEEKLY, zh=text), "zh") == {check: True}


@pytest.mark.parametrize("text", CHINESE_RIGHT)
def test_a_chinese_figure_with_everything(text: str) -> None:
    assert checks(told(WEEKLY, zh=text), "zh") == {}


@pytest.mark.parametrize(
    ("hedge", "wrong", "right", "chinese", "chinese_right"),
    [
        ("up to", "CTR +3.1% (online A/B).", "CTR up to +3.1% (online A/B).", "线上 A/B：CTR +3.1%。", "线上 A/B：CTR 最高 +3.1%。"),
        ("not significant", "CTR +3.1% (online A/B).", "CTR +3.1%, not significant (online A/B).", "线上 A/B：CTR +3.1%。", "线上 A/B：CTR +3.1%（不显著）。"),
    ],
)  # fmt: skip
def test_the_hedge_of_a_figure_is_kept(hedge: str, wrong: str, right: str, chinese: str, chinese_right: str) -> None:
    issue = with_pick(WEEKLY, claims=(*WEEKLY.picks()[0].claims, claim("CTR", "3.1", hedge=hedge)))
    assert checks(told(issue, wrong)) == {"figure-hedge": True} and checks(told(issue, right)) == {}
    assert checks(told(issue, zh=chinese), "zh") == {"figure-hedge": True}
    assert checks(told(issue, zh=chinese_right), "zh") == {}


def test_a_figure_that_the_record_holds_offline_is_not_called_online() -> None:
    issue = with_pick(WEEKLY, claims=(*WEEKLY.picks()[0].claims, claim("CTR", "7.5", "offline")))
    assert checks(told(issue, "CTR +7.5% (online A/B).")) == {"figure-evidence": True}
    assert checks(told(issue, "CTR +7.5% on logged data sets.")) == {}


def test_in_a_headline_evidence_is_advice() -> None:
    headline = {"en": "Kestrelo lifts CTR 1.24% with SIDLoom", "zh": "SIDLoom"}
    assert checks(with_pick(WEEKLY, headline=headline)) == {"figure-evidence": False}


def test_in_news_who_says_it_is_evidence() -> None:
    issue = daily()
    said = told(issue, "Pellucet says it cuts serving cost by 31%.", cites=("i-f1",))
    bare = told(issue, "It cuts serving cost by 31%.", cites=("i-f1",))
    assert "figure-evidence" not in checks(said) and "figure-evidence" in checks(bare)


def test_a_figure_of_the_table_has_its_sign() -> None:
    pick = WEEKLY.picks()[0]
    bare = with_pick(WEEKLY, claims=(replace(pick.claims[0], sign=""),))
    assert [v.hard for v in lint(bare) if v.check == "table-figure"] == [True]
    unit = with_pick(WEEKLY, claims=(replace(pick.claims[0], unit=""),))
    assert [v.hard for v in lint(unit) if v.check == "table-figure"] == [False]
    offline = with_pick(WEEKLY, claims=(*pick.claims, claim("NDCG", "0.4", "offline", "", "")))
    assert not [v for v in lint(offline) if v.check == "table-figure"]
