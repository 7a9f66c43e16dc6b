"""A post is quoted by whole sentences that keep their sense: no address, no pronoun without its noun, no lost turn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import standing
from digester.domain.text import BREAK
from digester.editors import posts
from digester.ports import Brief

Make = Callable[..., Brief]
WORD = st.sampled_from(["beams", "rank", "the", "clips", "2.5", "don't", "it"])


def said(make: Make, text: str, language: str = "en") -> str:
    made = posts.post(make(kind="post", text=text, language=language))
    for s in made:
        (support,) = s.supports
        assert text[support.start : support.end] == s.text["en"]  # a slice of the post
    return made[0].text["en"] if made else ""


@given(st.lists(st.lists(WORD, min_size=1, max_size=40), min_size=1, max_size=4))
def test_a_post_is_quoted_whole_sentences_of_at_most_twenty_five_words(make: Make, drawn: list[list[str]]) -> None:
    whole = " ".join(f"Today {' '.join(words)}." for words in drawn)
    for s in posts.post(make(kind="post", text=whole)):
        assert s.kind == "quote"
        assert len(s.text["en"].split()) <= 25
        assert s.text["en"].casefold() in whole.casefold()


def test_a_post_of_one_long_sentence_or_of_a_bare_link_is_not_cut_but_left_out(make: Make) -> None:
    assert posts.post(make(kind="post", text="word " * 40 + ".")) == ()
    assert posts.post(make(kind="post", text="https://a.example/b c d e.")) == ()


def test_a_chinese_post_is_quoted_in_its_language(make: Make) -> None:
    (s,) = posts.post(make(kind="post", text="生成式召回已经在线上跑通了。", language="zh"))
    assert s.text["zh"] == "生成式召回已经在线上跑通了。"


@pytest.mark.parametrize("tail", ["", " https://a.example/b", " https://a.example/b http://c.example/d ", "\nhttps://a.example/b"])  # fmt: skip
def test_addresses_behind_a_post_are_no_part_of_the_quotation(make: Make, tail: str) -> None:
    assert said(make, f"Pellucet 0.14 needs 38 % less memory.{tail}") == "Pellucet 0.14 needs 38 % less memory."


TORN = {
    "a pronoun takes its noun along": (
        "We took automatic prompt rewriting out before 1.0. It helped on benchmarks and hurt 9 of 17 customers, silently. I expect complaints and will point to that number.",
        "We took automatic prompt rewriting out before 1.0. It helped on benchmarks and hurt 9 of 17 customers, silently.",
    ),
    "a verdict that turns is never dropped": (
        "Many ask why only one in four layers of Ostrelith 3 sees everything. At one in two the cache was twice as large and recall at 400,000 tokens went up by 0.4 points. Not worth it.",
        "Many ask why only one in four layers of Ostrelith 3 sees everything.",
    ),
    "a share says of what": (
        "Umbrafell-2 is announced: 0.71 joules per token where the first chip needed 1.34. About half comes from experts that sleep while no token asks for them.",
        "Umbrafell-2 is announced: 0.71 joules per token where the first chip needed 1.34.",
    ),
    "what was promised stands before": (
        "Upgraded a staging cluster to Pellucet 0.14. Agent traffic: time to first token down 39 %. Chat traffic: down 2 %. The release notes had promised about that, which I appreciate.",
        "Upgraded a staging cluster to Pellucet 0.14. Agent traffic: time to first token down 39 %.",
    ),
    "a plan without its cause": (
        "Six hours after release somebody has measured our recall on council minutes and found it below our own figure. This is what open weights are for. We will rerun with two-place questions.",
        "Six hours after release somebody has measured our recall on council minutes and found it below our own figure.",
    ),
    "two that fit": (
        "Pellucet 0.14: prefix-aware routing and FP8 cache by default. 31 % more decode throughput at 128 concurrent requests, 6 % for short chats. Read the three breaking changes before you upgrade.",
        "Pellucet 0.14: prefix-aware routing and FP8 cache by default. 31 % more decode throughput at 128 concurrent requests, 6 % for short chats.",
    ),
    "a later sentence that names what its figures are of": (
        "Caddis, our generative ranker for the home feed, is written up at last. Online A/B over 21 days: GMV per user +1.87 %, CTR +2.31 %, serving cost +12 %.",
        "Online A/B over 21 days: GMV per user +1.87 %, CTR +2.31 %, serving cost +12 %.",
    ),
    "left out when all that stands alone says nothing": (
        "Reading Farstrand by Drifthollow with some envy. We stop early because of latency; compressing everything into few vectors beforehand is what I would try next if I had the time for it.",
        "",
    ),
    "left out when only its turn is left": (
        "Price check: at $0.42 per million input tokens a rented node running Ostrelith 3 yourself pays off above roughly 1.2 billion tokens a day. Most of you are not there.",
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TORN)
def test_a_quotation_keeps_its_sense(make: Make, case: str) -> None:
    post, expected = TORN[case]
    assert said(make, post) == expected


def test_a_chinese_turn_is_not_dropped_either(make: Make) -> None:
    text = "新版解码吞吐提高 31%。但短对话只提高 6%。"
    assert said(make, text, "zh") == text


@pytest.mark.parametrize("sentence", ["It helped.", "They are buffered for 400 ms.", "We then looked at 48 comparisons.", "About half comes from experts.", "At one request it is 4.9.", "As these models grow, they slow down.", "The move came on Friday.",
                                      "The notes had promised about that, which is fine.", "这是开放权重的意义。", "但短对话只提高 6%。"])  # fmt: skip
def test_what_points_back(sentence: str) -> None:
    assert standing.points_back(sentence)


@pytest.mark.parametrize("sentence", ["We tested 11 models.", "This-and-that Labs opens a hub.", "Items of each shop rank higher.", "栎石开源端侧模型。"])  # fmt: skip
def test_what_stands_alone(sentence: str) -> None:
    assert not standing.points_back(sentence)


@pytest.mark.parametrize(
    "text",
    ["it is the longest text i have written since the Baker's Almanac.",
     "This got me shouted at two summers ago. By now they teach the thing.",
     "How I build skills: 1. Brute-force a task with the editor 2. Iterate until it holds and then leave it alone for good as long as nobody asks."],
    ids=["it, written small", "this, of last year", "a list cut behind its number"],
)  # fmt: skip
def test_what_hangs_in_the_air_is_not_quoted(make: Make, text: str) -> None:
    assert said(make, text) == ""


def test_a_post_that_points_at_another_or_a_paragraph_cut_open_is_not_quoted(make: Make) -> None:
    assert said(make, "Half of Harrowby reposted this on the 3rd day of the fair.") == ""
    assert said(make, f"Two ways {BREAK} to read 3 caches") == ""
    assert (
        said(make, f"Ann Marrow {BREAK} Caches pay off at 12 GB in Harrowby.") == "Caches pay off at 12 GB in Harrowby."
    )


def test_a_number_at_the_end_is_no_list(make: Make) -> None:
    text = "Long context is no memory: the model still forgets what stood on page 12."
    assert said(make, text) == text
