"""A row of the A/B ledger: plain values only, so that it can be kept as JSON beside the card of its issue, and pages over a
thousand issues need none of their records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digester.domain.issue import Text


@dataclass(frozen=True)
class Result:
    """A figure with everything that travels with it. "" or None: the source does not say.

    `day` is the day the work was announced or published (ISO). `organisations` are the companies, where none has part
    the others. `sign`, `value`, `unit` and `hedge` are those of the claim; `quotation` are the words it rests on, in
    `language`, and `page` where they are read. `ended` is when the issue's window ended; `later` are issues that
    printed the same figure again. `terms` has the words of other languages for metric, scope and organisations. `mark`
    stands for all of it but `later`: equal marks look alike.
    """

    day: str
    issue: str
    ended: str
    work: str
    title: str
    url: str
    language: str
    organisations: tuple[str, ...]
    system: str
    surfaces: tuple[str, ...]
    metric: str
    sign: str
    value: str
    unit: str
    hedge: str
    scope: str
    traffic: str
    days: int | None
    evidence: str
    quotation: str
    page: str
    terms: Mapping[str, Text] = field(default_factory=dict)
    later: tuple[str, ...] = ()
    mark: str = field(default="", compare=False)

    def term(self, word: str, language: str) -> str:
        """A word of the row in a language, else as the source has it."""
        return self.terms.get(word, {}).get(language) or word
