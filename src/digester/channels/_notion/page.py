"""The content of a page: the frozen record in one language, in the reading order of the other outputs.

The title is a property of the page and not repeated. Notices, range and census come first, then what the issue says, then
what it rests on: figures of online tests, the complete table, coverage, how it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from digester.channels._notion import picks as pk
from digester.channels._notion.blocks import Block, bullets, divider, heading, paragraph, quote, table
from digester.channels._notion.picks import CELL, TITLE
from digester.channels._notion.reader import Reader, joined
from digester.channels._notion.rich import Cell, plain, told
from digester.channels._notion.words import label
from digester.domain.delivery import Edition
from digester.domain.issue import BatchCoverage, Pick, Row, Section, Thread
from digester.domain.words import form, ident

_ONLINE = ("online_ab", "deployed")


def page(edition: Edition) -> list[Block]:
    """Every block of the page, in order."""
    r = Reader.of(edition.issue, edition.language)
    return [
        *_head(r),
        *_body(r),
        *_online(r),
        *_under(r.words["watch"], r.points(r.issue.watch)),
        *_rows(r),
        divider(),
        *_coverage(r),
        *_made(r),
        *r.pair("web", told(edition.url, edition.url) if edition.url else ()),
    ]


# ----------------------------------------------------------------------- head
def _head(r: Reader) -> list[Block]:
    state = r.words.get(f"state_{r.issue.state}", "")
    notices = [state, *(n.get(r.language) or n.get("en", "") for n in r.issue.notices)]
    named = plain(f"{r.words['notice']}{r.words['colon'].strip()}", bold=True)
    made = [b for n in notices if n for b in quote([*named, *plain(r.words["space"]), *told(n)])]
    return [
        *made,
        *paragraph(told(_range(r))),
        *paragraph(told(_census(r), bold=True)),
        *r.pair("seen", told(_seen(r))),
    ]


def _range(r: Reader) -> str:
    """The true range: listing days for papers, the half-open window for everything else."""
    window, w = r.issue.window, r.words
    span = f"{_moment(window.start)}{w['to']}{_moment(window.end)} UTC"
    if not window.listing_days:
        return span
    first, last = min(window.listing_days), max(window.listing_days)
    listed = first.isoformat() if first == last else f"{first}{w['to']}{last}"
    return f"{w['listings']}{w['colon']}{listed}{w['stop']}{w['other_items']}{w['colon']}{span}"


def _census(r: Reader) -> str:
    """The issue's own counts."""
    c, w = r.issue.census, r.words
    home = c.announced_by_category.get("cs.IR", 0)
    announced = w["n_announced"].format(f"{c.announced:,}") + (f"{w['open']}cs.IR {home:,}{w['close']}" if home else "")
    ratings = [w["n_rated"].format(f"{n:,}", k) for k, n in sorted(c.by_rating.items(), reverse=True) if n]
    published = w["n_published"].format(f"{c.published:,}")
    parts = [announced if c.announced else "", w["n_scope"].format(f"{c.in_scope:,}") if c.in_scope else ""]
    parts.append(f"{published}{w['colon']}{w['comma'].join(ratings)}" if ratings else published)
    for name, number in (
        ("n_online", c.with_online_ab),
        ("n_industrial", c.industrial),
        ("n_abstract", c.from_abstract),
    ):
        parts.append(w[name].format(f"{number:,}") if number else "")
    return w["stop"].join(part for part in parts if part)


def _seen(r: Reader) -> str:
    """What came in; not said again when it is just what was announced."""
    seen = r.issue.census.seen
    if list(seen.values()) == [r.issue.census.announced]:
        return ""
    ordered = sorted(((k, n) for k, n in seen.items() if n), key=lambda pair: (-pair[1], pair[0]))
    return r.words["comma"].join(f"{label('kd', k, r.language)} {n:,}" for k, n in ordered)


