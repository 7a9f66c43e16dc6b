"""The issue's own counts: each is counted again, from the database, the calendar and the page itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from tests.second_checker.case import Case
from tests.second_checker.derived import with_ab
from tests.second_checker.evidence import Evidence
from tests.second_checker.printed import DAY, MONTHS, Page, Statement

TURN = timedelta(hours=7)
PLURALS = {"article": "articles", "post": "posts", "episode": "episodes", "repository": "repositories",
           "release": "releases", "paper": "papers"}  # fmt: skip


# --------------------------------------------------------------- the calendar
def window(evidence: Evidence) -> tuple[datetime, datetime, list[date]]:
    """What EDITORIAL says the window of this period is: a day from 07:00 to 07:00, a week from Saturday to Saturday
    and the lists of Monday to Friday."""
    issue = evidence.issue
    if "-W" in issue.period:
        monday = datetime.strptime(f"{issue.period}-1", "%G-W%V-%u").replace(tzinfo=UTC)
        end = monday + timedelta(days=5) + TURN
        return end - timedelta(days=7), end, [(monday + timedelta(days=n)).date() for n in range(5)]
    end = datetime.fromisoformat(issue.period).replace(tzinfo=UTC) + TURN
    return end - timedelta(days=1), end, []


def day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def ranges(case: Case) -> None:
    start, end, days = window(case.evidence)
    span = f"{day(start.date())}, 07:00 to {day(end.date())}, 07:00 UTC"
    if days:
        first, last = days[0], days[-1]
        begin = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
        begin = begin if first.year == last.year else day(first)
        span = f"arXiv listings {begin} to {day(last)}; other items {span}"
    for s in case.page.of("range"):
        if s.text != span:
            case.report("range", s, f"the window is {span}")


def titles(case: Case) -> None:
    """The period in the title, and nothing else that counts."""
    issue = case.evidence.issue
    for s in case.page.of("title", "front.title", "front.slug"):
        if not s.text.endswith(issue.period) or re.search(r"\d", s.text[: -len(issue.period)]):
            case.report("title", s, f"the period is {issue.period}")
    for s in case.page.of("front.date"):
        if s.text != window(case.evidence)[1].date().isoformat():
            case.report("title", s, "the date is the day on which the window ends")
    frozen = issue.frozen_at.astimezone(UTC)
    wanted = f"Record {issue.id}, revision {issue.revision}, frozen {day(frozen.date())}, {frozen:%H:%M} UTC."
    for s in case.page.of("record"):
        command = f"digester regenerate {issue.kind} --date {issue.period}"
        numbers = re.findall(r"\d+", s.text)
        if (
            not s.text.startswith(wanted)
            or not s.text.endswith(command)
            or numbers != re.findall(r"\d+", wanted + command)
        ):
            case.report("record", s, f"the record is: {wanted}")


# -------------------------------------------------------------- what was seen
@cache
def announced(evidence: Evidence) -> dict[str, set[str]]:
    """Category -> ids that its lists of the week's days named."""
    days = {d.isoformat() for d in window(evidence)[2]}
    found: dict[str, set[str]] = {}
    for b in evidence.batches:
        if b["day"] in days and b["route"] == "listing":
            found.setdefault(b["category"], set()).update(b["announced_ids"])
    return found


@cache
def judged(evidence: Evidence) -> dict[str, dict[str, Any]]:
    """Work -> its newest rating under the rubric by which this issue's picks were rated."""
    works = {p.work for p in evidence.picks if p.rating}
    rubrics: dict[str, set[str]] = {}
    for r in evidence.ratings:
        rubrics.setdefault(r["rubric"], set()).add(r["work"])
    reasons = {(p.work, p.reason["en"].partition(";")[0]) for p in evidence.picks if p.rating}
    fits = Counter(
        r["rubric"] for r in evidence.ratings if (r["work"], r["reason"].partition(";")[0]) in reasons and works
    )
    rubric = fits.most_common(1)[0][0] if fits else ""
    return {r["work"]: r for r in evidence.ratings if r["rubric"] == rubric}


@cache
def in_scope(evidence: Evidence) -> set[str]:
    ids = {f"arxiv:{i}" for named in announced(evidence).values() for i in named}
    return {w for w, r in judged(evidence).items() if r["in_scope"] and w in ids}


