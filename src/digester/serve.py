"""The server behind links to unsubscribe: one page, one button, and /health (RFC 8058).

Scanners and programs that fetch ahead open every link of a mail, so GET and HEAD change nothing; the POST of a mail program,
or of the page's button, does, once and for all. The token is all that is asked for: no cookie, no session, no redirect. It
names a person by a keyed hash; one that is not ours gets the same page whether anybody is behind it or not, and one of ours
the same answer whether its person is on the list, has left or was erased.

Made to stand behind a web server that speaks TLS. By itself it keeps no log of who asked for what, reads little, and waits
for nobody: a head that is not there in seconds ends the connection, and each connection carries one request.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from functools import cache
from hashlib import sha256
from html import escape
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from digester import people
from digester.app import Workspace
from digester.channels._tokens import id_in
from digester.delivery import KEY
from digester.domain.errors import DigesterError
from digester.domain.subscribers import Subscriber
from digester.files import data_file
from digester.scheduler import HEARTBEAT

BODY, PATH, HEAD = 10_000, 300, 16_000  # octets
PATIENCE = 10.0  # seconds for the head of a request, and for its body
CONNECTIONS = 200
_CLICK = re.compile(rb"List-Unsubscribe\b[^&]{0,200}\bOne-Click\b", re.DOTALL)  # as a form, or as multipart/form-data

WORDS = {
    "en": {
        "ask": ("Unsubscribe", "After this no more mail is sent to the address that this link was mailed to."),
        "done": ("You are unsubscribed", "No more mail is sent to you; what is on its way may still arrive."),
        "none": ("This link leads nowhere", "It may have been cut off in your mail. Try the link of a later one, or answer it."),
        "wrong": ("That could not be read", "Nothing was changed. Open the link of your mail again."),
        "busy": ("Not now", "Nothing was changed. Please try again in a few minutes."),
        "button": ("Unsubscribe", ""),
    },
    "zh": {
        "ask": ("退订", "退订后，我们不再向收到此链接的邮箱发送邮件。"),
        "done": ("您已退订", "我们不再向您发送邮件；已经发出的邮件可能仍会送达。"),
        "none": ("链接无效", "链接可能在邮件中被截断。请使用较新邮件中的链接，或直接回复邮件。"),
        "wrong": ("无法读取请求", "未作任何更改。请重新打开邮件中的链接。"),
        "busy": ("暂时无法处理", "未作任何更改。请几分钟后再试。"),
        "button": ("退订", ""),
    },
}  # fmt: skip
STYLE = """body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 var(--sans)}
main{max-width:var(--measure);margin:0 auto;padding:12vh 1.25rem}h1{font:600 1.75rem/1.3 var(--serif);margin:0 0 1rem}
button{font:inherit;padding:.6rem 1.4rem;border:0;border-radius:.3rem;background:var(--accent);color:var(--accent-ink);cursor:pointer}
button:focus-visible{outline:3px solid var(--link);outline-offset:2px}"""


# ----------------------------------------------------------------------- pages
@cache
def _style() -> str:
    return data_file("templates/tokens.css").read_text("utf-8") + STYLE


def page(name: str, language: str) -> str:
    words = WORDS[language]
    (title, text), button = words[name], words["button"][0]
    form = f'<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>{escape(button)}</button></form>'
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title><style>{_style()}</style>'
        f"<main><h1>{escape(title)}</h1><p>{escape(text)}</p>{form if name == 'ask' else ''}</main></html>"
    )


def _headers() -> list[tuple[bytes, bytes]]:
    style = b64encode(sha256(_style().encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    found = {
        "Content-Security-Policy": policy, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex, nofollow", "X-Content-Type-Options": "nosniff", "Connection": "close",
    }  # fmt: skip
    return [(name.lower().encode(), value.encode()) for name, value in found.items()]


def _language(request: Request, person: Subscriber | None = None) -> str:
    """The person's first, else the one that the browser prefers of ours."""
    if person and person.languages:
        return person.languages[0]
    named = re.findall(r"(?i)\b(en|zh)\b", request.headers.get("accept-language", "")[:200])
    return named[0].lower() if named else "en"


def _shown(request: Request, name: str, status: int, person: Subscriber | None = None) -> Response:
    return Response(page(name, _language(request, person)), status, media_type="text/html")


