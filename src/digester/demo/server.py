"""The demo world on loopback: `DemoServer` answers `GET /__by_url?u=URL` for every URL of the invented web.

It speaks to the replay transport: the original URL is data, the connection goes to 127.0.0.1. `at` is the
demo's present, which the caller may move: nothing published later exists yet, in a feed or as a page, and the
`Date` header is that time too. `answer` is a pure function of the world, that time and the URL; the HTTP half
adds a strong ETag of the bytes sent, Last-Modified, 304 and gzip (RFC 9110). Two hosts misbehave, so that a
demo shows how that is reported.
"""

from __future__ import annotations

import fnmatch
import gzip
import hashlib
import re
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from digester.demo import pages, wire
from digester.demo.world import Episode, FeedEntry, Paper, Post, World

Dated = TypeVar("Dated", FeedEntry, Post, Episode)

_TEXT, _HTML, _RSS, _ATOM = "text/plain", "text/html", "application/rss+xml", "application/atom+xml"
_FEED_SIZE = 20
_SMALL = 200  # bytes that are not worth compressing
_PAPER = re.compile(r"/(html|abs)/(\d{4}\.\d{5}(?:v\d+)?)")
_FIGURE = re.compile(r"/html/(\d{4}\.\d{5}v\d+)/x(\d{1,2})\.png")
_ARXIV_ID = re.compile(r"(\d{4}\.\d{5})(?:v(\d+))?")
_LISTING = re.compile(r"/atom/([\w.+ -]+)")
_TRENDING = re.compile(r"/trending(?:/([^/]+))?")
_RANGE = re.compile(r"\[ *(\d{4,14}|\*) +TO +(\d{4,14}|\*) *\]")
_GZIP = re.compile(r"\bgzip\b(?! *; *q=0(?:\.0*)?(?:,|$))")


@dataclass(frozen=True)
class Reply:
    status: int
    media_type: str
    body: bytes
    modified: datetime | None = None


@dataclass(frozen=True)
class Visit:
    """A URL in parts, and the world as of the visit."""

    world: World
    at: datetime
    host: str
    path: str
    params: Mapping[str, str]


_BROKEN = b"<html><title>Just a moment</title>\n<p>Checking <b>your \xff browser & </p>"
_ODD = {
    ("dead.example", "/feed.xml"): Reply(503, _TEXT, b"service unavailable\n"),
    ("broken.example", "/feed.xml"): Reply(200, "application/xml", _BROKEN),
}


def as_of(world: World, at: datetime) -> World:
    """The part of the world that exists at `at` (UTC), the newest entry of each feed first."""
    return World(
        papers=tuple(p for p in world.papers if p.submitted <= at and p.day <= at.date()),
        feeds=tuple(replace(x, entries=_until(x.entries, at)) for x in world.feeds),
        people=tuple(replace(x, posts=_until(x.posts, at)) for x in world.people),
        trending=world.trending,
        podcasts=tuple(replace(x, entries=_until(x.entries, at)) for x in world.podcasts),
    )


def _until(entries: tuple[Dated, ...], at: datetime) -> tuple[Dated, ...]:
    return tuple(sorted((x for x in entries if x.published <= at), key=lambda x: x.published, reverse=True))


# --------------------------------------------------------------------------- feeds, pages, trending
def _blog(visit: Visit) -> Reply | None:
    for feed in (x for x in visit.world.feeds if x.host == visit.host):
        if visit.path == feed.path:
            media_type, write = wire.BLOGS[feed.format]
            body = write(replace(feed, entries=feed.entries[:_FEED_SIZE]))
            return Reply(200, media_type, body, _newest(feed.entries))
        for entry in feed.entries:
            if visit.path == f"/{entry.slug}":
                return Reply(200, _HTML, pages.article_page(feed, entry), entry.published)
    return _show(visit)  # it is no blog's


def _show(visit: Visit) -> Reply | None:
    for show in (x for x in visit.world.podcasts if x.host == visit.host):
        if visit.path == show.path:
            body = wire.podcast(replace(show, entries=show.entries[:_FEED_SIZE]))
            return Reply(200, _RSS, body, _newest(show.entries))
        for episode in show.entries:
            if visit.path == f"/{episode.slug}":
                return Reply(200, _HTML, pages.episode_page(show, episode), episode.published)
            if visit.path == f"/{episode.slug}.vtt" and episode.transcript:
                return Reply(200, "text/vtt", pages.transcript_vtt(episode), episode.published)
    return None


