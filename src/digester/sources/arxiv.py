"""arXiv: the day's announcement lists, completed by the export API.

The listing feed (rss.arxiv.org, Atom) owns announcement day and type; the API owns submission time,
comment and category order. One listing per category is one Batch: what was announced, so that coverage
can be counted. The API is asked for the listed ids, 100 at a time (arXiv API user's manual, 3.1.1).
The `arxiv` package gives the query URL and the parser; its GET goes through the one door.

A second route asks the API for what was submitted in a day's window (arXiv's calendar). Of a day whose list
was read the ids are kept as a batch of their own, so that both routes can be compared; of a day whose list
was missed the papers themselves are taken, and the batch is marked `calendar`: the feed shows one day only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from digester.domain.dates import is_listing_day, listing_in_force, submission_window
from digester.domain.errors import ParseError
from digester.domain.model import Announcement, Batch, Entry
from digester.domain.sources import Document, FetchState, Parsed, Request, Source
from digester.domain.text import plain
from digester.sources import _feed
from digester.sources._kind import Kind

PAGE = 100
LARGEST = (
    2000  # results of one query (arXiv API user's manual, 3.1.1.2); a category announces at most some hundreds a day
)
MISSED = 25  # listing days caught up in one run: five weeks
ACCEPT = "application/atom+xml"
_ID = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]{1,20}(?:\.[A-Z]{2})?/\d{7})(?:v(\d{1,3}))?$")
_LEAD = re.compile(r"^arXiv:\S{9,40} Announce Type: [\w-]{1,20}\s+(?:Abstract:\s*)?")
_API_ERROR = re.compile(rb"<id>[^<]{0,200}api/errors#([^<]{0,200})</id>")
_TOTAL = re.compile(rb"totalResults[^>]{0,200}>(\d{1,9})<")
_FEED_LEVEL = re.compile(rb"<(id|updated)>[^<]{0,300}</\1>")
_TYPES: dict[str, Announcement] = {
    "new": "new", "cross": "cross", "replace": "replace", "replace-cross": "replace", "cross-list": "cross",
}  # fmt: skip


@dataclass(frozen=True)
class Params:
    """`categories` to watch; `site` the host of arXiv or of a mirror; `api` false for listings only: nothing is
    completed, compared or caught up then."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    categories: tuple[str, ...]
    site: str = "arxiv.org"
    api: bool = True


class Arxiv(Kind):
    name: ClassVar[str] = "arxiv"
    doc: ClassVar[str] = "arXiv announcement lists by category, completed by the export API."
    Params: ClassVar[type] = Params
    papers: ClassVar[bool] = True

    def first(self, source: Source, state: FetchState, now: datetime) -> Sequence[Request]:
        site, found = source.params.site, []
        for c in source.params.categories:
            found.append(Request(f"listing:{c}", f"https://rss.{site}/atom/{c}", ACCEPT))
            if source.params.api:
                found += [_window(site, "calendar", c, day, since) for since, day in _missed(state, c, now)]
        return tuple(found)

    def fingerprint(self, document: Document) -> str:
        """API answers carry the time of asking in their feed-level id and updated; both are left out. A list's
        own `updated` is its day and counts: an empty list of another day is another list."""
        if document.request.route.startswith("listing:"):
            return hashlib.sha256(document.body).hexdigest()
        head, sep, rest = document.body.partition(b"<entry>")
        return hashlib.sha256(_FEED_LEVEL.sub(b"", head) + sep + rest).hexdigest()

    def parse(self, source: Source, document: Document) -> Parsed:
        route, _, rest = document.request.route.partition(":")
        if route == "listing":
            return _listing(source, document, rest)
        if route == "api":
            return _api(source, document)
        category, day, since = rest.split(":")
        return _of_window(source, document, route, category, date.fromisoformat(day), date.fromisoformat(since))


def _listing(source: Source, document: Document, category: str) -> Parsed:
    feed = _feed.load(document)
    entries = tuple(e for row in feed.entries if (e := _listed(row, source.params.site)) is not None)
    by_day: dict[date, list[str]] = {}
    day = _feed.moment(feed.feed.get("updated_parsed"))
    if day is not None and day.weekday() < 5:
        by_day[day.date()] = []  # an empty list of a working day is known to be empty
    for e in entries:
        if e.announced_at and e.announcement != "replace":
            by_day.setdefault(e.announced_at, []).append(e.external_id)
    batches = tuple(Batch(category, day, "listing", tuple(dict.fromkeys(ids))) for day, ids in sorted(by_day.items()))
    ids = [f"{e.external_id}v{e.version or 1}" for e in entries]
    latest = max(by_day, default=None)
    compared = (
        (_window(source.params.site, "window", category, latest, latest),) if latest and is_listing_day(latest) else ()
    )
    asks = (*by_id(source.params.site, ids), *compared) if source.params.api else ()
    unread = len(feed.entries) - len(entries)
    cursor = {f"listed:{category}": latest.isoformat()} if latest else None
    return Parsed(entries, batches, asks, cursor, notes=(f"{unread} listed entries without an id",) if unread else ())


