"""The form of an issue made of news: featured, more in brief, what people say, repositories, releases, podcasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digester.analysis import phrases
from digester.analysis.figures import numbers
from digester.analysis.selection import Candidate, Chosen, choose
from digester.domain.entries import subject_of
from digester.domain.ids import story_id
from digester.domain.issue import Census, Pick, Section
from digester.domain.model import Item, Quotation, Rating, Reading, Sighting, Story
from digester.domain.text import word_count
from digester.pipeline import material
from digester.pipeline.compose import Desk, briefs, few_fives, pick
from digester.pipeline.draft import Draft
from digester.ports import Brief, Outline, Store

FEATURED = (3, 5)
MORE = 16
WORDS = 1_400  # of the whole issue; people's posts fill what the news leaves
FIVES = 2
POSTS, FEW_POSTS, PER_PERSON = 30, 6, 3
TRENDING = 5
RELEASES, PER_REPOSITORY = 8, 2
PODCASTS, GUESTS = 2, 4
TOPICS, OTHER = 6, "Other notes"
HEADINGS = {
    "featured": "Featured",
    "more": "More of the day",
    "posts": "What people say",
    "trending": "GitHub trending",
    "releases": "Releases",
    "podcasts": "Podcasts",
}


def draft(desk: Desk, store: Store, stories: Sequence[Story]) -> tuple[Draft, tuple[Brief, ...]]:
    found = briefs(desk, store, stories)
    news = [b for b in found if b.item.entry.kind == "article"]
    chosen = choose([_candidate(desk, b) for b in news], minimum_rating=3, most=FEATURED[1] + MORE, per_source=6)
    kept = few_fives([b for i in chosen.kept for b in news if b.story.id == i], FIVES)
    lead, edit = _featured(kept), desk.editor
    told = [replace(b, others=_other_readings(desk, store, b)) for b in kept[:lead]]
    repos, versions, shows = _trending(desk, store), _releases(desk), _podcasts(desk, store)
    sections = {
        "featured": [pick(desk, b, edit.write_pick(b, "long")) for b in told],
        "more": [pick(desk, b, edit.write_pick(b, "line")) for b in kept[lead:]],
        "posts": [],
        "trending": [pick(desk, b, edit.write_pick(b, "line")) for b in repos],
        "releases": [pick(desk, b, edit.write_pick(b, "line")) for b in versions],
        "podcasts": [pick(desk, b, edit.digest_episode(b) or edit.write_pick(b, "medium")) for b in shows],
    }
    room = WORDS - sum(_words(p) for picks in sections.values() for p in picks)
    people = _people(desk, store, room)
    sections["posts"] = [pick(desk, b, edit.write_post(b)) for b in people]
    census = _census(desk, store, chosen, kept, len(versions))
    outline = Outline(desk.kind.slug, desk.period, census, tuple(kept), (), ())
    shown = (*kept, *people, *repos, *versions, *shows)
    made = tuple(
        Section(slug, edit.term(HEADINGS[slug]), (), tuple(picks)) for slug, picks in sections.items() if picks
    )
    return Draft(shown, edit.write_daily(outline), (), (), made, (), census), (
        *found,
        *people,
        *repos,
        *versions,
        *shows,
        *_others(desk, store, kept),
    )


def _words(p: Pick) -> int:
    """What a reader reads of a pick: headline and sentences."""
    return word_count(p.headline["en"]) + sum(word_count(s.text["en"]) for s in p.sentences)


def _candidate(desk: Desk, b: Brief) -> Candidate:
    told = next((desk.told[k] for k in (b.story.id, *b.story.aliases, *b.story.refs) if k in desk.told), "")
    rank = (
        0.6 * len({n for n, _, _ in b.also if n not in b.item.entry.authors})
        + 0.1 * sum(b.rating.features.values())
        + b.evidence.weight
    )
    return Candidate(b.story.id, b.rating.rating, rank, b.item.source_id, told)


def _featured(kept: Sequence[Brief]) -> int:
    """How many stories are told at length: those rated 4 and 5, at least three, at most five."""
    strong = sum(b.rating.rating >= 4 for b in kept)
    return min(max(strong, FEATURED[0]), FEATURED[1], len(kept))


def _other_readings(desk: Desk, store: Store, b: Brief) -> tuple[tuple[str, str, Quotation], ...]:
    """(source, item id, sentence) of other articles that tell the story: what they have besides."""
    items = [desk.items[i] for _, i, _ in b.also if desk.items[i].entry.kind == "article"]
    subjects = [subject_of(i) for i in items]
    texts, readings = store.full_texts(subjects), store.readings(subjects)
    found = []
    for item in sorted(items, key=lambda i: (i.entry.language != b.item.entry.language, i.id)):
        evidence = desk.evidence(item, texts.get(subject_of(item)))
        reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash)
        quotations = reading.quotations if reading else ()
        if quotations and item.source_id != b.item.source_id:
            found.append(
                (desk.name(item), item.id, max(quotations, key=lambda q: len(numbers(q.text) - told_numbers(b))))
            )
    return tuple(found[:2])


def told_numbers(b: Brief) -> frozenset[str]:
    return frozenset().union(*(numbers(q.text) for q in b.reading.quotations))


def _others(desk: Desk, store: Store, kept: Sequence[Brief]) -> list[Brief]:
    """Briefs of the other items of a story, so that the gate knows their texts."""
    made = []
    texts = store.full_texts({subject_of(desk.items[i]) for b in kept for _, i, _ in b.also})
    for b in kept:
        for _, item_id, _ in b.also:
            item = desk.items[item_id]
            made.append(replace(b, evidence=desk.evidence(item, texts.get(subject_of(item)))))
    return made


# ------------------------------------------------------------------ people
def _people(desk: Desk, store: Store, room: int) -> list[Brief]:
    """The most telling posts of the window, at most three a person and `room` words in all, under shared topics."""
    posts = [i for i in desk.items.values() if i.entry.kind == "post"]
    ratings = store.ratings([subject_of(i) for i in posts], desk.kind.rubric)
    readings = store.readings([subject_of(i) for i in posts])
    made = [(b, desk.editor.write_post(b)) for i in posts if (b := _post(desk, i, ratings, readings))]
    made.sort(key=lambda m: (-m[0].rating.rating, -sum(m[0].rating.features.values()), m[0].item.id))
    count: Counter[str] = Counter()
    kept: list[Brief] = []
    for b, sentences in made:
        words = sum(word_count(s.text["en"]) for s in sentences)
        if (
            sentences
            and count[b.item.source_id] < PER_PERSON
            and len(kept) < POSTS
            and (words <= room or len(kept) < FEW_POSTS)
        ):
            kept.append(b)
            count[b.item.source_id] += 1
            room -= words
    return _topics(kept)


def _post(
    desk: Desk, item: Item, ratings: Mapping[str, Sequence[Rating]], readings: Mapping[str, Sequence[Reading]]
) -> Brief | None:
    source = desk.sources.get(item.source_id)
    evidence = desk.evidence(item)
    rating = material.current(ratings.get(subject_of(item), ()), evidence.input_hash)
    reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash)
    if rating is None or reading is None or rating.rating < 2:
        return None
    name = getattr(source.params, "person", "") if source else ""
    facts = {
        "person": name or (item.entry.authors or ("",))[0],
        "role": getattr(source.params, "role", "") if source else "",
    }
    told = {k: v for k, v in facts.items() if v}
    return Brief(_alone(item), evidence, rating, reading, desk.name(item), facts=told, late=item.id in desk.late)


def _alone(item: Item) -> Story:
    """An item told by itself. Not by the id of the story that it may have opened: a person's post about a release
    is told beside the release, and does not count as having told it."""
    seen = item.first_seen_at
    return Story(story_id(f"{item.id} alone"), item.id, (item.id,), item.refs[:1], item.entry.title, 0.0, seen, seen)


def _topics(posts: Sequence[Brief]) -> list[Brief]:
    """Posts under at most six topics, the largest first; topics of one post join the rest."""
    named = [(phrases.news_subject(b.evidence.passages[0].text), b) for b in posts]
    sizes = Counter(topic for topic, _ in named if topic)
    kept = [t for t, n in sorted(sizes.items(), key=lambda kv: (-kv[1], kv[0])) if n >= 2][: TOPICS - 1]
    order = {topic: i for i, topic in enumerate(kept)}
    placed = sorted(
        ((order.get(t, TOPICS), i, t if t in order else OTHER, b) for i, (t, b) in enumerate(named)),
        key=lambda x: x[:2],
    )
    return [replace(b, facts={**b.facts, "topic": topic}) for _, _, topic, b in placed]


# --------------------------------------------------------- repositories, shows
def _trending(desk: Desk, store: Store) -> list[Brief]:
    """Five repositories by what they gained in the window; what was told in the last 14 days stays out. Those of
    which only the total of stars is known (a topic's) do not trend."""
    best: dict[str, Sighting] = {}
    for s in store.sightings_in(material.sightings_of(desk.window, desk.now)):
        if "stars_daily" in s.signals and (s.item_id not in best or _gain(s) > _gain(best[s.item_id])):
            best[s.item_id] = s
    items = store.items(best)
    fresh = [s for s in best.values() if items[s.item_id].work not in desk.told]
    fresh.sort(key=lambda s: (-_gain(s), s.item_id))
    made = []
    for s in fresh[:TRENDING]:
        item = items[s.item_id]
        facts = {"language": item.entry.categories[0]} if item.entry.categories else {}
        made.append(replace(_plain(desk, item), signals=dict(sorted(s.signals.items())), facts=facts))
    return made


def _gain(s: Sighting) -> float:
    return s.signals.get("stars_daily", 0.0)


def _releases(desk: Desk) -> list[Brief]:
    """The newest releases, at most two a repository. Each is told once: its story is the item, not the repository."""
    count: Counter[str] = Counter()
    made: list[Brief] = []
    for item in _distinct_releases(desk):
        if len(made) < RELEASES and count[item.work] < PER_REPOSITORY and subject_of(item) not in desk.told:
            count[item.work] += 1
            made.append(_plain(desk, item))
    return made


def _distinct_releases(desk: Desk) -> list[Item]:
    """Newest first; what two sources name is one, as its first source has it."""
    found: dict[str, Item] = {}
    for item in sorted(desk.items.values(), key=lambda i: (i.first_seen_at, i.id)):
        if item.entry.kind == "release":
            found.setdefault(item.entry.external_id, item)
    return sorted(found.values(), key=lambda i: (i.moment or i.first_seen_at, i.id), reverse=True)


def _podcasts(desk: Desk, store: Store) -> list[Brief]:
    shows = sorted(
        (i for i in desk.items.values() if i.entry.kind == "episode"),
        key=lambda i: (i.moment or i.first_seen_at, i.id),
        reverse=True,
    )
    subjects = [subject_of(i) for i in shows]
    texts, readings = store.full_texts(subjects), store.readings(subjects)
    made = []
    for item in shows[:PODCASTS]:
        evidence = desk.evidence(item, texts.get(subject_of(item)))
        reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash)
        brief = _plain(desk, item)
        duration = next((e.duration for e in item.entry.enclosures if e.duration), None)
        told = {"duration": duration or "", "guest": ", ".join(item.entry.guests[:GUESTS])}
        facts = {k: v for k, v in told.items() if v}
        made.append(replace(brief, evidence=evidence, reading=reading or brief.reading, facts=facts))
    return made


