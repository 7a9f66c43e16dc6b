"""Lengths of EDITORIAL, in words of English or characters of Chinese; quotations count.

Upper bounds always, that of an overview of two threads hard; lower bounds only for papers whose full text was read, in an issue with twenty of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digester.analysis.lint._lines import Line, Violation
from digester.domain.issue import Issue
from digester.domain.text import word_count

FULL_TEXTS = 20
QUOTATION = 25  # words of a person's post
Range = tuple[int, int]


@dataclass(frozen=True)
class _Bounds:
    """(least, most) words or characters."""

    whole: Range
    overview: Range
    opener: Range
    by_rating: dict[int, Range]
    featured: Range


LONGEST_OVERVIEW = {"en": 280, "zh": 500}
BOUNDED_THREADS = 2  # with a third one, whose problem is quoted, the bound is advice: no thread is left out for it
_ENGLISH = _Bounds(
    (2_500, 4_000), (200, LONGEST_OVERVIEW["en"]), (40, 80), {5: (120, 180), 4: (60, 100), 3: (0, 60)}, (80, 140)
)
_CHINESE = _Bounds(
    (4_000, 6_500), (350, LONGEST_OVERVIEW["zh"]), (64, 130), {5: (190, 290), 4: (96, 160), 3: (0, 96)}, (128, 225)
)
_DAILY = {"en": 1_400, "zh": 2_200}


def lengths(issue: Issue, told: Sequence[Line], language: str) -> Iterator[Violation]:
    zh = language.split("-")[0] == "zh"
    bounds = _CHINESE if zh else _ENGLISH
    rich = sum(p.level == "full_text" for p in issue.picks()) >= FULL_TEXTS
    total = sum(word_count(line.text) for line in told if line.part != "reason")
    if issue.kind == "rec-weekly":
        yield from _bound(language, "whole", "issue", total, bounds.whole, rich)
        overview = sum(word_count(line.text) for line in told if line.part in ("overview", "thread"))
        yield from _bound(
            language, "overview", "overview", overview, bounds.overview, rich, len(issue.threads) <= BOUNDED_THREADS
        )
        yield from _openers(issue, told, language, bounds, rich)
        yield from _papers(issue, told, language, bounds, rich)
    elif issue.kind == "ai-daily":
        yield from _bound(language, "whole", "issue", total, (0, _DAILY["zh" if zh else "en"]), False)
        yield from _news(issue, told, language, bounds)


def _bound(
    language: str, check: str, where: str, n: int, bounds: Range, rich: bool, hard: bool = False
) -> Iterator[Violation]:  # fmt: skip
    """What is too long is `hard` where that is said, what is too short never."""
    least, most = bounds
    if n > most or (rich and n < least):
        reason = f"{least} to {most}" if least else f"at most {most}"
        yield Violation(f"length-{check}", hard and n > most, language, where, str(n), reason)


def _openers(
    issue: Issue, told: Sequence[Line], language: str, bounds: _Bounds, rich: bool
) -> Iterator[Violation]:  # fmt: skip
    for n, section in enumerate(issue.sections, 1):
        words = sum(word_count(line.text) for line in told if line.paragraph == f"opener {n}")
        if section.theme:
            yield from _bound(language, "opener", f"opener of section {n}", words, bounds.opener, rich)


def _words(told: Sequence[Line]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in told:
        found[line.paragraph] = found.get(line.paragraph, 0) + word_count(line.text)
    return found


def _papers(issue: Issue, told: Sequence[Line], language: str, bounds: _Bounds, rich: bool) -> Iterator[Violation]:
    words = _words(told)
    for n, p in enumerate(issue.picks(), 1):
        if p.kind == "paper" and p.rating in bounds.by_rating:
            read = rich and p.level == "full_text"
            yield from _bound(
                language, f"rated-{p.rating}", f"item {n}", words.get(f"item {n}", 0), bounds.by_rating[p.rating], read
            )
        if p.rating == 3 and p.kind == "paper" and len(p.sentences) > 1:
            yield Violation("length-rated-3", False, language, f"item {n}", str(len(p.sentences)), "one line")


def _news(issue: Issue, told: Sequence[Line], language: str, bounds: _Bounds) -> Iterator[Violation]:
    words, item = _words(told), 0
    for section in issue.sections:
        for p in section.picks:
            item += 1
            if section.slug == "featured":
                long = p.level == "full_text"
                yield from _bound(
                    language, "featured", f"item {item}", words.get(f"item {item}", 0), bounds.featured, long
                )
    for line in told:
        of_post = line.part == "item" and line.kind == "quote" and line.picks and line.picks[0].kind == "post"
        if of_post and (n := _post_words(line.text)) > QUOTATION:
            yield line.violation("length-quotation", line.text, f"{n} words, at most {QUOTATION}")


def _post_words(text: str) -> int:
    """Words; two Han characters count as one. Addresses are none."""
    latin = [w for w in text.split() if any(c.isascii() and c.isalnum() for c in w) and "://" not in w]
    return len(latin) + sum("\u3400" <= c <= "\u9fff" for c in text) // 2
