"""Sentences of a weekly made of news: the thesis, narratives over the stories of a subject, openers of its sections.

The overview opens with what happened in the stories rated highest. A narrative reports its first stories one by one (news_lines),
counts all of its subject (`derived`) and ends in the editor's reading over two of them, as far as the evidence of both
goes (news_evidence).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date

from digester.analysis import news_kinds
from digester.domain.ids import theme_id
from digester.domain.issue import Sentence, Thread
from digester.domain.text import word_count
from digester.editors import naming, news_evidence, news_lines
from digester.editors.composing import Voices, sentence
from digester.editors.stating import derived
from digester.editors.voice import Voice, each, say
from digester.ports import Brief, Outline

NARRATIVES, NAMED, REST = 3, 3, 4  # narratives of a week; stories reported in one; in the tail
MOVES = 3  # stories that name a week
ROOM = {"en": 20, "zh": 34}  # words, characters of them in the thesis
SHORT = 6  # characters that still name something
ALSO = "Also this week"


def overview(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """What names the week, and the narratives in the order in which they follow."""
    return (*_thesis(voices, o), *_order(voices, o)) if o.briefs else ()


def _thesis(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """What happened in the fives of the week, then in its fours, as many as one sentence holds; no list of stories, and nothing
    that a source of everything tells among the rest."""
    first = voices[0].language
    single = [b for b in o.briefs if not (b.evidence.newsletter and news_kinds.many(b.item.entry.title))]
    single = [b for b in single if b.rating.rating > 3 or not b.evidence.general] or single
    ranked = sorted(
        single or o.briefs,
        key=lambda b: (-b.rating.rating, not ("model" in b.rating.features or news_lines.event(b, first))),
    )
    chosen: list[tuple[Brief, dict[str, str]]] = []
    for b in ranked:
        said = news_lines.briefly(voices, b)
        if chosen and (len(chosen) == MOVES or not _room(chosen, said)):
            break
        chosen.append((b, said))

    def slots(v: Voice) -> Mapping[str, object]:
        return {"period": o.period, "names": v.clauses([said[v.language] for _, said in chosen])}

    text = say(voices, "week_thesis", o.period, 0, slots)
    inputs = {f"{n}.{language}": words for n, (_, said) in enumerate(chosen, 1) for language, words in said.items()}
    cites = [i for b, _ in chosen for i in (b.item.id, *(t.item_id for lang, t in b.tellings.items() if lang in text))]
    return (sentence("derived", text, cites, rule="computed:rated_first", inputs={"period": o.period, **inputs}),)


def _order(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    names = [name for name, _ in _narrated(o)]
    counts = {"published": o.census.published, "seen": sum(o.census.seen.values())}

    def slots(v: Voice) -> Mapping[str, object]:
        return {**counts, "names": v.listed([v.theme(n) for n in names])}

    cited = [b for _, briefs in _narrated(o) for b in briefs]
    return (derived(voices, "week_order", o.period, 0, cited, "census", slots),) if names else ()


def _room(chosen: Sequence[tuple[Brief, Mapping[str, str]]], more: Mapping[str, str]) -> bool:
    return all(
        sum(word_count(said[language]) for _, said in chosen) + word_count(words) <= ROOM.get(language, ROOM["en"])
        for language, words in more.items()
    )


def narratives(voices: Voices, o: Outline) -> tuple[Thread, ...]:
    """Up to three narratives, and what fits none of them as the last."""
    told = [_narrative(voices, o, name, briefs, i) for i, (name, briefs) in enumerate(_narrated(o))]
    mine = {b.story.id for _, briefs in _narrated(o) for b in briefs}
    rest = [b for b in o.briefs if b.story.id not in mine]
    return (*told, *([_tail(voices, o, rest)] if told and len(rest) > 1 else []))


def _narrated(o: Outline) -> list[tuple[str, tuple[Brief, ...]]]:
    """The largest subjects with three stories or more."""
    return [(name, briefs) for name, briefs in o.themes if name and len(briefs) >= NAMED][:NARRATIVES]


def _narrative(voices: Voices, o: Outline, theme: str, briefs: tuple[Brief, ...], turn: int) -> Thread:
    first, counts = briefs[:NAMED], _counts(briefs) | {"total": o.census.published}

    def slots(v: Voice) -> Mapping[str, object]:
        return {**counts, **_named(v, theme), "dates": _dates(v, briefs)}

    parts = [
        *(news_lines.line(voices, o.period, turn + 2 * i, b) for i, b in enumerate(first)),
        derived(voices, "narrative_open", o.period, turn, briefs, "theme", slots, {"scale": "4 5"}),
        _end(voices, o.period, turn, theme, first),
    ]
    name = each(voices, lambda v: v.term(theme))
    return Thread(theme_id(o.kind, o.period, theme), name, tuple(b.story.id for b in first), tuple(parts))


def _dates(v: Voice, briefs: Sequence[Brief]) -> str:
    """The first and the last day on which these stories came out."""
    found = sorted(_day(b) for b in briefs)
    return v.dates(found[0], found[-1])


def _day(b: Brief) -> date:
    entry = b.item.entry
    return (entry.published_at or b.item.first_seen_at).astimezone(UTC).date()


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
    name, pair, shared = _shared(briefs)

    def slots(v: Voice) -> Mapping[str, object]:
        return {
            "a": v.quoted(head(pair[0], v.language)),
            "b": v.quoted(head(pair[1], v.language)),
            "theme_l": v.theme(theme),
            "terms": v.listed([v.term(t) for t in shared]),
        }

    inputs: dict[str, object] = {
        "theme" if v.language == "en" else f"theme.{v.language}": _named(v, theme)["theme"] for v in voices
    }
    text = say(voices, name, place, turn, slots)
    for v in voices:  # a headline in another language than the story's own stands in no cited text
        inputs |= {f"{k}.{v.language}": w for k, w in slots(v).items() if k in "ab"}
    return sentence("synthesis", text, [b.item.id for b in pair], rule=f"pattern:{name}", inputs=inputs)


def _shared(briefs: Sequence[Brief]) -> tuple[str, Sequence[Brief], Sequence[str]]:
    """The strongest evidence that the first story shares with another, both, and the terms that both state; else that any
    two share."""
    for first in (*briefs[:1], None):
        for name, holds in _EVIDENCE:
            having = [b for b in briefs if holds(b)]
            if len(having) > 1 and (first is None or first in having):
                return name, having[:2], ()
        for a in briefs if first is None else [first]:
            for b in briefs[briefs.index(a) + 1 :]:
                if both := [t for t in news_evidence.terms(a) if t in news_evidence.terms(b)]:
                    return "narrative_end_release", (a, b), both
    return "narrative_end", briefs[:2], ()


_EVIDENCE = (("narrative_end_tested", news_evidence.tested), ("narrative_end_measured", news_evidence.measured))


def _tail(voices: Voices, o: Outline, rest: Sequence[Brief]) -> Thread:
    """The stories that fit no narrative: the first ones in a sentence each, all of them counted."""

    def slots(v: Voice) -> Mapping[str, object]:
        counts = _counts(rest)
        return {"n": counts["n"], "sources": counts["sources"], "dates": _dates(v, rest)}

    parts = [news_lines.line(voices, o.period, NARRATIVES + 2 * i, b) for i, b in enumerate(rest[:REST])]
    parts.append(derived(voices, "narrative_rest", o.period, 0, rest, "theme", slots))
    name = each(voices, lambda v: v.term(ALSO))
    return Thread(theme_id(o.kind, o.period, ALSO), name, tuple(b.story.id for b in rest[:REST]), tuple(parts))


def section(voices: Voices, theme: str, briefs: Sequence[Brief], period: str, turn: int) -> tuple[Sentence, ...]:
    """How many stories, how they are rated, who tells them."""
    counts = _counts(briefs)
    rated = {r: k for r in (5, 4, 3) if (k := counts[f"r{r}"])}

    def slots(v: Voice) -> Mapping[str, object]:
        told = {"n": counts["n"], "sources": counts["sources"]}
        return told | ({**_named(v, theme), "ratings": v.ratings(rated, news=True)} if theme else {})

    name, given = "news_open" if theme else "news_rest", {f"r{r}": k for r, k in rated.items()} if theme else {}
    return (derived(voices, name, period, turn, briefs, "section", slots, given),)
