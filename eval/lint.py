"""How often the issues break the editorial standard: `digester lint` on the demo's issues and on two recorded weeks.

    python -m eval.lint

Counts of violations (`hard`, which must be 0) and of advice (`soft`), by issue, language and check; counts that belong
to no language stand under "all". Recorded weeks need DIGESTER_TEST_DATA. There is no baseline: nothing else does this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from eval.published import WEEKS, _digester, _week

from digester.demo import run as demo


def measure(data: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        demo.run(Path(folder), lambda event: None, lambda line: None)
        for slug, period, moment in demo.ISSUES:
            found[f"demo {slug}"] = counted(Path(folder), moment, slug, period)
    return found | recorded(os.environ.get("DIGESTER_TEST_DATA", ""))


def recorded(folder: str) -> dict[str, Any]:
    """The weeklies of the recorded weeks, through the replay tool beside the data."""
    web = Path(folder) / "web"
    tool = web.parent.parent / "tools" / "replay_web.py"
    if not folder or not (web / "MANIFEST.jsonl").is_file() or not tool.is_file():
        return dict.fromkeys(sorted(WEEKS), "not measurable here")
    found = {}
    with subprocess.Popen(
        [sys.executable, str(tool), "--root", str(web)], stdout=subprocess.PIPE, text=True
    ) as process:
        base = str(process.stdout.readline() if process.stdout else "").strip()
        for label, first in WEEKS.items():
            with tempfile.TemporaryDirectory() as home:
                _week(Path(home), base, label, first)
                found[label] = counted(Path(home), f"{first + timedelta(days=6)}T12:00Z", "rec-weekly", label)
        process.terminate()
    return found


def counted(home: Path, now: str, slug: str, period: str) -> dict[str, Any]:
    """Violations by language and weight, with the checks that they come from."""
    told = json.loads(_digester(home, now, "lint", slug, "--date", period))
    found: dict[str, Any] = {"hard": told["hard"], "soft": told["soft"]}
    for language in sorted({v["language"] for v in told["violations"]}):
        own = [v for v in told["violations"] if v["language"] == language]
        found[language or "all"] = {
            weight: dict(sorted(Counter(v["check"] for v in own if v["hard"] is hard).items()))
            for weight, hard in (("hard", True), ("soft", False))
        }
    return found


def main() -> int:
    for issue, counts in measure(Path()).items():
        if isinstance(counts, str):
            print(f"{issue:<20}{counts}")
            continue
        print(f"{issue:<20}hard {counts['hard']:>4}  soft {counts['soft']:>4}")
        for language, checks in counts.items():
            if isinstance(checks, dict):
                for weight, by_check in checks.items():
                    told = ", ".join(f"{check} {n}" for check, n in by_check.items())
                    print(f"{'':<4}{language:<8}{weight:<8}{told or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
