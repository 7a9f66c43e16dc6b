"""Where a test ran and on how much: read out of the source's own words, or left empty; nothing is inferred.

A surface is a place of a product where people meet results. The vocabulary is small and closed, so that rows can be
compared; a domain (music, jobs, travel) is no surface, and neither is what a measure is about (ad revenue).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NO_VERB = r"(?<!\bto )(?<!\bwe )"
_MEASURED = r"(?! (?:revenues?|incomes?|spend(?:ing)?|clicks?|impressions?|conversions?|costs?|values?|loads?|CTR|CVR|quality)\b)"
_WORDS: tuple[tuple[str, str], ...] = (
    ("feed", rf"{_NO_VERB}\bfeeds?\b(?![- ]?(?:forward|into|the|an?|it|them|back)\b)|信息流|推荐流"),
    ("search",
     r"\bsearch (?:traffic|engines?|results?|quer(?:y|ies)|pages?|rankings?|relevance|ads|advertising|sessions?|requests?|services?|platforms?|systems?)\b"
     r"|\b(?:product|e-?commerce|web|sponsored|video|job|hotel|local|map|people|content|music|travel|in-app|marketplace|store|enterprise) search(?:es)?\b(?! spaces?)"
     r"|\bin search\b(?! of\b)|搜索(?!空间)"),
    ("ads", rf"\b(?:ads|advertising|advertisements?)\b{_MEASURED}|\bsponsored (?:search|products?|listings?|content)\b"
     r"|\bad (?:rankings?|retrieval|systems?|platforms?|delivery|auctions?|recommendations?|serving|networks?|exchanges?|placements?|slots?)\b|广告(?!收入|消耗|点击|曝光|转化)"),
    ("short video", r"\bshort[- ](?:form[- ])?videos?\b|\bmicro-?videos?\b|短视频"),
    ("live streaming", r"\blive[- ]?stream(?:s|ing)?\b|直播"),
    ("home page", r"\bhome ?(?:page|screen)s?\b|首页"),
    ("item page", r"\b(?:item|product|detail)(?: detail)? pages?\b|详情页"),
    ("checkout", r"\bcheckout(?: pages?)?\b|\bcart pages?\b|购物车页|结算页"),
    ("notifications", r"\bnotifications?\b|推送通知|消息推送"),
    ("email", r"\be-?mails?\b|邮件"),
    ("app store", r"\bapp stores?\b|应用商店|应用市场"),
)  # fmt: skip
SURFACES: tuple[str, ...] = tuple(name for name, _ in _WORDS)
_RX = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _WORDS)

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_NUMBER = rf"(?P<n>(?<![\d.])\d{{1,4}}|\b(?:{'|'.join(w for w in _SMALL if w.isascii())})|[一两二三四五六七八九十])"
_LENGTH = rf"{_NUMBER}(?:[- ]| ?个?)(?P<unit>days?\b|weeks?\b|天|日|周|星期)"
_SPAN = re.compile(
    rf"[,，]? ?\b(?:for|over|during|across|within|in|ran)? ?(?:an? )?(?:period of )?{_LENGTH}", re.IGNORECASE
)
_TEST = re.compile(
    rf"{_LENGTH}(?:[- ]long)? (?:large-scale |online |live |randomi[sz]ed |controlled ){{0,3}}(?:A/B[- ]?)?(?:tests?|testing|experiments?)\b",
    re.IGNORECASE,
)
_TRAFFIC = re.compile(r"\d\s?%|\b(?:half|full|all) of\b|[\d一二三四五六七八九]成")


def surfaces(texts: Iterable[str]) -> tuple[str, ...]:
    """The surfaces that the first of the texts with any names, in the order of SURFACES."""
    for text in texts:
        if found := tuple(name for name, rx in _RX if rx.search(text)):
            return found
    return ()


def traffic(scope: str) -> str:
    """The share of users or traffic: `6% of users for 18 days` -> `6% of users`; "" for a scope that names none."""
    share = _SPAN.sub("", scope).strip(" ,，")
    return share if _TRAFFIC.search(share) else ""


def days(scope: str) -> int | None:
    """The length that a scope names: `two weeks` is 14. Months have no exact length and give None."""
    found = _SPAN.search(scope)
    return _days(found) if found else None


def days_of_test(quotation: str) -> int | None:
    """The length by which a sentence calls its test (`a 14-day online A/B test`); None when it names two."""
    found = {_days(m) for m in _TEST.finditer(quotation)}
    return found.pop() if len(found) == 1 else None


def _days(found: re.Match[str]) -> int:
    word = found["n"].lower()
    number = _SMALL[word] if word in _SMALL else int(word)
    return number * (7 if found["unit"].lower().startswith(("week", "周", "星")) else 1)
