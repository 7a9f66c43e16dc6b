"""Figures that a sentence takes back, of others, or of places: none of them is a result of the paper."""

from __future__ import annotations

import pytest

from digester.analysis.claims import claims_of
from digester.domain.ids import passage_id
from digester.domain.model import Passage

TESTED = "An online A/B test was run for two weeks. "


def told(text: str) -> list[str]:
    text = TESTED + text
    found = claims_of([Passage(passage_id(text), "arxiv:2606.90011", "abstract", text)])
    return [f"{c.metric} {c.hedge + ' ' if c.hedge else ''}{c.sign}{c.value}{c.unit}" for c, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It raises CTR by 2.3% without hurting GMV by more than 0.1%.", ["CTR +2.3%"]),
        ("The model never hurts GMV by over 0.1%.", []),
        ("There is neither a CTR drop nor more than 1% latency increase.", []),
        ("The gate fails to improve CTR by 1%.", []),
        ("The gate does not lower CTR and raises GMV by 1.1%.", ["GMV +1.1%"]),
        ("The drop in CTR shrinks by 40%.", []),
        ("The decline in retention slowed by 30%.", []),
    ],
)
def test_what_did_not_happen_and_a_change_that_became_smaller_are_no_results(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Watch time rises by 0.5% with less than 0.1% increase in latency.", ["watch time +0.5%", "latency under +0.1%"]),
        ("It raises CTR by 2% and keeps the latency increase below 5%.", ["CTR +2%", "latency under +5%"]),
        ("CTR rises by not more than 3%.", ["CTR no more than +3%"]),
        ("延迟增加不到1%。", ["延迟 under +1%"]),
        ("延迟增加不超过1%。", ["延迟 at most +1%"]),
        ("CTR (+1.2%, p=0.03), CVR (+0.4%, p=0.31).", ["CTR +1.2%", "CVR not significant +0.4%"]),
        ("The share of long items rises by 6.3% with neutral CTR (-0.02%, not significant).",
         ["share of long items +6.3%", "CTR not significant -0.02%"]),
    ],
)  # fmt: skip
def test_less_than_is_a_hedge_and_chance_is_of_its_own_figure(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The previous version of our model lifted GMV by 1.0%, and the new one lifts GMV by 2.4%.", ["GMV +2.4%"]),
        ("The baseline we deployed last year improved CTR by 3%.", []),
        ("The variant without memory improves CTR by 0.4%.", []),
        ("Tests in Japan (+2.1%), Korea (+1.4%) and Chile (+0.9%) show more orders.", []),
        ("We see gains in clicks (+1.2%), saves (+0.8%) and hides (-2%).", ["clicks +1.2%", "saves +0.8%", "hides -2%"]),
    ],
)  # fmt: skip
def test_figures_of_predecessors_and_of_places_are_not_printed_as_ours(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("线上A/B测试显示，CTR提升1.2%，CVR提升0.8%。", ["CTR +1.2%", "CVR +0.8%"]),
        ("线上A/B测试显示，人均使用时长增长0.5%。", ["人均使用时长 +0.5%"]),
    ],
)
def test_latin_measures_stand_beside_chinese_letters_and_words_stay_whole(text: str, expected: list[str]) -> None:
    assert told(text) == expected
