"""What the store holds of the field beyond one issue: works in scope of earlier listing days, and the issues made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from digester.analysis import phrases
from digester.analysis.trends import Week
from digester.domain.dates import week_days, week_label, window
from digester.domain.issue import Issue, IssueKind, Window
from digester.domain.model import Item
from digester.pipeline import material
from digester.ports import Store

WEEK = timedelta(days=7)


def days_before(days: Sequence[date], weeks: int) -> tuple[date, ...]:
    """The listing days of the weeks before these."""
    return tuple(sorted({d - n * WEEK for d in days for n in range(1, weeks + 1)} - set(days)))


def in_scope(store: Store, kind: IssueKind, days: Sequence[date]) -> list[Item]:
    """Papers announced on these days and last judged in scope, one item a work, in order of their works."""
    nothing_else = datetime.combine(days[0], time(), UTC)
    items = [
        i for i in store.items_in(Window(nothing_else, nothing_else, tuple(days)))
        if i.entry.kind == "paper" and i.entry.announcement != "replace"
    ]  # fmt: skip
    works = material.by_subject(items)
    ratings = store.ratings(works, kind.rubric)
    return [item for work, item in sorted(works.items()) if ratings.get(work) and ratings[work][-1].in_scope]


def text_of(item: Item) -> str:
    """Title and abstract, as a passage has them."""
    return material.passages_of(item, None)[0].text


def standing(store: Store) -> Iterator[Issue]:
    """The newest revision of each issue that is frozen and not withdrawn, newest window first; one record at a time."""
    seen: set[str] = set()
    for identity, revision, state, _ in store.issues():
        if identity not in seen and revision:
            seen.add(identity)
            issue = store.issue(identity, revision) if state == "frozen" else None
            if issue is not None:
                yield issue


# ------------------------------------------------------------------ trends
def weeks_of(store: Store, kind: IssueKind, period: str, most: int) -> list[Week]:
    """The weeks up to `period`, oldest first: subjects of their works in scope, and the themes of their issues.

    Besides the subjects of the field, the themes that any of these issues was found to have are counted.
    """
    last = week_days(period)
    spans = [tuple(d - n * WEEK for d in last) for n in reversed(range(most))]
    labels = [week_label(days[0]) for days in spans]
    since = window(kind, labels[0]).start
    told = {i.period: {s.theme for s in i.sections if s.theme} for i in store.frozen_since(kind.slug, since)}
    own = sorted({name for label in labels for name in told.get(label, ())} - {name for name, _ in phrases.SUBJECTS})
    made = []
    for label, days in zip(labels, spans, strict=True):
        texts = [text_of(item) for item in in_scope(store, kind, days)]
        counts = Counter(name for text in texts for name in (*phrases.subjects(text), *_held(own, text)))
        made.append(Week(label, len(texts), dict(sorted(counts.items())), frozenset(told.get(label, ()))))
    return made


def _held(names: Sequence[str], text: str) -> list[str]:
    return [name for name in names if phrases.holds(phrases.fold(name), text)]
