"""RecSys Weeklies of two recorded weeks, collected day by day as a scheduler would, through replay.

Expectations are counts made from the recorded `listed` fields here and now; no recorded text stands in this file.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.servers.model import ModelServer
from tests.servers.personalities import honest

CATEGORIES = ("cs.IR", "cs.LG", "cs.AI", "cs.CL")
WEEKS = {"2026-W05": date(2026, 1, 26), "2026-W06": date(2026, 2, 2)}

pytestmark = [pytest.mark.recorded, pytest.mark.slow]


@pytest.fixture(scope="module")
def recorded(web: object) -> Path:
    return Path(web.folder)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def replay(recorded: Path) -> Iterator[str]:
    """The recorded web on loopback; the tool stands beside the data."""
    tool = recorded.parent.parent / "tools" / "replay_web.py"
    if not tool.exists():
        pytest.skip("the replay tool is not beside the recorded data")
    process = subprocess.Popen([sys.executable, str(tool), "--root", str(recorded)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def digester(home: Path, now: str, *words: str, **more: str) -> tuple[int, dict[str, object]]:
    """Exit code and JSON of one command, in a process of its own as cron would start it; `more` of its environment."""
    command = [sys.executable, "-m", "digester", "--config", str(home / "sources.yaml"), "--now", now, "--json", *words]
    env = {k: v for k, v in os.environ.items() if not k.startswith("DIGESTER_")}
    done = subprocess.run(command, capture_output=True, text=True, env={**env, **more}, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}


def listed(recorded: Path, label: str) -> dict[tuple[str, str], set[str]]:
    """(category, day) -> ids, from the recorded papers."""
    days = {(WEEKS[label] + timedelta(days=n)).isoformat() for n in range(5)}
    found: dict[tuple[str, str], set[str]] = {}
    for file in sorted((recorded / "arxiv").glob("papers-2026-W0?.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
            paper = json.loads(line)
            for category, day in paper["listed"].items():
                if category in CATEGORIES and day in days:
                    found.setdefault((category, day), set()).add(paper["arxiv_id"])
    return found


@pytest.fixture(scope="module", params=sorted(WEEKS))
def week(
    request: pytest.FixtureRequest, replay: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, str]:
    """A workspace after five daily collections and one run: (label, folder, the run's now)."""
    label, home = request.param, tmp_path_factory.mktemp(request.param)
    (home / "sources.yaml").write_text(
        f'version: 1\nnet: {{replay: "{replay}"}}\nsources:\n'
        f"  - {{id: arxiv, kind: arxiv, name: arXiv, categories: [{', '.join(CATEGORIES)}]}}\n",
        "utf-8",
    )
    for n in range(5):
        day = (WEEKS[label] + timedelta(days=n)).isoformat()
        urllib.request.urlopen(urllib.request.Request(f"{replay}/__arxiv_day?d={day}", method="POST")).close()
        code, report = digester(home, f"{day}T12:00Z", "collect")
        assert (code, report["failures"]) == (0, [])
    now = (WEEKS[label] + timedelta(days=5)).isoformat() + "T07:05Z"
    code, report = digester(home, now, "run", "rec-weekly", "--date", label)
    assert code == 0 and report["fresh"] is True
    return label, home, now


def record(home: Path, label: str) -> dict[str, object]:
    return json.loads((home / "out" / "rec-weekly" / f"{label}.json").read_text("utf-8"))


def test_everything_announced_was_seen_and_is_counted_by_category_and_day(
    week: tuple[str, Path, str], recorded: Path
) -> None:
    label, home, _ = week
    expected = listed(recorded, label)
    issue = record(home, label)
    batches = {(b["category"], b["day"]): b for b in issue["coverage"]["batches"]}
    assert {k: b["announced"] for k, b in batches.items() if b["announced"]} == {
        k: len(ids) for k, ids in expected.items()
    }
    assert not [b for b in batches.values() if b["missing"]]
    assert issue["census"]["announced"] == len(set().union(*expected.values()))


def test_2026_W06_has_the_listing_counts_that_were_published(week: tuple[str, Path, str]) -> None:
    label, home, _ = week
    if label != "2026-W06":
        pytest.skip("counts of the other week are checked against the recorded files")
    issue = record(home, label)
    by_day = [b["announced"] for b in issue["coverage"]["batches"] if b["category"] == "cs.IR"]
    assert by_day == [8, 45, 23, 14, 21]
    assert issue["census"]["announced_by_category"]["cs.IR"] == 111
    assert issue["census"]["announced"] == 2616


def test_a_second_run_asks_conditionally_parses_nothing_and_writes_the_same_bytes(week: tuple[str, Path, str]) -> None:
    label, home, now = week
    files = sorted((home / "out" / "rec-weekly").iterdir())
    before = {f.name: f.read_bytes() for f in files}
    code, report = digester(home, now, "collect")
    assert (code, report["new"], report["revised"], report["parses"]) == (0, 0, 0, 0)
    code, report = digester(home, now, "run", "rec-weekly", "--date", label)
    assert (code, report["fresh"]) == (0, False)
    assert {f.name: f.read_bytes() for f in files} == before


def test_regenerate_writes_the_stored_bytes_and_rendering_again_gives_the_same(week: tuple[str, Path, str]) -> None:
    label, home, now = week
    files = sorted((home / "out" / "rec-weekly").iterdir())
    before = {f.name: f.read_bytes() for f in files}
    for f in files:
        f.unlink()
    code, report = digester(home, now, "regenerate", "rec-weekly", "--date", label, "--render")
    assert (code, report["changed"]) == (0, [])
    assert {f.name: f.read_bytes() for f in files} == before


def test_printed_counts_are_rendered_counts_and_ratings_keep_their_caps(week: tuple[str, Path, str]) -> None:
    label, home, _ = week
    issue = record(home, label)
    picks = [p for s in issue["sections"] for p in s["picks"]]
    census = issue["census"]
    assert census["published"] == len(picks) == len(issue["rows"])
    assert census["by_rating"] == {str(r): sum(p["rating"] == r for p in picks) for r in (5, 4, 3)}
    assert census["from_abstract"] == len(picks)  # the weeks are recorded without full texts
    assert all(p["rating"] >= 3 for p in picks) and len(picks) <= 30
    for p in picks:
        if p["rating"] == 5:
            assert p["claims"] and p["organisations"], p["work"]


def test_every_number_and_quotation_of_the_issue_stands_in_a_recorded_text(
    week: tuple[str, Path, str], recorded: Path
) -> None:
    """A check of its own: digits and words against the recorded papers, sharing no code with the gate."""
    label, home, _ = week
    texts: dict[str, str] = {}
    for file in sorted((recorded / "arxiv").glob("papers-2026-W0?.jsonl.gz")):
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
            paper = json.loads(line)
            texts[f"arxiv:{paper['arxiv_id']}"] = f"{paper['title']} {paper['abstract']}"
    issue = record(home, label)
    works = {p["lead_item_id"]: p["work"] for s in issue["sections"] for p in s["picks"]}
    checked = 0
    for sentence in [s for sec in issue["sections"] for p in sec["picks"] for s in p["sentences"]]:
        source = "".join(texts[works[c]] for c in sentence["cites"])
        for digits in _digits(sentence["text"]["en"]):
            assert digits in _squeezed(source), (digits, sentence["text"]["en"])
            checked += 1
        if sentence["kind"] == "quote":
            assert "".join(_words(sentence["text"]["en"])[1:]) in "".join(_words(source))
            checked += 1
    assert checked > 20


def _digits(text: str) -> list[str]:
    out, run = [], ""
    for c in text.replace(",", "") + " ":
        if c.isdigit() or (c == "." and run):
            run += c
        elif run:
            out.append(run.rstrip("."))
            run = ""
    return out


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _squeezed(text: str) -> str:
    raised = re.sub(r"(?<=[A-Za-z])\$\^\{?([0-9])\}?\$", lambda m: m[1].translate(_RAISED), text)
    return raised.replace(",", "").replace("\\", "")


def _words(text: str) -> list[str]:
    kept = "".join(
        c if c.isalnum() else " "
        for c in unicodedata.normalize("NFKC", text)
        .replace("\\textbf", " ")
        .replace("\\textit", " ")
        .replace("\\emph", " ")
    )
    return kept.lower().split()


def test_coverage_prints_both_routes_and_their_disagreement(recorded: Path, week: tuple[str, Path, str]) -> None:
    label, home, now = week
    expected = listed(recorded, label)
    code, data = digester(home, now, "coverage", "--date", label)
    batches = data["coverage"]["batches"]  # type: ignore[index]
    lists = {(b["category"], b["day"]): b for b in batches if b["route"] == "listing"}
    assert {k: b["announced"] for k, b in lists.items()} == {k: len(ids) for k, ids in expected.items()}
    assert code == (3 if any(b["announced"] is None or b["missing"] for b in batches) else 0)
    assert all(b["compared"] is not None for b in lists.values())
    everything = {c: {i for (k, _), ids in expected.items() if k == c for i in ids} for c in CATEGORIES}
    for b in lists.values():
        assert not set(b["api_only"]) & everything[b["category"]]
    # the recorded submission times are partly interpolated, so the routes disagree somewhere, and it is printed
    assert sum(b["compared"] for b in lists.values()) > 0


def test_F25_a_missed_day_is_caught_up_and_marked(recorded: Path, replay: str, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text(
        f'version: 1\nnet: {{replay: "{replay}"}}\nsources:\n'
        "  - {id: arxiv, kind: arxiv, name: arXiv, categories: [cs.IR]}\n", "utf-8",
    )  # fmt: skip
    for day in ("2026-02-02", "2026-02-04", "2026-02-05"):  # the machine was off on the third
        urllib.request.urlopen(urllib.request.Request(f"{replay}/__arxiv_day?d={day}", method="POST")).close()
        code, report = digester(tmp_path, f"{day}T12:00Z", "collect")
        assert (code, report["failures"]) == (0, [])
    code, data = digester(tmp_path, "2026-02-05T13:00Z", "coverage", "--date", "2026-W06")
    by_day = {b["day"]: b for b in data["coverage"]["batches"]}  # type: ignore[index]
    assert code == 3
    assert [by_day[f"2026-02-0{d}"]["route"] for d in range(2, 7)] == [
        "listing",
        "calendar",
        "listing",
        "listing",
        "none",
    ]
    missed = listed(recorded, "2026-W06")["cs.IR", "2026-02-03"]
    assert by_day["2026-02-03"]["announced"] is None
    code, items = digester(
        tmp_path, "2026-02-05T13:00Z", "items", "list", "--issue", "rec-weekly", "--date", "2026-W06"
    )
    caught = {r["url"].rsplit("/", 1)[-1] for r in items}  # type: ignore[attr-defined, union-attr]
    new = {i for i in missed if i.startswith(("2602.", "2601.3"))}  # submitted at the turn of the month
    assert len(new & caught) >= 0.95 * len(new) > 5
    assert by_day["2026-02-03"]["seen"] >= 0.95 * len(new)


def test_the_week_by_an_honest_model_keeps_the_standard_and_its_sources(
    week: tuple[str, Path, str], tmp_path: Path
) -> None:
    """The same week once more with a scripted model behind the editor, in few calls."""
    label, home, now = week
    mine = tmp_path / "week"
    shutil.copytree(home, mine)
    with closing(sqlite3.connect(mine / "digester.db")) as database, database:
        for table in ("issues", "artifacts", "told"):
            database.execute(f"DELETE FROM {table}")
    with ModelServer(honest) as server:
        env = {"DIGESTER_LLM__FAST": "small", "DIGESTER_LLM__STRONG": "big", "DIGESTER_LLM__BASE_URL": server.url}
        code, report = digester(mine, now, "run", "rec-weekly", "--date", label, **env)
        assert (code, report["fresh"]) == (0, True)
        assert 6 <= len(server.calls) <= 24
    assert str(record(mine, label)["editor"]).startswith("llm-")
    code, report = digester(mine, now, "lint", "rec-weekly", "--date", label)
    assert (code, report["hard"]) == (0, 0)
    code, report = digester(mine, now, "verify", "rec-weekly", "--date", label)
    assert (code, report["findings"]) == (0, [])
    assert report["checked"] > 100
