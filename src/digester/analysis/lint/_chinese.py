"""Chinese, rules 1 to 10 (figures are `_figures`, organisations `_organisations`, threads `_threads`).

Not checked: space between Han and Latin letters, which is the style sheet's (1); whether a term's English follows it at
its first mention, and the glossary (2); whether a sentence holds one idea (5), and whether a conclusion says where it
does not hold (8). 最近 is left alone: it is "nearest" as often as "recently".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digester.analysis import houses
from digester.analysis.lint._english import EMOJI
from digester.analysis.lint._lines import NAME, Line, Violation
from digester.domain.issue import Issue
from digester.domain.text import word_count

LONGEST, TITLE = 45, 28  # characters of a sentence, of a title
_HAN = "[\u3400-\u9fff]"
BANNED = re.compile("重磅|炸裂|颠覆|王炸|赋能|引爆|整体质量出色")
_HALF = re.compile(rf"{_HAN}[,;:!?()]|[,;:!?()]{_HAN}|{_HAN}\.(?![\w.])")
_FULL = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05]")
_TERMS = re.compile("语义 ?(?:ID|标识)|(?:缩放|规模|扩展)定律|点击通过率|点击率|商品交易总额|成交总额")
_PP = re.compile(r"\d ?(?:pp|percentage points?)\b")
_HEDGE = re.compile(r"\b(?:up to|about|around|nearly|at least|at most|not significant)\b", re.IGNORECASE)
_SCALE_HAN, _SCALE_LATIN = re.compile(r"\d ?[万亿]"), re.compile(r"\d ?[MB](?![A-Za-z])")
_STOPS = re.compile("[。！？；]")
_CLAUSE = re.compile("[，。！？；：、]")
_STIFF = re.compile("通过[^，。；]{1,30}来|进行[^，。；]{0,12}的|值得注意的是")
_RELATIVE = re.compile("今天|今日(?!头条)|昨天|昨日|明天|上周|下周|上个?月|去年|明年|日前|近日")
_CURLY = re.compile('\u201c|\u201d|"')


def check(told: Sequence[Line], issue: Issue) -> Iterator[Violation]:
    for line in told:
        if line.own:
            yield from of_line(line)
    title = issue.title.get(told[0].language if told else "zh", "")
    if title and _length(title) > TITLE:
        yield Violation("title-length", False, "zh", "title", title, f"{_length(title)} characters, at most {TITLE}")


def of_line(line: Line) -> Iterator[Violation]:
    yield from _words(line)
    yield from _marks(line)
    yield from _terms(line)
    yield from _sentences(line)


def _words(line: Line) -> Iterator[Violation]:
    for m in BANNED.finditer(line.bare):
        yield line.violation("banned-word", m[0], "a banned word", hard=True)
    for m in _STIFF.finditer(line.bare):
        yield line.violation("translationese", m[0].replace(NAME, "…"), "reads like a translation")
    if relative := _RELATIVE.search(line.bare):
        yield line.violation("relative-date", relative[0], "dates are absolute")


def _marks(line: Line) -> Iterator[Violation]:
    if m := _HALF.search(line.bare):
        yield line.violation("punctuation", m[0], "full-width punctuation in Chinese")
    if m := _FULL.search(line.bare):
        yield line.violation("punctuation", m[0], "half-width letters and digits")
    if _CURLY.search(line.own):
        yield line.violation("quotation-marks", line.text, "quotations stand in 「」")
    for marks, reason in (("!！", "no exclamation"), ("?？", "no question")):
        if any(c in line.bare for c in marks):
            yield line.violation("tone", line.own, reason)
    if m := EMOJI.search(line.bare):
        yield line.violation("emoji", m[0], "no emoji in prose")


def _terms(line: Line) -> Iterator[Violation]:
    for m in _TERMS.finditer(line.bare):
        yield line.violation("term", m[0], "stays in English (Semantic ID, Scaling Law, CTR, GMV)")
    for name in dict.fromkeys(m.name for m in houses.find(line.bare) if not m.word):
        chinese = houses.chinese_name(name)
        if chinese != name and name in line.bare:
            yield line.violation("company-name", name, f"in Chinese {chinese}")
    if points := _PP.search(line.bare):
        yield line.violation("unit", points[0], "pp is 个百分点")
    if hedge := _HEDGE.search(line.bare):
        yield line.violation("hedge", hedge[0], "up to is 最高, about is 约")
    if _SCALE_HAN.search(line.bare) and (scale := _SCALE_LATIN.search(line.bare)):
        yield line.violation("unit", scale[0], "万/亿 and M/B in one sentence")


def _sentences(line: Line) -> Iterator[Violation]:
    most, check = (TITLE, "title-length") if line.is_head else (LONGEST, "sentence-length")
    for text in [line.own] if line.is_head else _STOPS.split(line.own):
        if (n := _length(text)) > most:
            yield line.violation(check, text, f"{n} characters, at most {most}")
        if text.count("被") > 1:
            yield line.violation("passive", text, "被 twice in a sentence")
        chained = next((c for c in _CLAUSE.split(text) if c.count("的") > 2), "")
        if chained:
            yield line.violation("chained-de", chained, "的 three times in a clause")


def _length(text: str) -> int:
    """Characters as Chinese counts them: a Han character, an English word and a number are one each."""
    return word_count(text) + len(re.findall(r"\d[\d.,]{0,20}", text))
