"""Pairs in doubt by the directions of their texts: compared with pairs of the same day only, never with a number."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest

from digester.analysis.stories import Doubt, by_vectors
from digester.analysis.stories._vectors import SURE

DOUBT = Doubt((("near", "near2"), ("far", "far2"), ("mid", "mid2")), tuple((f"s{n}", f"t{n}") for n in range(8)))


def turned(angle: float, along: int, size: int = 40) -> list[float]:
    """A direction at an angle (degrees) from an axis, towards the next one."""
    made = [0.0] * size
    made[along], made[along + 1] = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return made


def world() -> dict[str, Sequence[float]]:
    made: dict[str, Sequence[float]] = {}
    for n in range(8):
        made |= {f"s{n}": turned(0, 3 * n), f"t{n}": turned(20 + n, 3 * n)}
    for k, (name, angle) in enumerate((("near", 10), ("far", 95), ("mid", 50))):
        made |= {name: turned(0, 30 + 3 * k), f"{name}2": turned(angle, 30 + 3 * k)}
    return made


def test_as_near_as_sure_pairs_is_one_story_no_nearer_than_others_is_two_and_between_is_nothing() -> None:
    assert by_vectors(DOUBT, world()) == {frozenset(("near", "near2")): True, frozenset(("far", "far2")): False}


def test_lengths_of_vectors_and_their_order_change_nothing() -> None:
    longer = {i: [v * (n + 1) for v in vector] for n, (i, vector) in enumerate(sorted(world().items(), reverse=True))}
    assert by_vectors(DOUBT, longer) == by_vectors(DOUBT, world())


def test_a_narrow_cone_as_many_models_have_it_is_judged_alike() -> None:
    narrow = {i: [*vector, 2.0] for i, vector in world().items()}  # every cosine is above .8
    assert by_vectors(DOUBT, narrow) == by_vectors(DOUBT, world())


@pytest.mark.parametrize("bad", [[0.0] * 40, [math.nan] * 40, [math.inf] * 40, []])
def test_l17_a_vector_without_direction_takes_no_part(bad: list[float]) -> None:
    spoilt = {**world(), "near": bad}
    assert by_vectors(DOUBT, spoilt) == {frozenset(("far", "far2")): False}


def test_few_sure_pairs_or_vectors_that_do_not_tell_them_from_others_say_nothing() -> None:
    few = Doubt(DOUBT.pairs, DOUBT.sure[: SURE - 1])
    assert by_vectors(few, world()) == {}
    draw = random.Random(1)
    noise = {i: [draw.gauss(0, 1) for _ in range(40)] for i in world()}
    assert by_vectors(DOUBT, noise) == {}
    assert by_vectors(DOUBT, {i: [1.0, 2.0] for i in world()}) == {}
    assert by_vectors(DOUBT, {}) == {}
