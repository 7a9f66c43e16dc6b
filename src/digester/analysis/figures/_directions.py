"""The sense in which a clause moves its figure: up, down or not said.

A printed sign decides. Else the direction word directly behind the figure (`3% higher`, `a 49% reduction`,
3%的提升), else the nearest one in front of it in its clause (`cut by 49%`, 下降 3%), else the nearest behind it.
A clause ends at a mark, at "while", "whereas", "but", and at the next figure.
"""

from __future__ import annotations

import re

from digester.analysis.figures._model import Figure, Sign

_UP = (
    r"increas\w{0,4}|improv\w{0,7}|gain(?:s|ed|ing)?|lift(?:s|ed|ing)?|uplifts?|ris(?:es?|ing|en)|rose|boost(?:s|ed|ing)?|gr[eo]w(?:s|n|ing|th)?|rais\w{1,3}|higher|more|up|enhanc\w{1,6}|"
    r"outperform\w{0,3}|jump(?:s|ed)?|climb(?:s|ed|ing)?|surg(?:es?|ed|ing)|expand\w{0,3}|larger|greater"
)
_DOWN = (
    r"reduc\w{1,6}|decreas\w{0,4}|drop(?:s|ped|ping)?|cut(?:s|ting)?|lower(?:s|ed|ing)?|declin\w{1,4}|sav(?:es?|ed|ings?)|fewer|less|fall(?:s|ing|en)?|fell|down|shr[aiu]nk\w{0,3}|"
    r"shorter|smaller|slash\w{0,3}|los(?:t|ses|es?|ing)|trim\w{0,4}|wors\w{1,5}|degrad\w{1,6}|deteriorat\w{1,4}|loss(?:es)?(?= (?:in|of|on)(?![A-Za-z]))|plung\w{1,3}"
)
_HAN_UP, _HAN_DOWN = (
    "提升|增长|提高|上升|增加|上涨|增至|增幅|涨幅|改善|高出|增益|攀升|扩大|多出",
    "降低|减少|下降|下跌|下滑|缩短|节省|节约|缩减|降幅|跌幅|压缩|降至|少了|减至|削减",
)
_WORD = re.compile(
    rf"(?P<up>(?<![A-Za-z])(?:{_UP})(?![A-Za-z])|{_HAN_UP})|(?P<down>(?<![A-Za-z])(?:{_DOWN})(?![A-Za-z])|{_HAN_DOWN})",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(?<![A-Za-z])up to(?![A-Za-z])|(?:more|less|fewer|higher|lower|larger|greater|smaller) than(?![A-Za-z])|more and more|or (?:more|less|fewer|higher|lower)(?![A-Za-z])",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:!?，；：。！？、]|[.,](?!\d)|(?<![A-Za-z])(?:while|whereas|but|although|and)(?![A-Za-z])", re.IGNORECASE
)
_DIRECT = re.compile(
    r" ?(?:(?:relative|absolute|average|overall|significant|relatively) )?(?=[A-Za-z])| ?的(?:相对|绝对|平均|显著)?",
    re.IGNORECASE,
)
_HIGH = re.compile(
    r"[^\d;。；]{1,9}[\d.,]{1,24}+ ?(?:percent(?:age points?)?|pp|[%％x×倍]|\\%)?"
)  # the other end of a range
_REACH = 90  # code points


def direction(text: str, figure: Figure) -> Sign:
    """+ or - by the figure's sign or the direction word that governs it in its clause, else ""."""
    if figure.sign:
        return figure.sign
    before = _NONE.sub(_blank, text[max(0, figure.start - _REACH) : figure.start])
    end = figure.end
    if figure.end_of_range == "low" and (high := _HIGH.match(text, end)):
        end = high.end()
    after = _NONE.sub(_blank, text[end : end + _REACH // 2])
    if stop := _BREAK.search(after):
        after = after[: stop.start()]
    after = re.split(r"\d", after, maxsplit=1)[0]
    gap = _DIRECT.match(after)
    if gap and (m := _WORD.match(after, gap.end())):
        return _sign(m)
    clause = _BREAK.split(before)[-1]
    if found := list(_WORD.finditer(clause)):
        return _sign(found[-1])
    m = _WORD.search(after)
    return _sign(m) if m else ""


def _blank(m: re.Match[str]) -> str:
    return " " * len(m[0])


def _sign(m: re.Match[str]) -> Sign:
    return "+" if m.lastgroup == "up" else "-"
