"""One story once: items joined by what they are about, then by how likely they tell the same.

First shared references: items of one work, a post that points to one item. Then average link over the likelihood
that two articles tell one story, weighed from their words, names, amounts, editions, dates, turns, kinds of event and
what edition of a product both present (`_evidence`), with the rarity of a term taken from an archive (`Background`) and not from the batch alone. In a batch
of short texts words alone count as well, the more, the more of its texts have neighbours (`_batch`). What was told as
one story before stays one; on a merge the older id stays and the other becomes an alias. The result does not depend on
the order of the input; copies of one text are named (`Story.duplicates`), so that nobody counts them as further
sources.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from digester.analysis.stories._background import Background, background
from digester.analysis.stories._batch import blank, enough, speaks, wordings
from digester.analysis.stories._copies import Print, fingerprint, same_text
from digester.analysis.stories._evidence import likelihood
from digester.analysis.stories._linkage import average_link, candidates
from digester.analysis.stories._presented import presenting
from digester.analysis.stories._references import by_reference
from digester.analysis.stories._settings import SETTINGS, Settings
from digester.analysis.stories._telling import telling, words_of
from digester.analysis.stories._vectors import Doubt, by_vectors
from digester.domain.ids import story_id
from digester.domain.model import Item, Story

__all__ = [
    "SETTINGS", "Background", "Doubt", "Settings", "background", "by_vectors", "cluster", "copies", "doubtful", "grouped", "words_of",
]  # fmt: skip

Text = tuple[str, str]  # title, text
_EMPTY = Background()
_TWINS = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+")
_NOTHING: Mapping[frozenset[str], bool] = {}
_NO_PAIRS: Mapping[tuple[int, int], bool] = {}
_RANK = {"paper": 3, "article": 2, "episode": 2, "repository": 1, "release": 1, "post": 0}


def cluster(
    items: Sequence[Item],
    scores: Mapping[str, float],
    texts: Mapping[str, str] | None = None,
    *,
    archive: Background = _EMPTY,
    known: Sequence[Story] = (),
    judged: Mapping[frozenset[str], bool] = _NOTHING,
    settings: Settings = SETTINGS,
) -> list[Story]:
    """Stories over the items, by score then id. `scores` by item id choose the lead; `texts` are whole texts by item
    id where the feed gave only a stub. `known` are stories of before: those with an item here are kept together, keep
    their id and take new items in; the others are not returned. `judged` says of pairs of ids what somebody else
    thinks: one story or not."""
    ordered = sorted({i.id: i for i in items}.values(), key=lambda i: i.id)
    here = {i.id for i in ordered}
    kept = [s for s in known if here.intersection(s.item_ids)]
    groups = by_reference(ordered, [sorted(here.intersection(s.item_ids)) for s in kept])
    read = {i.id: _text(i, texts or {}) for i in ordered if i.entry.kind == "article"}
    joined = _by_likeness(groups, read, archive, settings, judged)
    made = [_story(g, scores, read, kept, settings) for g in joined]
    return sorted(made, key=lambda s: (-s.score, s.id))


def grouped(
    texts: Sequence[Text],
    archive: Background = _EMPTY,
    settings: Settings = SETTINGS,
    groups: Sequence[Sequence[int]] = (),
    sources: Sequence[str] = (),
    judged: Mapping[tuple[int, int], bool] = _NO_PAIRS,
) -> list[list[int]]:
    """Numbers of the texts by story. `groups` (all numbers, by default each alone) stay together. `sources` name who
    tells each: one outlet seldom tells a story twice, so two of its texts must be surer. `judged` pairs (i < j) are
    surely alike, or not at all."""
    likely, blank_ = _likely(texts, archive, settings, sources)
    likely |= {pair: 1.0 if same else 0.0 for pair, same in judged.items()}
    return average_link(groups or [[n] for n in range(len(texts))], likely, settings.fold, blank_, settings.firmer)


def _likely(
    texts: Sequence[Text], archive: Background, settings: Settings, sources: Sequence[str]
) -> tuple[dict[tuple[int, int], float], float]:
    """How likely pairs are one story, and the pairs without likeness that every mean is given."""
    found = [words_of(*t) for t in texts]
    rare = archive.plus(found)
    told = [telling(*t, f, rare) for t, f in zip(texts, found, strict=True)]
    common = max(200, int(3 * len(told) ** 0.5))
    words = candidates([t.words for t in told], settings.faint, common)
    named = candidates([t.names for t in told], settings.names_floor, common)
    same = presenting([t.presents for t in told], common)
    short = speaks(told, settings)
    least = enough(told, words, settings) if short else 1.0
    likely = wordings(told, words, least, settings) if short else {}
    rarer = settings.rarer * math.log(max(len(told), 2) / 2) if short else 0.0
    twice = {p for p in likely if sources and sources[p[0]] == sources[p[1]]}
    for i, j in named.keys() | same | twice | {pair for pair, c in words.items() if c >= settings.floor}:
        own = bool(sources) and sources[i] == sources[j]
        before = likely.get((i, j), 0.0)
        if before >= 1.0 and not own:
            continue
        now = likelihood(told[i], told[j], settings, rarer)
        if own and now < settings.same_source:
            likely.pop((i, j), None)
        elif now > before:
            likely[i, j] = now
    return likely, blank(told, least, settings)


def doubtful(
    items: Sequence[Item],
    texts: Mapping[str, str] | None = None,
    *,
    archive: Background = _EMPTY,
    known: Sequence[Story] = (),
    settings: Settings = SETTINGS,
    most: int = 40,
) -> Doubt:
    """The pairs of which somebody else may be asked, `most` at most, and half as many sure ones. Pairs that references
    or `known` stories hold together are in no doubt."""
    ordered = sorted({i.id: i for i in items}.values(), key=lambda i: i.id)
    here = {i.id for i in ordered}
    groups = by_reference(ordered, [sorted(here.intersection(s.item_ids)) for s in known])
    place = {i.id: n for n, g in enumerate(groups) for i in g}
    read = {i.id: _text(i, texts or {}) for i in ordered if i.entry.kind == "article"}
    sources = [i.source_id for i in ordered if i.id in read]
    likely, _ = _likely(list(read.values()), archive, settings, sources)
    ids = list(read)
    found, sure = [], []
    for (i, j), p in likely.items():
        a, b = ids[i], ids[j]
        if settings.doubt_from <= p < settings.doubt_to and place[a] != place[b]:
            found.append((abs(p - settings.fold), a, b))
        elif p >= settings.doubt_to:
            sure.append((p, a, b))
    fit = ((a, b) for _, a, b in sorted(sure) if not copies({a: read[a], b: read[b]}, (a, b), settings))
    return Doubt(tuple((a, b) for _, a, b in sorted(found)[:most]), tuple(islice(fit, most // 2)))


def _by_likeness(
    groups: list[list[Item]], read: Mapping[str, Text], archive: Background, settings: Settings,
    judged: Mapping[frozenset[str], bool],
) -> list[list[Item]]:  # fmt: skip
    """Average link over the articles of groups that hold some; papers and repositories join by reference alone."""
    open_ = [g for g in groups if any(i.id in read for i in g)]
    closed = [g for g in groups if not any(i.id in read for i in g)]
    nodes = [(n, i.id) for n, g in enumerate(open_) for i in g if i.id in read]
    source = {i.id: i.source_id for g in open_ for i in g}
    numbers = [[k for k, (n, _) in enumerate(nodes) if n == m] for m in range(len(open_))]
    at = {i: k for k, (_, i) in enumerate(nodes)}
    pairs = {(min(a), max(a)): same for ids, same in judged.items() if len(a := [at[i] for i in ids if i in at]) == 2}
    joined = grouped([read[i] for _, i in nodes], archive, settings, numbers, [source[i] for _, i in nodes], pairs)
    return closed + [[i for n in sorted({nodes[k][0] for k in of}) for i in open_[n]] for of in joined]


def copies(texts: Mapping[str, Text], first: Sequence[str], settings: Settings = SETTINGS) -> list[str]:
    """Ids of texts that are the text of an earlier one again; `first` has the ids in the order in which they count."""
    kept: list[Print] = []
    found = []
    for i in first:
        own = fingerprint(*texts[i])
        if any(same_text(own, other, settings.copy) for other in kept):
            found.append(i)
        else:
            kept.append(own)
    return found


def _text(item: Item, texts: Mapping[str, str]) -> Text:
    title, text = item.entry.title, max(item.entry.text, texts.get(item.id, ""), key=len)
    return _lettered(title), _lettered(text)


def _lettered(text: str) -> str:
    """For comparison only: full-width and mathematical letters and digits as plain ones; signs of Chinese stay."""
    return _TWINS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)


def _story(
    items: Sequence[Item],
    scores: Mapping[str, float],
    read: Mapping[str, Text],
    known: Sequence[Story],
    settings: Settings,
) -> Story:
    lead = max(items, key=lambda i: (_RANK[i.entry.kind], scores.get(i.id, 0.0), -i.first_seen_at.timestamp(), i.id))
    order = sorted(items, key=lambda i: (i.id != lead.id, i.first_seen_at, i.id))
    again = copies(read, [i.id for i in order if i.id in read], settings)
    earliest = min(items, key=lambda i: (i.first_seen_at, i.id))
    refs = tuple(sorted({r for i in items for r in i.refs[:1]} | {i.work for i in items}))
    sources = {i.source_id for i in items if i.id not in again}
    score = max(scores.get(i.id, 0.0) for i in items) + 0.25 * (len(sources) - 1)
    ids = tuple(sorted(i.id for i in items))
    story = Story(
        story_id(earliest.id), lead.id, ids, refs, lead.entry.title, round(score, 4), earliest.first_seen_at,
        max(i.first_seen_at for i in items), tuple(story_id(i) for i in ids if i != earliest.id), tuple(sorted(again)),
    )  # fmt: skip
    return _continued(story, [s for s in known if not set(ids).isdisjoint(s.item_ids)])


def _continued(story: Story, before: Sequence[Story]) -> Story:
    """The story under the id of the oldest of those that it was told as before; the other ids lead to it."""
    if not before:
        return story
    oldest = min(before, key=lambda s: (s.first_seen_at, s.id))
    names = {story.id, *story.aliases} | {n for s in before for n in (s.id, *s.aliases)}
    return replace(
        story,
        id=oldest.id,
        item_ids=tuple(sorted({*story.item_ids, *(i for s in before for i in s.item_ids)})),
        refs=tuple(sorted({*story.refs, *(r for s in before for r in s.refs)})),
        first_seen_at=min(story.first_seen_at, oldest.first_seen_at),
        updated_at=max(story.updated_at, *(s.updated_at for s in before)),
        aliases=tuple(sorted(names - {oldest.id})),
    )
