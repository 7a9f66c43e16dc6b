"""Which one of a series a text tells of: versions, model sizes, quarters, issue numbers; and its dates and amounts.

A version is read only where it is bound to a name ("Tarn 4", "HBM5", "Tarn-Mini", "v2.8"), so that a number of users
is none. Amounts are brought to one value, so that "$2.1bn" meets "2.1 billion" and "3.4 亿" meets "340M".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}  # noqa: SIM905
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_NAMED = re.compile(
    r"(?<![A-Za-z0-9])([A-Z][A-Za-z]{1,30}|[A-Za-z]{1,20}[A-Z][a-z]{0,20}?)[ -]?[vV]?(\d{1,4}(?:\.\d{1,3}){0,3}[A-Za-z]{0,2})(?![A-Za-z0-9]|[%,.]\d)"
)
_REACHED = re.compile(
    r"\b([A-Z][A-Za-z0-9]{1,30}) (?:reaches|hits|turns|version|release|releases) (?:version )?[vV]?(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d%])"
)
_VARIANT = re.compile(r"\b([A-Z][A-Za-z0-9]{2,30})-([A-Z][A-Za-z]{2,20}|[A-Za-z]\d{1,3}(?:\.\d{1,3})?)\b")
_VERSION = re.compile(r"(?<![A-Za-z0-9])(?:[vV]|[Vv]ersion )(\d{1,4}(?:\.\d{1,3}){0,3})\b")
_SERIES = re.compile(r"(?:#|[Nn]o\. ?|[Ii]ssue |[Ee]pisode |第)(\d{1,4})(?!\d)[期集季代]?")
_QUARTER = re.compile(r"\bQ([1-4])\b|\b(first|second|third|fourth)[ -]quarter|([一二三四1-4])\s?季度", re.IGNORECASE)
_HAN_EDITION = re.compile(r"([\u3400-\u9fff]{2})([一二三四五六七八九十]|\d{1,3})(号|代)")
_YEAR = re.compile(r"(?<![\d.,$€£¥])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b|\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b|(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\d.])(\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,6})?)\s?-?(%|percent\b|bn\b|billion\b|million\b|thousand\b|trillion\b|[MBKTmk](?![A-Za-z])|万亿|千亿|百亿|亿|千万|百万|万)?",
)
_SCALE = {
    "bn": 1e9, "billion": 1e9, "B": 1e9, "million": 1e6, "M": 1e6, "m": 1e6, "thousand": 1e3, "K": 1e3, "k": 1e3, "trillion": 1e12, "T": 1e12,
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4,
}  # fmt: skip
_ORDINAL = {"first": "1", "second": "2", "third": "3", "fourth": "4", "一": "1", "二": "2", "三": "3", "四": "4"}
_NO_NAME = re.compile(rf"(?:{_MONTH}|version|v|top|over|nearly|about|in|for|the|by|since|at|of|to|and|update|with|from|is|has|raises|cuts|level|phase|series|section|step|day|week|part|page|us|q|on|or)$", re.IGNORECASE)  # fmt: skip


def editions(text: str) -> list[tuple[tuple[str, str], int]]:
    """((what, which), place): ("tarn", "4"), ("quarter", "2"), ("version", "2.8"), ("#", "112")."""
    return list(_editions(text))


def _editions(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    for m in _NAMED.finditer(text):
        if not _NO_NAME.match(m[1]) and not _YEAR.fullmatch(m[2]):
            yield (m[1].lower(), _plain(m[2])), m.start()
    yield from (((m[1].lower(), _plain(m[2])), m.start()) for m in _REACHED.finditer(text))
    yield from (((m[1].lower(), m[2].lower()), m.start()) for m in _VARIANT.finditer(text))
    yield from ((("version", _plain(m[1])), m.start()) for m in _VERSION.finditer(text))
    yield from ((("#", m[1]), m.start()) for m in _SERIES.finditer(text))
    for m in _QUARTER.finditer(text):
        found = (m[1] or m[2] or m[3]).lower()
        yield ("quarter", _ORDINAL.get(found, found)), m.start()
    if not text.isascii():
        yield from (((m[1], _ORDINAL.get(m[2], m[2])), m.start()) for m in _HAN_EDITION.finditer(text))


def _plain(version: str) -> str:
    """`4.0` is `4`."""
    return version.lower().removesuffix(".0")


def days(text: str) -> list[tuple[str, int]]:
    """Years and days that a text names, with their places: `2026`, `6-3`."""
    found = [(m[0], m.start()) for m in _YEAR.finditer(text)]
    for m in _DAY.finditer(text):
        month, day = (m[5], m[6]) if m[5] else (_MONTHS[(m[2] or m[3])[:3].lower()], m[1] or m[4])
        found.append((f"{int(month)}-{int(day)}", m.start()))
    return found


def amounts(text: str) -> list[tuple[str, int]]:
    """Numbers by value, with their places: "2.1 billion" and "$2.1bn" are `2.1e+09`, "41 percent" is `41%`."""
    return [(_amount(m[1], m[2] or ""), m.start()) for m in _AMOUNT.finditer(text)]


def _amount(number: str, unit: str) -> str:
    value = float(number.replace(",", ""))
    if unit in ("%", "percent"):
        return f"{value:g}%"
    return f"{value * _SCALE.get(unit, 1.0):.6g}"
