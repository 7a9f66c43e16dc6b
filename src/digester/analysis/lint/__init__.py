"""EDITORIAL by code: what a record prints is held against the editorial standard, in each of its languages.

Hard violations must not be printed: checklist 1-5 of threads, an organisation named twice, banned words and joints,
figures without sign, unit, hedge or evidence, counts that differ from what is rendered or between languages, an overview
that is too long, and a language that is not translated. Everything else is advice. What sources say (quotations, and quoted words inside a
report) is theirs: limits of length hold for it, rules of style do not.

Each module says in its first lines what of its rules code cannot decide and is therefore not checked.
"""

from __future__ import annotations

from collections.abc import Sequence

from digester.analysis.lint import (
    _chinese,
    _counts,
    _english,
    _figures,
    _illustrations,
    _openers,
    _organisations,
    _tables,
    _threads,
    _untranslated,
)
from digester.analysis.lint._lengths import BOUNDED_THREADS, LONGEST_OVERVIEW
from digester.analysis.lint._lines import QUOTED, Line, Violation, line_of, lines
from digester.domain.issue import Issue, Pick, Sentence

__all__ = [
    "BOUNDED_THREADS",
    "LONGEST_OVERVIEW",
    "QUOTED",
    "Line",
    "Violation",
    "lines",
    "lint",
    "of_languages",
    "of_sentence",
]


def lint(issue: Issue, languages: Sequence[str] | None = None, recent: Sequence[Issue] = ()) -> tuple[Violation, ...]:
    """All violations in reading order by group. `languages` are those to look at, by default the issue's own;
    `recent` are earlier issues of the kind, the newest first, for what must not repeat."""
    found = [*_counts.check(issue), *_tables.check(issue), *_illustrations.check(issue)]
    sources = {n for p in issue.picks() for n in (p.source, *(link.text for link in p.links)) if n}
    for language in issue.languages if languages is None else languages:
        told = lines(issue, language)
        style = _chinese if language.split("-")[0] == "zh" else _english
        found += style.check(told, issue)
        found += _organisations.check(told)
        found += _figures.check(told)
        found += _threads.check(issue, told, language, recent)
        found += _counts.lengths(issue, told, language)
        found += _untranslated.check(told, language, sources)
        found += _openers.check(issue, told, language, recent)
    return tuple(dict.fromkeys(found))


def of_languages(s: Sentence) -> tuple[Violation, ...]:
    """Counts and percentages that one language of a sentence has and another has not."""
    return tuple(_counts.alike("sentence", s))


def of_sentence(s: Sentence, language: str, picks: Sequence[Pick]) -> tuple[Violation, ...]:
    """What the standard says of one sentence by itself, whatever issue it is for: words, tone, marks, length, figures,
    organisations. `picks` are the works that it cites."""
    line = line_of(s, language, picks)
    style = _chinese.of_line(line) if language.split("-")[0] == "zh" else _english.of_line(line)
    return (*style, *_organisations.check([line]), *_figures.check([line])) if line.own else ()
