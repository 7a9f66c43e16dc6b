"""What figures say beside a gain: only what no business wants is a price, and nothing that its source welcomes."""

from __future__ import annotations

import pytest

from digester.analysis import outcomes
from digester.domain.model import Claim


def claim(metric: str, sign: str = "+", value: str = "1.2", unit: str = "%", hedge: str | None = None) -> Claim:
    return Claim(metric, value, unit, sign, "online_ab", (), hedge)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metric", "sign"),
    [
        ("p99 latency", "+"), ("ranking p99 latency", "+"), ("GPU hours", "+"), ("serving cost of the ranker", "+"), ("table memory", "+"),
        ("negative feedback", "+"), ("cancellation rate", "+"), ("reports of low-quality content", "+"), ("CTR", "-"), ("orders per user", "-"),
        ("time in the app", "-"), ("seven-day retention", "-"), ("daily active users", "-"), ("throughput", "-"), ("watch time per user", "-"),
    ],
)  # fmt: skip
def test_what_nobody_wants_is_a_price(metric: str, sign: str) -> None:
    assert outcomes.is_price(claim(metric, sign))
    assert not outcomes.is_price(claim(metric, "-" if sign == "+" else "+"))
    assert not outcomes.is_price(claim(metric, sign, hedge="not significant"))


@pytest.mark.parametrize(
    ("metric", "sign"),
    [
        ("number of impressions per contact", "-"), ("clicks per session", "-"), ("removals by moderators", "-"), ("win rate", "-"),
        ("returned orders", "-"), ("cost per order", "-"), ("time until first orders", "-"), ("applications", "-"), ("retrieval machines", "-"),
        ("reports of satisfied users", "+"), ("ad impressions", "-"), ("violations of the cost target", "-"), ("CTR", ""),
    ],
)  # fmt: skip
def test_what_may_be_meant_is_none(metric: str, sign: str) -> None:
    assert not outcomes.is_price(claim(metric, sign))


@pytest.mark.parametrize(
    "said", ["fell by 0.5%, which we welcome", "fell by 0.5%, as intended", "fell; users find sooner what they want"]
)
def test_a_fall_that_its_source_welcomes_is_no_price(said: str) -> None:
    assert outcomes.is_price(claim("time in the app", "-"), "fell by 0.5%.")
    assert not outcomes.is_price(claim("time in the app", "-"), said)
    assert outcomes.is_price(claim("p99 latency"), said)  # the cost of running is paid whatever was intended


def test_one_measure_that_moved_in_one_work_alone() -> None:
    moved, flat = claim("seven-day retention"), claim("7-day retention", value="0.06", hedge="not significant")
    assert outcomes.differ(moved, flat) and outcomes.differ(flat, moved)
    assert outcomes.differ(moved, claim("7-day retention", "-"))
    assert not outcomes.differ(moved, claim("7-day retention", value="3"))
    assert not outcomes.differ(flat, flat)
    assert not outcomes.differ(moved, claim("30-day retention", hedge="not significant"))
    assert not outcomes.differ(moved, claim("7-day retention", unit="pp", hedge="not significant"))
