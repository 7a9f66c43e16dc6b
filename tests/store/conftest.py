"""Every test of the suite runs on SQLite (a file) and on PostgreSQL (a throw-away cluster)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tests.servers import postgres
from tests.servers.postgres import Cluster

from digester.store.engine import make_engine, migrate
from digester.store.sql import SqlStore


@pytest.fixture(scope="session")
def pg() -> Iterator[Cluster]:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.cluster() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, gone after the test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'digester.db'}"
        return
    server: Cluster = request.getfixturevalue("pg")
    url = server.database()
    yield url
    server.drop(url)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty: Engine) -> Engine:
    migrate(empty)
    return empty


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine)
