"""Rows of a paper's tables: read by themselves, and naming what prose says shortly or ambiguously."""

from __future__ import annotations

import pytest

from digester.analysis.claims import claims_of, rows
from digester.analysis.metrics import published
from digester.domain.model import Claim, Passage


def told(*texts: str) -> list[Claim]:
    passages = [Passage(f"p{n}", "w", "full_text", t) for n, t in enumerate(texts)]
    return [c for c, _ in claims_of(passages)]


def shown(claims: list[Claim]) -> list[str]:
    return [f"{c.metric} {c.sign}{c.value}{c.unit}|{c.hedge or ''}|{c.scope or ''}" for c in claims]


@pytest.mark.parametrize(
    ("sentence", "name", "place", "sign"),
    [
        ("Saved searches: +2.6%", "saved searches", None, "+"),
        ("CTR: \u22120.4% (not significant)", "CTR", None, "-"),
        ("7-day retention: +0.34%*", "7-day retention", None, "+"),
        ("GMV per query, long queries: up to +4.3%", "GMV per query", "long queries", "+"),
        ("p99 latency (cache, 1,024 events): -38%", "p99 latency", "cache, 1,024 events", "-"),
        ("Conversions at equal spend: +2.1%", "conversions", "at equal spend", "+"),
        ("SIDLoom clicks: +2.1%", "SIDLoom clicks", None, "+"),
    ],
)
def test_a_row_says_its_measure_where_it_holds_and_its_sign(
    sentence: str, name: str, place: str | None, sign: str
) -> None:
    row = rows.of(sentence)
    assert row is not None
    assert (row[0], row[1], row[2].sign) == (name, place, sign)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ours, CTR: +1.24%; CVR: +0.50%", "Coverage: 52%", "AUC: 0.7214", "We see two effects: CTR rises by 2% and GMV by 1%",
        "Result: +2% to +4% in CTR and +1% in GMV", ": +2%", "A" * 200 + ": +2%", "Bid latency p99: 0%",
    ],
)  # fmt: skip
def test_what_is_no_row_of_two_columns_with_a_sign_is_none(sentence: str) -> None:
    assert rows.of(sentence) is None


HEAD = "Online A/B test. We ran it on 10% of traffic for 21 days. "


def test_a_row_gives_prose_the_whole_name_and_the_size_of_the_test() -> None:
    prose = "Contacts to sellers rose by 1.83%, confirmed sales by 1.08%. Removals by moderators fell by 5.1%. "
    table = "Table 1: Change. Contacts per user: +1.83%. Confirmed sales: +1.08%. Removals by moderators: -5.1%."
    assert shown(told(HEAD + prose + table)) == [
        "contacts per user +1.83%||10% of traffic for 21 days",
        "confirmed sales +1.08%||10% of traffic for 21 days",
        "removals by moderators -5.1%||10% of traffic for 21 days",
    ]


def test_rows_that_no_prose_tells_are_figures_too_the_bad_ones_and_what_is_not_significant() -> None:
    found = told(
        HEAD + "CTR rose by 1.2%. Table 1: Change. CTR: +1.2%. Serving cost: +9%. Return rate: -0.1% (not significant)."
    )
    assert shown(published(found)) == [
        "CTR +1.2%||10% of traffic for 21 days",
        "serving cost +9%||10% of traffic for 21 days",
        "return rate -0.1%|not significant|10% of traffic for 21 days",
    ]


def test_where_prose_and_row_disagree_on_the_direction_the_row_is_printed_alone() -> None:
    found = told(HEAD + "The pilot cut session searches by 2.6%. Table 1: Change. Session searches: +2.6%.")
    assert shown(published(found)) == ["session searches +2.6%||10% of traffic for 21 days"]


def test_a_table_of_logged_data_names_nothing_from_users() -> None:
    text = "Experiments. Table 2: Estimates by offline A/B testing on logged sessions. Margin: +2.9%. Returns: -1.7%."
    assert published(told(text)) == []
    text = "Online A/B test. It was on 5% of users. Table 3: Replay on the benchmark, offline. CTR: +2.9%."
    assert published(told(text)) == []


def test_a_row_of_another_measure_with_the_same_number_names_nothing() -> None:
    found = told(HEAD + "CTR rose by 1.2%. Table 1: Change. GMV: +1.2%.")
    assert [c.metric for c in found] == ["CTR", "GMV"]


def test_the_plain_figure_goes_before_the_best_of_a_group_and_a_group_is_named() -> None:
    prose = "GMV per query rises by up to 4.3% on long queries and by 0.92% overall. "
    table = "Table 1: Lifts. GMV per query: +0.92%. GMV per query, long queries: up to +4.3%."
    assert shown(published(told(HEAD + prose + table))) == [
        "GMV per query +0.92%||10% of traffic for 21 days",
        "GMV per query +4.3%|up to|long queries; 10% of traffic for 21 days",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("average basket value did not change significantly (+0.12%).", ["average basket value +0.12%|not significant|"]),
        ("Watch time did not change significantly (-0.04%).", ["watch time -0.04%|not significant|"]),
        ("Sessions per user changed by +0.31%, which is not significant.", ["sessions per user +0.31%|not significant|"]),
        ("reports of misleading clips fell by 3.0%.", ["reports of misleading clips -3.0%||"]),
        ("Removals by moderators fell by 5.1%.", ["removals by moderators -5.1%||"]),
        ("Time in the app decreased by 0.5%.", ["time in the app -0.5%||"]),
        ("Time decreased by 0.5%.", []),
        ("Faster scoring allows 9% more candidates within the limit.", []),
        ("Contacts rose by 1.83%, confirmed sales by 1.08%, and saved searches by 2.6%.",
         ["contacts +1.83%||", "confirmed sales +1.08%||", "saved searches +2.6%||"]),
        ("It saved GPU hours by 20% and reduced latency by 5%.", ["GPU hours -20%||", "latency -5%||"]),
        ("CTR rose by 1% and it saved costs by 20%.", ["CTR +1%||", "costs -20%||"]),
    ],
)  # fmt: skip
def test_prose_alone_is_read_with_its_hedges_and_whole_names(text: str, expected: list[str]) -> None:
    assert [s for s in shown(told(f"We ran an online A/B test. {text}")) if not s.endswith("| |")] == expected


def test_the_answered_are_not_all_applications_so_that_a_fall_of_all_is_printed() -> None:
    found = told("We ran an online A/B test. Answered applications rose by 3.4%. Applications fell by 0.9%.")
    assert [c.metric for c in published(found)] == ["answered applications", "applications"]


def test_days_of_a_measure_are_not_those_of_the_test() -> None:
    found = told("We ran an online A/B test on 6% of users for 18 days. Retention over seven days rose by 0.06%.")
    assert [c.extent for c in found] == ["6% of users for 18 days"]


def test_nothing_is_put_together_from_two_sentences() -> None:
    found = told("We ran an online A/B test for 28 days in May. It covered 12% of traffic. Orders rose by 0.9%.")
    assert [c.extent for c in found] == ["12% of traffic"]


def test_rows_of_other_tables_and_of_a_statement_are_read_as_sentences_are() -> None:
    offline = told("Experiments. Table 2: On two public data sets, offline. NDCG@10: +3.2%. CTR: +1.1%.")
    assert [(c.metric, c.evidence) for c in offline] == [("NDCG@10", "offline"), ("CTR", "stated")]
    said = [c for c, _ in claims_of([Passage("", "", "record", "CTR: +1.24%.")])]
    assert [(c.metric, c.sign, c.value) for c in said] == [("CTR", "+", "1.24")]