@cache
def seen(evidence: Evidence) -> dict[str, int]:
    """Items by kind whose time lies in the window; repositories that were sighted in it."""
    if window(evidence)[2]:
        return {"papers": sum(len(x) for x in [set().union(*announced(evidence).values())])}
    return dict(Counter(PLURALS[i["entry"]["kind"]] for i in given(evidence)))


@cache
def given(evidence: Evidence) -> list[dict[str, Any]]:
    """News of the window, or printed late; and what was sighted in it of repositories."""
    start, end, _ = window(evidence)
    late = {p.lead_item_id for p in evidence.picks if p.late}
    sighted = {s["item_id"] for s in evidence.sightings if _within(s["seen_at"], start, end)}
    dated = ("article", "post", "episode", "release")
    return [
        i for i in evidence.items.values()
        if (i["entry"]["kind"] in dated and (_within(i["moment"], start, end) or i["id"] in late))
        or (i["entry"]["kind"] == "repository" and i["id"] in sighted)
    ]  # fmt: skip


def _within(moment: str | None, start: datetime, end: datetime) -> bool:
    return moment is not None and start <= datetime.fromisoformat(moment) < end


# ------------------------------------------------------------- the census line
def cards(page: Page) -> list[int]:
    """The ratings that the page itself shows, card after card: stars counted, and the digit beside them."""
    return [s.text.count("★") for s in page.of("stars")]


def census(case: Case) -> None:
    rated = Counter(cards(case.page))
    picks = case.evidence.picks
    lists = announced(case.evidence)
    wanted: dict[str, int] = {"published": sum(rated.values())}
    if lists:
        wanted |= {
            "announced": len(set().union(*lists.values())), "cs.IR": len(lists.get("cs.IR", ())),
            "in scope": len(in_scope(case.evidence)), "with online A/B": sum(map(with_ab, picks)),
            "industrial": sum(any(o.kind == "industry" for o in p.organisations) for p in picks),
            "rated from the abstract": sum("from the abstract" in s.text for s in case.page.of("reason")),
        }  # fmt: skip
    for s in case.page.of("census"):
        told = {
            w: int(n.replace(",", ""))
            for n, w in re.findall(r"(\d[\d,]*) (?!x)([a-z][A-Za-z/ ]*?)(?=[ ;,:(]*(?:\(|;|,|:|$))", s.text)
        }
        told |= {w: int(n.replace(",", "")) for w, n in re.findall(r"(cs\.[A-Z]{2}) (\d[\d,]*)", s.text)}
        ratings = {int(r): int(n) for n, r in re.findall(r"(\d+)x(\d)", s.text)}
        _compare(case, s, told, {k: n for k, n in wanted.items() if n})
        if ratings != dict(rated):
            case.report("census", s, f"the page shows {dict(rated)}")
    _rows_are_counted(case, rated)


def _compare(case: Case, s: Statement, told: dict[str, int], wanted: dict[str, int]) -> None:
    if told != wanted:
        wrong = {k: (told.get(k), wanted.get(k)) for k in told.keys() | wanted.keys() if told.get(k) != wanted.get(k)}
        case.report("census", s, f"printed and counted: {wrong}")


def _rows_are_counted(case: Case, rated: Counter[int]) -> None:
    """The complete table of papers has a row for each card, and as many with an online test as the census says."""
    rows = case.page.of("row")
    if not rows:
        return
    if Counter(int(r.cells[0]) for r in rows) != rated:
        case.report("rows", "complete table", "its ratings are not those of the cards")
    for s in [s for s in case.page.of("summary") if s.section == rows[0].section]:
        if re.findall(r"\d+", s.text) != [str(len(rows))]:
            case.report("rows", s, f"the table has {len(rows)} rows")


