"""The overview: a lead, and threads that say where a line comes from and goes, its papers, how they stand to one another
and what follows. What there is no room for is left out in a fixed order, so that an overview keeps its length by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from digester.analysis.lint import BOUNDED_THREADS, LONGEST_OVERVIEW
from digester.domain.issue import Sentence, Thread
from digester.domain.model import Quotation
from digester.domain.text import word_count
from digester.editors import conclusions, mechanism, problems
from digester.editors.composing import Voices, problem, sentence, told
from digester.editors.naming import is_data, is_live, live_claims, organisation, tried
from digester.editors.stating import derived, synthesis
from digester.editors.voice import Voice, each, say
from digester.ports import Brief, Outline, ThreadOutline

THREAD_PAPERS = 3  # told in an overview; the theme's section tells them all


@dataclass(frozen=True)
class Plan:
    """What is told of a thread: its papers, those of its theme, the conclusion over two, and what can be spared."""

    outline: ThreadOutline
    papers: tuple[Brief, ...]
    members: tuple[Brief, ...]
    conclusion: conclusions.Conclusion
    quote: tuple[Brief, Quotation] | None
    relation: bool = True

    @property
    def theme(self) -> str:
        return self.outline.theme


# -------------------------------------------------------------------- lead
def overview(voices: Voices, o: Outline) -> tuple[Sentence, ...]:
    """The lead: counts, and the threads in the order in which they follow."""
    return _lead(voices, o, [p.theme for p in plans(voices, o)])


def _lead(voices: Voices, o: Outline, names: Sequence[str]) -> tuple[Sentence, ...]:
    c = o.census

    def slots(v: Voice) -> Mapping[str, object]:
        threads = {"names": v.listed([v.theme(n) for n in names]), "carry": "stands" if len(names) == 1 else "stand"}
        return {
            "published": c.published, "in_scope": c.in_scope, "period": o.period,
            "tested": v.share("tested", c.with_online_ab, c.published), **(threads if names else {}),
        }  # fmt: skip

    name, given = "weekly_lead" if names else "weekly_lead_bare", {"online": c.with_online_ab}
    return (derived(voices, name, o.period, 0, o.briefs, "census", slots, given), *_lowered(voices, o))


def _lowered(voices: Voices, o: Outline) -> list[Sentence]:
    """Why papers with the evidence of a 5 print as 4: said once for all, their cards only name it."""
    few = [b for b in o.briefs if b.lowered]
    told = derived(voices, "lowered", o.period, 0, few, "lowered", lambda v: {"n": len(few)}, {"scale": "5 4"})
    return [told] if few else []


# ----------------------------------------------------------------- threads
def threads(voices: Voices, o: Outline) -> tuple[Thread, ...]:
    return tuple(
        Thread(
            p.outline.id, each(voices, lambda v, t=p.theme: t if v.language == "en" else v.theme(t)),  # type: ignore[misc]
            tuple(b.story.id for b in p.papers), _sentences(voices, o, p, i), p.outline.from_, p.outline.to,
        )
        for i, p in enumerate(plans(voices, o))
    )  # fmt: skip


def quoted(voices: Voices, o: Outline) -> set[str]:
    """The items whose problem a thread tells in their own words."""
    return {p.quote[0].item.id for p in plans(voices, o) if p.quote}


def plans(voices: Voices, o: Outline) -> tuple[Plan, ...]:
    """The threads of an outline; those of a weekly with no more than its overview has room for. Three threads are told
    whatever their length, as shortly as they can be."""
    whole = tuple(_planned(o, t, papers) for t, papers in _told(o))
    if o.cadence == "daily" or not whole:
        return whole
    cuts = list(_shorter(whole))
    last = cuts[-1] if len(whole) > BOUNDED_THREADS else whole[:1]
    return next((p for p in cuts if _fits(voices, o, p)), last)


def _planned(o: Outline, t: ThreadOutline, papers: tuple[Brief, ...]) -> Plan:
    members = _members(o, t.theme)
    return Plan(t, papers, members, conclusions.of_papers(papers), problems.first((*t.briefs, *members)))


def _told(o: Outline) -> list[tuple[ThreadOutline, tuple[Brief, ...]]]:
    """The threads with the papers that they tell: those of which can be said how they work. A thread that is left with
    one paper, one organisation, none rated 4 or no problem to begin with is not told (EDITORIAL, checklist 2 and 3: never
    forced). A day's trend may have papers whose organisations are not known, but not two papers of one."""
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


