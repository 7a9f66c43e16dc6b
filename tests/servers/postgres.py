"""A throw-away PostgreSQL cluster: a socket in a short folder, no TCP, no durability, one database a test."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url, text

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps them off the PATH."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    found = packaged[-1] if packaged else shutil.which("initdb")
    return Path(found).parent if found else None


def missing() -> str | None:
    """Why there can be no cluster here, or None."""
    if binaries() is None:
        return "no PostgreSQL server programs (initdb) in /usr/lib/postgresql or on the PATH"
    if os.geteuid() == 0 and not _has_user("postgres"):
        return "running as root and there is no system user postgres: initdb refuses root"
    return None


def _has_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


class Cluster:
    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count()
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def database(self, template: str = "template1") -> str:
        """The URL of a new database, a copy of `template`."""
        name = f"t{next(self._numbers)}"
        with self._admin.connect() as c:
            c.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return self._url(name)

    def drop(self, url: str) -> None:
        """Also while somebody is connected: that is how a test takes a database away."""
        with self._admin.connect() as c:
            c.execute(text(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)"))

    def close(self) -> None:
        self._admin.dispose()


@contextmanager
def cluster() -> Iterator[Cluster]:
    programs = binaries()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # short: a socket path has a limit of 107 bytes
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(*command: str) -> None:
        # a server that inherits a pipe keeps its reader waiting, hence no pipes
        subprocess.run(
            command,
            check=True,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **who,
        )

    try:
        run(
            f"{programs}/initdb",
            "-D",
            f"{folder}/data",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"-c listen_addresses= -c unix_socket_directories={folder} {FAST}"
        run(f"{programs}/pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            server = Cluster(folder)
            yield server
            server.close()
        finally:
            run(f"{programs}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
