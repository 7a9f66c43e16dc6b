"""What a run, a day and a month may spend, on SQLite and on PostgreSQL: L11, L12, L13, and what a call costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.llm.asking import GOOD, asking, client, model, rated
from tests.llm.conftest import START
from tests.servers.model import ModelServer, completion, gone, hang, raw, sequence
from tests.servers.personalities import honest

from digester.domain.calls import Ask, Caps, ModelCall, ModelFault, Price, Spend, Usage, total
from digester.llm.ledger import LedgerModel
from digester.llm.usage import at_most
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock
from digester.store.sql import SqlStore

Make = Callable[..., LedgerModel]
USED = {"prompt_tokens": 30, "completion_tokens": 10}
SPENT = 40
PRICES = {"small": Price(1.0, 4.0, 0.25), "large": Price(10.0, 40.0)}
COST = (30 * 1.0 + 10 * 4.0) / 1_000_000
MOST = at_most(asking())  # what one question reserves
ROOM = MOST.input + MOST.output
MOST_COST = (MOST.input * 1.0 + MOST.output * 4.0) / 1_000_000


@pytest.fixture
def make(store: SqlStore, server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Make:
    server.script = completion(GOOD, usage=USED)
    how = {"prices": PRICES, "width": 1}
    return lambda **changes: model(
        changes.pop("ledger", store), clock, client(server.url, wire, clock, deadline=1.0), **{**how, **changes}
    )


def questions(n: int, begin: int = 0) -> list[Ask]:
    return [asking(data=asking().data.replace("A work", f"Work {k:03}")) for k in range(begin, begin + n)]


def asked(made: LedgerModel, n: int, begin: int = 0) -> list[Any]:
    return rated(made.answer(questions(n, begin)))


SAME = max(ROOM, at_most(questions(1)[0]).input + MOST.output)
THREE = 2 * SPENT + SAME  # tokens: room for a third question when two are settled, not for a fourth
THREE_USD = 2 * COST + MOST_COST * 1.02


def cap(unit: str, span: str) -> Caps:
    """One that the third question reaches."""
    return Caps(**{f"{unit}_per_{span}": {"tokens": THREE, "usd": THREE_USD}[unit]})


CAPS = [cap(unit, span) for unit in ("tokens", "usd") for span in ("run", "day", "month")]


# ---------------------------------------------------------------------- L12
@pytest.mark.parametrize("caps", CAPS)
def test_L12_a_reached_cap_is_a_fault_and_nothing_more_is_asked(make: Make, server: ModelServer, caps: Caps) -> None:
    made = make(caps=caps)
    assert asked(made, 5) == [4, 4, 4, "budget", "budget"]
    assert asked(made, 2, 5) == ["budget"] * 2
    assert len(server.calls) == 3
    (fault, n), *others = made.tally().faults
    assert (n, others) == (4, [])
    assert fault.kind == "budget"
    assert "the budget of " in fault.message
    assert "`digester cost`" in fault.message


@pytest.mark.parametrize(
    ("caps", "told"),
    [
        (Caps(tokens_per_run=5), "5 tokens a run"),
        (Caps(tokens_per_day=0), "0 tokens a day"),
        (Caps(usd_per_month=0.00001), "1e-05 US dollars a month"),
        (Caps(usd_per_run=0.0), "0 US dollars a run"),
    ],
)
def test_L12_the_cap_is_named(make: Make, server: ModelServer, caps: Caps, told: str) -> None:
    (found,) = make(caps=caps).answer([asking()])
    assert isinstance(found, ModelFault)
    assert told in found.message
    assert server.log == []


@pytest.mark.parametrize("caps", CAPS)
def test_L12_a_cap_survives_a_restart(make: Make, server: ModelServer, caps: Caps) -> None:
    """Runs of the same id: a run that is gone on with."""
    found = [asked(make(caps=caps), 1, begin) for begin in range(5)]
    assert found == [[4], [4], [4], ["budget"], ["budget"]]
    assert len(server.calls) == 3


@pytest.mark.parametrize("unit", ["tokens", "usd"])
@pytest.mark.parametrize(("span", "expected"), [("run", 4), ("day", "budget"), ("month", "budget")])
def test_L12_a_run_has_its_own_cap_and_days_and_months_are_shared(
    make: Make, unit: str, span: str, expected: object
) -> None:
    asked(make(run="first"), 3)
    assert asked(make(caps=cap(unit, span), run="second"), 1, 3) == [expected]


@pytest.mark.parametrize("unit", ["tokens", "usd"])
@pytest.mark.parametrize(
    ("span", "later", "expected"),
    [
        ("day", datetime(2026, 6, 20, 23, 59, tzinfo=UTC), "budget"),
        ("day", datetime(2026, 6, 21, 0, 0, tzinfo=UTC), 4),
        ("month", datetime(2026, 6, 30, 23, 59, tzinfo=UTC), "budget"),
        ("month", datetime(2026, 7, 1, 0, 0, tzinfo=UTC), 4),
    ],
)
def test_L12_days_and_months_begin_at_midnight_utc(
    make: Make, clock: VirtualClock, unit: str, span: str, later: datetime, expected: object
) -> None:
    running = make(caps=cap(unit, span))
    asked(running, 3)
    clock.sleep((later - START).total_seconds())
    assert asked(make(caps=cap(unit, span), run="second"), 1, 3) == [expected]
    assert asked(running, 1, 4) == [expected]


def test_L12_what_is_in_flight_is_counted_at_its_most(make: Make, server: ModelServer) -> None:
    """Many at once cannot break together a cap that each alone would keep; what comes back in time is used."""
    caps = Caps(tokens_per_run=3 * SAME)
    wide = asked(make(caps=caps, width=8), 8)
    calls = len(server.calls)
    narrow = asked(make(caps=caps, width=1, run="run-2"), 8, 100)
    assert wide.count("budget") == narrow.count("budget") > 0
    assert calls == len(server.calls) - calls


def test_L12_a_storm_of_failures_ends_at_the_cap(make: Make, server: ModelServer) -> None:
    """Each may have been paid: it counts as if it had cost all it could."""
    server.script = hang()
    found = [asked(make(caps=Caps(tokens_per_day=2 * SAME), run=f"run-{n}"), 1, n) for n in range(4)]
    assert found == [["deadline"], ["deadline"], ["budget"], ["budget"]]
    assert len(server.calls) == 2


def test_L12_kept_replies_need_no_budget(make: Make) -> None:
    asked(make(), 2)
    assert asked(make(caps=Caps(tokens_per_run=0, usd_per_day=0.0), run="run-2"), 2) == [4, 4]


# ---------------------------------------------------------------------- L13
class Killed:
    """A ledger whose process is killed when the first reply arrives."""

    def __init__(self, inner: SqlStore) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def save_call(self, call: ModelCall | None, spend: Spend) -> None:
        if spend.state != "reserved":
            raise KeyboardInterrupt
        self._inner.save_call(call, spend)


def test_L13_what_a_killed_run_reserved_stays_counted(make: Make, store: SqlStore, server: ModelServer) -> None:
    with pytest.raises(KeyboardInterrupt):
        make(ledger=Killed(store)).answer([asking()])
    (spend,) = store.spends_since(START)
    assert (spend.state, spend.usage, spend.model) == ("reserved", MOST, "small")
    assert spend.cost == pytest.approx(MOST_COST)
    for caps in (Caps(tokens_per_day=ROOM + SAME - 1), Caps(usd_per_month=MOST_COST * 1.5)):
        assert asked(make(caps=caps, run="run-2"), 1) == ["budget"]
    assert asked(make(caps=Caps(tokens_per_day=ROOM + SAME), run="run-2"), 1) == [4]


# ----------------------------------------------------------------- what it cost
def spent(store: SqlStore) -> list[Spend]:
    return list(store.spends_since(START))


def test_a_call_is_settled_with_what_it_cost(make: Make, store: SqlStore) -> None:
    made = make()
    made.answer([asking()])
    (spend,) = spent(store)
    assert (spend.state, spend.usage, spend.task, spend.run_id) == ("settled", Usage(30, 0, 10), "rate-ai", "run-1")
    assert spend.cost == pytest.approx(COST)
    told = made.tally()
    assert (told.calls, told.usage, told.cost) == (1, Usage(30, 0, 10), pytest.approx(COST))


@pytest.mark.parametrize(
    ("price", "cached"), [(Price(1.0, 4.0, 0.25), 0.25), (Price(1.0, 4.0), 1.0), (Price(1.0, 4.0, 0.0), 0.0)]
)
def test_cached_tokens_have_their_own_price(
    make: Make, store: SqlStore, server: ModelServer, price: Price, cached: float
) -> None:
    server.script = completion(GOOD, usage={**USED, "prompt_tokens_details": {"cached_tokens": 20}})
    make(prices={"small": price}).answer([asking()])
    assert spent(store)[0].cost == pytest.approx((10 * 1.0 + 20 * cached + 10 * 4.0) / 1_000_000)


def test_L11_a_price_that_is_not_known_is_never_nothing(make: Make, store: SqlStore) -> None:
    made = make(prices={"large": PRICES["large"]})
    (answer,) = made.answer([asking()])
    assert [s.cost for s in spent(store)] == [None]
    assert made.tally().cost is None
    assert store.calls([answer.call_id])[answer.call_id].cost is None  # type: ignore[union-attr]
    made.answer([replace(asking(), tier="strong")])
    assert made.tally().cost == pytest.approx((30 * 10 + 10 * 40) / 1_000_000)
    assert total(spent(store))[1] is None


@pytest.mark.parametrize("prices", [{}, PRICES])
def test_L11_what_the_provider_says_it_cost_is_believed(
    make: Make, store: SqlStore, server: ModelServer, prices: dict[str, Price]
) -> None:
    server.script = completion(GOOD, usage={**USED, "cost": 0.0125})
    made = make(prices=prices)
    made.answer([asking()])
    assert [s.cost for s in spent(store)] == [0.0125]
    assert made.tally().cost == 0.0125


def test_L11_without_usage_the_estimate_is_settled_and_marked(make: Make, store: SqlStore, server: ModelServer) -> None:
    server.script = completion(GOOD, usage=None)
    make().answer([asking()])
    (spend,) = spent(store)
    assert spend.usage.estimated
    assert spend.usage.input == MOST.input
    assert spend.cost is not None
    assert spend.cost > 0


def test_what_was_not_received_costs_nothing(make: Make, store: SqlStore, server: ModelServer) -> None:
    server.script = raw(b"", 503)
    made = make()
    made.answer([asking()])
    assert [(s.state, s.usage, s.cost) for s in spent(store)] == [("settled", Usage(), 0.0)]
    assert made.tally().cost == 0.0


@pytest.mark.parametrize(("prices", "cost"), [(PRICES, 2 * MOST_COST), ({}, None)])
def test_L04_what_was_received_and_lost_costs_all_it_could(
    make: Make, store: SqlStore, server: ModelServer, prices: dict[str, Price], cost: float | None
) -> None:
    server.script = gone()
    make(prices=prices).answer([asking()])
    (spend,) = spent(store)
    assert (spend.state, spend.usage) == ("lost", MOST + MOST)
    assert spend.cost == (None if cost is None else pytest.approx(cost))


def test_L04_a_lost_try_before_an_answer_is_paid_too(make: Make, store: SqlStore, server: ModelServer) -> None:
    server.script = sequence(gone(), completion(GOOD, usage=USED))
    make().answer([asking()])
    (spend,) = spent(store)
    assert (spend.state, spend.usage) == ("settled", replace(Usage(30, 0, 10) + MOST))
    assert spend.cost == pytest.approx(COST + MOST_COST)


def test_a_ledger_of_last_month_is_not_read(
    make: Make, store: SqlStore, clock: VirtualClock, server: ModelServer
) -> None:
    asked(make(), 2)
    clock.sleep(timedelta(days=11).total_seconds())
    assert clock.now().month == 7
    server.script = honest
    assert asked(make(caps=Caps(tokens_per_month=SAME), run="run-2"), 1, 7) == [4]
    assert len(spent(store)) == 3
