"""Questions are sent while the next are made, and results are heard while others are awaited (L16)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from tests.llm.asking import Make, asking, client, model, questions, rated
from tests.llm.conftest import START
from tests.servers.model import Call, ModelServer, Reply, hang, raw
from tests.servers.personalities import honest

from digester.domain.calls import Answer, Ask, ModelCall, ModelFault
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock
from digester.store.sql import SqlStore

WAIT = 30  # seconds until a test gives up


def number(call: Call) -> int:
    return int(call.units[1]["title"][0].removeprefix("Work ").rstrip("."))


class Heard:
    """What was told, in the order of telling."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self.results: dict[int, Answer | ModelFault] = {}

    def __call__(self, place: int, result: Answer | ModelFault) -> None:
        self.places.append(place)
        self.results[place] = result


def test_a_question_is_sent_while_the_next_is_made(make: Make, server: ModelServer) -> None:
    seen = [threading.Event() for _ in range(3)]

    def script(call: Call) -> Reply:
        seen[number(call)].set()
        return honest(call)

    def asks() -> Iterator[Ask]:
        for k, ask in enumerate(questions(3)):
            yield ask
            assert seen[k].wait(WAIT)

    server.script = script
    assert rated(make().answer(asks())) == [1, 2, 3]


def test_results_are_heard_as_they_come_and_returned_in_order(make: Make, server: ModelServer) -> None:
    """Each reply waits until that of the question after it was heard."""
    heard, told = Heard(), [threading.Event() for _ in range(5)]
    told[4].set()

    def script(call: Call) -> Reply:
        assert told[number(call) + 1].wait(WAIT)
        return honest(call)

    def hear(place: int, result: Answer | ModelFault) -> None:
        heard(place, result)
        told[place].set()

    server.script = script
    results = make().answer(questions(4), hear)
    assert rated(results) == [1, 2, 3, 4]
    assert heard.places == [3, 2, 1, 0]
    assert [heard.results[k] for k in range(4)] == results


def test_the_ledger_is_asked_once_for_each_question_however_long_it_waits(
    make: Make, store: SqlStore, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, looked = store.calls, list[str]()

    def calls(ids: Iterable[str]) -> Mapping[str, ModelCall]:
        given = list(ids)
        looked.extend(given)
        return found(given)

    monkeypatch.setattr(store, "calls", calls)
    assert all(isinstance(a, Answer) for a in make().answer(questions(30)))
    assert len(looked) == len(set(looked)) == 30


def test_other_work_is_done_piece_by_piece_and_replies_are_kept_between(
    make: Make, store: SqlStore, server: ModelServer
) -> None:
    """The pieces end when the reply was heard: it is heard between two of them, not behind the last."""
    heard = Heard()

    def asks() -> Iterator[Ask | None]:
        yield asking()
        for _ in range(100_000):
            if heard.places:
                assert [s.state for s in store.spends_since(START)] == ["settled"]
                return
            threading.Event().wait(0.001)
            yield None
        raise AssertionError("never heard")

    assert rated(make().answer(asks(), heard)) == [4]


def test_a_fault_of_one_is_heard_while_others_are_in_flight(make: Make, server: ModelServer) -> None:
    heard, failed = Heard(), threading.Event()

    def script(call: Call) -> Reply:
        if number(call) == 1:
            return raw(b"no reply")
        assert failed.wait(WAIT)
        return honest(call)

    def hear(place: int, result: Answer | ModelFault) -> None:
        heard(place, result)
        if isinstance(result, ModelFault):
            failed.set()

    server.script = script
    assert rated(make().answer(questions(4), hear)) == [1, "unreadable", 3, 4]
    assert heard.places[0] == 1
    assert sorted(heard.places) == [0, 1, 2, 3]


def test_equal_questions_are_all_told_whenever_they_are_given(make: Make, server: ModelServer) -> None:
    heard = Heard()

    def asks() -> Iterator[Ask | None]:
        yield from (asking(4), asking(4))
        while len(heard.places) < 2:
            yield None
        yield from (asking(5), asking(4))

    assert rated(make().answer(asks(), heard)) == [4, 4, 5, 4]
    assert sorted(heard.places) == [0, 1, 2, 3]
    assert len(server.calls) == 2
    again = Heard()
    assert rated(make(run="run-2").answer([asking(5), asking(4)], again)) == [5, 4]
    assert again.places == [0, 1]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_end_in_making_or_hearing_waits_for_no_reply(
    error: type[BaseException], store: SqlStore, server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    """The replies that are still to come have ten minutes."""
    server.script = lambda call: honest(call) if number(call) == 0 else hang()

    def asks() -> Iterator[Ask]:
        yield from questions(2)
        raise error

    def hear(place: int, result: Any) -> None:
        raise error

    ended: list[BaseException] = []

    def work(*given: Any) -> None:
        made = model(store, clock, client(server.url, wire, clock, deadline=600), width=3)
        try:
            made.answer(*given)
        except error as err:
            ended.append(err)

    threads = [threading.Thread(target=work, args=given, daemon=True) for given in ((asks(),), (questions(9), hear))]
    for thread in threads:
        thread.start()
        thread.join(WAIT)
    assert len(ended) == 2
    assert len(server.calls) <= 5
