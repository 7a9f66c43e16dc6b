"""The form of a weekly made of news: the rated stories of the week by subject, the largest subjects as narratives.

It is made of what the days' runs have rated and read, not of what dailies printed: what no daily had room for is in it,
and what a week shows of a story is its whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from digester.analysis import headings, news_subjects
from digester.analysis.rating import most_fives
from digester.analysis.selection import Chosen, choose
from digester.domain.entries import subject_of
from digester.domain.issue import Census, Pick, Section, Text
from digester.domain.model import Story
from digester.pipeline import left, news_daily, retold, tellings
from digester.pipeline.compose import Desk, briefs, few_fives, pick
from digester.pipeline.draft import Draft
from digester.ports import Brief, Outline, Store, Told

SECTIONS, LEAST, LONG = 5, 3, 2  # named sections; stories of one; stories of it with all that tell them
BEST = 5
PER_SOURCE = 6
FURTHER, ALL = "Further stories", "Stories of the week"
COLON = {"zh": "："}
Groups = list[tuple[str, tuple[Brief, ...]]]


def draft(desk: Desk, store: Store, stories: Sequence[Story]) -> tuple[Draft, tuple[Brief, ...]]:
    found = briefs(desk, store, stories)
    news = [b for b in found if b.item.entry.kind == "article"]
    known = retold.known(desk)
    candidates = {b.story.id: news_daily.candidate(desk, store, b, known) for b in news}
    chosen = choose(list(candidates.values()), minimum_rating=3, most=desk.kind.maximum, per_source=PER_SOURCE)
    by_id = {b.story.id: retold.marked(b, candidates[b.story.id]) for b in news}
    kept = few_fives([by_id[i] for i in chosen.kept], most_fives(len(chosen.kept)))
    kept = sorted(tellings.found(desk, store, kept), key=lambda b: -b.rating.rating)
    groups = _groups(desk, kept)
    left_out = _left_out(desk, store, stories, news, chosen)
    census = _census(desk, kept, left_out)
    named = tuple((name, members) for name, members in groups if name)
    outline = Outline(desk.kind.slug, desk.period, census, tuple(kept), named, (), desk.kind.languages, "news")
    overview, _, _ = desk.editor.write_weekly(outline)
    threads = desk.editor.write_threads(outline)
    openers, heads = desk.editor.write_sections(groups, outline), desk.editor.headlines(kept, desk.kind.languages)
    sections = tuple(
        _section(desk, i, name, members, opener if named else (), heads)  # nothing to stand beside: nothing further
        for i, ((name, members), opener) in enumerate(zip(groups, openers, strict=True))
    )
    everything = (*found, *news_daily.others(desk, store, kept))
    return Draft(tuple(kept), overview, (), threads, sections, (), census, left_out), everything


def _groups(desk: Desk, kept: Sequence[Brief]) -> Groups:
    """Stories by the sections that the kind asks for, in its order; else by subject, what matters most first, and
    subjects of fewer than three stories join the rest."""
    found: dict[str, list[Brief]] = {}
    for b in kept:
        found.setdefault(_subject(desk, b), []).append(b)
    large = [(name, tuple(members)) for name, members in found.items() if name and len(members) >= LEAST]
    large.sort(key=lambda g: (-_best(g[1]), -sum(b.rating.rating >= 4 for b in g[1]), -len(g[1]), g[0]))
    asked = [c.heading["en"] for c in desk.kind.corners]
    named = [(name, tuple(found[name])) for name in asked if name in found] if asked else large[:SECTIONS]
    mine = {b.story.id for _, members in named for b in members}
    rest = tuple(b for b in kept if b.story.id not in mine)
    return [*named, *([("", rest)] if rest else [])]


def _best(group: Sequence[Brief]) -> int:
    return max(b.rating.rating for b in group)


def _subject(desk: Desk, b: Brief) -> str:
    if desk.kind.corners:
        return desk.corner(b.evidence.passages[0].text[: news_subjects.LEAD])
    return news_daily.subject(b)


def _section(
    desk: Desk, i: int, theme: str, group: Sequence[Brief], opener: Told, heads: Mapping[str, Text]
) -> Section:
    """A subject under a heading that makes a claim, that of its strongest story; what a kind asks for has its own."""
    told = [(b, desk.editor.write_pick(b, _length(b, n, theme))) for n, b in enumerate(group)]
    picks = tuple(pick(desk, b, sentences, heads) for b, sentences in told)
    asked = desk.heading(theme)
    name = asked or desk.editor.term(theme or (FURTHER if opener else ALL))
    heading = _claim(name, group, picks, heads) if theme and not asked else name
    return Section(f"theme-{i + 1}" if theme else "further", heading, opener, picks, theme or None)


def _length(b: Brief, n: int, theme: str) -> Literal["long", "medium", "line"]:
    """A 5 is told at length wherever it stands, of the others the first of a subject."""
    if b.rating.rating == BEST:
        return "long"
    return "medium" if n < LONG and theme else "line"


def _claim(name: Text, group: Sequence[Brief], picks: Sequence[Pick], heads: Mapping[str, Text]) -> Text:
    """`Models: Orrelune releases Ostrelith 3`, by the first story of the group that says who does what, in the language of
    the page; in Chinese else by the terms of the first story, never by an English title."""
    made = {}
    for language, subject in name.items():
        stories = [(heads[b.story.id].get(language, ""), _said(b, language)) for b in group]
        found = headings.claim(stories, language)
        found = found or _terms(picks[0].facts.get(f"keywords.{language}", ""), subject)
        made[language] = f"{subject}{COLON.get(language, ': ')}{found}" if found else subject
    return made


def _said(b: Brief, language: str) -> list[str]:
    """What is quoted of the story in this language, else in its own."""
    return [q.text for q in (b.tellings[language].quotations if language in b.tellings else b.reading.quotations)]


def _terms(listed: str, subject: str) -> str:
    """The terms of a story but for those that the subject says already."""
    return "、".join(t for t in listed.split("、") if t and t not in subject)


# ------------------------------------------------------------------ counts
def _left_out(
    desk: Desk, store: Store, stories: Sequence[Story], news: Sequence[Brief], chosen: Chosen
) -> left.Left:  # fmt: skip
    articles = {subject_of(i) for i in desk.items.values() if i.entry.kind == "article"}
    ratings = store.ratings(articles, desk.kind.rubric)
    return left.gathered((*left.chosen_out(chosen, news), *left.stories(stories, desk.items, ratings, news)))


def _census(desk: Desk, kept: Sequence[Brief], left_out: left.Left) -> Census:
    seen = sum(i.entry.kind == "article" for i in desk.items.values())
    rated = {str(r): sum(b.rating.rating == r for b in kept) for r in (5, 4, 3)}
    return Census(0, {}, 0, len(kept), rated, 0, 0, 0, left.counts(left_out), {"articles": seen})
