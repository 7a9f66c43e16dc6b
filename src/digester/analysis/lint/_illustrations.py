"""Figures of papers: of a paper of their section, under a licence that lets others show them, with the paper's own words."""

from __future__ import annotations

from collections.abc import Iterator

from digester.analysis.lint._lines import Violation
from digester.domain.issue import Illustration, Issue, Section
from digester.domain.licences import is_open


def check(issue: Issue) -> Iterator[Violation]:
    for n, section in enumerate(issue.sections, 1):
        if shown := section.illustration:
            for reason in _wrong(section, shown):
                yield Violation("picture", True, "", f"section {n}", shown.picture.work, reason)


def _wrong(section: Section, shown: Illustration) -> Iterator[str]:
    if not is_open(shown.picture.licence):
        yield f"under {shown.picture.licence or 'no stated licence'}"
    if shown.picture.work not in {p.work for p in section.picks}:
        yield "of a paper that stands in another section"
    if not all(text in shown.picture.caption for text in shown.caption.text.values()):
        yield "with words that are not its caption's"
