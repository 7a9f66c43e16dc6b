"""Issues as a reader has them: files, with the workspace that they came from."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.second_checker.evidence import Evidence
from tests.servers import newsroom

from digester.outputs.json import load

DAILY, WEEKLY = "ai-daily/2026-06-20", "rec-weekly/2026-W25"
WEEKS = {"2026-W05": date(2026, 1, 26), "2026-W06": date(2026, 2, 2)}
CATEGORIES = "cs.IR, cs.LG, cs.AI, cs.CL"


@dataclass(frozen=True)
class Printed:
    """One issue: its rendered outputs by name, and the evidence of its workspace."""

    name: str
    pages: dict[str, str]
    evidence: Evidence


def printed(name: str, home: Path, database: str, stem: Path) -> Printed:
    issue = load(stem.with_name(f"{stem.name}.json").read_bytes())
    ends = {"markdown": ".en.md", "html": ".en.html"}
    pages = {k: stem.with_name(stem.name + end).read_text("utf-8") for k, end in ends.items()}
    return Printed(name, pages, Evidence(home / database, home / "sources.yaml", issue))


def digester(*words: str) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("DIGESTER_")}
    done = subprocess.run(
        [sys.executable, "-m", "digester", *words], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Both issues of the demo world as they were when the store knew nothing later."""
    home = newsroom.made(tmp_path_factory, tmp_path_factory.mktemp("second-demo") / "made").home
    return {name: printed(name, home, "demo.db", home / name) for name in (DAILY, WEEKLY)}


@pytest.fixture(scope="session")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """The recorded weeks, each collected day by day in a workspace of its own."""
    named = os.environ.get("DIGESTER_TEST_DATA")
    if not named:
        pytest.skip("DIGESTER_TEST_DATA is not set: it names the folder of the recorded web")
    tool = Path(named).parent / "tools" / "replay_web.py"
    if not tool.exists():
        pytest.skip("the replay tool is not beside the recorded data")
    process = subprocess.Popen(
        [sys.executable, str(tool), "--root", str(Path(named) / "web")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        replay = process.stdout.readline().strip()
        return {label: _week(label, replay, tmp_path_factory.mktemp(f"second-{label}")) for label in WEEKS}
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _week(label: str, replay: str, home: Path) -> Printed:
    config = home / "sources.yaml"
    config.write_text(
        f'version: 1\nnet: {{replay: "{replay}"}}\nsources:\n'
        f"  - {{id: arxiv, kind: arxiv, name: arXiv, categories: [{CATEGORIES}]}}\n", "utf-8",
    )  # fmt: skip
    for n in range(5):
        day = (WEEKS[label] + timedelta(days=n)).isoformat()
        urllib.request.urlopen(urllib.request.Request(f"{replay}/__arxiv_day?d={day}", method="POST")).close()
        digester("--config", str(config), "--now", f"{day}T12:00Z", "collect")
    now = (WEEKS[label] + timedelta(days=5)).isoformat() + "T07:05Z"
    digester("--config", str(config), "--now", now, "run", "rec-weekly", "--date", label)
    return printed(label, home, "digester.db", home / "out" / "rec-weekly" / label)
