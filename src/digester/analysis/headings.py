"""A headline that makes a claim: it has a verb, and no colon of its own, so that it can stand behind a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digester.domain.text import language_of

LEAST, LONGEST = 3, 90  # words of a claim; characters of one that is cut out of a text
LEAST_HAN = 6
_COLON = re.compile(r"(?<!\s)\s{0,3}[:：]\s{1,3}|：")
_NAME = r"(?:[A-Z][\w.\u2019'-]*|\d[\w.-]*) "
_DOES = r"(?:[a-z]{3,}(?:s|ed)|cut|set|put|hit|won|sold|bought) "
# a name and what it does; after one word only without a preposition, for "Six hours with" is none
_OPENS = re.compile(
    rf"^(?:(?:{_NAME}){{2,5}}{_DOES}|{_NAME}{_DOES}(?!with |of |in |for |on |at |from |about |after |and |to |that ))"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|cannot|may|must|does|did|releases|launches|publishes|announces|opens|cuts?|closes?|replaced|moves?|gets|gives|"
    r"lowers|raises|fixes|adds|needs|fell|rose|falls|rises|holds?|held|lets|wants?|shows|finds|found|makes?|keeps?|reaches|beats|learns|pays?|vary|varies|fails?|costs|took|takes)\b"
)
_VERB_ZH = re.compile(
    r"发布|开源|开放|推出|上线|下线|下调|上调|降低|降到|降至|下降|上涨|涨|提升|提高|缩短|减少|增加|节省|宣布|公布|收购|入股|合并|起诉|裁定|判决|生效|施行|关停|停用|采用|支持|要求|"
    r"禁止|允许|达到|超过|替换|更新|改用|测得|发现|否认|证实|招募|裁员|融资|给出"
)
_NOW = re.compile(
    r"\b(?:today|yesterday|tonight|this (?:morning|afternoon|evening)|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b ?"
)


def claim(titles: Iterable[str], texts: Iterable[str], language: str) -> str:
    """The first of these titles in the language that makes a claim, or the part of one that does; else the beginning
    of the first text that does; "" where none does."""
    mine = [t.strip().rstrip(".。") for t in titles if language_of(t) == language]
    whole = (t for t in mine if not _COLON.search(t) and claims(t))
    parts = (p for t in mine if _COLON.search(t) for p in _COLON.split(t) if claims(p))
    cut = (c for t in texts if language_of(t) == language and (c := _clause(t)))
    return next((_opened(found) for source in (whole, parts, cut) for found in source), "")


def claims(text: str) -> bool:
    """Whether a headline says that somebody does something."""
    if language_of(text) == "zh":
        return len(re.findall(r"[\u3400-\u9fff]", text)) >= LEAST_HAN - 2 and bool(_VERB_ZH.search(text))
    return len(text.split()) >= LEAST and bool(_VERB.search(text) or _OPENS.match(text))


def _clause(text: str) -> str:
    """Actor and verb of a sentence: what stands before its first comma; a time of day is none in a week."""
    first = re.split(r"[,;，；]|\.$|。$", text, maxsplit=1)[0]
    if _COLON.search(first) or _NOW.search(first) or len(first) > LONGEST:
        return ""
    return first if claims(first) else ""


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
