"""Repositories, releases and episodes of a daily: shown for what they are, by sightings and dates, not rated."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from digester.analysis import scope
from digester.domain.entries import subject_of
from digester.domain.ids import story_id
from digester.domain.model import Item, Rating, Reading, Sighting, Story
from digester.pipeline import material, retold
from digester.pipeline.compose import Desk
from digester.ports import Brief, Store

TRENDING = 5
RELEASES, PER_REPOSITORY = 8, 2
PODCASTS, GUESTS = 2, 4


def trending(desk: Desk, store: Store) -> list[Brief]:
    """Five repositories by what they gained in the window; what was told in the last 14 days comes back only with a
    release or twice the stars. Those of which only the total of stars is known (a topic's) do not trend."""
    best: dict[str, Sighting] = {}
    for s in store.sightings_in(material.sightings_of(desk.window, desk.now)):
        if "stars_daily" in s.signals and (s.item_id not in best or _gain(s) > _gain(best[s.item_id])):
            best[s.item_id] = s
    items = store.items(best)
    made: list[Brief] = []
    for s in sorted(best.values(), key=lambda s: (-_gain(s), s.item_id)):
        item = items[s.item_id]
        told = desk.told.get(item.work, "")
        new = retold.news_of_repository(desk, item.work, s.signals) if told else ""
        if len(made) < TRENDING and (new or not told) and fits(desk, item):
            facts = {"language": item.entry.categories[0]} if item.entry.categories else {}
            signals = dict(sorted(s.signals.items()))
            made.append(replace(_plain(desk, item), signals=signals, facts=facts, told=told, new=new))
    return made


def fits(desk: Desk, item: Item) -> bool:
    """Whether it speaks of the kind's topics, where it has any."""
    topics = desk.kind.topics
    return not topics or scope.about(topics, item.entry.title, item.entry.text).inside


def _gain(s: Sighting) -> float:
    return s.signals.get("stars_daily", 0.0)


def releases(desk: Desk) -> list[Brief]:
    """The newest releases, at most two a repository. Each is told once: its story is the item, not the repository. A
    prerelease comes only from a source that asks for these: a plain feed has them all."""
    count: Counter[str] = Counter()
    made: list[Brief] = []
    for item in distinct_releases(desk):
        fit = subject_of(item) not in desk.told and (not _prerelease(item) or _asked_for(desk, item))
        # a list of changes has an address for each of its versions
        whose = item.work if item.work.startswith("github:") else item.source_id
        if fit and len(made) < RELEASES and count[whose] < PER_REPOSITORY:
            count[whose] += 1
            made.append(_plain(desk, item))
    return made


def distinct_releases(desk: Desk) -> list[Item]:
    """Newest first; what two sources name is one, as its first source has it."""
    found: dict[str, Item] = {}
    for item in sorted(desk.items.values(), key=lambda i: (i.first_seen_at, i.id)):
        if item.entry.kind == "release" and fits(desk, item):
            found.setdefault(item.entry.external_id, item)
    return sorted(found.values(), key=lambda i: (i.moment or i.first_seen_at, i.id), reverse=True)


def _prerelease(item: Item) -> bool:
    return "prerelease" in item.entry.categories


def _asked_for(desk: Desk, item: Item) -> bool:
    source = desk.sources.get(item.source_id)
    return source is not None and getattr(source.params, "prereleases", False)


def podcasts(desk: Desk, store: Store) -> list[Brief]:
    shows = sorted(
        (i for i in desk.items.values() if i.entry.kind == "episode" and fits(desk, i)),
        key=lambda i: (i.moment or i.first_seen_at, i.id),
        reverse=True,
    )
    subjects = [subject_of(i) for i in shows]
    texts, readings = store.full_texts(subjects), store.readings(subjects)
    made = []
    for item in shows[:PODCASTS]:
        evidence = desk.evidence(item, texts.get(subject_of(item)))
        reading = material.exact(readings.get(subject_of(item), ()), evidence.input_hash, desk.editor)
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
    reading = next(desk.editor.embedded.read([(evidence, 0)], desk.now), None) or Reading(
        item.work, "", "", "en", "", (), (), ()
    )
    return Brief(alone(item), evidence, rating, reading, desk.name(item), late=item.id in desk.late)


def sighted(desk: Desk, store: Store) -> list[Item]:
    """The repositories that sources saw in the window; other things are sighted too."""
    seen = store.items({s.item_id for s in store.sightings_in(material.sightings_of(desk.window, desk.now))})
    return [i for _, i in sorted(seen.items()) if i.entry.kind == "repository"]


def repositories(desk: Desk, store: Store) -> dict[str, Item]:
    """The repositories of the window, by work."""
    return {i.work: i for i in reversed(sighted(desk, store))}


def alone(item: Item) -> Story:
    """An item told by itself. Not by the id of the story that it may have opened: a person's post about a release
    is told beside the release, and does not count as having told it."""
    seen = item.first_seen_at
    return Story(story_id(f"{item.id} alone"), item.id, (item.id,), item.refs[:1], item.entry.title, 0.0, seen, seen)
