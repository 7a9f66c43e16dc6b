"""`digester cost` and `digester llm try`: what models cost and whether they answer (L11, L22)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.llm.asking import GOOD, KEY
from tests.servers.model import ModelServer, completion, error, raw, rungs
from tests.servers.newsroom import Desk, Web, serve
from tests.servers.personalities import honest

from digester.domain.calls import Spend, SpendState, Usage

NOW = datetime.fromisoformat("2026-06-20T07:00:00+00:00")
PRICES = "llm:\n  prices:\n    small: {input: 1, output: 4}\n    large: {input: 10, output: 40}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Web() as web:
        yield serve(Desk(tmp_path, now=NOW.isoformat()), web)


@pytest.fixture
def asking(desk: Desk, server: ModelServer) -> Desk:
    """The same with two models named."""
    desk.env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "large", "DIGESTER_LLM__BASE_URL": server.url,
                "OPENAI_API_KEY": KEY}  # fmt: skip
    return desk


def spent(desk: Desk, *spends: Spend) -> None:
    with desk.store() as store:
        for spend in spends:
            store.save_call(None, spend)


def spend(n: int, task: str = "read", model: str = "large", days: float = 0, run: str = "run-1", cost: float | None = 0.5,
          state: SpendState = "settled") -> Spend:  # fmt: skip
    return Spend(f"s{n}", run, f"c{n}", NOW - timedelta(days=days), task, model, state, Usage(1000, 200, 100), cost)


SPENDS = (
    spend(1), spend(2, "rate-ai", "small", cost=0.25), spend(3, "rate-ai", "small", days=1, run="run-0", cost=0.125),
    spend(4, days=1, run="run-0"),
)  # fmt: skip


# ------------------------------------------------------------------------- cost
def test_an_empty_ledger_is_said(desk: Desk) -> None:
    done = desk("cost")
    assert (done.code, done.out) == (0, "since 2026-05-21: no model was asked\n")
    told = desk.json("cost")
    assert (told["rows"], told["total"]["calls"], told["total"]["cost"]) == ([], 0, 0.0)


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("day", {"2026-06-19": (2, 0.625), "2026-06-20": (2, 0.75)}),
        ("run", {"run-0": (2, 0.625), "run-1": (2, 0.75)}),
        ("task", {"rate-ai": (2, 0.375), "read": (2, 1.0)}),
        ("model", {"large": (2, 1.0), "small": (2, 0.375)}),
    ],
)
def test_what_was_spent_by_day_run_task_and_model(desk: Desk, by: str, rows: dict[str, tuple[int, float]]) -> None:
    spent(desk, *SPENDS)
    told = desk.json("cost", "--by", by)
    assert told["by"] == by
    assert [(r["name"], r["calls"], r["cost"]) for r in told["rows"]] == [(k, *v) for k, v in rows.items()]
    total = told["total"]
    assert (total["calls"], total["input"], total["cached"], total["output"], total["cost"]) == (
        4,
        4000,
        800,
        400,
        1.375,
    )
    lines = desk("cost", "--by", by).out.splitlines()
    assert len(lines) == 1 + len(rows) + 1
    assert lines[0].startswith(by)
    assert lines[-1].startswith("in all")
    assert "1.3750 US dollars" in lines[-1]


def test_L11_a_price_that_is_not_known_is_said_and_never_nothing(desk: Desk) -> None:
    spent(desk, *SPENDS, spend(5, "note", "free", cost=None))
    told = desk.json("cost", "--by", "model")
    assert {r["name"]: r["cost"] for r in told["rows"]} == {"free": None, "large": 1.0, "small": 0.375}
    assert told["total"]["cost"] is None
    free, large, _, total = desk("cost", "--by", "model").out.splitlines()[1:]
    assert "cost unknown (llm.prices)" in free
    assert "1.0000 US dollars" in large
    assert "cost unknown" in total


def test_only_the_days_that_are_asked_for_count(desk: Desk) -> None:
    spent(desk, *SPENDS, spend(5, days=40), spend(6, days=7 / 24))  # the last is of midnight
    assert {n: desk.json("cost", "--days", str(n))["total"]["calls"] for n in (1, 2, 31, 41)} == {
        1: 3,
        2: 5,
        31: 5,
        41: 6,
    }


def test_L13_what_a_killed_run_left_is_shown_as_open(desk: Desk) -> None:
    spent(desk, spend(1), spend(2, state="reserved"), spend(3, state="lost"))
    assert desk.json("cost")["total"]["open"] == 1
    assert "1 calls were reserved and not settled" in desk("cost").out


def test_what_costs_are_not_kept_by_is_named(desk: Desk) -> None:
    done = desk("cost", "--by", "source")
    assert done.code == 2
    assert "--by day, --by run, --by task, --by model" in done.err


def test_costs_are_looked_up_without_a_key_and_nobody_is_asked(asking: Desk, server: ModelServer) -> None:
    spent(asking, *SPENDS)
    assert asking("cost").code == 0
    asking.env = {**asking.env, "OPENAI_API_KEY": ""}
    assert asking("cost").code == 0
    assert server.log == []


# ---------------------------------------------------------------------- llm try
def test_models_that_answer(asking: Desk, server: ModelServer) -> None:
    asking.write(asking.config.read_text("utf-8") + PRICES)
    done = asking("llm", "try")
    assert done.code == 0
    fast, strong = done.out.splitlines()
    assert all(word in fast for word in ("default", "fast", "small", "ok, json_schema", "US dollars"))
    assert all(word in strong for word in ("strong", "large", "ok"))
    told = asking.json("llm", "try")
    assert [(r["model"], r["tier"], r["ok"], r["rung"], r["estimated"]) for r in told] == [
        ("small", "fast", True, "json_schema", False), ("large", "strong", True, "json_schema", False)]  # fmt: skip
    assert told[1]["cost"] == pytest.approx(10 * told[0]["cost"])
    assert {c.body["model"] for c in server.calls} == {"small", "large"}


def test_a_try_is_outside_the_ledger(asking: Desk) -> None:
    assert asking("llm", "try").code == 0
    assert asking.json("cost")["total"]["calls"] == 0


def test_one_model_for_both_tiers_is_asked_once(asking: Desk, server: ModelServer) -> None:
    asking.env = {k: v for k, v in asking.env.items() if not k.endswith("STRONG")}
    assert len(asking.json("llm", "try")) == len(server.calls) == 1


def test_what_a_server_understands_and_who_answers_is_said(asking: Desk, server: ModelServer) -> None:
    server.script = rungs({"json_object"}, completion(GOOD, model="other-2026", usage=None))
    line = asking("llm", "try").out.splitlines()[0]
    assert "ok, json_object" in line
    assert "tokens (estimated)" in line
    assert "cost unknown (llm.prices)" in line
    assert "answers as other-2026" in line


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"), "check OPENAI_API_KEY"),
        (error(404, "model_not_found", "The model does not exist."), "llm.fast"),
        (error(429, "insufficient_quota", "You exceeded your current quota."), "quota"),
        (raw(b"<h1>Bad gateway</h1>", 502, "text/html"), "answers 502"),
        (completion("I like the weather."), "no rows"),
        (completion(""), "answered nothing"),
        (error(429, "rate_limit_exceeded", "Slow down.", headers={"Retry-After": "100000"}), "rate limit"),
    ],
)
def test_L03_a_model_that_does_not_answer_is_said_and_fails(
    asking: Desk, server: ModelServer, script: Any, told: str
) -> None:
    server.script = script
    done = asking("llm", "try")
    assert done.code == 1
    assert all("FAILED" in line and told in line for line in done.out.splitlines())
    assert KEY not in done.said
    assert not any(r["ok"] for r in asking.json("llm", "try"))


def test_one_provider_of_two_is_enough(asking: Desk, server: ModelServer) -> None:
    with ModelServer(honest) as backup:
        extra = f"llm:\n  providers:\n  - {{name: backup, base_url: '{backup.url}', fast: reserve}}\n"
        asking.write(asking.config.read_text("utf-8") + extra)
        server.script = error(401, None, "No.")
        told = asking.json("llm", "try")
        assert [(r["provider"], r["ok"]) for r in told] == [("default", False), ("default", False), ("backup", True)]
        assert asking("llm", "try").code == 0
        assert KEY not in str([c.headers for c in backup.log])


def test_without_a_model_it_is_said_what_to_set(desk: Desk) -> None:
    done = desk("llm", "try")
    assert done.code == 4
    assert "DIGESTER_LLM__FAST" in done.err


def test_without_a_key_openai_is_not_asked(desk: Desk) -> None:
    desk.env = {"DIGESTER_LLM__FAST": "small"}
    done = desk("llm", "try")
    assert done.code == 1
    assert "OPENAI_API_KEY is not set" in done.err


def test_a_key_that_cannot_be_meant_is_named(asking: Desk, server: ModelServer) -> None:
    asking.env = {**asking.env, "OPENAI_API_KEY": f"{KEY}\n"}
    done = asking("llm", "try")
    assert done.code == 5
    assert "OPENAI_API_KEY" in done.err
    assert KEY not in done.said
    assert server.log == []


def test_a_try_has_no_dry_run(asking: Desk, server: ModelServer) -> None:
    assert asking("--dry-run", "llm", "try").code == 2
    assert server.log == []
