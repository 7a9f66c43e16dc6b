"""What earlier issues of the kind told, and what is new since: a story comes back only as a development, marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digester.analysis.developments import Told, development
from digester.analysis.selection import Candidate
from digester.domain.entries import subject_of
from digester.domain.issue import Issue, Pick
from digester.domain.model import Item
from digester.domain.urls import ref_of
from digester.pipeline.compose import Desk
from digester.ports import Brief, Store

OWN = frozenset({"paper", "release", "repository"})  # kinds that are their own primary source
RELEASE, STARS = "new release", "twice the stars"


def refs_of(pick: Pick) -> frozenset[str]:
    """What a told story is known by: its work, its id, and the addresses of all of its items."""
    urls = (pick.url, *(link.url for link in pick.links))
    return frozenset({pick.work, pick.story_id, *(r for u in urls if (r := ref_of(u)))})


def known(desk: Desk) -> Mapping[str, str]:
    """What was told, by reference -> the latest issue that told it: papers and repositories are known by their work,
    news also by the addresses of the items that tell it."""
    found: dict[str, str] = {}
    for issue in sorted(desk.recent, key=lambda i: (i.window.end, i.id)):
        found |= {ref: issue.id for p in issue.picks() for ref in refs_of(p)}
    return found | dict(desk.told)


def told_in(told: Mapping[str, str], b: Brief) -> str:
    """The id of an issue that told the story, or ""."""
    return next((told[k] for k in _keys(b) if k in told), "")


def _keys(b: Brief) -> list[str]:
    return sorted({subject_of(b.item), b.story.id, *b.story.aliases, *b.story.refs})


def news_since(desk: Desk, store: Store, b: Brief, told: str) -> str:
    """What a told story has that the record of issue `told` has not; "" when nothing or when it is not known."""
    record = next((i for i in desk.recent if i.id == told), None)
    if record is None:
        return ""
    keys = frozenset(_keys(b))
    picks = [p for p in record.picks() if keys & refs_of(p)]
    texts = [b.item.entry.title, *(q.text for q in b.reading.quotations)]
    items = [desk.items[i] for i in b.story.item_ids if i in desk.items]
    return development(_primary(desk, items), texts, _before(record, picks, store))


def marked(b: Brief, c: Candidate) -> Brief:
    """The brief with what selection found: told before, and what is new."""
    return replace(b, told=c.told, new=c.new) if c.told else b


def news_of_repository(desk: Desk, work: str, signals: Mapping[str, float]) -> str:
    """A told repository is news again with a release in the window, or with twice the stars it had then."""
    if any(i.entry.kind == "release" and i.work == work for i in desk.items.values()):
        return RELEASE
    stars = [p.signals["stars"] for i in desk.recent for p in i.picks() if p.work == work and "stars" in p.signals]
    return STARS if stars and signals.get("stars", 0.0) >= 2 * max(stars) > 0 else ""


def _primary(desk: Desk, items: Iterable[Item]) -> set[str]:
    """The references of items that come from who did it: their own kind says so, or the tags of their source."""
    own = [i for i in items if i.entry.kind in OWN or desk.evidence(i).primary]
    return {i.refs[0] if i.refs else i.work for i in own}


def _before(record: Issue, picks: Sequence[Pick], store: Store) -> Told:
    """All that was printed of the story, and the passages that were read for it."""
    ids = {i for p in picks for i in record.read.get(p.lead_item_id, ())}
    read = [p.text for _, p in sorted(store.passages(ids).items())]
    said = [t for p in picks for s in p.sentences for _, t in sorted(s.text.items())]
    heads = [t for p in picks for t in (p.title, *p.headline.values())]
    return Told(frozenset().union(*(refs_of(p) for p in picks)), (*heads, *said, *read))
