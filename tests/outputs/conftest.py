"""Golden files: `DIGESTER_UPDATE_GOLDEN=1 pytest tests/outputs` rewrites them.

Read the diff before you keep it: it is what every reader will see.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, bytes], None]:
    """Compares bytes with the kept file, or keeps them when asked to."""

    def check(name: str, body: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("DIGESTER_UPDATE_GOLDEN"):
            path.write_bytes(body)
        assert path.read_bytes() == body, f"{name} changed; see tests/outputs/conftest.py"

    return check
