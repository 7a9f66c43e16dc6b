"""Waits that differ a little between hosts and sources, so that what failed together does not come again together.

No chance is in them: the same failure waits as long in every run, and a test can say how long.
"""

from __future__ import annotations

from digester.domain.ids import digest

MOST = 0.25  # of the wait, on top of it


def stretch(name: str, attempt: int) -> float:
    """The factor for the wait of a host or source after its `attempt`-th failure: at least 1, below 1 + MOST."""
    return 1 + MOST * int(digest("jitter", name, str(attempt), size=4), 16) / 2**32