def _newest(entries: Sequence[FeedEntry | Post | Episode]) -> datetime | None:
    return entries[0].published if entries else None


def _person(visit: Visit) -> Reply | None:
    person = next((x for x in visit.world.people if visit.path == f"/@{x.handle}/rss"), None)
    if not person:
        return None
    body = wire.person_feed(replace(person, posts=person.posts[:_FEED_SIZE]))
    return Reply(200, _RSS, body, _newest(person.posts))


def _trending(visit: Visit) -> Reply | None:
    lists = {"daily": visit.world.trending.daily, "weekly": visit.world.trending.weekly}
    match, since = _TRENDING.fullmatch(visit.path), visit.params.get("since", "daily")
    if not match or since not in lists:
        return None
    language = (match[1] or "").lower()
    repos = [x for x in lists[since] if language in ("", x.language.lower().replace(" ", "-"))]
    return Reply(200, _HTML, pages.trending_page(repos, since))


# --------------------------------------------------------------------------- arXiv
def listing_day(papers: Iterable[Paper], today: date) -> date:
    """The day of the list in force: today's, or the last before it (weekends and holidays have none)."""
    return max((x.day for x in papers if x.day <= today and x.day.isoweekday() < 6), default=today)


def _listing(visit: Visit) -> Reply | None:
    if not (match := _LISTING.fullmatch(visit.path)):
        return None
    category = match[1].replace(" ", "+")  # a "+" that was not quoted has become a space on the way
    day = listing_day(visit.world.papers, visit.at.date())
    modified = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    return Reply(200, "application/xml", wire.arxiv_listing(visit.world.papers, category, day), modified)


def _version(papers: Iterable[Paper], ref: str) -> Paper | None:
    """The paper of an id, in the version it names or else the last; `ValueError` if it is no id."""
    if not (match := _ARXIV_ID.fullmatch(ref)):
        raise ValueError(f"incorrect id format for {ref}")
    found = [x for x in papers if x.id == match[1] and match[2] in (None, str(x.version))]
    return max(found, key=lambda x: (x.version, x.day), default=None)


def _paper(visit: Visit) -> Reply | None:
    match = _PAPER.fullmatch(visit.path)
    if not match:
        return _drawing(visit)
    paper = _version(visit.world.papers, match[2])
    if not paper or (match[1] == "html" and not paper.html):
        return None
    write = pages.arxiv_html if match[1] == "html" else pages.arxiv_abs
    return Reply(200, _HTML, write(paper), paper.submitted)


def _drawing(visit: Visit) -> Reply | None:
    """A figure of a paper, at the address that its page names."""
    match = _FIGURE.fullmatch(visit.path)
    paper = _version(visit.world.papers, match[1]) if match else None
    if not match or not paper or not paper.html or not 0 < int(match[2]) <= len(paper.html.drawings):
        return None
    file = paper.html.drawings[int(match[2]) - 1].file
    return Reply(200, "image/png", (Path(__file__).parent / "data" / file).read_bytes(), paper.submitted)


def _api(visit: Visit) -> Reply | None:
    if visit.path != "/api/query":
        return None
    asked = visit.params
    try:
        start, size = (max(0, int(asked.get(*x))) for x in (("start", "0"), ("max_results", "10")))
        found = find(visit.world.papers, asked)
    except ValueError as error:
        return Reply(400, _TEXT, f"{error}\n".encode())
    query = wire.ApiQuery(asked.get("search_query", ""), asked.get("id_list", ""), size, visit.at)
    return Reply(200, _ATOM, wire.arxiv_api(found[start : start + size], len(found), start, query))


