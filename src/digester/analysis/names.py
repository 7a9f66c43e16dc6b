"""Organisations where the text or the author block states them. Unknown stays unknown; nothing is guessed.

A name is printed as its source writes it. The list of well-known companies only helps to recognise a
name that stands in the text; it never supplies one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from digester.domain.model import Affiliation, Organisation, Passage, Support

KNOWN = (
    "Airbnb", "Alibaba", "Taobao", "Tmall", "AliExpress", "Alipay", "Ant Group", "Amap", "Amazon", "Apple", "Baidu", "Bilibili", "Booking.com",
    "ByteDance", "Douyin", "TikTok", "Toutiao", "Coupang", "Criteo", "Deezer", "DiDi", "DoorDash", "eBay", "Ele.me", "Etsy", "Expedia", "Flipkart",
    "Glance", "Google", "YouTube", "Grab", "Huawei", "IKEA", "Instacart", "Instagram", "Facebook", "Meta", "JD.com", "JD", "Kuaishou", "Kwai", "Lazada",
    "LinkedIn", "Lyft", "Meituan", "Mercado Libre", "Mercari", "Microsoft", "Bing", "Naver", "Netflix", "NetEase Cloud Music", "NetEase", "OPPO",
    "Pinduoduo", "Pinterest", "Rakuten", "Roblox", "Salesforce", "ShareChat", "Shopee", "Shopify", "Snap", "Snapchat", "Spotify", "Swiggy", "Target",
    "Tencent", "WeChat", "Weixin", "Tubi", "Twitch", "Twitter", "Uber", "Vinted", "VK", "Walmart", "Wayfair", "Xiaohongshu", "RedNote", "Xing",
    "Yandex", "Yelp", "Zalando", "Zillow", "Zomato", "OpenAI", "Anthropic", "NVIDIA", "Hugging Face", "DeepMind", "Mistral", "DeepSeek",
    "快手", "美团", "字节跳动", "抖音", "阿里巴巴", "淘宝", "腾讯", "百度", "京东", "小红书", "网易云音乐", "华为", "滴滴", "拼多多",
)  # fmt: skip
# Names of one house, so that a paper of it is not one of two organisations. Each is still printed as written.
_ONE_HOUSE = (
    frozenset({"meta", "facebook", "instagram"}),
    frozenset({"alibaba", "taobao", "tmall", "aliexpress", "lazada", "阿里巴巴", "淘宝"}),
    frozenset({"bytedance", "douyin", "tiktok", "toutiao", "字节跳动", "抖音"}),
    frozenset({"tencent", "wechat", "weixin", "腾讯"}),
    frozenset({"google", "youtube"}),
    frozenset({"microsoft", "bing"}),
    frozenset({"kuaishou", "kwai", "快手"}),
    frozenset({"jd", "jd.com", "京东"}),
)
_SPECIAL = r"(?<![A-Za-z0-9_@./-])(?P<name>{names})(?![A-Za-z0-9_-]|\.\w)"  # Han characters may stand beside
_KNOWN_RX = re.compile(_SPECIAL.format(names="|".join(re.escape(n) for n in sorted(KNOWN, key=len, reverse=True))))
_NAME = r"[A-Z][\w&]*(?:[.-][A-Z]?\w+){0,4}(?: [A-Z][\w&-]+){0,2}"
_STATED = re.compile(
    rf"\b(?:[Dd]eployed|[Ll]aunched|[Rr]olled out|[Ii]n production|[Pp]roduction systems?|[Oo]nline|[Tt]est(?:s|ed|ing)?|[Ee]xperiments?|[Pp]latform|[Uu]sers|[Ss]erving|[Tt]raffic|team|runs?|[Aa]ds|[Ff]eed|[Ss]earch)"
    rf" (?:at|in|on|of|across|by|within) (?:the )?(?P<name>{_NAME})(?:'s|,| \(| an? | for|[.;]| and|\b)"
)
_APPOSED = re.compile(
    rf"(?<![\w])(?P<name>{_NAME}), (?:an?|one of|the) (?:[a-z0-9-]+ ){{0,5}}(?:platform|company|marketplace|app|application|service|social network|ad network|provider|retailer|operator|site|website|exchange|store)s?\b"
)
_POSSESSIVE = re.compile(
    rf"(?<![\w])(?P<name>{_NAME})'s (?:[a-z0-9-]+ ){{0,4}}(?:platform|app|application|production|marketplace|feed|search|recommendation|recommender|advertising|ads?|users|service|system|homepage|mobile|e-commerce)\b"
)
_NEVER = re.compile(
    r"^(?:The|This|These|Our|We|In|On|At|An?|Each|Both|Such|Online|Offline|E-Commerce|E-commerce|Large|Semantic|Deep|Top|Click|LLMs?|Language|Transformer|Large Language Model.*|AI|IR|RAG|CTR|CVR|GMV|GPUs?|TPUs?|"
    r"MovieLens.*|Yambda.*|KuaiRec.*|KuaiRand.*|TAOBAO.*|Taobao-MM|IJCAI.*|Beibei|Book.*|Steam|Gowalla|LastFM|Wikipedia|Web of Science|Amazon(?:-| )?(?:Reviews?|Beauty|Books|Toys|Sports)?.*|Section|Table|Figure|Appendix|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Europe|Asia|Africa|China|India|Japan|Brazil|Latin America|Southeast Asia|North America|United States|English|Chinese)$"
)
_LEADING = re.compile(
    r"(?:(?:At|In|On|For|From|With|By|Since|Every|When|While|After|Before|Existing|Current|The|Our|Its)\b ?)+"
)
_WORDS = frozenset(["Target", "Snap", "Grab", "Glance", "Meta", "Apple"])  # companies that are words too
_IN_LIST = re.compile(  # `the data sets Taobao, Yelp and` ...
    r"\b(?:data ?sets?|benchmarks?)\b[^.;]{0,24}(?:[:,(]|specifically|namely|including|such as|like) ?(?:[\w-]+,? (?:and )?)*$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:,? (?:and |or )?[A-Z][\w-]*)*,?(?: and [A-Z][\w-]*)? (?:[a-z-]+ ){0,2}(?:data ?sets?|benchmarks?)\b"
)
_DATASET = re.compile(r"^[\w-]* ?(?:data ?sets?|benchmarks?|reviews?|corpus|challenge)\b", re.IGNORECASE)
_ACADEMIC = re.compile(
    r"universit|institut|college|école|ecole|school|academy|faculty|laborator|polytechn|hochschule|università|大学|学院|研究所|\.edu\b|\.ac\.",
    re.IGNORECASE,
)


def organisation_kind(name: str) -> Literal["industry", "academia"]:
    """Academia when the name says so; a named organisation that does not is a company."""
    return "academia" if _ACADEMIC.search(name) else "industry"


def in_text(passages: Iterable[Passage]) -> Iterator[Organisation]:
    """Organisations stated in running text, in reading order, each once."""
    seen: set[str] = set()
    for passage in passages:
        found = []
        for rule, rx in (
            ("org:stated", _STATED),
            ("org:apposed", _APPOSED),
            ("org:possessive", _POSSESSIVE),
            ("org:known", _KNOWN_RX),
        ):
            found += [(m.start("name"), m.end("name"), m["name"], rule) for m in rx.finditer(passage.text)]
        for start, end, name, rule in sorted(found):
            name, start = _without_lead(name, start)
            if not name or name in seen or _NEVER.match(name) or _DATASET.match(passage.text[end : end + 24].lstrip()):
                continue
            if rule == "org:known" and (_of_data(passage.text, start, end) or _is_word(passage.text, start, end, name)):
                continue
            seen.add(name)
            yield Organisation(name, organisation_kind(name), Support(passage.id, start, end, rule))


def _of_data(text: str, start: int, end: int) -> bool:
    """True for a name in a list of data sets: companies give theirs to what they publish."""
    return bool(_IN_LIST.search(text[max(0, start - 90) : start]) or _LISTED.match(text[end : end + 90]))


def _is_word(text: str, start: int, end: int, name: str) -> bool:
    """True for `Target Preference Weigher` and `Target items are`, not for `at Target` or `Target's`."""
    if (
        name not in _WORDS
        or text[end : end + 2] in ("'s", "\u2019s")
        or re.search(r"\b(?:at|by|from) $", text[:start][-8:])
    ):
        return False
    return start == 0 or text[:start].rstrip().endswith((".", ":", "!", "?")) or bool(re.match(r" [A-Z]", text[end:]))


def _without_lead(name: str, start: int) -> tuple[str, int]:
    """`At Ondaryl` -> `Ondaryl`: a sentence's first word is no part of a name."""
    m = _LEADING.match(name)
    return (name[m.end() :], start + m.end()) if m else (name, start)


