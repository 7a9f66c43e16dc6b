"""The form of an issue made of papers: themes as sections, threads in the overview, evidence in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from digester.analysis import phrases, roles, themes, threads
from digester.analysis.selection import Candidate, Chosen, choose
from digester.domain.entries import subject_of
from digester.domain.ids import digest
from digester.domain.issue import Census, Section
from digester.domain.model import Batch, Rating, Story
from digester.pipeline.compose import Desk, briefs, few_fives, pick
from digester.pipeline.draft import Draft
from digester.ports import Brief, Outline, Store, ThreadOutline

LENGTHS = {5: "long", 4: "medium"}
LIVE = ("online_ab", "deployed")
DATA_SETS = "Data Sets and Benchmarks"
FURTHER = "Further papers"


def draft(desk: Desk, store: Store, stories: Sequence[Story]) -> tuple[Draft, tuple[Brief, ...]]:
    ratings = store.ratings({subject_of(i) for i in desk.items.values()}, desk.kind.rubric)
    candidates = briefs(desk, store, stories)
    chosen = choose([_candidate(desk, b) for b in candidates], minimum_rating=3, most=desk.kind.maximum)
    kept = sorted(
        (b for b in candidates if b.story.id in set(chosen.kept)), key=lambda b: chosen.kept.index(b.story.id)
    )
    kept = few_fives(kept, max(2, len(kept) // 4))
    groups = _themes(kept, candidates)
    census = _census(desk, store, kept, candidates, chosen, ratings)
    named = tuple((name, members) for name, members in groups if name)
    outline = Outline(desk.kind.slug, desk.period, census, tuple(kept), named, _threads(desk, named))
    overview, takeaways, watch = desk.editor.write_weekly(outline)
    sections = tuple(_section(desk, i, name, members) for i, (name, members) in enumerate(groups))
    return Draft(tuple(kept), overview, takeaways, desk.editor.write_threads(outline), sections, watch, census), tuple(
        candidates
    )


def _candidate(desk: Desk, b: Brief) -> Candidate:
    live = sum(1 for c in b.reading.claims if c.evidence in LIVE and c.sign)
    rank = sum(b.rating.features.values()) + min(live, 4) * 0.5
    return Candidate(b.story.id, b.rating.rating, rank, b.item.source_id, desk.told.get(subject_of(b.item), ""))


def _themes(kept: Sequence[Brief], candidates: Sequence[Brief]) -> list[tuple[str, tuple[Brief, ...]]]:
    """(theme, briefs best first); the leftover group has the empty name and stands last."""
    by_id = {b.story.id: b for b in kept}
    texts = {i: b.evidence.passages[0].text for i, b in by_id.items()}
    background = Counter(k for b in candidates for k in phrases.candidates(b.evidence.passages[0].text))
    found = themes.group(
        texts, {i: b.item.entry.title for i, b in by_id.items()}, {i: float(b.rating.rating) for i, b in by_id.items()},
        background, len(candidates), most=4,
    )  # fmt: skip
    named = [(g.name, tuple(by_id[m] for m in g.members)) for g in found]
    # what matters most stands first: the theme with the best papers, not the one with the most
    return sorted(named, key=lambda g: (not g[0], -sum(b.rating.rating == 5 for b in g[1]), -len(g[1]), g[0]))


def _threads(desk: Desk, named: Sequence[tuple[str, tuple[Brief, ...]]]) -> tuple[ThreadOutline, ...]:
    """Threads over the themes; data sets are what papers are tested on, not a line of development."""
    members = {name: [_member(b) for b in group] for name, group in named if name != DATA_SETS}
    by_id = {b.story.id: b for _, group in named for b in group}
    made = []
    for theme, chosen in threads.order(members):
        step = threads.move(chosen, theme)
        identity = digest(desk.kind.slug, desk.period, theme, size=6)
        holders = tuple(by_id[i] for i in step.holders)
        made.append(ThreadOutline(identity, theme, step.from_, step.to, tuple(by_id[m.id] for m in chosen), holders))
    return tuple(made)


def _member(b: Brief) -> threads.Member:
    org = next((o.name for o in b.reading.organisations if o.kind == "industry"), "")
    abstract = b.evidence.passages[0]
    mechanism = f"{b.item.entry.title}. {roles.all_of('mechanism', abstract, 1.0)}"
    return threads.Member(b.story.id, b.rating.rating, org, roles.of_the_existing(abstract), mechanism)


def _section(desk: Desk, i: int, theme: str, group: Sequence[Brief]) -> Section:
    opener = desk.editor.write_section(theme, tuple(group), desk.period, i)
    picks = tuple(pick(desk, b, desk.editor.write_pick(b, LENGTHS.get(b.rating.rating, "line"))) for b in group)  # type: ignore[arg-type]
    return Section(
        f"theme-{i + 1}" if theme else "further", desk.editor.term(theme or FURTHER), opener, picks, theme or None
    )


def _unread(newest: Mapping[str, Rating], candidates: Sequence[Brief]) -> Iterator[str]:
    """Why works in scope are no candidates: a rating that is never read, or an editor that did not answer."""
    known = {subject_of(b.item) for b in candidates}
    for subject, rating in newest.items():
        if rating.in_scope and subject not in known:
            yield f"rated {rating.rating}" if rating.rating < 3 else "not read"


def _census(
    desk: Desk,
    store: Store,
    kept: Sequence[Brief],
    candidates: Sequence[Brief],
    chosen: Chosen,
    ratings: Mapping[str, Sequence[Rating]],
) -> Census:
    batches = [b for b in store.batches_on(desk.window.listing_days) if b.route == "listing"]
    announced = {i for b in batches for i in b.announced_ids}
    newest = {s: rs[-1] for s, rs in ratings.items()}
    in_scope = sum(r.in_scope for r in newest.values())
    left = Counter("out of scope" if not r.in_scope else "" for r in newest.values())
    left.update(reason for _, reason in chosen.left_out)
    left.update(_unread(newest, candidates))
    left.pop("", None)
    return Census(
        len(announced), _by_category(batches), in_scope, len(kept),
        {str(r): sum(b.rating.rating == r for b in kept) for r in (5, 4, 3)},
        sum(_has_ab(b) for b in kept), sum(any(o.kind == "industry" for o in b.reading.organisations) for b in kept),
        sum(b.rating.level == "abstract" for b in kept), dict(sorted(left.items())), {"papers": len(desk.items)},
    )  # fmt: skip


def _by_category(batches: Sequence[Batch]) -> dict[str, int]:
    found: dict[str, set[str]] = {}
    for b in batches:
        found.setdefault(b.category, set()).update(b.announced_ids)
    return {c: len(ids) for c, ids in sorted(found.items())}


def _has_ab(b: Brief) -> bool:
    return any(c.evidence == "online_ab" and c.sign for c in b.reading.claims) or "online_test" in b.rating.features
