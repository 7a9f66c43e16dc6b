"""Sentences over several stories: overview, threads, section openers, takeaways, what to watch.

Counts are `derived` (rule and inputs stored), conclusions are `synthesis` over at least two cited picks. Each is
planned once over the records and worded by every voice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from digester.domain.issue import Sentence
from digester.editors import problems
from digester.editors.composing import Voices, problem, sentence, told
from digester.editors.naming import is_data, is_live, live_claims, organisation, tried
from digester.editors.stating import derived, synthesis
from digester.editors.storylines import overview, shared, threads
from digester.editors.voice import Voice, say
from digester.ports import Brief, Outline


# ---------------------------------------------------------------- section
def section(
    voices: Voices, theme: str, briefs: Sequence[Brief], period: str, turn: int, told: Collection[str], alone: bool = False
) -> tuple[Sentence, ...]:  # fmt: skip
    """How many papers of which rating and evidence; then the problem: in words that they share, and in one's own words. `told`
    are the items that the overview quotes with theirs. Nothing for the rest where it is all of an issue, `alone`."""
    if not theme and alone:
        return ()  # the census has said it
    n, online = len(briefs), sum(is_live(b) for b in briefs)
    rated = {r: k for r in (5, 4, 3) if (k := sum(b.rating.rating == r for b in briefs))}

    def slots(v: Voice) -> Mapping[str, object]:
        own = theme if v.language == "en" or not theme else v.theme(theme)
        return {"n": n, "live": v.share("live", online, n), "theme": own, "theme_l": v.theme(theme) if theme else "",
                "ratings": v.ratings(rated)}  # fmt: skip

    name, given = "section_open" if theme else "rest_open", {"online": online, **{f"r{r}": k for r, k in rated.items()}}
    parts = [derived(voices, name, period, turn, briefs, "section", slots, given)]
    if not theme:
        return tuple(parts)
    parts += shared(voices, period, turn + 3, theme, briefs)
    # what the overview quotes is not quoted again; the best paper's own problem stands in its paragraph
    _, holders = problems.shared(briefs, theme)
    others = sorted(briefs, key=lambda b: (b.rating.rating >= 5, b not in holders, -b.rating.rating, b.story.id))
    found = problems.first(others, told)
    return (*parts, *([problem(voices, *found, period, turn + 3)] if found else []))


# -------------------------------------------------------------- takeaways
def takeaways(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """Five lines, each with its evidence: figures from live traffic, deployments, data sets, tests, ideas."""
    best = sorted(o.briefs, key=_standing)[:5]
    return tuple(_takeaway(voices, o, b, i) for i, b in enumerate(best))


def _standing(b: Brief) -> int:
    if live_claims(b):
        return 0
    if "deployed" in b.rating.features and organisation(b):
        return 1
    return 2 if is_data(b) else 3 if tried(b) else 4


def _takeaway(voices: Voices, o: Outline, b: Brief, turn: int) -> Sentence:
    claims = live_claims(b)[:2]
    same = [c for c in claims if c.evidence == claims[0].evidence]
    name = "takeaway_data" if is_data(b) else "takeaway_idea"
    name = "takeaway_figure" if same else "takeaway_live" if tried(b) else name
    text = say(voices, name, o.period, turn, lambda v: told(v, b, same) | _called(v, b))
    return sentence("report", text, [b.item.id], [s for c in same for s in c.supports], "composed:takeaway")


def _called(v: Voice, b: Brief) -> dict[str, object]:
    return {"system": v.name(b), "at": v.at(b), "what": v.what(b).removesuffix(",")}


# ------------------------------------------------------------------ daily
def daily(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """The lead of a daily: how many items, how many stories, which one first, and what is told beside it."""
    if not o.briefs:
        return ()
    first, *others = o.briefs[:3]
    counts = {"published": o.census.published, "seen": sum(o.census.seen.values())}

    def lead(v: Voice) -> Mapping[str, object]:
        return {**counts, "first": v.called(first)}

    def rest(v: Voice) -> Mapping[str, object]:
        return {"names": v.listed([v.called(b) for b in others])}

    parts = [derived(voices, "daily_lead", o.period, 0, o.briefs[:1], "census", lead)]
    if others:
        parts.append(derived(voices, "daily_next", o.period, 0, o.briefs[1:3], "order", rest))
    return tuple(parts)


__all__ = ["daily", "derived", "overview", "section", "synthesis", "takeaways", "threads"]
