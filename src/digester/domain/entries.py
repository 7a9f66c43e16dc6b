"""From Entry to Item: references, identity, and how two routes to one entry become one.

Ownership keeps routes from flipping revisions: a listing owns announcement day and type, the API owns
submission time, comment and categories; text changes only with a higher version, or, where there are
no versions, with the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import unquote, urlsplit

from digester.domain import urls
from digester.domain.ids import digest, item_id
from digester.domain.model import Announcement, Entry, Item
from digester.domain.text import fold, language_of, plain

_RANK: Mapping[Announcement | None, int] = {"new": 0, "cross": 1, "replace": 2}
_ENDING = re.compile(r"\.[A-Za-z]{2,5}$")
FUTURE = timedelta(hours=26)  # clocks and zones err by a day; beyond that a date is no date


def content_hash(entry: Entry) -> str:
    """Over normalised title and text, without signals, dates or routes."""
    return digest(fold(entry.title), fold(entry.text))


def refs_of(entry: Entry) -> tuple[str, ...]:
    """The entry's own reference first, then those it links to or names, in order."""
    own = urls.ref_of(entry.url)
    found = [own] if own else []
    found += [ref for link in entry.links if (ref := urls.ref_of(link.url))]
    found += urls.refs_in_text(f"{entry.title} {entry.text}")
    return tuple(dict.fromkeys(found))


def work_of(entry: Entry, refs: tuple[str, ...]) -> str:
    """What the entry is about: a post that points to exactly one paper is that paper's sighting."""
    if entry.kind == "post":
        works = [r for r in refs if r.startswith(("arxiv:", "doi:"))]
        if len(works) == 1:
            return works[0]
    return refs[0] if refs else f"entry:{digest(entry.kind, entry.external_id)}"


def merged(old: Entry | None, new: Entry) -> Entry:
    """One entry out of what was known and what came now; see the module's note on ownership."""
    if old is None:
        return new
    newer = (new.version or 0) > (old.version or 0) if new.version or old.version else True
    text = new if newer and (new.title or new.text) else old
    day, kind = _announced(old, new)
    return replace(
        text,
        url=old.url, language=text.language or old.language or new.language,
        authors=text.authors or old.authors or new.authors,
        categories=new.categories if new.published_at and new.categories else old.categories or new.categories,
        published_at=new.published_at or old.published_at, announced_at=day, announcement=kind,
        version=max(old.version or 0, new.version or 0) or None,
        comment=new.comment or old.comment, affiliations=new.affiliations or old.affiliations,
        links=text.links or old.links or new.links, enclosures=text.enclosures or old.enclosures or new.enclosures,
        signals=new.signals or old.signals, position=new.position if new.position is not None else old.position,
    )  # fmt: skip


def _announced(old: Entry, new: Entry) -> tuple[date | None, Announcement | None]:
    """The earliest day on which it was listed as new or cross; on one day new, as its primary list says."""
    seen = [(e.announced_at, e.announcement) for e in (old, new) if e.announced_at]
    first = [s for s in seen if s[1] != "replace"] or seen
    return (
        min(first, key=lambda s: (s[0], _RANK.get(s[1], 3))) if first else (None, old.announcement or new.announcement)
    )


def to_item(
    source_id: str, entry: Entry, known: Item | None, now: datetime, first_visit: bool, changes: bool = False
) -> Item:
    """The Item after this sighting of the entry. `known` is the stored one, if any. With `changes` the dates of
    the source say when a page was changed: they make neither a known page news nor one of the first visit."""
    entry = merged(known.entry if known else None, replace(_sane_dates(entry, now), url=urls.untagged(entry.url)))
    refs, hashed = refs_of(entry), content_hash(entry)
    if known is not None:
        revised = now if hashed != known.content_hash else known.revised_at
        dated = None if changes or entry.kind == "paper" else entry.published_at
        return replace(
            known, entry=entry, refs=refs, content_hash=hashed, revised_at=revised, moment=known.moment or dated
        )
    moment = (None if changes and first_visit else entry.published_at) or (None if first_visit else now)
    return Item(
        item_id(source_id, entry.external_id), source_id, entry, work_of(entry, refs), refs, hashed, now, moment
    )


def _sane_dates(entry: Entry, now: datetime) -> Entry:
    """A date in the future or before feeds existed is treated as absent."""
    at = entry.published_at
    if at is not None and not (at.year >= 1990 and at <= now + FUTURE):
        return replace(entry, published_at=None)
    return entry


def title_of_address(url: str) -> str:
    """`/blog/2026/even-heat.html` as "Even heat"; the whole path where its last part is no word."""
    path = urlsplit(url).path.rstrip("/")
    slug = unquote(_ENDING.sub("", path.rpartition("/")[2]))
    words = plain(re.sub(r"[-_+\s]+", " ", slug))[:200]
    return words[0].upper() + words[1:] if re.search(r"[^\W\d_]", words) else plain(unquote(path))[:200] or url


def is_bare(entry: Entry) -> bool:
    """True for an article of which its source says an address at most with a title: it is judged once it is read."""
    return entry.kind == "article" and not entry.text


def read_as(item: Item, title: str, text: str) -> Item:
    """The item under the title of its own page, when all that its source gave was an address."""
    entry = item.entry
    if not title or not is_bare(entry) or entry.title != title_of_address(entry.url):
        return item
    return replace(item, entry=replace(entry, title=title, language=language_of(f"{title} {text[:2000]}")))


def subject_of(item: Item) -> str:
    """What is judged, read and told: papers and repositories once a work, everything else by item. A release is
    one of many of its repository, which `work` and the references name."""
    return item.work if item.entry.kind in ("paper", "repository") else f"item:{item.id}"
