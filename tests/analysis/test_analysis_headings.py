"""A heading makes a claim: an actor and a verb, one colon at most, in the language of the page."""

from __future__ import annotations

import pytest

from digester.analysis.headings import claim, claims

WEIGHTS = "Ostrelith 3: open weights, 212B parameters, a 512,000-token context"
VOICE = "Orrelune Voice Mini transcribes on a phone at 0.6 times real time"


@pytest.mark.parametrize("title", [VOICE, "Hobbenloom 1.0 is generally available", "Marisole 2 gets parallel tool calls", "Thornveld announces Umbrafell-2",
                                   "Moving the feature store to columnar pages cut reads at p99 from 19 to 7 ms", "We are opening Wakereel", "栎石智能开源端侧模型“栎芽”", "Hazelreach 下调缓存输入价格"])  # fmt: skip
def test_a_headline_with_a_verb_claims(title: str) -> None:
    assert claims(title)


@pytest.mark.parametrize("title", [WEIGHTS, "Six hours with Ostrelith 3 on my own two GPUs", "4-bit embedding tables", "生成式召回的取舍与经验", "Issue 88"])  # fmt: skip
def test_a_headline_without_one_does_not(title: str) -> None:
    assert not claims(title)


def test_the_first_headline_with_a_verb_and_no_colon_is_taken() -> None:
    assert claim([WEIGHTS, "Court: a city may not rank applicants", VOICE], [], "en") == VOICE


def test_else_the_part_of_a_headline_that_claims_opened_with_a_capital() -> None:
    assert claim([WEIGHTS, "Court: a city may not rank applicants"], [], "en") == "A city may not rank applicants"
    assert claim(["把商品向量推理成本降低 57%：一次不换模型的优化"], [], "zh") == "把商品向量推理成本降低 57%"


def test_else_actor_and_verb_of_a_text_without_a_time_of_day() -> None:
    said = [
        "Orrelune Labs today releases Ostrelith 3, a model.",
        "Orrelune Labs publishes Voice Mini, a recogniser of 310M parameters.",
    ]
    assert claim([WEIGHTS], said, "en") == "Orrelune Labs publishes Voice Mini"
    assert claim([WEIGHTS], said[:1], "en") == ""


def test_a_language_takes_its_own_headlines_only() -> None:
    assert claim([VOICE], [], "zh") == ""
    assert claim(["栎石智能开源端侧模型“栎芽”"], [], "en") == ""
