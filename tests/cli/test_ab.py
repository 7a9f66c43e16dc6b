"""`digester ab`: the A/B ledger of a workspace."""

from __future__ import annotations

import csv
import io
import json

from tests.servers.newsroom import Desk


def test_the_ledger_has_every_online_figure_of_the_frozen_issues(made: Desk) -> None:
    rows = made.json("ab")
    issue = made.issue("rec-weekly", "2026-W25")
    wanted = [
        (p.work, c.metric, c.value) for p in issue.picks() for c in p.claims if c.evidence in ("online_ab", "deployed")
    ]
    assert sorted((r["work"], r["metric"], r["value"]) for r in rows) == sorted(wanted) and len(rows) > 40
    assert all(r["quotation"] and r["organisations"] and r["url"].startswith("https://") for r in rows)
    assert json.loads(made("ab", "--format", "json").out) == rows


def test_conditions_narrow_the_ledger(made: Desk) -> None:
    assert {r["organisations"][0] for r in made.json("ab", "--org", "kestrelo")} == {"Kestrelo"}
    assert {r["metric"] for r in made.json("ab", "--metric", "click-through rate")} == {"CTR"}
    assert {s for r in made.json("ab", "--surface", "search") for s in r["surfaces"]} == {"search"}
    assert min(r["day"] for r in made.json("ab", "--since", "2026-06-18")) == "2026-06-18"


def test_csv_is_read_back_as_what_json_says(made: Desk) -> None:
    done = made("ab", "--format", "csv", "--org", "Kestrelo")
    rows = list(csv.DictReader(io.StringIO(done.out, newline="")))
    assert [(r["metric"], r["value"], r["quotation"]) for r in rows] == [
        (r["metric"], r["value"], r["quotation"]) for r in made.json("ab", "--org", "Kestrelo")
    ]
    assert done.out.count("\r\n") == len(rows) + 1 and not done.out.startswith("\ufeff")


def test_the_table_is_for_people(made: Desk) -> None:
    head, *lines = made("ab", "--org", "Kestrelo").out.splitlines()
    assert head.split()[:3] == ["day", "organisation", "system"] and any("+1.24%" in line for line in lines)


def test_no_match_is_said_and_is_no_failure(made: Desk) -> None:
    done = made("ab", "--org", "Nobody")
    assert (done.code, done.out) == (0, "") and "none of the" in done.err
    assert made("ab", "--org", "Nobody", "--format", "csv").out.count("\n") == 1
    assert made.json("ab", "--org", "Nobody") == []


def test_an_empty_workspace_has_no_figure(empty: Desk) -> None:
    done = empty("ab")
    assert (done.code, done.out) == (0, "") and "no frozen issue" in done.err


def test_a_condition_that_means_nothing_is_refused(empty: Desk) -> None:
    done = empty("ab", "--surface", "kitchen")
    assert done.code == 2 and "feed, search, ads" in done.err
    assert empty("ab", "--since", "june").code == 2
