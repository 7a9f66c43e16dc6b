"""Numbers of a text, with the unit behind and the sign before, and whether a source holds a printed one.

Rules. A value is what the digits say after separators are dropped and K, M, B, million, 万, 亿 are multiplied out; a
word with digits in it (FP8, p99, Apache-2.0) is a name and is compared as a word. A unit is `%`, `pp`, `x`, a measure
of time or bytes, a currency, or else the content word right behind. A number without a unit takes that of the next one
it is joined to ("0.72 and 1.18 %"). A printed sign needs the same sign right before the source's number, or a word of
its direction that governs it: the one right behind, else the nearest before, else the nearest behind.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
SCALES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9,
    "trillion": 10**12, "万": 10**4, "亿": 10**8,
}  # fmt: skip
UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "pp": "pp", "percentage points": "pp", "percentage point": "pp",
    "个百分点": "pp", "x": "x", "×": "x", "times": "x", "fold": "x", "倍": "x", "ms": "ms", "milliseconds": "ms",
    "毫秒": "ms", "s": "s", "seconds": "s", "second": "s", "秒": "s", "minutes": "min", "minute": "min", "min": "min",
    "分钟": "min", "hours": "h", "hour": "h", "小时": "h", "days": "day", "day": "day", "天": "day", "weeks": "week",
    "week": "week", "months": "month", "month": "month", "years": "year", "year": "year", "gb": "gb", "mb": "mb",
    "tb": "tb", "kb": "kb", "gib": "gb",
}  # fmt: skip
_SCALE = re.compile(r"(?:([KMB])(?![\w])|[ -]?(thousand|million|billion|trillion|bn)(?![\w])| ?(万|亿))", re.IGNORECASE)
_UNIT = re.compile(
    r"[ -]?(?:(%|×|个百分点|倍|毫秒|秒|分钟|小时|天)"
    r"|(percentage points?|per cent|percent|pp|times|fold|milliseconds|ms|seconds?|s|minutes?|min|hours?|days?|weeks?"
    r"|months?|years?|[gmtk]i?b|x)(?![\w]))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[ -]([A-Za-z]+)")
_JOINED = re.compile(r" ?(?:and|or|to|,|/|–|-|:|versus|vs\.?) ?(?:by )?[+−-]?$")
_LOOSE = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "behind",
        "both",
        "but",
        "by",
        "come",
        "comes",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "no",
        "not",
        "of",
        "on",
        "or",
        "over",
        "per",
        "respectively",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "this",
        "to",
        "total",
        "under",
        "up",
        "was",
        "were",
        "while",
        "with",
        "which",
        "by",
        "after",
        "when",
        "vs",
        "versus",
        "against",
        "if",
        "each",
        "whereas",
        "where",
    ]
)
_UP = re.compile(
    r"increas|improv|lift|gain|ris[ei]|rose|grow|grew|higher|\bmore\b|rais|boost|uplift|upl|better|\bup\b|\badd|"
    r"additional|extra|exceed|outperform|enhanc|plus|win\b|positive|surg|expand|\blarger\b|提升|增长|上升|提高|增加|涨",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"decreas|reduc|drop|fall|fell|declin|lower|\bless\b|\bcut|\bdown\b|sav(?:e|es|ing|ed)|fewer|shrink|shrank|lose|"
    r"lost|loss\b|short(?:er|en)|minus|negative|smaller|faster|下降|降低|减少|掉|缩短|降",
    re.IGNORECASE,
)
# what may stand between a number with its unit and the noun that says its direction: "a 34 % relative reduction"
_BEHIND = re.compile(
    r"(?: ?(?:%|percent|per cent|pp|percentage points?|ms|s|x)(?!\w))?(?: (?:of|relative|absolute|overall|significant|"
    r"average|an?|the|statistically)){0,2}[ -][A-Za-z]+"
)
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？;；])|\n")


@dataclass(frozen=True)
class Numeral:
    """[start, end) are the digits; `units` all that it may be read with; `word` the content word right behind;
    `named` the word that it is a part of, when it is no number."""

    value: Decimal
    units: frozenset[str]
    sign: str
    word: str
    start: int
    end: int
    named: str = ""


@lru_cache(maxsize=20_000)
def alike(text: str) -> str:
    """One form for the signs that look the same: widths, minus and dashes, spaces, quotes, escaped percent."""
    text = unicodedata.normalize("NFKC", text).replace("\\%", "%").replace("\\", "")
    text = re.sub("[\u2212\u2010-\u2015]", "-", text)
    text = re.sub("[\u201c\u201d\u300c\u300d\u201e]", '"', re.sub("[\u2018\u2019`´]", "'", text))
    return re.sub(r"\s+", " ", text)


@lru_cache(maxsize=20_000)
def numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of a text that `alike` has been over."""
    found = [_numeral(text, m) for m in NUMBER.finditer(text)]
    for i in range(len(found) - 2, -1, -1):
        here, following = found[i], found[i + 1]
        bare = not here.units and not here.named and not following.named
        if bare and _JOINED.fullmatch(text[here.end : following.start]):
            found[i] = Numeral(here.value, following.units | {""}, here.sign, here.word, here.start, here.end)
    return tuple(found)


