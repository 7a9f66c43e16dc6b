"""What is quoted of a news text: the lead, and the sentence that has the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digester.editors import news_reading, news_writing
from digester.editors.voice import Voice
from digester.ports import Brief

Make = Callable[..., Brief]

TEXTS = {
    "result of a test": (
        "Caddis: one generative ranker for the home feed",
        "Velmarque has replaced the ranking cascade of its feed with one generative model, Caddis. Caddis has 1.1B parameters. "
        "The online A/B test ran for 21 days on 6.4 % of traffic. GMV per user rose by 1.87 % and CTR by 2.31 %.",
        ["Velmarque has replaced the ranking cascade of its feed with one generative model, Caddis.", "GMV per user rose by 1.87 % and CTR by 2.31 %."],
        "GMV per user rose by 1.87 % and CTR by 2.31 %.",
    ),
    "a duty": (
        "The Ranking Disclosure Rule is in force from today",
        "The Ranking Disclosure Rule entered into force on 19 June 2026. Platforms with more than 20 million users must from today publish the main signals of "
        "their recommender systems. Online experiments on less than 1 % of users are exempt.",
        ["The Ranking Disclosure Rule entered into force on 19 June 2026.", "Platforms with more than 20 million users must from today publish the main signals of their recommender systems."],
        "Platforms with more than 20 million users must from today publish the main signals of their recommender systems.",
    ),
    "a rumour": (
        "Quessendale in talks to buy Nestrel",
        "Quessendale is in advanced talks to buy Nestrel, the maker of a vector database, for about $640M. An agreement could be signed within two weeks.",
        ["Quessendale is in advanced talks to buy Nestrel, the maker of a vector database, for about $640M."],
        "Quessendale is in advanced talks to buy Nestrel, the maker of a vector database, for about $640M.",
    ),
    "what points back stands right behind its lead, and never alone": (
        "Thornveld announces a chip",
        "Thornveld Semiconductor today announced Umbrafell-2, its second chip for running language models. It carries 288 GB of stacked memory and draws 640 W.",
        ["Thornveld Semiconductor today announced Umbrafell-2, its second chip for running language models.", "It carries 288 GB of stacked memory and draws 640 W."],
        "Thornveld Semiconductor today announced Umbrafell-2, its second chip for running language models.",
    ),
    "中文": (
        "青筏：生成式召回的落地与取舍",
        "岚岫商城在 6 月初全量上线生成式召回，替换了四路召回。实验采用双桶设计，观察了两周以上。人均 GMV +1.12%，CTR +2.04%，长尾商品曝光占比 +3.6 个百分点。",
        ["岚岫商城在 6 月初全量上线生成式召回，替换了四路召回。", "人均 GMV +1.12%，CTR +2.04%，长尾商品曝光占比 +3.6 个百分点。"],
        "人均 GMV +1.12%，CTR +2.04%，长尾商品曝光占比 +3.6 个百分点。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_lead_and_result_are_quoted_and_a_line_has_the_one_that_adds_to_its_headline(
    make: Make, voices: Sequence[Voice], case: str
) -> None:
    title, text, quoted, alone = TEXTS[case]
    brief = make(title=title, text=text, kind="article", language="zh" if case == "中文" else "en")
    read = replace(brief, reading=replace(brief.reading, quotations=news_reading.quotations(brief.evidence)))
    assert [q.text for q in read.reading.quotations] == quoted
    (line,) = news_writing.news(voices, read, "line")
    assert line.text["en"] == alone


UNFIT = {
    "the headline again": ("A feature store in columns", "A feature store in columns"),
    "what a feed has cut off": ("A desk closes", "Since spring the house has moved its testers elsewhere one by one and has now closed the desk for …"),
    "cut off inside a word": ("Steering", "Ways to steer a language model are told one at a time by those who made them, which hides what they sha..."),
    "counts of a page": ("Steering", "Likes: 4 Code Stars: 85 Authors: Ada Marrow and Lin Sand with others"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_what_is_no_sentence_is_not_quoted(make: Make, case: str) -> None:
    title, text = UNFIT[case]
    assert news_reading.quotations(make(title=title, text=text, kind="article").evidence) == ()
