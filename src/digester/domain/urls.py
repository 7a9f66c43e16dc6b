"""URLs and references: the one place that decides what an address names.

`canonical` makes addresses of the same page alike; `ref_of` turns an address into the reference
(`arxiv:2606.12345`, `github:owner/name`, `doi:`, `url:`) by which works are joined across sources.
RFC 3986 and the URL standard for the form (`_address`); tables of our own for trackers (`_trackers`), addresses that
lead to another one (`_redirects`), hosts (`_hosts`) and the pages of known sites (`_pages`). The reference is read off
the canonical address alone, so both always agree. Links themselves are shown as they were given.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

from digester.domain import _pages, _redirects, _trackers
from digester.domain._address import Address, parse
from digester.domain.ids import digest

_ARXIV_ID = rf"{_pages.NEW_ID}|[a-z-]{{2,16}}/[0-9]{{7}}"
# .example names are reserved (RFC 2606): the demo world's arXiv and forge live there
_ARXIV = re.compile(rf"https://arxiv\.(?:org|example)/abs/({_ARXIV_ID})")
_ARXIV_TEXT = re.compile(
    rf"(?<![A-Za-z0-9])arXiv\s?[:\uff1a]\s?(?:({_pages.NEW_ID})|{_pages.OLD_ID})(?:v[0-9]{{1,3}})?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_OWNER = rf"(?!(?:{'|'.join(sorted(_pages.NO_OWNERS))})/)[a-z0-9_-]{{1,39}}"
_NAME = r"(?!\.git(?:/|$))[a-z0-9._-]{1,100}"
_GITHUB = re.compile(
    rf"https://(?:github\.(?:com|example)|raw\.githubusercontent\.com|api\.github\.com/repos|codeload\.github\.com|"
    rf"colab\.research\.google\.com/github|nbviewer\.org/github)/({_OWNER}/{_NAME})(?:[/?#].*)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"https://doi\.org/(10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[^?#]+)")
_HUB = re.compile(
    rf"(https://huggingface\.co/(?:(?:datasets|spaces)/)?(?!(?:{'|'.join(sorted(_pages.NO_HUB_OWNERS))})/)"
    r"[A-Za-z0-9._-]{1,96}/(?!(?:blob|commits?|discussions|edit|raw|resolve|tree|viewer)(?:/|$))"
    r"[A-Za-z0-9._-]{1,96})[/?#].*"
)
_NO_HOST = re.compile(r"[\s\x00-\x20\x7f<>\"'`{}|^%/?#@\\]")
_QUOTED = str.maketrans({chr(c): f"%{c:02X}" for c in (*range(0x21), 0x22, 0x27, 0x3C, 0x3E, 0x60, 0x7F)})
_DROPPED, _HALF = re.compile(r"[\t\r\n\x00]"), re.compile("[\ud800-\udfff]")
# Feeds of sites without one, made by a server of the user's own choice
_BRIDGE = re.compile(r"(rsshub|nitter|wewe)://(?!/)([^\s\x00-\x20#@\\]{1,2000})")
_LONGEST_URL = 8000
_HOPS = 3  # addresses within addresses that are opened
_LONGEST_REF = 1000  # bytes; a reference is a key of the store, and index rows have a limit


def http_url(url: str, base: str = "") -> str | None:
    """An absolute http(s) address without user info, or None: the door every link passes.

    Tabs and newlines are dropped and backslashes become slashes, as browsers read them (WHATWG URL).
    """
    url = _DROPPED.sub("", url).strip().replace("\\", "/")
    if len(url) > _LONGEST_URL or _HALF.search(url):  # half a character has no encoding
        return None
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    try:
        host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host
    except UnicodeError:
        return None
    if _NO_HOST.search(host):
        return None
    host = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    netloc = host if port in (None, default) else f"{host}:{port}"
    made = urlunsplit((parts.scheme.lower(), netloc, (parts.path or "/").translate(_QUOTED),
                       parts.query.translate(_QUOTED), parts.fragment.translate(_QUOTED)))  # fmt: skip
    return made if len(made) <= _LONGEST_URL else None


def untagged(url: str) -> str:
    """The address to print: as it was given, without the tags of campaigns (utm_source and the like) that would tell its site
    that a reader came from a feed."""
    place, mark, fragment = url.partition("#")
    head, _, query = place.partition("?")
    kept = _trackers.untagged(query)
    return url if kept == query else head + (f"?{kept}" if kept else "") + mark + fragment


def canonical(url: str) -> str | None:
    """The address by which two links to the same page are one: https, no tracker, no detour, no place in the page.

    None for what is no link, and for what is longer than a link may be once it is encoded.
    """
    clean = http_url(url)
    if clean is None:
        return None
    text = str(_pages.rewritten(_opened(_normal(clean))))
    return text if len(text) <= _LONGEST_URL else None


def _normal(clean: str) -> Address:
    return _trackers.without(parse(clean))


def _opened(given: Address) -> Address:
    """Where an address leads that holds another one; itself where it leads to no link, or through too many."""
    found = given
    for _ in range(_HOPS + 1):
        target = _redirects.target(found)
        aim = http_url(target) if target else None
        if aim is None:
            return found
        found = _normal(aim)
    return given


def ref_of(url: str) -> str | None:
    """The reference an address names, or None when it is no http address."""
    clean = canonical(url)
    if clean is None:
        whole = http_url(url)
        return f"url:digest/{digest(whole)}" if whole else None
    if m := _ARXIV.fullmatch(clean):
        return f"arxiv:{m[1]}"
    if m := _GITHUB.fullmatch(clean):
        return f"github:{m[1].lower()}"
    if m := _DOI.fullmatch(clean):
        return _bounded("doi", m[1])
    m = _HUB.fullmatch(clean)
    return _bounded("url", m[1] if m else clean)


def _bounded(scheme: str, name: str) -> str:
    """The reference, or for a giant address its digest: 64 KB links exist."""
    return f"{scheme}:{name}" if len(name.encode()) <= _LONGEST_REF else f"{scheme}:digest/{digest(name)}"


def refs_in_text(text: str) -> tuple[str, ...]:
    """References written out in plain text: `arXiv:2606.12345`, also between Chinese characters."""
    return tuple(dict.fromkeys(f"arxiv:{new or f'{old.lower()}/{n}'}" for new, old, n in _ARXIV_TEXT.findall(text)))


def bridge_of(url: str) -> tuple[str, str] | None:
    """(bridge, path) of an address that a bridge serves: `rsshub://36kr/newsflashes` is rsshub's 36kr/newsflashes."""
    m = _BRIDGE.fullmatch(url)
    return (m[1], m[2]) if m and ".." not in m[2].split("/") else None


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