def _numeral(text: str, m: re.Match[str]) -> Numeral:
    start, end = m.span()
    named = _name(text, start, end)
    before = text[:start]
    sign = before[-1:] if before[-1:] in ("+", "-") and not before[-2:-1].isalnum() else ""
    value, rest = Decimal(m[0].replace(",", "")), end
    if scaled := _SCALE.match(text, rest):
        value, rest = value * SCALES[next(filter(None, scaled.groups())).lower()], scaled.end()
    unit = _UNIT.match(text, rest)
    units = {UNITS.get((unit[1] or unit[2]).lower(), (unit[1] or unit[2]).lower())} if unit else set()
    if before.rstrip("+- ")[-1:] in ("$", "€", "£", "¥"):
        units = {"$"}
    word = _WORD.match(text, unit.end() if unit else rest)
    soft = _stem(word[1]) if word and word[1].lower() not in _LOOSE else ""
    return Numeral(value, frozenset(units), sign, soft, start, end, named)


def _name(text: str, start: int, end: int) -> str:
    """The word that digits are a part of: letters right before, or a hyphen with letters before; else ""."""
    before = re.search(r"[^\W\d_][\w.]*-?$|[\w]*[^\W\d_]\w*$", text[max(0, start - 40) : start])
    if not before or re.search(r"[\u3400-\u9fff]$", before[0]):
        return ""
    behind = re.match(r"[\w]*(?:[.-]\w+)*", text[end:])
    return (before[0] + text[start:end] + (behind[0] if behind else "")).lower().rstrip(".")


def _stem(word: str) -> str:
    return word.lower().rstrip("s")


@lru_cache(maxsize=20_000)
def sentence_of(text: str, at: int) -> tuple[int, int]:
    """The sentence around a position."""
    start = max((m.end() for m in _ENDS.finditer(text) if m.end() <= at), default=0)
    end = min((m.start() for m in _ENDS.finditer(text) if m.start() >= at), default=len(text))
    return start, end


def same(printed: Numeral, source: Numeral) -> bool:
    """Value and unit; the word behind only where the printed number has no unit of its own."""
    if printed.value != source.value or bool(source.named) or not _same_unit(printed, source):
        return False
    return bool(printed.units - {""}) or not printed.word or printed.word == source.word


def _same_unit(printed: Numeral, source: Numeral) -> bool:
    if not printed.units:
        return not source.units - {""} or "" in source.units
    return bool(printed.units & source.units) or (not source.units and "" in printed.units)


def direction(text: str, n: Numeral) -> str:
    """`+`, `-` or "" of a source's number: its own sign, else the word that governs it."""
    if n.sign:
        return n.sign
    start, end = sentence_of(text, n.start)
    close = _BEHIND.match(text[n.end : min(end, n.end + 40)])
    if close and (marks := _marks(close[0])):
        return marks[0][1]
    before = _marks(text[start : n.start])
    later = _marks(text[n.end : end])
    return before[-1][1] if before else later[0][1] if later else ""


def _marks(text: str) -> list[tuple[int, str]]:
    ups = [(m.start(), "+") for m in _UP.finditer(text)]
    return sorted(ups + [(m.start(), "-") for m in _DOWN.finditer(text)])
