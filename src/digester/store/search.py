"""Full text over frozen issues: one row a pick and language in the table `search`, on both databases.

What is looked for is part of a text, not a token (Chinese), so a row holds when every word stands in its folded text
(LIKE, which no word can escape). On SQLite an FTS5 index of trigrams finds the rows for words of three signs and more;
words go into it as quoted strings, never as its syntax. PostgreSQL reads the table: pg_trgm is an extension that a
host may not have, and a thousand issues are a hundred megabytes (docs/search.md has times). The rank is the same on both: words in the
headline before those in title and organisations before those in sentences, items before an issue's overview, then the
newest issue.

Rows are written in the transaction that freezes an issue, in the place of those of its earlier revision. Issues that
were frozen before there was an index get theirs at the next search; those that were withdrawn lose theirs then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, delete, insert, select, text

from digester.domain.issue import Issue, Pick, Sentence, Text
from digester.domain.search import Hit, cleaned, folded
from digester.domain.urls import http_url
from digester.store import schema as t
from digester.store._base import Base
from digester.store.codec import load_issue, stamp, unstamp

_TRIGRAM = 3


class SearchTables(Base):
    def search(
        self,
        words: Sequence[str],
        *,
        kind: str = "",
        language: str = "",
        since: datetime | None = None,
        limit: int = 20,
    ) -> Sequence[Hit]:
        """Picks and issues that hold all these folded words, best first, each in one language only. `since` is about
        the end of the issue's window."""
        if not words:
            return ()
        self._catch_up()
        s = t.search.c
        where = [s.whole.contains(w, autoescape=True) for w in words]
        where += [s.kind == kind] if kind else []
        where += [s.language == language] if language else []
        where += [s.window_end >= stamp(since)] if since else []
        long = [w for w in words if len(w) >= _TRIGRAM]
        if long and self._engine.dialect.name == "sqlite":
            found = text("SELECT rowid FROM search_fts WHERE search_fts MATCH :quoted").bindparams(quoted=_quoted(long))
            where.append(s.id.in_(found.columns(t.search.c.id)))
        order = (_rank(words).desc(), s.place == 0, s.window_end.desc(), s.issue_id, s.place, s.language)
        hits: dict[tuple[str, int], Hit] = {}
        with self._read() as c:
            for row in c.execute(select(t.search).where(*where).order_by(*order)).mappings():
                if len(hits) >= limit:
                    break
                hits.setdefault((row["issue_id"], row["place"]), _hit(row))
        return list(hits.values())

    def _catch_up(self) -> None:
        """Indexes what was frozen by a version without an index, and forgets what was withdrawn since."""
        i = t.issues.c
        with self._read() as c:
            rows = c.execute(select(i.id, i.revision, i.state).order_by(i.revision))
            newest = {identity: (revision, state) for identity, revision, state in rows}
            known = set(c.execute(select(t.search.c.issue_id).distinct()).scalars())
        for identity, (revision, state) in sorted(newest.items()):
            if (state == "frozen") != (identity in known):
                with self._write() as c:
                    self._renew(c, identity, revision, state)

    def _renew(self, c: Connection, identity: str, revision: int, state: str) -> None:
        self._unindex(c, identity)
        if state == "frozen":
            query = select(t.issues.c.body).where(t.issues.c.id == identity, t.issues.c.revision == revision)
            self._index(c, load_issue(str(c.execute(query).scalar())))

    def _index(self, c: Connection, issue: Issue) -> None:
        """The rows of this issue, in the place of those that it has."""
        self._unindex(c, issue.id)
        c.execute(insert(t.search), list(_rows(issue)))

    def _unindex(self, c: Connection, issue_id: str) -> None:
        c.execute(delete(t.search).where(t.search.c.issue_id == issue_id))


def _quoted(words: Sequence[str]) -> str:
    """Words as strings of FTS5, all of which must stand there."""
    return " AND ".join('"' + w.replace('"', '""') + '"' for w in words)


def _rank(words: Sequence[str]) -> Any:
    s = t.search.c
    return sum(
        case((s.head.contains(w, autoescape=True), 4), (s.name.contains(w, autoescape=True), 2), else_=1) for w in words
    )


def _hit(row: Any) -> Hit:
    return Hit(
        row["issue_id"], row["place"], row["kind"], row["language"], unstamp(row["window_end"]), row["headline"], row["url"],
        tuple(row["lines"].split("\n")),
    )  # fmt: skip


# --------------------------------------------------------------------- rows
def _rows(issue: Issue) -> Iterator[dict[str, Any]]:
    for language in issue.languages:
        yield _of_issue(issue, language)
        for place, pick in enumerate(issue.picks(), 1):
            yield _of_pick(issue, place, pick, language)


def _of_issue(issue: Issue, language: str) -> dict[str, Any]:
    told = [*issue.overview, *issue.takeaways, *(s for thread in issue.threads for s in thread.sentences), *issue.watch]
    told += [s for section in issue.sections for s in section.opener]
    names = [
        issue.summary,
        *(thread.name for thread in issue.threads),
        *(section.heading for section in issue.sections),
    ]
    lines = [*(_said(name, language) for name in names), *_sentences(told, language)]
    return _row(issue, 0, language, _said(issue.title, language), "", "", lines)


def _of_pick(issue: Issue, place: int, pick: Pick, language: str) -> dict[str, Any]:
    names = (name for o in pick.organisations for name in (o.name, issue.terms.get(o.name, {}).get(language, "")))
    name = ", ".join(dict.fromkeys(n for n in names if n))
    title = pick.title if not name else f"{pick.title} ({name})"
    headline = _said(pick.headline, language) or pick.title
    return _row(
        issue, place, language, headline, http_url(pick.url) or "", title, list(_sentences(pick.sentences, language))
    )


def _row(
    issue: Issue, place: int, language: str, headline: str, url: str, name: str, told: list[str]
) -> dict[str, Any]:  # fmt: skip
    lines = [line for line in map(cleaned, (*told, name)) if line]
    headline = cleaned(headline)
    return {
        "issue_id": issue.id, "place": place, "language": language, "kind": issue.kind, "window_end": stamp(issue.window.end),
        "headline": headline, "url": url, "lines": "\n".join(lines), "head": folded(headline), "name": folded(cleaned(name)),
        "whole": "\n".join(map(folded, (headline, *lines))),
    }  # fmt: skip


def _sentences(told: Sequence[Sentence], language: str) -> Iterator[str]:
    return (_said(s.text, language) for s in told)


def _said(said: Text, language: str) -> str:
    """In the language, else in English, else what there is: what the page of that language shows."""
    return next((said[k] for k in (language, "en", *sorted(said)) if said.get(k)), "")
