"""Sentences over several stories: overview, threads, section openers, takeaways, what to watch.

Counts are `derived` (rule and inputs stored), conclusions are `synthesis` over at least two cited picks. Each is
planned once over the records and worded by every voice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digester.domain.issue import Sentence, Thread
from digester.domain.model import Quotation
from digester.editors import mechanism, problems
from digester.editors.composing import Voices, problem, sentence, told
from digester.editors.naming import has_ab, is_data, is_live, live_claims, organisation, tried
from digester.editors.voice import Slots, Voice, each, say
from digester.ports import Brief, Outline, ThreadOutline

THREAD_PAPERS = 3  # told in an overview; the theme's section tells them all


def derived(
    voices: Voices, name: str, place: str, turn: int, briefs: Sequence[Brief], rule: str, slots: Slots,
    given: Mapping[str, object] | None = None,
) -> Sentence:  # fmt: skip
    """A computed sentence with everything it was filled with; what a language says otherwise stands beside it."""
    text = say(voices, name, place, turn, slots)
    inputs: dict[str, object] = dict(given or {})
    for v in voices:
        inputs |= {k if inputs.get(k, w) == w else f"{k}.{v.language}": w for k, w in slots(v).items()}
    return sentence("derived", text, [b.item.id for b in briefs], rule=f"computed:{rule}", inputs=inputs)


def _verbs(n: int) -> dict[str, str]:
    return {"have": "has" if n == 1 else "have", "report": "reports" if n == 1 else "report"}


# --------------------------------------------------------------- overview
def overview(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """The lead: counts, and the threads in the order in which they follow."""
    c, names = o.census, [t.theme for t, _ in _told(o)]

    def slots(v: Voice) -> Mapping[str, object]:
        threads = {"names": v.listed([v.theme(n) for n in names]), "carry": "stands" if len(names) == 1 else "stand"}
        return {
            "published": c.published, "in_scope": c.in_scope, "period": o.period, "online": c.with_online_ab,
            "report": _verbs(c.with_online_ab)["report"], **(threads if names else {}),
        }  # fmt: skip

    lead = derived(voices, "weekly_lead" if names else "weekly_lead_bare", o.period, 0, o.briefs, "census", slots)
    return (lead, *_lowered(voices, o))


def _lowered(voices: Voices, o: Outline) -> list[Sentence]:
    """Why papers with the evidence of a 5 print as 4: said once for all, their cards only name it."""
    few = [b for b in o.briefs if b.lowered]
    told = derived(voices, "lowered", o.period, 0, few, "lowered", lambda v: {"n": len(few)}, {"scale": "5 4"})
    return [told] if few else []


def threads(voices: Voices, o: Outline) -> tuple[Thread, ...]:
    return tuple(_thread(voices, o, t, papers, i) for i, (t, papers) in enumerate(_told(o)))


def _told(o: Outline) -> list[tuple[ThreadOutline, tuple[Brief, ...]]]:
    """The threads with the papers that they tell: those of which can be said how they work. A thread that is left with
    one paper, one organisation, none rated 4 or no problem to begin with is not told (EDITORIAL, checklist 2 and 3: never forced). A day's trend may have
    papers whose organisations are not known, but not two papers of one."""
    found = []
    for t in o.threads:
        papers = tuple(b for b in t.briefs if mechanism.of(b))[:THREAD_PAPERS]
        named = [org for b in papers if (org := organisation(b))]
        several = len(set(named)) >= 2 or (o.cadence == "daily" and len(named) < 2)
        if len(papers) >= 2 and max(b.rating.rating for b in papers) >= 4 and several and _has_problem(o, t):
            found.append((t, papers))
    return found


def _has_problem(o: Outline, t: ThreadOutline) -> bool:
    """Where the thread comes from, or what its papers say is wrong today."""
    papers = (*t.briefs, *_members(o, t.theme))
    return bool(t.from_ or problems.shared(papers, t.theme)[0] or problems.first(papers))


def _thread(voices: Voices, o: Outline, t: ThreadOutline, papers: tuple[Brief, ...], turn: int) -> Thread:
    members = _members(o, t.theme)
    online = sum(is_live(b) for b in members)

    def slots(v: Voice) -> Mapping[str, object]:
        return {
            "theme": t.theme if v.language == "en" else v.theme(t.theme), "theme_l": v.theme(t.theme), "n": len(members),
            "total": o.census.published, "online": online, **_verbs(online),
        }  # fmt: skip

    parts = [derived(voices, "thread_open", o.period, turn, members, "theme", slots)]
    parts += _history(voices, o.period, turn, t, members)
    parts += [_move(voices, o.period, t, turn)] if t.from_ else _shared(voices, o.period, turn, t.theme, members)
    parts += _quoted(voices, o.period, turn, problems.first((*t.briefs, *members)))
    parts += [_member(voices, o.period, b, t.theme, turn + i) for i, b in enumerate(papers)]
    parts += _relation(voices, o.period, turn, t.theme, papers)
    parts.append(_conclusion(voices, o.period, turn, t.theme, papers))
    name = each(voices, lambda v: t.theme if v.language == "en" else v.theme(t.theme))
    return Thread(t.id, name, tuple(b.story.id for b in papers), tuple(parts), t.from_, t.to)


def _members(o: Outline, theme: str) -> tuple[Brief, ...]:
    return next(briefs for name, briefs in o.themes if name == theme)


def _history(voices: Voices, period: str, turn: int, t: ThreadOutline, members: Sequence[Brief]) -> list[Sentence]:
    """What changed since the theme last stood in an issue, or that it is new; nothing where no earlier issue is kept."""
    counts = {"weeks": t.weeks, "since": t.since, "before": t.before, "back": t.back, "n": len(members)}
    if not t.back:
        return []
    name = "thread_again" if t.weeks > 1 else "thread_back" if t.before else "thread_new"

    def slots(v: Voice) -> Mapping[str, object]:
        return {**counts, "theme_l": v.theme(t.theme)}

    return [derived(voices, name, period, turn, members, "continuity", slots)]


def _relation(voices: Voices, place: str, turn: int, theme: str, papers: Sequence[Brief]) -> list[Sentence]:
    """How the first papers of the thread stand to one another, as far as their records say it: the same problem only
    where both name it with the same words."""
    first, *others = papers
    if is_data(first) or not is_live(first):
        return []
    for b in others:
        if not is_data(b):
            problem_, _ = problems.shared((first, b), theme)
            name = "relation_opposite" if not is_live(b) else "relation_same" if problem_ else "relation_apart"
            return [synthesis(voices, name, place, turn, (first, b), theme, problem_)]
    return []


def _shared(voices: Voices, place: str, turn: int, theme: str, briefs: Sequence[Brief]) -> list[Sentence]:
    """The words that at least two of the papers have for what is wrong today; nothing where no two share any."""
    phrase, holders = problems.shared(briefs, theme)

    def slots(v: Voice) -> Mapping[str, object]:
        return {"problem": phrase if v.language == "en" else v.theme(phrase), "several": len(holders)}

    return [derived(voices, "shared_problem", place, turn, holders, "shared_problem", slots)] if phrase else []


def _move(voices: Voices, period: str, t: ThreadOutline, turn: int) -> Sentence:
    def slots(v: Voice) -> Mapping[str, object]:
        both = (t.from_, t.to) if v.language == "en" else (v.theme(t.from_), v.theme(t.to))
        return {"from": both[0], "to": both[1]}

    return derived(voices, "thread_move", period, turn, t.holders, "shared_phrases", slots, {"least": 2})


def _quoted(voices: Voices, place: str, turn: int, found: tuple[Brief, Quotation] | None) -> list[Sentence]:
    """The problem in the words of one paper."""
    return [problem(voices, *found, place, turn)] if found else []


def _member(voices: Voices, place: str, b: Brief, theme: str, turn: int) -> Sentence:
    """Organisation, system, and one signed figure with its evidence."""
    claims = live_claims(b)[:1]
    name = "member_figure" if claims else "member_live" if tried(b) else "member_bare"
    text = say(
        voices, name, place, turn, lambda v: told(v, b, claims) | {"subject": v.whose(b), "what": v.what(b, theme)}
    )
    org = organisation(b)
    supports = [s for c in claims for s in c.supports] + [x.support for x in b.reading.organisations if x.name == org]
    return sentence("report", text, [b.item.id], supports, "composed:member")


def _conclusion(voices: Voices, place: str, turn: int, theme: str, papers: Sequence[Brief]) -> Sentence:
    """What follows for a team: papers with figures from live traffic speak first, data sets not at all."""
    tested = sorted((b for b in papers if is_live(b)), key=lambda b: not live_claims(b))
    rest = sorted((b for b in papers if not is_live(b)), key=is_data)
    if len(tested) >= 2:
        name, a, b = "thread_end_live", tested[0], tested[1]
    elif tested and rest:
        name, a, b = "thread_end_half", tested[0], rest[0]
    else:
        name, a, b = "thread_end_off", papers[0], papers[1]
    return synthesis(voices, name, place, turn, (a, b), theme)


def synthesis(
    voices: Voices, name: str, place: str, turn: int, pair: Sequence[Brief], theme: str, phrase: str = ""
) -> Sentence:
    """The editor's reading over two picks; the theme's name is an input, for what it holds of capitals, and so is the
    phrase that both share."""

    def slots(v: Voice) -> Mapping[str, object]:
        own = theme if v.language == "en" else v.theme(theme)
        return {"a": v.name(pair[0]), "b": v.name(pair[1]), "theme": own, "theme_l": v.theme(theme) if theme else "",
                "phrase": phrase if v.language == "en" or not phrase else v.theme(phrase)}  # fmt: skip

    inputs: dict[str, object] = (
        {"theme" if v.language == "en" else f"theme.{v.language}": slots(v)["theme"] for v in voices} if theme else {}
    )
    if phrase:
        inputs |= {"phrase" if v.language == "en" else f"phrase.{v.language}": slots(v)["phrase"] for v in voices}
    text = say(voices, name, place, turn, slots)
    return sentence("synthesis", text, [b.item.id for b in pair], rule=f"pattern:{name}", inputs=inputs)


# ---------------------------------------------------------------- section
def section(voices: Voices, theme: str, briefs: Sequence[Brief], o: Outline, turn: int) -> tuple[Sentence, ...]:
    """How many papers of which rating and evidence; then the problem: in words that they share, and in one's own words."""
    online = sum(is_live(b) for b in briefs)
    rated = {r: n for r in (5, 4, 3) if (n := sum(b.rating.rating == r for b in briefs))}

    def slots(v: Voice) -> Mapping[str, object]:
        own = theme if v.language == "en" or not theme else v.theme(theme)
        return {"n": len(briefs), "online": online, "theme": own, "theme_l": v.theme(theme) if theme else "",
                "ratings": v.ratings(rated), "have": _verbs(online)["have"]}  # fmt: skip

    name = "section_open" if theme else "rest_open"
    parts = [derived(voices, name, o.period, turn, briefs, "section", slots, {f"r{r}": k for r, k in rated.items()})]
    if not theme:
        return tuple(parts)
    parts += _shared(voices, o.period, turn + 3, theme, briefs)
    # what the overview quotes is not quoted again; the best paper's own problem stands in its paragraph
    told, (_, holders) = {b.item.id for b, _ in _opened(o)}, problems.shared(briefs, theme)
    others = sorted(briefs, key=lambda b: (b.rating.rating >= 5, b not in holders, -b.rating.rating, b.story.id))
    return (*parts, *_quoted(voices, o.period, turn + 3, problems.first(others, told)))


