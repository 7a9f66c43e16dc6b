"""What words alone say in a batch: much where stories have many short tellings, nothing where they contradict."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from digester.analysis import stories
from digester.analysis.stories import SETTINGS, background, grouped, words_of
from digester.analysis.stories._batch import blank, enough, speaks, wordings
from digester.analysis.stories._linkage import average_link, candidates
from digester.analysis.stories._telling import Telling, telling

SYLLABLES = ("bra", "dol", "fen", "gim", "hup", "jek", "lor", "mis", "nal", "pod", "rus", "tiv", "wem", "zok")
Text = tuple[str, str]


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(3))


def told_often(stories: int, tellings: int, seed: int = 1) -> tuple[list[Text], list[int]]:
    """Headlines in small letters: four of the twelve words of their story, and three that all stories have."""
    rng = random.Random(seed)
    common = [word(rng) for _ in range(60)]
    made, truth = [], []
    for s in range(stories):
        own = [word(rng) for _ in range(12)]
        for _ in range(tellings):
            made.append((" ".join([*rng.sample(own, 4), *rng.sample(common, 3)]), ""))
            truth.append(s)
    return made, truth


def read(texts: list[Text]) -> list[Telling]:
    rare = background(words_of(*t) for t in texts)
    return [telling(*t, words_of(*t), rare) for t in texts]


def least(texts: list[Text]) -> float:
    read_ = read(texts)
    return enough(read_, candidates([t.words for t in read_], SETTINGS.faint, 200), SETTINGS)


def test_many_headlines_of_a_story_come_together_without_capitals_names_or_numbers() -> None:
    made, truth = told_often(12, 15)
    groups = grouped(made)
    astray = sum(len(g) - max(Counter(truth[n] for n in g).values()) for g in groups)
    assert astray <= 1  # a text that drew the common words of another story is a chance
    assert len(groups) <= 18


def test_the_order_of_the_texts_changes_nothing_where_words_count() -> None:
    made, _ = told_often(8, 10)
    first = {frozenset(made[n] for n in g) for g in grouped(made)}
    for seed in range(10):
        other = random.Random(seed).sample(made, len(made))
        assert {frozenset(other[n] for n in g) for g in grouped(other)} == first


def test_words_count_for_more_the_more_neighbours_the_texts_have() -> None:
    alone, few, many = (least(told_often(120 // k, k)[0]) for k in (1, 4, 20))
    assert alone == 1.0
    assert 1.0 > few > many


def test_two_texts_alone_are_never_joined_by_words() -> None:
    assert least([("the mill at orden burns down", ""), ("the mill at orden burns", "")]) == 1.0


def test_in_a_batch_of_steps_words_say_nothing_and_in_one_of_tellings_they_do() -> None:
    steps = read([(f"Quillon {verb} Drovent", "") for verb in ("signs", "cancels", "delays") * 8])
    tellings = read([(f"Quillon signs Drovent {end}", "") for end in ("plan", "pact", "deal") * 8])
    alike = {(i, i + k): 0.5 for i in range(0, 24, 3) for k in (1, 2)}
    assert enough(steps, alike, SETTINGS) == 1.0
    assert enough(tellings, alike, SETTINGS) < 0.3


def test_versions_stay_apart_among_other_news() -> None:
    made, _ = told_often(60, 1)
    versions = [(f"Quillon releases Drovent {v}, a planner for warehouses", "") for v in (4, 5)]
    groups = grouped([*made, *versions])
    assert [len(made)] in groups
    assert [len(made) + 1] in groups


def test_long_texts_without_headlines_are_left_to_their_evidence() -> None:
    rng = random.Random(2)
    long_ = [("", " ".join(word(rng) for _ in range(120)))]
    assert not speaks(read(long_), SETTINGS)
    assert speaks(read([("", long_[0][1][:100])]), SETTINGS)
    assert speaks(read([("A headline of the mill", long_[0][1])]), SETTINGS)
    assert not speaks([], SETTINGS)
    assert grouped([]) == []


def test_one_pair_of_few_words_is_less_sure_than_many() -> None:
    few, more = read([("mill orden burns", "")]), read([(" ".join(SYLLABLES), "")])
    assert blank(few, 0.1, SETTINGS) > blank(more, 0.1, SETTINGS) > 0.0
    assert blank(few, 1.0, SETTINGS) == blank([], 0.1, SETTINGS) == 0.0
    weak = {(i, j): 0.6 for i in range(3) for j in range(3, 6)}
    assert len(average_link([[0], [3]], {(0, 3): 0.6}, 0.5, 0.5)) == 2
    assert len(average_link([[0, 1, 2], [3, 4, 5]], weak, 0.5, 0.5)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_texts_without_a_word_stay_alone(count: int) -> None:
    assert len(grouped([("...", "")] * count)) == count


def test_a_round_up_is_a_story_of_its_own() -> None:
    told = (
        "Garnwick unveils Tessel 4, a 90B open model",
        "Garnwick released Tessel 4 with 90B parameters under Apache 2.0.",
    )
    again = ("Tessel 4 by Garnwick is out: 90B parameters", "Garnwick released Tessel 4 under Apache 2.0.")
    listed = ("Issue 12: Tessel 4 by Garnwick, 90B parameters", again[1])
    assert len(stories.grouped([told, again])) == 1
    assert len(stories.grouped([told, listed])) == 2


def test_headlines_in_two_scripts_must_share_a_name() -> None:
    told = ("Tessel 4: open weights, 90B parameters", "Garnwick released Tessel 4 with 90B parameters, 61.8% on Ravel.")
    named = ("Garnwick 开源 Tessel 4，90B 参数", "Garnwick 发布 Tessel 4，在 Ravel 上得 61.8%。")
    unnamed = ("某公司开源大模型，参数规模创新高", "Garnwick 发布 Tessel 4，90B 参数，在 Ravel 上得 61.8%。")
    assert len(stories.grouped([told, named])) == 1
    assert len(stories.grouped([told, unnamed])) == 2


def test_two_texts_of_one_outlet_must_be_surer() -> None:
    told = (
        "Ranking rule is in force in Aldovia",
        "Platforms in Aldovia must publish the signals of their ranking from Friday.",
    )
    later = (
        "Draft guidance on the ranking rule in Aldovia",
        "Platforms in Aldovia may measure which signals of ranking matter.",
    )
    pair = [told, later]
    loose = replace(stories.SETTINGS, fold=0.01, same_source=0.0)
    assert len(stories.grouped(pair, settings=loose, sources=["a", "a"])) == 1
    assert len(stories.grouped(pair, settings=replace(loose, same_source=1.0), sources=["a", "a"])) == 2
    assert len(stories.grouped(pair, settings=replace(loose, same_source=1.0), sources=["a", "b"])) == 1


def test_one_or_two_words_in_common_count_for_less_than_three() -> None:
    made, _ = told_often(8, 10)
    told = read(made)
    alike = candidates([t.words for t in told], SETTINGS.faint, 200)
    enough_ = enough(told, alike, SETTINGS)
    counted, flat = (wordings(told, alike, enough_, s) for s in (SETTINGS, replace(SETTINGS, few=1.0)))
    shared = {pair: len(told[pair[0]].words.keys() & told[pair[1]].words.keys()) for pair in alike}
    assert {1, 2, 3} <= set(shared.values())
    for pair, n in shared.items():
        assert counted[pair] == pytest.approx(flat[pair] * (SETTINGS.few if n < 3 else 1.0))
