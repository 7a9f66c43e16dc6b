"""The sense in which a clause moves its figure."""

from __future__ import annotations

import pytest

from digester.analysis.figures import direction, read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CTR rose by 3%", "+"), ("latency was cut by 49 %", "-"), ("a 49% reduction in cost", "-"), ("3% higher CTR", "+"), ("costs 3% less", "-"), ("CTR -3%", "-"), ("CTR +3%", "+"),
        ("CTR of 3%", ""), ("up to 3% of users", ""), ("more than 3% of users", ""), ("it grows, and 3% of users", ""), ("提升 3%", "+"), ("下降了 3%", "-"), ("3%的提升", "+"),
        ("成本降低，点击率为 3%", ""), ("cut latency by -3%", "-"), ("cost fell; CTR is 3%", ""), ("increased revenue by more than 3%", "+"), ("3x", ""),
    ],
)  # fmt: skip
def test_direction_of_the_only_figure(text: str, found: str) -> None:
    (figure,) = read(text)
    assert direction(text, figure) == found


def test_each_figure_has_the_direction_of_its_own_clause() -> None:
    text = "Revenue rose by 3%, while latency dropped by 12 ms and errors by a 4% reduction."
    assert [direction(text, f) for f in read(text)] == ["+", "-", "-"]


def test_both_ends_of_a_range_have_its_direction() -> None:
    for text in ("20-25 % fewer tokens", "a 3x to 5x reduction", "cut by 3% to 5%"):
        assert [direction(text, f) for f in read(text)] == ["-", "-"]
