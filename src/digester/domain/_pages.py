"""What the sites that matter here do with their addresses: many forms of one page are one.

A rule gives the page that an address names, or None where it has nothing to say; it names a page only when the part
that tells pages apart is there. Papers stand under their abstract at arXiv, and under their DOI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from digester.domain._address import Address, decoded, parse

Rule = Callable[[Address], Address | None]
NEW_ID = r"[0-9]{4}\.[0-9]{4,5}"
OLD_ID = (
    r"([a-z][a-z-]{1,15})(?:\.[A-Za-z-]{2,9})?(?:/|%2F)([0-9]{7})"  # the class, as in math.GT, is not part of the id
)
_ID = re.compile(rf"(?:arxiv:)?(?:({NEW_ID})|{OLD_ID})(?:v[0-9]{{1,3}})?(?:\.pdf|\.html)?", re.IGNORECASE)
_ARXIV_KIND = re.compile(r"/(?:abs|pdf|html|format|ps|src|e-print)/")
_ALPHAXIV_KIND = re.compile(r"/(?:[a-z]{2}/)?(?:abs|pdf|html|overview|resources|audio)/")
_ARXIV_HOST = re.compile(
    r"(?:(?:export|browse|beta|web[0-9]?|cn|de|es|fr|uk|in|jp|kr|tw|ru|au|br|il|za|lanl)\.)?arxiv\.org"
)
_AT_OTHERS = {  # host -> what stands before the id of a paper
    "huggingface.co": "/papers/", "papers.cool": "/arxiv/", "scirate.com": "/arxiv/", "emergentmind.com": "/papers/",
    "arxiv-vanity.com": "/papers/", "semanticscholar.org": "/arxiv/", "api.semanticscholar.org": "/",
    "inspirehep.net": "/arxiv/", "ui.adsabs.harvard.edu": "/abs/",
}  # fmt: skip
_BARE_NEEDS_SCHEME = frozenset({"api.semanticscholar.org", "ui.adsabs.harvard.edu"})  # `/arXiv:2606.12345`
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/.+", re.DOTALL)
_AT_PUBLISHERS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("dl.acm.org", "onlinelibrary.wiley.com", "tandfonline.com", "science.org", "pubs.acs.org", "pnas.org",
         "journals.sagepub.com"), re.compile(r"/doi/(?:abs/|full/|fullHtml/|pdf/|epdf/|pdfdirect/)?(10\..+)")),
    "link.springer.com": re.compile(r"/(?:article|chapter|book)/(10\.[^/]+/[^/]+)"),
    "nature.com": re.compile(r"/articles/(s[0-9]{5}-[0-9]{3}-[0-9]{5}-[0-9a-z])(?:\.pdf)?"),
}  # fmt: skip
_STATUS = re.compile(r"/[^/]+(?:/web)?/status(?:es)?/([0-9]{1,20})(?:/.*)?")
_X_COPIES = frozenset({"xcancel.com", "fxtwitter.com", "vxtwitter.com", "fixvx.com", "fixupx.com", "twittpr.com"})
_MASTODON = re.compile(r"(?:/web|/deck)?/(?:@([^/]+)|users/([^/]+)/statuses)/([0-9]{6,20})(?:/embed|/activity)?")
_VIDEO = re.compile(r"/(?:shorts|embed|live|v|e|watch)/([A-Za-z0-9_-]{11})")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NO_VIDEO = frozenset({"videoseries", "live_stream"})
_REDDIT_POST = re.compile(
    r"/(?:(?:r|u|user)/[^/]+/)?(?:comments|gallery)/([a-z0-9]{2,10})(?:/([^/.]*)(?:/([a-z0-9]{2,10}))?)?"
)
_MEDIUM_ID = re.compile(r"[0-9a-f]{10,12}")
_LINKEDIN = re.compile(r"/posts/[^/]*?-(activity|ugcPost|share)-([0-9]{15,20})(?:-[\w-]{1,12})?")
_GIST = re.compile(r"/(?:[^/]+/)?([0-9a-f]{20,32})")
_BVID = re.compile(r"/video/(?:BV[0-9A-Za-z]{10}|av[0-9]+)")
NO_OWNERS = frozenset({
    "about", "account", "advisories", "apps", "codespaces", "collections", "contact", "copilot", "customer-stories",
    "dashboard", "discussions", "enterprise", "events", "explore", "features", "home", "issues", "join", "login", "logout",
    "marketplace", "mobile", "new", "notifications", "organizations", "orgs", "partners", "pricing", "pulls", "readme",
    "resources", "search", "security", "sessions", "settings", "signup", "site", "solutions", "sponsors", "stars", "team",
    "topics", "trending", "users", "watching", "why-github",
})  # fmt: skip
NO_HUB_OWNERS = frozenset({
    "api", "blog", "brand", "chat", "collections", "datasets", "docs", "enterprise", "inference", "join", "learn", "login",
    "models", "new", "organizations", "papers", "posts", "pricing", "privacy", "search", "settings", "spaces", "support",
    "tasks", "terms-of-service", "welcome",
})  # fmt: skip


def rewritten(a: Address) -> Address:
    """The page that an address names, as its site's rule has it; the address itself where no rule fits."""
    for rule in (_paper, _doi, _RULES.get(a.host) or _of_family(a.host), _mastodon):
        made = rule(a) if rule else None
        if made is not None and parse(str(made)) == made:
            return made
    return a


