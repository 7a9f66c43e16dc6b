"""What an issue prints that its sources do not support: in the demo's issues, and when a model lies in all of it.

    python -m eval.published

`unsupported` counts, for the issues as frozen, what `digester verify` finds; for the lying editor the false
sentences, headlines, figures and organisations that passed the gate. Recorded weeks need DIGESTER_TEST_DATA.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import urllib.request
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from eval.hallucinating import Hallucinating, Liar

from digester import app
from digester.demo import run as demo
from digester.domain.dates import window
from digester.domain.issue import IssueKind
from digester.pipeline import cluster, compose, gate, material, verify
from digester.pipeline.draft import Draft
from digester.pipeline.excerpts import sentences_of
from digester.pipeline.run import form_of

ROUNDS = 5  # seeds of the liar
WEEKS = {"2026-W05": date(2026, 1, 26), "2026-W06": date(2026, 2, 2)}
SOURCES = """version: 1
net: {{replay: "{base}"}}
sources:
  - {{id: arxiv, kind: arxiv, name: arXiv, categories: [cs.IR, cs.LG, cs.AI, cs.CL]}}
"""


def measure(data: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        demo.run(home, lambda event: None, lambda line: None)
        return {
            "demo, embedded editor": honest(home), "demo, a model that lies in every sentence": lying(home),
            "recorded weeks, embedded editor": recorded(os.environ.get("DIGESTER_TEST_DATA", "")),
        }  # fmt: skip


def _workspace(home: Path) -> app.Workspace:
    return app.open_workspace(home / app.CONFIG, {}, datetime.fromisoformat(demo.MORNING))


def honest(home: Path) -> dict[str, Any]:
    checked = unsupported = 0
    workspace = _workspace(home)
    with app.open_store(workspace) as store:
        for record in filter(None, (store.issue(f"{slug}/{period}") for slug, period, _ in demo.ISSUES)):
            found = verify.issue(record, store.passages(verify.passages_of(record)))
            checked += found.checked
            unsupported += len(found.findings)
    return {"statements": checked, "unsupported": unsupported}


def recorded(folder: str) -> dict[str, Any] | str:
    """The weeklies of the recorded weeks, collected day by day through the replay tool beside the data."""
    web = Path(folder) / "web"
    tool = web.parent.parent / "tools" / "replay_web.py"
    if not folder or not (web / "MANIFEST.jsonl").is_file() or not tool.is_file():
        return "not measurable here"
    checked = unsupported = 0
    with subprocess.Popen(
        [sys.executable, str(tool), "--root", str(web)], stdout=subprocess.PIPE, text=True
    ) as process:
        base = str(process.stdout.readline() if process.stdout else "").strip()
        for label, first in WEEKS.items():
            with tempfile.TemporaryDirectory() as home:
                report = _week(Path(home), base, label, first)
            checked += report["checked"]
            unsupported += len(report["findings"])
        process.terminate()
    return {"statements": checked, "unsupported": unsupported}


def _week(home: Path, base: str, label: str, first: date) -> dict[str, Any]:
    (home / "sources.yaml").write_text(SOURCES.format(base=base), "utf-8")
    for n in range(5):
        day = first + timedelta(days=n)
        urllib.request.urlopen(urllib.request.Request(f"{base}/__arxiv_day?d={day}", method="POST")).close()
        _digester(home, f"{day}T12:00Z", "collect")
    _digester(home, f"{first + timedelta(days=5)}T07:05Z", "run", "rec-weekly", "--date", label)
    found: dict[str, Any] = json.loads(
        _digester(home, f"{first + timedelta(days=6)}T12:00Z", "verify", "rec-weekly", "--date", label)
    )
    return found


def _digester(home: Path, now: str, *words: str) -> str:
    command = [sys.executable, "-m", "digester", "--config", str(home / "sources.yaml"), "--now", now, "--json", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def lying(home: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    told = passed = fields = kept = 0
    workspace = _workspace(home)
    with app.open_store(workspace) as store:
        for slug, period, _ in demo.ISSUES:
            draft, everything = drafted(workspace, store, workspace.kind(slug), period)
            grounds = gate.grounds(everything)
            for seed in range(rounds):
                liar = Liar(random.Random(seed), {})
                false = liar.draft(draft, grounds)
                gated = gate.run(false, everything, Hallucinating(app.editor(home), liar))
                printed = {s.id: s.text["en"] for s in sentences_of(gated.draft)}
                told += len(liar.told)
                passed += sum(liar.told.get(i) == text for i, text in printed.items())
                fields += _fields(false)
                kept += _kept(false, gated.draft)
    return {"statements": told + fields, "unsupported": passed + kept}


def drafted(workspace: app.Workspace, store: Any, kind: IssueKind, period: str) -> tuple[Draft, Any]:
    """The draft of an issue once more from what is stored."""
    span = window(kind, period)
    items, late = material.drawn(store, kind, period, span)
    stories, _ = cluster.run(store, kind, items, span)
    desk = compose.Desk(
        kind, period, span, app.editor(workspace.home), {s.id: s for s in workspace.settings.sources}, {i.id: i for i in items}, late, {}, workspace.now
    )  # fmt: skip
    return form_of(kind)(desk, store, stories)


def _fields(draft: Draft) -> int:
    return sum(1 + len(p.claims) + len(p.organisations) for s in draft.sections for p in s.picks)


def _kept(false: Draft, printed: Draft) -> int:
    """False headlines, figures and organisations that are printed."""
    lies, told = ([p for s in d.sections for p in s.picks] for d in (false, printed))
    found = 0
    for lie, p in zip(lies, told, strict=True):
        found += (
            (p.headline == lie.headline)
            + len(set(p.claims) & set(lie.claims))
            + len(set(p.organisations) & set(lie.organisations))
        )
    return found


def main() -> int:
    print(json.dumps(measure(Path()), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
