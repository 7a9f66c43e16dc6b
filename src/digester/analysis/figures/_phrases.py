"""What English makes of a cardinal: decimals, fractions, proportions, ordinals; and where a word is no number.

"one" is a pronoun in front of "of", an auxiliary, a preposition or a mark, behind a determiner, and in compounds
(`one-shot`); it is a number in front of a noun and inside larger numbers. "half" is none behind an ordinal (`the
second half`). "second" is an ordinal unless it measures time. `N out of M` is a fraction where N is not above M,
`1 in M` and `one in M` alike; other `N in M` are two numbers. `a third` is a fraction in front of "of" or a
comparative, or at the end of its clause, else an ordinal (`a third model`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from digester.analysis.figures import _digits
from digester.analysis.figures._english import NUMBER_WORDS, ORDINALS, cardinal, denominator, point
from digester.analysis.figures._model import Numeral
from digester.analysis.figures._units import SCALE_WORDS, unit_after

_D = Decimal
_LETTERS = re.compile("[A-Za-z]*+")
_GAP = re.compile(r" ?[-\u2013] ?| {1,3}")
_AND = re.compile(r" {1,3}and {1,3}(?:an? {1,3})?(?=(?P<word>[A-Za-z]++))", re.IGNORECASE)
_OF_SCALE = re.compile(r" of an? (?P<scale>million|billion|trillion|thousand|hundred)(?![A-Za-z])", re.IGNORECASE)
_SCALE = re.compile(r"(?: {1,2}an?)? {1,2}(?P<scale>[A-Za-z]++)")
_RATIO = re.compile(r" {1,2}(?P<by>over|out of(?: every)?|in(?: every)?) {1,2}", re.IGNORECASE)
_HALF_BEFORE = re.compile(
    r"(?:first|second|other|latter|former|better|third|last|next|early|late|each|this|that) \Z", re.IGNORECASE
)
_PRONOUN_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:the|this|that|which|each|every|any|no|another|some|such|new|other|last|next|only|right|good|better|best|first|second|for) \Z",
    re.IGNORECASE,
)
_PRONOUN_AFTER = re.compile(
    r" ?[.,;:!?)\]\"'’]| (?:of|such|another|who|that|which|whose|whom|can|could|may|might|must|should|would|will|shall|is|was|has|had|does|do|did|by|for|but|(?:to|and|or)(?! [a-z]{2,9}\b(?<=two|ree|our|ive|six|ten)| \d)|"
    r"with|as|at|on|from|if|when|where|because|needs?|wants?|gets?|sees?|finds?|uses?)(?![A-Za-z])|-(?!(?:[a-z]++)(?<=yen|day|bit|way|ear|our|eek|nth|ute|ent))"
)
_PART_AFTER = re.compile(
    r"\W{0,9}\Z|[.,;:)!?]| (?:of|more|less|fewer|faster|slower|higher|lower|cheaper|smaller|larger|longer|shorter|better|worse|as|to|and|or|the)(?![A-Za-z])",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:per|a|an|each|every|one|split|any|the same) \Z|[/] ?\Z|\d ?-?\Z", re.IGNORECASE
)
_ZERO_COMPOUND = re.compile(r"-[A-Za-z]")


def read(text: str, pos: int, *, joins: bool = True) -> Numeral | None:
    """The number that begins with the word or the digits at `pos`; None where it says none."""
    word = text[pos : _LETTERS.match(text, pos).end()].lower()  # type: ignore[union-attr]
    if word == "half" and (number := _half(text, pos)):
        return number
    if found := cardinal(text, pos, joins=joins):
        number, count = found
        number = point(text, number) or number
        number = _divided(text, number, count.last, count.before_and) or _mixed(text, number) or number
        number = _ratio(text, number) or number
        return None if _is_no_number(text, word, number) else number
    if word in ("a", "an", "quarter"):
        return _one_part(text, pos, word)
    return _ordinal(text, pos, word) if word in ORDINALS else None


def _half(text: str, pos: int) -> Numeral | None:
    """half, half of, half a million, half-hour, not `the second half` nor names like half-life."""
    if _HALF_BEFORE.search(text, max(0, pos - 12), pos):
        return None
    end = pos + 4
    if text[end : end + 1] == "-" and not unit_after(text, end, glue=False)[0] and not _SCALE.match(text, end + 1):
        return None
    return _times_scale(text, Numeral(_D("0.5"), _D("0.1"), pos, end, words=True))


def _times_scale(text: str, part: Numeral) -> Numeral:
    """`half a million`, `two thirds of a million`, `half a dozen`."""
    m = _OF_SCALE.match(text, part.end) or _SCALE.match(text, part.end)
    if m is None:
        return part
    word = m["scale"].lower()
    scale = _D(12) if word == "dozen" else SCALE_WORDS.get(word)
    if scale is None:
        return part
    return replace(part, value=part.value * scale, step=part.step * scale, end=m.end(), scale=scale)


def _one_part(text: str, pos: int, word: str) -> Numeral | None:
    """`a third`, `a quarter`, `a twenty-first`, `a half`."""
    start = pos
    if word != "quarter":
        gap = _GAP.match(text, pos + len(word))
        start = gap.end() if gap else pos
    below = denominator(text, start) if start > pos else None
    if (
        below is None
        or below[1]
        or not (below[0] == 2 or _SCALE_NEXT.match(text, below[2]) or _PART_AFTER.match(text, below[2]))
    ):
        return None
    return _times_scale(text, _part(_D(1), below[0], pos, below[2], words=True))


_SCALE_NEXT = re.compile(r" (?:million|billion|trillion|dozen)(?![A-Za-z])", re.IGNORECASE)


def _part(above: Decimal, below: int, start: int, end: int, *, words: bool) -> Numeral:
    return Numeral(above / below, _D(1) / below, start, end, words=words)


def _divided(text: str, number: Numeral, last: str, before_and: Decimal | None) -> Numeral | None:
    """`two thirds`, `one fifth`, `one hundred and thirty fifths`, or the ordinal that the cardinal begins."""
    gap = _GAP.match(text, number.end)
    above = number.value - (before_and or 0)
    if gap and last in ("tens", "hundred") and number.words and text[gap.end() : gap.end() + 5].lower() == "first":
        return _cardinal_ordinal(number, 1, gap.end() + 5)
    below = denominator(text, gap.end(), quarters=above == 3) if gap else None
    if below is None or number.step < 1:
        return None
    value, (parts, plural, end) = number.value, below
    if not plural and above != 1:
        return _cardinal_ordinal(number, parts, end) if parts != 2 and number.words else None
    if last == "tens" and parts < 10 and before_and is None and value > value % 100:
        value, parts = value - value % 100, int(value % 100) + parts
    if before_and is not None and above < parts:
        return _with_part(text, before_and, _part(above, parts, number.start, end, words=number.words))
    return _times_scale(text, _part(value, parts, number.start, end, words=number.words))


def _with_part(text: str, base: Decimal, part: Numeral) -> Numeral:
    """A proper fraction behind "and": `one and a half`, `six million and two thirds`, `five and a half million`."""
    if base < 1000:
        return _times_scale(text, replace(part, value=base + part.value))
    scaled = _times_scale(text, part)
    share = scaled.value if scaled.end > part.end else part.value * _largest_scale(base)
    return replace(scaled, value=base + share, step=scaled.step)


def _largest_scale(value: Decimal) -> Decimal:
    """The largest scale word that divides a whole number without rest."""
    return max((s for s in SCALE_WORDS.values() if s >= 1000 and value % s == 0), default=_D(1))


def _cardinal_ordinal(number: Numeral, parts: int, end: int) -> Numeral:
    """`twenty-first`, `one hundred and fifth`, `two hundredth`."""
    value = number.value * parts if parts >= 100 else number.value + parts
    return Numeral(value, _D(1), number.start, end, words=True, unit="", kind="ordinal")


def _mixed(text: str, number: Numeral) -> Numeral | None:
    """`one and a half`, `two million and one half`, `twenty and three fifths`, `five and a half million`."""
    m = _AND.match(text, number.end)
    if m is None or number.step < 1:
        return None
    above, at = _D(1), m.end()
    if m["word"].lower() in NUMBER_WORDS:
        found = cardinal(text, m.end(), joins=False)
        gap = found and _GAP.match(text, found[0].end)
        if not found or not gap:
            return None
        above, at = found[0].value, gap.end()
    below = denominator(text, at, quarters=above == 3)
    if (
        below is None
        or (above != 1 and not below[1])
        or above >= below[0]
        or (not below[1] and above == 1 and below[0] > 2 and not _fits(text, below[2]))
    ):
        return None
    return _with_part(text, number.value, _part(above, below[0], number.start, below[2], words=number.words))


def _fits(text: str, end: int) -> bool:
    return bool(
        _PART_AFTER.match(text, end)
        or unit_after(text, end, glue=False)[0]
        or _SCALE_NEXT.match(text, end)
        or _WORD_S.match(text, end)
    )


_WORD_S = re.compile(r" [a-z]{2,30}+")


def _ratio(text: str, number: Numeral) -> Numeral | None:
    """`one over three`, `two out of five`, `1 in 20`."""
    m = _RATIO.match(text, number.end)
    if m is None or m.end() >= len(text) or number.step != 1:
        return None
    found = cardinal(text, m.end())
    below = found[0] if found else _digits.plain(text, m.end())
    if below is None or below.step < 1 or not below.value:
        return None
    by = m["by"].lower()
    if by == "over" and (
        unit_after(text, below.end)[0] or not (number.words or (found and found[0].words) or number.value == 1)
    ):
        return None
    if by.startswith("out") and number.value > below.value:
        return None
    if by.startswith("in") and (
        number.value != 1 or below.value < 2 or unit_after(text, below.end)[0] or 1900 <= below.value <= 2100
    ):
        return None
    return Numeral(number.value / below.value, 1 / below.value, number.start, below.end, words=number.words, unit="")


def in_digits(text: str, number: Numeral) -> Numeral | None:
    """The proportion (`2 out of 3`), mixed number (`3 and a half`) or fraction that digits begin."""
    return _ratio(text, number) or (_mixed(text, number) if number.step == 1 else None)


def _ordinal(text: str, pos: int, word: str) -> Numeral | None:
    end = pos + len(word)
    if word == "second" and _TIME_BEFORE.search(text, max(0, pos - 10), pos):
        return None
    return Numeral(_D(ORDINALS[word]), _D(1), pos, end, words=True, unit="", kind="ordinal")


def _is_no_number(text: str, word: str, number: Numeral) -> bool:
    if number.end - number.start != len(word):
        return False
    if word == "zero":
        return bool(_ZERO_COMPOUND.match(text, number.end)) and not unit_after(text, number.end, glue=False)[0]
    if word != "one" or unit_after(text, number.end, glue=False)[0]:
        return False
    if re.search(r"(?:minus|negative|[-+]) ?\Z", text[max(0, number.start - 10) : number.start], re.IGNORECASE):
        return False
    return bool(
        _PRONOUN_BEFORE.search(text, max(0, number.start - 10), number.start)
        or _PRONOUN_AFTER.match(text, number.end)
        or (number.start > 2 and len(text) - number.end < 3)
    )
