"""A heading makes a claim: an actor and a verb, one colon at most, in the language of the page."""

from __future__ import annotations

import pytest

from digester.analysis.headings import brief, claim, claims, event, introduced

WEIGHTS = "Ostrelith 3: open weights, 212B parameters, a 512,000-token context"
VOICE = "Orrelune Voice Mini transcribes on a phone at 0.6 times real time"


@pytest.mark.parametrize("title", [VOICE, "Hobbenloom 1.0 is generally available", "Marisole 2 gets parallel tool calls", "Thornveld announces Umbrafell-2",
                                   "Moving the feature store to columnar pages cut reads at p99 from 19 to 7 ms", "We are opening Wakereel", "栎石智能开源端侧模型“栎芽”", "Hazelreach 下调缓存输入价格"])  # fmt: skip
def test_a_headline_with_a_verb_claims(title: str) -> None:
    assert claims(title)


@pytest.mark.parametrize("title", [WEIGHTS, "Six hours with Ostrelith 3 on my own two GPUs", "4-bit embedding tables", "生成式召回的取舍与经验", "Issue 88"])  # fmt: skip
def test_a_headline_without_one_does_not(title: str) -> None:
    assert not claims(title)


@pytest.mark.parametrize("title", ["When a cache on disk is worth reading", "A first thousand views for everybody, and what it costs", "Why we moved to columnar pages"])  # fmt: skip
def test_a_question_that_is_still_to_be_answered_claims_nothing(title: str) -> None:
    assert not claims(title)


def test_the_first_story_that_says_what_happened_heads_the_section() -> None:
    court = ("Court: a city may not rank applicants", [])
    assert claim([(WEIGHTS, []), court, (VOICE, [])], "en") == "A city may not rank applicants"
    assert (
        claim([(WEIGHTS, ["Orrelune Labs releases Ostrelith 3, a model."]), (VOICE, [])], "en")
        == "Orrelune Labs releases Ostrelith 3"
    )
    assert claim([("把商品向量推理成本降低 57%：一次不换模型的优化", [])], "zh") == "把商品向量推理成本降低 57%"


def test_of_two_parts_that_claim_the_one_with_a_figure_stands() -> None:
    assert (
        event("One run is no run: scores vary by 6 points between seeds", [], "en")
        == "Scores vary by 6 points between seeds"
    )


@pytest.mark.parametrize(("said", "found"), [
    ("Orrelune Labs today releases Ostrelith 3, a model.", "Orrelune Labs releases Ostrelith 3"),
    ("The Quarn Ranking Rule is in force from today, with three duties.", "The Quarn Ranking Rule is in force"),
    ("Thornveld cuts prices by 40 %, but only for cached input.", ""),
    ("Thornveld will open its compiler, if the board agrees.", ""),
    ("We measured it twice, with care.", ""),
    ("In this report, Thornveld measures two chips.", ""),
    ("This is out, and it costs less.", ""),
    ("(This talk was given in May, in Harrowby.)", ""),
    ("Umbrafell is a chip for language models.", ""),
    ("Umbrafell gets a new, open compiler.", ""),
    ("Hazelreach has cut the price to $0.11 per million, down by 61 %.", "Hazelreach has cut the price to $0.11 per million"),
])  # fmt: skip
def test_actor_and_verb_of_a_sentence_hold_without_the_rest_of_it(said: str, found: str) -> None:
    assert event(WEIGHTS, [said], "en") == found


def test_who_does_it_is_named_and_not_called_we() -> None:
    said = ["Drifthollow publishes Wakereel, the loader of its sequence models."]
    assert event("We are opening Wakereel", said, "en") == "Drifthollow publishes Wakereel"
    assert event("We are opening Wakereel", [], "en") == "We are opening Wakereel"


def test_what_happened_in_short_stops_at_the_first_comma_where_that_still_claims() -> None:
    assert brief("Thornveld announces Umbrafell-2, an inference chip") == "Thornveld announces Umbrafell-2"
    assert brief("Thornveld announces 1,000 chips") == "Thornveld announces 1,000 chips"
    assert (
        brief("Thornveld cuts prices, but only for cached input") == "Thornveld cuts prices, but only for cached input"
    )


