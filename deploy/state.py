"""Keeps a workspace's state on a branch of a git repository, for runners that start from a fresh checkout each time.

    python deploy/state.py restore FOLDER [--first-run]      before anything else
    python deploy/state.py save FOLDER [--sending]           after each step that changed something

STATE_REMOTE is the repository, STATE_BRANCH the branch (default digester-state), STATE_KEY a pass phrase: the state holds
addresses of readers and whole texts, so it leaves the runner encrypted only (gpg --symmetric, AES-256 with its integrity check).

State is required: a branch that is gone stops the run instead of starting from an empty store, which would make and mail
again what was mailed. `--first-run` is for the first one only, and even then a mark beside the database says that it knows
of less than was sent, so nothing is sent until a person decides (`digester send --resolve`). `save --sending` is the state
in which a send begins, with such a mark: when the runner is lost before the next save, nobody knows what was sent, and the
next `digester send` says so. A save only follows the state it was made from (`git push --force-with-lease`): of two runs
side by side one fails. The branch holds one commit without a parent, so that it does not grow.

Exit codes: 0 done, 1 failed, 2 usage, 6 refused.
"""

from __future__ import annotations

import argparse
import io
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

DATABASE, SENT, BASE = "digester.db", "digester.sent", ".digester-state"
KEPT = (DATABASE, SENT, "site.published")  # what is carried from run to run
PART = 90_000_000  # bytes: many hosts refuse files of a git repository above 100 MB
AHEAD = 1_000  # more than any run counts: the mark says that more was sent than the database knows
SHORTEST_KEY = 20  # characters


class Stopped(Exception):
    """Why nothing was done; `code` is the exit code."""

    def __init__(self, text: str, code: int = 6) -> None:
        super().__init__(text)
        self.code = code


def git(repository: Path, *words: str, data: bytes | None = None) -> bytes:
    done = _git(repository, *words, data=data)
    if done.returncode:
        raise Stopped(f"git {words[0]}: {done.stderr.decode(errors='replace').strip()[-500:]}", 1)
    return done.stdout


