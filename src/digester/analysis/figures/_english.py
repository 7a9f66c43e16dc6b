"""Numbers printed in English words, alone or behind digits (`4 thousand 3 hundred and 21`).

Rules. Words follow the grammar of cardinals: a unit behind a ten, anything below a hundred behind a hundred,
scales falling from left to right or multiplying what stands directly in front. "and" joins behind a hundred or a
scale, not after "between". A denominator is plural (`two thirds`) or has the numerator one (`a third`); the words
in front are otherwise an ordinal. A proper fraction behind "and" is added, and multiplied by the scale in front
of it (`two million and a half`); an improper one divides the whole (`one hundred and thirty fifths`). Articles
and bare scales (`thousands of`, `a few`) are no numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from digester.analysis.figures import _digits
from digester.analysis.figures._model import ONE, ZERO, Numeral
from digester.analysis.figures._units import SCALE_WORDS

_D = Decimal
UNITS = dict(
    zip(
        ["zero", "nought", "naught", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        (0, 0, 0, *range(1, 10)),
        strict=True,
    )
)
TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
) | {"fourty": 40}
_DOZENS = frozenset({"dozen", "dozens", "doz", "dozs", "dz", "dzs"})
_UNIT_PARTS = dict(
    zip(["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"], range(3, 10), strict=True)
) | {
    "first": 1,
    "second": 2,
}
_TEEN_PARTS = dict(
    zip(["tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"], range(10, 20), strict=True)
)  # fmt: skip
_TEN_PARTS = {f"{word[:-1]}ieth": value for word, value in TENS.items()}
_SCALE_PARTS = {"hundredth": 100, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12}
ORDINALS: dict[str, int] = _UNIT_PARTS | _TEEN_PARTS | _TEN_PARTS | _SCALE_PARTS
_PARTS = {word: value for word, value in ORDINALS.items() if value > 2} | {"half": 2, "quarter": 4}
_PLURAL = {f"{word}s": value for word, value in _PARTS.items()} | {"halves": 2, "firsts": 1, "seconds": 2}
NUMBER_WORDS = frozenset({*UNITS, *TEENS, *TENS})
STARTS = NUMBER_WORDS | {"a", "an", "half", "quarter", "hundred", *ORDINALS}
SCALES_AND_DOZENS = frozenset({*SCALE_WORDS, *_DOZENS})
_NEXT = re.compile(r"(?P<gap> {1,3}| ?[-\u2013] ?)(?P<word>[A-Za-z]++|\d++(?:\.\d++)?)")
_FIRST = re.compile(r"[A-Za-z]++")
_MOST = _D(10) ** 20  # what a scale may still multiply
_LIMIT = 40  # words of one number


@dataclass
class _Count:
    total: Decimal = ZERO
    group: Decimal = ZERO
    last: str = ""
    scale: Decimal = ZERO  # the last one, 0 before the first
    step: Decimal = ONE
    end: int = 0
    hundreds: bool = False
    before_and: Decimal | None = None

    @property
    def value(self) -> Decimal:
        return self.total + self.group

    def take(self, word: str) -> bool:
        """Adds one word; False, and nothing changed, where the grammar has no place for it."""
        if word in UNITS:
            return self._add(_D(UNITS[word]), "unit", ("", "tens", "hundred", "scale") if UNITS[word] else ("",))
        if word in TEENS or word in TENS:
            kind = "teen" if word in TEENS else "tens"
            return self._add(_D((TEENS | TENS)[word]), kind, ("", "hundred", "scale"))
        if word[0].isdigit():
            return self._digits(_D(word))
        if word in _DOZENS:
            return self._dozen()
        return word in SCALE_WORDS and self._scale(SCALE_WORDS[word])

    def _add(self, value: Decimal, kind: str, after: tuple[str, ...]) -> bool:
        if self.last not in after:
            return False
        self.group += value
        self.last, self.step = kind, _D(1)
        return True

    def _digits(self, value: Decimal) -> bool:
        room = {"hundred": 100, "scale": 1000}.get(self.last, 0)
        if not 0 < value < room:
            return False
        self.group, self.last, self.step = self.group + value, "digits", _D(1)
        return True

    def _dozen(self) -> bool:
        if not self.group or self.last == "dozen":
            return False
        self.group += (
            self.group % 100 * 11
            if self.group == self.group.to_integral_value() and self.group % 100
            else self.group * 11
        )
        self.last, self.step = "dozen", _D(12)
        return True

    def _scale(self, scale: Decimal) -> bool:
        if scale == 100:
            if not self.group or self.hundreds or self.last == "dozen":
                return False
            self.group, self.last, self.step, self.hundreds = self.group * 100, "hundred", self.step * 100, True
            return True
        if self.total > _MOST:
            return False
        if self.last == "scale":
            self.total *= scale
        elif not self.group or (self.scale and scale >= self.scale):
            return False
        else:
            self.total += self.group * scale
        self.group, self.step, self.last, self.scale, self.hundreds = _D(0), self.step * scale, "scale", scale, False
        return True


def cardinal(text: str, pos: int, *, joins: bool = True) -> tuple[Numeral, _Count] | None:
    """The longest cardinal at `pos`, which may begin with digits or with "a" before a scale."""
    count = _first(text, pos)
    if count is None:
        return None
    safe = replace(count)
    for _ in range(_LIMIT):
        m = _NEXT.match(text, count.end)
        joined = bool(m) and m["word"].lower() == "and"  # type: ignore[index]
        if joined:
            m = _NEXT.match(text, m.end()) if joins and count.last in ("hundred", "scale") else None  # type: ignore[union-attr]
        if m is None or not _continues(text, m, count, joined):
            break
        if count.last in ("hundred", "scale"):
            safe = replace(count)
        before, word = count.value, m["word"].lower()
        if not count.take(word):
            count = safe if word in SCALE_WORDS and count.last not in ("hundred", "scale") else count
            break
        count.end = m.end()
        count.before_and = before if joined else count.before_and
    return _done(text, pos, count)


def _continues(text: str, m: re.Match[str], count: _Count, joined: bool) -> bool:
    """Whether the next word may be looked at: digits stand behind "hundred and" or in front of a scale word."""
    word = m["word"].lower()
    if word[0].isdigit():
        return m["gap"].isspace() and ((joined and count.last == "hundred") or _scaled_next(text, m.end()))
    return not (joined and word in SCALE_WORDS)


def _scaled_next(text: str, pos: int) -> bool:
    m = _NEXT.match(text, pos)
    return bool(m) and m["word"].lower() in SCALE_WORDS  # type: ignore[index]


def _first(text: str, pos: int) -> _Count | None:
    if text[pos].isdigit() or text[pos] == ".":
        number = _digits.plain(text, pos)
        return _Count(group=number.value, last="digits", step=number.step, end=number.end) if number else None
    m = _FIRST.match(text, pos)
    word = m[0].lower() if m else ""
    count = _Count(end=m.end() if m else pos)
    if word in ("a", "an", "half", "quarter"):
        following = _NEXT.match(text, count.end)
        if not following or following["word"].lower() not in SCALE_WORDS.keys() | _DOZENS:
            return None
        count.group = {"half": _D("0.5"), "quarter": _D("0.25")}.get(word, _D(1))
        count.last, count.step = "a", _D(1) if word in ("a", "an") else _D("0.1")
        return count
    if word in ("hundred", "thousand") and _scaled_next(text, count.end):
        return _Count(group=SCALE_WORDS[word], last="hundred", step=SCALE_WORDS[word], end=count.end)
    return count if word in NUMBER_WORDS and count.take(word) else None


def _done(text: str, pos: int, count: _Count) -> tuple[Numeral, _Count] | None:
    words = not (text[pos].isdigit() or text[pos] == ".")
    if (
        not words
        and count.last == "digits"
        and count.value == count.group
        and not count.scale
        and count.before_and is None
    ):
        return None
    scale = count.scale if count.last == "scale" else _D(100) if count.last == "hundred" and not count.scale else _D(1)
    return Numeral(count.value, count.step, pos, count.end, scale, words), count


def point(text: str, number: Numeral) -> Numeral | None:
    """`two hundred point zero three`: the decimals in words behind a whole number."""
    m = _NEXT.match(text, number.end)
    if m is None or m["word"].lower() != "point":
        return None
    digits, end, tens = "", m.end(), 0
    for _ in range(_LIMIT):
        m = _NEXT.match(text, end)
        word = m["word"].lower() if m else ""
        if m is None or word not in NUMBER_WORDS:
            break
        if tens and UNITS.get(word, 0):
            digits = digits[:-1] + str(UNITS[word])
        else:
            digits += str((UNITS | TEENS | TENS)[word])
        tens, end = TENS.get(word, 0), m.end()
    if not digits:
        return None
    return _scaled(
        text,
        replace(number, value=number.value + _D(f"0.{digits}"), step=_D(1).scaleb(-len(digits)), end=end, scale=_D(1)),
    )


def _scaled(text: str, number: Numeral) -> Numeral:
    """A decimal or a fraction with the scale word behind it."""
    m = _NEXT.match(text, number.end)
    scale = SCALE_WORDS.get(m["word"].lower()) if m and m["gap"].isspace() else None
    if m is None or scale is None:
        return number
    return replace(number, value=number.value * scale, step=number.step * scale, scale=scale, end=m.end())


def denominator(text: str, pos: int, *, quarters: bool = False) -> tuple[int, bool, int] | None:
    """(value, plural, end) of the ordinal words at `pos`: `fifths`, `twenty-first`, `one hundred and fifth`.

    Quarters are parts of a whole where there are three, else of a year."""
    m = _FIRST.match(text, pos)
    if m is None:
        return None
    word = m[0].lower()
    if word in _PARTS or (
        word in _PLURAL and (word not in ("seconds", "firsts", "quarters") or (quarters and word == "quarters"))
    ):
        return (_PARTS.get(word) or _PLURAL[word], word in _PLURAL, m.end())
    if word in TENS:
        last = _NEXT.match(text, m.end())
        return _compound(TENS[word], last)
    return _long(text, pos) if word in NUMBER_WORDS else None


def _compound(base: int, last: re.Match[str] | None) -> tuple[int, bool, int] | None:
    if last is None:
        return None
    word = last["word"].lower()
    value = _UNIT_PARTS.get(word) or _UNIT_PARTS.get(word.removesuffix("s"))
    return (base + value, word.endswith("s"), last.end()) if value else None


def _long(text: str, pos: int) -> tuple[int, bool, int] | None:
    if (found := cardinal(text, pos)) is None or found[1].last not in ("hundred", "scale", "tens"):
        return None
    last = _NEXT.match(text, found[0].end)
    if last and last["word"].lower() == "and":
        last = _NEXT.match(text, last.end())
    return _compound(int(found[0].value), last)
