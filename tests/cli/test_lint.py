"""lint: an issue of the workspace against the editorial standard, with its exit codes."""

from __future__ import annotations

from dataclasses import replace

from tests.analysis.lint.clean_issues import told, weekly
from tests.servers.newsroom import DAILY, WEEKLY, Desk

CLEAN = weekly()
WRONG = told(CLEAN, "Meanwhile, SIDLoom shipped yesterday.")


def test_an_issue_that_keeps_the_rules_exits_0(empty: Desk) -> None:
    with empty.store() as store:
        store.freeze(CLEAN)
    done = empty("lint", "rec-weekly", "--date", "2026-W25")
    assert (done.code, done.out.splitlines()) == (
        0,
        ["rec-weekly/2026-W25: 0 violations", "rec-weekly/2026-W25: 0 advice"],
    )


def test_a_violation_is_a_line_with_place_words_and_reason_and_exits_6(empty: Desk) -> None:
    with empty.store() as store:
        store.freeze(WRONG)
    done = empty("lint", "rec-weekly/2026-W25")
    assert done.code == 6
    assert done.out.splitlines() == [
        'joint  en  item 1, sentence 2  "Meanwhile"  a joint that names no relation',
        'relative-date (advice)  en  item 1, sentence 2  "yesterday"  dates are absolute',
        "rec-weekly/2026-W25: 1 violations (joint 1)",
        "rec-weekly/2026-W25: 1 advice (relative-date 1)",
    ]


def test_advice_alone_exits_0_and_json_has_everything(empty: Desk) -> None:
    with empty.store() as store:
        store.freeze(told(CLEAN, "SIDLoom shipped yesterday."))
    assert empty("lint", "rec-weekly/2026-W25").code == 0
    data = empty.json("lint", "rec-weekly/2026-W25")
    assert (data["subject"], data["hard"], data["soft"]) == ("rec-weekly/2026-W25", 0, 1)
    assert data["violations"] == [
        {"check": "relative-date", "hard": False, "language": "en", "where": "item 1, sentence 2", "words": "yesterday",
         "reason": "dates are absolute"}
    ]  # fmt: skip


def test_one_language_is_looked_at_when_it_is_named(empty: Desk) -> None:
    with empty.store() as store:
        store.freeze(WRONG)
    assert empty("lint", "rec-weekly/2026-W25", "--language", "zh").code == 0
    assert empty("lint", "rec-weekly/2026-W25", "--language", "en").code == 6
    none = empty("lint", "rec-weekly/2026-W25", "--language", "fr")
    assert none.code == 4 and "en, zh" in none.err


def test_a_refused_draft_is_looked_at_where_nothing_is_frozen(empty: Desk) -> None:
    with empty.store() as store:
        store.save_draft(WRONG, "too few stories")
    assert empty("lint", "rec-weekly/2026-W25").code == 6
    with empty.store() as store:
        store.freeze(CLEAN)
    assert empty("lint", "rec-weekly/2026-W25").code == 0


def test_openings_of_earlier_issues_are_known(empty: Desk) -> None:
    with empty.store() as store:
        store.freeze(replace(CLEAN, id="rec-weekly/2026-W24", period="2026-W24"))
        store.freeze(CLEAN)
    assert "opens like 2026-W24" in empty("lint", "rec-weekly/2026-W25").out
    assert "opens like" not in empty("lint", "rec-weekly/2026-W24").out


def test_no_such_issue_exits_4_and_a_wrong_period_2(empty: Desk) -> None:
    assert empty("lint", "rec-weekly/2026-W01").code == 4
    assert empty("lint", "rec-weekly", "--date", "soon").code == 2
    assert empty("lint").code == 2


def test_the_demo_issues_are_looked_at(made: Desk) -> None:
    for issue in (DAILY, WEEKLY):
        done = made("lint", "/".join(issue))
        data = made.json("lint", "/".join(issue))
        assert done.code == (6 if data["hard"] else 0), done.said
        assert not {v["check"] for v in data["violations"]} & {"census", "table-rows", "derived-count", "counts-alike"}
