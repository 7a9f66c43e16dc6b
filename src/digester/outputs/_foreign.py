"""What of a sentence is in another language than the page: a Chinese title in an English sentence, an English title or
quotation in a Chinese one. Screen readers, hyphenation and the choice of letters need to know (HTML, `lang`).

Titles of the issue's own picks are known with their language. Beside them, Han characters on a page of Latin letters are
Chinese, and what stands in quotation marks without a Han character on a Chinese page is English if it is no mere name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digester.domain.issue import Issue
from digester.outputs._lines import Said

_HAN = re.compile(r"[\u3400-\u9fff]+(?:[，。、：；！？·][\u3400-\u9fff]+)*")
_QUOTED = re.compile(r"(?<=[「《“])[^「」《》“”\u3400-\u9fff]{8,600}(?=[」》”])")
_WORDS = 3  # fewer are a name, which is the same in all languages


class Foreign:
    """For the sentences of one page that are in the page's language."""

    def __init__(self, issue: Issue, language: str) -> None:
        self._chinese = language == "zh"
        titles = {p.title: p.language for p in issue.picks() if p.language not in ("", language) and _telling(p.title)}
        longest = sorted(titles, key=lambda t: (-len(t), t))
        self._titles = titles
        self._known = re.compile("|".join(map(re.escape, longest))) if titles else None

    def parts(self, text: str) -> tuple[Said, ...]:
        """The text in pieces; `lang` is "" for what is in the page's language."""
        found: list[Said] = []
        at = 0
        for start, end, language in self._titled(text):
            found += [*self._others(text[at:start]), Said(text[start:end], language)]
            at = end
        return (*found, *self._others(text[at:]))

    def _titled(self, text: str) -> Iterator[tuple[int, int, str]]:
        if self._known is not None:
            yield from ((m.start(), m.end(), self._titles[m[0]]) for m in self._known.finditer(text))

    def _others(self, text: str) -> Iterator[Said]:
        at = 0
        for m in (_QUOTED if self._chinese else _HAN).finditer(text):
            if not self._chinese or _telling(m[0]):
                if m.start() > at:
                    yield Said(text[at : m.start()])
                yield Said(m[0], "en" if self._chinese else "zh")
                at = m.end()
        if at < len(text):
            yield Said(text[at:])


def _telling(words: str) -> bool:
    """Whether it is more than a name."""
    return len(words.split()) >= _WORDS or len("".join(_HAN.findall(words))) > _WORDS
