"""What every check answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digester.analysis.wording.words import Word

Kind = Literal[
    "name", "number", "binding", "negation", "antonym", "opposite", "role", "person", "comparison", "contrast", "substitution",
    "insertion", "word", "detail",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing in the statement, [start, end) as `text`, that the source does not carry, and why."""

    kind: Kind
    start: int
    end: int
    text: str
    reason: str


def at(kind: Kind, word: Word, reason: str) -> Finding:
    return Finding(kind, word.start, word.end, word.text, reason)