def _opened(o: Outline) -> list[tuple[Brief, Quotation]]:
    """The papers whose problem sentences open the threads."""
    found = (problems.first((*t.briefs, *_members(o, t.theme))) for t, _ in _told(o))
    return [f for f in found if f]


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
    text = say(voices, name, o.period, turn, lambda v: told(v, b, same) | {"system": v.name(b), "at": v.at(b)})
    return sentence("report", text, [b.item.id], [s for c in same for s in c.supports], "composed:takeaway")


# ------------------------------------------------------------------ daily
def daily(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """The lead of a daily: how many items, how many stories, which one first, and what is told beside it."""
    if not o.briefs:
        return ()
    first, *others = o.briefs[:3]
    counts = {"published": o.census.published, "seen": sum(o.census.seen.values()), "more": len(o.briefs) - 1}

    def lead(v: Voice) -> Mapping[str, object]:
        return {**counts, "first": v.called(first)}

    def rest(v: Voice) -> Mapping[str, object]:
        return {"names": v.listed([v.called(b) for b in others])}

    parts = [derived(voices, "daily_lead", o.period, 0, o.briefs[:1], "census", lead)]
    if others:
        parts.append(derived(voices, "daily_next", o.period, 0, o.briefs[1:3], "order", rest))
    return tuple(parts)


__all__ = ["daily", "has_ab", "overview", "section", "takeaways", "threads"]