def _of_family(host: str) -> Rule | None:
    if host.startswith("nitter.") or host in _X_COPIES:
        return _x_post
    if host.endswith(".medium.com") and host != "link.medium.com":
        return _medium
    return _substack if host.endswith(".substack.com") else None


# ---------------------------------------------------------------- papers
def _paper(a: Address) -> Address | None:
    name = _paper_name(a)
    m = _ID.fullmatch(name) if name else None
    host = a.host if a.host == "arxiv.example" else "arxiv.org"
    return Address(host, f"/abs/{m[1] or f'{m[2].lower()}/{m[3]}'}") if m else None


def _paper_name(a: Address) -> str | None:
    """What stands where an address has the id of a paper."""
    if a.host == "arxiv.example" or _ARXIV_HOST.fullmatch(a.host) or a.host in ("ar5iv.org", "ar5iv.labs.arxiv.org"):
        kind = _ARXIV_KIND.match(a.path)
        return a.path[kind.end() :] if kind else a.path[1:] if re.match(NEW_ID, a.path[1:]) else None
    if a.host == "alphaxiv.org":
        kind = _ALPHAXIV_KIND.match(a.path)
        return a.path[kind.end() :] if kind else None
    before = _AT_OTHERS.get(a.host)
    if before is None or not a.path.startswith(before):
        return None
    name = a.path[len(before) :]
    return name if a.host not in _BARE_NEEDS_SCHEME or name.lower().startswith("arxiv:") else None


def _doi(a: Address) -> Address | None:
    name = _doi_name(a)
    if name is None or not _DOI.fullmatch(name):
        return None
    name = name.rstrip("/").lower()  # DOI Handbook 2.4: case does not tell names apart
    if name.startswith("10.48550/arxiv."):
        return _paper(Address("arxiv.org", f"/abs/{name.removeprefix('10.48550/arxiv.')}"))
    return Address("doi.org", "/" + quote(name, safe="/!$&()*+,;=:@"))


def _doi_name(a: Address) -> str | None:
    if a.host == "doi.org":
        return decoded(a.path[1:].replace("+", "%2B"))
    form = _AT_PUBLISHERS.get(a.host)
    m = form.fullmatch(a.path) if form else None
    name = decoded(m[1].replace("+", "%2B")) if m else None
    return f"10.1038/{name}" if name and a.host == "nature.com" else name


def _openreview(a: Address) -> Address | None:
    """Comments (`noteId`) are part of their paper's page."""
    return a.page("/forum", "id") if a.path in ("/forum", "/pdf") and a.only("id") else None


def _anthology(a: Address) -> Address | None:
    m = re.fullmatch(r"/([A-Z0-9][A-Za-z0-9.-]{4,60}?)(?:\.pdf|\.bib)?", a.path)
    return Address(a.host, f"/{m[1]}") if m else None


# ---------------------------------------------------------------- code and models
def _github(a: Address) -> Address | None:
    """GitHub does not tell owners and repositories by case."""
    owner, _, rest = a.path[1:].partition("/")
    if not owner or owner.lower() in NO_OWNERS:
        return None
    name, slash, tail = rest.partition("/")
    if not name:
        return Address(a.host, f"/{owner.lower()}", a.query)
    name = (name.removesuffix(".git") or name).lower()
    return Address(a.host, f"/{owner.lower()}/{name}{slash}{tail}", a.query if tail else ())


def _gist(a: Address) -> Address | None:
    m = _GIST.fullmatch(a.path)
    return Address(a.host, f"/{m[1]}") if m else None


# ---------------------------------------------------------------- talk
def _x(a: Address) -> Address | None:
    """The number alone names a post, whoever stands before it. Names of people are told by no case. Old addresses
    have all of their path behind `#!`."""
    if a.path == "/" and a.fragment.startswith("!/"):
        a = Address(a.host, a.fragment[1:].partition("?")[0])
    if made := _x_post(a):
        return made
    return Address(a.host, a.path.lower(), a.query) if re.fullmatch(r"/\w{1,15}", a.path) else None


def _x_post(a: Address) -> Address | None:
    m = _STATUS.fullmatch(a.path)
    return Address("x.com", f"/i/status/{m[1]}") if m else None


