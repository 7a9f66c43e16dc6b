"""What the form of an issue hands to the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

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

    @property
    def rated(self) -> tuple[Brief, ...]:
        """The stories that were rated; repositories, releases and episodes are not."""
        return tuple(b for b in self.briefs if b.rating.rating > 0)


def replaced(draft: Draft, made: Mapping[str, Sentence | None]) -> Draft:
    """The draft with other sentences in the place of those with these ids; None drops one."""

    def new(told: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(n for s in told if (n := made.get(s.id, s)) is not None)

    if not made:
        return draft
    sections = tuple(
        replace(s, opener=new(s.opener), picks=tuple(replace(p, sentences=new(p.sentences)) for p in s.picks))
        for s in draft.sections
    )
    threads = tuple(replace(t, sentences=new(t.sentences)) for t in draft.threads)
    return replace(draft, overview=new(draft.overview), takeaways=new(draft.takeaways), threads=threads,
                   sections=sections, watch=new(draft.watch))  # fmt: skip
