"""One story once: items joined by what they are about, then by likeness of their words.

First shared references: a post that points to a paper, an article that links to the announcement. Then
average link on TF-IDF of title and lead, within the window; never single link, which snowballs. The
result does not depend on the order of the input; a story's id comes from its earliest-seen item.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from digester.analysis.tokens import terms
from digester.analysis.vectors import cosine, idf, vector
from digester.domain.ids import story_id
from digester.domain.model import Item, Story

ALIKE = 0.36  # average cosine of titles and leads above which two groups tell one story
_SUFFIX = re.compile(r"\s{1,9}[|\u2013\u2014-]\s{1,9}[^|\u2013\u2014-]{2,40}$")
_MARK = re.compile(r"\b[A-Z][A-Za-z]{2,}(?:-\d+)?\b|\b\d[\d.,]*\d[A-Z]?\b")
_NO_MARK = frozenset(
    [
        "GPU",
        "GPUs",
        "CPU",
        "CPUs",
        "LLM",
        "LLMs",
        "API",
        "APIs",
        "AI",
        "The",
        "This",
        "That",
        "These",
        "Those",
        "And",
        "But",
        "For",
        "With",
        "From",
        "When",
        "What",
        "Why",
        "How",
        "New",
        "Our",
        "One",
        "Two",
        "Its",
        "Not",
        "You",
        "They",
        "She",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Apache-2",
        "MIT",
        "Apache",
        "Open",
        "Model",
        "Models",
        "Research",
        "Labs",
        "Group",
        "Engineering",
        "Technology",
        "Company",
        "Inc",
        "European",
        "Europe",
        "China",
        "Chinese",
        "American",
    ]
)
LEAD = 700  # characters of text that count as lead
LINKED = 0.22  # what a link from one to the other adds to the likeness of two articles


def cluster(items: Sequence[Item], scores: Mapping[str, float], texts: Mapping[str, str] | None = None) -> list[Story]:
    """Stories over the items, by score then id. `scores` by item id choose the lead; `texts` are whole texts
    by item id where the feed gave only a stub."""
    ordered = sorted(items, key=lambda i: i.id)
    groups = _by_likeness(_by_reference(ordered), texts or {})
    stories = [_story(group, scores) for group in groups]
    return sorted(stories, key=lambda s: (-s.score, s.id))


def _by_reference(items: Sequence[Item]) -> list[list[Item]]:
    """Items of one work together; a post that points to exactly one of the items joins it. An article that
    links to another may only mention it, so articles also have to be alike."""
    owners = {i.work: i.id for i in items}
    owners.update({ref: i.id for i in items for ref in i.refs[:1]})
    parent = {i.id: i.id for i in items}

    def root(x: str) -> str:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    first: dict[str, str] = {}
    for item in items:
        joined = [first.setdefault(item.work, item.id)]
        own = sorted({owners[r] for r in item.refs[1:] if r in owners and owners[r] != item.id})
        if item.entry.kind == "post" and len(own) == 1:
            joined += own
        for other in joined:
            a, b = sorted((root(item.id), root(other)))
            parent[b] = a
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[root(item.id)].append(item)
    return [groups[k] for k in sorted(groups)]


def _by_likeness(groups: list[list[Item]], texts: Mapping[str, str]) -> list[list[Item]]:
    """Average link over groups that hold articles; papers and repositories join by reference alone."""
    open_ = [g for g in groups if any(i.entry.kind == "article" for i in g)]
    closed = [g for g in groups if g not in open_]
    told = [_telling(g, texts) for g in open_]
    bags = [terms(t) for t in told]
    weights = idf(bags)
    vectors = [vector(b, weights) for b in bags]
    marks = [_marks(t) for t in told]
    common = Counter(m for found in marks for m in found)
    rare = [frozenset(m for m in found if common[m] <= max(8, len(open_) // 3)) for found in marks]
    heads = [
        _marks(" ".join(i.entry.title for i in g if i.entry.kind == "article")) & r
        for g, r in zip(open_, rare, strict=True)
    ]
    alive = {i: [i] for i in range(len(open_))}
    sums = {
        (i, j): s
        for i, j in _pairs(vectors)
        if (
            s := _likeness(
                open_[i],
                open_[j],
                vectors[i],
                vectors[j],
                rare[i] & rare[j],
                (bool(heads[i] & rare[j]), bool(heads[j] & rare[i])),
            )
        )
        >= 0.1
    }
    while sums:
        (i, j), best = max(
            sums.items(), key=lambda kv: (kv[1] / (len(alive[kv[0][0]]) * len(alive[kv[0][1]])), -kv[0][0], -kv[0][1])
        )
        if best / (len(alive[i]) * len(alive[j])) < ALIKE:
            break
        _merge(i, j, alive, sums)
    return closed + [[item for k in members for item in open_[k]] for members in alive.values()]


def _likeness(
    a: Sequence[Item],
    b: Sequence[Item],
    x: Mapping[str, float],
    y: Mapping[str, float],
    marks: frozenset[str],
    heads: tuple[bool, bool],
) -> float:
    """Cosine of the words, raised by rare names and numbers that both have, and by a link - but only when the
    headline of each names something that the other tells: a benchmark that lists a model is not its release."""
    base = cosine(x, y)
    if not all(heads):
        return base
    names = sum(not m[0].isdigit() for m in marks)
    linked = any(r in i.refs[1:6] for i in a for j in b for r in j.refs[:1]) or any(
        r in i.refs[1:6] for i in b for j in a for r in j.refs[:1]
    )
    return base + 0.04 * min(names, 3) + 0.05 * min(len(marks) - names, 4) + (LINKED if linked else 0.0)


def _marks(text: str) -> frozenset[str]:
    """Names written with a capital (of two letters or more) and numbers of two digits or more."""
    return frozenset(m.rstrip(".,") for m in _MARK.findall(text)) - _NO_MARK


def _pairs(vectors: Sequence[Mapping[str, float]]) -> list[tuple[int, int]]:
    """Pairs that share a term which is not everywhere: the others cannot be alike."""
    index: dict[str, list[int]] = defaultdict(list)
    for i, v in enumerate(vectors):
        for term in v:
            index[term].append(i)
    limit = max(12, len(vectors) // 8)
    return sorted(
        {(a, b) for ids in index.values() if len(ids) <= limit for x, a in enumerate(ids) for b in ids[x + 1 :]}
    )


def _merge(i: int, j: int, alive: dict[int, list[int]], sums: dict[tuple[int, int], float]) -> None:
    alive[i] += alive.pop(j)
    sums.pop((i, j))
    for pair in [p for p in sums if j in p]:
        value = sums.pop(pair)
        other = pair[0] if pair[1] == j else pair[1]
        key = (min(i, other), max(i, other))
        sums[key] = sums.get(key, 0.0) + value


def _telling(group: Sequence[Item], texts: Mapping[str, str]) -> str:
    """Titles and leads of the articles; the title twice, so that it outweighs the lead. Source suffixes
    (`Headline | Paper`) are stripped; posts add nothing to what a story is."""
    parts = []
    for item in [i for i in group if i.entry.kind == "article"] or group:
        title = _SUFFIX.sub("", item.entry.title)
        parts += [title, title, max(item.entry.text, texts.get(item.id, ""), key=len)[:LEAD]]
    return ". ".join(parts)


def _story(items: Sequence[Item], scores: Mapping[str, float]) -> Story:
    rank = {"paper": 3, "article": 2, "episode": 2, "repository": 1, "release": 1, "post": 0}
    lead = max(items, key=lambda i: (rank[i.entry.kind], scores.get(i.id, 0.0), -i.first_seen_at.timestamp(), i.id))
    earliest = min(items, key=lambda i: (i.first_seen_at, i.id))
    ids = tuple(sorted(i.id for i in items))
    refs = tuple(sorted({r for i in items for r in i.refs[:1]} | {i.work for i in items}))
    score = max(scores.get(i.id, 0.0) for i in items) + 0.25 * (len({i.source_id for i in items}) - 1)
    return Story(
        story_id(earliest.id), lead.id, ids, refs, lead.entry.title, round(score, 4), earliest.first_seen_at,
        max(i.first_seen_at for i in items), tuple(story_id(i) for i in ids if i != earliest.id),
    )  # fmt: skip