def _git(repository: Path, *words: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(["git", "-C", repository, *words], input=data, capture_output=True, check=False, env=env)  # noqa: S603, S607


def tip(repository: Path) -> str:
    """The branch's commit, "" without one. git ends with 2 only when the remote answered and has no such branch."""
    done = _git(repository, "ls-remote", "--exit-code", "--heads", remote(), f"refs/heads/{branch()}")
    if done.returncode == 2:
        return ""
    if done.returncode:
        raise Stopped(f"the repository of the state did not answer: {done.stderr.decode(errors='replace')[-300:]}", 1)
    return done.stdout.split()[0].decode()


def remote() -> str:
    return _set("STATE_REMOTE")


def branch() -> str:
    return os.environ.get("STATE_BRANCH") or "digester-state"


def _set(name: str) -> str:
    if not (value := os.environ.get(name, "").strip()):
        raise Stopped(f"{name} is not set", 2)
    return value


# ------------------------------------------------------------------- sealing
def sealed(plain: bytes, work: Path, *, opening: bool = False) -> bytes:
    """Encrypted, or with `opening` decrypted, under STATE_KEY; the pass phrase stands in no argument and no file."""
    key = _set("STATE_KEY")
    if len(key) < SHORTEST_KEY:
        raise Stopped(f"STATE_KEY is shorter than {SHORTEST_KEY} characters", 2)
    home, source = work / "gpg", work / ("state.gpg" if opening else "state.tar")
    home.mkdir(mode=0o700, exist_ok=True)
    source.write_bytes(plain)
    how = ["--decrypt"] if opening else ["--symmetric", "--cipher-algo", "AES256", "--s2k-count", "65011712"]
    options = [
        "--batch",
        "--quiet",
        "--no-tty",
        "--no-autostart",
        "--pinentry-mode",
        "loopback",
        "--passphrase-fd",
        "0",
    ]
    words = ["gpg", *options, "--output", "-", *how, str(source)]
    env = {**os.environ, "GNUPGHOME": str(home)}  # nothing of the user's, and no agent that would stay behind
    done = subprocess.run(words, input=key.encode(), capture_output=True, check=False, env=env)  # noqa: S603
    if done.returncode:
        raise Stopped("the state cannot be opened: another STATE_KEY, or it was changed" if opening else "gpg failed")
    return done.stdout


def packed(folder: Path, work: Path, sending: bool) -> bytes:
    """The state's files as a tar archive; the database as one consistent copy."""
    copy = work / DATABASE
    with closing(sqlite3.connect(folder / DATABASE)) as source, closing(sqlite3.connect(copy)) as target:
        try:
            source.backup(target)
        except sqlite3.DatabaseError as err:
            raise Stopped(f"{DATABASE} is damaged: {err}") from err
    _sound(copy)
    files = {name: (folder / name).read_bytes() for name in KEPT[1:] if (folder / name).exists()}
    if sending:
        known = files.get(SENT, b"").strip()
        files[SENT] = b"%d\n" % (int(known if known.isdigit() else 0) + AHEAD)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, body in {DATABASE: copy.read_bytes(), **files}.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(body), 0o600
            tar.addfile(member, io.BytesIO(body))
    return archive.getvalue()


def unpack(archive: bytes, folder: Path) -> None:
    """Writes the files of a state, and no others."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for name in KEPT:
            if name in tar.getnames() and (body := tar.extractfile(name)) is not None:
                (folder / name).write_bytes(body.read())
                (folder / name).chmod(0o600)
    _sound(folder / DATABASE)


def _sound(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        try:
            said = db.execute("pragma integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as err:
            said = str(err)
    if said != "ok":
        raise Stopped(f"{database.name} is damaged: {said}")


# ------------------------------------------------------------------ commands
def restore(folder: Path, first_run: bool, work: Path) -> str:
    if (folder / DATABASE).exists():
        raise Stopped(f"{folder / DATABASE} is there already; nothing is overwritten")
    commit = tip(work)
    if not commit and not first_run:
        raise Stopped(
            f"there is no state on branch {branch()}, and a run that starts from an empty store would make and mail "
            "again what was mailed. Bring the branch back; if this is the first run ever, start it with first_run"
        )
    if commit and first_run:
        raise Stopped(f"branch {branch()} holds a state; first_run is for the first run only")
    folder.mkdir(parents=True, exist_ok=True)
    if first_run:
        (folder / SENT).write_text("1\n")
        (folder / BASE).write_text("")
        return "first run: an empty store; nothing is sent until `resolve` says what was sent before"
    git(work, "fetch", "-q", "--depth", "1", "--no-tags", remote(), f"refs/heads/{branch()}")
    commit = git(work, "rev-parse", "FETCH_HEAD").decode().strip()
    names = sorted(git(work, "ls-tree", "--name-only", commit).decode().split())
    body = b"".join(git(work, "cat-file", "blob", f"{commit}:{n}") for n in names if n.startswith("state.gpg."))
    unpack(sealed(body, work, opening=True), folder)
    (folder / BASE).write_text(commit)
    return f"restored the state of {commit}"


def save(folder: Path, sending: bool, work: Path) -> str:
    if not (folder / BASE).exists() or not (folder / DATABASE).exists():
        raise Stopped(f"{folder} holds no restored state, or no database: nothing is saved over what is there")
    before = (folder / BASE).read_text()
    body = sealed(packed(folder, work, sending), work)
    lines = []
    for at in range(0, len(body), PART):
        blob = git(work, "hash-object", "-w", "--stdin", data=body[at : at + PART]).decode().strip()
        lines.append(f"100644 blob {blob}\tstate.gpg.{at // PART:03}\n")
    tree = git(work, "mktree", data="".join(lines).encode()).decode().strip()
    words = ["-c", "user.name=digester", "-c", "user.email=digester@localhost"]
    commit = git(work, *words, "commit-tree", tree, "-m", "state, sending" if sending else "state").decode().strip()
    lease = f"--force-with-lease=refs/heads/{branch()}:{before}"
    if (done := _git(work, "push", "-q", lease, remote(), f"{commit}:refs/heads/{branch()}")).returncode:
        raise Stopped(f"another run saved a state in between, or the push failed: {done.stderr.decode()[-300:]}", 1)
    (folder / BASE).write_text(commit)
    return f"saved as {commit}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("restore")
    one.add_argument("folder", type=Path)
    one.add_argument("--first-run", action="store_true")
    two = commands.add_parser("save")
    two.add_argument("folder", type=Path)
    two.add_argument("--sending", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        try:
            git(work, "init", "-q", "--bare", ".")
            done = (
                restore(given.folder, given.first_run, work)
                if given.command == "restore"
                else save(given.folder, given.sending, work)
            )
        except Stopped as why:
            sys.stderr.write(f"state: {why}\n")
            return why.code
    sys.stdout.write(f"state: {done}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
