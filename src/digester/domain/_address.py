"""The parts of an address in one normal form: what RFC 3986, section 6.2.2, and most servers make alike.

Everything here works on what `urls.http_url` let pass, in time linear in its length, and once done changes nothing
when it is done again. A name or value of the query is what a form would send (URL standard, section 5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, quote_plus, unquote_to_bytes, urlsplit, urlunsplit

from digester.domain import _hosts as hosts

Pairs = tuple[tuple[str, str], ...]
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_SAME = _PLAIN | frozenset("!()*,:@")  # reserved, but no server tells them from their encoded form
_ODD = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&()*+,;=:@/?-]")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_NETLOC = re.compile(r"(\[[^\]]*\]|[^:]*)(:[0-9]+)?")
_INDEX = frozenset({"", "index.htm", "index.html"})
_AMP = frozenset({"amp", "amp.html"})
_PAGE = (".html", ".htm", ".shtml", ".php", ".aspx")
_DIGITS = re.compile(r"[0-9]{5}")
_NO_SLUG = re.compile(r"(/comments/[a-z0-9]{2,10})//(?=[a-z0-9])")


@dataclass(frozen=True)
class Address:
    host: str  # with its port, where that is not the one of https
    path: str  # "/", or without a slash at its end
    query: Pairs = ()  # encoded, by name; the values of one name in the order given
    fragment: str = ""  # only a route within the page's program

    def __str__(self) -> str:
        return urlunsplit(("https", self.host, self.path, self.query_text, self.fragment))

    @property
    def query_text(self) -> str:
        return "&".join(f"{name}={value}" if value else name for name, value in self.query)

    def only(self, name: str) -> str | None:
        """The decoded value of a parameter that is given exactly once."""
        found = [value for key, value in self.query if key == name]
        return decoded(found[0]) if len(found) == 1 else None

    def page(self, path: str, *names: str) -> Address:
        """The page of this host at a path, with none but these parameters."""
        return Address(self.host, path, tuple(p for p in self.query if p[0] in names))


def decoded(value: str) -> str | None:
    try:
        return unquote_to_bytes(value.replace("+", " ")).decode()
    except UnicodeDecodeError:
        return None


def quoted(text: str) -> str:
    """Percent-encoded where it must be and nowhere else, the digits in upper case."""
    return _ODD.sub(_one, text)


def _one(m: re.Match[str]) -> str:
    if len(m[0]) < 3:
        return quote(m[0], safe="")
    char = chr(int(m[0][1:], 16))
    return char if char in _SAME else m[0].upper()


def parse(clean: str) -> Address:
    """The address in normal form, of what `urls.http_url` gave."""
    parts = urlsplit(clean)
    host, pairs = host_of(parts.netloc), pairs_of(parts.query)
    if host not in hosts.WHOLE_QUERY:
        pairs = tuple(sorted(pairs, key=lambda pair: pair[0]))
    return Address(host, path_of(parts.path, host), pairs, _route(parts.fragment))


def host_of(netloc: str) -> str:
    """The host without `www.` and its kin, under the name by which it is best known."""
    m = _NETLOC.fullmatch(netloc)
    name, port = (m[1], m[2] or "") if m else (netloc, "")
    if name.startswith("["):
        name = _ipv6(name)
    name = name.rstrip(".") or name
    port = "" if port == ":443" else port
    bare = hosts.bare(name)
    return hosts.ALIASES.get(bare, bare) if not port else bare + port


def _ipv6(name: str) -> str:
    try:
        return f"[{IPv6Address(name[1:-1]).compressed}]"
    except ValueError:
        return name


def path_of(raw: str, host: str) -> str:
    """The path without dot segments, doubled slashes, sessions and names that a directory has anyway."""
    if host == "reddit.com":
        raw = _NO_SLUG.sub(r"\1/_/", raw)  # a comment's address may leave out the words of its post
    parts = _joined(quoted(_SESSION.sub("", raw)).split("/")[1:])
    if host not in hosts.FILES:
        parts = _without_amp(parts)
    while parts and not parts[-1]:
        parts.pop()
    return "/" + "/".join(parts)


def _joined(parts: list[str]) -> list[str]:
    """RFC 3986, 5.2.4; then empty parts go, but for one in an address within the path (`/web/2020/https://...`)."""
    kept: list[str] = []
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    done: list[str] = []
    for part in kept:
        if part or (done and done[-1].endswith(":")):
            done.append(part)
    return done


def _without_amp(parts: list[str]) -> list[str]:
    """`/amp` goes only beside what looks like an article: in machine learning amp is also mixed precision."""
    first = 0
    while len(parts) > first:
        last, before = parts[-1], parts[-2] if len(parts) > first + 1 else ""
        stem = last.removesuffix(".html").removesuffix(".amp")
        if last in _INDEX or (last in _AMP and _is_slug(before)):
            parts.pop()
        elif stem != last.removesuffix(".html") and _is_slug(stem):
            parts[-1] = stem + (".html" if last.endswith(".html") else "")
        elif parts[first] == "amp" and before and _is_slug(last) and not _is_cache(parts[first + 1 :]):
            first += 1
        else:
            break
    return parts[first:]


def _is_slug(part: str) -> bool:
    return part.count("-") >= 3 or part.endswith(_PAGE) or _DIGITS.search(part) is not None


def _is_cache(parts: list[str]) -> bool:
    """True for what follows `/amp/` when it begins with a host, as in Google's viewer."""
    return parts[0] == "s" or (len(parts) > 1 and "." in parts[0])


def pairs_of(query: str) -> Pairs:
    """Names and values, encoded alike. Bytes that are no UTF-8 stay what they are."""
    found = (piece.partition("=") for piece in query.split("&"))
    return tuple((_form(name), _form(value)) for name, _, value in found if name or value)


def _form(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text
    return quote_plus(unquote_to_bytes(text.replace("+", " ")))


def _route(fragment: str) -> str:
    """`#/route` and `#!route` name a page of their own, any other fragment a place in the page. `#/schema/` are the
    names that a plug-in of WordPress gives to what is said in the page."""
    text = quoted(fragment).rstrip("/")
    return text if len(text) > 1 and text[0] in "/!" and not text.startswith("/schema/") else ""
