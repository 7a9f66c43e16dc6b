"""Looks at compose.yaml, the systemd units, the crontab and the workflow: what can be known without the program they are for.

Facts: the Compose specification (compose-spec), systemd.exec(5) and systemd-analyze(1) (`verify`, `security --offline`),
crontab(5), GitHub's workflow syntax. `*_faults` return what is wrong, one line each; nothing when all is well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

EXPOSURE = 20  # of 100, systemd-analyze's own scale: above it a unit is not hardened
SECRET = re.compile(r"(?i)(password|passwd|secret|token|api_key|smtp_url|database_url|state_key)")
GIVEN = re.compile(r"\$\{|^/run/secrets/|^secrets/|_FILE$")
HARDENED: dict[str, Any] = {"read_only": True, "cap_drop": ["ALL"], "restart": "unless-stopped", "init": True}
ORDINARY = {"3", "4", "75", "143"}  # ends of a round that are no failure
UNIT = (
    "NoNewPrivileges",
    "ProtectSystem",
    "PrivateTmp",
    "ProtectHome",
    "StateDirectory",
    "User",
    "CapabilityBoundingSet",
)


def check(root: Path, work: Path) -> Iterator[tuple[str, bool | None, str]]:
    deploy = root / "deploy"
    for name, faults in (
        ("compose.yaml", compose_faults((root / "compose.yaml").read_text("utf-8"))),
        ("systemd units", [f for p in units(deploy) for f in unit_faults(p.name, p.read_text("utf-8"))]),
        ("crontab", crontab_faults((deploy / "crontab").read_text("utf-8"))),
        ("github-actions.yml", workflow_faults((deploy / "github-actions.yml").read_text("utf-8"))),
    ):
        yield name, not faults, "; ".join(faults) or "as it should be"
    yield "systemd-analyze", *analysed(deploy, work / "units")


# ------------------------------------------------------------------- compose
def compose_faults(text: str) -> list[str]:
    """What is not hardened, and values that look like secrets."""
    whole = yaml.safe_load(text)
    faults = []
    for name, service in whole["services"].items():
        faults += [f"{name}: {key} is not {value!r}" for key, value in HARDENED.items() if service.get(key) != value]
        if "no-new-privileges:true" not in service.get("security_opt", []):
            faults.append(f"{name}: new privileges are allowed")
        if str(service.get("user", "0")).split(":")[0] in ("0", "root"):
            faults.append(f"{name}: runs as root")
        faults += [
            f"{name}: no {key}" for key in ("mem_limit", "healthcheck", "stop_grace_period") if key not in service
        ]
        if service.get("privileged") or service.get("network_mode") == "host":
            faults.append(f"{name}: privileged, or on the host's network")
        faults += [
            f"{name}: port {p} is open to all" for p in service.get("ports", []) if not p.startswith("127.0.0.1:")
        ]
        faults += [f"{name}: {k} holds a value" for k, v in service.get("environment", {}).items() if _open(k, str(v))]
        faults += [
            f"{name}: secret {s} is not declared" for s in service.get("secrets", []) if s not in whole["secrets"]
        ]
    return faults


def _open(name: str, value: str) -> bool:
    """Whether a variable named like a secret holds one, instead of naming the file or variable that does."""
    return bool(SECRET.search(name)) and not (value.startswith("/run/secrets/") and name.endswith("_FILE"))


# ------------------------------------------------------------------- systemd
def units(deploy: Path) -> list[Path]:
    return sorted((deploy / "systemd").glob("*.service"))


def settings(text: str) -> dict[str, str]:
    """The last value of each setting of a unit; values given more than once are joined by a space."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        key, sep, value = line.partition("=")
        if sep and not line.startswith(("#", ";", "[")):
            found[key] = f"{found[key]} {value}" if key in found else value
    return found


