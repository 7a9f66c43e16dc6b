"""Reads every number of a text: one pass over its tokens, each handed to the readers that know its kind.

The order is the rule: addresses are skipped; then dates, then versions and names, then quantities; what a reader
takes no other reader sees. Each reader looks a bounded way ahead and behind, so the pass is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from digester.analysis.figures import _chinese, _dates, _digits, _english, _han, _hedges, _names, _phrases, _units
from digester.analysis.figures._fold import fold
from digester.analysis.figures._model import Figure, Numeral, Sign
from digester.analysis.figures._ranges import joined

_D = Decimal
_TOKEN = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"'，。；、）]++)|(?P<word>[A-Za-z]++)|(?P<digit>\.?\d)|(?P<part>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])"
    rf"|(?P<ordinal>第)|(?P<times>[翻减对])|(?P<han>[{_chinese.NUMERALS}])"
)
_DIGITS = re.compile(r"\d*+")
_HAN_AHEAD = re.compile(r"[\d,.]{1,24}+ {0,2}[十百千万亿兆点成折分又多余几]|[1-9] ?[1-9] {0,2}折")
_WORD_AHEAD = re.compile(
    r"[\d,.]{1,24}+(?:(?: {1,2}|-)(?P<word>[A-Za-z]{2,9})|(?P<glued>mil|mn|mln|bn|bln|tn|trn))(?![A-Za-z])"
)
_NTH = re.compile(r"(?P<value>\d{1,9}+)(?:st|nd|rd|th)(?![A-Za-z])")
_HAN_NTH = re.compile(r"第 ?(?=[\d零一二两三四五六七八九十百千])")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_PERCENT_OF = re.compile(r"per ?cents? of (?=[\w.])", re.IGNORECASE)
_TIMES = {
    "twice": "2", "thrice": "3", "doubled": "2", "doubling": "2", "tripled": "3", "tripling": "3", "trebled": "3",
    "quadrupled": "4", "quadrupling": "4", "quintupled": "5", "halved": "0.5", "halving": "0.5",
}  # fmt: skip
_TIMES |= {f"{word}fold": str(value) for word, value in (_english.UNITS | _english.TEENS).items() if value > 1} | {
    "hundredfold": "100"
}
_VERBS = {
    "double": "2",
    "doubles": "2",
    "triple": "3",
    "triples": "3",
    "quadruple": "4",
    "quadruples": "4",
    "halve": "0.5",
    "halves": "0.5",
}
_VERB_AFTER = re.compile(r" (?:the|that|those|as|its|their|our|to|in|from)(?![A-Za-z])")
_VERB_BEFORE = re.compile(r"(?<![A-Za-z])(?:to|than|nearly|almost|will|can|could|would|may|about) \Z", re.IGNORECASE)
_OFTEN = re.compile(r" (?:a|per|each|every|in|daily|weekly)(?![A-Za-z])")
_MATH_END = re.compile(r"\$(?!\d)| \$(?! ?\d)")


def read(text: str) -> tuple[Figure, ...]:
    """All numbers of `text`, in order; their spans do not overlap."""
    folded = fold(text)
    return joined(folded, tuple(_figures(folded)))


def _figures(text: str) -> Iterator[tuple[Figure, Decimal]]:
    pos = floor = 0
    while m := _TOKEN.search(text, pos):
        found = None if m.lastgroup == "url" else _numeral(text, m)
        if found is None:
            pos = _past(text, m)
            continue
        figure = _figure(text, found, floor)
        yield figure, found.scale
        pos = floor = max(figure.end, found.end)


def _past(text: str, m: re.Match[str]) -> int:
    if m.lastgroup == "digit":
        return _DIGITS.match(text, m.end()).end()  # type: ignore[union-attr]
    return _han.skip(text, m.start()) if m.lastgroup == "han" else m.end()


def _numeral(text: str, m: re.Match[str]) -> Numeral | None:
    pos = m.start()
    match m.lastgroup:
        case "word":
            return _of_word(text, pos, m.end())
        case "digit":
            return _of_digits(text, pos)
        case "part":
            return _digits.read(text, pos)
        case "ordinal":
            return _han_ordinal(text, pos)
        case "times":
            return _han.times(text, pos)
    return _of_han(text, pos)


def _of_han(text: str, pos: int) -> Numeral | None:
    if quarter := _QUARTER.match(text, pos):
        return _quarter(quarter)
    return _han.read(text, pos)


def _quarter(m: re.Match[str]) -> Numeral:
    value = _chinese.DIGITS.get(m[1]) or int(m[1])
    return Numeral(_D(value), _D(1), m.start(), m.end(), unit="quarter", kind="date")


def _han_ordinal(text: str, pos: int) -> Numeral | None:
    if quarter := _QUARTER.match(text, pos):
        return _quarter(quarter)
    m = _HAN_NTH.match(text, pos)
    number = _chinese.cardinal(text, m.end()) if m else None
    return replace(number, start=pos, unit="", kind="ordinal", hedge="") if number else None


def _of_word(text: str, start: int, end: int) -> Numeral | None:
    word = text[start:end]
    lower = word.lower()
    if word[0].isupper() and (date := _dates.named(text, start)):
        return date
    if name := _names.named(text, start, end):
        return name
    if lower in _TIMES or lower in _VERBS:
        return _multiplied(text, start, end, lower)
    if lower in _english.STARTS:
        return _phrases.read(text, start, joins=text[max(0, start - 8) : start].lower() != "between ")
    if lower in ("per", "percent", "percents") and (m := _PERCENT_OF.match(text, start)) and _begins(text, start):
        number = _quantity(text, m.end())
        return replace(number, start=start, unit="%") if number and number.unit is None else None
    return None


def _begins(text: str, start: int) -> bool:
    """Whether a clause begins at `start`."""
    return not text[max(0, start - 3) : start].strip(" \n").rstrip(".;:(,")


def _multiplied(text: str, start: int, end: int, word: str) -> Numeral | None:
    """twice, doubled, to halve: multiples; not `twice a day`, nor the adjective double."""
    if word in _VERBS and not (_VERB_AFTER.match(text, end) or _VERB_BEFORE.search(text, max(0, start - 8), start)):
        return None
    if word in ("twice", "thrice") and _OFTEN.match(text, end):
        return None
    return Numeral(_D(_TIMES.get(word) or _VERBS[word]), _D(1), start, end, words=True, unit="x")


def _of_digits(text: str, pos: int) -> Numeral | None:
    before = text[pos - 1 : pos] if pos else ""
    if before == "_" or (text[pos] == "." and before.isalnum()):
        return None
    if text[pos] == "." and before == ".":
        return _of_digits(text, pos + 1)
    return (
        _dates.read(text, pos)
        or _names.read(text, pos)
        or _nth(text, pos)
        or _dates.year(text, pos)
        or _quantity(text, pos)
    )


def _nth(text: str, pos: int) -> Numeral | None:
    m = _NTH.match(text, pos)
    return m and Numeral(_D(m["value"]), _D(1), pos, m.end(), unit="", kind="ordinal")


def _quantity(text: str, pos: int) -> Numeral | None:
    """A number in digits or words, with its scale."""
    if text[pos].isalpha() and text[pos].isascii():
        return _phrases.read(text, pos)
    if not text[pos].isdigit() and text[pos] != ".":
        return _han.read(text, pos)
    if _HAN_AHEAD.match(text, pos) and (number := _han.read(text, pos)) and _reaches(text, number):
        return number
    if number := _worded(text, pos):
        return number
    number = _digits.read(text, pos)
    if number is None:
        return None
    scale, end = _units.scale_after(text, number.end)
    scaled = replace(number, value=number.value * scale, step=number.step * scale, end=end, scale=scale)
    return scaled if scale > 1 else _phrases.in_digits(text, number) or number


def _reaches(text: str, number: Numeral) -> bool:
    """Whether Chinese had a part in the number."""
    return number.unit is not None or bool(re.search("[十百千万亿兆点分又多余几]", text[number.start : number.end]))


def _worded(text: str, pos: int) -> Numeral | None:
    """Digits in front of a scale word: `2 million`, `3 dozen`, `4 thousand 3 hundred`, `2mil`."""
    ahead = _WORD_AHEAD.match(text, pos)
    if ahead is None:
        return None
    if glued := ahead["glued"]:
        number, scale = _digits.plain(text, pos), _units.SCALE_WORDS[glued]
        return number and replace(
            number, value=number.value * scale, step=number.step * scale, end=ahead.end(), scale=scale
        )
    return _phrases.read(text, pos) if ahead["word"].lower() in _english.SCALES_AND_DOZENS else None


def _figure(text: str, number: Numeral, floor: int) -> Figure:
    """The number with the sign, currency, unit and hedge around it; `floor` is where the figure before it ends."""
    if number.kind != "quantity":
        return Figure(
            number.value,
            number.step,
            number.unit or "",
            "",
            "",
            "",
            number.kind,
            number.words,
            number.start,
            number.end,
        )
    unit, end = (number.unit, number.end) if number.unit is not None else _units.unit_after(text, number.end)
    sign, start = _sign(text, number.start, end, floor)
    start, unit = _with_currency(text, start, end, unit, number.unit, floor)
    if not sign and start < number.start:
        sign, start = _sign(text, start, end, floor)
    if number.negative:
        sign = "" if sign == "-" else "-"
    value, step = number.value, number.step
    if unit == "bp":
        value, step, unit = value / 100, step / 100, "pp"
    after, end = _hedges.hedge_after(text, end)
    hedge = number.hedge or _hedges.hedge_before(text, start) or after
    return Figure(value, step, unit, sign, hedge, "", "quantity", number.words, start, end)


def _sign(text: str, start: int, end: int, floor: int) -> tuple[Sign, int]:
    sign, begin = _hedges.sign_before(text, start, end)
    return (sign, begin) if begin >= floor else ("", start)


def _with_currency(text: str, start: int, end: int, unit: str, fixed: str | None, floor: int) -> tuple[int, str]:
    currency, begin = _units.currency_before(text, start)
    if not currency or fixed is not None or begin < floor:
        return start, unit
    mathematics = text[begin] == "$" and (_MATH_END.match(text, end) or unit in ("%", "x", "pp"))
    return (start, unit) if mathematics or (unit and unit not in ("USD", "CNY", currency)) else (begin, currency)
