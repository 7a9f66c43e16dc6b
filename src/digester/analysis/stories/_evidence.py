"""How likely two texts tell one story: evidence for and against, weighed by a logistic model.

Words, names and amounts in common count for texts of any length. Where both have a headline, what the headlines say
decides: each naming something that the other text does not have, another version or quarter or day, a turn ("cancels")
or a kind of event that the other does not tell, are announcements of their own, however alike the words are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from digester.analysis.stories._acts import acts
from digester.analysis.stories._presented import other_edition, same_name
from digester.analysis.stories._settings import Settings
from digester.analysis.stories._telling import RUN, Telling

ALONE = 0.2  # share of a headline's names that the other text lacks, from which on they are others
MENTION = 0.2  # share of a headline's rarity in the other text, below which that only mentions it
ROUND_UP = re.compile(
    r"^(?:issue|vol(?:ume|\.)?|edition|no\.|episode|week) ?#?\d|^#\d{1,4}\b|\bnewsletter\b|\bround-?up\b|\bthis week in\b|"
    r"\bweekly (?:digest|review|links|reads)\b|周刊|周报|一周(?:要闻|回顾)|日报",
    re.IGNORECASE,
)
MOST = 30.0  # rarity in common beyond which more says nothing


def likelihood(a: Telling, b: Telling, settings: Settings, rarer: float = 0.0) -> float:
    """0..1 that both tell one story; 0 below `settings.slight`. `rarer` is taken from the odds, as a logarithm."""
    headlined = a.titled and b.titled
    weights = settings.headlined if headlined else settings.long
    least = math.log(settings.slight / (1.0 - settings.slight))
    odds = weights["bias"] - rarer
    for name, value in for_headlines(a, b) if headlined else of_texts(a, b).items():
        odds += weights[name] * value
    if odds < least:  # what follows only lowers it
        return 0.0
    if not headlined:
        return _chance(odds)
    if a.han != b.han and not a.head_names.keys() & b.head_names.keys():  # across scripts only names can be alike
        return 0.0
    if ROUND_UP.search(a.headline) or ROUND_UP.search(b.headline):  # of many subjects: a story of its own
        return 0.0
    for name, value in against_headlines(a, b):
        odds += weights[name] * value
        if odds < least:
            return 0.0
    return _chance(odds)


def _chance(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(min(odds, 50.0), -50.0)))


def of_texts(a: Telling, b: Telling) -> dict[str, float]:
    """Evidence of texts without headlines, by the names of the weights; cosines, shares and yes or no as 1 or 0."""
    words, names = dot(a.words, b.words), dot(a.names, b.names)
    if not a.cased and not b.cased:  # no names to be seen: the words hold them
        names = max(names, words)
    gaps = _lacking(a.main, b), _lacking(b.main, a)
    same = bool(a.days & b.days)
    return {
        "words": words,
        "names": names,
        "amounts": dot(a.amounts, b.amounts),
        "covered": min(_covered(a, b), _covered(b, a)),
        "same_main": float(a.main[:1] == b.main[:1] != ()),
        "other_main": min(gaps),
        "more_main": max(gaps),
        "same_days": float(same),
        "other_days": float(bool(a.days) and bool(b.days) and not same),
    }


def for_headlines(a: Telling, b: Telling) -> Iterator[tuple[str, float]]:
    """Evidence that texts with headlines tell one story."""
    yield "in_common", _in_common(_shared(a, b) | _shared(b, a), a.han or b.han)
    yield "amounts", dot(a.amounts, b.amounts)
    yield "same_days", float(not a.days.isdisjoint(b.days))
    yield "same_presented", float(_same_presented(a, b))
    yield "same_act", float(not a.head_acts.isdisjoint(b.head_acts))
    yield "scripts_differ", float(a.han != b.han)


def against_headlines(a: Telling, b: Telling) -> Iterator[tuple[str, float]]:
    """Evidence that they do not; the weights are negative."""
    yield "other_turn", float(_lacks(b, a.head_turns) or _lacks(a, b.head_turns))
    yield "other_act", float(_other_act(a, b))
    apart = a.han == b.han and not same_name(a.presents, b.presents)
    yield "other_subject", float(apart and (_covered(a, b) < MENTION or _covered(b, a) < MENTION))
    gap = _missing(a, b)
    gap = min(gap, _missing(b, a)) if gap else 0.0
    yield "other_names", float(gap > ALONE or _other_opening(a, b))
    yield "other_name_share", gap
    lacking = _lacking(a.main, b)
    yield "other_main", min(lacking, _lacking(b.main, a)) if lacking else 0.0
    yield "other_run", float(_other_run(a, b))
    yield "other_edition", float(_other_edition(a, b))
    yield "other_day", float(_other_dates(a.head_days, b.days) or _other_dates(b.head_days, a.days))
    figures = not a.head_amounts <= b.amounts.keys() and not b.head_amounts <= a.amounts.keys()
    yield "other_amounts", float(figures)


def contradict(a: Telling, b: Telling) -> bool:
    """Both headlines name one of a series and not the same: a version, a quarter, a day, a name of two words."""
    if not (a.titled and b.titled and (a.one_of_series or b.one_of_series)):
        return False
    days = _other_dates(a.head_days, b.days) or _other_dates(b.head_days, a.days)
    return days or _other_run(a, b) or _other_edition(a, b)


def differ(a: Telling, b: Telling) -> bool:
    """They tell of different versions, turns or kinds of event."""
    if not (a.titled and b.titled):
        return False
    turned = _lacks(b, a.head_turns) or _lacks(a, b.head_turns)
    return turned or _other_act(a, b) or _other_edition(a, b)


def _lacking(main: tuple[str, ...], other: Telling) -> float:
    """Share of the main names of a text that the other lacks."""
    return len([n for n in main if not _has(other, n)]) / (len(main) or 1)


def dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[t] for t, v in a.items() if t in b)


def _in_common(shared: Mapping[str, float], han: bool) -> float:
    """Rarity, in tens, of what the headlines share with the other text, without the rarest: one shared name is a
    company, which does several things a day. A run of Han characters counts once."""
    values = _runs(shared) if han else shared.values()
    return min(sum(values) - max(values, default=0.0), MOST) / 10


def _runs(shared: Mapping[str, float]) -> list[float]:
    """Rarities without those of Han pairs that continue the pair before them."""
    found, last = [], ""
    for term, value in shared.items():
        if not (last and term[0] == last[-1] and term[0] >= "\u3400"):
            found.append(value)
        last = term
    return found


def _shared(a: Telling, b: Telling) -> dict[str, float]:
    """Terms of the headline of `a` that `b` tells."""
    return {t: v for t, v in a.head.items() if t in b.words}


def _covered(a: Telling, b: Telling) -> float:
    """Share of the headline of `a` that `b` tells."""
    words = b.words
    return sum([v for t, v in a.head.items() if t in words]) / a.head_sum


def _missing(a: Telling, b: Telling) -> float:
    """Share of the names in the headline of `a` that `b` does not have."""
    if not a.head_names and not a.head_runs:
        return 0.0
    alone = sum([v for t, v in a.head_names.items() if not _has(b, t)]) + (
        RUN * len(a.head_runs - b.runs) if a.head_runs else 0.0
    )
    return alone / a.head_names_sum


def _has(other: Telling, name: str) -> bool:
    """Also in another form: Aldovian for Aldovia, GPT-5.3 for GPT 5.3."""
    if name in other.names or name in other.words or (len(name) >= 5 and name[:5] in other.stems):
        return True
    return bool(other.presents) and set(name.split("-")) <= set(other.presents)


def _other_opening(a: Telling, b: Telling) -> bool:
    """Chinese headlines that begin with what the other text does not have."""
    mine, theirs = a.opening, b.opening
    return bool(mine and theirs) and mine not in b.words and theirs not in a.words


def _other_run(a: Telling, b: Telling) -> bool:
    """Agent Kit and Voice Kit: names of two words that share one, each unknown to the other text."""
    if not a.head_runs or not b.head_runs:
        return False
    mine, theirs = a.head_runs - b.runs, b.head_runs - a.runs
    return bool(mine and theirs) and any(set(x.split()) & set(y.split()) for x in mine for y in theirs)


def _lacks(text: Telling, turns: frozenset[str]) -> bool:
    return bool(turns) and not turns <= text.turns


def _other_act(a: Telling, b: Telling) -> bool:
    """Both headlines tell of kinds of event of which the other text tells none."""
    if not a.head_acts or not b.head_acts or not a.head_acts.isdisjoint(b.head_acts):
        return False
    return a.head_acts.isdisjoint(b.acts) and b.head_acts.isdisjoint(a.acts)


def _other_edition(a: Telling, b: Telling) -> bool:
    """They present different editions, or the headline of one names another edition than the other text does."""
    if not (a.one_of_series or b.one_of_series):
        return False
    return other_edition(a.presents, b.presents) or _differs(a, b) or _differs(b, a)


def _same_presented(a: Telling, b: Telling) -> bool:
    """Both present one edition. A name of one word and a number may be that of two things: where both headlines say more
    than the name, each text names others, and not a word is in common, they are two."""
    if not same_name(a.presents, b.presents):
        return False
    own = set(a.presents) | set(b.presents)
    mine, theirs = _besides(a.names, own), _besides(b.names, own)
    if min(len(a.presents), len(b.presents)) > 2 or not _besides(a.head, own) or not _besides(b.head, own):
        return True
    return not mine or not theirs or any(not acts(t) for t in _besides(a.words, own) & b.words.keys())


def _besides(found: Mapping[str, float], pieces: set[str]) -> set[str]:
    return {t for t in found if pieces.isdisjoint(t.rpartition("/")[2].split("-"))}


def _differs(a: Telling, b: Telling) -> bool:
    """The headline of `a` names one of a series of which `b` names others and not this one."""
    for what, which in a.head_editions:
        theirs = {v for w, v in b.editions if w == what or (what == "version" and w not in ("quarter", "#"))}
        theirs |= {v for w, v in b.head_editions if w == "version"}
        if theirs and which not in theirs:
            return True
    return False


def _other_dates(head: frozenset[str], other: frozenset[str]) -> bool:
    """The headline names a year or a day, and the other text names others and not this one."""
    if not head or not other:
        return False
    for day in (False, True):
        mine, theirs = {d for d in head if ("-" in d) == day}, {d for d in other if ("-" in d) == day}
        if mine and theirs and not mine & theirs:
            return True
    return False
