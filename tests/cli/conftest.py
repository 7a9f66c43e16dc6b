"""Workspaces for tests of the command line: copies of one that was collected, and of one with both issues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import newsroom
from tests.servers.newsroom import Desk, Web

from digester.demo.mailbox import Mailbox


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands on a collected week waits for it, once a session: that is no quick test."""
    for item in items:
        if {"collected", "made"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def web() -> Iterator[Web]:
    """The demo world at the morning of the issue, for tests that do not bend it."""
    with Web() as running:
        yield running


@pytest.fixture
def empty(tmp_path: Path, web: Web) -> Desk:
    """A workspace in which nothing was done yet."""
    desk = Desk(tmp_path / "empty")
    desk.home.mkdir()
    return newsroom.serve(desk, web)


@pytest.fixture
def collected(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, web: Web) -> Desk:
    """A workspace with a week of items and no issue."""
    return newsroom.serve(newsroom.collected(tmp_path_factory, tmp_path / "collected"), web)


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, web: Web) -> Desk:
    """A workspace with the daily and the weekly issue."""
    return newsroom.serve(newsroom.made(tmp_path_factory, tmp_path / "made"), web)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server that takes everything."""
    with Mailbox() as box:
        yield box