def tallies(case: Case) -> None:
    """`Seen: 54 posts, 34 articles`, and `Left out: 39 out of scope, 11 rated 2`."""
    for s in case.page.of("seen"):
        counted = seen(case.evidence)
        told = {
            w if w.endswith("s") else PLURALS[w]: int(n.replace(",", ""))
            for n, w in re.findall(r"(\d[\d,]*) (\w+)", s.text)
        }
        if told != counted:
            case.report("seen", s, f"counted {counted}")
    ratings = judged(case.evidence)
    for s in case.page.of("left_out"):
        told = {w: int(n.replace(",", "")) for n, w in re.findall(r"(\d[\d,]*) ([^,]+)", s.text.partition(": ")[2])}
        for reason, n in told.items():
            if reason == "out of scope":
                _left(case, s, reason, n, _counted(case, ratings, lambda r: not r["in_scope"]))
            elif m := re.fullmatch(r"rated (\d)", reason):
                _left(
                    case,
                    s,
                    reason,
                    n,
                    _counted(case, ratings, lambda r, m=m: r["in_scope"] and r["rating"] == int(m[1])),
                )
            elif m := re.fullmatch(r"beyond the (\d+) that fit", reason):
                stories = sum(len(x.picks) for x in case.evidence.issue.sections if x.slug in ("featured", "more"))
                _left(case, s, reason, int(m[1]), stories if case.page.of("seen") else len(case.evidence.picks))
                _left(case, s, reason, n, _worth(case, ratings) - int(m[1]) - _other_reasons(told))


def _counted(case: Case, ratings: dict[str, dict[str, Any]], wanted: Callable[[dict[str, Any]], bool]) -> int:
    """Works of the window with such a rating; of news only articles are stories of their own."""
    start, end, days = window(case.evidence)
    kinds = {i["work"]: i for i in case.evidence.items.values()}
    found = 0
    for work, r in ratings.items():
        item = kinds.get(work) or case.evidence.items.get(work.removeprefix("item:"))
        if wanted(r) and item:
            found += bool(days) or (item["entry"]["kind"] == "article" and _within(item["moment"], start, end))
    return found


def _worth(case: Case, ratings: dict[str, dict[str, Any]]) -> int:
    """Stories of the window that an article or paper leads and that are rated 3 or better."""
    start, end, days = window(case.evidence)
    kind = "paper" if days else "article"
    leads = [case.evidence.items[x["lead_item_id"]] for x in case.evidence.stories]
    leads = [i for i in leads if i["entry"]["kind"] == kind and (days or _within(i["moment"], start, end))]
    rated = [ratings.get(i["work"]) or ratings.get(f"item:{i['id']}") for i in leads]
    return sum(r is not None and r["rating"] >= 3 for r in rated)


def _other_reasons(told: dict[str, int]) -> int:
    """Of stories; posts, repositories, releases and episodes are left out beside them."""
    beside = ("rated", "out of scope", "beyond", "further", "posts")
    return sum(n for reason, n in told.items() if not reason.startswith(beside))


def _left(case: Case, s: Statement, reason: str, told: int, counted: int) -> None:
    if told != counted:
        case.report("left_out", s, f"{reason}: {told}, counted {counted}")


def nothing_lost(case: Case) -> None:
    """Of papers: in scope = published + left out for a reason. Nothing disappears without a word."""
    issue = case.evidence.issue
    printed, out = {p.lead_item_id for p in case.evidence.picks}, [i for ids in issue.left_out.values() for i in ids]
    if any(i in printed or i not in case.evidence.items for i in out):
        case.report("lost", "Left out", "an item is printed or not stored, and is said to be left out")
    if len(out) != len(set(out)) or len(out) != sum(issue.census.left_out.values()):
        case.report("lost", "Left out", "the items that are left out are not as many as the census counts")
    if window(case.evidence)[2]:
        left = sum(n for reason, n in issue.census.left_out.items() if reason not in ("out of scope", "not judged"))
        lost = len(in_scope(case.evidence)) - len(case.evidence.picks) - left
        if lost:
            case.report("lost", "Left out", f"{lost} works in scope are neither published nor left out for a reason")


