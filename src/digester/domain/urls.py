"""URLs and references: the one place that decides what an address names.

`canonical` makes addresses of the same page alike; `refs_of` turns an address into the references
(`arxiv:2606.12345`, `github:owner/name`, `doi:`, `url:`) by which works are joined across sources.
RFC 3986; own table of trackers.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from digester.domain.ids import digest

_TRACKER = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|spm|ref(?:_src|_url|errer)?|source|_hsenc|_hsmi|"
    r"mkt_tok|yclid|twclid|si|share_\w+|chksm|scene|from|cmpid|ncid|at_\w+|ved|ei|sr_share)"
)
_KEEP = {
    "mp.weixin.qq.com": ("__biz", "mid", "idx", "sn"),
    "youtube.com": ("v", "list"),
    "www.youtube.com": ("v", "list"),
}
_ARXIV_ID = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})"
# .example names are reserved (RFC 2606): the demo world's arXiv and forge live there
_ARXIV_URL = re.compile(
    r"(?:(?:www\.|export\.|browse\.)?arxiv\.(?:org|example)|ar5iv\.(?:org|labs\.arxiv\.org)|alphaxiv\.org|www\.alphaxiv\.org)"
    rf"/(?:abs|pdf|html|format|ps)?/?({_ARXIV_ID})(?:v\d+)?(?:\.pdf)?/?"
)
_HF_PAPER = re.compile(r"(?:hf\.co|huggingface\.co)/papers/([0-9]{4}\.[0-9]{4,5})/?")
_ARXIV_TEXT = re.compile(r"\barXiv:\s?([0-9]{4}\.[0-9]{4,5})(?:v\d+)?\b", re.IGNORECASE)
_GITHUB = re.compile(r"github\.(?:com|example)/([A-Za-z0-9-]{1,39})/([A-Za-z0-9._-]{1,100})(?:/.*)?")
_DOI = re.compile(r"(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({_ARXIV_ID})(?:v\d+)?/?", re.IGNORECASE)
_NOT_REPOS = frozenset(
    {"trending", "topics", "sponsors", "features", "orgs", "settings", "about", "search", "marketplace"}
)
_NO_HOST = re.compile(r"[\s\x00-\x20\x7f<>\"'`{}|^%/?#@\\]")
_QUOTED = str.maketrans({chr(c): f"%{c:02X}" for c in (*range(0x21), 0x22, 0x27, 0x3C, 0x3E, 0x60, 0x7F)})
_INDEX = frozenset({"amp", "index.htm", "index.html"})  # last parts of a path that name the same page
_BRIDGE = re.compile(r"(rsshub|nitter|wewe)://(?!/)([^\s\x00-\x20#@\\]{1,2000})")
BRIDGES = ("rsshub", "nitter", "wewe")  # feeds of sites without one, made by a server of the user's own choice
_LONGEST_URL = 8000
_LONGEST_REF = 1000  # bytes; a reference is a key of the store, and index rows have a limit


def http_url(url: str, base: str = "") -> str | None:
    """An absolute http(s) address without user info, or None: the door every link passes.

    Tabs and newlines are dropped and backslashes become slashes, as browsers read them (WHATWG URL).
    """
    url = re.sub(r"[\t\r\n\x00]", "", url).strip().replace("\\", "/")
    if len(url) > _LONGEST_URL or re.search("[\ud800-\udfff]", url):  # half a character has no encoding
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
    return urlunsplit((parts.scheme.lower(), netloc, (parts.path or "/").translate(_QUOTED),
                       parts.query.translate(_QUOTED), parts.fragment.translate(_QUOTED)))  # fmt: skip


def canonical(url: str) -> str | None:
    """The address by which two links to the same page are one: https, no tracker, no fragment."""
    clean = http_url(url)
    if clean is None:
        return None
    parts = urlsplit(clean)
    host = re.sub(r"^(?:(?:www|m|mobile|amp)\.(?=[^.]+\.))+", "", parts.netloc.removesuffix(":443"))
    keep = _KEEP.get(parts.netloc, _KEEP.get(host))
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((k, v) for k, v in pairs if (k in keep if keep else not _TRACKER.fullmatch(k.lower())))
    path = parts.path.rstrip("/")
    while "/" in path and path.rpartition("/")[2] in _INDEX:
        path = path.rpartition("/")[0].rstrip("/")
    return urlunsplit(("https", host, path or "/", urlencode(kept), ""))


def arxiv_id(url: str) -> str | None:
    """The unversioned arXiv id in an address of arXiv or of its mirrors, else None."""
    bare = re.sub(r"^https?://", "", (http_url(url) or url).split("#")[0].split("?")[0])
    m = _ARXIV_URL.fullmatch(bare) or _HF_PAPER.fullmatch(bare)
    return m[1] if m else None


def ref_of(url: str) -> str | None:
    """The reference an address names, or None when it is no http address."""
    if paper := arxiv_id(url):
        return f"arxiv:{paper}"
    clean = canonical(url)
    if clean is None:
        return None
    bare = clean.removeprefix("https://")
    if (m := _GITHUB.fullmatch(bare)) and m[1].lower() not in _NOT_REPOS:
        return f"github:{m[1].lower()}/{m[2].lower().removesuffix('.git')}"
    if m := _DOI.fullmatch(bare):
        own = _ARXIV_DOI.fullmatch(m[1])
        return f"arxiv:{own[1]}" if own else _bounded("doi", m[1].lower())
    return _bounded("url", clean)


def _bounded(scheme: str, name: str) -> str:
    """The reference, or for a giant address its digest: 64 KB links exist."""
    return f"{scheme}:{name}" if len(name.encode()) <= _LONGEST_REF else f"{scheme}:digest/{digest(name)}"


def refs_in_text(text: str) -> tuple[str, ...]:
    """References written out in plain text: `arXiv:2606.12345`."""
    return tuple(dict.fromkeys(f"arxiv:{m}" for m in _ARXIV_TEXT.findall(text)))


def bridge_of(url: str) -> tuple[str, str] | None:
    """(bridge, path) of an address that a bridge serves: `rsshub://36kr/newsflashes` is rsshub's 36kr/newsflashes."""
    m = _BRIDGE.fullmatch(url)
    return (m[1], m[2]) if m and ".." not in m[2].split("/") else None


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
