"""Numbers, dates and counts as text: what Markdown and HTML print alike.

Figures travel whole: hedge, sign, value, unit, scope and evidence, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Protocol

from digester.domain.daywords import MONTHS
from digester.domain.daywords import day as day
from digester.domain.issue import Census, Coverage, Window
from digester.domain.words import figure as figure_of
from digester.domain.words import form, is_chinese
from digester.outputs._words import label, words


def moment(value: datetime, language: str) -> str:
    utc = value.astimezone(UTC)
    return f"{day(utc.date(), language)}{' ' if is_chinese(language) else ', '}{utc:%H:%M}"


def days(first: date, last: date, language: str) -> str:
    """`15 to 19 June 2026`: what both ends share is said once."""
    if first == last:
        return day(first, language)
    if is_chinese(language):
        return f"{day(first, language)} 至 {_zh_end(first, last)}"
    if first.year != last.year:
        return f"{day(first, language)} to {day(last, language)}"
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {day(last, language)}"


def _zh_end(first: date, last: date) -> str:
    if first.year != last.year:
        return day(last, "zh")
    return f"{last.day} 日" if first.month == last.month else f"{last.month} 月 {last.day} 日"


def window_line(window: Window, language: str) -> str:
    """The true range: listing days for papers, the half-open window for everything else."""
    zh = is_chinese(language)
    to = " 至 " if zh else " to "
    span = f"{moment(window.start, language)}{to}{moment(window.end, language)} UTC"
    if not window.listing_days:
        return span
    w = words(language)
    listed = days(min(window.listing_days), max(window.listing_days), language)
    colon, stop = (" ", "；") if zh else (" ", "; ")
    return f"{w['listings']}{colon}{listed}{stop}{w['other_items']}{colon}{span}"


def stars(rating: int) -> str:
    full = max(0, min(5, rating))
    return "★" * full + "☆" * (5 - full)


def count(value: float) -> str:
    return f"{int(value):,}"


class Figured(Protocol):
    """What is printed as a figure: a claim, or a row of the A/B ledger."""

    @property
    def sign(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def hedge(self) -> str | None: ...


def figure(claim: Figured, language: str) -> str:
    """`up to +1.24%`, `+0.3 pp, not significant`: sign, unit and hedge always travel with the value."""
    return figure_of(claim.sign, claim.value, claim.unit, claim.hedge, language)


def census_line(census: Census, language: str) -> str:
    """Announced, in scope, published, by rating, by evidence: the issue's own counts in words."""
    if is_chinese(language):
        return _census_zh(census)
    head = _some((
        (census.announced, f"{count(census.announced)} announced{_categories(census, ' (', ')')}"),
        (census.in_scope, f"{count(census.in_scope)} in scope"),
    ))  # fmt: skip
    ratings = ", ".join(f"{n}x{r}" for r, n in _ratings(census))
    head.append(f"{count(census.published)} published" + (f": {ratings}" if ratings else ""))
    tail = _some((
        (census.with_online_ab, f"{count(census.with_online_ab)} with online A/B"),
        (census.industrial, f"{count(census.industrial)} industrial"),
        (census.from_abstract, f"{count(census.from_abstract)} rated from the abstract"),
    ))  # fmt: skip
    return "; ".join([", ".join(head), *tail])


def _census_zh(census: Census) -> str:
    head = _some((
        (census.announced, f"公布 {count(census.announced)} 篇{_categories(census, '（', '）', '、')}"),
        (census.in_scope, f"范围内 {count(census.in_scope)} 篇"),
    ))  # fmt: skip
    unit = "篇" if census.announced else "条"
    head.append(f"收录 {count(census.published)} {unit}")
    head += [f"{r} 分 {n} {unit}" for r, n in _ratings(census)]
    tail = _some((
        (census.with_online_ab, f"含线上 A/B {count(census.with_online_ab)} 篇"),
        (census.industrial, f"工业界 {count(census.industrial)} 篇"),
        (census.from_abstract, f"仅据摘要评分 {count(census.from_abstract)} 篇"),
    ))  # fmt: skip
    return "；".join(["，".join(head), *tail])


def _some(pairs: Iterable[tuple[int, str]]) -> list[str]:
    return [text for number, text in pairs if number]


def _ratings(census: Census) -> list[tuple[str, int]]:
    return [(r, n) for r, n in sorted(census.by_rating.items(), reverse=True) if n]


def _categories(census: Census, opening: str, closing: str, joint: str = ", ") -> str:
    """All categories when they are few; else the home category alone, the table of coverage has the rest."""
    counts = sorted(census.announced_by_category.items())
    if len(counts) > 3:
        counts = [pair for pair in counts if pair[0] == "cs.IR"]
    inner = joint.join(f"{name} {count(n)}" for name, n in counts)
    return f"{opening}{inner}{closing}" if inner else ""


def tally(counts: Mapping[str, int], language: str) -> str:
    """`240 posts, 120 articles`, largest first; the record counts in plurals."""
    ordered = sorted(((k, n) for k, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))
    if is_chinese(language):
        return "，".join(f"{label('kd', k, language)} {count(n)}" for k, n in ordered)
    return ", ".join(f"{count(n)} {form(label('kd', k, language), n)}" for k, n in ordered)


def left_out(counts: Mapping[str, int], language: str) -> str:
    """`39 out of scope, 11 rated 2`: what was judged and not printed, by reason, largest first."""
    ordered = sorted(((k, n) for k, n in counts.items() if n), key=lambda pair: (-pair[1], pair[0]))
    if is_chinese(language):
        return "、".join(f"{label('lo', k, language)}（{count(n)}）" for k, n in ordered)
    return ", ".join(f"{count(n)} {form(label('lo', k, language), n)}" for k, n in ordered)


def coverage_line(coverage: Coverage, language: str) -> str:
    return words(language)["sources"].format(coverage.answered, coverage.sources)
