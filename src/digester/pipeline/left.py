"""Left out, and why: every candidate that an issue does not print, by reason. The census counts exactly these.

A reason may name an issue ("told in ai-daily/2026-06-19"); the census counts it without the name ("told").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digester.analysis.selection import Chosen
from digester.domain.entries import subject_of
from digester.domain.model import Item, Rating, Story
from digester.pipeline import material
from digester.ports import Brief

Left = Mapping[str, tuple[str, ...]]  # reason -> item ids
POSTS = "posts"


def counts(left: Left) -> dict[str, int]:
    """What the census prints: how many for each reason."""
    found: Counter[str] = Counter()
    for reason, ids in left.items():
        found[short(reason)] += len(ids)
    return dict(sorted(found.items()))


def short(reason: str) -> str:
    return "told" if reason.startswith("told in ") else reason


def gathered(pairs: Iterable[tuple[str, str]]) -> Left:
    """(item id, reason) pairs as they are kept in the record: reasons and ids sorted."""
    found: dict[str, set[str]] = {}
    for item_id, reason in pairs:
        found.setdefault(reason, set()).add(item_id)
    return {reason: tuple(sorted(ids)) for reason, ids in sorted(found.items())}


def chosen_out(chosen: Chosen, candidates: Sequence[Brief]) -> Iterator[tuple[str, str]]:
    """The leads of the stories that selection refused."""
    leads = {b.story.id: b.item.id for b in candidates}
    return ((leads[story], reason) for story, reason in chosen.left_out)


def papers(
    items: Mapping[str, Item], ratings: Mapping[str, Sequence[Rating]], candidates: Sequence[Brief], chosen: Chosen
) -> Left:
    """Of papers everything that was announced and seen: out of scope, rated too low to be read, not read, refused."""
    known = {subject_of(b.item) for b in candidates}
    pairs = [*chosen_out(chosen, candidates)]
    for subject, item in material.by_subject(items.values()).items():
        newest = ratings[subject][-1] if ratings.get(subject) else None
        if newest is not None and not newest.in_scope:
            pairs.append((item.id, "out of scope"))
        elif subject not in known:
            pairs.append((item.id, _unread(newest, 3)))
    return gathered(pairs)


def _unread(newest: Rating | None, read_from: int) -> str:
    """Why a work is no candidate: nobody judged it, a rating that is never read, or an editor that did not answer."""
    if newest is None:
        return "not judged"
    if not newest.in_scope:
        return "out of scope"
    return f"rated {newest.rating}" if newest.rating < read_from else "not read"


def unprinted(items: Iterable[Item], ratings: Mapping[str, Sequence[Rating]], papers: bool) -> Left:
    """Of a window without an issue: how each of its items was judged; what is not judged item by item is left aside."""
    pairs = []
    for subject, item in material.by_subject(i for i in items if i.entry.kind in material.JUDGED[papers]).items():
        newest = ratings[subject][-1] if ratings.get(subject) else None
        judged = f"rated {newest.rating}" if newest and newest.in_scope else _unread(newest, 0)
        pairs.append((item.id, judged))
    return gathered(pairs)


def stories(
    found: Sequence[Story], items: Mapping[str, Item], ratings: Mapping[str, Sequence[Rating]], candidates: Sequence[Brief]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """The leads of the stories of articles that are no candidates."""
    known = {b.story.id for b in candidates}
    for story in found:
        lead = items[story.lead_item_id]
        if lead.entry.kind == "article" and story.id not in known:
            rs = ratings.get(subject_of(lead), ())
            yield lead.id, _unread(rs[-1] if rs else None, 3)


def posts(
    items: Iterable[Item], ratings: Mapping[str, Sequence[Rating]], read: frozenset[str], printed: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Posts that are neither printed nor linked from a story. `read` are the ids of posts that could be told."""
    for item in items:
        if item.entry.kind != "post" or item.id in printed:
            continue
        rs = ratings.get(subject_of(item), ())
        reason = "further" if item.id in read else _unread(rs[-1] if rs else None, 2)
        yield item.id, f"further {POSTS}" if reason == "further" else f"{POSTS} {reason}"
