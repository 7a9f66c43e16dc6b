"""The recipes in deploy/, the Dockerfile and compose.yaml: what can be known without the programs they are for.

`deploy/check.py` (`make image-check`) does the steps of the image; these tests are quick.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
COMMAND = r"(?m)(?:^|[ (/'])digester(?: --quiet| --json)* (?!digester)([a-z]+)(?![\w:./-])"  # the word after digester
SECRET = re.compile(r"(?i)password|secret|token|api_?key|smtp_url|database_url|state_key")
RECIPES = ("Dockerfile", "compose.yaml", "deploy/crontab", "deploy/github-actions.yml", "docs/deploy.md",
           *(f"deploy/systemd/digester-{x}" for x in ("tick.service", "tick.timer", "schedule.service", "serve.service")))  # fmt: skip


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"deploy_{name}", DEPLOY / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


dockerfile, recipes = _module("dockerfile"), _module("recipes")


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


STEPS = dockerfile.steps(_text("Dockerfile"))
LAST = {s.word: s for s in STEPS if s.stage == 1}


# ---------------------------------------------------------------- Dockerfile
def test_there_are_two_stages_of_one_base_that_can_be_pinned_by_digest() -> None:
    assert [s.value for s in STEPS if s.word == "FROM"] == ["${BASE} AS builder", "${BASE}"]
    assert re.fullmatch(r"BASE=python:3\.\d+-slim", STEPS[0].value)


def test_D05_the_image_runs_as_a_number_that_is_not_root() -> None:
    assert LAST["USER"].value == "10001:10001"
    assert LAST["VOLUME"].value == LAST["WORKDIR"].value == "/data"
    assert "-o 10001 -g 10001 /data" in " ".join(s.value for s in STEPS if s.stage == 1)


def test_D06_process_1_is_digester_itself_and_gets_the_signal() -> None:
    assert LAST["ENTRYPOINT"].exec_form() == ["digester"]
    assert LAST["CMD"].exec_form() == ["schedule"]
    assert LAST["STOPSIGNAL"].value == "SIGTERM"


def test_the_health_check_is_the_command_of_that_name() -> None:
    assert json.loads(LAST["HEALTHCHECK"].value.split("CMD ", 1)[1]) == ["digester", "health"]


def test_D07_no_secret_is_an_argument_a_variable_or_a_label() -> None:
    told = [s.value for s in STEPS if s.word in ("ARG", "ENV", "LABEL")]
    assert not [x for x in told if SECRET.search(x)]
    assert not [s for s in STEPS if s.word == "ADD"], "ADD fetches and unpacks"


def test_D01_nothing_is_installed_without_a_hash() -> None:
    installs = [x for s in STEPS if s.word == "RUN" for x in s.value.split("&&") if " install " in x and "pip" in x]
    assert len(installs) == 3
    assert all("--no-deps" in x and ("--require-hashes" in x or "--no-index" in x) for x in installs)
    assert all("--only-binary :all:" in x for x in installs if "--require-hashes" in x), (
        "a source build fetches unhashed"
    )


def test_every_copied_path_is_there_and_in_the_context() -> None:
    found = dockerfile.context(ROOT, _text(".dockerignore"))
    for step in STEPS:
        if step.word == "COPY" and "--from" not in step.value:
            for source in step.value.split()[:-1]:
                assert any(name == source or name.startswith(f"{source}/") for name in found), source


def test_the_locks_agree_where_they_name_the_same_package() -> None:
    core, dev, image = (_pins(f"requirements{x}.lock") for x in ("", "-dev", "-image"))
    build = _pins("deploy/requirements-build.lock")
    assert "hatchling" in build
    assert build.items() <= dev.items()
    assert core.items() <= image.items()


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", _text(name), re.MULTILINE))


def test_continued_lines_and_comments_among_them_are_one_instruction() -> None:
    step = dockerfile.steps("FROM x\nRUN a \\\n# why\n    && b\n")[1]
    assert (step.word, step.value, step.stage) == ("RUN", "a  && b", 0)
    assert step.exec_form() is None


def test_pairs_lose_their_quotes() -> None:
    assert dockerfile.pairs('A=1 B="two words" C') == {"A": "1", "B": "two words", "C": ""}


def test_the_image_is_labelled_with_the_version_of_the_package() -> None:
    version = re.search(r'(?m)^version = "(.+)"', _text("pyproject.toml"))
    assert version and [s.value for s in STEPS if s.word == "ARG" and "VERSION" in s.value] == [f"VERSION={version[1]}"]


# ------------------------------------------------------------------- context
@pytest.mark.parametrize(
    "path",
    [".env", ".git/config", "digester.db", "secrets/smtp_url", "digester.env", "news/sources.yaml", "compose.yaml",
     "src/.env", "src/digester/x.db", "src/digester/x.db-wal", "src/digester/__pycache__/app.cpython-311.pyc",
     "prompts/mine.key", "templates/a/b.pem", ".venv/bin/python", "deploy/state.py", "tests/conftest.py"],
)  # fmt: skip
def test_D07_the_engine_never_sees(path: str) -> None:
    assert dockerfile.ignored(_text(".dockerignore"), path)


@pytest.mark.parametrize("path", ["src/digester/app.py", "prompts/rubric.md", "requirements-image.lock", "LICENSE"])
def test_the_engine_sees(path: str) -> None:
    assert not dockerfile.ignored(_text(".dockerignore"), path)


def test_D07_no_canary_gets_into_a_context(tmp_path: Path) -> None:
    for name in (
        ".env",
        "src/.env",
        "src/a.py",
        "src/state.db",
        "secrets/key",
        ".git/config",
        "prompts/x.key",
        "LICENSE",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("canary" if name not in ("src/a.py", "LICENSE") else "")
    assert dockerfile.context(tmp_path, _text(".dockerignore")) == ["LICENSE", "src/a.py"]


# ------------------------------------------------------------------- compose
def test_D05_compose_is_hardened() -> None:
    assert recipes.compose_faults(_text("compose.yaml")) == []


@pytest.mark.parametrize(
    ("line", "instead"),
    [("  read_only: true", "  read_only: false"), ("  cap_drop: [ALL]", "  cap_drop: []"), ("no-new-privileges:true", "x:y"),
     ('user: "10001:10001"', "user: root"), ("    mem_limit: 512m\n", ""), ("127.0.0.1:8080:8080", "8080:8080"),
     ("  stop_grace_period: 15s", "  x-none: 1"), ("  init: true", "  init: false"),
     ("SMTP_URL_FILE: /run/secrets/smtp_url", "SMTP_URL: smtp://me:pw@mail.example"),
     ("  smtp_url: {file: ./secrets/smtp_url}\n", "")],
)  # fmt: skip
def test_what_compose_lacks_is_named(line: str, instead: str) -> None:
    text = _text("compose.yaml")
    assert line in text
    assert recipes.compose_faults(text.replace(line, instead))


def test_D06_compose_waits_longer_than_draining_takes() -> None:
    services = yaml.safe_load(_text("compose.yaml"))["services"]
    assert services["digester"]["stop_grace_period"] == "15s"
    assert {n for n, s in services.items() if "profiles" not in s} == {"digester"}, (
        "the others are asked for by profile"
    )
    assert services["digester"]["depends_on"]["postgres"]["required"] is False


# ------------------------------------------------------------- systemd, cron
@pytest.mark.parametrize("unit", recipes.units(DEPLOY), ids=lambda p: p.name)
def test_D05_units_are_hardened(unit: Path) -> None:
    assert recipes.unit_faults(unit.name, unit.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("line", "instead"),
    [("SuccessExitStatus=3 4 75 143", "SuccessExitStatus=3"), ("ProtectSystem=strict", "ProtectSystem=full"),
     ("TimeoutStopSec=15", "TimeoutStopSec=5"), ("NoNewPrivileges=yes\n", ""), ("User=digester", "User=root"),
     ("HOME=/var/lib/digester", "SMTP_URL=smtp://me:pw@mail.example")],
)  # fmt: skip
def test_what_a_unit_lacks_is_named(line: str, instead: str) -> None:
    text = _text("deploy/systemd/digester-tick.service")
    assert line in text
    assert recipes.unit_faults("digester-tick.service", text.replace(line, instead))


def test_C05_the_timer_makes_up_for_sleep_by_one_round() -> None:
    timer = recipes.settings(_text("deploy/systemd/digester-tick.timer"))
    assert timer["OnCalendar"] == "*:0/10"
    assert timer["Persistent"] == "true"
    assert "RandomizedDelaySec" in timer


def test_D09_the_crontab_brings_its_environment() -> None:
    assert recipes.crontab_faults(_text("deploy/crontab")) == []
    variables, jobs = recipes.crontab(_text("deploy/crontab"))
    assert variables["DIGESTER_HOME"].startswith("/")
    assert [fields.split() for fields, _ in jobs] == [["*/10", "*", "*", "*", "*"], ["17", "8", "*", "*", "*"]]


@pytest.mark.parametrize("instead", ["HOME=/x\nSMTP_URL=smtp://me:pw@mail.example", "HOMELESS=1"])
def test_what_the_crontab_lacks_is_named(instead: str) -> None:
    assert recipes.crontab_faults(_text("deploy/crontab").replace("HOME=/var/lib/digester", instead, 1))


@pytest.mark.parametrize(
    ("code", "told"), [(0, ""), (3, ""), (4, ""), (75, ""), (1, "failed"), (5, "failed"), (6, "failed")]
)
def test_D09_cron_mails_what_is_no_ordinary_end(code: int, told: str, tmp_path: Path) -> None:
    _program(tmp_path / "digester", f"exit {code}")
    _, jobs = recipes.crontab(_text("deploy/crontab"))
    done = subprocess.run(
        ["/bin/sh", "-c", jobs[0][1]], capture_output=True, text=True, env={"PATH": f"{tmp_path}:/bin"}
    )
    assert (done.returncode == 0) == (told == "")
    assert told in done.stdout and bool(done.stdout) == bool(told)


def _program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


# ------------------------------------------------------------------ workflow
FLOW: dict[str, Any] = yaml.safe_load(_text("deploy/github-actions.yml"))


def _names(job: str) -> list[str]:
    return [s.get("name") or s["uses"].split("@")[0] for s in FLOW["jobs"][job]["steps"]]


def _runs(job: str) -> str:
    return "\n".join(s.get("run", "") for s in FLOW["jobs"][job]["steps"])


def test_D11_actions_are_pinned_by_commit_and_scripts_hold_no_expression() -> None:
    assert recipes.workflow_faults(_text("deploy/github-actions.yml")) == []


@pytest.mark.parametrize(
    ("line", "instead"),
    [("@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "@v6"), ("permissions: {}", "permissions: write-all"),
     ("cancel-in-progress: false", "cancel-in-progress: true"), ("    timeout-minutes: 120\n", ""),
     ('case $RESOLVE in', 'case ${{ inputs.resolve }} in')],
)  # fmt: skip
def test_what_the_workflow_lacks_is_named(line: str, instead: str) -> None:
    text = _text("deploy/github-actions.yml")
    assert line in text
    assert recipes.workflow_faults(text.replace(line, instead))


def test_C15_state_is_restored_before_and_saved_after_in_both_jobs() -> None:
    assert (
        _runs("make").index("state.py restore")
        < _runs("make").index("digester tick")
        < _runs("make").index("state.py save")
    )
    send = _runs("send")
    assert send.index("restore") < send.index('save "$DIGESTER_HOME" --sending') < send.index("digester send")
    assert send.rindex("state.py save") > send.rindex("digester send")
    assert "actions/cache" not in _text("deploy/github-actions.yml"), "what may vanish is no place for state"


def test_C15_nothing_is_sent_by_a_first_run_or_before_the_site_is_public() -> None:
    send = FLOW["jobs"]["send"]
    assert send["needs"] == ["make", "deploy"]
    assert "!inputs.first_run" in send["if"] and "needs.deploy.result == 'success'" in send["if"]
    assert "tick --no-send" in _runs("make") and "digester send" not in _runs("make")


def test_C15_no_two_runs_at_once_and_only_on_the_main_branch() -> None:
    assert FLOW["concurrency"] == {"group": "digester", "cancel-in-progress": False}
    by_schedule, by_hand = FLOW["jobs"]["make"]["if"].split(" || ")
    assert by_schedule == "github.event_name == 'schedule'", "whose event may name no repository"
    assert by_hand == "github.ref_name == github.event.repository.default_branch"


def test_permissions_are_those_of_the_job_and_no_more() -> None:
    assert {n: set(j["permissions"]) for n, j in FLOW["jobs"].items()} == {
        "make": {"contents"}, "deploy": {"pages", "id-token"}, "send": {"contents"},
    }  # fmt: skip
    kept = [
        s["with"].get("persist-credentials")
        for j in FLOW["jobs"].values()
        for s in j["steps"]
        if "checkout" in s.get("uses", "")
    ]
    assert kept == [False, False]


def test_secrets_are_given_to_the_steps_that_need_them_only() -> None:
    given = {(j, s.get("name", "").split(" #")[0], k) for j, job in FLOW["jobs"].items() for s in job["steps"]
             for k, v in s.get("env", {}).items() if "secrets." in str(v)}  # fmt: skip
    assert {k for _, _, k in given} == {"STATE_KEY", "OPENAI_API_KEY", "SMTP_URL"}
    assert [n for _, n, k in given if k == "SMTP_URL"] == ["Send"]
    assert "env" not in FLOW or not [v for v in FLOW["env"].values() if "secrets." in str(v)]


@pytest.mark.parametrize("job", ["make", "send"])
def test_the_scripts_of_the_workflow_are_shell(job: str) -> None:
    done = subprocess.run(["bash", "-n"], input=_runs(job), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("step", "code", "wanted"),
    [("tick", 0, 0), ("tick", 4, 0), ("tick", 3, 0), ("tick", 1, 0), ("tick", 6, 0), ("tick", 5, 5), ("tick", 130, 130),
     ("Send", 0, 0), ("Send", 3, 0), ("Send", 4, 0), ("Send", 6, 6), ("Send", 1, 1)],
)  # fmt: skip
def test_exit_codes_in_the_workflow(step: str, code: int, wanted: int, tmp_path: Path) -> None:
    _program(tmp_path / "digester", f"exit {code}")
    script = next(s["run"] for j in FLOW["jobs"].values() for s in j["steps"] if step in (s.get("id"), s.get("name")))
    env = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "GITHUB_OUTPUT": str(tmp_path / "out"),
        "OPENAI_API_KEY": "",
        "RESOLVE": "nothing",
    }
    assert subprocess.run(["bash", "-eo", "pipefail", "-c", script], capture_output=True, env=env).returncode == wanted


# ------------------------------------------------------------------ commands
def _told(name: str) -> str:
    """What a recipe would have run: without comments, of a page its code only."""
    lines = _text(name).splitlines()
    if name.endswith(".md"):
        return "\n".join([*(x for x in lines if x.startswith("    ")), *re.findall("`([^`]+)`", _text(name))])
    return "\n".join(x.split(" # ")[0] for x in lines if not x.lstrip().startswith("#"))


def test_every_command_in_the_recipes_is_one() -> None:
    known = set(re.findall(r"(?m)^## digester (\w+)", _text("docs/cli.md")))
    named = {(word, name) for name in RECIPES for word in re.findall(COMMAND, _told(name))}
    services = yaml.safe_load(_text("compose.yaml"))["services"]
    named |= {(s["command"][0], "compose.yaml") for s in services.values() if "command" in s}
    named |= {
        ((LAST["CMD"].exec_form() or [""])[0], "Dockerfile"),
        (LAST["HEALTHCHECK"].value.split('"')[3], "Dockerfile"),
    }
    assert {word for word, _ in named} == {
        "tick",
        "schedule",
        "send",
        "serve",
        "health",
        "status",
        "site",
        "init",
        "doctor",
        "backup",
    }
    assert {(word, name) for word, name in named if word not in known} == set()
