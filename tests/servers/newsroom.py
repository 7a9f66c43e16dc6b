"""A whole workspace over the demo world, and the command line as a function: what tests of the floor stand on.

`Web` serves the demo world as `DemoServer` does, and whatever else a test puts at single addresses.
`collected` and `made` build a workspace once a session; tests work on copies (`desk`).
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import pytest

from digester import app
from digester.cli import main
from digester.demo.run import DAYS, MORNING, sources_yaml, world_folder
from digester.demo.server import Reply, answer, sent
from digester.demo.world import World, load
from digester.domain.issue import Issue

NOON = "T12:00:00+00:00"
DAILY, WEEKLY = ("ai-daily", "2026-06-20"), ("rec-weekly", "2026-W25")
ENDS = (".en.eml", ".en.html", ".en.md", ".zh.eml", ".zh.html", ".zh.md", ".json")
FILES = tuple(f"{kind}/{period}{end}" for kind, period in (DAILY, WEEKLY) for end in ENDS)
Special = Reply | Callable[[BaseHTTPRequestHandler, threading.Event], None]


@cache
def world() -> World:
    return load(world_folder())


# ------------------------------------------------------------------- the web
class Web:
    """The demo world on loopback; `special` holds what single addresses answer instead."""

    def __init__(self, of: World | None = None, at: str = MORNING) -> None:
        self.world, self.at = of or world(), datetime.fromisoformat(at)
        self.special: dict[str, Special] = {}
        self.conditional = True  # false: ETags are not compared, everything is sent again
        self.log: list[tuple[str, int]] = []
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web._answer(self)

            def date_time_string(self, timestamp: float | None = None) -> str:
                return format_datetime(web.at, usegmt=True)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        url = dict(parse_qsl(urlsplit(handler.path).query)).get("u", "")
        special = self.special.get(url) or next(
            (s for u, s in self.special.items() if u.endswith("*") and url.startswith(u[:-1])), None
        )
        if callable(special):
            self.log.append((url, 0))
            return special(handler, self._ended)
        reply = special or answer(self.world, self.at, url)
        status, headers, body = sent(reply, "", handler.headers.get("If-None-Match", "") if self.conditional else "")
        self.log.append((url, status))
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        return None

    def asked(self, part: str) -> list[tuple[str, int]]:
        return [x for x in self.log if part in x[0]]


class _Quiet(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def stalls(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    """Says nothing until the server ends."""
    ended.wait()


def endless(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/rss+xml")
    handler.end_headers()
    while not ended.is_set():
        handler.wfile.write(b"<rss><channel><item><title>more</title></item>" * 1000)


# ---------------------------------------------------------------- the command
@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return self.out + self.err


def digester(*words: str, env: Mapping[str, str] | None = None) -> Done:
    """The command line in this process: argv in, exit code and what was written out."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [n for n in os.environ if n.startswith("DIGESTER_")]:
            patch.delenv(name)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["digester", *words])
        with pytest.raises(SystemExit) as end:
            main()
    return Done(int(end.value.code or 0), out.getvalue(), err.getvalue())


def process(
    *words: str | bytes, env: Mapping[str, str] | None = None, **how: Any
) -> subprocess.CompletedProcess[bytes]:
    """The command line as a process of its own, for what only a process has."""
    given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **how}
    return subprocess.run(command(*words), env=environment(env), check=False, **given)


def command(*words: str | bytes) -> list[str | bytes]:
    return [sys.executable, "-m", "digester", *words]


def environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DIGESTER_", "PYTHON", "LC_", "LANG"))}
    return {**kept, **(env or {})}


# ------------------------------------------------------------- the workspace
@dataclass
class Desk:
    """A workspace folder; `now` moves only when a test moves it."""

    home: Path
    now: str = MORNING
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.home / "sources.yaml"

    @property
    def words(self) -> tuple[str, ...]:
        return ("--config", str(self.config), "--now", self.now)

    def __call__(self, *words: str) -> Done:
        return digester(*self.words, *words, env=self.env)

    def json(self, *words: str) -> Any:
        return digester(*self.words, "--json", *words, env=self.env).data

    def write(self, text: str) -> None:
        self.config.write_text(text, "utf-8")

    def change(self, old: str, new: str) -> None:
        text = self.config.read_text("utf-8")
        assert old in text
        self.write(text.replace(old, new))

    def files(self) -> dict[str, bytes]:
        return {f: (self.home / f).read_bytes() for f in FILES if (self.home / f).exists()}

    def workspace(self) -> app.Workspace:
        return app.open_workspace(self.config, self.env, datetime.fromisoformat(self.now))

    @contextmanager
    def store(self) -> Any:
        with app.open_store(self.workspace()) as store:
            yield store

    def issue(self, kind: str, period: str) -> Issue:
        with self.store() as store:
            found = store.issue(f"{kind}/{period}")
        assert found is not None
        return found  # type: ignore[no-any-return]


def serve(desk: Desk, web: Web, extra: str = "") -> Desk:
    """Points the workspace at `web`; `extra` is more of `net:`."""
    text = sources_yaml(web.base, web.world)
    desk.write(text.replace("contact: demo@digester.example", f"contact: demo@digester.example{extra}"))
    return desk


@cache
def _collected(base: Path) -> Path:
    """The week collected day by day, and the morning after."""
    desk = Desk(base / "collected")
    shutil.rmtree(desk.home, ignore_errors=True)
    desk.home.mkdir()
    with Web() as web:
        serve(desk, web)
        for at in (*(f"{day}{NOON}" for day in DAYS), MORNING):
            desk.now, web.at = at, datetime.fromisoformat(at)
            assert desk("collect").code == 0
    return desk.home


@cache
def _made(base: Path) -> Path:
    """Both issues made of the collected week."""
    desk = Desk(base / "made")
    shutil.rmtree(desk.home, ignore_errors=True)
    shutil.copytree(_collected(base), desk.home)
    with Web() as web:
        serve(desk, web)
        for kind, period in (DAILY, WEEKLY):
            done = desk("run", kind, "--date", period)
            assert done.code == 0, done.said
    return desk.home


def _copy(of: Path, to: Path) -> Desk:
    shutil.copytree(of, to)
    return Desk(to)


def collected(factory: pytest.TempPathFactory, to: Path) -> Desk:
    return _copy(_collected(factory.getbasetemp()), to)


def made(factory: pytest.TempPathFactory, to: Path) -> Desk:
    return _copy(_made(factory.getbasetemp()), to)
