"""Addresses made at random, of the parts that rules know and of what comes in between."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import partial
from urllib.parse import quote

from tests.domain.known_urls import LINES

from digester.domain.urls import canonical, http_url, ref_of

HOSTS = (
    "a.example", "www.a.example", "m.www.a.example", "amp.a.example", "amp.com.au", "m.substack.com", "pen.substack.com",
    "open.substack.com", "substack.com", "user.medium.com", "medium.com", "arxiv.org", "export.arxiv.org", "ar5iv.labs.arxiv.org",
    "alphaxiv.org", "huggingface.co", "hf.co", "doi.org", "dx.doi.org", "dl.acm.org", "link.springer.com", "nature.com",
    "github.com", "raw.githubusercontent.com", "gist.github.com", "api.github.com", "youtube.com", "youtu.be", "m.youtube.com",
    "x.com", "mobile.twitter.com", "nitter.net", "bsky.app", "social.example", "mp.weixin.qq.com", "zhihu.com",
    "zhuanlan.zhihu.com", "bilibili.com", "reddit.com", "old.reddit.com", "redd.it", "news.ycombinator.com", "openreview.net",
    "aclanthology.org", "linkedin.com", "uk.linkedin.com", "google.com", "google.co.uk", "l.facebook.com", "out.reddit.com",
    "link.zhihu.com", "t.umblr.com", "href.li", "web.archive.org", "archive.ph", "12ft.io", "r.jina.ai", "cdn.ampproject.org",
    "a-example.cdn.ampproject.org", "eur01.safelinks.protection.outlook.com", "en.m.wikipedia.org", "[2001:DB8:0::1]",
    "A.EXAMPLE.", "b\u00fccher.example", "localhost", "1.2.3.4", "gitlab.com", "stackoverflow.com",
)  # fmt: skip
PARTS = (
    "abs", "pdf", "html", "papers", "2606.12345", "2606.12345v2", "2606.12345v2.pdf", "hep-th%2F9901001", "math.GT", "0309136",
    "10.1145", "10.48550", "10.1145%2F3600000.1", "arXiv.2606.12345", "10.1002%2F%28SICI%29x%3C1::a%3E2", "doi", "article", "articles",
    "s41586-024-00001-x", "Owner", "Name.git", ".git", "tree", "main", "trending", "datasets", "spaces", "docs", "watch", "shorts",
    "embed", "videoseries", "AbCdEfGhIj-", "playlist", "user", "status", "20000000000000001", "photo", "i", "web", "@user", "users",
    "statuses", "profile", "post", "s", "question", "answer", "123456", "p", "p-123456", "tardis", "art", "video", "BV1xx411c7mD", "r",
    "comments", "1abcde", "_", "item", "forum", "posts", "a-b-c-activity-7000000000000000001-AbCd", "url", "l.php", "amp", "amp.html",
    "one-two-three-four", "one-two-three-four.amp", "one-two-three-four.amp.html", "story.html", "index.html", "slug-0123456789ab",
    "20200101000000", "newest", "https:", "http:", "https%3A%2F%2Fb.example%2Fx", "c", "a.example", "pub", "home", "", "", ".", "..", "%2e%2E",
    "%2f", "%C3%BC", "\u00fc", "%zz", "%", "a b", "x;jsessionid=1", "x;y=1", "~", "%7e", "(x)", "%28x%29", "A", "a", "\\", "+", "%2B", "@", "web",
)  # fmt: skip
NAMES = (
    "id", "p", "v", "list", "q", "url", "u", "target", "z", "utm_source", "UTM_MEDIUM", "fbclid", "ref", "source", "from", "si", "r", "s", "t",
    "__biz", "mid", "idx", "sn", "scene", "amp", "b", "a", "%61", "\u00fc", "", "x[]", "noteId", "sk", "tab", "redirectUrl", "a;b", "a/b", "https://b.example/?c",
)  # fmt: skip
VALUES = (
    "", "1", "2", "rss", "a+b", "a%20b", "%FF", "%C3%BC", "\u00fc", "%2", "a=b", "AbCdEfGhIj-", "MzA3==", "javascript:alert(1)", "/x", "a;b", "rss----1---2",
    "true", "'", "<", "//b.example/", "%26", "%3D", "ftp://b.example/",
)  # fmt: skip
SCHEMES, PORTS = ("https", "http", "HTTP"), ("", "", "", "", ":443", ":80", ":8080")
TABLE = tuple(url for url, wanted, _ in LINES if wanted)
PIECES = (
    *PARTS,
    *(f"/{p}/" for p in PARTS),
    *(f"&{n}=" for n in NAMES),
    *VALUES,
    "?",
    "#",
    "#/",
    "//",
    "/",
    "//x@",
    ":8080",
    ".",
    "www.",
    "m.",
)
FRAGMENTS = ("", "", "", "#x", "#/", "#!", "#/a/b?c=d", "#!/a", "#/a#b", "#:~:text=a", "#/\u00fc")


def made(rng: random.Random, depth: int = 0) -> str:
    """An address: one of the table with something put in, or one of random parts; some hold another one in their
    path, in their query or as their query."""
    pick, roll = partial(_pick, rng), rng.random()
    if depth < 5 and roll < 0.2 + 0.3 * (depth > 0):
        return _around(rng, made(rng, depth + 1))
    if roll < 0.7:
        url, at = pick(TABLE), int(rng.random() * 60)
        return url[:at] + pick(PIECES) + url[at:]
    path = "/".join([pick(PARTS) for _ in range(int(rng.random() * 6))])
    query = "&".join([f"{pick(NAMES)}={pick(VALUES)}" for _ in range(int(pick("00124")))])
    return f"{pick(SCHEMES)}://{pick(HOSTS)}{pick(PORTS)}/{path}{'?' if query else ''}{query}{pick(FRAGMENTS)}"


def _pick(rng: random.Random, of: Sequence[str]) -> str:
    return of[int(rng.random() * len(of))]  # several times as quick as rng.choice


def _around(rng: random.Random, inner: str) -> str:
    within = rng.choice((inner, quoted(inner), quoted(quoted(inner))))
    bare = inner.partition("//")[2]
    return rng.choice(
        (
            f"https://google.com/url?q={within}", f"https://l.facebook.com/l.php?a=b&u={within}&amp=1",
            f"https://link.zhihu.com/?target={within}", f"https://href.li/?{within}", f"https://href.li/?b=1&{within}",
            f"https://web.archive.org/web/2020/{within}", f"https://12ft.io/{within}?b=1&a=2", f"https://r.jina.ai//{within}",
            f"https://a.example/x/{within}", f"https://google.com/amp/s/{bare}", f"https://a.cdn.ampproject.org/c/{bare}",
        )
    )  # fmt: skip


def quoted(text: str) -> str:
    return quote(text, safe="")


def addresses(seed: int, count: int) -> Iterator[str]:
    rng = random.Random(seed)
    return (made(rng) for _ in range(count))


def test_P07_a_canonical_address_is_its_own() -> None:
    changed: list[tuple[str, str, str | None]] = []
    for url in addresses(20260601, 100_000):
        once = canonical(url)
        if once is not None and (again := canonical(once)) != once:
            changed.append((url, once, again))
    assert changed[:5] == []


def test_P07_an_address_and_its_canonical_form_have_one_reference() -> None:
    for url in addresses(20260602, 10_000):
        once = canonical(url)
        if once is not None:
            assert http_url(once) == once, url
            assert ref_of(once) == ref_of(url), url
