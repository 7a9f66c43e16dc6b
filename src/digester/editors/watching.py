"""What to watch: up to three bullets over at least two picks each, from what the records hold or lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from digester.analysis import roles, threads
from digester.domain.issue import Sentence
from digester.editors.composing import Voices
from digester.editors.naming import is_data, is_live, live_claims, organisation
from digester.editors.voice import Voice
from digester.editors.writing import derived, synthesis
from digester.ports import Brief, Outline

MOST = 3


def watch(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """One bullet a theme, and one for code that can be tried."""
    found: list[Sentence] = []
    used: set[str] = set()
    for theme, briefs in o.themes:
        if theme and len(found) < MOST and (told := _open_point(voices, o.period, len(found), theme, briefs)):
            found.append(told)
            used |= set(told.cites)
    coded = [b for b in o.briefs if "code" in b.rating.features and b.item.id not in used]
    if len(coded) >= 2 and len(found) < MOST:
        found.append(synthesis(voices, "watch_code", o.period, len(found), coded[:2], ""))
    return tuple(found)


def _open_point(voices: Voices, place: str, turn: int, theme: str, briefs: Sequence[Brief]) -> Sentence | None:
    """Two live papers that share a phrase ask for a comparison, others for what their texts leave out, papers without
    live traffic for a test; None where a theme gives no two papers of either sort."""
    live = sorted((b for b in briefs if is_live(b)), key=lambda b: not live_claims(b))
    if pair := _comparable(live, theme):
        a, b, phrase = pair
        return synthesis(voices, "watch_compare", place, turn, (a, b), theme, phrase)
    if len(live) >= 2:
        return _of_live(voices, place, turn, theme, live)
    untested = [b for b in briefs if not is_live(b) and not is_data(b)][:2]
    return synthesis(voices, "watch_untested", place, turn, untested, theme) if len(untested) == 2 else None


def _comparable(live: Sequence[Brief], theme: str) -> tuple[Brief, Brief, str] | None:
    """The first two live papers of two teams that say with the same words what they do: only these do the same thing in
    different ways."""
    for a, b in combinations(live, 2):
        if organisation(a) and organisation(a) == organisation(b):
            continue
        if phrase := threads.common({x.item.id: _does(x) for x in (a, b)}, theme)[0]:
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
        return {"theme": own, "theme_l": v.theme(theme), "online": len(live), "priced": priced}

    return derived(voices, name, place, turn, live, "live", slots)
