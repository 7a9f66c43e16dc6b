"""The prefilter: what it learns is independent of order, the cut is a partition, the sample is the same every time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.analysis import prefilter
from digester.analysis.prefilter import AUDIT, KEEP, LEAST, LEAST_HIGH, learn, split

SCORES = st.dictionaries(st.text("abc0", min_size=1, max_size=4), st.floats(1, 5), max_size=60)


def rated(n: int = LEAST, high: int = LEAST_HIGH) -> tuple[list[str], list[int]]:
    """Works of few words; the high ones speak of a live test."""
    filler = ["graph", "token", "vision", "speech", "protein", "driving", "market"]
    texts = [f"{filler[i % 7]} {filler[i % 5]} method number{i}" for i in range(n - high)]
    texts += [f"{filler[i % 7]} ranking deployed live test number{i}" for i in range(high)]
    return texts, [1 + i % 3 for i in range(n - high)] + [4 + i % 2 for i in range(high)]


# ---------------------------------------------------------------------- learn
@pytest.mark.parametrize(
    ("n", "high"), [(0, 0), (LEAST - 1, LEAST_HIGH), (LEAST, LEAST_HIGH - 1), (LEAST - 1, LEAST - 1)]
)
def test_nothing_is_learnt_from_too_little(n: int, high: int) -> None:
    assert learn(*rated(n, high)) is None
    assert learn(*rated()) is not None


def test_a_text_and_a_rating_go_together() -> None:
    texts, ratings = rated()
    with pytest.raises(ValueError, match="zip"):
        learn(texts[:-1], ratings)


def test_the_order_of_works_changes_not_one_bit() -> None:
    texts, ratings = rated()
    pairs = list(zip(texts, ratings, strict=True))
    random.Random(7).shuffle(pairs)
    mixed = learn([t for t, _ in pairs], [r for _, r in pairs])
    assert mixed == learn(texts, ratings)


def test_what_high_works_say_stands_above_what_others_say() -> None:
    model = learn(*rated())
    assert model is not None
    assert model.score("A ranking deployed and tested live") > model.mean + 0.3
    assert model.score("A method for graphs and tokens") < model.mean


def test_a_text_without_a_known_word_is_of_the_mean() -> None:
    model = learn(*rated())
    assert model is not None
    assert model.score("") == model.score("of the and") == model.score("zzyzx qwfp") == model.mean
    assert model.score("deployed live") > model.score("deployed live zzyzx qwfp") > model.mean


def test_the_weights_are_those_of_the_ridge() -> None:
    """With one word a text the solution is known: the sum of residuals by the number of texts and the penalty. Copies are
    what the rounds come to it slowest with."""
    texts, ratings = ["alpha"] * 280 + ["omega"] * 20, [2] * 280 + [4] * 20
    model = learn(texts, ratings)
    assert model is not None
    mean = sum(ratings) / 300
    for word, n, rating in (("alpha", 280, 2), ("omega", 20, 4)):
        solved = mean + n * (rating - mean) / (n + prefilter._RIDGE)
        assert model.score(word) == pytest.approx(solved, abs=0.04)


def test_high_works_that_are_told_easily_leave_the_least_share_and_others_all() -> None:
    texts, ratings = rated()
    easy, hard = learn(texts, ratings), learn(texts, random.Random(7).sample(ratings, len(ratings)))
    assert easy is not None and easy.keep == KEEP
    assert hard is not None and hard.keep > 0.85


def test_of_works_that_are_mostly_high_most_are_kept() -> None:
    model = learn(*rated(300, 200))
    assert model is not None
    assert 2 / 3 * 0.97 - 0.01 <= model.keep <= 0.75


def test_what_holds_97_percent_of_the_high_works_is_needed() -> None:
    scores = [float(100 - n) for n in range(100)]
    high = [n < 66 for n in range(100)]
    assert prefilter._needed(scores, high) == 0.65  # 65 of 66 are 0.985, 64 were 0.969
    assert prefilter._needed(scores, high[::-1]) == 0.99
    assert prefilter._needed([1.0] * 100, high) == 0.99, "what cannot be told apart is not told apart"
    assert prefilter._needed(scores, [n < 20 for n in range(100)]) == KEEP


def test_chinese_is_learnt_from_as_well() -> None:
    texts = [f"模型 方法 编号{i}" for i in range(280)] + [f"推荐系统 线上实验 编号{i}" for i in range(20)]
    model = learn(texts, [2] * 280 + [5] * 20)
    assert model is not None
    assert model.score("在推荐系统中做线上实验") > model.score("一种模型与方法") + 0.5


# ---------------------------------------------------------------------- split
@given(SCORES, st.floats(0, 1), st.floats(0, 1))
def test_a_split_is_a_partition_with_the_best_kept(scores: dict[str, float], keep: float, audit: float) -> None:
    parts = split(scores, keep, audit)
    assert sorted([*parts.kept, *parts.audited, *parts.left]) == sorted(scores)
    rest = parts.audited | parts.left
    assert not parts.kept or not rest or min(scores[i] for i in parts.kept) >= max(scores[i] for i in rest)
    assert keep * len(scores) - 0.001 <= len(parts.kept) <= keep * len(scores) + 1
    assert audit * len(rest) - 0.001 <= len(parts.audited) <= audit * len(rest) + 1


@given(SCORES)
def test_a_split_does_not_depend_on_the_order(scores: dict[str, float]) -> None:
    assert split(scores) == split(dict(reversed(scores.items())))


def test_shares_are_rounded_up_but_not_by_what_a_float_cannot_say() -> None:
    parts = split({f"w{n}": 1.0 for n in range(250)})  # 0.05 * 140 is a little more than 7
    assert (len(parts.kept), len(parts.audited)) == (100, 8)
    parts = split({f"w{n}": 1.0 for n in range(140)}, 0.0)
    assert (len(parts.kept), len(parts.audited)) == (0, 7)
    one = split({"a": 1.0})
    assert (one.kept, one.audited, one.left) == ({"a"}, frozenset(), frozenset())


def test_who_is_audited_has_nothing_to_do_with_the_scores() -> None:
    """Of the rejected the same ones, and over many works some of each tenth of the scores."""
    scores = {f"w{n}": n / 1000 for n in range(1000)}
    other = {i: -s for i, s in scores.items()}
    assert split(scores, 0.0, 0.3).audited == split(other, 0.0, 0.3).audited
    tenths = {int(scores[i] * 10) for i in split(scores, 0.0, 0.1).audited}
    assert tenths == set(range(10))


def test_the_shares_are_those_that_were_measured() -> None:
    assert (KEEP, AUDIT) == (0.4, 0.05)
