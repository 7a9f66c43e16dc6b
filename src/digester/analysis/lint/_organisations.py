"""An organisation is named once (English 2, Chinese 3): `System (Org)` or "Org's System", never "Org: ... at Org".

Once a sentence, and once a paragraph for each paper told in it: two papers of one company in a thread are two.
A company and its brand count as two names. Names come from the record and from the table of houses; "X's System (X)" and
"X: ... at X" are seen whatever X is. In news a paragraph may name who says it again (English 8).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digester.analysis import houses
from digester.analysis.lint._lines import Line, Violation
from digester.analysis.tokens import sentences
from digester.domain.issue import Pick

REASON = "an organisation is named once"
_NAME = r"([A-Z][\w&.-]{0,30}(?: [A-Z][\w&.-]{0,30}){0,3})"
_DOUBLED = re.compile(
    rf"(?<![\w&.-]){_NAME}['\u2019]s [^().;:]{{1,60}} ?[(\uff08]\1[)\uff09]|\A{_NAME}: .{{1,300}}? (?:at|in|by|from|of) \2(?!\w)"
)


def check(told: Sequence[Line]) -> Iterator[Violation]:
    paragraphs: Counter[tuple[str, str, str]] = Counter()
    for line in told:
        if not line.own:
            continue
        twice = dict.fromkeys(name for name, n in _most(line).items() if n > _allowed(name, line.picks))
        for name in twice:
            yield line.violation("organisation-once", name, REASON, hard=True)
        if (m := _DOUBLED.search(line.own)) and not twice:
            yield line.violation("organisation-once", m[1] or m[2], REASON, hard=True)
        if len(line.picks) == 1 and line.picks[0].kind == "paper" and not line.is_head:
            yield from (
                line.violation("organisation-once", name, f"{REASON} in a paragraph", hard=True)
                for name in _again(line, paragraphs) if name not in twice
            )  # fmt: skip


def _most(line: Line) -> Counter[str]:
    """How often the sentence of the line that names it most names each organisation."""
    found: Counter[str] = Counter()
    spans = [(0, len(line.own))] if line.is_head else sentences(line.own)
    for a, b in spans:
        found |= mentions(line.own[a:b], line.picks)
    return found


def _again(line: Line, paragraphs: Counter[tuple[str, str, str]]) -> Iterator[str]:
    for name in mentions(line.own, line.picks):
        key = (line.paragraph, line.picks[0].story_id, name)
        paragraphs[key] += 1
        if paragraphs[key] == 2:
            yield name


def _allowed(name: str, picks: Sequence[Pick]) -> int:
    """One for each cited paper of the organisation."""
    return max(1, sum(any(houses.printed(o.name) == name for o in p.organisations) for p in picks))


def mentions(text: str, picks: Sequence[Pick]) -> Counter[str]:
    """How often a text names each organisation, by the name that is printed for it."""
    found = Counter(m.name for m in houses.find(text) if not m.word)
    for name in dict.fromkeys(o.name for p in picks for o in p.organisations):
        if houses.printed(name) not in found and (n := len(re.findall(_bounded(name), text))):
            found[houses.printed(name)] = n
    return found


def _bounded(name: str) -> str:
    return rf"(?<![\w-]){re.escape(name)}(?![\w-])" if name.isascii() else re.escape(name)


def leading(pick: Pick) -> str:
    """The organisation that a paper is told with: its first company, else the first that it names, else ""."""
    named = sorted(pick.organisations, key=lambda o: o.kind != "industry")
    return named[0].name if named else ""