@pytest.mark.parametrize(("title", "found"), [
    ("Thornveld announces Umbrafell-2", "Thornveld 发布 Umbrafell-2"),
    ("Tencent releases Umbrafell-2", "腾讯发布 Umbrafell-2"),
    ("Hobbenloom 1.0 is generally available", "Hobbenloom 1.0 正式可用"),
    ("The Quarn Ranking Rule is in force from today", "「Quarn Ranking Rule」生效"),
    ("Thornveld opens the compiler of its chips", ""),
    ("Thornveld releases a compiler", ""),
])  # fmt: skip
def test_an_english_event_made_of_names_is_told_in_chinese_and_no_other(title: str, found: str) -> None:
    assert event(title, [], "zh") == found


def test_a_language_takes_its_own_headlines_only() -> None:
    assert event(VOICE, [], "zh") == ""
    assert event("栎石智能开源端侧模型“栎芽”", [], "en") == ""
    assert event("Ostrelith-V3 发布", [], "en") == ""


@pytest.mark.parametrize(("title", "source", "found"), [
    ("Introducing Ostrelith 3", "OpenAI News", "OpenAI introduces Ostrelith 3"),
    ("Announcing Ostrelith.", "Mistral AI News", "Mistral AI introduces Ostrelith"),
    ("Introducing a way to count", "OpenAI News", ""),
    ("Introducing Ostrelith 3", "Tokens at Dusk", ""),
    ("Introducing OpenAI Ostrelith", "OpenAI News", ""),
    ("Introducing Ostrelith Work For Teams", "OpenAI News", ""),
    ("Introducing Ostrelith Edge 3.5 Small Beta", "OpenAI News", "OpenAI introduces Ostrelith Edge 3.5 Small Beta"),
    ("Introducing Ostrelith 3", "News of OpenAI", ""),
    ("Ostrelith 3", "OpenAI News", ""),
])  # fmt: skip
def test_who_introduces_a_product_is_its_maker_by_the_name_of_the_source(title: str, source: str, found: str) -> None:
    assert introduced(title, source) == found


def test_a_chinese_event_ends_at_its_exclamation_mark() -> None:
    assert brief("栎石开源端侧模型栎芽！欢迎试用") == "栎石开源端侧模型栎芽"
    assert brief("Pellucet 1.4发布！路由更稳") == "Pellucet 1.4发布"


@pytest.mark.parametrize("said", [
    "Ostrelith-5.3-Edge is an agent for long jobs, with a memory of its own.",
    "Umbrafell-2 joins two chips on one card to serve low-power, far-away stations.",
    "Two towns have bought several machines\u2014presses, looms, and a mill for paper.",
    "Umbrafell pairs our new model with the reach of a search engine.",
    "Language models are good at letters, less so at sums.",
    "Chatbots can talk all night.",
    "Thornveld has been one of the buyers of such chips, says the author.",
])  # fmt: skip
def test_no_event_is_cut_out_of_one_thought_or_made_of_what_a_thing_is(said: str) -> None:
    assert event("Ostrelith 3 in short", [said], "en") == ""


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Inside the talks", "Kestrelo has acquired Velmarque, according to two people in the room."),
        ("Inside the talks", "Kestrelo has acquired Velmarque, sources say."),
        ("Rumor: Kestrelo launches a phone", "It is not known when."),
        ("Sources: Kestrelo buys Velmarque", "It is not known when."),
        ("Kestrelo buys Velmarque: report", "It is not known when."),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hearsay_is_told_as_no_event(title: str, said: str, language: str) -> None:
    assert event(title, [said], language) == ""


def test_source_code_and_a_report_of_ones_own_are_no_hearsay() -> None:
    assert brief("Kestrelo releases Ostrelith 3, source code included") == "Kestrelo releases Ostrelith 3"
    assert brief("Kestrelo buys Velmarque, Ledger reports") == "Kestrelo buys Velmarque, Ledger reports"


@pytest.mark.parametrize("text", ["Kestrelo buys Velmarque, sources say", "青石收购苍岭，知情人士称"])
def test_who_says_so_is_not_cut_off(text: str) -> None:
    assert brief(text) == text


@pytest.mark.parametrize(
    ("said", "found"),
    [("青石发布模型“栎芽”，数据全部开源。", "青石发布模型“栎芽”"), ("青石收购苍岭，名称保持不变。", "青石收购苍岭"),
     ("青石收购苍岭，据两名员工说。", ""), ("青石收购苍岭，公司称尚待批准。", "")],
)  # fmt: skip
def test_data_and_names_are_no_hearsay(said: str, found: str) -> None:
    assert event("一周", [said], "zh") == found
