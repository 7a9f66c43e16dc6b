"""What the form of an issue hands to the gate."""

from __future__ import annotations

from dataclasses import dataclass

from digester.domain.issue import Census, Section, Sentence, Thread
from digester.ports import Brief


@dataclass(frozen=True)
class Draft:
    """What a form (weekly, daily) hands back for gating and freezing."""

    briefs: tuple[Brief, ...]
    overview: tuple[Sentence, ...]
    takeaways: tuple[Sentence, ...]
    threads: tuple[Thread, ...]
    sections: tuple[Section, ...]
    watch: tuple[Sentence, ...]
    census: Census
