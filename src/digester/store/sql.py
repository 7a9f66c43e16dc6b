"""The Store on SQLAlchemy Core. One transaction a subject; typed values in and out, never rows.

Every public verb raises only StoreError. Reads take a snapshot, writes take the write lock first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select

from digester.domain.issue import Window
from digester.domain.model import Batch, FullText, Item, Passage, Rating, Reading, Sighting, Story
from digester.domain.runs import Attempt, Run
from digester.domain.sources import FetchState, Validator
from digester.ports import Gathering, Saved
from digester.store import schema as t
from digester.store._issues import IssueTables
from digester.store._ledger import LedgerTables
from digester.store._notes import NoteTables
from digester.store._outbox import OutboxTables
from digester.store._pictures import PictureTables
from digester.store.codec import dump, load, stamp, unstamp


class SqlStore(IssueTables, LedgerTables, NoteTables, OutboxTables, PictureTables):
    # ------------------------------------------------------------ collect
    def save_gathering(self, gathering: Gathering, now: datetime) -> Saved:
        """One source's visit in one transaction: validators and cursor never stand without their items."""
        ids = [i.id for i in gathering.items]
        known = {i.id: i.content_hash for i in self._by_key(Item, t.items, "id", ids)}
        new = [i for i in gathering.items if i.id not in known]
        revised = [i for i in gathering.items if i.id in known and known[i.id] != i.content_hash]
        with self._write() as c:
            self._upsert(c, t.items, [_item_row(i) for i in gathering.items])
            self._upsert(c, t.revisions, [
                {"item_id": i.id, "content_hash": i.content_hash, "seen_at": stamp(now), "body": dump(i.entry)}
                for i in (*new, *revised)
            ], keep=True)  # fmt: skip
            self._upsert(c, t.sightings, [
                {"item_id": s.item_id, "seen_at": stamp(s.seen_at), "source_id": s.source_id, "body": dump(s)}
                for s in gathering.sightings
            ])  # fmt: skip
            self._upsert(c, t.batches, [
                {"category": b.category, "day": b.day.isoformat(), "route": b.route, "body": dump(b)} for b in gathering.batches
            ])  # fmt: skip
            source = gathering.state.source_id
            if gathering.asked:
                kept = [url[:2000] for url in gathering.asked]
                c.execute(
                    delete(t.validators).where(t.validators.c.source_id == source, t.validators.c.url.not_in(kept))
                )
            self._upsert(c, t.validators, [
                {"source_id": source, "url": v.url[:2000], "body": dump(v)} for v in gathering.validators
            ])  # fmt: skip
            self._upsert(c, t.fetch_states, [{"source_id": source, "body": dump(gathering.state)}])
        return Saved(len(new), len(revised), len(ids) - len(new) - len(revised))

    def fetch_states(self) -> Mapping[str, FetchState]:
        with self._read() as c:
            return {s.source_id: s for s in self._bodies(c, FetchState, t.fetch_states)}

    def validators(self, source_id: str) -> Mapping[str, Validator]:
        return {v.url: v for v in self._by_key(Validator, t.validators, "source_id", [source_id])}

    # -------------------------------------------------------------- items
    def items_in(self, window: Window) -> Sequence[Item]:
        """Items whose moment is in the window, and papers of its listing days, by id."""
        moment = and_(
            t.items.c.moment >= stamp(window.start), t.items.c.moment < stamp(window.end), t.items.c.kind != "paper"
        )
        days = [d.isoformat() for d in window.listing_days]
        with self._read() as c:
            return self._bodies(c, Item, t.items, or_(moment, t.items.c.announced_at.in_(days)))

    def items(self, ids: Iterable[str]) -> Mapping[str, Item]:
        return {i.id: i for i in self._by_key(Item, t.items, "id", ids)}

    def item(self, item_id: str) -> Item | None:
        return self.items([item_id]).get(item_id)

    def items_about(self, subjects: Iterable[str]) -> Sequence[Item]:
        """Items of works, and single items as `item:ID`: what ratings and readings are about (domain.entries)."""
        named = list(subjects)
        ids = [s.removeprefix("item:") for s in named if s.startswith("item:")]
        return [*self._by_key(Item, t.items, "work", named), *self._by_key(Item, t.items, "id", ids)]

    def moments(self, since: datetime, until: datetime) -> Mapping[str, Sequence[datetime]]:
        """When each source published, in [since, until)."""
        m = t.items.c.moment
        query = select(t.items.c.source_id, m).where(and_(m >= stamp(since), m < stamp(until)))
        found: dict[str, list[datetime]] = defaultdict(list)
        with self._read() as c:
            for source_id, at in c.execute(query):
                found[source_id].append(unstamp(at))
        return found

    def sightings_in(self, window: Window) -> Sequence[Sighting]:
        where = and_(t.sightings.c.seen_at >= stamp(window.start), t.sightings.c.seen_at < stamp(window.end))
        with self._read() as c:
            return self._bodies(c, Sighting, t.sightings, where)

    def last_sightings(self, item_ids: Iterable[str]) -> Sequence[Sighting]:
        """The newest sighting of each item."""
        newest = {s.item_id: s for s in self._by_key(Sighting, t.sightings, "item_id", item_ids)}  # in order of time
        return list(newest.values())

    def batches_on(self, days: Iterable[date]) -> Sequence[Batch]:
        return list(self._by_key(Batch, t.batches, "day", [d.isoformat() for d in days]))

    # ---------------------------------------------------- text and judgement
    def full_texts(self, works: Iterable[str]) -> Mapping[str, FullText]:
        return {f.work: f for f in self._by_key(FullText, t.full_texts, "work", works)}

    def save_full_text(self, full_text: FullText, passages: Iterable[Passage], now: datetime) -> None:
        with self._write() as c:
            self._upsert(c, t.full_texts, [{"work": full_text.work, "body": dump(full_text), "made_at": stamp(now)}])
            self._upsert(c, t.passages, _passage_rows(passages, now), keep=True)

    def passages(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        return {p.id: p for p in self._by_key(Passage, t.passages, "id", ids)}

    def save_passages(self, passages: Iterable[Passage], now: datetime) -> None:
        with self._write() as c:
            self._upsert(c, t.passages, _passage_rows(passages, now), keep=True)

    def ratings(self, works: Iterable[str], rubric: str) -> Mapping[str, Sequence[Rating]]:
        """Ratings by work, oldest first; of one moment the one on full text last, of these the one a model had a say in."""
        found: dict[str, list[Rating]] = defaultdict(list)
        for rating in self._by_key(Rating, t.ratings, "work", works):
            if rating.rubric == rubric:
                found[rating.work].append(rating)
        return {
            w: sorted(rs, key=lambda r: (r.made_at, r.level != "abstract", r.evidence_rating is not None, r.input_hash))
            for w, rs in found.items()
        }

    def model_ratings(self, editor: str, rubric: str, since: datetime, most: int) -> Sequence[Rating]:
        """The newest ratings that a model gave since the moment under an editor's name, in any version of it: one a
        work, newest first. Only as many rows are read as it takes."""
        r = t.ratings.c
        named = r.editor.startswith(f"{editor}-", autoescape=True)
        query = select(r.body).where(named, r.rubric == rubric, r.made_at >= stamp(since))
        found: dict[str, Rating] = {}
        with self._read() as c:
            for (body,) in c.execute(query.order_by(r.made_at.desc(), r.work, r.input_hash, r.editor)):
                if len(found) >= most:
                    break
                if (rating := load(Rating, body)).call_id:
                    found.setdefault(rating.work, rating)
        return list(found.values())

    def save_ratings(self, ratings: Iterable[Rating]) -> None:
        """Many ratings of one step in one transaction: screening judges thousands of abstracts."""
        rows = [
            {"work": r.work, "input_hash": r.input_hash, "rubric": r.rubric, "editor": r.editor,
             "made_at": stamp(r.made_at), "body": dump(r)} for r in ratings
        ]  # fmt: skip
        with self._write() as c:
            self._upsert(c, t.ratings, rows)

    def readings(self, works: Iterable[str]) -> Mapping[str, Sequence[Reading]]:
        found: dict[str, list[Reading]] = defaultdict(list)
        for reading in self._by_key(Reading, t.readings, "work", works):
            found[reading.work].append(reading)
        return found

    def save_reading(self, reading: Reading, now: datetime) -> None:
        row = {"work": reading.work, "input_hash": reading.input_hash, "editor": reading.editor,
               "language": reading.language, "made_at": stamp(now), "body": dump(reading)}  # fmt: skip
        with self._write() as c:
            self._upsert(c, t.readings, [row])

    def attempts(self, step: str) -> Mapping[str, Attempt]:
        return {a.subject: a for a in self._by_key(Attempt, t.attempts, "step", [step])}

    def save_attempt(self, attempt: Attempt) -> None:
        with self._write() as c:
            self._upsert(c, t.attempts, [{"step": attempt.step, "subject": attempt.subject, "body": dump(attempt)}])

    def clear_attempt(self, step: str, subject: str) -> None:
        with self._write() as c:
            c.execute(delete(t.attempts).where(t.attempts.c.step == step, t.attempts.c.subject == subject))

    def save_stories(self, stories: Iterable[Story]) -> None:
        with self._write() as c:
            self._upsert(
                c, t.stories, [{"id": s.id, "updated_at": stamp(s.updated_at), "body": dump(s)} for s in stories]
            )

    def stories_since(self, moment: datetime) -> Sequence[Story]:
        """Stories with an item first seen at or after the moment, by id."""
        query = select(t.stories.c.body).where(t.stories.c.updated_at >= stamp(moment)).order_by(t.stories.c.id)
        with self._read() as c:
            return [load(Story, body) for (body,) in c.execute(query)]

    # --------------------------------------------------------------- runs
    def start_run(self, run: Run) -> None:
        """Opens a run; runs that were left open are closed as `killed` (the lock says they are dead)."""
        self.close_open_runs("killed", run.started_at)
        self.end_run(run)

    def close_open_runs(self, outcome: str, now: datetime) -> None:
        """For the holder of the lock: no open run but its own can be alive."""
        with self._write() as c:
            for left in self._bodies(c, Run, t.runs, t.runs.c.outcome == "running"):
                self._upsert(c, t.runs, [_run_row(replace(left, outcome=outcome, ended_at=now))])

    def end_run(self, run: Run) -> None:
        with self._write() as c:
            self._upsert(c, t.runs, [_run_row(run)])

    def runs(self, limit: int) -> Sequence[Run]:
        query = select(t.runs.c.body).order_by(t.runs.c.started_at.desc(), t.runs.c.id).limit(limit)
        with self._read() as c:
            return [load(Run, body) for (body,) in c.execute(query)]

    def counts(self) -> Mapping[str, int]:
        """Rows of the tables a person asks about."""
        from sqlalchemy import func

        with self._read() as c:
            return {
                table.name: int(c.execute(select(func.count()).select_from(table)).scalar() or 0)
                for table in (
                    t.items,
                    t.sightings,
                    t.batches,
                    t.full_texts,
                    t.ratings,
                    t.readings,
                    t.issues,
                    t.notes,
                    t.runs,
                )
            }


def _item_row(item: Item) -> dict[str, Any]:
    day = item.entry.announced_at
    return {
        "id": item.id, "source_id": item.source_id, "kind": item.entry.kind, "work": item.work[:2100],
        "announced_at": day.isoformat() if day else None, "moment": stamp(item.moment) if item.moment else None,
        "first_seen_at": stamp(item.first_seen_at), "body": dump(item),
    }  # fmt: skip


def _passage_rows(passages: Iterable[Passage], now: datetime) -> list[dict[str, Any]]:
    return [{"id": p.id, "work": p.work[:2100], "body": dump(p), "made_at": stamp(now)} for p in passages]


def _run_row(run: Run) -> dict[str, Any]:
    return {"id": run.id, "started_at": stamp(run.started_at), "outcome": run.outcome, "body": dump(run)}
