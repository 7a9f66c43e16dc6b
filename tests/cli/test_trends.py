"""`digester trends`: what the stored papers speak of, week by week."""

from __future__ import annotations

from tests.servers.newsroom import Desk

from digester.analysis import phrases


def test_counts_and_shares_of_the_week_are_those_of_the_stored_papers(made: Desk) -> None:
    data = made.json("trends", "--date", "2026-W25")
    assert len(data["weeks"]) == 12 and data["weeks"][-1]["week"] == "2026-W25"
    issue = made.issue("rec-weekly", "2026-W25")
    works = data["weeks"][-1]["in_scope"]
    assert works == issue.census.in_scope
    found = {t["name"]: t for t in data["trends"]}
    published = {s.theme for s in issue.sections if s.theme}
    assert published == {t["name"] for t in data["trends"] if t["published"]} and len(published) >= 3
    for name in published:
        t = found[name]
        assert t["published"] == ["2026-W25"] and 3 <= t["counts"][-1] <= works
        assert t["shares"][-1] == 100 * t["counts"][-1] / works
        assert (t["mean_before"], t["change"]) == (None, None)  # the demo has one week of lists


def test_a_theme_that_is_no_subject_of_the_field_is_counted_by_its_words(made: Desk) -> None:
    themes = {s.theme for s in made.issue("rec-weekly", "2026-W25").sections if s.theme}
    own = themes - {name for name, _ in phrases.SUBJECTS}
    found = {t["name"]: t["counts"][-1] for t in made.json("trends", "--date", "2026-W25")["trends"]}
    assert all(found[name] >= 2 for name in own)


def test_the_table_names_its_inputs(made: Desk) -> None:
    done = made("trends", "--weeks", "3", "--date", "2026-W25")
    assert done.code == 0
    first, head, *rows, note, counted = done.out.splitlines()
    assert first.startswith("2026-W23 to 2026-W25: 1 of 3 weeks with papers in scope (2026-W25 ")
    assert head.split()[:4] == ["subject", "W23", "W24", "W25"] and note.startswith("share: per cent")
    assert counted.startswith("counted: papers judged in scope, printed or not")
    assert len(rows) > 8 and all("  -    -  " in r for r in rows)  # weeks without lists are unknown, not zero


def test_without_papers_there_is_nothing_to_compare(empty: Desk) -> None:
    done = empty("trends", "--date", "2026-W25")
    assert done.code == 0 and done.out == "2026-W14 to 2026-W25: no paper was judged to be in scope\n"
    assert "digester run rec-weekly --date 2026-W25" in done.err
    told = empty.json("trends", "--date", "2026-W25")
    assert told["trends"] == [] and {w["in_scope"] for w in told["weeks"]} == {0}


def test_a_moment_after_all_data_gets_an_empty_answer(made: Desk) -> None:
    made.now = "2027-03-01T08:00:00+00:00"
    done = made("trends")
    assert done.code == 0 and done.out.endswith(": no paper was judged to be in scope\n")


def test_only_weeklies_of_papers_have_weeks(empty: Desk) -> None:
    assert empty("trends", "--issue", "ai-daily").code == 2
    assert empty("trends", "--weeks", "1").code == 2
