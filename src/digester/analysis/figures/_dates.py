"""Dates, times and years: one figure each, of kind "date".

Read: 2026-06-20, 2026/6/20, 6/20/2026 (month first unless it cannot be), June 20 2026, 20 June 2026, June 2026,
June 20, 2026年6月20日 and its parts, Q3 2025, 2013-14, 1990s, 10:30, 7 pm. Four bare digits from 1900 to 2100 are
a year unless something counts: a unit, a sign, a hedge or a plural noun behind (`2000 users`).
"""

from __future__ import annotations

import re
from decimal import Decimal

from digester.analysis.figures._model import Numeral

_D = Decimal
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_YEAR = r"(?P<y>(?:19|20)\d\d|2100)"
_END = r"(?![\dA-Za-z]|[.,:/-]\d)"
_FORMS = [
    re.compile(
        rf"{_YEAR}(?P<by>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=by)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)(?:T\d\d:\d\d[\d:.Z+-]{{0,15}})?"
    ),
    re.compile(rf"{_YEAR} ?年 ?(?P<m>1[0-2]|0?[1-9]) ?月(?: ?(?P<d>[12]\d|3[01]|0?[1-9]) ?[日号])?"),
    re.compile(rf"{_YEAR}(?= ?年(?![级限龄]))"),
    re.compile(r"(?P<m>1[0-2]|0?[1-9]) ?月 ?(?P<d>[12]\d|3[01]|0?[1-9]) ?[日号]"),
    re.compile(rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{_YEAR}{_END}"),
    re.compile(
        rf"(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})(?:,? {_YEAR})?{_END}", re.IGNORECASE
    ),
    re.compile(
        r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?P<half>[ap])\.?m\b\.?)?(?![\d:])",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<hour>1[0-2]|[1-9])(?:[.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?(?![\d:])", re.IGNORECASE),
    re.compile(rf"{_YEAR}(?P<decade>s)(?![A-Za-z])"),
    re.compile(rf"{_YEAR}[-\u2013](?P<short>\d\d)(?![\d%A-Za-z]|[.,]\d)"),
]
_NAMED = [
    re.compile(
        rf"(?P<name>{_MONTH}) (?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:,? {_YEAR})?(?![\dA-Za-z%]|[.,:]\d| ?[-\u2013]?(?:percent|x\b))",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<name>{_MONTH}),? {_YEAR}{_END}", re.IGNORECASE),
    re.compile(rf"(?P<part>Q[1-4]|H[12])(?:,? ?(?:of )?(?:FY ?)?{_YEAR})?(?![\dA-Za-z]|[.]\d)"),
    re.compile(rf"FY ?{_YEAR}(?!\d)"),
]
_BARE_YEAR = re.compile(r"(?:(?:19|20)\d\d|2100)(?![\w%‰$€£¥×°]|[.,/:]\d|\^| ?[%×~]| ?\\|,\d)")
_COUNTED = re.compile(
    r"(?: [a-z]{1,20}-[a-z]{1,20})?[ -](?!(?:was|is|has|this|its|as|vs|news|versus|across|series)\b)[a-z]++(?<=s)(?![A-Za-z])| (?:people|data)\b| ?[个条篇项万亿名人次元块张台]"
)
_YEAR_BEFORE = re.compile(
    r"(?:[+$€£¥#~<>≤≥=×^_]|(?<!\d)-|\b(?:than|over|about|nearly|almost|exactly|only|least|most|around|approximately|roughly|up to|of) ?)\Z",
    re.IGNORECASE,
)


def read(text: str, pos: int) -> Numeral | None:
    """The date whose digits begin at `pos`."""
    if text[pos - 1 : pos] in ("/", "_") and pos:
        return None
    for form in _FORMS:
        if (m := form.match(text, pos)) and (date := _date(m)):
            return date
    return None


def named(text: str, pos: int) -> Numeral | None:
    """The date that begins with the month's or quarter's name at `pos`."""
    for form in _NAMED:
        if m := form.match(text, pos):
            return _date(m)
    return None


def year(text: str, pos: int) -> Numeral | None:
    """Four bare digits that nothing counts."""
    m = _BARE_YEAR.match(text, pos)
    if m is None or _COUNTED.match(text, m.end()) or _YEAR_BEFORE.search(text[max(0, pos - 15) : pos]):
        return None
    return _figure(m, int(m[0]), "year")


def _date(m: re.Match[str]) -> Numeral | None:
    part = m.groupdict()
    year = int(part.get("y") or 0)
    if "hour" in part:
        late = (part["half"] or "").lower() == "p" and int(part["hour"]) < 12
        return _figure(m, (int(part["hour"]) + 12 * late) * 100 + int(part["minute"] or 0), "time")
    if "a" in part:
        return _slashed(m, year)
    if "part" in part:
        return _figure(m, year * 10 + int(part["part"][1]), "quarter" if part["part"][0] == "Q" else "half")
    if "decade" in part or "short" in part:
        return _figure(m, year, "decade" if "decade" in part else "year")
    month = int(part.get("m") or 0) or (_NAMES.index(part["name"][:3].lower()) + 1 if part.get("name") else 0)
    return _whole(m, year, month, int(part.get("d") or 0))


def _slashed(m: re.Match[str], year: int) -> Numeral | None:
    first, second = int(m["a"]), int(m["b"])
    month, day = (first, second) if first <= 12 else (second, first)
    return _whole(m, year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _whole(m: re.Match[str], year: int, month: int, day: int) -> Numeral:
    if year and month and day:
        return _figure(m, year * 10000 + month * 100 + day, "date")
    if year and month:
        return _figure(m, year * 100 + month, "month")
    return _figure(m, month * 100 + day, "day") if month else _figure(m, year, "year")


def _figure(m: re.Match[str], value: int, unit: str) -> Numeral:
    return Numeral(_D(value), _D(1), m.start(), m.end(), unit=unit, kind="date")