def find(papers: tuple[Paper, ...], asked: Mapping[str, str]) -> list[Paper]:
    """The papers that the API's `id_list` and `search_query` name, in their order; one version of each."""
    query, ids = asked.get("search_query", "").strip(), asked.get("id_list", "").strip()
    refs = [x.strip() for x in ids.split(",")] if ids else sorted({x.id for x in papers} if query else ())
    found = [x for x in dict.fromkeys(_version(papers, ref) for ref in refs if ref) if x]
    for clause in query.split(" AND ") if query else ():
        terms = [_term(*x.strip().strip("()").partition(":")) for x in clause.split(" OR ")]
        found = [x for x in found if any(term(x) for term in terms)]
    if query or asked.get("sortBy", "relevance") != "relevance":  # a list of ids alone keeps its order
        down = asked.get("sortOrder", "descending") == "descending"
        found.sort(key=lambda x: (x.submitted, x.id), reverse=down)
    return found


def _term(field: str, colon: str, value: str) -> Callable[[Paper], bool]:
    """One term of a query; the forms understood are terms joined by OR, in brackets, joined by AND."""
    if field == "cat" and value:
        return lambda x: any(fnmatch.fnmatchcase(category, value) for category in x.categories)
    if field not in ("submittedDate", "lastUpdatedDate") or not (match := _RANGE.fullmatch(value)):
        raise ValueError(f"malformed search_query: {field}{colon}{value}")
    low, high = match[1].strip("*").ljust(14, "0"), match[2].strip("*").ljust(14, "9")
    return lambda x: low <= f"{x.submitted:%Y%m%d%H%M%S}" <= high


# --------------------------------------------------------------------------- any URL
_HOSTS: dict[str, Callable[[Visit], Reply | None]] = {
    "rss.arxiv.example": _listing,
    "export.arxiv.example": _api,
    "arxiv.example": _paper,
    "github.example": _trending,
    "social.example": _person,
}


def answer(world: World, at: datetime, url: str) -> Reply:
    """What the invented web answers to `url` at the time `at` (aware)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Reply(404, _TEXT, b"no such URL\n")
    host, path = parts.hostname or "", unquote(parts.path)
    if path == "/robots.txt" and host.endswith(".example"):
        return Reply(200, _TEXT, pages.robots(15 if host == "arxiv.example" else 1))
    now, params = at.astimezone(UTC), dict(parse_qsl(parts.query, keep_blank_values=True))
    visit = Visit(as_of(world, now), now, host, path, params)
    reply = _ODD.get((host, path)) or _HOSTS.get(host, _blog)(visit)
    return reply or Reply(404, _TEXT, f"not in the demo world: {url}\n".encode())


# --------------------------------------------------------------------------- HTTP
def sent(reply: Reply, accept: str, if_none_match: str) -> tuple[int, dict[str, str], bytes]:
    """(status, headers, body) of `reply` for a request's Accept-Encoding and If-None-Match."""
    body = reply.body
    headers = {"Content-Type": f"{reply.media_type}; charset=utf-8", "Vary": "Accept-Encoding"}
    if len(body) >= _SMALL and _GZIP.search(accept):
        headers["Content-Encoding"], body = "gzip", gzip.compress(body, mtime=0)
    if reply.status == 200:
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()}"'  # of the coded bytes: one tag a coding
        if reply.modified:
            headers["Last-Modified"] = format_datetime(reply.modified, usegmt=True)
        if {headers["ETag"], "*"} & {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}:
            return 304, headers, b""
    return reply.status, headers | {"Content-Length": str(len(body))}, body


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30  # and HTTP/1.0, the base's default: a connection an answer, so that none outlives the server

    def do_GET(self) -> None:
        target, demo = urlsplit(self.path), self.server.demo
        asked = dict(parse_qsl(target.query)).get("u", "") if target.path == "/__by_url" else ""
        reply = answer(demo.world, demo.at, asked or self.path)
        accept, tags = self.headers.get("Accept-Encoding", ""), self.headers.get("If-None-Match", "")
        status, headers, body = sent(reply, accept, tags)
        demo.log.append((asked or self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.server.demo.at.astimezone(UTC), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: `DemoServer.log` is the log."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a pool of clients comes at once
    demo: DemoServer

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer's asks the resolver for a name
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client that left is no fault of ours
            super().handle_error(request, client_address)


class DemoServer:
    """Serves `world` while the `with` block runs; `base` is what `net.replay` takes, `log` what was asked."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at = world, at
        self.base, self.log = "", list[tuple[str, int]]()

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.demo = self
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
