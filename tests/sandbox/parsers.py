"""The parsers of the house as functions a worker can import, and what they did while they ran."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digester.domain.errors import ParseError
from digester.domain.sources import Document, Request, Source
from digester.fulltext import EXTRACTORS
from digester.sources import KINDS

URL = "https://feeds.example/feed"
NOW = datetime(2026, 7, 1, tzinfo=UTC)
MEBIBYTE = 1 << 20
PARAMS: dict[str, dict[str, Any]] = {
    "rss": {"url": URL}, "arxiv": {"categories": ("cs.IR",)}, "bluesky": {"actor": "ada.example"},
    "mastodon": {"instance": "toots.example", "account": "ada"}, "hacker_news": {"queries": ("loaf",)},
    "github_topic": {"topics": ("loaf",)},
}  # fmt: skip
ROUTES = {
    "rss": ("feed",), "arxiv": ("listing:cs.IR", "api"), "github_trending": ("daily",), "bluesky": ("feed",),
    "mastodon": ("lookup", "statuses"), "hacker_news": ("search",), "hf_papers": ("page:0",),
    "github_topic": ("topic",),
}  # fmt: skip
XML = ("rss/feed", "arxiv/listing:cs.IR", "arxiv/api")
MARKUP = (*XML, "github_trending/daily", "text/html", "text/arxiv_html", "text/transcript")
JSON = ("rss/feed", "bluesky/feed", "mastodon/lookup", "mastodon/statuses", "hacker_news/search", "hf_papers/page:0",
        "github_topic/topic", "text/transcript")  # fmt: skip
REACHES = ("open", "socket.connect", "socket.get", "socket.send", "socket.bind", "urllib.", "http.", "ftplib.", "subprocess.",
           "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.mkdir", "shutil.", "ctypes.")  # fmt: skip
OWN = (sys.prefix, sys.base_prefix)  # libraries read their own files: modules, word lists
_happened: list[str] = []
_open = False


def parse(how: str, body: bytes, media_type: str = "") -> Any:
    """`kind/route` or `text/extractor`; a ParseError is an answer too, given as its words."""
    name, _, route = how.partition("/")
    usual = "application/json" if how in JSON and body.lstrip()[:1] in (b"{", b"[") else "application/xml"
    usual = "text/html" if name in ("text", "github_trending") else usual
    document = Document(Request(route, URL), URL, media_type or usual, body, NOW)
    try:
        if name == "text":
            return EXTRACTORS[route](document)
        kind = KINDS[name]
        return kind.parse(Source("s", name, "Invented", kind.Params(**PARAMS.get(name, {}))), document)
    except ParseError as err:
        return f"ParseError: {err}"


def watched(how: str, body: bytes, media_type: str = "") -> tuple[str, list[str]]:
    """What came of it, and the files, sockets and programs that were reached for meanwhile.

    Python reports them by audit events (sys.addaudithook). What C code opens it does not: for that, hostile
    documents name files and servers whose content would show.
    """
    global _open
    if not _happened:
        warm()  # a worker is renewed now and then
        sys.addaudithook(_note)
    _happened[:] = ["hooked"]
    _open = True
    try:
        return repr(parse(how, body, media_type)), _happened[1:]
    finally:
        _open = False


def watched_open(path: str) -> list[str]:
    """What the watch says of feedparser given the name of a file, which the house never does."""
    import feedparser

    global _open
    watched("rss/feed", b"")
    _open = True
    feedparser.parse(path)
    _open = False
    return _happened[1:]


def _note(event: str, args: tuple[Any, ...]) -> None:
    if _open and event.startswith(REACHES) and not str(args[0] if args else "").startswith(OWN):
        _happened.append(f"{event} {str(args)[:200]}")


def warm() -> int:
    """Runs every parser once; bytes of address space afterwards (proc(5) statm, in pages)."""
    page = b"<html><body><article><p>" + b"A sentence of some words. " * 60 + b"</article></body></html>"
    for how in (*MARKUP, *JSON):
        for body in (
            page,
            b"<p>few</p>",
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id></entry></feed>",
            b"{}",
        ):
            parse(how, body)
    import resource

    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
