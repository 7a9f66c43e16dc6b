"""The page that both Markdown and HTML print: the record in one language, in reading order.

Everything is decided here - what stands where, in which words, under which number - so that the two
formats cannot disagree and templates hold markup only. Mappings are read in sorted order: equal
records must be equal bytes whatever order their dictionaries were filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from digester.domain.issue import BatchCoverage, Coverage, Issue, Row, Section, Thread
from digester.outputs import _format as fmt
from digester.outputs._lines import (
    Block,
    Line,
    Ref,
    Refs,
    Said,
    blocks,
    line,
    references,
    resolve,
    safe,
    said,
)
from digester.outputs._picks import Figure, PickView, figure, ident, pick_view
from digester.outputs._words import label, words

_LAYOUTS = {"posts": "posts", "trending": "trending", "podcasts": "podcasts", "more": "briefs"}
_ONLINE = ("online_ab", "deployed")


@dataclass(frozen=True)
class ThreadView:
    anchor: str
    name: Said
    movement: str
    refs: tuple[Ref, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Group:
    """Neighbouring picks under one topic; without topics there is one group with no heading."""

    topic: str
    picks: tuple[PickView, ...]


@dataclass(frozen=True)
class SectionView:
    anchor: str
    layout: str
    heading: Said
    opener: tuple[Block, ...]
    picks: tuple[PickView, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class OnlineRow:
    organisation: str
    system: str
    figure: Figure
    ref: Ref


@dataclass(frozen=True)
class RowView:
    rating: int
    stars: str
    title: str
    url: str
    ident: str
    organisations: str
    evidence: str
    section: str
    day: str


@dataclass(frozen=True)
class BatchView:
    category: str
    day: str
    announced: str
    seen: str
    route: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class CoverageView:
    line: str
    failed: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    batches: tuple[BatchView, ...]
    complete: bool


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Page:
    words: Mapping[str, str]
    language: str
    lang: str
    kind: str
    title: str
    slug: str
    summary: str
    tags: tuple[str, ...]
    category: str
    date: date
    day: str
    notices: tuple[str, ...]
    range: str
    census: str
    seen: str
    takeaways: tuple[Line, ...]
    overview: tuple[Block, ...]
    threads: tuple[ThreadView, ...]
    sections: tuple[SectionView, ...]
    online: tuple[OnlineRow, ...]
    watch: tuple[Line, ...]
    rows: tuple[RowView, ...]
    coverage: CoverageView
    method: Said
    record: str
    commands: tuple[str, ...]
    refs: tuple[Ref, ...]
    contents: tuple[Entry, ...]


def page(issue: Issue, language: str) -> Page:
    """The view of an issue in one language."""
    refs, numbered = references(issue, language)
    w = words(language)
    sections = _sections(issue, language, refs, numbered)
    online = _online(issue, language, numbered)
    watch = tuple(line(s, language, refs) for s in issue.watch)
    printed = issue.window.end.date()
    return Page(
        words=w, language=language, lang="zh-Hans" if language == "zh" else language, kind=issue.kind,
        title=said(issue.title, language).text, slug=said(issue.slug, language).text,
        summary=said(issue.summary, language).text, tags=_tags(issue, language),
        category=said(issue.category, language).text, date=printed, day=fmt.day(printed, language),
        notices=_notices(issue, w), range=fmt.window_line(issue.window, language),
        census=fmt.census_line(issue.census, language), seen=fmt.tally(issue.census.seen, language),
        takeaways=tuple(line(s, language, refs) for s in issue.takeaways),
        overview=blocks(issue.overview, language, refs),
        threads=tuple(_thread(t, n, language, refs) for n, t in enumerate(issue.threads, 1)),
        sections=sections, online=online, watch=watch, rows=_rows(issue, language),
        coverage=_coverage(issue.coverage, language), method=said(issue.method, language),
        record=w["record"].format(issue.id, issue.revision, f"{fmt.moment(issue.frozen_at, language)} UTC"),
        commands=(f"digester verify {issue.id}", f"digester regenerate {issue.id}"),
        refs=numbered, contents=_contents(issue, w, sections, online),
    )  # fmt: skip


def _tags(issue: Issue, language: str) -> tuple[str, ...]:
    return issue.tags.get(language) or issue.tags.get("en", ())


def _notices(issue: Issue, w: Mapping[str, str]) -> tuple[str, ...]:
    state = w.get(f"state_{issue.state}", "")
    return (*([state] if state else []), *issue.notices)


def _thread(thread: Thread, number: int, language: str, refs: Refs) -> ThreadView:
    pair = thread.from_ and thread.to
    shown = blocks(thread.sentences, language, refs)
    cited = {ref for block in shown for one in block.lines for ref in one.cites}
    movement = words(language)["from_to"].format(thread.from_, thread.to) if pair else ""
    return ThreadView(
        f"thread-{number}", said(thread.name, language), movement,
        tuple(ref for ref in resolve(thread.picks, refs) if ref not in cited), shown,
    )  # fmt: skip


def _sections(issue: Issue, language: str, refs: Refs, numbered: tuple[Ref, ...]) -> tuple[SectionView, ...]:
    views: list[SectionView] = []
    place = 0
    for number, section in enumerate(issue.sections, 1):
        own = numbered[place : place + len(section.picks)]
        place += len(section.picks)
        if section.picks or section.opener:
            views.append(_section(section, number, own, language, refs))
    return tuple(views)


def _section(section: Section, number: int, own: tuple[Ref, ...], language: str, refs: Refs) -> SectionView:
    picks = tuple(pick_view(p, r, language, refs) for p, r in zip(section.picks, own, strict=True))
    slug = re.sub(r"[^a-z0-9]+", "-", section.slug.lower()).strip("-")
    return SectionView(
        f"section-{number}{'-' if slug else ''}{slug}", _LAYOUTS.get(section.slug, "cards"),
        said(section.heading, language), blocks(section.opener, language, refs), picks,
        _groups(picks, words(language)["no_topic"]),
    )  # fmt: skip


def _groups(picks: tuple[PickView, ...], other: str) -> tuple[Group, ...]:
    """Picks by topic, topics in order of first appearance, those without one last."""
    topics = list(dict.fromkeys(p.topic for p in picks))
    if topics in ([], [""]):
        return (Group("", picks),) if picks else ()
    topics.sort(key=lambda topic: topic == "")
    order = sorted(picks, key=lambda p: topics.index(p.topic))
    return tuple(Group(topic or other, tuple(same)) for topic, same in groupby(order, lambda p: p.topic))


def _online(issue: Issue, language: str, numbered: tuple[Ref, ...]) -> tuple[OnlineRow, ...]:
    """A line for each figure of an online test or a deployment, best rated first."""
    pairs = zip(issue.picks(), numbered, strict=True)
    picks = sorted(pairs, key=lambda pair: (-pair[0].rating, pair[1].number))
    return tuple(
        OnlineRow(", ".join(dict.fromkeys(o.name for o in pick.organisations)),
                  _system(pick.title, pick.facts), figure(claim, language), ref)
        for pick, ref in picks for claim in pick.claims if claim.evidence in _ONLINE
    )  # fmt: skip


def _system(title: str, facts: Mapping[str, str]) -> str:
    """The system's name: from the record, else what stands before the colon of the title."""
    head, colon, _ = title.partition(":")
    return facts.get("system") or (head if colon and len(head) <= 40 else title)