def _bluesky(a: Address) -> Address | None:
    m = re.fullmatch(r"/profile/([^/]+)(/post/[^/]+)?", a.path)
    return Address(a.host, f"/profile/{m[1].lower()}{m[2] or ''}") if m else None


def _mastodon(a: Address) -> Address | None:
    m = _MASTODON.fullmatch(a.path)
    return Address(a.host, f"/@{m[1] or m[2]}/{m[3]}") if m else None


def _reddit(a: Address) -> Address | None:
    m = _REDDIT_POST.fullmatch(a.path)
    if m is None:
        return None
    return Address(a.host, f"/comments/{m[1]}" + (f"/comment/{m[3]}" if m[3] else ""))


def _short_reddit(a: Address) -> Address | None:
    m = re.fullmatch(r"/([a-z0-9]{2,10})", a.path)
    return Address("reddit.com", f"/comments/{m[1]}") if m else None


def _hacker_news(a: Address) -> Address | None:
    return a.page("/item", "id", "p") if a.path == "/item" and a.only("id") else None


def _linkedin(a: Address) -> Address | None:
    m = _LINKEDIN.fullmatch(a.path)
    return Address(a.host, f"/feed/update/urn:li:{m[1]}:{m[2]}") if m else None


# ---------------------------------------------------------------- essays
def _medium(a: Address) -> Address | None:
    """The number at the end names a post, in whichever publication it stands."""
    first, _, rest = a.path[1:].partition("/")
    slug = rest if a.host == "medium.com" else first if not rest else rest if first == "p" else ""
    post = slug.rpartition("-")[2]
    if "/" in slug or first in ("tag", "m", "search") or not _MEDIUM_ID.fullmatch(post):
        return None
    return Address("medium.com", f"/p/{post}")


def _substack(a: Address) -> Address | None:
    if a.host == "open.substack.com":
        m = re.fullmatch(r"/pub/([A-Za-z0-9-]{1,63})(/p/[^/]+)(?:/comments)?", a.path)
        return Address(f"{m[1].lower()}.substack.com", m[2]) if m else None
    m = re.fullmatch(r"(/p/[^/]+)(?:/comments)?", a.path)
    return Address(a.host, m[1]) if m else None


def _substack_home(a: Address) -> Address | None:
    m = re.fullmatch(r"/(?:@[^/]+|home/post)/(p-[0-9]+)", a.path)
    return Address(a.host, f"/home/post/{m[1]}") if m else None


# ---------------------------------------------------------------- Chinese sites
def _weixin(a: Address) -> Address | None:
    if a.path.startswith("/s/"):
        return Address(a.host, a.path)
    named = a.path == "/s" and all(a.only(name) for name in ("__biz", "mid"))
    return a.page("/s", "__biz", "mid", "idx", "sn") if named else None


def _zhihu(a: Address) -> Address | None:
    if m := re.fullmatch(r"/tardis/[a-z]{2}/art/([0-9]+)", a.path):
        return Address("zhuanlan.zhihu.com", f"/p/{m[1]}")
    return Address(a.host, a.path) if re.fullmatch(r"/question/[0-9]+(?:/answer/[0-9]+)?|/p/[0-9]+", a.path) else None


def _bilibili(a: Address) -> Address | None:
    """A part of a film (`p`) is a page of its own, the first is the film."""
    if not _BVID.fullmatch(a.path):
        return None
    return a.page(a.path, "p") if a.only("p") not in (None, "", "1") else Address(a.host, a.path)


# ---------------------------------------------------------------- films
def _youtube(a: Address) -> Address | None:
    if a.path == "/watch" and _VIDEO_ID.fullmatch(a.only("v") or ""):
        return a.page("/watch", "v")
    if a.path == "/playlist" and a.only("list"):
        return a.page("/playlist", "list")
    m = _VIDEO.fullmatch(a.path)
    return Address(a.host, "/watch", (("v", m[1]),)) if m and m[1] not in _NO_VIDEO else None


def _short_youtube(a: Address) -> Address | None:
    m = re.fullmatch(r"/([A-Za-z0-9_-]{11})", a.path)
    return Address("youtube.com", "/watch", (("v", m[1]),)) if m else None


_RULES: Mapping[str, Rule] = {
    "github.com": _github, "github.example": _github, "raw.githubusercontent.com": _github, "gist.github.com": _gist,
    "openreview.net": _openreview, "aclanthology.org": _anthology, "x.com": _x, "bsky.app": _bluesky,
    "reddit.com": _reddit, "redd.it": _short_reddit, "news.ycombinator.com": _hacker_news, "linkedin.com": _linkedin,
    "medium.com": _medium, "substack.com": _substack_home, "mp.weixin.qq.com": _weixin, "zhihu.com": _zhihu,
    "zhuanlan.zhihu.com": _zhihu, "bilibili.com": _bilibili, "youtube.com": _youtube, "youtu.be": _short_youtube,
}  # fmt: skip
