"""pictures: a figure for each section of a weekly of papers, where a licence lets others show it.

Asked for are drawings of how a system works, of the best papers alone: arXiv asks for 15 seconds between pages. A full
text names them and mostly the licence; where it does not, the abstract page is asked. What is stored is shown when the
issue is composed; without a network an issue has no pictures and lacks nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digester.analysis import illustrations
from digester.domain.entries import subject_of
from digester.domain.ids import checksum, digest
from digester.domain.issue import Illustration, IssueKind, Pick, Section, Sentence
from digester.domain.licences import is_open
from digester.domain.model import FullText, Item, Support
from digester.domain.pictures import Picture, Raster, TextPicture
from digester.domain.runs import Failure, StepReport
from digester.domain.sources import Request
from digester.pipeline import attempting, material
from digester.pipeline.enrich import FOR_GOOD, GONE
from digester.ports import Brief, Fetched, FetchError, Http, PictureReaders, Reply, Sandbox, SandboxFailure, Store, Tell

STEP = "pictures"
LEAST, MOST = 4, 8  # rating of a paper whose figure is asked for, and papers a run
ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Wanted:
    """A figure that an issue could show; `licence` is "" until a page has stated it."""

    item: Item
    picture: TextPicture
    licence: str

    @property
    def subject(self) -> str:
        return subject_of(self.item)

    @property
    def hashed(self) -> str:
        return digest(self.picture.url, self.picture.caption)

    @property
    def request(self) -> Request:
        """The abstract page until the licence is known, then the picture."""
        if self.licence:
            return Request("picture", self.picture.url, ", ".join(ENDINGS), page=True)
        version = f"v{self.item.entry.version}" if self.item.entry.version else ""
        return Request("licence", f"{self.item.entry.url}{version}", "text/html", page=True)


@dataclass(frozen=True)
class _Refused:
    """Why there is no picture; `for_good` when the next try would find the same."""

    reason: str
    for_good: bool = True


def todo(store: Store, kind: IssueKind, items: Sequence[Item], now: datetime) -> list[Wanted]:
    """Figures of the best papers that are neither stored nor refused, the best paper first."""
    subjects = material.by_subject(items)
    rated = {s: rs[-1].rating for s, rs in store.ratings(subjects, kind.rubric).items() if rs[-1].in_scope}
    best = sorted((s for s, r in rated.items() if r >= LEAST), key=lambda s: (-rated[s], s))
    texts, stored, attempts = store.full_texts(best), store.pictures(best), store.attempts(STEP)
    found = [w for s in best if s in texts and (w := _wanted(subjects[s], texts[s]))]
    return [
        w for w in found
        if w.picture.url not in {p.url for p in stored.get(w.subject, ())}
        and attempting.due(attempts.get(w.subject), w.hashed, now)
    ][:MOST]  # fmt: skip


def _wanted(item: Item, text: FullText) -> Wanted | None:
    picture = illustrations.best(text.pictures) if text.outcome == "ok" else None
    return Wanted(item, picture, text.licence) if picture and (not text.licence or is_open(text.licence)) else None


def run(
    store: Store, kind: IssueKind, items: Sequence[Item], http: Http, sandbox: Sandbox, readers: PictureReaders,
    now: datetime, tell: Tell,
) -> StepReport:  # fmt: skip
    if not kind.weekly_of_papers:
        return StepReport(STEP, notes=(f"{kind.slug} shows no figures: only weeklies of papers do",))
    wanted = todo(store, kind, items, now)
    attempts = store.attempts(STEP) if wanted else {}
    fetches = http.fetches()
    for each in wanted:
        fetches.add(each, each.request)
    failures: list[Failure] = []
    counts = {"stored": 0, "refused": 0}
    for each, reply in fetches:
        result = _result(each, reply, sandbox, readers)
        if isinstance(result, Wanted):
            fetches.add(result, result.request)
            continue
        if isinstance(result, Raster):
            store.save_picture(_picture(each, result), result.body, now)
            store.clear_attempt(STEP, each.subject)
            counts["stored"] += 1
        elif result.for_good:
            store.save_attempt(attempting.hopeless(STEP, each.subject, each.hashed, result.reason))
            counts["refused"] += 1
        else:
            before = attempts.get(each.subject)
            store.save_attempt(attempting.failed(STEP, each.subject, each.hashed, before, result.reason, now))
            failures.append(Failure(each.request.url, result.reason))
        tell({"event": STEP, "subject": each.picture.url, "outcome": getattr(result, "reason", "stored")})
    return StepReport(STEP, len(items), counts["stored"], len(items) - len(wanted), tuple(failures), counts)


def _result(each: Wanted, reply: Reply, sandbox: Sandbox, readers: PictureReaders) -> Wanted | Raster | _Refused:
    """The picture, or what to ask next, or why there is none."""
    if isinstance(reply, FetchError):
        return _Refused(reply.message, for_good=reply.status in GONE or reply.fault in FOR_GOOD)
    if not isinstance(reply, Fetched):
        return _Refused("the server answered 304 to an unconditional request", for_good=False)
    if each.licence:
        read = sandbox.run(readers.raster, reply.document)
        return _unread(read) if isinstance(read, SandboxFailure) else read
    licence = sandbox.run(readers.licence, reply.document)
    if isinstance(licence, SandboxFailure):
        return _unread(licence)
    return replace(each, licence=licence) if is_open(licence) else _Refused(f"licence: {licence or 'not stated'}")


def _unread(failure: SandboxFailure) -> _Refused:
    """What a reader refused it refuses again; one that was stopped may have had a busy machine."""
    return _Refused(failure.message, for_good=failure.kind == "error")


def _picture(each: Wanted, raster: Raster) -> Picture:
    name = f"{checksum(raster.body)[:32]}.{ENDINGS[raster.media_type]}"
    return Picture(
        name, each.subject, each.picture.url, each.picture.caption, each.licence, raster.media_type, raster.width, raster.height
    )  # fmt: skip


# ------------------------------------------------------------------ in an issue
def placed(store: Store, sections: Sequence[Section], everything: Sequence[Brief]) -> tuple[Section, ...]:
    """The sections, each with a stored figure of the first of its papers that has one."""
    by_item = {b.item.id: b for b in everything}
    stored = store.pictures(p.work for s in sections for p in s.picks)

    def shown(section: Section) -> Section:
        fitting = (_illustration(p, by_item[p.lead_item_id], stored.get(p.work, ())) for p in section.picks)
        return replace(section, illustration=next((f for f in fitting if f), None))

    return tuple(shown(s) for s in sections)


def _illustration(pick: Pick, brief: Brief, stored: Sequence[Picture]) -> Illustration | None:
    """The stored figure of the text that the issue rests on, with its caption where that text has it."""
    text = brief.evidence.full_text
    named = illustrations.best(text.pictures) if text else None
    picture = next((p for p in stored if named and (p.url, p.caption) == (named.url, named.caption)), None)
    if not named or not picture:
        return None
    caption = illustrations.caption_of(named)
    for passage in brief.evidence.passages:
        if (at := passage.text.find(caption)) >= 0:
            support = Support(passage.id, at, at + len(caption), "quotation")
            told = Sentence(f"{pick.story_id}.picture", "quote", {pick.language: caption}, (pick.lead_item_id,), (support,), "caption")  # fmt: skip
            return Illustration(picture, told)
    return None
