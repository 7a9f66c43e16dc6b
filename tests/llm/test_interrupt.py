"""A run that is interrupted or killed while models are asked: it ends at once, and only what was in flight is bought again
(L12, L13, L16)."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import newsroom
from tests.servers.model import Call, ModelServer, Reply, hang
from tests.servers.newsroom import DAILY, Desk, Web, command, environment, serve
from tests.servers.personalities import honest

pytestmark = pytest.mark.slow  # a process each


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, server: ModelServer) -> Iterator[Desk]:
    """A collected week; a model has ten minutes for an answer."""
    with Web() as web:
        made = serve(newsroom.collected(tmp_path_factory, tmp_path / "collected"), web)
        made.env = {
            "DIGESTER_LLM__FAST": "small",
            "DIGESTER_LLM__BASE_URL": server.url,
            "DIGESTER_LLM__DEADLINE": "600",
        }
        yield made


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_L13_only_what_was_in_flight_is_bought_again(
    desk: Desk, server: ModelServer, sent: signal.Signals, code: int
) -> None:
    kind, period = DAILY
    hanging = threading.Event()

    def rates_only(call: Call) -> Reply:
        if call.task.startswith("rate-"):
            return honest(call)
        hanging.set()
        return hang()

    server.script = rates_only
    words = command(*desk.words, "run", kind, "--date", period)
    with subprocess.Popen(
        words, env=environment(desk.env), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        try:
            assert hanging.wait(60)
            run.send_signal(sent)
            assert run.wait(60) == code
        finally:
            run.kill()
    open_ = desk.json("cost")["total"]["open"]
    assert 1 <= open_ <= 8
    before = Counter(c.task for c in server.calls)
    rates = [c.data for c in server.calls if c.task == "rate-ai"]
    assert before["read"] <= open_
    server.log.clear()
    server.script = honest
    done = desk("run", kind, "--date", period)
    assert done.code == 0, done.said
    assert not {c.data for c in server.calls} & set(rates)
    assert desk.json("cost")["total"]["open"] == open_  # it may have been paid: it stays counted
    assert "not settled" in desk("cost").out
