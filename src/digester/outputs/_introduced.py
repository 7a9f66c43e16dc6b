"""The English of a theme behind its first mention on a Chinese page: 生成式推荐（Generative Recommendation）.

Readers of the field know the English name; the Chinese one is ours. The first line of prose that uses it has both, headings
and quotations stay as they are. Where a writer put a bracket behind the name already, that is the introduction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from digester.analysis.phrases import title_case
from digester.domain.issue import Issue
from digester.domain.site import theme_name
from digester.outputs._lines import Block, Line

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")


def names(issue: Issue, language: str) -> dict[str, str]:
    """The themes of an issue and what its threads went from and to: name in the language -> English name. None for
    languages of Latin letters."""
    themes = [theme_name(s.theme, s.heading) for s in issue.sections if s.theme]
    ends = [{**issue.terms.get(word, {}), "en": word} for t in issue.threads for word in (t.from_, t.to)]
    found: dict[str, str] = {}
    for text in (*(t.name for t in issue.threads), *themes, *ends):
        here, english = text.get(language, ""), text.get("en", "")
        if _HAN.search(here) and _LATIN.search(english) and not _HAN.search(english):
            found.setdefault(here, title_case(english))
    return found


class Introduction:
    """Puts the English name behind the first mention of each. Lines are to be given in the order of the page."""

    def __init__(self, english: dict[str, str]) -> None:
        self._left = dict(english)
        longest = sorted(english, key=lambda name: (-len(name), name))
        self._any = re.compile("|".join(map(re.escape, longest)) or r"(?!)")

    def blocks(self, given: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(b if b.kind == "quote" else replace(b, lines=self.lines(b.lines)) for b in given)

    def lines(self, given: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(self._line(one) for one in given)

    def _line(self, line: Line) -> Line:
        if line.kind == "quote" or line.lang:
            return line
        text = self._any.sub(self._both, line.text)
        return line if text == line.text else replace(line, text=text)

    def _both(self, found: re.Match[str]) -> str:
        english = self._left.pop(found[0], "")
        told = found.string[found.end() : found.end() + 1] in ("（", "(")
        return f"{found[0]}（{english}）" if english and not told else found[0]
