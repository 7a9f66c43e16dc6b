"""What Chinese makes of a cardinal: fractions, percent, tenths, discounts, dozens, and where it is no number.

Two numerals in a row are an approximation (二三十), which is no figure; three or more, or any with 〇, are read
by place (二〇二六). One single numeral counts where it stands alone, counts something or is said to be something
(三倍, 是五, 前三), not inside words (四川, 一切, 十足). 一 before a general classifier (一个, 一种) is the article
of Chinese and no number. 百分之 and its like are percent; 三成 is 30 %, 七五折 is 75 %, the part that is paid.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from digester.analysis.figures._chinese import DIGITS, cardinal
from digester.analysis.figures._model import Numeral

_D = Decimal
_RUN = re.compile("[零〇一二两三四五六七八九]{2,}+")
_PARTS = re.compile(r" {0,2}分 {0,2}之 {0,2}(?P<sign>[负-]?) ?(?=[0-9零一二两三四五六七八九十百千半.])")
_PER = re.compile(
    r"(?P<per>百万万|千万万|万万|千万|百万|十万|亿|万|千|百) {0,2}分 {0,2}之 {0,2}(?P<sign>[负-]?) ?(?=[0-9零一二两三四五六七八九十百千.])"
)
_PER_POWER = {
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "万万": 8,
    "百万万": 10,
    "千万万": 11,
}
_WHOLE_AND = re.compile(" {0,2}又 {0,2}")
_TENTHS = re.compile(
    r" {0,2}成(?: ?(?P<more>[一二三四五六七八九半])(?![一-龥]))?(?![功员为果本立长熟品分都绩就型套交千人语年份])"
)
_DISCOUNT = re.compile(r" {0,2}折(?![叠页扇线断射腾磨旧交])")
_SPACED_DISCOUNT = re.compile("(?P<tens>[1-9一二三四五六七八九]) ?(?P<ones>[1-9一二三四五六七八九]) {0,2}(?=折)")
_DOZEN = re.compile(" {0,2}打(?![开造破印败算])")
_MULTIPLIED = {
    "翻一番": "2",
    "翻了一番": "2",
    "翻两番": "4",
    "翻了两番": "4",
    "翻倍": "2",
    "翻了一倍": "2",
    "翻了倍": "2",
    "翻了两倍": "3",
    "减半": "0.5",
}
_TIMES = re.compile("|".join(sorted(_MULTIPLIED, key=len, reverse=True)))
_ARTICLE = re.compile("一 ?[个种项类系批定样起般套款组次位名家篇些切直旦边方面下点旁度味律致向再路]")
_COUNTED = re.compile(
    " {0,2}(?:[个只名篇项种次条款家台位张本份元块年月日天周小时分秒倍吨斤米套件层步轮组类对双打座届代级部处辆架头匹行列段章节页"
    "万亿吋寸克升里场期集句把杯瓶箱首季号轴线圈卡核代]|美元|美刀|欧元|英镑|日元|港元|星期|百分|毫秒|字节|公里|基点|人[^工脸体]|者)"
)
_SAID = frozenset("是为前至到达共有约超近满仅负和或、，。；：“”（）《》「」 不")
_NO_NUMBER = re.compile(
    "零一万物|五角|五台山|四川|三星|三明治|百川|百度|千问|千帆|千禧|万物|万能|万科|万一|七牛|九章|六合|八卦|四维|二手|二维|"
    "十分(?![钟之])|十足|三维|两者|两边|二元|三元组|一[些切样般起定直旦致向再看路律味]"
)
_AFTER_WORD = re.compile("[统唯之进同单逐不任某每第专万零]\\Z")


def read(text: str, pos: int) -> Numeral | None:
    """The number that begins with the Chinese numeral or the digits at `pos`; None where they say none."""
    if per := _per(text, pos):
        return per
    if discount := _spaced_discount(text, pos):
        return discount
    if run := _RUN.match(text, pos):
        return _by_place(text, run)
    if text[pos] == "半":
        return _half(text, pos)
    number = cardinal(text, pos)
    if number is None:
        return None
    whole = _fraction(text, number) or _tenths(text, number) or _dozens(text, number)
    return whole or (number if _counts(text, number) else None)


def times(text: str, pos: int) -> Numeral | None:
    """翻倍, 翻一番, 减半; 打对折 is half the price."""
    if text[pos] == "对":
        half = text[pos - 1 : pos + 2] == "打对折"
        return Numeral(_D(50), _D(1), pos, pos + 2, words=True, unit="%") if half else None
    m = _TIMES.match(text, pos)
    return Numeral(_D(_MULTIPLIED[m[0]]), _D(1), pos, m.end(), words=True, unit="x") if m else None


def skip(text: str, pos: int) -> int:
    """Where to read on when the numeral at `pos` said nothing."""
    if word := _NO_NUMBER.match(text, pos):
        return word.end()
    run = _RUN.match(text, pos)
    if run is None:
        return pos + 1
    vague = cardinal(text, run.end() - 1)
    return vague.end if vague else run.end()


def _per(text: str, pos: int) -> Numeral | None:
    m = _PER.match(text, pos)
    if m is None:
        return None
    if text[m.end()] == "百" and (whole := m.end() + 1):
        number: Numeral | None = Numeral(_D(100), _D(1), pos, whole, words=True)
    else:
        number = _scaled(text, m.end())
    if number is None or _RUN.match(text, m.end()):
        return None
    shift = 2 - _PER_POWER[m["per"]]
    return replace(
        number, start=pos, value=number.value.scaleb(shift), step=number.step.scaleb(shift), unit="%", negative=bool(m["sign"])
    )  # fmt: skip


def _scaled(text: str, pos: int) -> Numeral | None:
    """A cardinal with the scale letter that may follow digits (百分之15K)."""
    from digester.analysis.figures._units import scale_after

    number = cardinal(text, pos)
    if number is None or number.words:
        return number
    scale, end = scale_after(text, number.end)
    return replace(number, value=number.value * scale, step=number.step * scale, end=end)


def _by_place(text: str, run: re.Match[str]) -> Numeral | None:
    """Numerals read by place, or the one numeral of a cardinal that only begins with 零."""
    if run[0][0] in "零" and len(run[0]) == 2:
        return cardinal(text, run.start())
    if (len(run[0]) < 3 and "〇" not in run[0]) or "两" in run[0]:
        return None
    value = "".join(str(DIGITS[c]) for c in run[0])
    return Numeral(_D(value), _D(1), run.start(), run.end(), words=True)


def _half(text: str, pos: int) -> Numeral | None:
    if text[pos + 1 : pos + 2] in ("成", "折"):
        value = "5" if text[pos + 1] == "成" else "50"
        return Numeral(_D(value), _D(1), pos, pos + 2, words=True, unit="%")
    if text[pos + 1 : pos + 2] in ("百", "千", "万", "亿"):
        return cardinal(text, pos)
    if text[pos + 1 : pos + 2] in tuple("年天个小秒分日月数") and text[pos + 1 : pos + 3] not in (
        "个性",
        "年报",
        "日制",
    ):
        return Numeral(_D("0.5"), _D("0.1"), pos, pos + 1 + (text[pos + 1] == "数"), words=True)
    return None


def _fraction(text: str, number: Numeral) -> Numeral | None:
    """`X分之Y`, and the mixed `W又X分之Y`."""
    mixed = _WHOLE_AND.match(text, number.end)
    if mixed is None or mixed.end() == len(text):
        return _parts(text, number)
    below = cardinal(text, mixed.end())
    part = below and _parts(text, below)
    return part and replace(part, start=number.start, value=number.value + part.value)


def _parts(text: str, number: Numeral) -> Numeral | None:
    m = _PARTS.match(text, number.end)
    if m is None or not number.value:
        return None
    above = cardinal(text, m.end())
    if above is None:
        return None
    return Numeral(
        above.value / number.value, 1 / number.value, number.start, above.end, words=number.words, unit="", negative=bool(m["sign"])
    )  # fmt: skip


def _tenths(text: str, number: Numeral) -> Numeral | None:
    """三成 is 30 %, 七成六 is 76 %, 七五折 and 7.5折 are 75 %."""
    if (m := _TENTHS.match(text, number.end)) and number.value <= 10:
        more = _D(0) if not m["more"] else _D(5) if m["more"] == "半" else _D(DIGITS[m["more"]])
        step = _D(1) if m["more"] else number.step * 10
        return replace(number, value=number.value * 10 + more, step=step, end=m.end(), unit="%")
    if (m := _DISCOUNT.match(text, number.end)) and number.value < 100 and number.value != 10:
        by = 10 if number.value < 10 else 1
        return replace(number, value=number.value * by, step=number.step * by, end=m.end(), unit="%")
    return None


def _spaced_discount(text: str, pos: int) -> Numeral | None:
    m = _SPACED_DISCOUNT.match(text, pos)
    if m is None or not _DISCOUNT.match(text, m.end()):
        return None
    value = _D("".join(str(DIGITS.get(c, c)) for c in (m["tens"], m["ones"])))
    return Numeral(value, _D(1), pos, m.end() + 1, words=not m["tens"].isdigit(), unit="%")


def _dozens(text: str, number: Numeral) -> Numeral | None:
    m = _DOZEN.match(text, number.end)
    return replace(number, value=number.value * 12, step=number.step * 12, end=m.end()) if m and number.words else None


def _counts(text: str, number: Numeral) -> bool:
    """Whether numerals that form a cardinal say a number where they stand."""
    if number.words and text[number.start - 1 : number.start] in tuple("数几") and text[number.start] in "十百千万":
        return False
    if not number.words or number.end - number.start > 1:
        return not _NO_NUMBER.match(text, number.start) or number.end - number.start > 2
    if _NO_NUMBER.match(text, number.start) or _ARTICLE.match(text, number.start):
        return False
    before, after = text[number.start - 1 : number.start], text[number.end : number.end + 1]
    if before and text[number.start] == "一" and _AFTER_WORD.search(before):
        return before == "不" and after in "这那" and after != ""
    if _COUNTED.match(text, number.end):
        return True
    return not (_is_han(before) and before not in _SAID) and (not _is_han(after) or before in _SAID or after == "的")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