def _rows(issue: Issue, language: str) -> tuple[RowView, ...]:
    """The complete table: best rated first, then in the order of the sections, then of the record."""
    order = {section.slug: place for place, section in enumerate(issue.sections)}
    names = {section.slug: said(section.heading, language).text for section in issue.sections}
    ordered = sorted(issue.rows, key=lambda r: (-r.rating, order.get(r.section, len(order))))
    return tuple(_row(row, names, language) for row in ordered)


def _row(row: Row, names: Mapping[str, str], language: str) -> RowView:
    when = fmt.day(row.announced_at, language) if row.announced_at else ""
    evidence = label("ev", row.evidence, language) if row.evidence else ""
    return RowView(
        row.rating, fmt.stars(row.rating), row.title, safe(row.url), ident(row.work),
        ", ".join(row.organisations), evidence, names.get(row.section, row.section), when,
    )  # fmt: skip


def _coverage(coverage: Coverage, language: str) -> CoverageView:
    batches = sorted(coverage.batches, key=lambda b: (b.category, b.day, b.route))
    known = [b for b in batches if b.announced is not None]
    return CoverageView(
        fmt.coverage_line(coverage, language), tuple(sorted(coverage.failed)), tuple(sorted(coverage.silent)),
        tuple(_batch(b, language) for b in batches),
        complete=bool(known) and len(known) == len(batches) and coverage.complete,
    )  # fmt: skip


def _batch(batch: BatchCoverage, language: str) -> BatchView:
    announced = words(language)["unknown"] if batch.announced is None else fmt.count(batch.announced)
    return BatchView(
        batch.category, fmt.day(batch.day, language), announced, fmt.count(batch.seen),
        label("rt", batch.route, language), batch.missing,
    )  # fmt: skip


def _contents(
    issue: Issue, w: Mapping[str, str], sections: Iterable[SectionView], online: tuple[OnlineRow, ...]
) -> tuple[Entry, ...]:
    """What stands on the page, in its order."""
    entries = [
        ("takeaways", w["takeaways"], bool(issue.takeaways)),
        ("overview", w["overview"], bool(issue.overview or issue.threads)),
        *((s.anchor, s.heading.text, True) for s in sections),
        ("online-results", w["ab_results"], bool(online)),
        ("watch", w["watch"], bool(issue.watch)),
        ("table", w["table"], bool(issue.rows)),
        ("coverage", w["coverage"], True),
        ("method", w["method"], True),
    ]
    return tuple(Entry(anchor, text) for anchor, text, there in entries if there)