# ----------------------------------------------------------------------- body
def _body(r: Reader) -> list[Block]:
    issue, w = r.issue, r.words
    made: list[Block] = []
    if issue.layout and (issue.threads or issue.takeaways):
        made += [*heading(2, plain(w["trends"])), *r.prose(issue.overview), *_trends(r)]
    else:
        made += _under(w["takeaways"], r.points(issue.takeaways))
        made += _under(w["overview"], [*r.prose(issue.overview), *(b for t in issue.threads for b in _thread(t, r))])
    number = 0
    for section in issue.sections:
        made += _section(section, number + 1, r)
        number += len(section.picks)
    return made


def _under(title: str, blocks: list[Block]) -> list[Block]:
    return [*heading(2, told(title, limit=TITLE)), *blocks] if blocks else []


def _trends(r: Reader) -> Iterator[Block]:
    signs = ("\U0001f525 ", "\U0001f4a1 ") if r.issue.layout == "signed" else ("", "")
    for thread in r.issue.threads:
        name = [*plain(signs[0]), *told(_named(thread, r), limit=TITLE, bold=True), *plain(r.words["colon"])]
        yield from bullets([*name, *r.lines(thread.sentences)])
    yield from r.points(r.issue.takeaways, signs[1])


def _thread(thread: Thread, r: Reader) -> list[Block]:
    cited = {r.refs[c] for s in thread.sentences for c in s.cites if c in r.refs}
    others = r.cites(p for p in thread.picks if p in r.refs and r.refs[p] not in cited)
    made = [*heading(3, told(_named(thread, r), limit=TITLE)), *r.prose(thread.sentences)]
    return [*made, *r.pair("items_of", others[1:])]


def _named(thread: Thread, r: Reader) -> str:
    name = r.said(thread.name)
    if not (thread.from_ and thread.to):
        return name
    movement = r.words["from_to"].format(r.term(thread.from_), r.term(thread.to))
    return f"{name}{r.words['open']}{movement}{r.words['close']}"


def _section(section: Section, first: int, r: Reader) -> list[Block]:
    if not (section.picks or section.opener):
        return []
    made = [*heading(2, told(r.said(section.heading), limit=TITLE)), *r.prose(section.opener)]
    return [*made, *_picks(section, first, r)]


def _picks(section: Section, first: int, r: Reader) -> list[Block]:
    numbered = list(enumerate(section.picks, first))
    if r.issue.layout:
        signed = r.issue.layout == "signed"
        return [b for n, p in numbered for b in pk.card(p, n, r, fields=True, signed=signed)]
    match section.slug:
        case "trending":
            return pk.trending(section.picks, r)
        case "posts":
            return pk.posts(section.picks, r)
        case "more" | "releases":
            return [b for p in section.picks for b in pk.brief(p, r)]
        case "podcasts":
            return [b for n, p in numbered for b in pk.episode(p, n, r)]
    return [b for n, p in numbered for b in pk.card(p, n, r)]


# --------------------------------------------------------------------- tables
def _online(r: Reader) -> list[Block]:
    """A line for each figure of an online test or a deployment, best rated first."""
    ordered = sorted(enumerate(r.issue.picks(), 1), key=lambda pair: (-pair[1].rating, pair[0]))
    rows = [
        _figure_row(p, n, place, r) for n, p in ordered for place, c in enumerate(p.claims) if c.evidence in _ONLINE
    ]
    header = [r.words[k] for k in ("organisation", "system", "metric", "result", "scope", "evidence", "paper")]
    return _under(r.words["ab_results"], [*paragraph(plain(r.words["ab_note"])), *table(header, rows)]) if rows else []


