"""The form of an issue made of news: featured, more in brief, what people say, repositories, releases, podcasts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from digester.analysis import news_kinds, news_subjects
from digester.analysis.figures import numbers
from digester.analysis.selection import Candidate, Chosen, choose
from digester.analysis.standing import points_back
from digester.domain.entries import subject_of
from digester.domain.issue import Census, Pick, Section
from digester.domain.model import Item, Quotation, Rating, Reading, Story
from digester.domain.text import word_count
from digester.pipeline import left, material, retold, tellings
from digester.pipeline.compose import Desk, briefs, few_fives, pick
from digester.pipeline.draft import Draft
from digester.pipeline.shown import alone, distinct_releases, podcasts, releases, repositories, trending
from digester.ports import Brief, Outline, Store

FEATURED = (3, 5)
MORE = 16
NEW_MODEL = (
    1.0  # what a model from its maker is ahead by among equals: it matters most, though a bare headline has no figures
)
OF_ALL = 0.5  # what a source that tells of everything is behind by
WORDS = 1_400  # of the whole issue; people's posts fill what the news leaves
FIVES = 2
POSTS, FEW_POSTS, PER_PERSON = 30, 6, 3
TOPICS, OTHER = 6, "Other notes"
FURTHER = {"release": "further releases", "episode": "further episodes", "repository": "further repositories"}
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
    known = retold.known(desk)
    candidates = {b.story.id: candidate(desk, store, b, known) for b in news}
    chosen = choose(list(candidates.values()), minimum_rating=3, most=FEATURED[1] + MORE, per_source=6)
    kept = few_fives([retold.marked(b, candidates[i]) for i in chosen.kept for b in news if b.story.id == i], FIVES)
    kept = tellings.found(desk, store, kept)
    lead, edit = _featured(kept), desk.editor
    told = [replace(b, others=_other_readings(desk, store, b)) for b in kept[:lead]]
    repos, versions, shows = trending(desk, store), releases(desk), podcasts(desk, store)
    heads = edit.headlines([*kept, *repos, *versions, *shows], desk.kind.languages)
    sections = {
        "featured": [pick(desk, b, edit.write_pick(b, "long"), heads) for b in told],
        "more": [pick(desk, b, edit.write_pick(b, "line"), heads) for b in kept[lead:]],
        "posts": [],
        "trending": [pick(desk, b, edit.write_pick(b, "line"), heads) for b in repos],
        "releases": [pick(desk, b, edit.write_pick(b, "line"), heads) for b in versions],
        "podcasts": [pick(desk, b, edit.digest_episode(b) or edit.write_pick(b, "medium"), heads) for b in shows],
    }
    room = WORDS - sum(_words(p) for picks in sections.values() for p in picks)
    people = _people(desk, store, room)
    said = edit.embedded.headlines(people)
    sections["posts"] = [pick(desk, b, edit.write_post(b), said) for b in people]
    shown = (*kept, *people, *repos, *versions, *shows)
    left_out = _left_out(desk, store, stories, news, chosen, shown)
    census = _census(desk, store, kept, left_out)
    outline = Outline(desk.kind.slug, desk.period, census, tuple(kept), (), (), desk.kind.languages)
    made = tuple(
        Section(slug, edit.term(HEADINGS[slug]), (), tuple(picks)) for slug, picks in sections.items() if picks
    )
    return Draft(shown, edit.write_daily(outline), (), (), made, (), census, left_out), (
        *found,
        *people,
        *repos,
        *versions,
        *shows,
        *others(desk, store, kept),
    )


def _words(p: Pick) -> int:
    """What a reader reads of a pick: headline and sentences."""
    return word_count(p.headline["en"]) + sum(word_count(s.text["en"]) for s in p.sentences)


def candidate(desk: Desk, store: Store, b: Brief, known: Mapping[str, str]) -> Candidate:
    told = retold.told_in(known, b)
    new = retold.news_since(desk, store, b, told) if told else ""
    rank = (
        0.6 * len({n for n, _, _ in b.also if n not in b.item.entry.authors})
        + 0.1 * sum(b.rating.features.values())
        + b.evidence.weight
        + NEW_MODEL * ("model" in b.rating.features)
        - OF_ALL * b.evidence.general
    )
    topic = subject(b)
    traits = (f"source {b.item.source_id}", *([f"topic {topic}"] if topic else []))
    return Candidate(b.story.id, b.rating.rating, rank, b.item.source_id, told, new, traits)


def subject(b: Brief) -> str:
    """What a story is about, "" where that is not clear: a list of stories is about many things."""
    if b.evidence.newsletter and news_kinds.many(b.item.entry.title):
        return ""
    return news_subjects.subject(b.evidence.passages[-1].text, b.item.entry.title, b.source, b.evidence.newsletter)


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
        reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash, desk.editor)
        quotations = [q for q in reading.quotations if not points_back(q.text)] if reading else []
        if quotations and item.source_id != b.item.source_id:
            found.append(
                (desk.name(item), item.id, max(quotations, key=lambda q: len(numbers(q.text) - told_numbers(b))))
            )
    return tuple(found[:2])


def told_numbers(b: Brief) -> frozenset[str]:
    return frozenset().union(*(numbers(q.text) for q in b.reading.quotations))


def others(desk: Desk, store: Store, kept: Sequence[Brief]) -> list[Brief]:
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
    return _topics(desk, kept, desk.editor.group_posts(kept))


def _post(
    desk: Desk, item: Item, ratings: Mapping[str, Sequence[Rating]], readings: Mapping[str, Sequence[Reading]]
) -> Brief | None:
    source = desk.sources.get(item.source_id)
    evidence = desk.evidence(item)
    rating = material.current(ratings.get(subject_of(item), ()), evidence.input_hash, desk.editor)
    reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash, desk.editor)
    if rating is None or reading is None or rating.rating < 2:
        return None
    name = getattr(source.params, "person", "") if source else ""
    facts = {
        "person": name or (item.entry.authors or ("",))[0],
        "role": getattr(source.params, "role", "") if source else "",
    }
    told = {k: v for k, v in facts.items() if v}
    return Brief(alone(item), evidence, rating, reading, desk.name(item), facts=told, late=item.id in desk.late)


def _topics(desk: Desk, posts: Sequence[Brief], topics: Mapping[str, str]) -> list[Brief]:
    """Posts under at most six topics, the largest first; topics of one post join the rest."""
    named = [(topics.get(b.item.id, ""), b) for b in posts]
    sizes = Counter(topic for topic, _ in named if topic)
    kept = [t for t, n in sorted(sizes.items(), key=lambda kv: (-kv[1], kv[0])) if n >= 2][: TOPICS - 1]
    order = {topic: i for i, topic in enumerate(kept)}

    def called(topic: str) -> dict[str, str]:
        return {f"topic.{language}": text for language, text in desk.editor.term(topic).items() if text != topic}

    placed = sorted(
        ((order.get(t, TOPICS), i, t if t in order else OTHER, b) for i, (t, b) in enumerate(named)),
        key=lambda x: x[:2],
    )
    return [replace(b, facts={**b.facts, **called(topic), "topic": topic}) for _, _, topic, b in placed]


# ------------------------------------------------------------------ counts
def _left_out(
    desk: Desk, store: Store, stories: Sequence[Story], news: Sequence[Brief], chosen: Chosen, shown: Sequence[Brief]
) -> left.Left:
    """Everything of the window that is neither printed nor linked from what is printed."""
    items = desk.items.values()
    subjects = {subject_of(i) for i in items if i.entry.kind in ("article", "post")}
    ratings, readings = store.ratings(subjects, desk.kind.rubric), store.readings(subjects)
    printed = frozenset({b.item.id for b in shown} | {i for b in shown for _, i, _ in b.also})
    told = frozenset(i.id for i in items if i.entry.kind == "post" and _post(desk, i, ratings, readings))
    rest = [i for i in distinct_releases(desk) if i.id not in printed]
    rest += [i for i in items if i.entry.kind == "episode" and i.id not in printed]
    works = {b.item.work for b in shown if b.item.entry.kind == "repository"}
    rest += [i for work, i in repositories(desk, store).items() if work not in works]
    return left.gathered((
        *left.chosen_out(chosen, news), *left.stories(stories, desk.items, ratings, news),
        *left.posts(items, ratings, told, printed), *((i.id, _rest(desk, i)) for i in rest),
    ))  # fmt: skip


def _rest(desk: Desk, item: Item) -> str:
    told = desk.told.get(subject_of(item))
    return f"told in {told}" if told else FURTHER[item.entry.kind]


def _census(desk: Desk, store: Store, kept: Sequence[Brief], left_out: left.Left) -> Census:
    kinds = Counter(i.entry.kind for i in desk.items.values())
    seen = {"articles": kinds["article"], "posts": kinds["post"], "episodes": kinds["episode"],
            "repositories": len(repositories(desk, store))}  # fmt: skip
    if kinds["release"]:
        seen["releases"] = len(distinct_releases(desk))
    rated = {str(r): sum(b.rating.rating == r for b in kept) for r in (5, 4, 3)}
    return Census(0, {}, 0, len(kept), rated, 0, 0, 0, left.counts(left_out), seen)