# ---------------------------------------------------------------------- answers
class Desk:
    """What is answered, over one workspace. `now` reads the clock."""

    def __init__(self, workspace: Workspace, store: Any, now: Callable[[], datetime]) -> None:
        self._workspace, self._store, self._now = workspace, store, now

    async def unsubscribe(self, request: Request) -> Response:
        key, id_ = await run_in_threadpool(self._person_of, str(request.path_params["token"]))
        if id_ is None:
            return _shown(request, "none", 404)
        person = await run_in_threadpool(self._store.subscriber_by_id, id_)
        if request.method != "POST":
            return _shown(request, "ask", 200, person)
        if not _CLICK.search(await _body(request)):
            return _shown(request, "wrong", 400, person)
        await run_in_threadpool(people.leave, self._workspace, self._store, key, id_, self._now())
        return _shown(request, "done", 200, person)

    def _person_of(self, token: str) -> tuple[bytes, str | None]:
        """The key is read each time, since the first mail makes it."""
        key = bytes.fromhex(self._store.kept(KEY) or "")
        return key, id_in(key, token) if key else None

    async def health(self, request: Request) -> Response:
        """200 while the store answers; how long ago `digester tick` ran is for whoever watches."""
        try:
            tick = await run_in_threadpool(self._store.kept, HEARTBEAT)
        except DigesterError:
            return _json({"ok": False}, 503)
        return _json({"ok": True, **_since(tick, self._now())}, 200)


async def _body(request: Request) -> bytes:
    """Raises HTTPException for one that is too large or too slow."""
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.stream():
                body += piece
                if len(body) > BODY:
                    raise HTTPException(413)
    except (TimeoutError, ClientDisconnect) as err:
        raise HTTPException(408) from err
    return body


def _since(tick: str | None, now: datetime) -> dict[str, Any]:
    try:
        seconds = round((now - datetime.fromisoformat(tick or "")).total_seconds())
    except (ValueError, TypeError):
        return {"last_tick": None, "seconds_ago": None}
    return {"last_tick": tick, "seconds_ago": seconds}


def _json(data: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(data), status, media_type="application/json")


async def _refused(request: Request, err: Exception) -> Response:
    """What the router or the body's reader refused; Allow with 405 is all that is passed on."""
    status, headers = getattr(err, "status_code", 404), getattr(err, "headers", None)
    answer = _shown(request, "none" if status == 404 else "wrong", status)
    answer.headers.update({k: v for k, v in (headers or {}).items() if k.lower() == "allow"})
    return answer


async def _unable(request: Request, err: Exception) -> Response:
    """The store cannot be written now: mail programs try again on a 503."""
    answer = _shown(request, "busy", 503)
    answer.headers["Retry-After"] = "300"
    return answer


# ----------------------------------------------------------------------- server
def asgi(workspace: Workspace, store: Any, now: Callable[[], datetime]) -> ASGIApp:
    desk = Desk(workspace, store, now)
    routes = [
        Route("/unsubscribe/{token}", desk.unsubscribe, methods=["GET", "POST"]),
        Route("/health", desk.health, methods=["GET"]),
    ]
    inner = Starlette(routes=routes, exception_handlers={HTTPException: _refused, DigesterError: _unable})
    inner.router.redirect_slashes = False
    fixed = _headers()

    async def sealed(scope: Scope, receive: Receive, send: Send) -> None:
        """Every answer with the same headers; a path that is no link of ours is not even looked at."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *fixed]
            await send(message)

        if len(scope["raw_path"]) > PATH:
            await _shown(Request(scope), "none", 404)(scope, receive, with_headers)
        else:
            await inner(scope, receive, with_headers)

    return sealed


class _Impatient(H11Protocol):
    """Ends a connection whose head is not there in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(PATIENCE, lambda: None if self.cycle else transport.close())


class Server(uvicorn.Server):
    """Serves until `stopping` says so; what is being answered then has a few seconds."""

    def __init__(self, app: ASGIApp, stopping: Callable[[], bool]) -> None:
        super().__init__(
            uvicorn.Config(
                app, loop="asyncio", http=_Impatient, ws="none", lifespan="off", log_config=None, log_level="error",
                access_log=False, server_header=False, proxy_headers=False, limit_concurrency=CONNECTIONS,
                timeout_keep_alive=5, timeout_graceful_shutdown=5, h11_max_incomplete_event_size=HEAD,
            )
        )  # fmt: skip
        self._stopping = stopping

    async def on_tick(self, counter: int) -> bool:
        return self._stopping() or await super().on_tick(counter)


def listening(host: str, port: int) -> socket.socket:
    """Raises DigesterError when nothing can listen there."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as err:
        raise DigesterError(
            f"cannot listen on {host}:{port}: {err.strerror}", hint="try another --host or --port"
        ) from err
