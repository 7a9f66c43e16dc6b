"""enrich: whole texts for what will be judged: papers in scope, articles whose feed gave a stub, transcripts.

Articles without any text (a sitemap's) are read whatever a rating made of their title, and before the others.

Failure is an outcome (gone, paywalled ...) when asking again would not help, else an Attempt with the
time of the next try. Pages for people are fetched with robots.txt in hand. A paper's HTML page is asked first;
its PDF only when there is none that can be read: print loses tables and formulas. Both are one subject. The input
hash of an outcome names the ways that were tried: a text is a text whatever else could be tried, but "there is none"
holds only as long as no further way is known. `FullText.route` says which extractor read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from digester.domain.entries import is_bare, subject_of
from digester.domain.ids import digest
from digester.domain.issue import IssueKind
from digester.domain.model import Enclosure, Extracted, FullText, Item
from digester.domain.runs import Failure, StepReport
from digester.domain.sources import Document, Request
from digester.pipeline import attempting, material
from digester.ports import (
    Extractor,
    Fetched,
    FetchError,
    Http,
    NotModified,
    Reply,
    Sandbox,
    SandboxFailure,
    Store,
    Tell,
)

STUB = 900  # characters: a feed text shorter than this is a summary, its page is read
BARE = 40  # articles without a text, a run
TRANSCRIPTS = frozenset({"text/vtt", "application/x-subrip", "application/srt", "application/json"})
GONE = frozenset({404, 410, 451})
FOR_GOOD = frozenset({"robots", "too_large"})  # faults that the next try would find again


def request_for(item: Item) -> Request | None:
    """Where the whole text of an item is, and which extractor (route) reads it."""
    entry = item.entry
    if entry.kind == "paper" and item.work.startswith("arxiv:"):
        version = f"v{entry.version}" if entry.version else ""
        return Request(
            "arxiv_html",
            f"https://{urlsplit(entry.url).hostname}/html/{entry.external_id}{version}",
            "text/html",
            page=True,
        )
    if entry.kind == "episode":
        found = next((e for e in entry.enclosures if _is_transcript(e)), None)
        return Request("transcript", found.url) if found else None
    if entry.kind == "article" and len(entry.text) < STUB:
        return Request("html", entry.url, "text/html", page=True)
    return None


def ways(first: Request) -> tuple[Request, ...]:
    """The request and those that follow when it yields no text: the PDF of an arXiv paper whose HTML page is gone, too
    short or no paper."""
    if first.route != "arxiv_html":
        return (first,)
    url = first.url.replace("/html/", "/pdf/", 1)
    return first, replace(first, route="pdf", url=url, accept="application/pdf")


def tried(first: Request, asked: Request) -> tuple[Request, ...]:
    """The ways up to the one asked last."""
    every = ways(first)
    return every[: every.index(asked) + 1]


def following(first: Request, asked: Request, found: FullText | str) -> Request | None:
    """What to ask next for a text that was not found; None when there is no other way."""
    rest = ways(first)[len(tried(first, asked)) :]
    return rest[0] if rest and isinstance(found, FullText) and found.outcome != "ok" else None


def _is_transcript(e: Enclosure) -> bool:
    """By media type or ending; a page is one only without a length, which RSS requires of every other enclosure."""
    if e.media_type == "text/html":
        return e.length is None and e.duration is None
    return e.media_type in TRANSCRIPTS or e.url.endswith((".vtt", ".srt"))


def input_hash(item: Item, requests: Sequence[Request]) -> str:
    return digest(item.content_hash, *(r.url for r in requests))


def is_known(item: Item, first: Request, known: FullText | None) -> bool:
    """Whether the stored outcome is that of this text: read in any of the ways, or missed in all of them."""
    if known is None:
        return False
    every = ways(first)
    fitting = [every[: n + 1] for n in range(len(every))] if known.outcome == "ok" else [every]
    return known.input_hash in {input_hash(item, requests) for requests in fitting}


def todo(store: Store, kind: IssueKind, items: Sequence[Item], now: datetime) -> list[tuple[Item, Request]]:
    """Items whose whole text is wanted and not yet known, nor tried and not due."""
    return lacking(store, _wanted(store, kind, items), now)


def lacking(store: Store, wanted: Sequence[Item], now: datetime) -> list[tuple[Item, Request]]:
    """Those of the items whose whole text is not yet known, nor tried and not due."""
    asks = {subject_of(i): (i, r) for i in wanted if (r := request_for(i)) is not None}
    known, attempts = store.full_texts(asks), store.attempts("enrich")
    missing = [
        (i, r) for s, (i, r) in sorted(asks.items())
        if not is_known(i, r, known.get(s)) and attempting.due(attempts.get(s), input_hash(i, ways(r)), now)
    ]  # fmt: skip
    return [*_bare(missing), *(x for x in missing if not is_bare(x[0].entry))]


def _bare(asks: Sequence[tuple[Item, Request]]) -> list[tuple[Item, Request]]:
    """The newest articles of which nothing but a title is known; a sitemap can name thousands."""
    bare = [x for x in asks if is_bare(x[0].entry)]
    return sorted(bare, key=lambda x: (x[0].moment or x[0].first_seen_at, x[0].id), reverse=True)[:BARE]


def _wanted(store: Store, kind: IssueKind, items: Sequence[Item]) -> list[Item]:
    subjects = material.by_subject(items)
    ratings = store.ratings(subjects, kind.rubric)
    if kind.papers:
        return [i for s, i in subjects.items() if s in ratings and ratings[s][-1].in_scope]
    return [
        i for s, i in subjects.items()
        if i.entry.kind == "episode" or is_bare(i.entry) or (s in ratings and ratings[s][-1].rating >= 2)
    ]  # fmt: skip


def run(
    store: Store, kind: IssueKind, items: Sequence[Item], http: Http, sandbox: Sandbox, extractors: Mapping[str, Extractor],
    now: datetime, tell: Tell,
) -> StepReport:  # fmt: skip
    return read(store, items, todo(store, kind, items, now), http, sandbox, extractors, now, tell)


def read(
    store: Store, items: Sequence[Item], subjects: Sequence[tuple[Item, Request]], http: Http, sandbox: Sandbox,
    extractors: Mapping[str, Extractor], now: datetime, tell: Tell,
) -> StepReport:  # fmt: skip
    """Fetches the whole texts of `subjects`, which are some of the items."""
    attempts = store.attempts("enrich")
    fetches = http.fetches()
    for item, request in subjects:
        fetches.add((item, request, request), request)
    outcomes: dict[str, int] = {}
    failures: list[Failure] = []
    for (item, request, asked), reply in fetches:
        result = _result(item, request, asked, reply, sandbox, extractors)
        if other := following(request, asked, result):
            fetches.add((item, request, other), other)
            continue
        if isinstance(result, FullText):
            passages = material.passages_of(item, result) if result.outcome == "ok" else ()
            store.save_full_text(result, passages, now)
            store.clear_attempt("enrich", subject_of(item))
            outcomes[result.outcome] = outcomes.get(result.outcome, 0) + 1
        else:
            hashed, before = input_hash(item, ways(request)), attempts.get(subject_of(item))
            store.save_attempt(attempting.failed("enrich", subject_of(item), hashed, before, result, now))
            failures.append(Failure(item.entry.url, result))
        tell({"event": "enrich", "subject": item.entry.url, "outcome": getattr(result, "outcome", "failed")})
    return StepReport(
        "enrich", len(items), len(subjects) - len(failures), len(items) - len(subjects), tuple(failures), outcomes
    )


def _result(
    item: Item, first: Request, asked: Request, reply: Reply, sandbox: Sandbox, extractors: Mapping[str, Extractor]
) -> FullText | str:
    """The full text (or why there is none for good), or the error of this try."""
    route = _route(asked, reply)

    def made(x: Extracted) -> FullText:
        return FullText(
            subject_of(item), input_hash(item, tried(first, asked)), x.outcome, x.text, x.sections, x.author_block,
            route, x.title, x.pictures, x.licence,
        )  # fmt: skip

    if isinstance(reply, FetchError):
        if reply.status in GONE:
            return made(Extracted("gone"))
        return made(Extracted("unsupported")) if reply.fault in FOR_GOOD else reply.message
    if isinstance(reply, NotModified):
        return "the server answered 304 to an unconditional request"
    function: Callable[[Document], Extracted] = extractors[route]
    extracted = sandbox.run(function, reply.document)
    return extracted.message if isinstance(extracted, SandboxFailure) else made(extracted)


def _route(asked: Request, reply: Reply) -> str:
    """The extractor for what came: the address of a page may answer with a PDF."""
    document = reply.document if isinstance(reply, Fetched) else None
    if document and (document.media_type == "application/pdf" or document.body.startswith(b"%PDF-")):
        return "pdf"
    return asked.route
