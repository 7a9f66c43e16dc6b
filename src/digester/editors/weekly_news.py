"""Sentences of a weekly made of news: the thesis, narratives over the stories of a subject, openers of its sections.

Stories are called by their titles, in quotation marks: the embedded editor says nothing of them that their records do
not hold. Counts are `derived`, the end of a narrative is the editor's reading over two of its stories.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digester.domain.ids import theme_id
from digester.domain.issue import Sentence, Thread
from digester.editors import naming
from digester.editors.composing import Voices, sentence
from digester.editors.voice import Voice, each, say
from digester.editors.writing import derived
from digester.ports import Brief, Outline

NARRATIVES, NAMED, REST = 3, 3, 4  # narratives of a week; stories named in one; in the tail
SHORT = 6  # characters that still name something
ALSO = "Also this week"
FIGURES = 3  # of a measurement
_ONLINE = re.compile(r"\bA/B\b|\bonline (?:A/B )?(?:test|experiment)s?\b|线上实验", re.IGNORECASE)


def thesis(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """What the week was about: its largest subjects, and how many stories of how many items are told."""
    names = [name for name, _ in _narrated(o)] or [name for name, _ in o.themes[:NARRATIVES]]
    counts = {"published": o.census.published, "seen": sum(o.census.seen.values())}
    if not names:
        return ()

    def slots(v: Voice) -> Mapping[str, object]:
        return {**counts, "period": o.period, "names": v.listed([v.theme(n) for n in names])}

    cited = [b for name, briefs in o.themes if name in names for b in briefs]
    return (derived(voices, "week_thesis", o.period, 0, cited, "census", slots),)


def narratives(voices: Voices, o: Outline) -> tuple[Thread, ...]:
    """Up to three narratives, and what fits none of them as the last."""
    told = [_narrative(voices, o, name, briefs, i) for i, (name, briefs) in enumerate(_narrated(o))]
    mine = {b.story.id for _, briefs in _narrated(o) for b in briefs}
    rest = [b for b in o.briefs if b.story.id not in mine][:REST]
    return (*told, *([_tail(voices, o, rest)] if told and len(rest) > 1 else []))


def _narrated(o: Outline) -> list[tuple[str, tuple[Brief, ...]]]:
    """The largest subjects with three stories or more."""
    return [(name, briefs) for name, briefs in o.themes if name and len(briefs) >= NAMED][:NARRATIVES]


def _narrative(voices: Voices, o: Outline, theme: str, briefs: tuple[Brief, ...], turn: int) -> Thread:
    first, counts = briefs[:NAMED], _counts(briefs) | {"total": o.census.published}
    parts = [
        derived(voices, "narrative_open", o.period, turn, briefs, "theme", lambda v: {**counts, **_named(v, theme)}, {"scale": "4 5"}),
        derived(voices, "narrative_items", o.period, turn, first, "order", lambda v: {"names": v.listed([v.called(b) for b in first])}),
        _end(voices, o.period, turn, theme, first),
    ]  # fmt: skip
    name = each(voices, lambda v: v.term(theme))
    return Thread(theme_id(o.kind, o.period, theme), name, tuple(b.story.id for b in first), tuple(parts))


def _named(v: Voice, theme: str) -> dict[str, str]:
    return {"theme": theme if v.language == "en" else v.theme(theme), "theme_l": v.theme(theme)}


def _counts(briefs: Sequence[Brief]) -> dict[str, int]:
    rated = {f"r{r}": sum(b.rating.rating == r for b in briefs) for r in (5, 4, 3)}
    sources = {b.source for b in briefs} | {name for b in briefs for name, _, _ in b.also}
    return {"n": len(briefs), "high": rated["r5"] + rated["r4"], "sources": len(sources), **rated}


def head(b: Brief, language: str) -> str:
    """The headline, or what stands before its colon: it was named in full before."""
    title = (naming.told_title(b, language) or b.item.entry.title).rstrip(".。")
    before = re.split("[:：]", title, maxsplit=1)[0]
    return before if len(before) >= SHORT else title


def _end(voices: Voices, place: str, turn: int, theme: str, briefs: Sequence[Brief]) -> Sentence:
    """What follows from the evidence that two of the stories share; of the others it says nothing."""
    name, pair = _shared(briefs)

    def slots(v: Voice) -> Mapping[str, object]:
        return {
            "a": v.quoted(head(pair[0], v.language)),
            "b": v.quoted(head(pair[1], v.language)),
            "theme_l": v.theme(theme),
        }

    inputs: dict[str, object] = {
        "theme" if v.language == "en" else f"theme.{v.language}": _named(v, theme)["theme"] for v in voices
    }
    text = say(voices, name, place, turn, slots)
    for v in voices:  # a headline in another language than the story's own stands in no cited text
        inputs |= {f"{k}.{v.language}": w for k, w in slots(v).items() if k in "ab"}
    return sentence("synthesis", text, [b.item.id for b in pair], rule=f"pattern:{name}", inputs=inputs)


def _shared(briefs: Sequence[Brief]) -> tuple[str, Sequence[Brief]]:
    """The strongest evidence that the first story shares with another, and both; else that any two share."""
    for first in (*briefs[:1], None):
        for name, holds in _EVIDENCE:
            having = [b for b in briefs if holds(b)]
            if len(having) > 1 and (first is None or first in having):
                return name, having[:2]
    return "narrative_end", briefs[:2]


def _tested(b: Brief) -> bool:
    return "primary" in b.rating.features and any(_ONLINE.search(p.text) for p in b.evidence.passages)


def _measured(b: Brief) -> bool:
    points = b.rating.features
    return {"technique", "primary"} <= set(points) and points.get("specifics", 0.0) >= FIGURES


def _released(b: Brief) -> bool:
    return {"release", "usable"} <= set(b.rating.features)


_EVIDENCE = (
    ("narrative_end_tested", _tested),
    ("narrative_end_measured", _measured),
    ("narrative_end_release", _released),
)


def _tail(voices: Voices, o: Outline, rest: Sequence[Brief]) -> Thread:
    told = derived(
        voices, "narrative_rest", o.period, 0, rest, "order", lambda v: {"names": v.listed([v.called(b) for b in rest])}
    )  # fmt: skip
    name = each(voices, lambda v: v.term(ALSO))
    return Thread(theme_id(o.kind, o.period, ALSO), name, tuple(b.story.id for b in rest), (told,))


def section(voices: Voices, theme: str, briefs: Sequence[Brief], period: str, turn: int) -> tuple[Sentence, ...]:
    """How many stories, how they are rated, who tells them."""
    counts = _counts(briefs)

    def slots(v: Voice) -> Mapping[str, object]:
        return {**counts, **(_named(v, theme) if theme else {})}

    return (
        derived(
            voices, "news_open" if theme else "news_rest", period, turn, briefs, "section", slots, {"scale": "5 4 3"}
        ),
    )