def _listed(row: Any, site: str) -> Entry | None:
    m = _ID.search(str(row.get("id") or ""))
    if m is None:
        return None
    at = _feed.moment(row.get("published_parsed"))
    kind = _TYPES.get(str(row.get("arxiv_announce_type") or "new").strip().lower(), "new")
    return Entry(
        external_id=m[1], kind="paper", url=f"https://{site}/abs/{m[1]}", title=plain(str(row.get("title") or "")),
        text=plain(_LEAD.sub("", str(row.get("summary") or ""))),
        authors=tuple(a for a in (plain(p) for p in str(row.get("author") or "").split(", ")) if a),
        categories=tuple(plain(str(t.get("term")))[:40] for t in row.get("tags") or () if t.get("term")),
        announced_at=at.date() if at else None, version=int(m[2]) if m[2] else 1, announcement=kind, language="en",
    )  # fmt: skip


def by_id(site: str, ids: Sequence[str]) -> tuple[Request, ...]:
    """Requests for papers by id: id_list queries of at most PAGE ids, built by the arxiv package."""
    import arxiv

    client = arxiv.Client()
    client.query_url_format = f"https://export.{site}/api/query?{{}}"
    chunks = [list(ids[i : i + PAGE]) for i in range(0, len(ids), PAGE)]
    return tuple(
        Request("api", client._format_url(arxiv.Search(id_list=chunk, max_results=len(chunk)), 0, len(chunk)), ACCEPT)
        for chunk in chunks
    )


# ---------------------------------------------------------- a day's window
def _missed(state: FetchState, category: str, now: datetime) -> list[tuple[date, date]]:
    """(since, day): listing days between the last list that was read and the list in force, at most MISSED, the
    latest; what is before stays unknown. Papers held back longer than their day are listed later than the calendar
    says, so the first query begins with the submissions of the last list: what that list named is known and keeps
    its day."""
    try:
        last = date.fromisoformat(str(state.cursor.get(f"listed:{category}")))
    except ValueError:
        return []
    current = listing_in_force(now)
    days = [last + timedelta(days=n) for n in range(1, (current - last).days)]
    missed = [day for day in days if is_listing_day(day)]
    follows = is_listing_day(last)
    return [(last if n == 0 and follows else day, day) for n, day in enumerate(missed)][-MISSED:]


def _span(day: date, since: date) -> tuple[datetime, datetime]:
    return submission_window(since)[0], submission_window(day)[1]


def _window(site: str, route: str, category: str, day: date, since: date) -> Request:
    """What was submitted for a listing day, as one query (arXiv API user's manual, 5.1: submittedDate in GMT, to
    the minute, both ends included)."""
    import arxiv

    start, end = _span(day, since)
    span = f"[{start:%Y%m%d%H%M} TO {end - timedelta(minutes=1):%Y%m%d%H%M}]"
    client = arxiv.Client()
    client.query_url_format = f"https://export.{site}/api/query?{{}}"
    search = arxiv.Search(
        f"cat:{category} AND submittedDate:{span}",
        sort_by=arxiv.SortCriterion.SubmittedDate, sort_order=arxiv.SortOrder.Ascending,
    )  # fmt: skip
    return Request(f"{route}:{category}:{day}:{since}", client._format_url(search, 0, LARGEST), ACCEPT)


def _of_window(source: Source, document: Document, route: str, category: str, day: date, since: date) -> Parsed:
    """The ids of the window, and for a missed day its papers, announced that day as far as the calendar knows."""
    found = _api(source, document)
    start, end = _span(day, since)
    mine = [e for e in found.entries if category in e.categories and e.published_at and start <= e.published_at < end]
    batch = Batch(category, day, "api" if route == "window" else "calendar", tuple(e.external_id for e in mine))
    more = _TOTAL.search(document.body)
    cut = int(more[1]) - len(found.entries) if more else 0
    notes = (
        (*found.notes, f"{category} {day}: {cut} papers beyond the first {LARGEST} of the API were not read")
        if cut > 0
        else found.notes
    )
    if route == "window":
        return Parsed(batches=(batch,), notes=notes)
    papers = tuple(
        replace(e, announced_at=day, announcement="new" if e.categories[0] == category else "cross") for e in mine
    )
    return Parsed(papers, (batch,), notes=notes)


def _api(source: Source, document: Document) -> Parsed:
    from arxiv import _feed as atom

    if m := _API_ERROR.search(document.body):  # its entry has no date, and the package drops it
        raise ParseError(f"arXiv API error: {plain(m[1].decode('utf-8', 'replace'))[:200]}")
    try:
        feed = atom.parse(document.body)
    except ValueError as err:
        raise ParseError(f"arXiv API answer with a date that is none: {str(err)[:120]}") from None
    if feed.malformed or b"http://www.w3.org/2005/Atom" not in document.body[:2000]:
        raise ParseError(f"arXiv API answer is not Atom: {str(feed.error or 'another document')[:120]}")
    unread = document.body.count(b"<entry>") - len(feed.results)
    notes = (f"{unread} entries of the API without id or date",) if unread > 0 else ()
    return Parsed(tuple(e for r in feed.results if (e := _result(r, source.params.site)) is not None), notes=notes)


def _result(result: Any, site: str) -> Entry | None:
    m = _ID.search(result.entry_id)
    if m is None:
        return None
    rest = [plain(c)[:40] for c in result.categories if c != result.primary_category]
    return Entry(
        external_id=m[1], kind="paper", url=f"https://{site}/abs/{m[1]}", title=plain(result.title),
        text=plain(result.summary), authors=tuple(plain(a.name) for a in result.authors),
        categories=tuple(c for c in (result.primary_category, *rest) if c),
        published_at=result.published, version=int(m[2]) if m[2] else 1,
        comment=plain(result.comment)[:500] if result.comment else None, language="en",
        affiliations=tuple(dict.fromkeys(plain(f) for a in result.authors for f in a.affiliation)),
    )  # fmt: skip
