"""A process that is killed while it sends (M07): nobody gets a message twice, and a restart sends what is missing.

The server kills the sender by SIGKILL at chosen points of the dialogue, and judges by its own count. PROVE=1 does so at more
points with more recipients: each stage of each of sixty dialogues, and a hundred points drawn at random.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.servers.mailing import desk, people
from tests.servers.newsroom import Desk, command, environment
from tests.servers.raw_smtp import At, RawSmtp, Say

pytestmark = pytest.mark.slow
PROVE = os.environ.get("PROVE") == "1"
POINTS = [
    ("connect", 1, "before"),
    ("MAIL", 3, "before"),
    ("RCPT", 9, "after"),
    ("DATA", 2, "before"),
    ("DATA", 12, "after"),
    ("taken", 1, "before"),
    ("taken", 8, "after"),
    ("taken", 5, "refused"),
]
STAGES = ("MAIL", "RCPT", "DATA", "taken")
Point = tuple[str, int, str]  # the n-th such stage of a process, and whether it dies before or after the answer


@dataclass
class Killer:
    """Kills the sender at one point of its dialogue. `refused`: the message is not taken, and nobody hears of that."""

    server: RawSmtp
    point: Point | None = None
    sender: subprocess.Popen[bytes] | None = None
    kills: int = 0
    _seen: int = 0

    def aim(self, sender: subprocess.Popen[bytes], point: Point | None) -> None:
        self.sender, self.point, self._seen = sender, point, 0

    def __call__(self, at: At) -> Say | None:
        if self.point is None or at.stage != self.point[0]:
            return None
        self._seen += 1
        if self._seen != self.point[1]:
            return None
        when, self.point = self.point[2], None
        if when == "after":
            return Say(after=self._kill)
        return Say(before=self._kill, takes=False if when == "refused" else None)

    def _kill(self) -> None:
        self.kills += 1
        assert self.sender is not None
        self.sender.kill()  # by SIGKILL, and nobody else when it has ended by itself


@dataclass
class Trial:
    """A workspace that is sent from by processes which die."""

    home: Desk
    server: RawSmtp
    killer: Killer
    recipients: list[str]
    doubts: list[int] = field(default_factory=list)

    def process(self, point: Point | None) -> int:
        words = command(*self.home.words, "send", "rec-weekly", "--date", "2026-W25")
        with subprocess.Popen(words, env=environment(self.home.env), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as sender:  # fmt: skip
            self.killer.aim(sender, point)
            told = sender.communicate(timeout=120)[1]
        code = sender.returncode
        assert code in (0, 3, -signal.SIGKILL), told.decode()
        self.doubts.append(self.states().count("in_doubt") + self.states().count("sending"))
        return code

    def states(self) -> list[str]:
        with self.home.store() as store:
            return [r.state for r in store.deliveries()]

    def until_done(self, points: Iterator[Point | None]) -> None:
        """A process for each point, and the last one unharmed."""
        while self.process(next(points, None)) == -signal.SIGKILL:
            assert len(self.doubts) < 1000

    def judge(self) -> None:
        taken = self.server.acceptances()
        assert set(taken) <= set(self.recipients)
        assert max(taken.values()) == 1
        with self.home.store() as store:
            rows = {r.recipient: r for r in store.deliveries()}
        assert sorted(rows) == self.recipients
        assert {r.state for r in rows.values()} <= {"accepted", "in_doubt"}
        assert all(taken[r] == 1 for r, row in rows.items() if row.state == "accepted")
        in_doubt = sum(row.state == "in_doubt" for row in rows.values())
        assert in_doubt <= self.killer.kills
        assert all(later - before <= 1 for before, later in zip([0, *self.doubts], self.doubts, strict=False))


Try = Callable[[int], Trial]


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Try]:
    with RawSmtp() as server:

        def made(number: int) -> Trial:
            killer = Killer(server)
            server.choose = killer
            return Trial(desk(tmp_path / "w", people(number), server.url), server, killer, people(number))

        yield made


def test_M07_killed_at_many_points_of_the_dialogue_nobody_gets_it_twice_and_a_restart_sends_the_rest(
    trial: Try,
) -> None:
    run = trial(60)
    run.until_done(iter(POINTS))
    assert run.killer.kills == len(POINTS)
    run.judge()
    assert run.process(None) == 3  # what is in doubt is told again, and nothing is sent
    assert max(run.server.acceptances().values()) == 1


@pytest.mark.skipif(not PROVE, reason="PROVE=1 kills at every stage of every dialogue")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("stage", STAGES)
def test_M07_killed_at_a_stage_of_every_dialogue(trial: Try, stage: str, when: str) -> None:
    run = trial(60)
    run.until_done((stage, n % 2 + 1, when) for n in range(60))
    assert run.killer.kills >= 30
    run.judge()


@pytest.mark.skipif(not PROVE, reason="PROVE=1 kills at a hundred points drawn at random")
@pytest.mark.parametrize("seed", [1, 2])
def test_M07_killed_at_points_drawn_at_random(trial: Try, seed: int) -> None:
    draw = random.Random(seed)
    run = trial(200)
    run.until_done(
        (draw.choice(STAGES), draw.randint(1, 3), draw.choice(("before", "after", "refused"))) for _ in range(200)
    )
    assert run.killer.kills >= 80
    run.judge()
