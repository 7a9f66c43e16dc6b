"""The door on a clock that only passes by sleeping, and a scripted server that it may reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from tests.servers.raw_http import RawServer

from digester.net import guard
from digester.net.guard import Resolve
from digester.net.http import Door, Limits
from digester.net.replay import VirtualClock

NOW = datetime(2026, 6, 20, 7, tzinfo=UTC)
MakeDoor = Callable[..., Door]


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOW)


@pytest.fixture
def make_door(clock: VirtualClock) -> Iterator[MakeDoor]:
    with ExitStack() as stack:

        def make(
            *, allow: tuple[str, ...] = ("127.0.0.1",), base: str | None = None,
            resolve: Resolve = guard.resolve, **limits: float,
        ) -> Door:  # fmt: skip
            sized = Limits(**limits)  # type: ignore[arg-type]
            door = Door(clock=clock, agent="digester-test/1", limits=sized, allow=allow, base=base, resolve=resolve)
            stack.callback(door.close)
            return door

        yield make


@pytest.fixture
def door(make_door: MakeDoor) -> Door:
    return make_door()


@pytest.fixture
def replayed(make_door: MakeDoor, server: RawServer) -> Door:
    """A door that asks the scripted server for every URL; only the server's own address is exempt."""
    return make_door(allow=(), base=server.base)
