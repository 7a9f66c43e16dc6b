"""What to watch: up to three bullets over at least two picks each, from what the records hold or lack.

Each says what would settle an open question of a theme. Questions that an issue has not asked yet come first, and what
the conclusion of a thread has told already is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from digester.analysis import roles, surfaces, threads
from digester.domain.issue import Sentence
from digester.editors import conclusions, storylines
from digester.editors.composing import Voices
from digester.editors.conclusions import Conclusion
from digester.editors.naming import is_data, is_live, live_claims, organisation
from digester.editors.stating import derived, synthesis
from digester.editors.voice import Voice
from digester.ports import Brief, Outline

MOST = 3
SHORT = 28  # days of a test after which nobody knows whether a gain stays


def watch(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """One bullet a theme, and one for code that can be tried."""
    found: list[Sentence] = []
    used: set[str] = set()
    told = [p.conclusion for p in storylines.plans(voices, o)]
    for theme, briefs in o.themes:
        points = list(_open_points(voices, o.period, len(found), theme, briefs, told)) if theme else []
        if points and len(found) < MOST:
            asked = {s.rule for s in found}
            found.append(next((s for s in points if s.rule not in asked), points[0]))
            used |= set(found[-1].cites)
    coded = [b for b in o.briefs if "code" in b.rating.features and b.item.id not in used]
    if len(coded) >= 2 and len(found) < MOST:
        found.append(synthesis(voices, "watch_code", o.period, len(found), coded[:2], ""))
    return tuple(found)


def _open_points(
    voices: Voices, place: str, turn: int, theme: str, briefs: Sequence[Brief], told: Sequence[Conclusion]
) -> Iterator[Sentence]:
    """Of live papers a measure that came out differently, a comparison, the length of their tests, and what their texts
    leave out; of others a test. Nothing where a theme gives no two papers of any sort."""
    live = sorted((b for b in briefs if is_live(b)), key=lambda b: not live_claims(b))
    for c in conclusions.differing(live, "watch_differs"):
        if not any(_same(c, end) for end in told):
            yield conclusions.told(voices, place, turn, theme, c)
            break
    if pair := _comparable(live, theme):
        a, b, phrase = pair
        yield synthesis(voices, "watch_compare", place, turn, (a, b), theme, phrase)
    for c in conclusions.lasting(live, "watch_days"):
        if max(c.days) <= SHORT and not any(_same(c, end) for end in told):
            yield conclusions.told(voices, place, turn, theme, c)
    if len(live) >= 2:
        yield _of_live(voices, place, turn, theme, live)
    untested = [b for b in briefs if not is_live(b) and not is_data(b)][:2]
    if len(untested) == 2:
        yield synthesis(voices, "watch_untested", place, turn, untested, theme)


def _same(c: Conclusion, end: Conclusion) -> bool:
    """The same question of the same papers."""
    kinds = {x.name.rpartition("_")[2] for x in (c, end)}
    return len(kinds) == 1 and {b.story.id for b in c.pair} == {b.story.id for b in end.pair}


def _comparable(live: Sequence[Brief], theme: str) -> tuple[Brief, Brief, str] | None:
    """The first two live papers of two teams that say with the same words what they do: only these do the same thing in
    different ways. A surface (a feed, a search) is where they do it."""
    for a, b in combinations(live, 2):
        if organisation(a) and organisation(a) == organisation(b):
            continue
        phrase = threads.common({x.item.id: _does(x) for x in (a, b)}, theme)[0]
        if phrase and not surfaces.surfaces([phrase]):
            return a, b, phrase
    return None


def _does(b: Brief) -> str:
    """Title and the sentences on the mechanism."""
    return f"{b.item.entry.title}. {roles.all_of('mechanism', b.evidence.passages[0], 1.0)}"


def _of_live(voices: Voices, place: str, turn: int, theme: str, live: Sequence[Brief]) -> Sentence:
    """How many papers of the theme are live, and how many of these speak of the cost of serving."""
    priced = sum("cost" in b.rating.features for b in live)
    name = "watch_last" if priced == len(live) else "watch_cost"

    def slots(v: Voice) -> Mapping[str, object]:
        own = theme if v.language == "en" else v.theme(theme)
        costed = v.share("costed", priced, len(live))
        return {"theme": own, "theme_l": v.theme(theme), "online": len(live), "costed": costed}

    return derived(voices, name, place, turn, live, "live", slots, {"priced": priced})