def _plain(desk: Desk, item: Item) -> Brief:
    """A brief of an item that is shown for what it is and not rated (0 marks: no rating)."""
    evidence, rubric = desk.evidence(item), desk.kind.rubric
    rating = Rating(
        subject_of(item), evidence.input_hash, rubric, "none", evidence.level, desk.now, 0, "shown by sightings"
    )
    reading = next(desk.editor.read([evidence], desk.now), None) or Reading(item.work, "", "", "en", "", (), (), ())
    return Brief(_alone(item), evidence, rating, reading, desk.name(item), late=item.id in desk.late)


def _census(desk: Desk, store: Store, chosen: Chosen, kept: Sequence[Brief], releases: int) -> Census:
    kinds = Counter(i.entry.kind for i in desk.items.values())
    seen = {"articles": kinds["article"], "posts": kinds["post"], "episodes": kinds["episode"],
            "repositories": len(_repositories(desk, store))}  # fmt: skip
    left = Counter(reason.split(" in ")[0] for _, reason in chosen.left_out)
    if kinds["release"]:
        seen["releases"] = len(_distinct_releases(desk))
        left += Counter({"further releases": seen["releases"] - releases})
    rated = {str(r): sum(b.rating.rating == r for b in kept) for r in (5, 4, 3)}
    return Census(0, {}, 0, len(kept), rated, 0, 0, 0, dict(sorted(left.items())), seen)


def _repositories(desk: Desk, store: Store) -> set[str]:
    """The repositories that sources saw in the window; other things are sighted too."""
    seen = store.items({s.item_id for s in store.sightings_in(material.sightings_of(desk.window, desk.now))})
    return {i.work for i in seen.values() if i.entry.kind == "repository"}