def _members(o: Outline, theme: str) -> tuple[Brief, ...]:
    return next(briefs for name, briefs in o.themes if name == theme)


# ------------------------------------------------------------------ length
def _shorter(given: tuple[Plan, ...]) -> Iterator[tuple[Plan, ...]]:
    """All of it; then without problems in a paper's own words where a thread states one anyway; without relations; without
    the papers that no conclusion is about. What stands last is cut first."""
    yield given
    for cut in (_unquoted, _unrelated, _paired):
        for n in reversed(range(len(given))):
            given = (*given[:n], cut(given[n]), *given[n + 1 :])
            yield given


def _unquoted(p: Plan) -> Plan:
    stated = p.outline.from_ or problems.shared(p.members, p.theme)[0]
    return replace(p, quote=None) if stated else p


def _paired(p: Plan) -> Plan:
    """The two papers of the conclusion, where they make a thread by themselves."""
    ids = {b.story.id for b in p.conclusion.pair}
    pair = tuple(b for b in p.papers if b.story.id in ids)
    several = len({organisation(b) for b in pair} - {""}) >= 2
    return replace(p, papers=pair) if several and max(b.rating.rating for b in pair) >= 4 else p


def _unrelated(p: Plan) -> Plan:
    return replace(p, relation=False)


def _fits(voices: Voices, o: Outline, given: Sequence[Plan]) -> bool:
    told = [*_lead(voices, o, [p.theme for p in given])]
    told += [s for i, p in enumerate(given) for s in _sentences(voices, o, p, i)]
    return all(sum(word_count(s.text[v.language]) for s in told) <= LONGEST_OVERVIEW[v.language] for v in voices)


# --------------------------------------------------------------- sentences
def _sentences(voices: Voices, o: Outline, p: Plan, turn: int) -> tuple[Sentence, ...]:
    t, online = p.outline, sum(is_live(b) for b in p.members)

    def slots(v: Voice) -> Mapping[str, object]:
        return {
            "theme": t.theme if v.language == "en" else v.theme(t.theme), "theme_l": v.theme(t.theme),
            "n": len(p.members), "total": o.census.published, "live": v.share("live", online, len(p.members)),
        }  # fmt: skip

    parts = [derived(voices, "thread_open", o.period, turn, p.members, "theme", slots, {"online": online})]
    parts += _history(voices, o.period, turn, t, p.members)
    parts += [_move(voices, o.period, t, turn)] if t.from_ else shared(voices, o.period, turn, t.theme, p.members)
    parts += [problem(voices, *p.quote, o.period, turn)] if p.quote else []
    parts += [_member(voices, o.period, b, t.theme, turn + i) for i, b in enumerate(p.papers)]
    parts += _relation(voices, o.period, turn, t.theme, p.papers) if p.relation else []
    return (*parts, conclusions.told(voices, o.period, turn, t.theme, p.conclusion))


def _history(voices: Voices, period: str, turn: int, t: ThreadOutline, members: Sequence[Brief]) -> list[Sentence]:
    """What changed since the theme last stood in an issue, or that it is new; nothing where no earlier issue is kept."""
    counts = {"weeks": t.weeks, "since": t.since, "before": t.before, "back": t.back, "n": len(members)}
    if not t.back:
        return []
    name = "thread_again" if t.weeks > 1 else "thread_back" if t.before else "thread_new"

    def slots(v: Voice) -> Mapping[str, object]:
        return {**counts, "theme_l": v.theme(t.theme)}

    return [derived(voices, name, period, turn, members, "continuity", slots)]


def _move(voices: Voices, period: str, t: ThreadOutline, turn: int) -> Sentence:
    def slots(v: Voice) -> Mapping[str, object]:
        both = (t.from_, t.to) if v.language == "en" else (v.theme(t.from_), v.theme(t.to))
        return {"from": both[0], "to": both[1]}

    return derived(voices, "thread_move", period, turn, t.holders, "shared_phrases", slots, {"least": 2})


def shared(voices: Voices, place: str, turn: int, theme: str, briefs: Sequence[Brief]) -> list[Sentence]:
    """The words that at least two of the papers have for what is wrong today; nothing where no two share any."""
    phrase, holders = problems.shared(briefs, theme)

    def slots(v: Voice) -> Mapping[str, object]:
        return {"problem": phrase if v.language == "en" else v.theme(phrase), "several": len(holders)}

    return [derived(voices, "shared_problem", place, turn, holders, "shared_problem", slots)] if phrase else []


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
