"""English: how a story, its figures and its evidence are called inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar, get_args

from digester.analysis.rating import figure_text
from digester.domain.daywords import day
from digester.domain.model import Claim, EvidenceLevel
from digester.domain.words import SAID
from digester.editors import mechanism, naming
from digester.editors.patterns import Patterns, listed, lowered
from digester.editors.voice import Share
from digester.ports import Brief

LEVELS = {
    **{level: SAID[f"ev_{level}"][0] for level in get_args(EvidenceLevel)},
    "switchback": "online switchback test",
    "stated": "as stated by its authors",
}
_TRIED = {"online_test": "tested online", "deployed": "deployed"}
_SHARES: dict[Share, str] = {
    "live": "with online evidence",
    "tested": "with an online test",
    "costed": "with a word on serving cost",
}
_MARKS = re.compile('["\u201c\u201d\u2026]|\\.\\.\\.')  # a quotation inside, or a cut: no title to quote
LOWERED = "; a 5 by its evidence"  # why it is none here is said once, in the overview


def _with(title: str, behind: Sequence[str]) -> str:
    """A title with names behind it in brackets."""
    return f"{title} ({', '.join(behind)})" if behind else title


def _of(org: str) -> str:
    """`Kestrelo's`, `Kestrelo Ads'`."""
    return f"{org}'" if org.endswith("s") else f"{org}'s"


def _marked(text: str) -> str:
    """An apposition ends where the sentence turns; brackets that meet are one."""
    return re.sub(r",(?=[:;.]| \()", "", text).replace(") (", "; ")


class English:
    language: ClassVar[str] = "en"

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def fill(self, name: str, place: str, turn: int, /, **slots: object) -> str:
        text = self._patterns.fill(name, place, turn, **slots)
        parts = re.split("(\u201c[^\u201c\u201d]*\u201d)", text)
        return "".join(p if p[:1] == "\u201c" else _marked(p) for p in parts)

    def listed(self, names: Sequence[str]) -> str:
        return listed(names)

    def clauses(self, said: Sequence[str]) -> str:
        return ", ".join([*said[:-1], f"and {said[-1]}"]) if len(said) > 1 else "".join(said)

    def name(self, brief: Brief) -> str:
        """Without a system's name `the work “Whose title it is”`: a title names a work among others, and does not speak."""
        if system := brief.reading.system:
            return system
        title = brief.item.entry.title
        head = title if (cut := naming.head(title)).endswith("\u2026") else cut
        return f"the work \u201c{head}\u201d" if not _MARKS.search(head) else "this work"

    def whose(self, brief: Brief) -> str:
        org, system = naming.organisation(brief), brief.reading.system
        if not system:
            return f"{_of(org)} work" if org else "this work"
        return f"{_of(org)} {system}" if org and org not in system else system

    def subject(self, brief: Brief) -> str:
        org, system = naming.organisation(brief), brief.reading.system
        return f"{org}: {system}" if system and org and not system.startswith(org) else self.whose(brief)

    def at(self, brief: Brief) -> str:
        org = naming.organisation(brief)
        return f" ({org})" if org and org.lower() not in naming.short(brief).lower() else ""

    def level(self, evidence: str) -> str:
        return LEVELS[evidence]

    def figures(self, claims: Sequence[Claim]) -> str:
        return listed([figure_text(c) + (f" ({at})" if (at := c.place) else "") for c in claims[:2]])

    def where(self, claims: Sequence[Claim]) -> str:
        return f" ({found})" if (found := naming.span(claims)) else ""

    def status(self, brief: Brief) -> str:
        return " and ".join(_TRIED[t] for t in naming.tried(brief))

    def missing(self, brief: Brief) -> str:
        """Why no figure is printed: the text has none from users, or none that could be bound to a measure."""
        if "unbound_figure" in brief.rating.features:
            return "its figures stand in the paper"
        return "no online figure in the text read here"

    def evidence(self, brief: Brief) -> str:
        """The evidence of a work without a printed figure."""
        if status := self.status(brief):
            return f"{status} by its authors' account, {self.missing(brief)}"
        return "a data set of industrial size" if naming.is_data(brief) else "offline evidence"

    def ratings(self, counts: Mapping[int, int], news: bool = False) -> str:
        if len(counts) == 1 and max(counts.values()) > 1:
            return f"all rated {next(iter(counts))}"
        return listed([f"{n} rated {r}" for r, n in counts.items()])

    def share(self, what: Share, n: int, of: int) -> str:
        words = _SHARES[what]
        if of == 1:
            return words if n else words.replace("with", "without", 1)
        return f"{('both' if of == 2 else 'all') if n == of else n or 'none'} {words}"

    def days(self, n: int) -> str:
        return f"{n} days"

    def what(self, brief: Brief, theme: str = "") -> str:
        found = mechanism.of(brief)
        return f", {found}," if found else ""

    def terms(self, brief: Brief) -> str:
        return self.about(brief)

    def about(self, brief: Brief) -> str:
        return listed([lowered(s) for s in naming.subjects(brief)[:2]]) or "recommendation"

    def theme(self, name: str) -> str:
        return lowered(name)

    def quoted(self, text: str) -> str:
        return f"\u201c{text}\u201d"

    def called(self, brief: Brief) -> str:
        told = naming.told_title(brief, "en")
        title = (told or brief.item.entry.title).rstrip(".\u3002")
        return self.quoted(title) if told else f"{brief.source} (in Chinese): {self.quoted(title)}"

    def within(self, source: str, title: str) -> str:
        return f"{source} in {title}"

    def joined(self, said: str, quoted: str) -> str:
        return f"{said}, {quoted}"

    def dates(self, first: date, last: date) -> str:
        """Either end with its month: `15 to` would read as a count."""
        begin = day(first, "en")
        return begin if first == last else f"{begin.removesuffix(f' {last.year}')} to {day(last, 'en')}"

    def headline(self, brief: Brief) -> str:
        """`Baidu's GRAB: An LLM-Inspired Paradigm`, `Baidu: Ranking at Scale`; a title that does not open with its system
        has it behind. At most one colon, and no word of the title is left out. A news headline stays as it was written."""
        title, system, org = brief.item.entry.title, brief.reading.system, naming.organisation(brief)
        if brief.item.entry.kind != "paper":
            return naming.told_title(brief, "en") or title
        behind = [system] if system and system not in title else []
        if not org or org in title:
            return _with(title, behind)
        if ":" not in title:
            return f"{org}: {_with(title, behind)}"
        return f"{_of(org)} {title}" if naming.opens(brief) else _with(title, [*behind, org])

    def reason(self, brief: Brief) -> str:
        return brief.rating.reason + (LOWERED if brief.lowered else "")

    def keywords(self, brief: Brief) -> str:
        return ""

    def term(self, text: str) -> str:
        return text