# -------------------------------------------------------------------- coverage
def coverage(case: Case) -> None:
    papers = bool(window(case.evidence)[2])
    asked = [s for s in case.evidence.sources if s.get("enabled", True) and (s["kind"] == "arxiv") == papers]
    failed = {s.text.partition(": ")[0] for s in case.page.of("failed")}
    names = {str(s["name"]) for s in asked}
    if failed != case.evidence.failing & names:
        case.report("coverage", "Did not answer", f"failing sources are {sorted(case.evidence.failing & names)}")
    for s in case.page.of("coverage"):
        if m := re.match(r"(\d+) of (\d+) sources answered\.", s.text):
            if (int(m[1]), int(m[2])) != (len(asked) - len(failed), len(asked)):
                case.report("coverage", s, f"{len(asked)} sources were asked, {len(failed)} failed")
        elif re.search(r"\d", s.text):
            case.report("coverage", s, "a count that is not known here")
    for s in case.page.of("failed"):
        recorded = dict(case.evidence.issue.coverage.failed)
        name, _, said = s.text.partition(": ")
        if name not in recorded or not set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", recorded[name])):
            case.report("coverage", s, "no such failure is recorded")
        if re.search(r"Error\b|[a-z]_[a-z]|\bNone\b", said):
            case.report("coverage", s, "words of a program")
    batches(case)
    yields(case)


def yields(case: Case) -> None:
    """What each source gave: its items of the window as stored, and no fewer behind the picks than lead one."""
    rows = case.page.of("yield")
    names = {str(s["id"]): str(s["name"]) for s in case.evidence.sources}
    counted = Counter(names.get(i["source_id"], i["source_id"]) for i in given(case.evidence))
    leads = Counter(names[case.evidence.items[p.lead_item_id]["source_id"]] for p in case.evidence.picks)
    for s in rows:
        name, told, printed = s.cells[0], int(s.cells[1]), int(s.cells[2])
        if told != counted[name]:
            case.report("coverage", s, f"{counted[name]} items of {name} lie in the window")
        if not leads[name] <= printed <= told:
            case.report("coverage", s, f"{leads[name]} picks are led by {name}")
    said = [t for s in rows for t in (s.cells[0], f"{s.cells[2]} / {s.cells[1]}")]
    for s, wanted in zip(case.page.of("yield.label"), said, strict=False):
        if s.text != wanted and not (s.text.endswith("…") and wanted.startswith(s.text[:-1])):
            case.report("coverage", s, f"the table says {wanted}")
    if rows and {s.cells[0] for s in rows} != {n for n in counted if counted[n]}:
        case.report("coverage", "What each source gave", "not every source with items stands in the table")


def batches(case: Case) -> None:
    stored = {i["entry"]["external_id"] for i in case.evidence.items.values()}
    days = {d.isoformat() for d in window(case.evidence)[2]}
    counted = {
        (b["category"], b["day"], b["route"]): (len(b["announced_ids"]), len(stored & set(b["announced_ids"])))
        for b in case.evidence.batches if b["day"] in days and b["route"] == "listing"
    }  # fmt: skip
    rows = case.page.of("batch")
    for s in rows:
        category, when, told, got, route, _ = s.cells
        if (told, got) != tuple(f"{n:,}" for n in counted.get((category, when, route), (0, 0))):
            case.report("batch", s, f"stored: {counted.get((category, when, route))}")
    if {(s.cells[0], s.cells[1]) for s in rows} != {k[:2] for k in counted}:
        case.report("batch", "listings", "not every list stands in the table")
    for s in [s for s in case.page.of("summary") if rows and s.section == rows[0].section]:
        if re.findall(r"\d+", s.text) != [str(len(rows))]:
            case.report("batch", s, f"the table has {len(rows)} rows")


def notices(case: Case) -> None:
    """Their counts are those of the record's checks and batches."""
    checks, lists = case.evidence.issue.checks, case.evidence.issue.coverage.batches
    for s in case.page.of("notice"):
        allowed = {checks.refused, checks.rewritten, checks.replaced, checks.dropped, checks.fields, len(lists)}
        allowed.add(sum(b.announced is None for b in lists))
        told = {int(n) for n in re.findall(r"\d+", s.text)}
        if not told <= allowed:
            case.report("notice", s, f"{sorted(told - allowed)} is no count of the record's checks")


def days_in(text: str) -> list[str]:
    """ISO days of the dates in a text, whether there is such a day or not."""
    return [f"{m[3]}-{MONTHS.index(m[2]) + 1:02}-{int(m[1]):02}" for m in DAY.finditer(text)]
