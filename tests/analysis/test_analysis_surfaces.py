"""Where a test ran and on how much: found in the words of the source, or empty."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.analysis.surfaces import SURFACES, days, days_of_test, surfaces, traffic


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6% of search traffic over 16 days", ("search",)),
        ("Multi-Objective Ranking for a Community Feed", ("feed",)),
        ("a short-video feed", ("feed", "short video")),
        ("Cold-Start Ads from the First Impression in a Mobile App Store", ("ads", "app store")),
        ("in sponsored search", ("search", "ads")),
        ("push notifications and e-mail", ("notifications", "email")),
        ("淘宝首页信息流", ("feed", "home page")),
        ("抖音直播间", ("live streaming",)),
        ("搜索广告", ("search", "ads")),
    ],
)
def test_a_surface_is_found_in_the_words_of_the_source(text: str, found: tuple[str, ...]) -> None:
    assert surfaces([text]) == found


@pytest.mark.parametrize(
    "text",
    [
        "beam search over Semantic IDs", "neural architecture search", "the search space of hyperparameters", "saved searches by 2.6%",
        "a feed-forward layer", "we feed the history to the model", "user feedback", "advertising revenue rose by 1%", "ad spend",
        "advertiser value +3.2%", "an ad hoc rule", "add-to-cart rate", "超参数搜索空间", "广告收入提升 1%", "",
    ],
)  # fmt: skip
def test_words_that_name_no_place_are_no_surface(text: str) -> None:
    assert surfaces([text]) == ()


def test_the_first_text_that_names_one_decides() -> None:
    assert surfaces(["10% of users", "the home page", "a news feed"]) == ("home page",)


@pytest.mark.parametrize(
    ("scope", "share", "length"),
    [
        ("6% of users for 18 days", "6% of users", 18),
        ("6% of search traffic over 16 days", "6% of search traffic", 16),
        ("10% of traffic for two weeks", "10% of traffic", 14),
        ("half of the users", "half of the users", None),
        ("over a seven-day", "", 7),
        ("over three weeks", "", 21),
        ("5% of users for two months", "5% of users for two months", None),  # a month has no exact length
        ("the first week", "", None),
        ("new users", "", None),
        ("breaking news", "", None),
        ("10% 流量，21 天", "10% 流量", 21),
        ("10% 用户，两周", "10% 用户", 14),
        ("", "", None),
    ],
)
def test_share_and_length_are_read_from_the_scope(scope: str, share: str, length: int | None) -> None:
    assert (traffic(scope), days(scope)) == (share, length)


def test_a_test_is_as_long_as_its_sentence_calls_it() -> None:
    assert days_of_test("A 14-day online A/B test shows a 0.34% increase in seven-day retention.") == 14
    assert days_of_test("A two-week experiment on 5% of users.") == 14
    assert days_of_test("Seven-day retention rose by 0.3%.") is None
    assert days_of_test("A 7-day test and a 14-day experiment agree.") is None


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert set(surfaces([text])) <= set(SURFACES)
    assert set(traffic(text)) <= set(text)
    assert (days(text) or 0) >= 0
