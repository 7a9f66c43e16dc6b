"""Openings vary: the first words of the lead, of a thread or of a section's opener are not those of an issue before.

Numbers, the period, names and the theme are left out of the comparison: what is compared is the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digester.analysis.lint._lines import NAME, Line, Violation, lines
from digester.domain.issue import Issue

ISSUES, WORDS = 14, 5  # issues back, words of an opening
_NUMBER = re.compile(r"\d[\d.,]{0,20}(?:-W\d\d)?%?")
_WORD = re.compile(r"[A-Za-z]+|#|\ufffc|[\u3400-\u9fff]")


def check(issue: Issue, told: Sequence[Line], language: str, recent: Sequence[Issue]) -> Iterator[Violation]:
    before: dict[str, str] = {}
    for old in recent[:ISSUES]:
        if old.kind == issue.kind:
            for _, words in _openings(old, lines(old, language)):
                before.setdefault(words, old.period)
    here: dict[str, str] = {}
    for line, words in _openings(issue, told):
        if there := before.get(words) or here.get(words):
            yield line.violation("opening-repeats", line.text, f"opens like {there}")
        here.setdefault(words, line.where)


def _openings(issue: Issue, told: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """(line, folded first words) of what opens a part of the issue."""
    seen: set[str] = set()
    for line in told:
        if line.part in ("overview", "thread", "opener") and line.paragraph not in seen and line.own:
            seen.add(line.paragraph)
            yield line, _folded(line, issue)


def _folded(line: Line, issue: Issue) -> str:
    text = line.bare.replace(issue.period, "#")
    themes = {
        *(t for s in issue.sections for t in s.heading.values()),
        *(t for x in issue.threads for t in x.name.values()),
    }
    for theme in sorted(themes, key=lambda t: (-len(t), t)):
        text = re.sub(re.escape(theme), NAME, text, flags=re.IGNORECASE) if theme else text
    return " ".join(w.lower() for w in _WORD.findall(_NUMBER.sub("#", text))[:WORDS])
