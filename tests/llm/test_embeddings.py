"""Vectors of texts: asked one by one, kept and never paid twice, checked before they are believed (fault L17)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.llm.asking import Make, asking, client, model, provider, rated
from tests.servers.model import ModelServer

from digester import app, models
from digester.config import Llm
from digester.domain.calls import Caps, ModelFault, Price
from digester.llm import embeddings
from digester.llm.batches import BatchModel
from digester.llm.client import Client
from digester.llm.ledger import LedgerModel
from digester.llm.received import read
from digester.net.endpoint import Endpoint
from digester.net.replay import VirtualClock
from digester.store.sql import SqlStore

TEXTS = ["Ostrelith 4 is out", "Ostrelith publishes its fourth model", "奥斯特里斯发布第四代模型"]


@pytest.fixture
def making(store: SqlStore, server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Callable[..., LedgerModel]:
    def made(named: str = "small-vectors", **how: Any) -> LedgerModel:
        other = Client(provider(server.url, "embedding", models={"embedding": named}), wire, clock, deadline=5.0)
        return model(store, clock, client(server.url, wire, clock), other, **how)

    return made


def asked(server: ModelServer) -> list[Any]:
    return [c.body for c in server.log if c.path.endswith("/embeddings")]


def test_each_text_is_asked_for_once_and_kept(making: Callable[..., LedgerModel], server: ModelServer) -> None:
    first = making().vectors([*TEXTS, TEXTS[0]])
    assert sorted(b["input"] for b in asked(server)) == sorted(TEXTS)
    assert {(b["model"], b["encoding_format"]) for b in asked(server)} == {("small-vectors", "float")}
    again = making()
    assert again.vectors([*TEXTS, TEXTS[0]]) == first
    assert len(asked(server)) == len(TEXTS)
    assert again.tally().calls == 0
    assert all(v and abs(math.hypot(*v) - 1) < 0.01 for v in first)


def test_what_is_kept_points_where_the_reply_did(making: Callable[..., LedgerModel], server: ModelServer) -> None:
    server.vectors = lambda text: [3.0, -4.0, 0.0]
    assert making().vectors(TEXTS[:1])[0] == pytest.approx((0.6, -0.8, 0.0), abs=1e-3)


def test_l17_another_model_is_asked_anew(making: Callable[..., LedgerModel], server: ModelServer) -> None:
    making().vectors(TEXTS)
    server.vectors = lambda text: [1.0, 0.0]
    assert {len(v or ()) for v in making("other-vectors").vectors(TEXTS)} == {2}


def test_l17_vectors_of_two_lengths_are_never_mixed(making: Callable[..., LedgerModel], server: ModelServer) -> None:
    server.vectors = lambda text: [1.0, 2.0, 3.0] if text == TEXTS[0] else [1.0, 2.0]
    assert [v and len(v) for v in making().vectors(TEXTS)] == [None, 2, 2]


def test_l17_a_model_that_changes_under_its_name_is_not_mixed_with_what_it_was() -> None:
    def answer(named: str) -> Any:
        from digester.domain.calls import Answer

        return Answer(tuple(json.loads(embeddings.kept([1.0, 2.0], named))["rows"]), "c")

    found = embeddings.vectors_of([answer("a-1"), answer("a-2"), answer("a-2"), ModelFault("unreachable", "gone")])
    assert [v is None for v in found] == [True, False, False, True]


@pytest.mark.parametrize(
    "said",
    [
        [0.0, 0.0], [math.nan, 1.0], [math.inf, 1.0], [], "abc", None, ["1.0", "2.0"], [True, False], [[1.0]], [1.0] * 9_000,
        [10**400, 1], {"0": 1.0},
    ],
)  # fmt: skip
def test_l17_what_is_no_direction_is_a_fault_and_never_a_vector(said: Any) -> None:
    body = json.dumps({"data": [{"embedding": said}], "model": "m", "usage": {"prompt_tokens": 3}}).encode()
    got = read(embeddings.ask_of("text"), body, 0.1, "there")
    assert getattr(got, "fault", None) == ModelFault("unreadable", "there answered something that is no embedding")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"data": []}', b'{"data": [[]]}', b"\xff"])
def test_a_reply_without_data_is_a_fault(body: bytes) -> None:
    assert getattr(read(embeddings.ask_of("text"), body, 0.1, "there"), "fault", None)


def test_tokens_are_those_of_the_text_and_are_capped(making: Callable[..., LedgerModel], server: ModelServer) -> None:
    made = making(prices={"small-vectors": Price(0.02, 0.0)})
    made.vectors(TEXTS[:1])
    tally = made.tally()
    assert (tally.calls, tally.usage.output, tally.usage.estimated) == (1, 0, False)
    assert tally.cost == pytest.approx(tally.usage.input * 0.02 / 1e6)
    capped = making(caps=Caps(tokens_per_run=1), run="run-2")
    assert capped.vectors(TEXTS[1:]) == [None, None]
    assert len(asked(server)) == 1


def test_words_are_asked_of_models_for_words_and_vectors_of_models_for_vectors(
    making: Callable[..., LedgerModel], server: ModelServer
) -> None:
    made = making()
    assert rated(list(made.answer([asking(3)]))) == [3]
    made.vectors(TEXTS)
    assert len(server.calls) == 1
    assert {c.body["model"] for c in server.calls} == {"small"}


def test_an_editor_does_not_depend_on_the_model_for_vectors(making: Callable[..., LedgerModel], make: Make) -> None:
    assert making().mark == make().mark == making("other-vectors").mark


def test_where_no_model_for_vectors_is_named_there_are_none(
    make: Make, store: SqlStore, server: ModelServer, wire: Endpoint, clock: VirtualClock
) -> None:
    assert make().vectors(TEXTS) == [None] * 3
    batch = BatchModel(client(server.url, wire, clock), store, clock, run_id="r", prices={}, caps=Caps())
    assert batch.vectors(TEXTS) == [None] * 3
    assert server.log == []


# ------------------------------------------------------------------ switched on
def test_a_model_for_vectors_alone_leaves_editing_to_the_embedded_editor(
    store: SqlStore, server: ModelServer, clock: VirtualClock, tmp_path: Path
) -> None:
    llm = Llm(embedding="small-vectors", base_url=server.url)
    with models.open_model(llm, {}, store, clock, "run-1") as asked:
        desk, judge = models.desk_of(llm, {}, app.editor(tmp_path), asked, tmp_path)
        assert desk.embedded is desk
        assert judge is not None
        assert asked is not None
        assert all(asked.vectors(TEXTS))
    assert [p.name for p in models.named(llm, {})] == ["embedding"]
    assert server.calls == []


def test_with_a_model_that_writes_both_are_asked_and_a_batch_asks_for_no_vectors(
    store: SqlStore, server: ModelServer, clock: VirtualClock, tmp_path: Path
) -> None:
    llm = Llm(fast="small", embedding="small-vectors", base_url=server.url)
    with models.open_model(llm, {}, store, clock, "run-1") as asked:
        desk, judge = models.desk_of(llm, {}, app.editor(tmp_path), asked, tmp_path)
        assert desk.embedded is not desk
        assert judge is not None
    with models.open_model(llm, {}, store, clock, "run-2", batch=True) as queued:
        assert queued is not None
        assert queued.vectors(TEXTS) == [None] * 3


def test_without_a_key_for_openai_it_is_said_and_nothing_is_asked(store: SqlStore, clock: VirtualClock) -> None:
    llm = Llm(embedding="text-embedding-3-small")
    assert "llm.embedding is 'text-embedding-3-small', but OPENAI_API_KEY is not set" in models.missing(llm, {})
    with models.open_model(llm, {}, store, clock, "run-1") as asked:
        assert asked is None
