"""As many items stay in a mail as fit, found with few messages put together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.outputs.test_outputs_email import many

from digester.domain.site import Site
from digester.outputs._mail_fit import LIMIT, fitted
from digester.outputs._mail_view import Mail

ISSUE = many(100)


def numbers(mail: Mail) -> list[int]:
    return [item.number for part in mail.parts for _, items in part.groups for item in items]


@pytest.mark.parametrize("fixed", [100, 20_000, 48_000])
@pytest.mark.parametrize("each", [1, 300, 979, 980, 2_000, 7_000, 60_000])
@pytest.mark.parametrize("uneven", [0, 5])
def test_as_many_items_stay_as_fit(fixed: int, each: int, uneven: int) -> None:
    def size(kept: list[int]) -> int:
        return fixed + sum(each + uneven * each * (n % 3) for n in kept)

    made: list[int] = []

    def render(mail: Mail) -> bytes:
        made.append(len(numbers(mail)))
        return b"x" * size(numbers(mail))

    best = sorted(range(1, 101), key=lambda n: (n % 10 != 0, n))
    most = max(count for count in range(101) if count == 0 or size(best[:count]) <= LIMIT)
    assert len(fitted(ISSUE, "en", Site(), render)) == size(best[:most])
    assert len(made) <= 6


@pytest.mark.parametrize("fixed", [60_000, 97_000, 150_000])
def test_long_fixed_parts_are_shortened_before_items_are_left_out(fixed: int) -> None:
    scales: list[int] = []

    def render(mail: Mail) -> bytes:
        room = sum(len(line.text) for line in mail.watch.lines)
        scales.append(room)
        return b"x" * (fixed * room // 8000 + 900 * len(numbers(mail)))

    book = tuple(replace(ISSUE.takeaways[0], text={"en": "word " * 100}) for _ in range(100))
    body = fitted(replace(ISSUE, watch=book), "en", Site(), render)
    assert len(body) <= LIMIT and max(scales) > 2 * min(scales)