def unit_faults(name: str, text: str) -> list[str]:
    have = settings(text)
    faults = [f"{name}: no {key}" for key in UNIT if key not in have]
    if have.get("ProtectSystem") != "strict" or have.get("User") == "root":
        faults.append(f"{name}: the system can be written to")
    if "serve" not in name and not set(have.get("SuccessExitStatus", "").split()) >= ORDINARY:
        faults.append(f"{name}: ends that are no failure count as one")
    if not 10 < int(have.get("TimeoutStopSec", "0")) <= 30:
        faults.append(f"{name}: draining takes up to 10 s, TimeoutStopSec is {have.get('TimeoutStopSec')}")
    faults += [
        f"{name}: a secret in Environment" for word in have.get("Environment", "").split() if _open(*_pair(word))
    ]
    return faults


def _pair(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value.replace("%d/", "/run/secrets/")


def analysed(deploy: Path, work: Path) -> tuple[bool | None, str]:
    """systemd's own opinion of copies that name a program and a user that are there."""
    if shutil.which("systemd-analyze") is None:
        return None, "not installed here"
    shutil.copytree(deploy / "systemd", work)
    for unit in work.glob("*.service"):
        text = unit.read_text("utf-8").replace("/opt/digester/bin/digester", shutil.which("true") or "/bin/true")
        unit.write_text(re.sub(r"(?m)^(User|Group)=digester$", r"\1=daemon", text), "utf-8")
    said = _asked("verify", *map(str, sorted(work.iterdir())))
    low = [
        u.name
        for u in work.glob("*.service")
        if _asked("security", "--offline=true", f"--threshold={EXPOSURE}", str(u))
    ]
    when = _asked("calendar", settings((work / "digester-tick.timer").read_text("utf-8"))["OnCalendar"])
    faults = [x for x in (said, f"exposed: {', '.join(low)}" if low else "", when) if x]
    return not faults, "; ".join(faults) or f"verified, exposure below {EXPOSURE} of 100"


def _asked(*words: str) -> str:
    """What systemd-analyze says against it, "" for nothing."""
    done = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return (done.stderr or done.stdout).strip()[-600:] if done.returncode else ""


# ---------------------------------------------------------------------- cron
def crontab(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Variables, and (the five fields, command) of each line."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    variables = {m[1]: m[2] for line in lines if (m := re.match(r"(\w+)\s*=\s*(.*)$", line))}
    jobs = [(m[1], m[2]) for line in lines if (m := re.match(r"((?:[\d*/,-]+\s+){5})(\S.*)$", line))]
    if len(variables) + len(jobs) != len(lines):
        raise ValueError("a line is neither a variable nor a job")
    return variables, jobs


def crontab_faults(text: str) -> list[str]:
    variables, jobs = crontab(text)
    faults = [
        f"{name} is not set" for name in ("SHELL", "PATH", "HOME", "DIGESTER_HOME", "MAILTO") if name not in variables
    ]
    faults += [f"% in a command is a line end: {command}" for _, command in jobs if "%" in command]
    faults += [f"{name} holds a secret" for name in variables if SECRET.search(name) and not name.endswith("_FILE")]
    return faults if jobs else [*faults, "no job"]


# ------------------------------------------------------------------ workflow
def workflow_faults(text: str) -> list[str]:
    flow = yaml.safe_load(text)
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    faults = [f"{s['uses']} is not pinned by commit" for s in steps if "uses" in s and not _pinned(s["uses"])]
    faults += [f"an expression in a script: {s['run'][:40]}" for s in steps if "${{" in s.get("run", "")]
    if flow.get("permissions") != {} or flow.get("concurrency", {}).get("cancel-in-progress") is not False:
        faults.append("permissions for all jobs, or runs beside one another")
    faults += [f"{n}: no time limit" for n, job in flow["jobs"].items() if "timeout-minutes" not in job]
    faults += [f"{n}: no permissions of its own" for n, job in flow["jobs"].items() if "permissions" not in job]
    return faults


def _pinned(uses: str) -> bool:
    return re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", uses) is not None
