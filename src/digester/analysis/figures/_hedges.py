"""What stands around a number: its sign, its hedge, and where the figure begins and ends with them.

A dash is a minus in front of its digit, not behind a digit, a letter, a percent sign or another dash (a range, a
compound, a rule), and not with a space behind it unless it and the number are the whole text.
"""

from __future__ import annotations

import re

from digester.analysis.figures._model import Sign

_SIGN = re.compile(
    r"(?P<sign>[-+\u2212\u2013±]|(?<![A-Za-z])(?:minus|negative|plus)|负)(?P<gap> {0,2})\Z", re.IGNORECASE
)
_JOINT = re.compile(r"(?:[^\W\u3400-\u9fff]|[%‰×\-\u2212\u2013+)\]°])\Z")  # behind a Han character a sign is a sign
_PHRASES: dict[str, tuple[str, str]] = {
    "up to": (
        "up to, as much as, as many as, as high as, as large as, at most, no more than, not more than, a maximum of, maximum of",
        "最高, 最多, 至多, 高达, 多达, 可达, 不超过, ≤, <=",
    ),
    "at least": (
        "at least, no less than, no fewer than, not less than, a minimum of, minimum of",
        "至少, 最少, 不少于, 不低于, ≥, >=",
    ),
    "over": (
        "over, more than, above, exceed, exceeds, exceeded, exceeding, greater than, larger than, higher than, upward of, upwards of, surpass, surpasses, surpassed, surpassing, in excess of",
        "超过, 超出, 逾, 多于, 大于, 高于, 超, >",
    ),
    "under": ("under, less than, fewer than, below, lower than, smaller than", "低于, 不到, 不足, 少于, 小于, <"),
    "about": (
        "about, around, approximately, approx, approx., roughly, nearly, almost, close to, circa, some, an estimated, \\sim, \\approx",
        "大约, 大概, 约, 将近, 接近, 近, 几乎, ~, ≈, ∼",
    ),
}
_WORDS = {p: hedge for hedge, (english, _) in _PHRASES.items() for p in english.split(", ")}
_HAN = {p: hedge for hedge, (_, chinese) in _PHRASES.items() for p in chinese.split(", ")}
_OTHERWISE = {
    "约": "节合签预契条公",
    "近": "最附远相接临",
    "超": "最",
    "~": "0123456789%‰x",
}  # what makes another word of it
_ARTICLES = frozenset({"a", "an", "the", "another", "additional"})
_AFTER = re.compile(
    r"(?P<plus>\+(?![\w+]))|(?P<least>[个人条次]? ?以上| or (?:more|higher|above|greater)\b)|(?P<most> ?(?:以下|以内)| or (?:less|fewer|lower|below)\b)|(?P<about> ?(?:左右|上下)| or so\b)"
)


def sign_before(text: str, start: int, end: int) -> tuple[Sign, int]:
    """The sign in front of `start` and where it begins; `end` is the end of the number."""
    m = _SIGN.search(text[max(0, start - 11) : start])
    if m is None:
        return "", start
    begin = start - len(m[0])
    sign = m["sign"].lower()
    if sign in ("minus", "negative", "负"):
        return "-", begin
    if sign == "plus" or _JOINT.search(text[max(0, begin - 1) : begin]):
        return "", start
    if sign == "±":
        return "", begin
    if (
        m["gap"]
        and sign not in ("+", "\u2212")
        and (begin > 3 or len(text) > end + 3 or text[:begin].strip() or text[end:].strip())
    ):
        return "", start
    return ("+", begin) if sign == "+" else ("-", begin)


def hedge_before(text: str, start: int) -> str:
    """The hedge whose words end where the figure begins, an article between them or not."""
    window = text[max(0, start - 34) : start].lower()
    words = window.split()[-5:]
    if words and words[-1] in _ARTICLES:
        words.pop()
    for n in range(min(4, len(words)), 0, -1):
        if hedge := _WORDS.get(" ".join(words[-n:]).lstrip("([\"'“$")):
            return hedge
    return _han_hedge(window.rstrip(" $").rstrip("了达有是为至"))


def _han_hedge(window: str) -> str:
    for n in range(3, 0, -1):
        if hedge := _HAN.get(window[-n:]):
            before = window[-n - 1 : -n]
            return "" if before and before in _OTHERWISE.get(window[-n:], "") else hedge
    return ""


def hedge_after(text: str, end: int) -> tuple[str, int]:
    """The hedge behind a number (`100+`, `5 or more`, 3倍以上), and where the figure ends with it."""
    m = _AFTER.match(text, end)
    if m is None:
        return "", end
    names = {"plus": "at least", "least": "at least", "most": "up to", "about": "about"}
    return names[m.lastgroup or ""], m.end() if m.lastgroup == "plus" else end
