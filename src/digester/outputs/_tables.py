"""The tables of an issue: online results, the complete list, and what was seen of what was announced.

Tables are where a reader checks the prose, so their order is fixed here: best rated first, then the
order of the page; coverage by category and day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digester.domain.issue import BatchCoverage, Coverage, Issue, Row
from digester.domain.words import ident
from digester.outputs import _faults
from digester.outputs import _format as fmt
from digester.outputs._lines import Ref, Refs, safe, said
from digester.outputs._picks import Figure, figure, organisations
from digester.outputs._words import label, words

_ONLINE = ("online_ab", "deployed")


@dataclass(frozen=True, slots=True)
class OnlineRow:
    organisation: str
    system: str
    figure: Figure
    ref: Ref


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class BatchView:
    category: str
    day: str
    announced: str
    seen: str
    route: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    line: str
    failed: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]
    batches: tuple[BatchView, ...]
    complete: bool
    not_configured: tuple[str, ...] = ()


def online_rows(issue: Issue, language: str, numbered: tuple[Ref, ...], refs: Refs) -> tuple[OnlineRow, ...]:
    """A line for each figure of an online test or a deployment, best rated first."""
    pairs = zip(issue.picks(), numbered, strict=True)
    picks = sorted(pairs, key=lambda pair: (-pair[0].rating, pair[1].number))
    comma = words(language)["comma"]
    return tuple(
        OnlineRow(names, system_of(pick.title, pick.facts), figure(claim, language, refs), ref)
        for pick, ref in picks
        for names in (comma.join(organisations(pick, language, refs)),)
        for claim in pick.claims
        if claim.evidence in _ONLINE
    )


def system_of(title: str, facts: Mapping[str, str]) -> str:
    """The system's name: from the record, else what stands before the colon of the title."""
    head, colon, _ = title.partition(":")
    return facts.get("system") or (head if colon and len(head) <= 40 else title)


def complete_rows(issue: Issue, language: str, refs: Refs) -> tuple[RowView, ...]:
    """The complete table: best rated first, then in the order of the sections, then of the record."""
    order = {section.slug: place for place, section in enumerate(issue.sections)}
    names = {section.slug: said(section.heading, language).text for section in issue.sections}
    ordered = sorted(issue.rows, key=lambda r: (-r.rating, order.get(r.section, len(order))))
    return tuple(_row(row, names, language, refs) for row in ordered)


def _row(row: Row, names: Mapping[str, str], language: str, refs: Refs) -> RowView:
    when = row.announced_at.isoformat() if row.announced_at else ""
    evidence = label("ev", row.evidence, language) if row.evidence else ""
    return RowView(
        row.rating, fmt.stars(row.rating), row.title, safe(row.url), ident(row.work),
        words(language)["comma"].join(refs.term(o, language) for o in row.organisations), evidence, names.get(row.section, row.section), when,
    )  # fmt: skip


def coverage_view(coverage: Coverage, language: str) -> CoverageView:
    batches = sorted(coverage.batches, key=lambda b: (b.category, b.day, b.route))
    known = [b for b in batches if b.announced is not None]
    return CoverageView(
        fmt.coverage_line(coverage, language),
        tuple(sorted((name, _faults.told(reason, language)) for name, reason in coverage.failed)), tuple(sorted(coverage.silent)),
        tuple(_batch(b, language) for b in batches),
        complete=bool(known) and len(known) == len(batches) and coverage.complete,
        not_configured=tuple(sorted(coverage.not_configured)),
    )  # fmt: skip


def _batch(batch: BatchCoverage, language: str) -> BatchView:
    announced = words(language)["unknown"] if batch.announced is None else fmt.count(batch.announced)
    return BatchView(
        batch.category, batch.day.isoformat(), announced, fmt.count(batch.seen),
        label("rt", batch.route, language), batch.missing,
    )  # fmt: skip
