"""First run, one step alone and resume after a kill are one code path with one result."""

from __future__ import annotations

import json
import subprocess

import pytest
from tests.servers.newsroom import DAILY, WEEKLY, Desk, command, environment

STEPS = ("screen", "enrich", "assess", "pictures", "cluster", "compose", "publish")
pytestmark = pytest.mark.slow


def of(desk: Desk, kind: str) -> dict[str, bytes]:
    return {f: b for f, b in desk.files().items() if f.startswith(kind)}


@pytest.mark.parametrize(("kind", "period"), [DAILY, WEEKLY])
def test_the_steps_one_by_one_give_the_record_of_a_run(collected: Desk, made: Desk, kind: str, period: str) -> None:
    assert collected("collect").code == 0
    for step in STEPS:
        done = collected(step, kind, "--date", period)
        assert done.code == 0, (step, done.said)
    assert of(collected, kind) == of(made, kind)
    assert collected.issue(kind, period) == made.issue(kind, period)


@pytest.mark.parametrize("after", ["assess", "compose"])
def test_a_run_after_any_step_goes_on_from_there(collected: Desk, made: Desk, after: str) -> None:
    kind, period = DAILY
    for step in STEPS[: STEPS.index(after) + 1]:
        assert collected(step, kind, "--date", period).code == 0
    done = collected("run", kind, "--date", period)
    assert done.code == 0, done.said
    assert of(collected, kind) == of(made, kind)


def test_killed_while_enriching_the_next_run_gives_the_same_issue(collected: Desk, made: Desk) -> None:
    kind, period = WEEKLY
    running = subprocess.Popen(
        command(*collected.words, "-v", "run", kind, "--date", period), env=environment(), stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    assert running.stderr is not None
    for line in running.stderr:
        if json.loads(line)["event"] == "enrich":
            break
    running.kill()
    running.communicate(timeout=60)
    assert collected.json("issues", "list") == []
    done = collected("run", kind, "--date", period)
    assert done.code == 0, done.said
    assert of(collected, kind) == of(made, kind)
    assert "killed" in {r["outcome"] for r in collected.json("status")["runs"]}
