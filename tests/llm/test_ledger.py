"""No question is paid twice, on SQLite and on PostgreSQL: what is kept, what is asked again, in which order (L13-L18)."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from tests.llm.asking import GOOD, KEY, ROW, Make, asking, client, model, provider, questions, rated
from tests.llm.conftest import START
from tests.servers.model import Call, ModelServer, Reply, completion, gone, hang, raw
from tests.servers.personalities import honest

from digester.domain.calls import Answer, ModelCall, ModelFault, Spend
from digester.llm.ledger import (
    asked_id,
)
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore


# ------------------------------------------------------------ asked only once
def test_the_same_question_is_asked_once(make: Make, server: ModelServer) -> None:
    first = make()
    one, two = first.answer([asking()]), first.answer([asking()])
    later = make(run="run-2").answer([asking()])
    assert one == two == later
    assert len(server.calls) == 1


def test_equal_questions_of_one_batch_are_asked_once_and_all_answered(make: Make, server: ModelServer) -> None:
    made = make()
    assert rated(made.answer([asking(4), asking(5), asking(4), asking(5), asking(4)])) == [4, 5, 4, 5, 4]
    assert len(server.calls) == 2
    assert (tally := made.tally()).calls == 2
    assert tally.kept == 0


def test_nothing_is_asked_for_no_questions(make: Make, server: ModelServer) -> None:
    assert make().answer([]) == []
    assert server.log == []


def test_kept_replies_are_counted_as_kept(make: Make) -> None:
    make().answer([asking(4)])
    made = make(run="run-2")
    made.answer([asking(4), asking(5), asking(4)])
    told = made.tally()
    assert (told.calls, told.kept) == (1, 1)
    assert (made.tally().calls, made.tally().kept, made.tally().cost) == (0, 0, 0.0)  # since the last look


def test_another_process_finds_what_was_kept(
    empty_url: str, store: SqlStore, make: Make, server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    first = make().answer([asking()])
    engine = make_engine(empty_url)
    try:
        migrate(engine)
        again = model(SqlStore(engine), clock, client(server.url, wire, clock)).answer([asking()])
    finally:
        engine.dispose()
    assert first == again
    assert len(server.calls) == 1


BAD: dict[str, Any] = {
    "prose": completion("I would rather talk about the weather."),
    "refusal": completion("", refusal="No."),
    "filter": completion("", finish="content_filter"),
    "cut before its first row": completion('{"rows": [{"n"', finish="length"),
    "nothing before its end": completion("", finish="length"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reply_is_paid_once_and_judged_the_same_every_time(make: Make, server: ModelServer, name: str) -> None:
    server.script = BAD[name]
    first, later = make().answer([asking()]), make(run="run-2").answer([asking()])
    assert first == later
    assert len(server.calls) == 1
    (found,) = first
    if name.endswith(("row", "end")):
        assert isinstance(found, Answer)
        assert (found.rows, found.whole) == ((), False)
    else:
        assert isinstance(found, ModelFault)
        assert found.kind == ("unreadable" if name == "prose" else "refused")
        assert "weather" not in found.message


def test_an_answer_that_broke_off_says_so(make: Make, server: ModelServer) -> None:
    server.script = completion(GOOD, finish="length")
    (found,) = make().answer([asking()])
    assert isinstance(found, Answer)
    assert (found.rows, found.whole) == (({"n": 1, "r": 4},), False)


@pytest.mark.parametrize("script", [raw(b"", 503), gone(), raw(b"no reply"), completion(" ")])
def test_what_was_not_answered_is_asked_again_by_the_next_run(make: Make, server: ModelServer, script: Reply) -> None:
    server.script = script
    assert isinstance(make().answer([asking()])[0], ModelFault)
    server.script = honest
    assert rated(make(run="run-2").answer([asking()])) == [4]


# ---------------------------------------------------------------------- L14
@pytest.mark.parametrize(
    "change",
    [{"system": "Task: rate-ai\n\nAnswer in rows!"}, {"data": asking(5).data}, {"most": 101}, {"tier": "strong"},
     {"row": {**ROW, "q": {"type": "string"}}}, {"optional": ("r",)}],
)  # fmt: skip
def test_L14_what_could_change_the_reply_makes_another_call(
    make: Make, server: ModelServer, change: dict[str, Any]
) -> None:
    made = make()
    made.answer([asking()])
    made.answer([asking(**change)])
    assert len(server.calls) == 2
    make(run="run-2").answer([asking(), asking(**change)])
    assert len(server.calls) == 2


def test_L14_another_model_or_endpoint_makes_another_call() -> None:
    here = provider("http://127.0.0.1:1/v1")
    others = [provider("http://127.0.0.1:2/v1"), replace(here, models={"fast": "other", "strong": "large"})]
    assert len({asked_id(p, asking()) for p in (here, *others)}) == 3
    same = [replace(here, name="renamed"), replace(here, key="sk-other"), replace(here, key_name="OTHER")]
    assert {asked_id(p, asking()) for p in same} == {asked_id(here, asking())}


def test_L14_a_call_does_not_depend_on_the_order_of_keys_in_its_schema() -> None:
    here = provider("http://127.0.0.1:1/v1")
    assert asked_id(here, asking()) == asked_id(here, asking(row=dict(reversed(ROW.items()))))


# ---------------------------------------------------------------------- L16
def test_L16_answers_come_in_the_order_of_the_questions(make: Make, server: ModelServer) -> None:
    """Each reply waits for that of the question after it."""
    asks, ended = questions(8), [threading.Event() for _ in range(9)]
    ended[8].set()

    def script(call: Call) -> Reply:
        k = int(call.units[1]["title"][0].removeprefix("Work ").rstrip("."))
        assert ended[k + 1].wait(30)
        ended[k].set()
        return honest(call)

    server.script = script
    assert rated(make(width=8).answer(asks)) == [k % 5 + 1 for k in range(8)]


@pytest.mark.parametrize("width", [1, 3])
def test_L16_no_more_calls_are_in_flight_than_allowed(make: Make, server: ModelServer, width: int) -> None:
    lock, state = threading.Lock(), {"now": 0, "most": 0}

    def script(call: Call) -> Reply:
        with lock:
            state["now"] += 1
            state["most"] = max(state.values())
        reply = honest(call)
        with lock:
            state["now"] -= 1
        return reply

    server.script = script
    assert rated(make(width=width).answer(questions(12))) == [k % 5 + 1 for k in range(12)]
    assert state["most"] <= width


def test_L16_one_fault_among_answers_is_its_own_only(make: Make, server: ModelServer) -> None:
    server.script = lambda call: raw(b"no reply") if "Work 3." in call.data else honest(call)
    assert rated(make().answer(questions(6))) == [1, 2, 3, "unreadable", 5, 1]


class Interrupted:
    """A ledger whose user presses Ctrl-C when the first reply is to be kept."""

    def __init__(self, inner: SqlStore) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def save_call(self, call: ModelCall | None, spend: Spend) -> None:
        if call is not None:
            raise KeyboardInterrupt
        self._inner.save_call(call, spend)


def test_L16_an_interrupt_waits_for_no_reply_and_begins_no_question(
    store: SqlStore, server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    """The replies that are still to come have ten minutes."""
    made = model(Interrupted(store), clock, client(server.url, wire, clock, deadline=600), width=3)
    server.script = lambda call: honest(call) if "Work 0." in call.data else hang()
    ended: list[BaseException] = []

    def work() -> None:
        try:
            made.answer(questions(20))
        except KeyboardInterrupt as err:
            ended.append(err)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(60)
    assert len(ended) == 1
    assert len(server.calls) <= 3


# ---------------------------------------------------------------------- L13
def test_L13_a_kill_between_reply_and_store_buys_one_more_and_no_third(
    make: Make, store: SqlStore, server: ModelServer
) -> None:
    with pytest.raises(KeyboardInterrupt):
        make(ledger=Interrupted(store)).answer([asking()])
    assert [s.state for s in store.spends_since(START)] == ["reserved"]
    for run in ("run-2", "run-3"):
        assert rated(make(run=run).answer([asking()])) == [4]
    assert len(server.calls) == 2
    assert sorted(s.state for s in store.spends_since(START)) == ["reserved", "settled"]


# ------------------------------------------------------------- what is kept
def test_L18_a_call_is_kept_with_all_that_was_sent_and_came_back(
    make: Make, store: SqlStore, server: ModelServer
) -> None:
    usage = {"prompt_tokens": 30, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 10}}
    server.script = completion(f"\ufeff {GOOD}\n\0\u2028中文", model="other-2026", usage=usage)
    (found,) = make().answer([asking()])
    assert isinstance(found, Answer)
    call = store.calls([found.call_id])[found.call_id]
    assert call.request == {"system": asking().system, "data": asking().data}
    assert call.text == f"\ufeff {GOOD}\n\0\u2028中文"
    assert (call.task, call.provider, call.model, call.answered_by) == ("rate-ai", "default", "small", "other-2026")
    assert (call.asked_at, call.finish, call.cost) == (START, "stop", None)
    assert (call.usage.input, call.usage.cached, call.usage.output) == (30, 10, 5)
    assert KEY not in repr(call)
