"""The one HTTP door: every GET of the house goes through `Door`.

It holds an overall deadline, caps bytes on the wire and inflated, asks conditionally, keeps a gap per
host, obeys Retry-After up to a cap, checks every redirect again and refuses private addresses when
connecting (guard.py). Requests in flight are a Batch (batch.py).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx2

from digester.domain.sources import Document, Request, Validator
from digester.domain.urls import http_url
from digester.net import guard, inflate, replay
from digester.net.batch import Batch
from digester.net.faults import as_fault, host, worth_retrying
from digester.net.manners import Pace, Robots, fresh_seconds, pause, retry_after_seconds
from digester.net.routes import Routes
from digester.ports import Clock, Fetched, FetchError, NotModified, Reply

MAX_HOPS = 5
TRIES = 3
_CHARSET = re.compile(r";\s{0,9}charset\s{0,9}=\s{0,9}[\"']?([\w:.-]{2,40})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """`deadline` seconds for one request with its redirects; `max_bytes` on the wire and inflated."""

    deadline: float = 30.0
    max_bytes: int = 20_000_000
    hosts_in_flight: int = 16


class Door:
    """Answers Requests with Replies; never raises for what the network did."""

    def __init__(
        self,
        *,
        clock: Clock,
        agent: str,
        limits: Limits | None = None,
        allow: Collection[str] = (),
        base: str | None = None,
        routes: Routes | None = None,
        resolve: guard.Resolve = guard.resolve,
    ) -> None:
        self.limits = limits or Limits()
        self._clock, self._base, self._agent = clock, base, agent
        self._deadline = guard.Deadline()
        allowed = {*allow, replay.base_host(base)} if base else set(allow)
        self._allow, self._routes = frozenset(allow), routes or Routes()
        self._client = httpx2.Client(
            transport=guard.guarded_transport(allowed, self._deadline, resolve), trust_env=False, follow_redirects=False,
            timeout=httpx2.Timeout(15.0, connect=10.0), cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": agent, "Accept-Encoding": "gzip, deflate"},
        )  # fmt: skip
        self.pace, self._robots = Pace(clock), Robots(agent)
        self.requests = 0
        self._count = threading.Lock()

    def close(self) -> None:
        self._client.close()

    def fetches(self) -> Batch:
        return Batch(self)

    # -------------------------------------------------------- one request
    def get(self, request: Request, validator: Validator | None = None) -> Reply:
        """One GET with redirects, retries and manners. Waits on the clock, so call it off the main thread."""
        address = self.address(request)
        if isinstance(address, FetchError):
            return address
        request = replace(request, url=address)
        reply: Reply = FetchError("protocol", "not asked")
        for attempt in range(TRIES):
            reply = self._follow(request, validator)
            if not isinstance(reply, FetchError) or not worth_retrying(reply) or attempt == TRIES - 1:
                break
            self._clock.sleep(pause(host(address), attempt, reply.retry_after))
        return reply

    def address(self, request: Request) -> str | FetchError:
        """Where a request really goes: bridges have their own base."""
        return self._routes.address(request.url)

    def _follow(self, request: Request, validator: Validator | None) -> Reply:
        url, moved, lasting = request.url, None, True
        budget = self.limits.deadline
        for hop in range(MAX_HOPS + 1):
            if request.page and (refusal := self._refused_by_robots(url)):
                return refusal
            self._deadline.budget = budget
            answer = self._once(url, request, validator)
            budget = self._deadline.budget
            if not isinstance(answer, _Redirect):
                return _redirected(answer, moved) if hop and isinstance(answer, Fetched) else answer
            target = http_url(answer.location, url)
            if target is None:
                return FetchError("redirects", f"{host(url)} redirects to something that is not http(s)", answer.status)
            lasting = lasting and answer.permanent
            moved = target if lasting else moved
            url, validator = target, None  # validators belong to the address they came from
        return FetchError("redirects", f"{host(request.url)} redirects more than {MAX_HOPS} times")

    def _once(self, url: str, request: Request, validator: Validator | None) -> Reply | _Redirect:
        clean = http_url(url)
        if clean is None:
            return FetchError("protocol", f"{host(url)} is no http(s) address")
        name = host(clean)
        if guard.forbidden_literal(name) and not self._is_allowed(clean):
            return FetchError(
                "forbidden", f"{name} is a private address; name it in net.allow_private_hosts if it is yours"
            )
        token = self._routes.bearer(request, clean)
        if isinstance(token, FetchError):
            return token
        self.pace.wait(name, self._robots.delay(name) if request.page and self._robots.knows(name) else None)
        with self._count:
            self.requests += 1
        target = replay.replayed(self._base, url) if self._base else url
        conditions = _conditions(validator)
        headers = {"Accept": request.accept, **conditions, **token}
        try:
            with self._deadline.running(), self._client.stream("GET", target, headers=headers) as response:
                return self._read(response, url, request, conditional=bool(conditions))
        except Exception as err:  # noqa: BLE001 - the library's families and ours end here as values, others re-raise
            return as_fault(err, name, self.limits.deadline)

    def _read(self, response: httpx2.Response, url: str, request: Request, conditional: bool) -> Reply | _Redirect:
        status, head = response.status_code, response.headers  # a body that is left unread closes its connection
        if status == 304 and conditional:
            return NotModified()
        if status in (301, 302, 303, 307, 308) and "location" in head:
            return _Redirect(head["location"], status, status in (301, 308))
        if status != 200:
            wait = retry_after_seconds(head.get("retry-after"), self._clock.now())
            return FetchError("status", f"{host(url)} answers {status}", status, wait)
        declared = head.get("content-length", "")
        if declared.isdigit() and int(declared[:15]) > self.limits.max_bytes:
            raise inflate.TooLarge(f"more than {self.limits.max_bytes} bytes")
        body = inflate.read_body(response.iter_raw(), head.get("content-encoding", ""), self.limits.max_bytes)
        document = Document(request, url, _media_type(head.get("content-type", "")), body, self._clock.now())
        fresh = fresh_seconds(head.get("cache-control", ""), head.get("age", ""))
        return Fetched(document, head.get("etag"), head.get("last-modified"), fresh_for=fresh)

    # ------------------------------------------------------------ manners
    def _refused_by_robots(self, url: str) -> FetchError | None:
        name = host(url)
        if http_url(url) is None:
            return None  # refused for that when it is asked
        if not self._robots.knows(name):
            scheme = urlsplit(url).scheme
            reply = self._follow(Request("robots", f"{scheme}://{urlsplit(url).netloc}/robots.txt"), None)
            status = 200 if isinstance(reply, Fetched) else getattr(reply, "status", None)
            self._robots.learn(name, status, reply.document.body if isinstance(reply, Fetched) else b"")
        if self._robots.allows(name, url):
            return None
        return FetchError("robots", f"{name} asks programs not to read this page (robots.txt)")

    def _is_allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return guard.is_allowed(self._allow, parts.hostname or "", port)


@dataclass(frozen=True)
class _Redirect:
    location: str
    status: int
    permanent: bool


def _media_type(value: str) -> str:
    """`type/subtype`, and `; charset=name` where one is given (RFC 9110 8.3): the only parameter that readers use."""
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower() + (f"; charset={charset[1].lower()}" if charset else "")


def _conditions(validator: Validator | None) -> dict[str, str]:
    """Conditional headers (RFC 9110 13.1); values that could not stand in a header are not sent back."""
    if validator is None:
        return {}
    pairs = {"If-None-Match": validator.etag, "If-Modified-Since": validator.last_modified}
    return {k: v for k, v in pairs.items() if v and v.isascii() and v.isprintable()}


def _redirected(fetched: Fetched, moved: str | None) -> Fetched:
    """Without validators: they are another address's, and would be shown to the one that was asked."""
    return Fetched(fetched.document, moved_to=moved)
