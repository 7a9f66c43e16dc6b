"""Cardinals printed in Chinese numerals, pure (二十三) or with digits (3.5万, 5万4千6百).

Rules. A unit of ten, hundred or thousand takes the digit before it and must be smaller than the last one of its
group; 万, 亿 and 兆 close a group. A single digit at the end counts in the tenth of the last unit unless 零 stands
between (四百五 is 450, 四百零五 is 405). A bare 万, 百 or 千 is no number unless a digit follows (百三 is 130).
几, 多 and 余 between number and unit make it "over".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from digester.analysis.figures import _digits
from digester.analysis.figures._model import ONE, ZERO, Numeral

_D = Decimal
DIGITS = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SMALL = {"十": _D(10), "百": _D(100), "千": _D(1000)}
_LARGE = {"万": _D(10) ** 4, "亿": _D(10) ** 8, "兆": _D(10) ** 12}
NUMERALS = "〇零一二两三四五六七八九十百千万亿兆半"
_POINT = re.compile(r" {0,2}点 {0,2}([零〇一二三四五六七八九]++)")
_VAGUE = re.compile(r" {0,2}[多余几](?= {0,2}[万亿兆])")
_OVER = re.compile(r" {0,2}[多余](?![元少])")
_COUNTS_ALONE = re.compile("[一二两三四五六七八九](?![十百千万亿兆点分])[㐀-鿿]")
_MOST = _D(10) ** 20  # what a closing unit may still multiply
_LARGE_AFTER = re.compile(" {0,2}([万亿兆]{1,2})")


@dataclass
class _Count:
    """A number under construction: `total` of closed groups, `group` of the open one, `digit` not yet placed."""

    total: Decimal = ZERO
    group: Decimal = ZERO
    digit: Decimal | None = None
    small: Decimal | None = None
    large: Decimal | None = None
    last: Decimal = ONE
    step: Decimal = ONE
    zero: bool = False
    printed: bool = False
    vague: bool = False
    single: bool = field(default=False)

    def place(self, digit: Decimal, step: Decimal, single: bool) -> None:
        self.digit, self.step, self.single, self.printed = digit, step, single, True

    def small_unit(self, unit: Decimal) -> bool:
        """Places the digit in its group; False where the unit does not fit."""
        if self.small is not None and unit >= self.small:
            return False
        digit = self.digit if self.digit is not None else _D(1)
        if self.digit is not None and (self.digit >= 10 and self.total + self.group):
            return False
        self.group += digit * unit
        self.step = (self.step if self.digit is not None else _D(1)) * unit
        self.last, self.small, self.digit, self.zero, self.printed = unit, unit, None, False, True
        return True

    def large_unit(self, unit: Decimal) -> bool:
        group = self.group + (self.digit or 0)
        step = self.step
        if (not group and not self.total) or self.total > _MOST:
            return False
        if self.large is not None and unit >= self.large:
            self.total = (self.total + group) * unit
            step = step if group else self.step
        elif not group:
            return False
        else:
            self.total += group * unit
        self.step = step * unit
        self.large, self.last = unit, unit
        self.group, self.digit, self.small, self.zero, self.printed = _D(0), None, None, False, True
        return True

    def value(self) -> Decimal:
        if self.digit is None:
            return self.total + self.group
        if self.single and not self.zero and self.last > 1:
            self.step = self.last / 10
            return self.total + self.group + self.digit * self.last / 10
        return self.total + self.group + self.digit


def cardinal(text: str, pos: int) -> Numeral | None:
    """The number at `pos`, with point and closing unit; None where the numerals there are no number."""
    count, here, end = _Count(), pos, pos
    while here < len(text):
        stop = _take(text, here, count)
        if stop is None:
            break
        here = end = stop
        while here < len(text) and text[here] == " " and here - end < 2:
            here += 1
        if here > end and _COUNTS_ALONE.match(text, here):
            break
    if not count.printed:
        return None
    value, step, end = _decimals(text, end, count.value(), count)
    hedge = "over" if count.vague else ""
    if not hedge and (over := _OVER.match(text, end)) and count.last > 1 and count.digit is None:
        hedge, end = "over", over.end()
    return Numeral(value, step, pos, end, _scale(count), _is_words(text, pos), None, hedge)


def _scale(count: _Count) -> Decimal:
    """The closing unit, for the low end of a range that leaves it to the high one (3 至 5 万)."""
    return count.last if count.digit is None and count.large == count.last else _D(1)


def _is_words(text: str, start: int) -> bool:
    return not text[start].isdigit() and text[start] != "."


def _take(text: str, here: int, count: _Count) -> int | None:
    """Adds the numeral at `here`; where it ends, or None where it does not belong."""
    char = text[here]
    if char in _SMALL:
        return _small(text, here, count)
    if char in _LARGE:
        return here + 1 if count.printed and count.large_unit(_LARGE[char]) else None
    if count.printed and (vague := _VAGUE.match(text, here)):
        count.vague = True
        return vague.end()
    if count.digit is not None:
        return None
    if char == "半" and not count.printed and text[here + 1 : here + 2] in ("百", "千", "万", "亿"):
        count.place(_D("0.5"), _D("0.1"), False)
        return here + 1
    if char in "零〇":
        return _zero(text, here, count)
    if char in DIGITS:
        count.place(_D(DIGITS[char]), _D(1), True)
        return here + 1
    return _numeral(text, here, count)


def _small(text: str, here: int, count: _Count) -> int | None:
    bare = count.digit is None and not count.zero and text[here] != "十"
    if bare and (count.printed or text[here + 1 : here + 2] not in tuple("一二三四五六七八九")):
        return None
    return here + 1 if count.small_unit(_SMALL[text[here]]) else None


def _zero(text: str, here: int, count: _Count) -> int | None:
    if not count.printed:
        count.place(_D(0), _D(1), False)
        count.digit = None
        count.zero = True
        return here + 1
    if count.zero or text[here + 1 : here + 2] not in tuple("一二两三四五六七八九十几0123456789 "):
        return None
    count.zero = True
    return here + 1


def _numeral(text: str, here: int, count: _Count) -> int | None:
    """Digits as the first number or behind a unit (5万4千, 1千零20)."""
    if not (text[here].isdigit() or text[here] == ".") or (count.printed and count.last == 1):
        return None
    number = _digits.plain(text, here)
    if number is None or (count.printed and (number.value >= count.last or number.step < 1)):
        return None
    count.place(number.value, number.step, len(text[here : number.end]) == 1 and count.last >= 10)
    return number.end


def _decimals(text: str, end: int, value: Decimal, count: _Count) -> tuple[Decimal, Decimal, int]:
    m = _POINT.match(text, end)
    if m is None or text[end - 1] not in NUMERALS:
        return value, count.step, end
    places = "".join(str(DIGITS[c]) for c in m[1])
    value, step, end = value + _D(f"0.{places}"), _D(1).scaleb(-len(places)), m.end()
    large = _LARGE_AFTER.match(text, end)
    for unit in large[1] if large else "":
        value, step, count.last, count.large, count.digit = (
            value * _LARGE[unit],
            step * _LARGE[unit],
            _LARGE[unit],
            _LARGE[unit],
            None,
        )
    return value, step, large.end() if large else end
