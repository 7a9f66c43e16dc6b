"""What a run would ask is told before anything is asked, and what it asked afterwards: over a collected week."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.servers import newsroom
from tests.servers.model import ModelServer
from tests.servers.newsroom import DAILY, WEEKLY, Desk, Web, serve

pytestmark = pytest.mark.slow  # a week is collected first


@pytest.fixture(scope="session")
def web() -> Iterator[Web]:
    with Web() as running:
        yield running


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, web: Web, server: ModelServer) -> Desk:
    """A collected week and two models."""
    made = serve(newsroom.collected(tmp_path_factory, tmp_path / "collected"), web)
    made.env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "large", "DIGESTER_LLM__BASE_URL": server.url}
    return made


@pytest.fixture
def bare(desk: Desk) -> Desk:
    """The same without models."""
    desk.env = {}
    return desk


def forecast(desk: Desk, issue: tuple[str, str]) -> dict[str, Any]:
    kind, period = issue
    found: dict[str, Any] = desk.json("--dry-run", "run", kind, "--date", period)["model"]
    return found


def step(desk: Desk, name: str, issue: tuple[str, str]) -> dict[str, Any]:
    kind, period = issue
    told: dict[str, Any] = desk.json(name, kind, "--date", period)
    return told


def files(desk: Desk) -> dict[str, bytes]:
    return {
        str(p): p.read_bytes() for p in sorted(desk.home.rglob("*")) if p.is_file() and p.suffix not in (".db-shm",)
    }


@pytest.mark.parametrize("issue", [DAILY])
def test_a_forecast_asks_and_writes_nothing(desk: Desk, server: ModelServer, web: Web, issue: tuple[str, str]) -> None:
    before, asked = files(desk), len(web.log)
    told = forecast(desk, issue)
    assert told["calls"] > 0
    assert told["kept"] == 0
    assert (server.log, len(web.log)) == ([], asked)
    assert files(desk) == before


@pytest.mark.parametrize("issue", [DAILY, WEEKLY])
def test_a_forecast_is_what_the_step_then_asks(desk: Desk, server: ModelServer, issue: tuple[str, str]) -> None:
    """With whole texts in hand the calls are exact; the tokens are the input's and the most of the output's."""
    step(desk, "screen", issue)
    step(desk, "enrich", issue)
    told = forecast(desk, issue)
    assert server.log == []
    made = step(desk, "assess", issue)
    assert made["model"]["calls"] == len(server.calls) == told["calls"]
    total = desk.json("cost")["total"]
    assert total["input"] == pytest.approx(told["input"], rel=0.1)
    assert total["output"] <= told["output"]


@pytest.mark.parametrize("issue", [DAILY])
def test_a_forecast_before_the_texts_are_fetched_is_near(
    desk: Desk, server: ModelServer, issue: tuple[str, str]
) -> None:
    told = forecast(desk, issue)
    step(desk, "screen", issue)
    step(desk, "enrich", issue)
    made = step(desk, "assess", issue)["model"]["calls"]
    assert abs(made - told["calls"]) <= 2


def test_what_was_assessed_is_not_asked_again(desk: Desk, server: ModelServer) -> None:
    for name in ("screen", "enrich", "assess"):
        step(desk, name, DAILY)
    asked = len(server.calls)
    assert forecast(desk, DAILY)["calls"] == 0
    assert "model" not in step(desk, "assess", DAILY)
    assert len(server.calls) == asked


def test_a_forecast_of_nothing_rates_nothing(desk: Desk) -> None:
    for name in ("screen", "enrich", "assess"):
        step(desk, name, DAILY)
    told = forecast(desk, DAILY)
    assert (told["calls"], told["rated"], told["read"]) == (0, 0, 0)


def test_a_work_that_was_asked_about_alone_is_not_paid_again(desk: Desk, server: ModelServer) -> None:
    """Two works are asked about alone and refused; the next run finds two that are still to be read."""
    step(desk, "screen", DAILY)
    step(desk, "assess", DAILY)
    alone = {str(c.units.values()) for c in server.calls if c.task == "read" and len(c.units) == 1}
    assert len(alone) == 2
    server.log.clear()
    step(desk, "assess", DAILY)
    assert not alone & {str(c.units.values()) for c in server.calls}


def test_a_workspace_that_lost_its_ratings_but_not_its_ledger_pays_nothing(
    desk: Desk, server: ModelServer, tmp_path: Path
) -> None:
    """The kept replies serve any number of times: a kill after the replies and before the ratings costs nothing."""
    for name in ("screen", "enrich"):
        step(desk, name, DAILY)
    before = tmp_path / "before"
    shutil.copytree(desk.home, before)
    step(desk, "assess", DAILY)
    asked = len(server.calls)
    with desk.store() as store, Desk(before, env=desk.env).store() as other:
        other.keep("llm.key", store.kept("llm.key"))
        ids = {s.call_id for s in store.spends_since(desk.workspace().now.replace(day=1))}
        calls = store.calls(ids)
        assert len(calls) == asked
        for spend in store.spends_since(desk.workspace().now.replace(day=1)):
            other.save_call(calls[spend.call_id], spend)
    again = Desk(before, now=desk.now, env=desk.env)
    told = forecast(again, DAILY)
    assert (told["calls"], told["kept"]) == (0, asked)
    made = step(again, "assess", DAILY)["model"]
    assert (made["calls"], made["kept"], made["cost"]) == (0, asked, 0.0)
    assert len(server.calls) == asked


def test_the_forecast_is_said_to_people(desk: Desk) -> None:
    kind, period = DAILY
    done = desk("--dry-run", "run", kind, "--date", period)
    told = forecast(desk, DAILY)
    first, second = (line for line in done.out.splitlines() if line.startswith("model: "))
    assert f"{told['calls']} calls to rate {told['rated']} and read {told['read']} of {told['items']}" in first
    assert "cost unknown (llm.prices)" in first
    assert f"about {told['writing_calls']} more" in second


def test_with_prices_the_forecast_names_what_it_costs_at_most(desk: Desk) -> None:
    prices = "llm:\n  prices:\n    small: {input: 1, output: 1}\n    large: {input: 1, output: 1}\n"
    desk.write(desk.config.read_text("utf-8") + prices)
    told = forecast(desk, DAILY)
    assert told["cost"] == pytest.approx((told["input"] + told["output"]) / 1e6)


def test_without_a_model_there_is_no_forecast_of_one(bare: Desk, server: ModelServer) -> None:
    assert forecast(bare, DAILY) is None
    assert "model" not in bare("--dry-run", "run", *DAILY[:1], "--date", DAILY[1]).out
    bare.env = {"DIGESTER_LLM__FAST": "small"}  # at OpenAI, without a key
    assert forecast(bare, DAILY) is None


def test_a_run_says_what_it_asked_and_the_ledger_says_the_same(desk: Desk, server: ModelServer) -> None:
    kind, period = DAILY
    done = desk.json("run", kind, "--date", period)
    asked = [s["model"] for s in done["steps"] if "model" in s]
    total = desk.json("cost", "--by", "run")["total"]
    assert sum(m["calls"] for m in asked) == total["calls"] == len(server.calls)
    assert sum(m["tokens"] for m in asked) == total["input"] + total["output"]
    assert [m["cost"] for m in asked] == [None] * len(asked)
    assert desk.json("--dry-run", "run", kind, "--date", period)["model"] is None  # frozen
    again = desk.json("run", kind, "--date", period)
    assert not any("model" in s for s in again["steps"])
    assert len(server.calls) == total["calls"]


def test_without_a_key_the_issue_is_made_without_a_model_and_that_is_said(bare: Desk, server: ModelServer) -> None:
    kind, period = DAILY
    bare.env = {"DIGESTER_LLM__FAST": "small"}
    done = bare("run", kind, "--date", period)
    assert done.code == 0
    assert "OPENAI_API_KEY is not set: the issues are edited without a model" in done.err
    assert "model:" not in done.out
    assert bare.json("cost")["total"]["calls"] == 0
