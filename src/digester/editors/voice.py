"""A voice: one language's way to say what a record holds. Writers decide once what is said; every voice says it.

A sentence is planned over records (which picks, which figures, in which order) and then worded in each
language from that one plan, so that no language says more, less or something else than another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar, Literal, Protocol

from digester.domain.model import Claim
from digester.ports import Brief

Share = Literal["live", "tested", "costed"]  # evidence from users; a test on them; words on the cost of serving


class Voice(Protocol):
    """Words of one language for the fields of records. No method knows a text: each gets values and gives words."""

    language: ClassVar[str]

    def fill(self, name: str, place: str, turn: int, /, **slots: object) -> str: ...
    def listed(self, names: Sequence[str]) -> str:
        """`A, B and C` / `A、B、C`."""
        ...

    def clauses(self, said: Sequence[str]) -> str:
        """Several things that happened, in one sentence."""
        ...

    def name(self, brief: Brief) -> str:
        """What a work is called inside a sentence: its system, else its title as titles are written."""
        ...

    def whose(self, brief: Brief) -> str:
        """`Kestrelo's SIDLoom`: the organisation once."""
        ...

    def subject(self, brief: Brief) -> str:
        """`Kestrelo: SIDLoom`, what a paragraph opens with."""
        ...

    def at(self, brief: Brief) -> str:
        """` (Kestrelo)` behind a name, "" when no company is known."""
        ...

    def level(self, evidence: str) -> str: ...
    def figures(self, claims: Sequence[Claim]) -> str:
        """At most two figures, each with metric, sign, hedge and scope."""
        ...

    def where(self, claims: Sequence[Claim]) -> str:
        """On how many users, for how long: in brackets, "" when it is not stated."""
        ...

    def status(self, brief: Brief) -> str:
        """`tested online`, `deployed` or both; "" for neither."""
        ...

    def missing(self, brief: Brief) -> str: ...
    def evidence(self, brief: Brief) -> str: ...
    def ratings(self, counts: Mapping[int, int], news: bool = False) -> str:
        """How many works or stories have which rating: `2 rated 5 and 4 rated 4`, `all rated 4`; none is not told."""
        ...

    def share(self, what: Share, n: int, of: int) -> str:
        """How many of some works: `6 with online evidence`, `all with ...`, `none with ...`."""
        ...

    def days(self, n: int) -> str: ...

    def what(self, brief: Brief, theme: str = "") -> str:
        """How a work works, to stand behind its name: `, a model that ...,`; "" when its text gives no such words. What
        all works of the `theme` are about is not said again."""
        ...

    def terms(self, brief: Brief) -> str:
        """What a work is about beside its subjects, else these."""
        ...

    def about(self, brief: Brief) -> str:
        """The subjects of the field that a work is about, two at most."""
        ...

    def theme(self, name: str) -> str: ...
    def quoted(self, text: str) -> str: ...
    def called(self, brief: Brief) -> str:
        """A news story inside a sentence: its headline in quotation marks, and its language where that is another."""
        ...

    def within(self, source: str, title: str) -> str:
        """A source with the quoted headline of its article."""
        ...

    def joined(self, said: str, quoted: str) -> str:
        """A clause with quoted words behind it."""
        ...

    def dates(self, first: date, last: date) -> str:
        """`15 June to 19 June 2026`."""
        ...

    def headline(self, brief: Brief) -> str: ...
    def reason(self, brief: Brief) -> str: ...
    def keywords(self, brief: Brief) -> str:
        """What a story in another language is about, in terms of this one; "" where it is told in this language."""
        ...

    def term(self, text: str) -> str:
        """A heading, theme, metric or organisation of ours."""
        ...


Slots = Callable[[Voice], Mapping[str, object]]


def say(voices: Sequence[Voice], name: str, place: str, turn: int, slots: Slots) -> dict[str, str]:
    """The sentence of a pattern in every language."""
    return {v.language: v.fill(name, place, turn, **slots(v)) for v in voices}


def each(voices: Sequence[Voice], words: Callable[[Voice], str]) -> dict[str, str]:
    return {v.language: words(v) for v in voices}
