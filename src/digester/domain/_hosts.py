"""Hosts under several names, and hosts that are not what their name looks like.

`www.`, `m.`, `mobile.` and `amp.` before a name are the same site, but not where the rest is a suffix under which
anyone registers (`amp.com.au`), where each name below is somebody's own (`m.substack.com`), or where we know better.
"""

from __future__ import annotations

import re

ALIASES = {
    "twitter.com": "x.com", "hf.co": "huggingface.co", "hf-mirror.com": "huggingface.co", "dx.doi.org": "doi.org",
    "music.youtube.com": "youtube.com", "youtube-nocookie.com": "youtube.com", "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com", "np.reddit.com": "reddit.com", "i.reddit.com": "reddit.com",
    "sh.reddit.com": "reddit.com", "threads.net": "threads.com", "web.facebook.com": "facebook.com",
    "touch.facebook.com": "facebook.com", "mbasic.facebook.com": "facebook.com", "touch.linkedin.com": "linkedin.com",
    "fxbsky.app": "bsky.app", "bskx.app": "bsky.app",
}  # fmt: skip
# an address given as the whole query: the order of its parameters is part of it
WHOLE_QUERY = frozenset({"href.li", "anonym.to", "nullrefer.com"})
# a path of these is one of files and names, where `amp` and `index.html` are what they say
FILES = frozenset({
    "github.com", "github.example", "raw.githubusercontent.com", "gist.github.com", "gitlab.com", "codeberg.org",
    "gitee.com", "huggingface.co", "modelscope.cn",
})  # fmt: skip
_SAME_SITE = frozenset({"www", "m", "mobile", "amp"})
_OTHER_SITE = frozenset({"m.signalvnoise.com", "m.media-amazon.com", "m.do.co", "m.stripe.com", "m.stripe.network"})
_TENANTS = frozenset({
    "github.io", "gitlab.io", "gitee.io", "pages.dev", "workers.dev", "netlify.app", "vercel.app", "web.app",
    "firebaseapp.com", "herokuapp.com", "onrender.com", "fly.dev", "hf.space", "streamlit.app", "readthedocs.io",
    "substack.com", "medium.com", "wordpress.com", "blogspot.com", "tumblr.com", "ghost.io", "beehiiv.com",
    "bearblog.dev", "notion.site", "webflow.io", "neocities.org", "livejournal.com", "typepad.com", "wixsite.com",
    "cnblogs.com", "hatenablog.com", "gitbook.io", "mintlify.app", "replit.app", "glitch.me", "surge.sh",
})  # fmt: skip
_SUFFIX = re.compile(r"(?:com?|org|net|edu|gov|mil|ac|ne|or|go|info|nom|gob|gouv)\.[a-z]{2}")
_WIKI = re.compile(r"([a-z-]{2,20})\.m\.(wik[a-z]{2,10}\.org)")
_COUNTRY = re.compile(r"[a-z]{2}\.(linkedin\.com)")


def bare(name: str) -> str:
    """The name without prefixes that name the same site; in steps, as `www.m.` stands before some."""
    while True:
        first, _, rest = name.partition(".")
        if first not in _SAME_SITE or not _is_site(name, first, rest):
            break
        name = rest
    if m := _WIKI.fullmatch(name):
        return f"{m[1]}.{m[2]}"
    return m[1] if (m := _COUNTRY.fullmatch(name)) else name


def _is_site(name: str, first: str, rest: str) -> bool:
    if "." not in rest or name in _OTHER_SITE:
        return False
    return first == "www" or (rest not in _TENANTS and not _SUFFIX.fullmatch(rest))
