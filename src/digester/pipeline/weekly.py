"""The form of an issue made of papers: themes as sections, threads in the overview, evidence in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from digester.analysis import phrases, roles, themes, threads
from digester.analysis.continuity import EarlierTheme, continued
from digester.analysis.rating import most_fives
from digester.analysis.selection import Candidate, choose
from digester.domain.entries import subject_of
from digester.domain.ids import theme_id
from digester.domain.issue import Census, Section, Text, Thread
from digester.domain.model import Batch, Rating, Story
from digester.pipeline import archive, left, retold
from digester.pipeline.compose import Desk, briefs, few_fives, pick
from digester.pipeline.draft import Draft
from digester.ports import Brief, Outline, Store, ThreadOutline, Told

LENGTHS = {5: "long", 4: "medium"}
LIVE = ("online_ab", "deployed")
THEMES, BACKGROUND = 4, 4  # themes of an issue; weeks of the archive that say which words are everybody's
DATA_SETS = "Data Sets and Benchmarks"
FURTHER = "Further papers"


def draft(desk: Desk, store: Store, stories: Sequence[Story]) -> tuple[Draft, tuple[Brief, ...]]:
    ratings = store.ratings({subject_of(i) for i in desk.items.values()}, desk.kind.rubric)
    candidates = briefs(desk, store, stories)
    told = retold.known(desk)
    ranked = {b.story.id: _candidate(desk, store, b, told) for b in candidates}
    chosen = choose(list(ranked.values()), minimum_rating=3, most=desk.kind.maximum)
    by_id = {b.story.id: retold.marked(b, ranked[b.story.id]) for b in candidates}
    kept = few_fives([by_id[i] for i in chosen.kept], most_fives(len(chosen.kept)))
    kept.sort(key=lambda b: -b.rating.rating)  # a 5 that prints as 4 stands behind those that stay
    groups = _themes(desk, store, kept)
    left_out = left.papers(desk.items, ratings, candidates, chosen)
    census = _census(desk, store, kept, ratings, left_out)
    named = tuple((name, members) for name, members in groups if name)
    outline = Outline(
        desk.kind.slug, desk.period, census, tuple(kept), named, _threads(desk, named), desk.kind.languages
    )
    overview, takeaways, watch = desk.editor.write_weekly(outline)
    openers, heads = desk.editor.write_sections(groups, outline), desk.editor.headlines(kept)
    sections = tuple(
        _section(desk, i, name, members, opener, heads)
        for i, ((name, members), opener) in enumerate(zip(groups, openers, strict=True))
    )
    return Draft(tuple(kept), overview, takeaways, _written(desk, outline), sections, watch, census, left_out), tuple(
        candidates
    )


def _candidate(desk: Desk, store: Store, b: Brief, known: Mapping[str, str]) -> Candidate:
    """Papers of one rating by their points, more live figures and who else tells of them; the last is no part of the
    stored rating, for it changes from run to run."""
    live = sum(1 for c in b.reading.claims if c.evidence in LIVE and c.sign)
    rank = sum(b.rating.features.values()) + min(live, 4) * 0.5 + min(len({name for name, _, _ in b.also}), 4) * 0.3
    told = retold.told_in(known, b)
    new = retold.news_since(desk, store, b, told) if told else ""
    organisations = [o.name for o in b.reading.organisations if o.kind == "industry"]
    subjects = phrases.subjects(b.evidence.passages[0].text)
    traits = (*(f"organisation {o}" for o in organisations[:1]), *(f"subject {s}" for s in subjects[:1]))
    return Candidate(b.story.id, b.rating.rating, rank, b.item.source_id, told, new, traits)


def _themes(desk: Desk, store: Store, kept: Sequence[Brief]) -> list[tuple[str, tuple[Brief, ...]]]:
    """(theme, briefs best first); the leftover group has the empty name and stands last."""
    by_id = {b.story.id: b for b in kept}
    texts = {i: b.evidence.passages[0].text for i, b in by_id.items()}
    days = desk.window.listing_days
    field = archive.in_scope(store, desk.kind, (*archive.days_before(days, BACKGROUND), *days))
    background = Counter(k for item in field for k in phrases.candidates(archive.text_of(item)))
    found = themes.group(
        texts, {i: b.item.entry.title for i, b in by_id.items()}, {i: float(b.rating.rating) for i, b in by_id.items()},
        background, len(field), most=THEMES,
    )  # fmt: skip
    named = [(g.name, tuple(by_id[m] for m in g.members)) for g in found]
    # what matters most stands first: the theme with the best papers, not the one with the most
    return sorted(named, key=lambda g: (not g[0], -sum(b.rating.rating == 5 for b in g[1]), -len(g[1]), g[0]))


def _threads(desk: Desk, named: Sequence[tuple[str, tuple[Brief, ...]]]) -> tuple[ThreadOutline, ...]:
    """Threads over the themes; data sets are what papers are tested on, not a line of development."""
    members = {name: [_member(b) for b in group] for name, group in named if name != DATA_SETS}
    by_id = {b.story.id: b for _, group in named for b in group}
    before = _earlier(desk)
    made = []
    for theme, chosen in threads.order(members):
        step = threads.move(chosen, theme)
        holders = tuple(by_id[i] for i in step.holders)
        refs = {r for name, group in named if name == theme for b in group for r in b.item.refs}
        past = continued(theme, refs, before)
        made.append(ThreadOutline(
            theme_id(desk.kind.slug, desk.period, theme), theme, step.from_, step.to, tuple(by_id[m.id] for m in chosen),
            holders, past.weeks, past.since, past.before, len(desk.earlier), past.previous_id,
        ))  # fmt: skip
    return tuple(made)


def _earlier(desk: Desk) -> list[EarlierTheme]:
    """The themes of the earlier issues: their sections, whether they had a thread or not."""
    length = timedelta(days=7 if desk.kind.cadence == "weekly" else 1)
    return [
        EarlierTheme(
            theme_id(i.kind, i.period, s.theme), s.theme, i.period, round((desk.window.end - i.window.end) / length),
            frozenset(r for p in s.picks for r in retold.refs_of(p)),
        )
        for i in desk.earlier for s in i.sections if s.theme
    ]  # fmt: skip


def _written(desk: Desk, outline: Outline) -> tuple[Thread, ...]:
    """The threads as the editor writes them, each with the theme that it continues."""
    previous = {t.id: t.previous_id for t in outline.threads}
    return tuple(replace(t, previous_id=previous.get(t.id, "")) for t in desk.editor.write_threads(outline))


def _member(b: Brief) -> threads.Member:
    """A paper with its first organisation, a company's before others."""
    named = sorted(b.reading.organisations, key=lambda o: o.kind != "industry")
    abstract = b.evidence.passages[0]
    problem, mechanism = roles.of_the_existing(abstract), roles.all_of("mechanism", abstract, 1.0)
    org = named[0].name if named else ""
    return threads.Member(b.story.id, b.rating.rating, org, problem, mechanism, b.item.entry.title)


