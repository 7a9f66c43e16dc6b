"""What the forms made of papers share: which papers are chosen, under which themes they stand, and what is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digester.analysis import phrases, themes
from digester.analysis.rating import most_fives
from digester.analysis.selection import Candidate, choose
from digester.domain.entries import subject_of
from digester.domain.issue import Census, Section, Text
from digester.domain.model import Batch, Rating, Story
from digester.pipeline import archive, left, pointing, retold
from digester.pipeline.compose import Desk, briefs, few_fives, pick
from digester.pipeline.material import wanted
from digester.ports import Brief, Store, Told

LENGTHS = {5: "long", 4: "medium"}
LIVE = ("online_ab", "deployed")
THEMES, BACKGROUND = 4, 4  # themes of an issue; weeks of the archive that say which words are everybody's
FURTHER = "Further papers"
Groups = list[tuple[str, tuple[Brief, ...]]]  # (theme, briefs best first); the leftover group has the empty name


@dataclass(frozen=True)
class Papers:
    """The papers of an issue, best first, with the counts of the day or week; `all` are those that could be printed."""

    kept: tuple[Brief, ...]
    all: tuple[Brief, ...]
    census: Census
    left_out: left.Left


def chosen(desk: Desk, store: Store, stories: Sequence[Story]) -> Papers:
    """Selection by rating and variety; a 5 is rare."""
    ratings = store.ratings({subject_of(i) for i in desk.items.values()}, desk.kind.rubric)
    candidates = _pointed(desk, store, briefs(desk, store, stories))
    told = retold.known(desk)
    ranked = {b.story.id: _candidate(desk, store, b, told) for b in candidates}
    picked = choose(list(ranked.values()), minimum_rating=3, most=desk.kind.maximum)
    by_id = {b.story.id: retold.marked(b, ranked[b.story.id]) for b in candidates}
    kept = few_fives([by_id[i] for i in picked.kept], most_fives(len(picked.kept)))
    kept.sort(key=lambda b: -b.rating.rating)  # a 5 that prints as 4 stands behind those that stay
    left_out = left.papers(desk.items, ratings, candidates, picked)
    return Papers(tuple(kept), tuple(candidates), _census(desk, store, kept, ratings, left_out), left_out)


def _pointed(desk: Desk, store: Store, found: Sequence[Brief]) -> list[Brief]:
    """The briefs with who else points to their papers by the end of the window."""
    of = pointing.to(store, {subject_of(b.item) for b in found}, desk.window.end)
    names = {key: source.name for key, source in desk.sources.items()}

    def also(b: Brief) -> tuple[tuple[str, str, str], ...]:
        known = {b.item.id, *(i for _, i, _ in b.also)}
        others = [i for i in of.get(subject_of(b.item), ()) if i.id not in known]
        return (*b.also, *((names.get(i.source_id, i.source_id), i.id, pointing.place(i)) for i in others))

    return [replace(b, also=also(b)) for b in found]


def _candidate(desk: Desk, store: Store, b: Brief, known: Mapping[str, str]) -> Candidate:
    """Papers of one rating by their points, more live figures and who else points to them; the last is no part of the
    stored rating, for it changes from run to run."""
    live = sum(1 for c in b.reading.claims if c.evidence in LIVE and c.sign)
    rank = sum(b.rating.features.values()) + min(live, 4) * 0.5 + min(len({name for name, _, _ in b.also}), 4) * 0.3
    told = retold.told_in(known, b)
    new = retold.news_since(desk, store, b, told) if told else ""
    organisations = [o.name for o in b.reading.organisations if o.kind == "industry"]
    subjects = phrases.subjects(b.evidence.passages[0].text)
    traits = (*(f"organisation {o}" for o in organisations[:1]), *(f"subject {s}" for s in subjects[:1]))
    return Candidate(b.story.id, b.rating.rating, rank, b.item.source_id, told, new, traits)


def by_theme(desk: Desk, store: Store, kept: Sequence[Brief], minimum: int = 3) -> Groups:
    """The sections that the kind asks for, else themes of at least `minimum` papers; the rest stands last, unnamed."""
    if desk.kind.corners:
        return _by_corner(desk, kept)
    by_id = {b.story.id: b for b in kept}
    texts = {i: b.evidence.passages[0].text for i, b in by_id.items()}
    days = desk.window.listing_days
    field = archive.in_scope(store, desk.kind, (*archive.days_before(days, BACKGROUND), *days))
    background = Counter(k for item in field for k in phrases.candidates(archive.text_of(item)))
    found = themes.group(
        texts, {i: b.item.entry.title for i, b in by_id.items()}, {i: float(b.rating.rating) for i, b in by_id.items()},
        background, len(field), most=THEMES, minimum=minimum,
    )  # fmt: skip
    named = [(g.name, tuple(by_id[m] for m in g.members)) for g in found]
    # what matters most stands first: the theme with the best papers, not the one with the most
    return sorted(named, key=lambda g: (not g[0], -sum(b.rating.rating == 5 for b in g[1]), -len(g[1]), g[0]))


def _by_corner(desk: Desk, kept: Sequence[Brief]) -> Groups:
    """Each paper in the section of whose topics it speaks most."""
    found: dict[str, list[Brief]] = {}
    for b in kept:
        found.setdefault(desk.corner(b.evidence.passages[0].text), []).append(b)
    named = [c.heading["en"] for c in desk.kind.corners if c.heading["en"] in found]
    return [(name, tuple(found[name])) for name in (*named, *([""] if "" in found else []))]


def section(
    desk: Desk, i: int, theme: str, group: Sequence[Brief], opener: Told, heads: Mapping[str, Text], rest: str = FURTHER
) -> Section:
    """A theme's section; what has no theme stands under `rest`."""
    told = ((b, desk.editor.write_pick(b, LENGTHS.get(b.rating.rating, "line"))) for b in group)  # type: ignore[arg-type]
    picks = tuple(pick(desk, b, sentences, heads) for b, sentences in told)
    heading = desk.heading(theme) or desk.editor.term(theme or rest)
    return Section(f"theme-{i + 1}" if theme else "further", heading, opener, picks, theme or None)


def _census(
    desk: Desk,
    store: Store,
    kept: Sequence[Brief],
    ratings: Mapping[str, Sequence[Rating]],
    left_out: left.Left,
) -> Census:
    batches = [
        b for b in store.batches_on(desk.window.listing_days) if b.route == "listing" and wanted(desk.kind, b.category)
    ]
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
