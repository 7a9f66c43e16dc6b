"""The A/B ledger: every figure of an online test or a deployment that frozen issues printed, one row each.

Not the ledger of model calls (`llm.ledger`). `rows_of` reads one issue, `ledger` puts the rows of many together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from digester.analysis import metrics
from digester.analysis import surfaces as found_in
from digester.domain.ids import digest
from digester.domain.issue import Excerpt, Issue, Pick
from digester.domain.model import Claim
from digester.domain.results import Result
from digester.domain.text import fold
from digester.domain.urls import http_url

EVIDENCE = ("online_ab", "deployed")  # in this order: a test says more than a deployment
LONGEST_TITLE = 500  # code points of a title in which a surface is looked for


def rows_of(issue: Issue) -> tuple[Result, ...]:
    """The rows of one issue, in its order; none of an issue that is not frozen."""
    if issue.state != "frozen":
        return ()
    words = {(e.passage_id, e.start, e.end): e for e in issue.excerpts}
    return tuple(
        _row(issue, pick, claim, words)
        for pick in issue.picks() for claim in pick.claims if claim.evidence in EVIDENCE
    )  # fmt: skip


def _row(issue: Issue, pick: Pick, claim: Claim, words: Mapping[tuple[str, int, int], Excerpt]) -> Result:
    cited = next((words[k] for s in claim.supports if (k := (s.passage_id, s.start, s.end)) in words), None)
    quotation, scope = cited.text if cited else "", claim.scope or ""
    organisations = _organisations(pick)
    told = [scope, quotation.replace(claim.metric, " "), pick.title[:LONGEST_TITLE]]
    days = found_in.days(scope)
    return marked(Result(
        day=_day(pick), issue=issue.id, ended=issue.window.end.isoformat(), work=pick.work, title=pick.title,
        url=http_url(pick.url) or "", language=pick.language, organisations=organisations,
        system=pick.facts.get("system", ""), surfaces=found_in.surfaces(told), metric=claim.metric, sign=claim.sign,
        value=claim.value, unit=claim.unit, hedge=claim.hedge or "", scope=scope, traffic=found_in.traffic(scope),
        days=found_in.days_of_test(quotation) if days is None else days, evidence=claim.evidence, quotation=quotation,
        page=(http_url(cited.url) or "") if cited else "",
        terms={w: dict(sorted(issue.terms[w].items())) for w in (claim.metric, scope, *organisations) if w in issue.terms},
    ))  # fmt: skip


def marked(row: Result) -> Result:
    """The row with the mark of what it tells: made once beside its issue, for thousands are compared in every build."""
    return replace(row, mark=digest(repr(replace(row, later=(), mark="")), size=8))


def _day(pick: Pick) -> str:
    if pick.announced_at:
        return pick.announced_at.isoformat()
    return pick.published_at.date().isoformat() if pick.published_at else ""


def _organisations(pick: Pick) -> tuple[str, ...]:
    companies = [o.name for o in pick.organisations if o.kind == "industry"]
    return tuple(dict.fromkeys(companies or [o.name for o in pick.organisations]))


# ------------------------------------------------------------- many issues
_folded = lru_cache(maxsize=1 << 16)(fold)  # measures and scopes come again and again


def ledger(rows: Iterable[Result]) -> tuple[Result, ...]:
    """Every figure once, the newest day first, in an order that the order of the rows does not change.

    The same work, metric, value and scope in a daily and a weekly is one row: of the issue whose window ended first,
    with the others as `later`.
    """
    same: dict[tuple[str, ...], list[Result]] = {}
    for row in rows:
        key = (row.work, _folded(row.metric), row.sign, row.value, row.unit, _folded(row.scope))
        same.setdefault(key, []).append(row)
    merged = [_merged(sorted(group, key=_by_issue)) if len(group) > 1 else group[0] for group in same.values()]
    return tuple(sorted(sorted(merged, key=_place), key=lambda r: r.day, reverse=True))


def _by_issue(row: Result) -> tuple[str, str, str]:
    return row.ended, row.issue, repr(row)


def _merged(group: list[Result]) -> Result:
    later = {i for r in group for i in (r.issue, *r.later)} - {group[0].issue}
    return replace(group[0], later=tuple(sorted(later)))


def _place(row: Result) -> tuple[object, ...]:
    """Total: two rows of a ledger differ in what it tells figures apart by."""
    told = (row.sign, row.value, row.unit, _folded(row.scope))
    return row.organisations, row.title, row.work, EVIDENCE.index(row.evidence), _folded(row.metric), *told


def matches(row: Result, *, org: str = "", metric: str = "", surface: str = "", since: str = "") -> bool:
    """Whether a row meets every condition that is not "": an organisation or a metric that holds the words, in any
    language of the row; a surface of SURFACES; a day (ISO) or later."""
    named = [t for o in row.organisations for t in _names(row, o)]
    measured = _names(row, row.metric)
    return (
        (not org or any(fold(org) in fold(n) for n in named))
        and (not metric or metric_key(metric) == metric_key(row.metric) or any(fold(metric) in fold(n) for n in measured))
        and (not surface or surface in row.surfaces)
        and row.day >= since
    )  # fmt: skip


def _names(row: Result, word: str) -> list[str]:
    return [word, *row.terms.get(word, {}).values()]


@lru_cache(maxsize=1 << 16)
def metric_key(metric: str) -> str:
    """What spellings of one measure share: `CTR` and `click-through rate`, `Bookings` and `booking`."""
    return metrics.key(metric).rstrip("s") or fold(metric)


# ------------------------------------------------------------------ values
def as_plain(row: Result) -> dict[str, Any]:
    """The row as values that JSON has, without its mark."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in vars(row).items() if k != "mark"}
