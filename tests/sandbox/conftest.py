"""A scripted server that hostile documents name, to see whether anybody asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.servers.raw_http import RawServer


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running
