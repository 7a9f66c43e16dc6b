"""Whose a figure is: that of a baseline, of a control group, of a predecessor or of a run without a part is no result.

A rival owns a figure as the subject of its clause (`the baseline gained 1% CTR`), as what a relative clause is about
(`than the old ranker, which had brought 3%`), or behind it (`fell by 1% for the control group`). What gets worse
without a part (`removing the module lowers CTR by 1%`) is an ablation; what gets better is what the paper did.
"""

from __future__ import annotations

import re

from digester.analysis import metrics
from digester.analysis.claims.reading import WINDOW, Reading
from digester.analysis.claims.rules import NP, Bound

_SYSTEM = r"(?:models?|systems?|methods?|approach(?:es)?|baselines?|versions?|work|rankers?|algorithms?|polic(?:y|ies)|frameworks?|solutions?|pipelines?|generations?|deployments?|launch(?:es)?|group|arm|bucket|cohort|variants?)"
_RIVAL = re.compile(
    rf"(?:[\w-]{{1,30}} ){{0,4}}(?:baselines?|predecessors?|control)(?: {_SYSTEM})?\Z|control\Z|"
    rf"(?:[\w-]{{1,30}} ){{0,2}}(?:previous|prior|earlier|existing|former|legacy|incumbent|old|older) (?:[\w-]{{1,30}} ){{0,3}}{_SYSTEM}\Z",
    re.IGNORECASE,
)
_NOT_A_GROUP = re.compile(r"(?!the\b)[\w-]{1,30} (?:[\w-]{1,30} )?control\Z", re.IGNORECASE)  # `quality control`
_SUBJECT = re.compile(rf"(?:^|[BC:(X])D?A?(?P<np>{NP})(?:[OPI][DA]{{0,2}}{NP}){{0,3}}(?:C[^CFB]{{1,8}}C)?E{{0,3}}[VX]")
_OUR = re.compile(r"(?:ours?|we|it|treatment|proposed|new)\Z", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:which|that|who)\Z", re.IGNORECASE)
_ANTECEDENT = re.compile(rf"(?P<np>{NP})C?$")
_BEHIND = re.compile(
    r"[^,;.%()]{0,40}?\b(?:(?:for|under) (?:the |its )?(?:[\w-]{1,20} )?(?:baselines?|predecessors?|control)|(?:for|in|under) (?:the )?control (?:group|arm|bucket|cohort))(?! ?[\w-])",
    re.IGNORECASE,
)
_PART = re.compile(r"[;.](?!\d)|\b(?:while|whereas|but|and)\b|\d(?:[\d.]{0,9})\s?%")
_WITHOUT = re.compile(r"\b(?:variants?|versions?|models?|runs?) without\b[^,;:]{0,80}\Z", re.IGNORECASE)
_REMOVED = re.compile(
    r"(?:(?<!by )\b(?:remov|disabl|ablat|exclud|eliminat|omitt|dropp)ing (?:the|this|that|our|its|it|any|either|each)\b|\bturning [\w ]{0,30}?off\b|"
    r"\bwithout (?:the|this|our|its|it|these)\b|\b(?:when|if|once|after) [\w -]{2,40}? (?:is|are|was|were) (?:removed|disabled|ablated|excluded|omitted|dropped|turned off)\b)",
    re.IGNORECASE,
)


def is_another(r: Reading, b: Bound) -> bool:
    """True for a figure that is not the paper's own."""
    token = next(n for n, q in r.quantities.items() if q is b.quantity)
    first = max(0, token - WINDOW)
    front = r.kinds[first:token]
    opened = front.rfind("B") + 1  # behind the break that opens the clause of the figure
    subject = next(reversed(list(_SUBJECT.finditer(front, max(0, opened - 1)))), None)
    if subject:
        ours = any(_OUR.match(r.word(i)) for i in range(first + subject.end() - 1, token))
        rival = not ours and _is_rival(r, first + subject.start("np"), first + subject.end("np"))
    else:
        rival = opened > 0 and _is_about_rival(r, first + opened - 1, token)
    lacking = _WITHOUT.search(r.text[max(0, b.quantity.start - 120) : b.quantity.start])
    return (
        rival
        or lacking is not None
        or _BEHIND.match(_part_behind(r, b)) is not None
        or (_worse(b) and _is_ablation(r, b))
    )


def _is_rival(r: Reading, first: int, last: int) -> bool:
    name = r.text[r.tokens[first].start : r.tokens[last - 1].end]
    return bool(_RIVAL.match(name)) and not _NOT_A_GROUP.match(name)


def _is_about_rival(r: Reading, at: int, token: int) -> bool:
    """Whether the figure stands in a clause that `which`, at token `at`, opens behind a rival."""
    if not _RELATIVE.match(r.word(at)) or not re.match(r"[EA]{0,3}[VX]", r.kinds[at + 1 :]) or "C" in r.kinds[at:token]:
        return False
    offset = max(0, at - WINDOW)
    before = _ANTECEDENT.search(r.kinds[offset:at])
    return before is not None and _is_rival(r, offset + before.start("np"), offset + before.end("np"))


def _part_behind(r: Reading, b: Bound) -> str:
    behind = r.text[b.quantity.end : b.quantity.end + 120]
    stop = _PART.search(behind)
    return behind[: stop.start()] if stop else behind


def _worse(b: Bound) -> bool:
    lower = metrics.LOWER_IS_BETTER.search(b.metric.name) or b.metric.family == "system"
    return b.sign == ("+" if lower else "-")


def _is_ablation(r: Reading, b: Bound) -> bool:
    clause = re.split(r"[;:]|\b(?:while|whereas|but)\b", r.text[max(0, b.quantity.start - 160) : b.quantity.start])[-1]
    return bool(_REMOVED.search(clause) or _REMOVED.search(_part_behind(r, b)))
