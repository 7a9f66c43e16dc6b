"""run: collect | screen | enrich | assess | pictures | cluster | compose | freeze | publish | notes, for one issue.

Every step asks the store what is missing, so a first run, a resumed run and a repeated run are this same
path: a frozen issue is not composed again, and nothing that was done is done twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digester.domain.dates import window
from digester.domain.errors import Offline, Refused
from digester.domain.ids import issue_id
from digester.domain.issue import Issue, IssueKind, Text, Window
from digester.domain.model import Item, Story
from digester.domain.runs import StepReport
from digester.domain.sources import Source
from digester.pipeline import (
    asked,
    assess,
    cluster,
    collect,
    compose,
    coverage,
    enrich,
    gate,
    languages,
    material,
    news_daily,
    news_weekly,
    notes,
    papers_daily,
    papers_weekly,
    pictures,
    publish,
    screen,
    shown,
    standard,
)
from digester.pipeline.draft import Draft
from digester.ports import (
    Brief,
    Editor,
    Extractor,
    Http,
    Output,
    PairJudge,
    PictureReaders,
    Queue,
    Sandbox,
    SourceKind,
    Store,
    Tell,
)

REMEMBERED = timedelta(weeks=12)  # themes of weeklies
REFUSED = (
    "the draft is kept; `digester status` names failed sources, `digester run` later tries again, "
    "--publish-degraded publishes it with a notice"
)
DEAD = "`digester status` and the notes of the run say what the editor answered; `digester run` later tries again"
DEGRADED = {
    "en": "Published although weak, on the publisher's order: {}.",
    "zh": "本期未达标，按发布者要求照发（{}）。",
}


@dataclass(frozen=True)
class Powers:
    """Adapters as app.py hands them over; each step is given only the ones it needs."""

    store: Store
    http: Http
    sandbox: Sandbox
    editor: Editor
    kinds: Mapping[str, SourceKind]
    extractors: Mapping[str, Extractor]
    pictures: PictureReaders
    outputs: Mapping[str, Output]
    made_with: str = ""
    footer: bool = False  # what a model cost is printed on the issue
    queue: Queue | None = None  # where questions wait for a batch
    prefilter: bool = False  # works that it thinks too weak are not asked about
    judge: PairJudge | None = None  # of pairs of articles in doubt


@dataclass(frozen=True)
class Result:
    issue: Issue
    steps: tuple[StepReport, ...]
    fresh: bool


Form = Callable[[compose.Desk, Store, Sequence[Story]], tuple[Draft, tuple[Brief, ...]]]
FORMS: Mapping[tuple[bool, str], Form] = {  # made of papers?, cadence
    (True, "daily"): papers_daily.draft,
    (True, "weekly"): papers_weekly.draft,
    (False, "daily"): news_daily.draft,
    (False, "weekly"): news_weekly.draft,
}


def form_of(kind: IssueKind) -> Form:
    """How an issue of the kind is drafted: the stories of its window to a draft, with everything that may be cited."""
    return FORMS[kind.papers, kind.cadence]


def whole(
    powers: Powers,
    kind: IssueKind,
    period: str,
    sources: Sequence[Source],
    now: datetime,
    tell: Tell,
    notices: Sequence[Text] = (),
    degraded: bool = False,
    note: Callable[[Sequence[StepReport]], None] = lambda steps: None,
    collected: bool = False,
) -> Result:
    """One issue from its sources to its artifacts; `note` hears of each step as it ends, for the record of a run
    that fails later. With `collected` the sources were just asked. Raises Offline, NothingToPublish, Refused."""
    steps: list[StepReport] = []

    def ended(*reports: StepReport) -> None:
        steps.extend(reports)
        note(reports)

    issue = powers.store.issue(issue_id(kind.slug, period))
    fresh = issue is None
    if issue is None:
        if not collected:
            ended(collect_now(powers, collect.todo(sources), now, tell))
        ended(*prepare(powers, kind, period, sources, now, tell))
        issue, made = compose_now(powers, kind, period, sources, now, notices, degraded, steps)
        ended(*made)
    ended(publish.run(powers.store, issue, kind, powers.outputs, powers.made_with))
    if kind.weekly_of_papers:
        ended(notes.run(powers.store, issue, kind, sources, powers.editor, now))
    return Result(issue, tuple(steps), fresh)


def collect_now(
    powers: Powers, sources: Sequence[Source], now: datetime, tell: Tell, every: bool = False
) -> StepReport:
    """Collects; raises Offline when not one source could be reached."""
    report = collect.run(sources, powers.kinds, powers.http, powers.sandbox, powers.store, now, tell, every)
    if report.extra.get("offline"):
        raise Offline(
            f"no source could be reached ({len(report.failures)} tried); offline?",
            hint=f"first error: {report.failures[0].error}" if report.failures else "",
        )
    return report


def prepare(
    powers: Powers, kind: IssueKind, period: str, sources: Sequence[Source], now: datetime, tell: Tell
) -> list[StepReport]:
    """screen, enrich, assess for the items of one window, and pictures for those that are best."""
    items, by_id = _drawn(powers.store, kind, period), {s.id: s for s in sources}
    steps = [screen.run(powers.store, kind, items, by_id, powers.editor, now)]
    steps.append(enrich.run(powers.store, kind, items, powers.http, powers.sandbox, powers.extractors, now, tell))
    steps.append(assess.run(powers.store, kind, items, by_id, powers.editor, now, _learning(powers, kind, period)))
    if kind.weekly_of_papers:
        steps.append(pictures.run(powers.store, kind, items, powers.http, powers.sandbox, powers.pictures, now, tell))
    for step in steps:
        tell(
            {
                "event": "step",
                "step": step.step,
                "subject": f"{kind.slug}/{period}",
                "seen": step.seen,
                "done": step.done,
            }
        )
    return steps


def _learning(powers: Powers, kind: IssueKind, period: str) -> datetime | None:
    """The start of the window, for a prefilter to learn from what came before; None without one."""
    return window(kind, period).start if powers.prefilter else None


def _drawn(store: Store, kind: IssueKind, period: str) -> list[Item]:
    return material.drawn(store, kind, period, material.span_of(store, kind, period))[0]


def compose_now(
    powers: Powers,
    kind: IssueKind,
    period: str,
    sources: Sequence[Source],
    now: datetime,
    notices: Sequence[Text] = (),
    degraded: bool = False,
    before: Sequence[StepReport] = (),
) -> tuple[Issue, list[StepReport]]:
    """cluster, compose, gate, freeze. A weak issue is refused and its draft kept, or with `degraded` published
    with a notice that says so. `before` are the steps of the run until now, for what a model cost."""
    store, span = powers.store, material.span_of(powers.store, kind, period)
    items, late = material.drawn(store, kind, period, span)
    stories, clustered = cluster.run(store, kind, items, span, powers.judge)
    desk = compose.Desk(
        kind, period, span, powers.editor, {s.id: s for s in sources}, {i.id: i for i in items}, late,
        store.told(kind.slug, span.end - compose.TOLD, span.end), now, _earlier(store, kind, period, span),
    )  # fmt: skip
    draft, everything = form_of(kind)(desk, store, stories)
    gated = gate.run(draft, everything, powers.editor)
    gated, spoken, refused = languages.run(gated, kind.languages, powers.editor)
    asked_of = powers.editor.tally()
    lost = compose.unread(desk, store, stories)
    if lost and not gated.draft.census.published:
        identity = issue_id(kind.slug, period)
        raise Refused(f"{identity}: the editor read none of {lost} works worth reading", subject=identity, hint=DEAD)
    seen_of = coverage.of(store, kind, span, sources, items, {k for k, v in powers.kinds.items() if v.papers}, now)
    told = [*notices, *refused, *asked.notices(draft.rated, powers.editor, asked_of)]
    told += asked.footer([*before, clustered, asked.counted(StepReport("compose"), asked_of)]) if powers.footer else []
    given = _given(desk, store)

    def recorded(g: gate.Gated) -> Issue:
        picks = [p for s in g.draft.sections for p in s.picks]
        covered = replace(seen_of, yields=coverage.yields(given, desk.sources, stories, picks))
        return compose.issue(desk, g, covered, told, spoken)

    gated, record = standard.held(gated, powers.editor, recorded)
    store.save_passages({p.id: p for i in record.read for p in gated.grounds[i].passages}.values(), now)
    if reasons := compose.weak(record, kind, lost):
        if not degraded:
            store.save_draft(record, "; ".join(reasons))
            raise Refused(f"{record.id}: {'; '.join(reasons)}", subject=record.id, hint=REFUSED)
        record = replace(
            record, notices=(*record.notices, {k: v.format("; ".join(reasons)) for k, v in DEGRADED.items()})
        )
    report = _composed(record, stories, gated, {
        "late": len(late), "missing_editions": len(kind.languages) - len(spoken),
        "without_model": len(asked.fallen_back(draft.rated, powers.editor)),
    })  # fmt: skip
    return store.freeze(record), [clustered, asked.counted(report, asked_of)]


def _given(desk: compose.Desk, store: Store) -> list[Item]:
    """What sources gave to an issue: the items of its window, and for a daily of news the repositories seen in it."""
    sighted = shown.sighted(desk, store) if form_of(desk.kind) is news_daily.draft else ()
    return [*{i.id: i for i in (*desk.items.values(), *sighted)}.values()]


def _composed(record: Issue, stories: Sequence[Story], gated: gate.Gated, counts: Mapping[str, int]) -> StepReport:
    published = len(record.picks())
    seen = len({s.id for s in stories} | {p.story_id for p in record.picks()})  # some picks are no story's lead
    refused = {"refused_sentences": gated.checks.refused, "refused_fields": gated.checks.fields}
    return StepReport(
        "compose", seen, published, seen - published, extra={**refused, **counts}, details=gated.refused[:20]
    )


def _earlier(store: Store, kind: IssueKind, period: str, span: Window) -> tuple[Issue, ...]:
    """Frozen issues whose windows end before this one's: what was told, and which themes came before."""
    back = REMEMBERED if kind.cadence == "weekly" else compose.TOLD
    found = store.frozen_since(kind.slug, span.end - back - material.INSTANT)
    return tuple(i for i in found if i.window.end < span.end and i.id != issue_id(kind.slug, period))


def one_step(
    name: str, powers: Powers, kind: IssueKind, period: str, sources: Sequence[Source], now: datetime, tell: Tell
) -> StepReport:
    """screen, enrich, assess or cluster alone, over the items of one window."""
    items, by_id = _drawn(powers.store, kind, period), {s.id: s for s in sources}
    if name == "screen":
        return screen.run(powers.store, kind, items, by_id, powers.editor, now)
    if name == "enrich":
        return enrich.run(powers.store, kind, items, powers.http, powers.sandbox, powers.extractors, now, tell)
    if name == "pictures":
        return pictures.run(powers.store, kind, items, powers.http, powers.sandbox, powers.pictures, now, tell)
    if name == "assess":
        return assess.run(powers.store, kind, items, by_id, powers.editor, now, _learning(powers, kind, period))
    return cluster.run(powers.store, kind, items, material.span_of(powers.store, kind, period))[1]