def _figure_row(pick: Pick, number: int, place: int, r: Reader) -> list[Cell]:
    claim = pick.claims[place]
    result = [*told(pk.amount(claim, r), limit=CELL), *r.passage(claim.supports)]
    texts = (pk.names(pick, r) or r.words["unnamed"], _system(pick), r.term(claim.metric))
    where = (r.term(claim.scope or ""), label("ev", claim.evidence, r.language))
    paper = told(f"[{number}]", pick.url)
    return [*(told(t, limit=CELL) for t in texts), result, *(told(t, limit=CELL) for t in where), paper]


def _system(pick: Pick) -> str:
    """The system's name: from the record, else what stands before the colon of the title."""
    head, colon, _ = pick.title.partition(":")
    return pick.facts.get("system") or (head if colon and len(head) <= 40 else pick.title)


def _rows(r: Reader) -> list[Block]:
    """The complete table: best rated first, then in the order of the sections, then of the record."""
    order = {section.slug: place for place, section in enumerate(r.issue.sections)}
    names = {section.slug: r.said(section.heading) for section in r.issue.sections}
    ordered = sorted(r.issue.rows, key=lambda row: (-row.rating, order.get(row.section, len(order))))
    header = [r.words[k] for k in ("rating", "title", "organisation", "evidence", "section", "day")]
    return _under(
        r.words["table"], table(header, [_row(row, names.get(row.section, row.section), r) for row in ordered])
    )


def _row(row: Row, section: str, r: Reader) -> list[Cell]:
    title = [
        *told(row.title, row.url, CELL),
        *(plain(" ") if (known := ident(row.work)) else ()),
        *told(known, limit=CELL),
    ]
    more = (r.words["comma"].join(r.term(o) for o in row.organisations), label("ev", row.evidence, r.language) if row.evidence else "",
            section, row.announced_at.isoformat() if row.announced_at else "")  # fmt: skip
    return [plain(str(row.rating)), title, *(told(text, limit=CELL) for text in more)]


# ------------------------------------------------------------ what it rests on
def _coverage(r: Reader) -> list[Block]:
    c, w = r.issue.coverage, r.words
    known = [b for b in c.batches if b.announced is not None]
    whole = bool(known) and len(known) == len(c.batches) and c.complete
    made = paragraph(told(f"{w['sources'].format(c.answered, c.sources)}{' ' + w['complete'] if whole else ''}"))
    if c.failed:
        inner = [b for name, why in sorted(c.failed) for b in bullets(told(f"{name}{w['colon']}{why}", limit=TITLE))]
        made += bullets(plain(w["failed"]), inner)
    for name, value in (("silent", c.silent), ("not_configured", c.not_configured)):
        made += r.pair(name, joined(sorted(value), w["comma"]))
    made += r.pair("left_out", told(_left_out(r)))
    return _under(w["coverage"], [*made, *_batches(r)])


def _left_out(r: Reader) -> str:
    ordered = sorted(((k, n) for k, n in r.issue.census.left_out.items() if n), key=lambda pair: (-pair[1], pair[0]))
    w = r.words
    return w["comma"].join(f"{form(label('lo', k, r.language), n)}{w['open']}{n:,}{w['close']}" for k, n in ordered)


def _batches(r: Reader) -> list[Block]:
    batches = sorted(r.issue.coverage.batches, key=lambda b: (b.category, b.day, b.route))
    header = [r.words[k] for k in ("category", "day", "announced", "seen_col", "route", "missing")]
    return table(header, [_batch(b, r) for b in batches])


def _batch(b: BatchCoverage, r: Reader) -> list[Cell]:
    announced = r.words["unknown"] if b.announced is None else f"{b.announced:,}"
    texts = (b.category, b.day.isoformat(), announced, f"{b.seen:,}", label("rt", b.route, r.language))
    return [*(told(t, limit=CELL) for t in texts), told(", ".join(b.missing))]


def _made(r: Reader) -> list[Block]:
    issue = r.issue
    record = r.words["record"].format(issue.id, issue.revision, _moment(issue.frozen_at))
    return _under(r.words["method"], [*paragraph(told(r.said(issue.method))), *paragraph(told(record))])


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
