"""What holds for every test: sockets go to this machine only."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # speed is measured in bench/, where nothing else runs
settings.load_profile("untimed")

_connect = socket.socket.connect


def _loopback_only(sock: socket.socket, address: Any) -> None:
    """AF_UNIX addresses are text or bytes; all others must be a literal loopback address."""
    if isinstance(address, tuple):
        host = str(address[0]).split("%")[0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"a test wanted to connect to {address!r}")
    _connect(sock, address)


@pytest.fixture(autouse=True, scope="session")
def no_outside_world() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _loopback_only)
        yield


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes name no test: what was packed with a clock in it would give each worker tests of other names."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None
