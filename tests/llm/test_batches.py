"""A past week through the Batch API: queued, taken up later by the same command, never asked twice, half the price."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.servers import newsroom
from tests.servers.model import ModelServer, error
from tests.servers.newsroom import DAILY, Desk, Web
from tests.servers.personalities import honest

PRICES = "\nllm: {prices: {small: {input: 1, output: 4}, big: {input: 10, output: 40}}}\n"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Desk]:
    with Web() as web:
        made = newsroom.serve(newsroom.collected(tmp_path_factory, tmp_path / "desk"), web)
        made.write(made.config.read_text("utf-8") + PRICES)
        for step in ("screen", "enrich"):
            assert made(step, DAILY[0], "--date", DAILY[1]).code == 0
        yield made


def asked(desk: Desk, server: ModelServer, *words: str) -> newsroom.Done:
    desk.env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": server.url}
    return desk("--json", *words, DAILY[0], "--date", DAILY[1])


@pytest.mark.slow
def test_ratings_then_readings_come_by_batches_and_the_issue_is_composed_of_them(desk: Desk) -> None:
    with ModelServer(honest, batch_polls=1) as server:
        first = asked(desk, server, "assess", "--batch")
        assert first.code == 3 and len(first.data["batches"]["begun"]) == 2, first.said  # embedded 4s are read at once
        waiting = asked(desk, server, "assess", "--batch")
        assert waiting.data["batches"]["under_way"] > 0
        assert waiting.data["batches"]["begun"] == []
        counts = []
        for _ in range(6):
            done = asked(desk, server, "assess", "--batch")
            counts.append(done.data["batches"]["answered"])
            if done.code == 0:
                break
        assert done.code == 0 and sum(counts) >= 4
        assert server.calls == [], "not one question was asked by itself"
        asked_of = {(c.system, c.data) for c in server.batched}
        assert len(asked_of) == len(server.batched), "and none twice"
        made = asked(desk, server, "compose")
        assert made.code == 0, made.said
        assert {c.task for c in server.calls} == {"pairs", "headline", "weekly", "posts", "episode", "translate"}
    record = desk.issue(*DAILY)
    assert any(s.rule == "written:read" for s in record.sentences())
    with desk.store() as store, store.engine.begin() as c:
        bodies = [row[0] for row in c.execute(text("SELECT body FROM spends"))]
    assert not [b for b in bodies if '"state":"reserved"' in b]
    batched = next(b for b in bodies if '"task":"rate-ai"' in b)
    spend = json.loads(batched)
    usage = spend["usage"]
    assert spend["cost"] == pytest.approx((usage["input"] * 1 + usage["output"] * 4) / 1_000_000 / 2)


@pytest.mark.slow
def test_a_provider_without_batches_says_so_and_nothing_stays_reserved(desk: Desk) -> None:
    with ModelServer(honest) as server:
        server.script = error(500, "x", "no")
        done = asked(desk, server, "assess", "--batch")  # lines are answered with errors when the batch is made
        assert done.code == 3
        told = [asked(desk, server, "assess", "--batch").data["batches"] for _ in range(3)]
        assert sum(t["unanswered"] for t in told) >= 1
        assert all(t["answered"] == 0 for t in told)
    with ModelServer(honest) as gone:
        pass
    done = asked(desk, gone, "assess", "--batch")
    assert done.code == 1 and "no batch" in done.err
    with desk.store() as store:
        states = [s.state for s in store.spends_since(datetime(2000, 1, 1, tzinfo=UTC))]
    assert "lost" not in states
