"""Issues and what was rendered of them: frozen for good, found by their words, and remembered by what they told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from digester.domain.issue import Artifact, Issue
from digester.store import schema as t
from digester.store.codec import dump, load_issue, stamp, unstamp
from digester.store.search import SearchTables


class IssueTables(SearchTables):
    def issue(self, issue_id: str, revision: int | None = None) -> Issue | None:
        """The frozen record: a revision, or the latest one. Revision 0 is a draft that was refused."""
        where = [t.issues.c.id == issue_id, t.issues.c.state == ("refused" if revision == 0 else "frozen")]
        where += [t.issues.c.revision == revision] if revision is not None else []
        query = select(t.issues.c.body).where(*where).order_by(t.issues.c.revision.desc()).limit(1)
        with self._read() as c:
            body = c.execute(query).scalar()
        return load_issue(body) if body else None

    def issues(self) -> Sequence[tuple[str, int, str, datetime]]:
        """(id, revision, state, frozen_at), newest window first. Revision 0 is a refused draft."""
        query = select(t.issues.c.id, t.issues.c.revision, t.issues.c.state, t.issues.c.frozen_at).order_by(
            t.issues.c.window_end.desc(), t.issues.c.id, t.issues.c.revision.desc()
        )
        with self._read() as c:
            return [(i, r, s, unstamp(at)) for i, r, s, at in c.execute(query)]

    def frozen_since(self, kind: str, since: datetime) -> Sequence[Issue]:
        """The latest frozen revision of each issue of this kind whose window ends after `since`, by id."""
        i = t.issues.c
        where = and_(i.kind == kind, i.state == "frozen", i.window_end > stamp(since))
        query = select(i.id, i.body).where(where).order_by(i.id, i.revision)
        with self._read() as c:
            latest = {row.id: row.body for row in c.execute(query)}
        return [load_issue(body) for body in latest.values()]

    def save_draft(self, issue: Issue, reason: str) -> None:
        """Keeps a refused issue, as revision 0, for people to look at."""
        with self._write() as c:
            self._upsert(c, t.issues, [_issue_row(replace(issue, revision=0, state="refused"), reason)])

    def freeze(self, issue: Issue) -> Issue:
        """Stores the record for good, remembers what it told and makes it found; the revision is the next free one."""
        query = (
            select(t.issues.c.revision).where(t.issues.c.id == issue.id).order_by(t.issues.c.revision.desc()).limit(1)
        )
        with self._write() as c:
            frozen = replace(issue, revision=int(c.execute(query).scalar() or 0) + 1, state="frozen")
            self._upsert(c, t.issues, [_issue_row(frozen, "")], keep=True)
            refs = {r for p in frozen.picks() for r in (p.work, p.story_id)}
            end = stamp(frozen.window.end)
            self._upsert(c, t.told, [
                {"issue_id": frozen.id, "ref": r, "kind": frozen.kind, "window_end": end} for r in sorted(refs)
            ])  # fmt: skip
            self._index(c, frozen)
        return frozen

    def told(self, kind: str, since: datetime, before: datetime) -> Mapping[str, str]:
        """Works and stories that issues of this kind told, with windows ending in [since, before); the latest wins."""
        where = and_(t.told.c.kind == kind, t.told.c.window_end >= stamp(since), t.told.c.window_end < stamp(before))
        query = select(t.told.c.ref, t.told.c.issue_id).where(where).order_by(t.told.c.window_end, t.told.c.issue_id)
        with self._read() as c:
            return {row.ref: row.issue_id for row in c.execute(query)}

    def artifacts(self, issue_id: str) -> Sequence[Artifact]:
        """The stored outputs of the latest revision, by output and language."""
        a = t.artifacts.c
        query = select(t.artifacts).where(a.issue_id == issue_id).order_by(a.revision.desc(), a.output, a.language)
        with self._read() as c:
            rows = [Artifact(**row) for row in c.execute(query).mappings()]
        return [r for r in rows if r.revision == rows[0].revision]

    def save_artifacts(self, artifacts: Iterable[Artifact]) -> None:
        names = Artifact.__dataclass_fields__
        with self._write() as c:
            self._upsert(c, t.artifacts, [{n: getattr(a, n) for n in names} for a in artifacts])


def _issue_row(issue: Issue, reason: str) -> dict[str, Any]:
    return {
        "id": issue.id, "revision": issue.revision, "kind": issue.kind, "state": issue.state,
        "window_end": stamp(issue.window.end), "frozen_at": stamp(issue.frozen_at), "reason": reason, "body": dump(issue),
    }  # fmt: skip
