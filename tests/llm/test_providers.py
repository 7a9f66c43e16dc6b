"""Several providers: who is asked when the one before does not answer, what is kept of it and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.llm.asking import asking, client, model, provider, rated
from tests.llm.conftest import START
from tests.servers.model import ModelServer, Reply, completion, error, gone, hang, raw, sequence
from tests.servers.personalities import honest

from digester.domain.calls import Answer, ModelFault, Price, Usage
from digester.llm.client import DOWN, TRIES, Client
from digester.llm.ledger import LedgerModel
from digester.llm.usage import at_most
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock
from digester.store.sql import SqlStore

MOST = at_most(asking())


@pytest.fixture
def backup() -> Iterator[ModelServer]:
    with ModelServer(honest) as running:
        yield running


@pytest.fixture
def make(
    store: SqlStore, server: ModelServer, backup: ModelServer, wire: Endpoint, clock: VirtualClock
) -> Callable[..., LedgerModel]:
    """Two providers; the second has models of other names."""

    def made(**how: Any) -> LedgerModel:
        second = provider(backup.url, "backup", models={"fast": "reserve", "strong": "reserve"}, key_name="BACKUP_KEY")
        clients = client(server.url, wire, clock, deadline=1.0), Client(second, wire, clock, deadline=1.0)
        return model(store, clock, *clients, **{"width": 1, **how})

    return made


Make = Callable[..., LedgerModel]
MOVES_ON: dict[str, tuple[Reply, int]] = {  # what the first says, and how often it is asked
    "unreachable": (raw(b"", 502), TRIES),
    "gone": (gone(), 2),
    "deadline": (hang(), 1),
    "rate_limited": (error(429, "rate_limit_exceeded", "Slow.", headers={"Retry-After": "1000000"}), 1),
    "quota": (error(429, "insufficient_quota", "Quota."), 1),
    "key": (error(401, None, "Key."), 1),
    "model": (error(404, "model_not_found", "The model is gone."), 1),
}
STAYS: dict[str, Reply] = {
    "unreadable": raw(b"<h1>no reply</h1>"),
    "request": error(400, "context_length_exceeded", "Too long."),
    "refused": completion("", refusal="No."),
}


@pytest.mark.parametrize("name", MOVES_ON)
def test_the_next_provider_answers_for_one_that_cannot(
    make: Make, server: ModelServer, backup: ModelServer, name: str
) -> None:
    server.script, times = MOVES_ON[name]
    assert rated(make().answer([asking(5)])) == [5]
    assert (len(server.calls), len(backup.calls)) == (times, 1)
    assert backup.calls[0].body["model"] == "reserve"


@pytest.mark.parametrize("name", STAYS)
def test_a_fault_of_the_question_is_not_taken_elsewhere(
    make: Make, server: ModelServer, backup: ModelServer, name: str
) -> None:
    server.script = STAYS[name]
    assert rated(make().answer([asking()])) == [name]
    assert backup.log == []


def test_one_that_answers_is_the_only_one_asked(make: Make, server: ModelServer, backup: ModelServer) -> None:
    assert rated(make().answer([asking(4), asking(5)])) == [4, 5]
    assert (len(server.calls), len(backup.calls)) == (2, 0)


@pytest.mark.parametrize("name", ["quota", "key", "model"])
def test_one_that_cannot_work_is_not_asked_again_in_this_run(
    make: Make, server: ModelServer, backup: ModelServer, name: str
) -> None:
    server.script = sequence(MOVES_ON[name][0], honest)
    running = make()
    assert rated(running.answer([asking(n) for n in (1, 2, 3)])) == [1, 2, 3]
    assert (len(server.calls), len(backup.calls)) == (1, 3)
    assert rated(make(run="run-2").answer([asking(4)])) == [4]  # the next run tries anew
    assert len(server.calls) == 2


def test_one_that_is_down_is_left_after_three_faults(make: Make, server: ModelServer, backup: ModelServer) -> None:
    server.script = raw(b"", 503)
    asks = [asking(n % 5 + 1, most=100 + n) for n in range(6)]
    assert rated(make().answer(asks)) == [n % 5 + 1 for n in range(6)]
    assert (len(server.calls), len(backup.calls)) == (DOWN * TRIES, 6)


def test_what_the_second_answered_is_kept_while_the_first_is_back(
    make: Make, server: ModelServer, backup: ModelServer
) -> None:
    server.script = sequence(*[raw(b"", 502)] * TRIES, honest)
    first = make().answer([asking()])
    assert first == make(run="run-2").answer([asking()])
    assert (len(server.calls), len(backup.calls)) == (TRIES, 1)


def test_of_two_kept_replies_the_first_providers_counts(
    make: Make, store: SqlStore, server: ModelServer, backup: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    alone = model(store, clock, client(server.url, wire, clock))
    server.script = raw(b"", 502)
    (reserve,) = make().answer([asking()])
    server.script = honest
    (own,) = alone.answer([asking()])
    assert isinstance(reserve, Answer)
    assert isinstance(own, Answer)
    assert reserve.call_id != own.call_id
    assert make(run="run-2").answer([asking()]) == [own]


def test_when_none_answers_the_fault_is_that_of_the_last(make: Make, server: ModelServer, backup: ModelServer) -> None:
    server.script, backup.script = raw(b"", 502), error(401, None, "No.")
    (found,) = make().answer([asking()])
    assert isinstance(found, ModelFault)
    assert found.kind == "key"
    assert "BACKUP_KEY" in found.message


def test_L02_a_user_hears_once_of_a_provider_that_another_stands_in_for(
    make: Make, server: ModelServer, backup: ModelServer
) -> None:
    server.script = error(429, "insufficient_quota", "No.")
    model = make()
    assert isinstance(model.answer([asking()])[0], Answer)
    ((fault, times),) = model.tally().faults
    assert "quota" in fault.message and times == 1


# --------------------------------------------------------------------- the books
def test_a_reply_is_booked_under_the_model_that_gave_it(make: Make, store: SqlStore, server: ModelServer) -> None:
    server.script = raw(b"", 502)
    prices = {"small": Price(1, 1), "reserve": Price(100, 100)}
    (answer,) = make(prices=prices).answer([asking()])
    assert isinstance(answer, Answer)
    call = store.calls([answer.call_id])[answer.call_id]
    (spend,) = store.spends_since(START)
    assert (call.provider, call.model, spend.model, spend.call_id) == ("backup", "reserve", "reserve", call.id)
    assert spend.cost == call.cost == pytest.approx(100 * (call.usage.input + call.usage.output) / 1e6)


@pytest.mark.parametrize(
    ("prices", "cost"),
    [({"small": Price(1, 1), "reserve": Price(100, 100)}, 100.0), ({"small": Price(200, 200), "reserve": Price(1, 1)}, 200.0),
     ({"small": Price(1, 1)}, None), ({}, None)],
)  # fmt: skip
def test_a_call_is_reserved_at_the_price_of_the_dearest(
    make: Make, store: SqlStore, server: ModelServer, backup: ModelServer, prices: dict[str, Price], cost: float | None
) -> None:
    server.script = backup.script = hang()
    make(prices=prices).answer([asking()])
    (spend,) = store.spends_since(START)  # lost at both: twice what was reserved
    assert (spend.state, spend.usage) == ("lost", MOST + MOST)
    assert spend.cost == (None if cost is None else pytest.approx(2 * cost * (MOST.input + MOST.output) / 1e6))


def test_what_the_first_lost_is_paid_beside_the_seconds_answer(
    make: Make, store: SqlStore, server: ModelServer
) -> None:
    server.script = hang()
    (answer,) = make().answer([asking()])
    assert isinstance(answer, Answer)
    own = store.calls([answer.call_id])[answer.call_id].usage
    (spend,) = store.spends_since(START)
    assert spend.usage == own + MOST
    assert own != Usage()


def test_the_mark_of_a_model_names_who_answers_and_no_key(
    make: Make, wire: Endpoint, clock: VirtualClock, store: SqlStore
) -> None:
    def mark(*providers: Any) -> str:
        return model(store, clock, *(Client(p, wire, clock) for p in providers)).mark

    one = provider("http://127.0.0.1:1/v1")
    other = replace(one, base_url="http://127.0.0.1:2/v1")
    assert mark(one) == mark(replace(one, key="sk-another", name="renamed"))
    assert len({mark(one), mark(other), mark(one, other), mark(other, one),
                mark(replace(one, models={"fast": "x", "strong": "large"}))}) == 5  # fmt: skip
