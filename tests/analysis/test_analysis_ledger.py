"""The A/B ledger: which figures are rows, what a row says, and what makes two rows one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.outputs.issue_samples import EXCERPT, GRANITE, WHALE, claim, daily, organisation, weekly

from digester.analysis.ledger import as_plain, ledger, matches, metric_key, rows_of
from digester.domain.issue import Issue, Pick, Section
from digester.domain.results import Result

ROWS = rows_of(weekly())


def with_picks(*picks: Pick, issue: Issue | None = None) -> Issue:
    return replace(issue or weekly(), sections=(Section("s", {"en": "S"}, (), picks),))


def in_daily(*picks: Pick) -> Issue:
    """The same picks in an issue whose window ends two days before the weekly's."""
    window = weekly().window
    early = replace(window, start=window.end - timedelta(days=3), end=window.end - timedelta(days=2))
    return with_picks(*picks, issue=replace(daily(), window=early))


def test_every_online_or_deployed_figure_is_a_row_and_no_other() -> None:
    told = [(r.system or r.title[:7], r.metric, r.sign + r.value + r.unit, r.hedge, r.evidence) for r in ROWS]
    assert told == [
        ("CODEWAL", "CTR", "+1.24%", "", "online_ab"),
        ("CODEWAL", "GMV", "+0.83%", "", "online_ab"),
        ("CODEWAL", "p99 latency", "-11.1%", "up to", "deployed"),
        ("GRANITE", "serving cost", "-23%", "about", "deployed"),
        ("GRANITE", "eCPM", "+0.3pp", "not significant", "online_ab"),
    ]


def test_a_row_carries_scope_traffic_days_and_the_words_it_rests_on() -> None:
    row = ROWS[0]
    assert (row.day, row.issue) == ("2026-06-16", "rec-weekly/2026-W25")
    assert (row.scope, row.traffic, row.days) == ("10% of traffic for two weeks", "10% of traffic", 14)
    assert (row.quotation, row.page) == (EXCERPT.text, EXCERPT.url)
    assert ROWS[2].surfaces == ("feed",) and ROWS[2].scope == "home feed"


def test_without_an_excerpt_the_quotation_is_empty() -> None:
    row = rows_of(replace(weekly(), excerpts=()))[0]
    assert (row.quotation, row.page) == ("", "")


def test_the_company_stands_where_there_is_one() -> None:
    assert rows_of(with_picks(GRANITE))[0].organisations == ("Lishi",)
    academic = replace(GRANITE, organisations=(organisation("University of Varn", "academia"),))
    assert rows_of(with_picks(academic))[0].organisations == ("University of Varn",)
    assert rows_of(with_picks(replace(GRANITE, organisations=())))[0].organisations == ()


def test_the_surface_of_a_title_counts_when_the_figure_names_none() -> None:
    ads = [r for r in ROWS if r.metric == "eCPM"]
    assert [r.surfaces for r in ads] == [("ads",)]  # GRANITE: ... in Ads Ranking


def test_addresses_that_are_none_are_dropped() -> None:
    issue = replace(
        with_picks(replace(WHALE, url="javascript:alert(1)")), excerpts=(replace(EXCERPT, url="data:text/html,x"),)
    )
    assert {(r.url, r.page) for r in rows_of(issue)} == {("", "")}


def test_issues_that_are_not_frozen_have_no_rows() -> None:
    assert all(rows_of(replace(weekly(), state=s)) == () for s in ("draft", "refused", "approved", "withdrawn"))  # type: ignore[arg-type]


def test_a_figure_of_a_daily_and_a_weekly_is_one_row_of_the_earlier_issue() -> None:
    found = ledger([*ROWS, *rows_of(in_daily(WHALE))])
    ours = [r for r in found if r.work == WHALE.work]
    assert len(ours) == 3
    assert {(r.issue, r.later) for r in ours} == {("ai-daily/2026-06-20", ("rec-weekly/2026-W25",))}


def test_another_value_or_another_scope_is_another_row() -> None:
    other = replace(WHALE, claims=(claim("CTR", "1.25", "%", "+", "online_ab", "", "10% of traffic for two weeks"),
                                   claim("CTR", "1.24", "%", "+", "online_ab", "", "new users")))  # fmt: skip
    assert len(ledger([*ROWS, *rows_of(in_daily(other))])) == len(ROWS) + 2


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_t14_the_order_is_total_whatever_order_the_rows_come_in(random: object) -> None:
    undated = rows_of(with_picks(replace(WHALE, announced_at=None, published_at=None)))
    rows = [*ROWS, *rows_of(in_daily(WHALE, GRANITE)), *undated]
    wanted = ledger(rows)
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert ledger(rows) == wanted
    days = [r.day for r in wanted]
    assert days == sorted(days, reverse=True)


def test_a_row_comes_back_from_json_as_it_was() -> None:
    row = replace(ROWS[0], terms={"Velmarque": {"zh": "维马克"}})
    plain = json.loads(json.dumps(as_plain(row)))
    assert Result(**{k: tuple(v) if isinstance(v, list) else v for k, v in plain.items()}) == row


def row(**changes: object) -> Result:
    return replace(ROWS[0], **changes)  # type: ignore[arg-type]


def test_conditions_meet_names_in_both_languages() -> None:
    one = row(terms={"Velmarque": {"zh": "维马克"}, "CTR": {"zh": "点击率"}})
    assert matches(one) and matches(one, org="velm") and matches(one, org="维马") and matches(one, metric="点击")
    assert matches(one, metric="click-through rate") and matches(one, since="2026-06-16")
    assert not matches(one, org="Lishi") and not matches(one, metric="GMV") and not matches(one, surface="feed")
    assert not matches(one, since="2026-06-17") and not matches(row(day=""), since="2026-06-16")
    assert matches(row(surfaces=("feed", "ads")), surface="ads")


def test_spellings_of_one_measure_share_a_key() -> None:
    assert metric_key("Bookings") == metric_key("booking") and metric_key("CTR") == metric_key("Click-Through Rate")
    assert metric_key("毛利") == "毛利" != metric_key("留存率")


def test_a_day_is_the_announcement_and_else_the_publication() -> None:
    published = with_picks(replace(WHALE, announced_at=None, published_at=weekly().window.start))
    assert rows_of(published)[0].day == "2026-06-13"
    assert rows_of(with_picks(replace(WHALE, announced_at=date(2026, 6, 18))))[0].day == "2026-06-18"
