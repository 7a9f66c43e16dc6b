"""A scripted server, a clock that only waits, one wire; stores on both databases where a test asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.llm.asking import Make, client, model
from tests.servers.model import ModelServer
from tests.servers.personalities import honest
from tests.store.conftest import empty, empty_url, engine, pg, store  # noqa: F401 - fixtures

from digester.net.endpoint import Endpoint, endpoint
from digester.net.replay import VirtualClock
from digester.store.sql import SqlStore

START = datetime(2026, 6, 20, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and addresses of whoever runs the tests are none of theirs."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "DIGESTER_LLM__API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(honest) as running:
        yield running


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(START)


@pytest.fixture
def wire() -> Iterator[Endpoint]:
    made = endpoint()
    yield made
    made.close()


@pytest.fixture
def make(store: SqlStore, server: ModelServer, wire: Endpoint, clock: VirtualClock) -> Make:  # noqa: F811
    """A model over the store, as each run makes a new one."""
    return lambda **how: model(how.pop("ledger", store), clock, client(server.url, wire, clock), **how)
