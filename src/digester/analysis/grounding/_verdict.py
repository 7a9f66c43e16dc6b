"""The answer of a check: where a statement stands, or why it must not be printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from digester.domain.model import Support

Rule = Literal[
    "number", "unit", "sign", "hedge", "metric", "binding", "evidence", "name", "quotation", "link", "wording", "kind"
]


@dataclass(frozen=True)
class Refusal:
    """Why a statement must not be printed: the rule, the words it failed on, and the reason for people."""

    rule: Rule
    words: str
    reason: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}: {self.words}" if self.words else f"{self.rule}: {self.reason}"


@dataclass(frozen=True)
class Verdict:
    """`supports` point at the passages that hold what was checked; a statement with a refusal is not printed."""

    supports: tuple[Support, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.refusals

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict.of((self, other))

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """All of them as one, each support once."""
        parts = tuple(verdicts)
        supports = tuple(dict.fromkeys(s for v in parts for s in v.supports))
        return cls(supports, tuple(r for v in parts for r in v.refusals))
