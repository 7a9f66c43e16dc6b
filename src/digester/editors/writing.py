"""Sentences over several stories: overview, threads, section openers, takeaways, what to watch.

Counts are `derived` (rule and inputs stored), conclusions are `synthesis` over at least two cited picks.
"""

from __future__ import annotations

from collections.abc import Sequence

from digester.domain.issue import Sentence, Thread
from digester.editors.composing import LEVELS, at, figures, live_claims, organisation, sentence, short
from digester.editors.patterns import Patterns, listed, lowered
from digester.ports import Brief, Outline, ThreadOutline


def is_live(brief: Brief) -> bool:
    """True when the text reports an online test or a deployment of the work itself."""
    return bool(live_claims(brief)) or bool({"online_test", "deployed"} & set(brief.rating.features))


def has_ab(brief: Brief) -> bool:
    return any(c.evidence == "online_ab" for c in live_claims(brief)) or "online_test" in brief.rating.features


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def overview(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """The lead: counts, and the threads in the order in which they follow."""
    names = [lowered(t.theme) for t in o.threads]
    online, cites = o.census.with_online_ab, [b.item.id for b in o.briefs]
    slots: dict[str, object] = {"published": o.census.published, "in_scope": o.census.in_scope, "period": o.period, "online": online,
             "report": "reports" if online == 1 else "report"}  # fmt: skip
    if names:
        text = p.fill(
            "weekly_lead", o.period, **slots, names=listed(names), carry="stands" if len(names) == 1 else "stand"
        )
    else:
        text = p.fill("weekly_lead_bare", o.period, **slots)
    return (sentence("derived", text, cites, rule="computed:census", inputs=slots),)


def threads(p: Patterns, o: Outline) -> tuple[Thread, ...]:
    return tuple(_thread(p, o, t) for t in o.threads)


def _thread(p: Patterns, o: Outline, t: ThreadOutline) -> Thread:
    members = next(briefs for name, briefs in o.themes if name == t.theme)
    online = sum(is_live(b) for b in members)
    slots: dict[str, object] = {
        "theme": t.theme,
        "theme_l": lowered(t.theme),
        "n": len(members),
        "total": o.census.published,
        "online": online,
        "have": _have(online),
    }
    parts = [
        sentence(
            "derived",
            p.fill("thread_open", o.period + t.id, **slots),
            [b.item.id for b in members],
            rule="computed:theme",
            inputs=slots,
        )
    ]
    if t.from_:
        text = p.fill("thread_move", o.period + t.id, **{"from": t.from_, "to": t.to})
        parts.append(
            sentence(
                "derived",
                text,
                [b.item.id for b in t.briefs],
                rule="computed:shared_phrases",
                inputs={"from": t.from_, "to": t.to},
            )
        )
    problem = next((q for b in t.briefs for q in b.reading.quotations if q.role == "problem"), None)
    if problem:
        owner = next(b for b in t.briefs if problem in b.reading.quotations)
        text = p.fill("problem", t.id, system=short(owner), quote=problem.text)
        parts.append(sentence("report", text, [owner.item.id], [problem.support], "quoted"))
    parts += [_member(b) for b in t.briefs]
    parts.append(_conclusion(p, o, t))
    return Thread(t.id, {"en": t.theme}, tuple(b.story.id for b in t.briefs), tuple(parts), t.from_, t.to)


def _member(b: Brief) -> Sentence:
    """Organisation, system, what it is, one signed figure with its evidence."""
    claims = live_claims(b)[:1]
    org = organisation(b)
    who = f"{org}'s {short(b)}" if org and not short(b).startswith(org) and org not in short(b) else short(b)
    if claims:
        text = f"{who} reports {figures(claims)} ({LEVELS[claims[0].evidence]})."
    elif is_live(b):
        text = f"{who} is live by its authors' account, without a figure in the text read here."
    else:
        text = f"{who} has offline evidence."
    supports = [s for c in claims for s in c.supports] + [x.support for x in b.reading.organisations if x.name == org]
    return sentence("report", text, [b.item.id], supports, "composed:member")


def _conclusion(p: Patterns, o: Outline, t: ThreadOutline) -> Sentence:
    live = [b for b in t.briefs if is_live(b)]
    rest = [b for b in t.briefs if not is_live(b)]
    name, a, b = (
        ("thread_end_live", live[0], live[1]) if len(live) >= 2
        else ("thread_end_half", live[0], rest[0]) if live
        else ("thread_end_off", rest[0], rest[1])
    )  # fmt: skip
    text = p.fill(name, o.period + t.id, a=short(a), b=short(b), theme_l=lowered(t.theme))
    return sentence("synthesis", text, [a.item.id, b.item.id], rule=f"pattern:{name}")


def section(p: Patterns, theme: str, briefs: Sequence[Brief], period: str) -> tuple[Sentence, ...]:
    """What the papers share and how strong they are; then the problem in one paper's words."""
    online = sum(is_live(b) for b in briefs)
    count = {f"r{r}": sum(b.rating.rating == r for b in briefs) for r in (5, 4, 3)}
    slots: dict[str, object] = {
        "n": len(briefs),
        "online": online,
        "have": _have(online),
        "theme": theme,
        "theme_l": lowered(theme),
        **count,
    }
    name = "section_open" if theme else "rest_open"
    parts = [
        sentence(
            "derived",
            p.fill(name, period + theme, **slots),
            [b.item.id for b in briefs],
            rule="computed:section",
            inputs=slots,
        )
    ]
    if theme:
        # the best paper's own problem stands in its paragraph; the opener quotes another's
        for b in sorted(briefs, key=lambda b: (b.rating.rating >= 5, -b.rating.rating, b.story.id)):
            q = next((q for q in b.reading.quotations if q.role == "problem"), None)
            if q:
                parts.append(
                    sentence(
                        "report",
                        p.fill("problem", period + b.story.id, system=short(b), quote=q.text),
                        [b.item.id],
                        [q.support],
                        "quoted",
                    )
                )
                break
    return tuple(parts)


def takeaways(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """Five lines, each with its evidence: papers with live figures first, then data sets, then the rest."""

    def weight(b: Brief) -> int:
        return (
            0
            if live_claims(b)
            else 1
            if "data_set" in b.rating.features and b.rating.rating >= 4
            else 2
            if is_live(b)
            else 3
        )

    return tuple(_takeaway(p, o, b) for b in sorted(o.briefs, key=weight)[:5])


def _takeaway(p: Patterns, o: Outline, b: Brief) -> Sentence:
    claims, place = live_claims(b)[:2], o.period + b.story.id
    same = [c for c in claims if c.evidence == claims[0].evidence]
    slots = {"system": short(b), "at": at(b)}
    if same:
        level = LEVELS[same[0].evidence]
        text = p.fill(
            "takeaway_figure", place, **slots, figures=figures(same), level=level, level_c=level[:1].upper() + level[1:]
        )
    elif is_live(b):
        text = p.fill("takeaway_live", place, **slots)
    elif "data_set" in b.rating.features and b.rating.rating >= 4:
        text = p.fill("takeaway_data", place, **slots)
    else:
        text = p.fill("takeaway_idea", place, **slots)
    return sentence("report", text, [b.item.id], [s for c in same for s in c.supports], "composed:takeaway")


def watch(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """Up to three bullets over at least two picks each, from what the records hold or lack."""
    found: list[Sentence] = []
    used: set[str] = set()
    for theme, briefs in o.themes:
        live, rest = [b for b in briefs if is_live(b)], [b for b in briefs if not is_live(b)]
        name, pair = ("watch_repeat", live[:2]) if len(live) >= 2 else ("watch_untested", rest[:2])
        if theme and len(pair) == 2 and len(found) < 3:
            found.append(_bullet(p, o, name, pair, theme))
            used |= {b.story.id for b in pair}
    coded = [b for b in o.briefs if "code" in b.rating.features and b.story.id not in used]
    if len(coded) >= 2 and len(found) < 3:
        found.append(_bullet(p, o, "watch_code", coded[:2], ""))
    return tuple(found)


def _bullet(p: Patterns, o: Outline, name: str, pair: Sequence[Brief], theme: str) -> Sentence:
    low = lowered(theme)
    slots: dict[str, object] = {
        "a": short(pair[0]),
        "b": short(pair[1]),
        "theme": theme,
        "theme_l": low,
        "theme_l_c": low[:1].upper() + low[1:],
    }
    return sentence(
        "derived",
        p.fill(name, o.period + theme, **slots),
        [b.item.id for b in pair],
        rule=f"computed:{name}",
        inputs=slots,
    )


def daily(p: Patterns, o: Outline) -> tuple[Sentence, ...]:
    """The lead of a daily: how many items, how many stories, which one first, and what is featured beside it."""
    if not o.briefs:
        return ()
    first, *others = [f"\u201c{b.item.entry.title.rstrip('.')}\u201d" for b in o.briefs[:3]]
    seen = sum(o.census.seen.values())
    slots: dict[str, object] = {
        "published": o.census.published,
        "seen": seen,
        "first": first,
        "more": len(o.briefs) - 1,
    }
    cites = [b.item.id for b in o.briefs[:3]]
    parts = [
        sentence("derived", p.fill("daily_lead", o.period, **slots), cites[:1], rule="computed:census", inputs=slots)
    ]
    if others:
        text = p.fill("daily_next", o.period, names=listed(others))
        parts.append(sentence("derived", text, cites[1:], rule="computed:order", inputs={"names": listed(others)}))
    return tuple(parts)
