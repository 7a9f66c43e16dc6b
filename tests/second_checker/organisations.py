"""Organisations: a name on a card or in a table stands in a passage of its item, or is a form of words of one."""

from __future__ import annotations

import re

from tests.second_checker.case import Case
from tests.second_checker.numerals import alike
from tests.second_checker.printed import Statement

from digester.domain.issue import Pick

# Houses that a source may write otherwise than the page; a pair that is not here is for a person to decide.
HOUSE_FORMS = {
    "kuaishou": "快手", "meituan": "美团", "bytedance": "字节", "alibaba": "阿里", "tencent": "腾讯", "baidu": "百度",
    "jd.com": "京东", "xiaohongshu": "小红书", "taobao": "淘宝", "huawei": "华为", "netease": "网易",
}  # fmt: skip


def organisation(case: Case, s: Statement, name: str, pick: Pick) -> None:
    """As printed in a passage of the item; or the record's support for it names words that are a form of it."""
    texts = [p.text for p in case.evidence.read(pick.lead_item_id)]
    if any(_says(t, name) for t in texts):
        return
    recorded = next((o.support for o in pick.organisations if o.name == name), None)
    span = span_of(case, pick, recorded.passage_id, recorded.start, recorded.end) if recorded else ""
    if not _form(name.lower(), alike(span).lower()):
        case.report("organisation", s, f"{name} stands in no passage of its item")


def _says(text: str, name: str) -> bool:
    return re.search(rf"(?<![^\W\d_]){re.escape(alike(name))}(?![^\W\d_])", text, re.IGNORECASE) is not None


def _form(name: str, span: str) -> bool:
    """The words share a name of four letters or more that is no kind of organisation, or they are a known pair."""
    kinds = {"university", "institute", "technology", "technical", "research", "college", "labs", "group", "company"}
    shared = set(re.findall(r"\w{4,}", name)) & set(re.findall(r"\w{4,}", span)) - kinds
    return bool(shared) or bool(HOUSE_FORMS.get(name, "") and HOUSE_FORMS[name] in span)


def span_of(case: Case, pick: Pick, passage: str, start: int, end: int) -> str:
    """The words of a support, when its passage is one that the item was held against."""
    if passage not in case.evidence.issue.read.get(pick.lead_item_id, ()):
        return ""
    return case.evidence.raw.get(passage, "")[start:end]
