"""Where one item stands: in which issues it is printed, behind which picks, or why it was left out.

Answered from the frozen records alone (and refused drafts, where there is no other), so it is what was decided then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from digester.domain.dates import window
from digester.domain.entries import subject_of
from digester.domain.errors import UsageError
from digester.domain.issue import Issue, IssueKind
from digester.domain.model import FullText, Item, Passage, Rating
from digester.pipeline import material
from digester.pipeline.left import Left
from digester.ports import Store

BACK = timedelta(days=2)  # a listing day may be off by one
ON = timedelta(days=23)  # what comes late or is told again comes within weeks


@dataclass(frozen=True)
class Place:
    """What an issue did with an item: `what` is printed, linked or left out; `judged` the rating that its evidence
    had; a reason for both what is printed and what is not."""

    issue: str
    revision: int
    what: str
    number: int = 0
    rating: int = 0
    judged: int = 0
    reason: str = ""

    @property
    def line(self) -> str:
        issue = f"{self.issue} (revision {self.revision})" if self.revision else f"the refused draft of {self.issue}"
        if self.what == "left out":
            return f"left out of {issue}: {self.reason}"
        if self.what == "linked":
            return f"linked from item {self.number} of {issue}"
        rated = f", rated {self.rating}" if self.rating else ""
        lowered = f" (judged {self.judged})" if self.judged not in (0, self.rating) else ""
        return f"printed in {issue} as item {self.number}{rated}{lowered}{f': {self.reason}' if self.reason else ''}"


def places(store: Store, item: Item, kinds: Mapping[str, IssueKind]) -> list[Place]:
    """By issue, the oldest first."""
    subject = subject_of(item)
    same = {item.id, *(i.id for i in store.items_about([subject]))}
    found = []
    for record in _near(store, item, kinds):
        newest = store.ratings([subject], kinds[record.kind].rubric).get(subject, ())
        before = [r.rating for r in newest if r.made_at <= record.frozen_at]
        found += list(_in(record, item, subject, same, before[-1] if before else 0))
    return found


def _near(store: Store, item: Item, kinds: Mapping[str, IssueKind]) -> Iterator[Issue]:
    """The newest revision of every issue whose window lies where the item may have been news: of an archive of years
    a few records are read."""
    at = item.entry.announced_at
    moments = [item.first_seen_at, *([item.moment] if item.moment else [])]
    moments += [datetime.combine(at, time(), UTC)] if at else []
    first, last = min(moments) - BACK, max(moments) + ON
    for identity in sorted({i for i, *_ in store.issues()}, key=lambda i: (i.partition("/")[2], i)):
        slug, _, period = identity.partition("/")
        if slug in kinds and _overlaps(kinds[slug], period, first, last):
            record = store.issue(identity) or store.issue(identity, 0)
            if record is not None:
                yield record


def _overlaps(kind: IssueKind, period: str, first: datetime, last: datetime) -> bool:
    try:
        span = window(kind, period)
    except UsageError:  # a daily that was a weekly once
        return True
    return span.start <= last and first <= span.end


def _in(record: Issue, item: Item, subject: str, same: set[str], judged: int) -> Iterator[Place]:
    for number, pick in enumerate(record.picks(), 1):
        if pick.lead_item_id in same or pick.work == subject:
            reason = pick.reason.get("en", "")
            yield Place(record.id, record.revision, "printed", number, pick.rating, judged, reason)
            return
    for number, pick in enumerate(record.picks(), 1):
        if item.entry.url and item.entry.url in {link.url for link in pick.links}:
            yield Place(record.id, record.revision, "linked", number)
            return
    if reason := _reason(record.left_out, same):
        yield Place(record.id, record.revision, "left out", judged=judged, reason=reason)


def _reason(left: Left, same: set[str]) -> str:
    return next((reason for reason, ids in left.items() if not same.isdisjoint(ids)), "")


def passages(store: Store, item: Item, text: FullText | None, ratings: Sequence[Rating]) -> dict[str, Passage]:
    """The texts that ratings point into. Those of what was not read were not kept; they are the item's own."""
    found = dict(store.passages({s.passage_id for r in ratings for s in r.supports}))
    whole = text if text and text.outcome == "ok" else None
    own = [*material.passages_of(item, None), *material.passages_of(item, whole), *material.comment_of(item)]
    return {p.id: p for p in own} | found
