"""From the address somebody gives to a source that was seen to answer: the requests of `sources add`.

One request at a time, through the door, each document read in the sandbox. A host that cannot be reached or asks for
patience is not guessed at any further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from digester.domain.errors import DigesterError, NotFound
from digester.domain.sources import Document, FetchState, Request, Source
from digester.pipeline import check
from digester.ports import Fetched, FetchError, Reply, SandboxFailure
from digester.sources import KINDS, _discover
from digester.sources._discover import Candidate, Reading
from digester.sources.rss import ACCEPT

_HOPELESS = ("dns", "connect", "timeout", "forbidden", "protocol")
_PATIENCE = (429, 503)


@dataclass(frozen=True)
class Found:
    """A source that could be added, and what it yielded; `others` are feeds that the page names too."""

    candidate: Candidate
    entries: int = 0
    newest: datetime | None = None
    note: str = ""
    others: tuple[str, ...] = ()


def plan(url: str, now: datetime) -> list[str]:
    """The first addresses that would be asked, for --dry-run."""
    known = _discover.by_address(url)
    if known is None:
        return [url, *_discover.places(url), urljoin(url, "/robots.txt"), urljoin(url, "/sitemap.xml")]
    source = as_source(known)
    return [r.url for r in KINDS[known.kind].first(source, FetchState(source.id), now)]


def as_source(candidate: Candidate) -> Source:
    """The candidate with checked parameters. Lists become tuples, as the configuration makes them."""
    params = {k: tuple(v) if isinstance(v, list) else v for k, v in candidate.params.items()}
    return Source("found", candidate.kind, candidate.name or "found", KINDS[candidate.kind].Params(**params))


def find(url: str, powers: Any, now: datetime) -> Found:
    """The source behind `url`. Raises NotFound when there is none and DigesterError for a site that cannot be asked."""
    known = _discover.by_address(url)
    if known:
        health = _tried(known, powers, now)
        if health.verdict != "failed":
            note = health.reason if health.verdict in ("not configured", "moved") else ""
            return Found(known, health.entries, health.newest, note)
        if known.kind != "mastodon":  # whose profiles have a form that other services use too
            raise DigesterError(health.reason, hint="nothing was added; try again later or check the name")
    return _of_site(url, powers, now)


def _tried(candidate: Candidate, powers: Any, now: datetime) -> check.Health:
    return check.run([as_source(candidate)], KINDS, powers.http, powers.sandbox, {}, now)[0]


def _of_site(url: str, powers: Any, now: datetime) -> Found:
    reply = _ask(Request("page", url, ACCEPT, page=not _discover.looks_like_a_feed(url)), powers)
    if isinstance(reply, FetchError) and _is_final(reply):
        raise DigesterError(reply.message, hint="nothing was added; look at the address in a browser")
    reading, base = Reading(), url
    if isinstance(reply, Fetched):
        reading, base = _read(reply.document, powers), reply.document.url
        if reading.kind in ("rss", "podcast"):
            return _as_found(reading, reply.moved_to or url)
    maps = [url] if reading.kind == "sitemap" else []
    links = () if maps else (*reading.links, *(p for p in _discover.places(base) if p not in (*reading.links, url)))
    for place, got in _feeds(links, powers):
        return _as_found(got, place, tuple(u for u in reading.links if u != place))
    if found := _by_sitemap(maps or _sitemaps(base, powers), base, reading.title, powers, now):
        return found
    raise NotFound(f"no feed and no sitemap was found for {url}", hint="give the address of its feed, if there is one")


def _feeds(urls: tuple[str, ...], powers: Any) -> Iterator[tuple[str, Reading]]:
    """Those of `urls` that are feeds, asked one after the other as long as the caller wants more."""
    for place in urls:
        reply = _ask(Request("feed", place, ACCEPT), powers)
        if isinstance(reply, FetchError) and reply.status in _PATIENCE:
            raise DigesterError(f"{reply.message}: it wants to be left alone", hint="try again later")
        got = _read(reply.document, powers) if isinstance(reply, Fetched) else Reading()
        if isinstance(reply, Fetched) and got.kind in ("rss", "podcast"):
            yield reply.moved_to or place, got


def _sitemaps(base: str, powers: Any) -> list[str]:
    robots = urljoin(base, "/robots.txt")
    reply = _ask(Request("robots", robots), powers)
    named = _discover.sitemap_of(reply.document.body, robots) if isinstance(reply, Fetched) else None
    return list(dict.fromkeys([*([named] if named else []), urljoin(base, "/sitemap.xml")]))


def _by_sitemap(urls: list[str], base: str, title: str, powers: Any, now: datetime) -> Found | None:
    """The first sitemap with pages; of those below the address, when there are any."""
    path = urlsplit(base).path.rstrip("/")
    folder: Mapping[str, Any] = {"match": f"^{re.escape(path)}/"} if path and base not in urls else {}
    for params in ({"url": u, **m} for u in urls for m in ([folder, {}] if folder else [{}])):
        candidate = Candidate("sitemap", params, title)
        health = _tried(candidate, powers, now)
        if health.entries:
            return Found(candidate, health.entries, health.newest, "no feed was found: its pages by their sitemap")
    return None


def _as_found(reading: Reading, url: str, others: tuple[str, ...] = ()) -> Found:
    candidate = Candidate(reading.kind, {"url": url}, reading.title)
    return Found(candidate, reading.entries, reading.newest, others=others)


def _ask(request: Request, powers: Any) -> Reply:
    fetches = powers.http.fetches()
    fetches.add(None, request)
    [(_, reply)] = list(fetches)
    answer: Reply = reply
    return answer


def _read(document: Document, powers: Any) -> Reading:
    """What the sandbox says it is; a document that breaks its reader is none of use."""
    reading = powers.sandbox.run(_discover.read, document)
    return Reading() if isinstance(reading, SandboxFailure) else reading


def _is_final(error: FetchError) -> bool:
    return error.fault in _HOPELESS or error.status in _PATIENCE
