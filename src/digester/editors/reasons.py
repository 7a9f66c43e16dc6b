"""Why a paper is rated as it is, in Chinese: the same verdict as the English reason, clause by clause.

The rating stores its reason in English, made of few fixed clauses (`analysis.rating`). Each has its Chinese here, with the
figure that the reason names and no other. A reason of other words is told by the features of the rating.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from digester.analysis import houses
from digester.analysis.glossary import Glossary
from digester.analysis.rating import figure_text
from digester.domain.model import Claim
from digester.ports import Brief

Figure = Callable[[Claim], str]

_CLAUSES: tuple[tuple[re.Pattern[str], str], ...] = tuple((re.compile(rx), chinese) for rx, chinese in (
    (r"in production at (?P<org>.{1,120}?) with a signed figure \((?P<fig>.{1,200})\)", "{org}已投入生产，线上数字：{fig}"),
    (r"online figure at (?P<org>.{1,120}?) \((?P<fig>.{1,200})\)", "{org}的线上数字：{fig}"),
    (r"online figure \((?P<fig>.{1,200})\)", "线上数字：{fig}"),
    (r"tested online and deployed at (?P<org>.{1,120})", "{org}做过线上测试并已部署"),
    (r"tested online at (?P<org>.{1,120})", "{org}做过线上测试"),
    (r"deployed at (?P<org>.{1,120})", "{org}已部署"),
    (r"tested online and deployed", "做过线上测试并已部署"),
    (r"tested online", "做过线上测试"),
    (r"deployed", "已部署"),
    (r"deployment is not stated", "未说明是否部署"),
    (r"no organisation is named", "未写明机构"),
    (r"no online figure given", "未给出线上数字"),
    (r"its figures stand in the paper", "数字见原文"),
    (r"online results, no test or deployment described", "有线上结果，未说明测试或部署"),
    (r"a data set of industrial size that benchmarks can use", "工业规模数据集，可用于评测"),
    (r"evidence from simulation only", "只有仿真证据"),
    (r"no evidence beyond the proposal", "只有提案，没有证据"),
    (r"neither a proposal nor evidence", "既无提案也无证据"),
    (r"industrial work at scale(?: at (?P<org>.{1,120}?))?, offline, with its serving cost", "{org}工业规模的离线工作，给出服务成本"),
    (r"industrial data, offline evidence", "工业数据，离线证据"),
    (r"offline evidence on a live line with code", "热点方向，离线证据，附代码"),
    (r"offline evidence on a live line", "热点方向，离线证据"),
    (r"offline evidence with code", "离线证据，附代码"),
    (r"offline evidence on public data", "公开数据上的离线证据"),
    (r"offline evidence on small sets", "小数据集上的离线证据"),
    (r"offline evidence", "离线证据"),
    (r"(?P<line>[^,]{1,80}), with experiments and code", "{line}方向，有实验和代码"),
    (r"(?P<line>[^,]{1,80}), with experiments", "{line}方向，有实验"),
))  # fmt: skip

_WHOLE = {"lifelong": "lifelong sequence"}  # a line that the text names by half


def chinese(brief: Brief, glossary: Glossary, figure: Figure) -> str:
    """The reason clause by clause; "" when a clause is none of ours."""
    told = [_clause(c, brief, glossary, figure) for c in brief.rating.reason.split("; ")]
    return "，".join(told) if all(told) else ""


def _clause(clause: str, brief: Brief, glossary: Glossary, figure: Figure) -> str:
    for rx, said in _CLAUSES:
        if m := rx.fullmatch(clause):
            slots = {k: v or "" for k, v in m.groupdict().items()}
            if "org" in slots:
                slots["org"] = f" {houses.chinese_name(slots['org'])} " if slots["org"] else ""
            if "line" in slots:
                slots["line"] = glossary.theme(_WHOLE.get(slots["line"], slots["line"]))
            if "fig" in slots:
                slots["fig"] = _figure(slots["fig"], brief, figure)
            return said.format(**slots).strip()
    return ""


def _figure(words: str, brief: Brief, figure: Figure) -> str:
    """The figure of the record that the reason names; its words as they are where the record has it no more."""
    return next((figure(c) for c in brief.reading.claims if figure_text(c) == words), words)