def _section(
    desk: Desk, i: int, theme: str, group: Sequence[Brief], opener: Told, heads: Mapping[str, Text]
) -> Section:
    told = ((b, desk.editor.write_pick(b, LENGTHS.get(b.rating.rating, "line"))) for b in group)  # type: ignore[arg-type]
    picks = tuple(pick(desk, b, sentences, heads) for b, sentences in told)
    return Section(
        f"theme-{i + 1}" if theme else "further", desk.editor.term(theme or FURTHER), opener, picks, theme or None
    )


def _census(
    desk: Desk,
    store: Store,
    kept: Sequence[Brief],
    ratings: Mapping[str, Sequence[Rating]],
    left_out: left.Left,
) -> Census:
    batches = [b for b in store.batches_on(desk.window.listing_days) if b.route == "listing"]
    announced = {i for b in batches for i in b.announced_ids}
    newest = {s: rs[-1] for s, rs in ratings.items()}
    in_scope = sum(r.in_scope for r in newest.values())
    return Census(
        len(announced), _by_category(batches), in_scope, len(kept),
        {str(r): sum(b.rating.rating == r for b in kept) for r in (5, 4, 3)},
        sum(_has_ab(b) for b in kept), sum(any(o.kind == "industry" for o in b.reading.organisations) for b in kept),
        sum(b.rating.level == "abstract" for b in kept), left.counts(left_out), {"papers": len(desk.items)},
    )  # fmt: skip


def _by_category(batches: Sequence[Batch]) -> dict[str, int]:
    found: dict[str, set[str]] = {}
    for b in batches:
        found.setdefault(b.category, set()).update(b.announced_ids)
    return {c: len(ids) for c, ids in sorted(found.items())}


def _has_ab(b: Brief) -> bool:
    return any(c.evidence == "online_ab" and c.sign for c in b.reading.claims) or "online_test" in b.rating.features
