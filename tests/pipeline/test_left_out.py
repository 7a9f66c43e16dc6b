"""Nothing disappears: what an issue does not print is in its record, by reason, and is what the census counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from tests.servers.newsroom import DAILY, WEEKLY, Desk

from digester import app
from digester.domain.entries import subject_of
from digester.pipeline import left

pytestmark = pytest.mark.slow
BOTH = pytest.mark.parametrize(("kind", "period"), [DAILY, WEEKLY])


@BOTH
def test_the_list_holds_as_many_for_each_reason_as_the_census_counts(made: Desk, kind: str, period: str) -> None:
    rows = made.json("items", "list", "--issue", kind, "--date", period, "--left-out")
    census = made.issue(kind, period).census
    assert Counter(r["counted"] for r in rows) == census.left_out
    assert len({r["id"] for r in rows}) == len(rows) > 10
    assert all(r["reason"] and r["title"] and r["url"] for r in rows)


@BOTH
def test_what_is_printed_and_what_is_left_out_is_all_there_is(made: Desk, kind: str, period: str) -> None:
    issue = made.issue(kind, period)
    out = {i for ids in issue.left_out.values() for i in ids}
    printed = {p.lead_item_id for p in issue.picks()}
    assert not out & printed
    window = made.json("items", "list", "--issue", kind, "--date", period)
    with made.store() as store:
        items = store.items([r["id"] for r in window])
        told = {subject_of(store.item(i)) for i in printed | out}
        linked = {link.url for p in issue.picks() for link in p.links}
        others = [i for i in items.values() if subject_of(i) not in told and i.entry.url not in linked]
    # the other items of stories that were left out stand behind their leads
    assert all(i.entry.kind == "article" for i in others) and len(others) < 5


@BOTH
def test_the_table_names_the_reason_of_each(made: Desk, kind: str, period: str) -> None:
    done = made("items", "list", "--issue", kind, "--date", period, "--left-out")
    assert done.code == 0 and done.out.splitlines()[0].split() == ["id", "left", "out", "source", "title"]
    for reason, ids in made.issue(kind, period).left_out.items():
        assert sum(f"  {reason}  " in line for line in done.out.splitlines()) >= len(ids) - 1


def test_of_an_issue_that_was_not_made_nothing_was_left_out(collected: Desk) -> None:
    done = collected("items", "list", "--issue", "ai-daily", "--date", "2026-06-20", "--left-out")
    assert done.code == 4 and "digester run ai-daily --date 2026-06-20" in done.said


def test_where_nothing_was_published_the_ratings_say_why(made: Desk) -> None:
    done = made("items", "list", "--issue", "rec-daily/2026-06-17", "--left-out")
    assert done.code == 0 and "there is no issue rec-daily 2026-06-17" in done.err
    reasons = {r["reason"] for r in made.json("items", "list", "--issue", "rec-daily/2026-06-17", "--left-out")}
    assert {"out of scope", "rated 4"} <= reasons and reasons <= {
        "not judged",
        "out of scope",
        *(f"rated {n}" for n in range(1, 6)),
    }


def test_a_refused_issue_says_what_its_draft_left_out(made: Desk) -> None:
    record = made.issue("rec-weekly", "2026-W25")
    with app.open_store(made.workspace()) as store:
        store.save_draft(replace(record, id="rec-weekly/2026-W24", period="2026-W24"), "too few stories")
    done = made("items", "list", "--issue", "rec-weekly/2026-W24", "--left-out")
    assert done.code == 0 and "rec-weekly/2026-W24 was refused" in done.err
    shown = made.json("items", "list", "--issue", "rec-weekly/2026-W24", "--left-out")
    assert Counter(r["counted"] for r in shown) == record.census.left_out


def test_reasons_that_name_an_issue_are_counted_without_the_name() -> None:
    found = left.gathered([("b", "told in x/1"), ("a", "told in x/2"), ("c", "rated 2"), ("b", "told in x/1")])
    assert found == {"rated 2": ("c",), "told in x/1": ("b",), "told in x/2": ("a",)}
    assert left.counts(found) == {"rated 2": 1, "told": 2}
