"""A language is refused when more than 5 % of its own sentences are not in it.

A sentence is not when it has no text in the language, or when more than 5 % of its Chinese text is English prose:
three words or more in a row that are no name. One or two Latin words are taken for a term.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from digester.analysis.lint._lines import NAME, Line, Violation

SHARE = 0.05  # of the sentences, and of a sentence
_PROSE = re.compile(r"(?<![A-Za-z])[A-Za-z][A-Za-z'\u2019-]{0,40}(?: [A-Za-z][A-Za-z'\u2019-]{0,40}){2,60}")
_BRACKET = re.compile(r"\uff08[A-Za-z0-9 ,./&-]{1,80}\uff09")  # the English of a term behind it


def check(told: Sequence[Line], language: str, names: Collection[str] = ()) -> Iterator[Violation]:
    """`names` are those that an issue prints beside those of its works: of sources that tell a story too."""
    own = [line for line in told if line.kind not in ("quote", "head") and line.part != "reason"]
    bad = [line for line in own if not line.text or (language.split("-")[0] == "zh" and _foreign(line, names) > SHARE)]
    if len(bad) > SHARE * len(own):
        reason = f"{len(bad)} of {len(own)} sentences are not in this language, at most 5 % may be"
        yield bad[0].violation("untranslated", bad[0].text or "no text", reason, hard=True)


def _foreign(line: Line, names: Collection[str]) -> float:
    """The share of a text that is English prose."""
    text = _BRACKET.sub("", _names(line, names))
    return sum(len(m[0]) for m in _PROSE.finditer(text)) / max(1, len(text))


def _names(line: Line, names: Collection[str]) -> str:
    text = line.bare
    known = {n for p in line.picks for n in (p.source, *p.authors, *(o.name for o in p.organisations)) if n}
    known |= {n for n in names if n and n in text}
    for name in sorted(known, key=lambda n: (-len(n), n)):
        text = text.replace(name, NAME)
    return text
