"""The sentence that says it: found in invented abstracts by the shipped model, by LexRank and, in Chinese, by hand."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digester.analysis import lexrank, salience
from digester.analysis._salience_features import NAMES, grams, table
from digester.analysis._salience_words import COLUMNS, TYPICAL, expected, root, words_of
from digester.analysis.salience import WORDS_SHARE, Model

FILE = Path(__file__).parents[2] / "prompts" / "weights" / "sentences.json"

RETRIEVAL = (
    "Marketplaces hold millions of items that change every day.",
    "However, existing two-tower retrieval suffers from a single inner product, which limits how users and items interact.",
    "In this paper, we propose a generative retrieval decoder that writes item codes under a constrained beam search.",
    "Specifically, each code is the sum of three residual centroids.",
    "Experiments on two public data sets show gains over several baselines.",
    "Can this be used elsewhere?",
)
THEORY = (
    "Gradient descent often finds good minima of networks that have more weights than data.",
    "Why it does so is still not well understood.",
    "Prior analyses require infinite width or tiny steps.",
    "We show that for two-layer networks with noisy labels gradient descent converges to the minimum of smallest norm at a linear rate.",
    "This suggests that early stopping is not needed.",
)
TESTBED = (
    "Robots that sort parcels fail when boxes deform.",
    "Simulators of soft boxes are slow (Orrelund et al., 2019).",
    "It remains unclear how well learned policies transfer.",
    "We introduce a benchmark of deformable parcels for learning to sort with robot arms, with a fast simulator and ten tasks.",
    "Additionally, code is available at https://parcels.example/.",
)
SAYING = [(RETRIEVAL, 2), (THEORY, 3), (TESTBED, 3)]

CHINESE = (
    "电商平台上的商品每天都在变化。",
    "然而，现有方法难以同时兼顾召回的速度和精度。",
    "为此，本文提出一种基于残差编码的生成式召回模型，用受限束搜索逐级生成商品编码。",
    "具体来说，每个编码由三个残差向量相加得到。",
    "实验结果表明，该模型在两个公开数据集上优于多个基线。",
    "还能用在哪里？",
)
CHINESE_NEWS = (
    "大模型的推理成本一直是企业关心的问题。",
    "奥瑞伦今天发布了开源推理引擎，支持在单卡上运行百亿参数的大模型。",
    "此前，很多团队受限于显存不足。",
    "你会试用吗？",
)


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def model(raw: dict[str, Any]) -> Model:
    return Model.of(raw)


def first(scores: list[float]) -> int:
    return scores.index(max(scores))


@pytest.mark.parametrize(("text", "expected"), SAYING)
def test_the_sentence_that_says_what_an_abstract_is_about_is_first(
    model: Model, text: tuple[str, ...], expected: int
) -> None:
    assert first(salience.scores(text, model)) == expected


@pytest.mark.parametrize(("text", "expected"), [(CHINESE, 2), (CHINESE_NEWS, 1)])
def test_in_chinese_too_with_and_without_a_model(model: Model, text: tuple[str, ...], expected: int) -> None:
    assert first(salience.scores(text, None)) == expected
    assert salience.scores(text, model) == salience.scores(text, None)


def test_a_chinese_result_is_better_than_a_problem_and_a_question_is_last() -> None:
    scores = salience.scores(CHINESE, None)
    assert scores[4] > scores[1]
    assert min(scores) in (scores[1], scores[5])


def test_a_title_speaks_for_the_sentences_that_share_its_words(model: Model) -> None:
    text = ("We present a corpus of shop receipts with labels.", "We present a parser of road signs with rules.")
    signs, receipts = (
        salience.scores(text, model, title) for title in ("A parser of road signs", "A corpus of shop receipts")
    )
    assert receipts[0] - receipts[1] > signs[0] - signs[1]


def test_without_a_model_lexrank_decides() -> None:
    assert salience.scores(RETRIEVAL, None) == lexrank.scores(RETRIEVAL)


def test_scores_are_the_same_each_time_and_one_a_sentence(model: Model) -> None:
    for text, _ in SAYING:
        assert salience.scores(text, model) == salience.scores(list(text), model)
        assert len(salience.scores(text, model)) == len(text)
    assert salience.scores([], model) == salience.scores([], None) == []


def test_only_the_first_sentences_of_a_long_text_are_judged(model: Model) -> None:
    scores = salience.scores([f"Shelf {string.ascii_lowercase[i % 26]} is full." for i in range(200)], model)
    assert len(scores) == 200
    assert set(scores[salience.MOST :]) == {salience.LAST} and min(scores[: salience.MOST]) > salience.LAST


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=20))
def test_any_text_has_a_finite_score(model: Model, text: list[str], title: str) -> None:
    assert all(abs(s) < 1e4 for s in salience.scores(text, model, title))


@settings(max_examples=40)
@given(st.lists(st.sampled_from([*RETRIEVAL, *THEORY, *CHINESE, ""]), max_size=8))
def test_each_sentence_has_a_number_for_every_column(text: list[str]) -> None:
    rows = table(text, "A title", [0.5] * len(text))
    assert [len(row) for row in rows] == [len(NAMES)] * len(text)
    assert len(set(NAMES)) == len(NAMES)


# ------------------------------------------------------------------ words
def test_names_and_numbers_do_not_count_as_words() -> None:
    found = grams("Kestrelo SIDLoom writes 12 codes for Varnholm.")
    assert {"writes", "codes", "#", "@"} <= set(found)
    assert not {"sidloom", "varnholm", "12"} & set(found)


def test_words_are_one_by_their_roots_and_openers_do_not_count() -> None:
    assert {root(w) for w in ("learns", "learned", "learning")} == {"learn"}
    words, lengths = words_of(["In this paper, we propose codes of shelves.", "A code is short."])
    assert [m.sentence for m in words["code"]] == [0, 1] and "paper" not in words and lengths == [5, 4]


def test_a_sentence_expects_what_its_words_promise() -> None:
    words, lengths = words_of(["Codes of shelves.", "Nothing at all."])
    chances = [1.0 if key == "shelv" else 0.0 for key in words]
    assert expected(words, lengths, chances) == [2 / (3 + TYPICAL), 0.0]


def test_the_shipped_words_are_single_words_and_pairs_without_names(raw: dict[str, Any]) -> None:
    assert all(len(w.split(" ")) <= 2 and w == w.lower() for w in raw["words"])
    assert all(" " not in w and w == w.lower() for w in raw["familiar"])


# ------------------------------------------------------------------- file
def test_the_shipped_file_is_small_and_says_what_it_is(raw: dict[str, Any]) -> None:
    assert FILE.stat().st_size <= 250_000
    assert list(raw)[:3] == ["about", "version", "trained"]
    assert {"on", "data", "when", "by"} <= set(raw["trained"])
    assert (Path(__file__).parents[2] / raw["trained"]["by"]).is_file()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"version": 99}, "version is 99"), ({"columns": ["length"]}, "train the model again"), ({"words": ["a"]}, "words is no mapping"),
     ({"words": {"a": float("nan")}}, "words is no mapping"), ({"words": {"a": True}}, "words is no mapping"), ({"trees": []}, "trees is no list"), ({"familiar": 1}, "familiar is no mapping"),
     ({"word_columns": []}, "train the model again"), ({"word_trees": [[40, 1, 0, 0]]}, "word_trees 0 has a node"),
     ({"trees": "0"}, "trees is no list"), ({"trees": [0.5, ["x", 1, 0, 0]]}, "trees 1 has a node"), ({"trees": [[999, 1, 0, 0]]}, "trees 0 has a node"),
     ({"trees": [[-1, 1, 0, 0]]}, "trees 0 has a node"), ({"trees": [[0, float("inf"), 0, 0]]}, "trees 0 has a node"), ({"trees": [[0, 1, 0]]}, "trees 0 has a node"),
     ({"trees": [None]}, "trees 0 has a node")],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_what_is_wrong(raw: dict[str, Any], change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Model.of({**raw, **change})


def test_what_is_no_mapping_or_too_deep_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no mapping"):
        Model.of([raw])
    tree: Any = 0.0
    for _ in range(500):
        tree = [0, 0.5, tree, 0.0]
    with pytest.raises(ValueError, match="deeper than"):
        Model.of({**raw, "trees": [tree]})


def test_trees_and_the_chances_of_words_add_up(raw: dict[str, Any]) -> None:
    alone = {**raw, "words": {}, "familiar": {}, "word_trees": [0]}
    model = Model.of({**alone, "trees": [[NAMES.index("asks"), 0.5, 1.0, -1.0], 0.25]})
    assert salience.scores(["Codes are short here.", "Are codes short here?"], model) == [1.25, -0.75]
    known = Model.of(
        {**alone, "trees": [0], "familiar": {"code": 1.0}, "word_trees": [[COLUMNS.index("familiar"), 0, 0, 0.5]]}
    )
    share = 2 * 0.5 / (3 + TYPICAL)
    assert salience.scores(["Shelves are full.", "Codes are short."], known) == [0, WORDS_SHARE * share]


def test_the_order_of_the_words_in_the_file_does_not_matter(raw: dict[str, Any], model: Model) -> None:
    shuffled = {name: list(raw[name].items()) for name in ("words", "familiar")}
    for words in shuffled.values():
        random.Random(3).shuffle(words)
    again = Model.of({**raw, **{name: dict(words) for name, words in shuffled.items()}})
    assert salience.scores(RETRIEVAL, again) == salience.scores(RETRIEVAL, model)
