"""Sentences over several stories: overview, threads, section openers, takeaways, what to watch.

Counts are `derived` (rule and inputs stored), conclusions are `synthesis` over at least two cited picks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digester.domain.issue import Sentence, Thread
from digester.editors.composing import sentence
from digester.editors.naming import (
    LEVELS,
    at,
    evidence_words,
    figures,
    has_ab,
    is_data,
    is_live,
    live_claims,
    missing,
    organisation,
    short,
    status,
)
from digester.editors.patterns import Patterns, listed, lowered
from digester.ports import Brief, Outline, ThreadOutline

THREAD_PAPERS = 3  # told in an overview; the theme's section tells them all
SHORT_QUOTE = 190  # characters: a longer problem is told in its paper's paragraph


def _derived(
    p: Patterns, name: str, place: str, turn: int, briefs: Sequence[Brief], rule: str, slots: Mapping[str, object]
) -> Sentence:
    text = p.fill(name, place, turn, **slots)
    return sentence("derived", text, [b.item.id for b in briefs], rule=f"computed:{rule}", inputs=slots)


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


# --------------------------------------------------------------- overview
def overview(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """The lead: counts, and the threads in the order in which they follow."""
    names, online = [lowered(t.theme) for t in o.threads], o.census.with_online_ab
    slots: dict[str, object] = {
        "published": o.census.published, "in_scope": o.census.in_scope, "period": o.period, "online": online,
        "report": "reports" if online == 1 else "report",
    }  # fmt: skip
    if not names:
        return (_derived(p, "weekly_lead_bare", o.period, 0, o.briefs, "census", slots),)
    slots |= {"names": listed(names), "carry": "stands" if len(names) == 1 else "stand"}
    return (_derived(p, "weekly_lead", o.period, 0, o.briefs, "census", slots),)


def threads(p: Patterns, o: Outline) -> tuple[Thread, ...]:
    return tuple(_thread(p, o, t, i) for i, t in enumerate(o.threads))


def _thread(p: Patterns, o: Outline, t: ThreadOutline, turn: int) -> Thread:
    members = next(briefs for name, briefs in o.themes if name == t.theme)
    online = sum(is_live(b) for b in members)
    slots: dict[str, object] = {
        "theme": t.theme, "theme_l": lowered(t.theme), "n": len(members), "total": o.census.published, "online": online,
        "have": _have(online),
    }  # fmt: skip
    parts = [_derived(p, "thread_open", o.period, turn, members, "theme", slots)]
    if t.from_:
        parts.append(
            _derived(
                p, "thread_move", o.period, turn, t.holders, "shared_phrases", {"from": t.from_, "to": t.to, "least": 2}
            )
        )
    parts += _problem(p, o.period, turn, [b for b in t.briefs if _quotable(b)])
    parts += [_member(b) for b in t.briefs[:THREAD_PAPERS]]
    parts.append(_conclusion(p, o, t, turn))
    return Thread(t.id, {"en": t.theme}, tuple(b.story.id for b in t.briefs), tuple(parts), t.from_, t.to)


def _quotable(b: Brief) -> bool:
    return any(q.role == "problem" and len(q.text) <= SHORT_QUOTE for q in b.reading.quotations)


def _problem(p: Patterns, place: str, turn: int, briefs: Sequence[Brief]) -> list[Sentence]:
    """The shared problem in the words of the first of these papers that states one."""
    for b in briefs:
        q = next((q for q in b.reading.quotations if q.role == "problem"), None)
        if q:
            text = p.fill("problem", place, turn, system=short(b), quote=q.text)
            return [sentence("report", text, [b.item.id], [q.support], "quoted")]
    return []


def _member(b: Brief) -> Sentence:
    """Organisation, system, and one signed figure with its evidence."""
    claims = live_claims(b)[:1]
    org = organisation(b)
    who = f"{org}'s {short(b)}" if org and org not in short(b) else short(b)
    if claims:
        text = f"{who} reports {figures(claims)} ({LEVELS[claims[0].evidence]})."
    elif status(b):
        text = f"{who} is {status(b)} by its authors' account; {missing(b)}."
    else:
        text = f"{who}: {evidence_words(b)}."
    supports = [s for c in claims for s in c.supports] + [x.support for x in b.reading.organisations if x.name == org]
    return sentence("report", text, [b.item.id], supports, "composed:member")


def _conclusion(p: Patterns, o: Outline, t: ThreadOutline, turn: int) -> Sentence:
    """What follows for a team: papers with figures from live traffic speak first, data sets not at all."""
    tested = sorted((b for b in t.briefs if is_live(b)), key=lambda b: not live_claims(b))
    rest = sorted((b for b in t.briefs if not is_live(b)), key=is_data)
    if len(tested) >= 2:
        name, a, b = "thread_end_live", tested[0], tested[1]
    elif tested and rest:
        name, a, b = "thread_end_half", tested[0], rest[0]
    else:
        name, a, b = "thread_end_off", t.briefs[0], t.briefs[1]
    text = p.fill(name, o.period, turn, a=short(a), b=short(b), theme_l=lowered(t.theme))
    return sentence("synthesis", text, [a.item.id, b.item.id], rule=f"pattern:{name}", inputs={"theme": t.theme})


# ---------------------------------------------------------------- section
def section(p: Patterns, theme: str, briefs: Sequence[Brief], period: str, turn: int) -> tuple[Sentence, ...]:
    """What the papers share and how strong they are; then the problem in one paper's words."""
    online = sum(is_live(b) for b in briefs)
    slots: dict[str, object] = {
        "n": len(briefs), "online": online, "have": _have(online), "theme": theme, "theme_l": lowered(theme),
        **{f"r{r}": sum(b.rating.rating == r for b in briefs) for r in (5, 4, 3)}, "scale": "5 4 3",
    }  # fmt: skip
    parts = [_derived(p, "section_open" if theme else "rest_open", period, turn, briefs, "section", slots)]
    # the best paper's own problem stands in its paragraph; the opener quotes another's
    others = sorted(briefs, key=lambda b: (b.rating.rating >= 5, -b.rating.rating, b.story.id))
    return (*parts, *(_problem(p, period, turn + 3, others) if theme else []))


