"""What a workspace keeps of its models, on SQLite and on PostgreSQL: markers, rungs; and models that are no use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.llm.asking import GOOD, Make, asking, provider, questions, rated
from tests.llm.conftest import START
from tests.servers.model import ModelServer, completion, rungs, sequence
from tests.servers.personalities import honest

from digester import models
from digester.config import Llm
from digester.llm.ledger import (
    RUNG_DAYS,
    USELESS,
    marker_of,
    rung_name,
    rung_of,
    workspace_key,
)
from digester.net.replay import VirtualClock
from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore


# ---------------------------------------------------------------- the workspace
def test_L21_a_marker_is_of_the_text_and_of_the_workspace(make: Make, store: SqlStore) -> None:
    made = [make().marker(t) for t in ("a text", "a text", "another", "", "\ud800")]
    assert made[0] == made[1] == make(run="run-2").marker("a text")
    assert len(set(made)) == 4
    assert all(len(m) == 8 and int(m, 16) >= 0 and m == m.lower() for m in made)
    assert made[0] == marker_of(workspace_key(store), "a text")


def test_L21_another_workspace_has_other_markers(make: Make) -> None:
    other = make_engine("sqlite://")
    try:
        migrate(other)
        assert make().marker("a text") != marker_of(workspace_key(SqlStore(other)), "a text")
    finally:
        other.dispose()


def test_a_key_that_is_not_to_be_made_is_not_kept(store: SqlStore) -> None:
    assert workspace_key(store, make=False) != workspace_key(store, make=False)
    kept = workspace_key(store)
    assert workspace_key(store, make=False) == workspace_key(store) == kept


def test_the_rung_is_kept_for_the_next_runs_and_tried_anew_after_a_while(
    store: SqlStore, server: ModelServer, clock: VirtualClock
) -> None:
    server.script = rungs({"json_object"}, honest)
    llm = Llm(fast="small", strong="large", base_url=server.url)
    used = []
    for n, days in enumerate((0, 1, RUNG_DAYS - 2, 2, 1)):
        clock.sleep(days * 86_400)
        with models.open_model(llm, {}, store, clock, f"run-{n}") as made:
            assert made is not None
            made.answer([questions(5)[n]])
        used.append([c.rung for c in server.calls])
        server.log.clear()
    down, kept = ["json_schema", "tool", "json_object"], ["json_object"]
    assert used == [down, kept, kept, down, kept]
    other = replace(provider(server.url), models={"fast": "x", "strong": "x"})
    assert (store.kept(rung_name(other)), rung_of(None, START.date())) == (None, None)


@pytest.mark.parametrize("kept", ["", "json_object", "json_object soon", "json_object 2026-06-20 x", "\0"])
def test_a_kept_rung_that_cannot_be_read_is_none(kept: str) -> None:
    assert rung_of(kept, START.date()) in (None, "")


# ------------------------------------------------------------- useless answers
def test_L09_a_model_without_usable_answers_is_not_asked_for_ever(make: Make, server: ModelServer) -> None:
    server.script = completion("The weather is fine.")
    made = make(width=1)
    assert rated(made.answer(questions(20))) == ["unreadable"] * 20
    assert len(server.calls) == USELESS
    assert {n for _, n in made.tally().faults} == {USELESS, 20 - USELESS}
    server.script = honest
    assert rated(make(run="run-2").answer(questions(21)[20:])) == [1]


def test_L09_a_usable_answer_among_them_counts(make: Make, server: ModelServer) -> None:
    server.script = sequence(*[*[completion("No.")] * (USELESS - 1), honest] * 2)
    found = rated(make(width=1).answer(questions(2 * USELESS)))
    assert [type(x) for x in found] == [*[str] * (USELESS - 1), int] * 2


def test_L09_an_echo_of_the_question_is_no_answer(make: Make, server: ModelServer) -> None:
    server.script = lambda call: completion(f"{call.system}\n{GOOD}")
    assert rated(make().answer([asking(), asking(system="Task: x\n\n" + "Rate well. " * 30)])) == ["unreadable"] * 2
