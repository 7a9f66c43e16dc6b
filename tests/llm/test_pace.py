"""The pace of calls to a provider with a hidden limit, on a virtual clock: numbers are seconds, nothing sleeps."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digester.llm.pace import FIRST, MOST_PAUSE, OWN_PAUSE, SLOWEST, Pace

LATENCY, REFUSAL = 3.0, 0.2
Take = Callable[[float], bool]


# ------------------------------------------------------------------ a provider
def bucket(rate: Callable[[float], float], burst: float) -> Take:
    """Lets a call at `now` through when there is a token; `rate` tokens a second come in."""
    state = [burst, 0.0]

    def take(now: float) -> bool:
        state[:] = [min(burst, state[0] + (now - state[1]) * rate(now)), now]
        state[0] -= (taken := state[0] > 1 - 1e-9)
        return taken

    return take


def window(most: int, seconds: float) -> Take:
    """`most` calls in each stretch of `seconds`."""
    counts: dict[int, int] = {}

    def take(now: float) -> bool:
        counts[int(now // seconds)] = counts.get(int(now // seconds), 0) + 1
        return counts[int(now // seconds)] <= most

    return take


def played(take: Take, calls: int, width: int, told: float | None = None, known: bool = True) -> tuple[float, int]:
    """Seconds until all calls were answered and how many 429s there were; one call at a time waits for its slot."""
    pace, events, order = Pace(), list[tuple[float, int, str, float]](), iter(range(10**9))
    free, refused, now, waiting = width, 0, 0.0, False
    while calls or events:
        if calls and free and not waiting:
            calls, free, waiting = calls - 1, free - 1, True
            heapq.heappush(events, (now + pace.delay(now), next(order), "start", 0.0))
        now, _, what, began = heapq.heappop(events)
        if what == "start" and (more := pace.held(now)) > 0:
            heapq.heappush(events, (now + more, next(order), "start", 0.0))
        elif what == "start":
            waiting, through = False, take(now)
            after = (LATENCY, "ok") if through else (REFUSAL, "limited")
            heapq.heappush(events, (now + after[0], next(order), after[1], now))
        elif what == "ok":
            free += 1
            pace.ok(now)
        else:
            calls, free, refused = calls + 1, free + 1, refused + 1
            pace.limited(now, told, began if known else None)
    return now, refused


def best(rate: float, burst: int, calls: int) -> float:
    """Seconds that who knows a bucket needs at least."""
    return max(calls - burst, 0) / rate + LATENCY


# ----------------------------------------------------------------- hidden limits
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("told", [None, 1.0])
@pytest.mark.parametrize("width", [20, 64])
def test_L10_a_hidden_limit_of_five_a_second_is_used_up_with_few_429s(
    width: int, told: float | None, known: bool
) -> None:
    wall, refused = played(bucket(lambda now: 5.0, 10), 200, width, told, known)
    assert wall <= 1.15 * best(5.0, 10, 200)
    assert refused / (200 + refused) <= 0.03


@pytest.mark.parametrize(("rate", "burst"), [(1.0, 1), (1.0, 10), (2.0, 5), (2.0, 60), (5.0, 1), (5.0, 60), (6.0, 5)])
def test_L10_other_limits_are_found_too(rate: float, burst: int) -> None:
    wall, refused = played(bucket(lambda now: rate, burst), 200, 20)
    assert wall <= 1.5 * max(best(rate, burst, 200), 200 / 20 * LATENCY)
    at_once = 4 if burst < 4 else 0  # calls that begin at once and that a small bucket refuses
    assert refused - at_once <= 0.03 * (200 + refused)


def test_L10_without_a_limit_the_width_is_the_limit_and_nothing_is_refused() -> None:
    wall, refused = played(lambda now: True, 200, 20)
    assert (wall <= 1.2 * 200 / 20 * LATENCY, refused) == (True, 0)


def test_L10_a_limit_that_falls_is_found_again() -> None:
    wall, refused = played(bucket(lambda now: 5.0 if now < 30 else 1.0, 5), 300, 20)
    assert wall <= 1.15 * (30 + 150 / 1.0)
    assert refused <= 30


def test_L10_a_limit_that_rises_is_found_again() -> None:
    wall, _ = played(bucket(lambda now: 0.5 if now < 60 else 5.0, 5), 400, 20)
    assert wall < 0.5 * best(0.5, 5, 400)


@pytest.mark.parametrize(("most", "least"), [(40, 540.0), (60, 360.0)])
def test_L10_a_window_that_closes_for_a_minute_is_waited_out_and_used_again(most: int, least: float) -> None:
    wall, refused = played(window(most, 60.0), 400, 20)
    assert wall <= 2 * least
    assert refused / (400 + refused) <= 0.08


# ------------------------------------------------------------------------ slots
def test_the_first_call_starts_at_once_and_each_has_a_slot_of_its_own() -> None:
    pace = Pace(at_once=0)
    assert [pace.delay(100.0) for _ in range(4)] == [0.0, 1 / FIRST, 2 / FIRST, 3 / FIRST]


def test_time_in_which_nothing_is_asked_is_not_saved_up() -> None:
    pace = Pace(at_once=0)
    pace.delay(0.0)
    assert [pace.delay(60.0) for _ in range(2)] == [0.0, 1 / FIRST]


def test_answers_raise_the_rate_only_when_the_rate_is_what_limits() -> None:
    pace = Pace(at_once=0)
    pace.delay(0.0)
    pace.ok(3.0)
    assert pace.rate == FIRST
    pace.delay(3.0)
    pace.delay(3.0)
    pace.ok(3.1)
    assert pace.rate > FIRST


# ------------------------------------------------------------------------- 429s
def test_after_a_429_all_calls_wait_as_long_as_the_provider_says() -> None:
    pace = Pace(at_once=0)
    pace.delay(0.0)
    pace.limited(1.0, 7.0)
    assert pace.delay(2.0) == 6.0
    assert pace.delay(2.0) > 6.0


def test_a_pause_ends_at_the_deadline() -> None:
    pace = Pace(at_once=0, deadline=100.0)
    pace.delay(0.0)
    pace.limited(1.0, 3600.0)
    assert pace.delay(1.0) == 99.0


@pytest.mark.parametrize("said", [None, math.nan, math.inf])
def test_without_a_time_the_pause_is_short(said: float | None) -> None:
    pace = Pace(at_once=0)
    pace.delay(0.0)
    pace.limited(1.0, said)
    assert pace.delay(1.0) == pytest.approx(OWN_PAUSE)


@pytest.mark.parametrize("said", [0.0, -5.0, None])
def test_pauses_grow_while_nothing_gets_through_and_have_an_end(said: float | None) -> None:
    pace, now, waits = Pace(at_once=0), 0.0, []
    for _ in range(12):
        waits.append(pace.delay(now))
        now += waits[-1]
        pace.limited(now, said)
    assert waits == pytest.approx(sorted(waits)) and waits[-3:] == pytest.approx([MOST_PAUSE] * 3)


def test_the_shorter_of_two_pauses_does_not_end_the_longer() -> None:
    pace = Pace(at_once=0)
    pace.delay(0.0)
    pace.limited(1.0, 10.0)
    pace.limited(1.1, 2.0)
    assert pace.delay(1.1) == pytest.approx(9.9)


def test_a_call_that_waited_when_a_429_came_gets_a_new_slot_after_the_pause() -> None:
    pace = Pace(at_once=0)
    pace.delay(0.0)
    slot = pace.delay(0.0)
    pace.limited(0.1, 5.0, began=0.0)
    assert pace.held(slot) == pytest.approx(5.1 - slot)
    assert pace.held(5.1) == 0.0
    assert pace.delay(5.1) > 0.0


def test_calls_that_began_before_a_cut_do_not_cut_again() -> None:
    pace = Pace(at_once=0)
    starts = [pace.delay(0.0) for _ in range(8)]
    pace.limited(2.0, None, starts[3])
    cut = pace.rate
    for began in starts[4:]:
        pace.limited(3.0, None, began)
    assert pace.rate == cut < FIRST


def test_two_429s_measure_what_gets_through_between_them() -> None:
    """Twenty calls in ten seconds are two a second, whatever the rate was."""
    pace = Pace(at_once=0)
    pace.delay(0.0)
    pace.limited(0.0, 0.0, 0.0)
    pace.rate = 4.0
    for _ in range(20):
        pace.delay(0.0)
    pace.limited(10.0, 0.0, 10.0)
    assert pace.rate == pytest.approx(2.0, rel=0.1)


# ---------------------------------------------------------------------- headers
def told(left: str, reset: str, limit: str = "60") -> dict[str, str]:
    names = ("limit", "remaining", "reset")
    return {f"x-ratelimit-{n}-requests": v for n, v in zip(names, (limit, left, reset), strict=True)}


def gap(pace: Pace, now: float) -> float:
    """Seconds between two calls."""
    pace.delay(now + 1000)
    return pace.delay(now + 1000)


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [("20s", 20.0), ("6m0s", 360.0), ("2m59.56s", 179.56), ("1h", 3600.0), ("1d2h", 93_600.0), ("90000ms", 90.0)],
)
def test_what_remains_is_spread_over_the_time_to_the_reset(reset: str, seconds: float) -> None:
    pace = Pace(at_once=0)
    pace.headers(told("4", reset), 0.0)
    pace.delay(0.0)
    assert pace.delay(0.0) == pytest.approx(seconds / 4)


def test_when_nothing_remains_the_next_but_one_call_waits_for_the_reset() -> None:
    pace = Pace(at_once=0)
    pace.headers(told("0", "30s"), 0.0)
    assert [pace.delay(0.0), pace.delay(0.0)] == [0.0, 30.0]


def test_what_remains_never_makes_calls_quicker() -> None:
    pace = Pace(at_once=0)
    pace.headers(told("10000", "60ms"), 0.0)
    pace.delay(0.0)
    assert pace.delay(0.0) == 1 / FIRST


def test_headers_are_forgotten_after_the_reset() -> None:
    pace = Pace(at_once=0)
    pace.headers(told("1", "20s"), 0.0)
    assert gap(pace, 0.0) == 1 / FIRST


@pytest.mark.parametrize(
    "headers",
    [
        {}, told("", ""), told("many", "1s"), told("5", "soon"), told("5", ""), told("5", "0s"), told("-5", "1s"),
        told("٥", "1s"), told("5", "1.5"), told("5", "s"), told("5", "1s1m"), told("5", "-1s"),
        told("5", "9" * 5000 + "s"),
    ],
)  # fmt: skip
def test_headers_that_cannot_be_read_are_no_news(headers: dict[str, str]) -> None:
    pace = Pace(at_once=0)
    pace.headers(headers, 0.0)
    pace.delay(0.0)
    assert pace.delay(0.0) == 1 / FIRST


# ------------------------------------------------------------- whatever happens
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["delay", "held", "ok", "limited", "headers"]),
        st.floats(0, 500),
        st.one_of(st.none(), st.floats()),
        st.one_of(st.none(), st.floats(-1000, 1000)),
    ),
    max_size=60,
)


def history(steps: list[Any], deadline: float) -> tuple[list[float], list[float]]:
    """Waits and rates of a pace to which all this happened."""
    pace, now, waits, rates = Pace(deadline), 0.0, list[float](), list[float]()
    for what, passed, said, began in steps:
        now += passed
        if what in ("delay", "held"):
            waits.append(getattr(pace, what)(now))
        elif what == "ok":
            pace.ok(now)
        elif what == "limited":
            pace.limited(now, said, None if began is None else now + began)
        else:
            pace.headers(told(str(int(passed)), f"{passed:.2f}s"), now)
        rates.append(pace.rate)
    return waits, rates


@given(STEPS, st.one_of(st.just(math.inf), st.floats(0, 10_000)))
def test_whatever_happens_figures_stay_in_bounds_and_the_same_gives_the_same(steps: list[Any], deadline: float) -> None:
    waits, rates = history(steps, deadline)
    assert all(wait >= 0 for wait in waits) and all(SLOWEST <= rate < math.inf for rate in rates)
    assert (waits, rates) == history(steps, deadline)


@given(STEPS)
def test_whatever_happens_slots_are_given_in_order_and_never_in_the_past(steps: list[Any]) -> None:
    pace, now, last = Pace(at_once=0), 0.0, 0.0
    for what, passed, said, began in steps:
        now += passed
        wait = pace.delay(now)
        assert wait >= 0.0 and now + wait >= last
        last = now + wait
        if what == "ok":
            pace.ok(now)
        elif what == "limited":
            pace.limited(now, said, began)
