"""Runs a command as in a hardened container, from nothing but util-linux: unshare(1), setpriv(1), mount(8).

Memory is limited by a control group of its own where one can be made (version 1 or 2). Memory that is written and then
executed is refused by prctl(2) PR_SET_MDWE, which is also what systemd's MemoryDenyWriteExecute asks for.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

LIMIT = 256 * 1024 * 1024  # bytes
PATIENCE = 600.0  # seconds for one command on a busy machine
TERM = 10.0  # seconds from SIGTERM to the end
ENTER = """set -e
[ -z "$1" ] || echo $$ > "$1/cgroup.procs"
exec unshare --mount --net --pid --ipc --uts --fork --kill-child /bin/sh -c '
set -e
mount --make-rprivate /
mount -t tmpfs -o size=64m,mode=1777 tmpfs /tmp
mount --bind "$1" "$1"
mount -o remount,ro,bind /
mount -t proc -o subset=pid,hidepid=invisible proc /proc
ip link set lo up
cd "$1"; user=$2; shift 2
exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
' box "$2" "$3" "${@:4}"
"""
NO_WRITTEN_CODE = "import ctypes,os,sys; ctypes.CDLL(None).prctl(65,1,0,0,0); os.execvp(sys.argv[1], sys.argv[1:])"


PROBE = """
import os, socket
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
def refused(call, *args):
    try: call(*args)
    except OSError as err: return err.strerror.lower()
    return "allowed"
print(f"process {os.getpid()}, user {os.getuid()}, capabilities {int(status['CapEff'], 16) + int(status['CapBnd'], 16)},"
      f" new privileges {'no' if int(status['NoNewPrivs']) else 'yes'}, root: {refused(open, '/usr/x', 'w')},"
      f" network: {refused(socket.create_connection, ('192.0.2.1', 9), 2)}")
"""
PROVEN = (
    "process 1, user 10001, capabilities 0, new privileges no, root: read-only file system, "
    "network: network is unreachable"
)


class Box:
    """`data` is the one folder that may be written to; `why` says why there are no namespaces, "" when there are."""

    def __init__(self, data: Path, user: int, env: dict[str, str], python: str, work: Path) -> None:
        self.data, self.user, self.env, self.python = data, user, env, python
        self.why = _unable()
        self.group = None if self.why else _group()
        self.roots = [p for p in work.iterdir() if p.name != "root"] + [p for p in data.parent.iterdir() if p != data]
        (foreign := data / "foreign").mkdir(mode=0o555)  # a volume with a wrong owner
        if not self.why:
            os.chown(data, user, user)
            os.chown(foreign, 0, 0)
        self.before = self._listed()

    def words(self, command: list[str]) -> list[str]:
        inner = ["env", "-i", *(f"{k}={v}" for k, v in self.env.items())]
        if self.why:
            return [*inner, *command]
        inner += [self.python, "-c", NO_WRITTEN_CODE]
        return [
            "/bin/bash",
            "-c",
            ENTER,
            "enter",
            str(self.group or ""),
            str(self.data),
            str(self.user),
            *inner,
            *command,
        ]

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        words = self.words(command)
        return subprocess.run(words, capture_output=True, text=True, check=False, cwd=self.data, timeout=PATIENCE)  # noqa: S603

    def proof(self) -> tuple[bool | None, str]:
        """Whether the box is what it is said to be, asked from within."""
        if self.why:
            return None, self.why
        told = self.run([self.python, "-c", PROBE])
        return told.stdout.strip() == PROVEN, (told.stdout + told.stderr).strip()

    def ended_by_sigterm(self, command: list[str]) -> tuple[bool, str]:
        """Whether a long-running command ends in time when its process 1 is told to."""
        process = subprocess.Popen(  # noqa: S603
            self.words(command), cwd=self.data, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        time.sleep(8)  # it is at work by then
        if process.poll() is not None:
            return False, f"ended by itself with {process.returncode}: {process.communicate()[1][-800:]}"
        start = time.monotonic()
        os.kill(_child(process.pid) if not self.why else process.pid, signal.SIGTERM)
        try:
            process.communicate(timeout=3 * TERM)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        took = time.monotonic() - start
        ok = took < TERM and process.returncode in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
        return ok, f"ended {took:.1f} s after SIGTERM with {process.returncode}"

    def memory(self) -> str:
        """The most that was used so far, of the limit."""
        for name in ("memory.peak", "memory.max_usage_in_bytes"):
            with suppress(OSError):
                if self.group:
                    return f", at most {int((self.group / name).read_text()) >> 20} MB of {LIMIT >> 20}"
        return ", without a limit of memory"

    def outside(self) -> str:
        """Files that came or went outside of the data folder."""
        return ", ".join(sorted(self._listed() ^ self.before)[:5])

    def _listed(self) -> set[str]:
        return {str(p) for root in self.roots for p in root.rglob("*")}

    def close(self) -> None:
        if self.group:
            with suppress(OSError):
                self.group.rmdir()


def _unable() -> str:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "not root: as this user, without namespaces"
    if missing := [tool for tool in ("unshare", "setpriv", "ip", "bash") if not shutil.which(tool)]:
        return f"without namespaces: {', '.join(missing)} is missing"
    words = [
        "unshare",
        "--mount",
        "--net",
        "--pid",
        "--fork",
        "sh",
        "-c",
        "mount -o remount,ro,bind / && ip link set lo up",
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    return f"without namespaces: {done.stderr.strip()[-200:]}" if done.returncode else ""


def _group() -> Path | None:
    """A control group with a limit of memory, None where none can be made."""
    base = Path("/sys/fs/cgroup")
    for folder, limit in ((base / "memory", "memory.limit_in_bytes"), (base, "memory.max")):
        group = folder / f"digester-check-{os.getpid()}"
        try:
            group.mkdir()
            (group / limit).write_text(str(LIMIT))
        except OSError:
            with suppress(OSError):
                group.rmdir()
            continue
        return group
    return None


def _child(pid: int) -> int:
    """Process 1 of the namespace, as seen from here: `unshare` replaced the shell, and this is its child."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
