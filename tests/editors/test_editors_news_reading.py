"""What is quoted of a news text: the lead, and the sentence that has the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digester.domain.text import BREAK
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
    "the headline again, between a site and a day": ("Ostrelith 3 is out", "Orrelune news: Ostrelith 3 is out 2026/06/19"),
    "identifiers of a page": ("A town of agents", "Episode 14fe-short 3f2a9c04-77aa-4c1e-9b1d-52cc0a9e1f77 tells how nine agents shared one ledger for a week."),
    "a promise in a mouth": ("A start-up closes", "\u201cWe are proud of what this small house has done and will tell you all of the rest in spring,\u201d its founder said."),
    "a saying that goes on": ("A settlement", "The mayor of Harrowby told the paper that \u201cthe bridge stays open for carts and the ferry is paid for until the autumn."),
    "what a prompt says": ("Ostrelith agents", "You are a patient travel assistant, you look up trains for people and you never guess the time of one."),
    "the letter in front of a list of stories": ("Harrowby Bans Scores, Ostrelith Opens Up, Chips Get Cheaper", "Dear readers, the garden is late this year and so is this letter, which begins with a word on patience and rain."),
    "how things are in general": ("Finding faults with models", "Finding out why a program stopped is one of the hardest things that a person on call has to do at night."),
    "what is one of many": ("Small labs merge", "Renting out spare chips is one of the ways by which a small house may live through a long winter of prices."),
    "what counts on a sentence before it": ("A town looks at chatbots", "The decision was made on the evening on which the council of the town had first heard of those chatbots."),
    "how things are in general, at length": ("LoRA with care", "Today\u2019s best translators read whole libraries before anybody lets them write a single line of their own."),
    "counts of a page": ("Steering", "Likes: 4 Code Stars: 85 Authors: Ada Marrow and Lin Sand with others"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_what_is_no_sentence_is_not_quoted(make: Make, case: str) -> None:
    title, text = UNFIT[case]
    assert news_reading.quotations(make(title=title, text=text, kind="article").evidence) == ()


def test_a_label_in_front_of_a_sentence_is_not_quoted_with_it(make: Make) -> None:
    text = f"Open Ostrelith on the phone {BREAK} We release Ostrelith 3, a model of 212B parameters with open weights for everyone."
    (found,) = news_reading.quotations(make(title="Ostrelith 3", text=text, kind="article").evidence)
    assert found.text == "We release Ostrelith 3, a model of 212B parameters with open weights for everyone."


def test_a_source_that_tells_of_everything_is_quoted_where_it_tells_of_ai(make: Make) -> None:
    text = "Thornveld sold fewer boats in the cold spring than in any spring before. Spending on AI chips rose by 41 % to $2.1B."
    brief = make(title="Thornveld pays more for AI", text=text, kind="article")
    (found,) = news_reading.quotations(replace(brief.evidence, general=True))
    assert found.text == "Spending on AI chips rose by 41 % to $2.1B."


def test_a_list_of_stories_is_quoted_where_it_tells_one_of_them(make: Make) -> None:
    text = "Dear readers, the garden is late this year. The city of Harrowby bans scores of tenants that are bought from brokers."
    brief = make(title="Harrowby Bans Scores, Ostrelith Opens Up, Chips Get Cheaper", text=text, kind="article")
    assert [q.text[:20] for q in news_reading.quotations(brief.evidence)] == ["The city of Harrowby"]