def in_author_block(block: Iterable[Affiliation], passage: Passage | None) -> Iterator[Organisation]:
    """Organisations of an author block, companies first, then by number of authors; supported by its text."""
    if passage is None:
        return
    count: dict[str, int] = {}
    for line in block:
        name = short_name(line.organisation)
        if name:
            count[name] = count.get(name, 0) + 1
    order = sorted(count, key=lambda n: (organisation_kind(n) == "academia", -count[n]))
    for name in order:
        start = passage.text.find(name)
        if start >= 0:
            yield Organisation(
                name, organisation_kind(name), Support(passage.id, start, start + len(name), "org:author_block")
            )


def short_name(affiliation: str) -> str:
    """The organisation of an affiliation line: `Dept. of X, University of Y, City` -> `University of Y`."""
    parts = [p.strip() for p in re.split(r"[,;]", affiliation) if p.strip()]
    academic = [p for p in parts if _ACADEMIC.search(p)]
    chosen = academic[-1] if academic else parts[0] if parts else ""
    return re.sub(r"\s+(?:Inc|Ltd|LLC|Corp|Co|GmbH|Group Holding)\.?$", "", chosen)[:80]


def author_block_text(block: Iterable[Affiliation]) -> str:
    """The author block as one text that passages and supports can point into."""
    return "; ".join(" - ".join(p for p in (a.author, a.organisation, a.email) if p) for a in block)


def merged(text: Iterable[Organisation], block: Iterable[Organisation]) -> tuple[Organisation, ...]:
    """Companies stated in the text first, then the author block's; one name once, at most four."""
    kept: list[Organisation] = []
    for org in (*[o for o in text if o.kind == "industry"], *block):
        if not any(_same(org.name, k.name) for k in kept):
            kept.append(org)
    return tuple(kept[:4])


def _same(a: str, b: str) -> bool:
    x, y = a.casefold(), b.casefold()
    return (
        x == y
        or x.startswith(y + " ")
        or y.startswith(x + " ")
        or any(x in group and y in group for group in _ONE_HOUSE)
    )


def is_house(word: str) -> bool:
    return word in KNOWN


def aliases(word: str) -> tuple[str, ...]:
    found = [g for g in _ONE_HOUSE if word.casefold() in g]
    return tuple(sorted(found[0])) if found else ()