# -------------------------------------------------------------- takeaways
def takeaways(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """Five lines, each with its evidence: figures from live traffic, deployments, data sets, tests, ideas."""
    best = sorted(o.briefs, key=_standing)[:5]
    return tuple(_takeaway(p, o, b, i) for i, b in enumerate(best))


def _standing(b: Brief) -> int:
    if live_claims(b):
        return 0
    if "deployed" in b.rating.features and organisation(b):
        return 1
    return 2 if is_data(b) else 3 if status(b) else 4


def _takeaway(p: Patterns, o: Outline, b: Brief, turn: int) -> Sentence:
    claims = live_claims(b)[:2]
    same = [c for c in claims if c.evidence == claims[0].evidence]
    slots: dict[str, object] = {"system": short(b), "at": at(b)}
    if same:
        level = LEVELS[same[0].evidence]
        slots |= {"figures": figures(same), "level": level, "level_c": level[:1].upper() + level[1:]}
        name = "takeaway_figure"
    elif status(b):
        name, slots = "takeaway_live", {**slots, "status": status(b), "missing": missing(b)}
    else:
        name = "takeaway_data" if is_data(b) else "takeaway_idea"
    return sentence(
        "report",
        p.fill(name, o.period, turn, **slots),
        [b.item.id],
        [s for c in same for s in c.supports],
        "composed:takeaway",
    )


# ------------------------------------------------------------------ watch
def watch(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """Up to three bullets over at least two picks each, from what the records hold or lack."""
    found: list[Sentence] = []
    used: set[str] = set()
    for theme, briefs in o.themes:
        name, pair = _open_question(briefs)
        if theme and len(pair) == 2 and len(found) < 3:
            found.append(_bullet(p, o, name, pair, theme, len(found)))
            used |= {b.story.id for b in pair}
    coded = [b for b in o.briefs if "code" in b.rating.features and b.story.id not in used]
    if len(coded) >= 2 and len(found) < 3:
        found.append(_bullet(p, o, "watch_code", coded[:2], "", len(found)))
    return tuple(found)


def _open_question(briefs: Sequence[Brief]) -> tuple[str, list[Brief]]:
    """Two live papers of two teams ask for a comparison, two offline ones for a test."""
    tested = sorted((b for b in briefs if is_live(b)), key=lambda b: not live_claims(b))
    for b in tested[1:]:
        if not organisation(b) or organisation(b) != organisation(tested[0]):
            return "watch_repeat", [tested[0], b]
    return "watch_untested", [b for b in briefs if not is_live(b) and not is_data(b)][:2]


def _bullet(p: Patterns, o: Outline, name: str, pair: Sequence[Brief], theme: str, turn: int) -> Sentence:
    """An expectation over two picks: the editor's reading, not a count."""
    text = p.fill(name, o.period, turn, a=short(pair[0]), b=short(pair[1]), theme=theme, theme_l=lowered(theme))
    inputs = {"theme": theme} if theme else {}
    return sentence("synthesis", text, [b.item.id for b in pair], rule=f"pattern:{name}", inputs=inputs)


# ------------------------------------------------------------------ daily
def daily(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """The lead of a daily: how many items, how many stories, which one first, and what is told beside it."""
    if not o.briefs:
        return ()
    first, *others = [f"\u201c{b.item.entry.title.rstrip('.')}\u201d" for b in o.briefs[:3]]
    slots: dict[str, object] = {
        "published": o.census.published, "seen": sum(o.census.seen.values()), "first": first, "more": len(o.briefs) - 1,
    }  # fmt: skip
    parts = [_derived(p, "daily_lead", o.period, 0, o.briefs[:1], "census", slots)]
    if others:
        parts.append(_derived(p, "daily_next", o.period, 0, o.briefs[1:3], "order", {"names": listed(others)}))
    return tuple(parts)


__all__ = ["daily", "has_ab", "overview", "section", "takeaways", "threads", "watch"]
