"""The vocabulary of measures: what figures are figures of, in three families.

business: what users do and what is earned; system: what it costs to run; offline: what a data set says.
A measure is taken with the words that make it another one: `gross booking value` is not `booking`, `clicks
per session` are not sessions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from digester.domain.model import Claim, EvidenceLevel

BUSINESS = (
    r"click-through(?: |-)rates?(?: \(CTR\))?|conversion rates?(?: \(CVR\))?|post-click conversion rates?|CTCVR|CTR|CVR|pCVR|GMV(?:/UV| per user)?|gross merchandise (?:volume|value)(?: \(GMV\))?|"
    r"(?:ad(?:vertising|vertiser|s)? |advertising )?revenues?(?: per mille| per session| per user)?|eCPM|CPM|RPM|return on (?:ad(?:vertising)? spend|investment)(?: \(RO(?:AS|I)\))?|ROAS|ROI|ARPU|orders?(?: volume| per user)?|sales(?: volume)?|purchases?(?: per user| rate)?|bookings?|"
    r"add-to-cart rates?|(?:total |average |user |overall |per-user )?(?:watch|dwell|listening|viewing|play|usage|stay|app|session|view)[ -]?(?:time|duration)s?(?: per user)?|time spent|"
    r"(?:\d+-day |next-day |user |long-term |seven-day )?retention(?: rate)?s?|daily active users|DAU|user active days|active days|active users|app opens?|LT7|LT30|lifetime value|LTV|"
    r"engagement(?: rate)?|user engagement|interactions?|follows|likes|shares|saves|comments|completed (?:views|plays|orders|listens)|plays?|streams?|sessions?(?: per user)?|session length|clicks?|conversions?|impressions?|"
    r"user satisfaction|satisfaction(?: score)?|complaints?|(?:online )?transaction(?: conversion)? rates?|transactions?|skip rates?|bounce rates?|cancellation rates?|change query ratio|query reformulations?|keystrokes|suggestion adoption|adoption|acceptance rates?|"
    r"advertiser (?:spend|value|cost)|surplus|contacts|(?:answered )?applications|brand relevance|organic traffic|(?:monthly active users|MAU)|buyers|returning authors|ad(?:vertising)? spend|budget (?:utili[sz]ation|consumption|delivery)|cost per (?:conversion|acquisition|click|order)|CPA|CPC|exposure|"
    r"Quality Watch (?:Session|Duration)(?: / User)?|item exposure|new[- ]item (?:exposure|clicks|views)|cold-start (?:clicks|exposure|views)|listens?|listening hours|tickets? sold|nights booked|reservations?|"
    r"(?-i:GTV|IPV|PV|VV|UV|ADVV|U?CVR|PCVR|U?CTR|PCTR|GPM|EPM|AOV|CPS|eCPS|LT)(?: value)?|(?:effective |valid |completed |long )?(?:video|page|item page|item|play) views|effective plays|"
    r"(?:like|share|comment|follow|save|favou?rite|forward|download|install|click|purchase|repurchase|order|payment|checkout|unsubscribe|hide|dislike|report|refund|return|exit|churn|stream|play|long-view|completion|finish|response|booking|fill|win-back|reactivation|open|subscription|engagement|satisfaction|no-result|zero-result) rates?|"
    r"(?:average )?(?:order|basket|cart) (?:value|size)s?|downloads|installs|subscriptions|sign-?ups|(?:qualified )?leads|deals|(?:target|customer acquisition) costs?|unsubscribes|churn|negative feedback|"
    r"(?:watch|viewing|listening|streaming|usage|reading) (?:hours|minutes)|consumption (?:depth|time|duration)|visits(?: per user)?|(?:core|key|top-?line|main) (?:business|commercial|engagement|revenue) metrics?|"
    r"ad clicks|ad (?:load|exposure)|net profit|profits?|margins?|take rate|paid orders|payments?"
)
SYSTEM = (
    r"(?:p\d\d(?:\.\d)? |tail |serving |inference |end-to-end |average |median |online |ranking ){0,5}latency|response time|throughput|QPS|(?:serving |compute |computational |inference |training |infrastructure |GPU |hardware ){1,5}costs?|GPU hours|GPU memory|memory(?: usage| footprint)?|"
    r"(?:sparse |embedding )?storage|training time|compute|FLOPs|tokens|energy(?: use| consumption)?|parameters?|index size|machine hours|CPU (?:usage|time)"
)
OFFLINE = (
    r"(?:online CTR )?(?:G|U)?AUC|NDCG(?:@\d+)?|nDCG(?:@\d+)?|Normalized Discounted Cumulative Gain|HR(?:@\d+)?|Hit(?:s| Ratio| Rate)?(?:@\d+)?|recall(?:@\d+)?|Recall(?:@\d+)?|precision(?:@\d+)?|MRR(?:@\d+)?|MAP(?:@\d+)?|F1|"
    r"accuracy|log-?loss|Logloss|RMSE|MSE|MAPE|MAE|BLEU|ROUGE(?:-\w)?|perplexity|collision rates?|success rates?|win rates?|hallucinations?"
)
_NOT_MEASURED = r" (?:predict\w+|models?|heads?|tasks?|towers?|objectives?|errors?|gaps?|calibration|labels?|data|estimat\w+|targets?|sets?|losses|loss|signals?)\b"
_HEAD = re.compile(  # the noun that a measure hangs on: "time to stable conversion rate", "share of impressions"
    r"\b(?:time|share|number|cost|variance|error|ratio|fraction|proportion|amount|quality|speed|effort) (?:to|of|per|in|for|until) (?:a |the )?(?:(?:the|a|stable|first|new|all|[a-z]+) ){0,2}$",
    re.IGNORECASE,
)
_BEFORE = r"(?:(?:gross|net|total|average|paid|unique|completed|new-user|per-user|long-term|daily|weekly|monthly) )?"
_BEHIND = r"(?:(?: value| volume)?(?: per (?!cent)[a-z]{3,20})?)"
FURTHER = "further"  # the hedge of a figure that comes on top of one `up to`
LIVE: tuple[EvidenceLevel, ...] = ("online_ab", "deployed")
LOWER_IS_BETTER = re.compile(  # but of `likes to dislikes` or `positive-negative feedback` more is better
    r"change query|reformulation|refund|return rate|unsubscrib|hide|(?<!like[-/])(?<!likes to )(?<!likes-to-)(?<!like-to-)dislike|report rate|"
    r"(?<!positive[-/])(?<!positive to )(?<!positive-to-)negative|bad|exit|no-result|zero-result|error|\bCP[ACS]\b|eCPS|skip|bounce|cancel|complaint|latency|response time|cost|churn|keystroke|logloss|log-loss|RMSE|MSE|MAPE|MAE|perplexity|collision|storage|memory|hours",
    re.IGNORECASE,
)
_CORE = re.compile(
    r"GMV|revenue|CTR|CVR|click-through|conversion|orders?\b|purchases?|sales|bookings|watch|dwell|listening|time spent|retention|active|LTV|LT7|transaction|spend|advertiser|comments|buyers",
    re.IGNORECASE,
)
_METRIC = re.compile(
    rf"(?<![^\W\u3400-\u9fff])(?<!@)(?:(?P<offline>{OFFLINE})|(?P<business>{_BEFORE}(?:{BUSINESS}){_BEHIND})|(?P<system>{SYSTEM}))(?![^\W\u3400-\u9fff])(?![@-])(?!{_NOT_MEASURED})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Metric:
    name: str
    family: str
    start: int
    end: int


def find(text: str) -> list[Metric]:
    """The measures a sentence names, in order."""
    found = []
    for m in _METRIC.finditer(text):
        head = _HEAD.search(text[max(0, m.start() - 40) : m.start()])
        start = m.start() - len(head[0]) if head else m.start()
        found.append(Metric(text[start : m.end()], "other" if head else m.lastgroup or "", start, m.end()))
    return found


def published(claims: Iterable[Claim]) -> list[Claim]:
    """The figures an issue may print: signed, from live traffic, what a business is run by first.

    One a measure without a place: what is plain before what is `up to` or on top of it, else the first that the text gives; a later
    one is of a subgroup or a variant, and without a scope of its own it would be read as a second result.
    """
    kept: list[Claim] = []
    for c in sorted(claims, key=lambda c: c.hedge in ("up to", FURTHER)):
        if (
            c.evidence not in LIVE
            or not c.sign
            or any((c.value, c.unit, c.sign) == (k.value, k.unit, k.sign) and c.supports != k.supports for k in kept)
        ):
            continue
        if not any(_same_measure(c, k) and c.place in ("", k.place) for k in kept):
            kept.append(c)
    return sorted(kept, key=weight)


def weight(claim: Claim) -> tuple[bool, bool]:
    """Sorts figures for printing: significant before not significant, what a business is run by before the rest."""
    core = _CORE.search(claim.metric) and not claim.metric.lower().endswith("auc")
    return claim.hedge == "not significant", not core


def _same_measure(a: Claim, b: Claim) -> bool:
    """`watch time` and `total watch time`, `Bookings` and `booking` are one measure; answered applications are some of
    the applications."""
    return plain_name(a.metric) == plain_name(b.metric)


def without_house(claim: Claim, houses: Iterable[str]) -> Claim:
    """The figure with its measure's name bare of the house whose it is: `Kestrelo daily users`, `Kestrelo's revenue`."""
    fronts = (f"{name}{mark}" for name in houses for mark in (" ", "'s ", "\u2019s "))
    front = next((f for f in fronts if claim.metric.startswith(f)), "")
    if _BRAND.match(claim.metric, len(front)):  # `Apple Music subscriptions` are not Apple's music subscriptions
        return claim
    return replace(claim, metric=claim.metric.removeprefix(front)) if front else claim


_BRAND = re.compile(r"[A-Z][a-z]")
_DEGREE = frozenset({"total", "overall", "average", "mean", "online", "the", "user", "users"})


def plain_name(metric: str) -> str:
    """` watch time `: words without bracket and plural, aliases folded, for asking whether one name holds another."""
    bare = re.sub(r"\([^()]*\)", " ", metric.lower()).replace("-", " ")
    bare = _LONG.sub(lambda m: _SHORT[m[0]], bare)
    singular = [w.rstrip("s") for w in re.findall(r"[^\W_]+", bare) if w not in _DEGREE]
    return f" {' '.join(singular)} "


# Chinese names of measures: what a Chinese line says is held against English sources under the English names, of which
# one measure can have several (`|`); a test walks the glossary, whose Chinese must lead back to its English.
# The longest name that a text holds counts, so that 点击率 is no 点击.
_CHINESE = {
    "点击率": "ctr|clickrate", "转化率": "cvr", "收入": "revenue", "营收": "revenue", "观看时长": "watchtime|watchduration|viewingtime|viewingduration|viewtime|viewduration", "播放时长": "playtime|playduration",
    "停留时长": "dwelltime|dwellduration|staytime|stayduration", "使用时长": "usagetime|usageduration|apptime|appduration|timespent", "收听时长": "listeningtime|listeningduration", "阅读时长": "readingtime", "留存": "retention",
    "订单": "order", "购买": "purchase", "销售额": "sales", "销量": "sales", "曝光": "impression|exposure", "点击": "click", "转化": "conversion",
    "预订": "booking|booked|reservation", "延迟": "latency", "吞吐": "throughput", "成本": "cost", "互动": "engagement|interaction", "评论": "comment", "点赞": "like",
    "分享": "share", "活跃天数": "activeday", "满意度": "satisfaction", "联系": "contact", "负反馈": "negativefeedback",
    "完播率": "completionrate", "退订": "unsubscribe", "退货": "return", "取消": "cancellation", "搜索": "search", "存储": "storage",
    "内存": "memory", "浏览量": "view", "观看量": "view", "加购": "addtocart|cart", "播放量": "play|view|stream", "下载": "download", "关注": "follow", "收藏": "save|favorite|favourite", "会话": "session",
}  # fmt: skip
_HAN = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))
_SHORT = {  # what a page calls by its letters wherever a source writes it out
    "click through rate": "ctr", "conversion rate": "cvr", "gross merchandise volume": "gmv", "gross merchandise value": "gmv",
    "return on ad spend": "roas", "return on advertising spend": "roas", "return on investment": "roi", "lifetime value": "ltv",
    "daily active user": "dau", "monthly active user": "mau", "normalized discounted cumulative gain": "ndcg",
    "cost per mille": "cpm", "cost per thousand impression": "cpm",
}  # fmt: skip
_LONG = re.compile("|".join(name.replace(" ", "[ -]") for name in _SHORT))


def key(metric: str) -> str:
    """What spellings of a measure share, of a Chinese name what any of its English ones is, between bars; "" for a Chinese
    name that is not known."""
    if found := _HAN.search(metric):
        return _CHINESE[found[0]]
    return re.sub(r"[^a-z0-9]", "", _LONG.sub(lambda m: _SHORT[m[0].replace("-", " ")], metric.lower()))[:30]
