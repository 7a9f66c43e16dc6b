"""What the form of an issue hands to the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # reason -> item ids
