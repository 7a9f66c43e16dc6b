"""Addresses that only lead to another one that they hold: shields, counters, archives and caches.

The target must stand in the address. What is opaque (lnkd.in, t.co, news.google.com) stays: it would have to be asked.
"""

from __future__ import annotations

import re

from digester.domain._address import Address, decoded
from digester.domain._hosts import WHOLE_QUERY

# (host, path) -> the parameter; "" for any path
_BY_PARAMETER: dict[tuple[str, str], str] = {
    ("l.facebook.com", "/l.php"): "u", ("lm.facebook.com", "/l.php"): "u", ("facebook.com", "/l.php"): "u",
    ("facebook.com", "/flx/warn"): "u", ("l.instagram.com", ""): "u", ("l.threads.com", ""): "u",
    ("l.threads.net", ""): "u", ("l.messenger.com", "/l.php"): "u", ("out.reddit.com", ""): "url",
    ("link.zhihu.com", "/"): "target", ("t.umblr.com", "/redirect"): "z", ("youtube.com", "/redirect"): "q",
    ("linkedin.com", "/redir/redirect"): "url", ("linkedin.com", "/safety/go"): "url",
    ("duckduckgo.com", "/l"): "uddg", ("vk.com", "/away.php"): "to", ("disq.us", "/url"): "url",
    ("slack-redir.net", "/link"): "url", ("exit.sc", "/"): "url", ("gate.sc", "/"): "url",
    ("getpocket.com", "/redirect"): "url", ("medium.com", "/m/global-identity"): "redirectUrl",
    ("medium.com", "/m/global-identity-2"): "redirectUrl", ("scholar.google.com", "/scholar_url"): "url",
    ("link.juejin.cn", "/"): "target", ("link.csdn.net", "/"): "target", ("jianshu.com", "/go-wild"): "url",
    ("weibo.cn", "/sinaurl"): "u", ("douban.com", "/link2"): "url", ("oschina.net", "/action/GoToLink"): "url",
    ("gitee.com", "/link"): "target", ("sspai.com", "/link"): "target", ("c.pc.qq.com", "/middlem.html"): "pfurl",
    ("12ft.io", "/proxy"): "q", ("steamcommunity.com", "/linkfilter"): "u",
}  # fmt: skip
_OUTLOOK = ".safelinks.protection.outlook.com"
_GOOGLE = re.compile(r"google\.(?:com?\.)?[a-z]{2,3}")
_ARCHIVE = re.compile(r"archive\.(?:is|ph|today|li|vn|fo|md)")
_BEFORE = {  # what stands in the path before the address
    "web.archive.org": re.compile(r"/web/[0-9]{4,14}(?:[a-z]{2}_)?/"),
    "archive": re.compile(r"/(?:[0-9]{4,14}|newest)/"),
    "12ft.io": re.compile("/"),
    "r.jina.ai": re.compile("/"),
    "freedium.cfd": re.compile("/"),
}
_AMP = re.compile(r"/(?:amp|[a-z]{1,3})/(s/)?([^/%:@.]++\.[^/%:@]++(?:/.*)?)")
_INNER = re.compile(r"(https?):/{1,2}(?=[^/])", re.IGNORECASE)
_INNER_QUOTED = re.compile(r"https?(?:%3A|:)%2F%2F", re.IGNORECASE)


def target(a: Address) -> str | None:
    """The address that this one leads to, as written there, or None."""
    found = _given(a) or _whole_query(a) or _in_path(a)
    return found if found and _INNER.match(found) else None


def _given(a: Address) -> str | None:
    name = _BY_PARAMETER.get((a.host, a.path)) or _BY_PARAMETER.get((a.host, ""))
    if name:
        return a.only(name)
    if a.host.endswith(_OUTLOOK):
        return a.only("url")
    if a.path == "/url" and _GOOGLE.fullmatch(a.host):
        return a.only("q") if any(n == "q" for n, _ in a.query) else a.only("url")
    return None


def _whole_query(a: Address) -> str | None:
    if a.host not in WHOLE_QUERY or a.path != "/" or not a.query:
        return None
    (name, value), *rest = a.query
    first = decoded(name)
    if first is None:
        return None
    tail = [f"{n}={v}" if v else n for n, v in rest]
    return "&".join([f"{first}={value}" if value else first, *tail])


def _in_path(a: Address) -> str | None:
    """An address in the path has the query and the fragment for its own, unless it is encoded."""
    if (inner := _cached(a)) is not None:
        return _with_rest(inner, a)
    before = _BEFORE.get("archive" if _ARCHIVE.fullmatch(a.host) else a.host)
    m = before.match(a.path) if before else None
    if m is None:
        return None
    inner = a.path[m.end() :]
    if _INNER_QUOTED.match(inner):
        return decoded(inner.replace("+", "%2B")) if not a.query else None
    return _with_rest(_INNER.sub(lambda s: f"{s[1]}://", inner, count=1), a)


def _with_rest(inner: str, a: Address) -> str:
    query, route = f"?{a.query_text}" if a.query else "", f"#{a.fragment}" if a.fragment else ""
    return inner + query + route


def _cached(a: Address) -> str | None:
    """A page that an AMP cache or Google's viewer holds: `/amp/s/host/path`, `/c/s/host/path`."""
    viewer = a.path.startswith("/amp/") and _GOOGLE.fullmatch(a.host) is not None
    if not viewer and a.host != "cdn.ampproject.org" and not a.host.endswith(".cdn.ampproject.org"):
        return None
    m = _AMP.fullmatch(a.path)
    return f"http{'s' if m[1] else ''}://{m[2]}" if m else None
